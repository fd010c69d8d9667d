# SPDX-License-Identifier: Apache-2.0
"""What is read for the overview; frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from clinicdesk.closing.model import ProviderRow
from clinicdesk.kernel.moments import Month

Value = int | Decimal | None


class Measure(Enum):
    """The figures, in the order they stand."""

    FILL = "fill"
    WAITING = "waiting"
    COLLECTED = "collected"
    PRODUCTION = "production"
    OVER_90 = "over_90"
    UNCHARGED = "uncharged"


class Plot(Enum):
    """The charts, in the order they stand."""

    PRODUCTION = "production"
    COLLECTIONS = "collections"
    AGING = "aging"
    NO_SHOWS = "no_shows"
    PAYERS = "payers"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        value: now; None where nothing can be measured.
        before: what it is held against.
        beside: a second figure that belongs to it: the longest wait, the budget.
        course: earlier values up to now.
    """

    value: Value
    before: Value = None
    beside: Value = None
    course: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Glance:
    """All figures, of one snapshot."""

    on: date
    month: Month
    figures: dict[Measure, Figure]


@dataclass(frozen=True, slots=True)
class BookDay:
    """What the book says of one day; lengths in minutes, waits in seconds.

    Attributes:
        open: open time without breaks and blocked time; ``booked`` of it is taken.
        waits: how many waits could be measured, ``waited`` their sum.
    """

    on: date
    open: int
    booked: int
    waits: int
    waited: int

    @property
    def fill(self) -> Decimal | None:
        """Booked share of the open time."""
        return Decimal(self.booked) / self.open if self.open else None

    @property
    def wait(self) -> int | None:
        """Average wait in minutes."""
        return round(Decimal(self.waited) / self.waits / 60) if self.waits else None


@dataclass(frozen=True, slots=True)
class MissedRow:
    """How many of those expected in a month did not come."""

    month: Month
    missed: int
    expected: int


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """Net receipts of a month beside its planned net production."""

    month: Month
    receipts_minor: int
    planned_minor: int | None


@dataclass(frozen=True, slots=True)
class MixRow:
    """What one payer paid, "" for the patients themselves."""

    payer_id: int
    name: str
    payments_minor: int


@dataclass(frozen=True, slots=True)
class RiskRow:
    """How many items stand in one kind of danger; each counts in every kind it is in."""

    out: int
    low: int
    expiring: int
    expired: int


# ── groups and rows ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ProducedGroup:
    """A provider's production of the month so far, and to the same day of the month before."""

    provider: ProviderRow
    before_minor: int

    @property
    def id(self) -> int:
        """The provider's id, 0 for what belongs to none."""
        return self.provider.provider_id

    @property
    def change(self) -> Decimal | None:
        """Growth on the month before."""
        if self.before_minor <= 0:
            return None
        return Decimal(self.provider.net_minor - self.before_minor) / self.before_minor


@dataclass(frozen=True, slots=True)
class ProducedRow:
    """A posting that net production is made of."""

    id: int
    on: date
    patient_id: int | None
    patient: str
    code: str
    description: str
    cause: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class CountGroup:
    """A provider with how many of something, and the longest or the sum of it."""

    id: int
    name: str
    count: int
    minutes: int = 0
    amount_minor: int = 0


@dataclass(frozen=True, slots=True)
class WaitRow:
    """Somebody who waits."""

    id: int
    patient_id: int
    patient: str
    starts: datetime
    type: str
    minutes: int


@dataclass(frozen=True, slots=True)
class TakenRow:
    """Money of one receipt, or given back of it."""

    id: int
    number: str
    patient_id: int | None
    patient: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class LateRow:
    """What one party owes on a service for more than 90 days."""

    id: int
    service_on: date
    days: int
    patient_id: int
    patient: str
    code: str
    description: str
    party: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class UnchargedRow:
    """A visit that is over and was not charged."""

    id: int
    patient_id: int
    patient: str
    provider_id: int
    provider: str
    starts: datetime
