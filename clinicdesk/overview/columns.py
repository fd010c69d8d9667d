# SPDX-License-Identifier: Apache-2.0
"""Column lists of what a figure is made of; lists of the reports are taken from their rooms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from clinicdesk.closing.columns import METHODS
from clinicdesk.closing.columns.month import CAUSE_WORDS
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.overview.queries import (
    CountGroup,
    LateRow,
    Measure,
    ProducedGroup,
    ProducedRow,
    TakenRow,
    UnchargedRow,
    WaitRow,
)
from clinicdesk.schedule.columns import LIST
from clinicdesk.wording.text import N_, Term

_MONEY, _NUMBER, _PERCENT, _DAY = Kind.MONEY, Kind.NUMBER, Kind.PERCENT, Kind.DAY
_END = Align.END
_CHARGE: Final = Term(N_("Charge"))


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"))


FILL: Final[tuple[Column[Any], ...]] = (
    Column("provider", N_("Provider"), lambda r: r.name, weight=20),
    Column("open", N_("Hours open"), lambda r: _hours(r.open), _NUMBER, _END, total=True),
    Column("booked", N_("Hours booked"), lambda r: _hours(r.booked), _NUMBER, _END, total=True),
    Column("fill", N_("Fill"), lambda r: r.fill, _PERCENT, _END),
    Column("visits", N_("Visits"), lambda r: r.visits, _NUMBER, _END, total=True),
    Column("missed", N_("No-shows"), lambda r: r.missed, _NUMBER, _END, total=True),
)
WAITING: Final[tuple[Column[CountGroup], ...]] = (
    Column("provider", N_("Provider"), lambda r: r.name, weight=20),
    Column("count", N_("Waiting"), lambda r: r.count, _NUMBER, _END, total=True),
    Column("longest", N_("Longest, min"), lambda r: r.minutes, _NUMBER, _END),
)
WAITING_ROWS: Final[tuple[Column[WaitRow], ...]] = (
    Column("patient", N_("Patient"), lambda r: r.patient, weight=20),
    Column("starts", N_("Booked for"), lambda r: r.starts, Kind.TIME, weight=8),
    Column("type", N_("Type"), lambda r: r.type, weight=14),
    Column("minutes", N_("Waiting, min"), lambda r: r.minutes, _NUMBER, _END),
)
COLLECTED_ROWS: Final[tuple[Column[TakenRow], ...]] = (
    Column("number", N_("Receipt"), lambda r: r.number, weight=10),
    Column("patient", N_("Patient"), lambda r: r.patient, weight=24),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY, _END, total=True),
)
PRODUCTION: Final[tuple[Column[ProducedGroup], ...]] = (
    Column("provider", N_("Provider"), lambda r: r.provider.name or Term(N_("Unattributed")),
           weight=20),
    Column("visits", N_("Visits"), lambda r: r.provider.visits, _NUMBER, _END, total=True),
    Column("production", N_("Production"), lambda r: r.provider.production_minor, _MONEY, _END,
           total=True),
    Column("adjustments", N_("Adjustments"), lambda r: r.provider.adjustment_minor, _MONEY, _END,
           total=True),
    Column("write_offs", N_("Write-offs"), lambda r: r.provider.write_off_minor, _MONEY, _END,
           total=True),
    Column("net", N_("Net production"), lambda r: r.provider.net_minor, _MONEY, _END, total=True),
    Column("before", N_("Month before, to this day"), lambda r: r.before_minor, _MONEY, _END,
           total=True),
    Column("change", N_("Change"), lambda r: r.change, _PERCENT, _END),
)  # fmt: skip
PRODUCTION_ROWS: Final[tuple[Column[ProducedRow], ...]] = (
    Column("day", N_("Date"), lambda r: r.on, _DAY, weight=9),
    Column("patient", N_("Patient"), lambda r: r.patient, weight=20),
    Column("code", N_("Code"), lambda r: r.code, weight=8),
    Column("description", N_("Service"), lambda r: r.description, weight=24),
    Column("cause", N_("What"),
           lambda r: _CHARGE if r.cause == "charge" and r.amount_minor >= 0
           else CAUSE_WORDS.get(r.cause, r.cause), weight=14),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY, _END, total=True),
)  # fmt: skip
OVER_90: Final[tuple[Column[CountGroup], ...]] = (
    Column("provider", N_("Provider"), lambda r: r.name, weight=20),
    Column("lines", N_("Services"), lambda r: r.count, _NUMBER, _END, total=True),
    Column("amount", N_("Owed over 90 days"), lambda r: r.amount_minor, _MONEY, _END, total=True),
)
OVER_90_ROWS: Final[tuple[Column[LateRow], ...]] = (
    Column("service_on", N_("Service date"), lambda r: r.service_on, _DAY, weight=9),
    Column("days", N_("Days"), lambda r: r.days, _NUMBER, _END, 6),
    Column("patient", N_("Patient"), lambda r: r.patient, weight=20),
    Column("code", N_("Code"), lambda r: r.code, weight=8),
    Column("description", N_("Service"), lambda r: r.description, weight=22),
    Column("party", N_("Who owes"), lambda r: r.party or Term(N_("Patient")), weight=16),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY, _END, total=True),
)
UNCHARGED: Final[tuple[Column[CountGroup], ...]] = (
    Column("provider", N_("Provider"), lambda r: r.name, weight=20),
    Column("count", N_("Visits without a charge"), lambda r: r.count, _NUMBER, _END, total=True),
)
UNCHARGED_ROWS: Final[tuple[Column[UnchargedRow], ...]] = (
    Column("starts", N_("When"), lambda r: r.starts, Kind.WALL, weight=14),
    Column("patient", N_("Patient"), lambda r: r.patient, weight=24),
    Column("provider", N_("Provider"), lambda r: r.provider, weight=18),
)

GROUPS: Final[dict[Measure, tuple[Column[Any], ...]]] = {
    Measure.FILL: FILL,
    Measure.WAITING: WAITING,
    Measure.COLLECTED: METHODS,
    Measure.PRODUCTION: PRODUCTION,
    Measure.OVER_90: OVER_90,
    Measure.UNCHARGED: UNCHARGED,
}
ROWS: Final[dict[Measure, tuple[Column[Any], ...]]] = {
    Measure.FILL: LIST,
    Measure.WAITING: WAITING_ROWS,
    Measure.COLLECTED: COLLECTED_ROWS,
    Measure.PRODUCTION: PRODUCTION_ROWS,
    Measure.OVER_90: OVER_90_ROWS,
    Measure.UNCHARGED: UNCHARGED_ROWS,
}
