# SPDX-License-Identifier: Apache-2.0
"""The rows of the pack beyond R1, R2, R5, R8 and R9, frozen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from clinicdesk.kernel.settings import Setting
from clinicdesk.wording.text import N_

WRITE_OFF_LIMIT = Setting(
    "closing.write_off_limit",
    10_000,
    N_("Write-offs from this amount on are listed as exceptions, in minor units."),
)
EXPIRY_DAYS = 90  # how far ahead the list of what expires looks


@dataclass(frozen=True, slots=True)
class ProductionRow:
    """R4 and R6: production and income of one day or of one month.

    Attributes:
        on: the day, or the first day of the month.
        production_minor: gross charges.
        adjustment_minor: discounts, interest and other adjustments, negative when they take off.
        write_off_minor: contractual and other write-offs, negative.
        patient_income_minor: applied money of guarantors and agencies.
        insurer_income_minor: applied money of payers.
        unearned_minor: change of money held for patients and insurers.
        average_minor: net production of the three months that end here; R6 only.
    """

    on: date
    production_minor: int
    adjustment_minor: int
    write_off_minor: int
    patient_income_minor: int
    insurer_income_minor: int
    unearned_minor: int
    average_minor: int | None = None

    @property
    def net_minor(self) -> int:
        """Net production."""
        return self.production_minor + self.adjustment_minor + self.write_off_minor

    @property
    def income_minor(self) -> int:
        """Patient and insurance income."""
        return self.patient_income_minor + self.insurer_income_minor

    @property
    def received_minor(self) -> int:
        """What came in, less what was given back: income and what was put aside."""
        return self.income_minor + self.unearned_minor


@dataclass(frozen=True, slots=True)
class ContractualRow:
    """R10, first part: what contracts took off, by insurer."""

    payer: str
    lines: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    """R10, second part: one amount that somebody decided to take off or to add.

    Attributes:
        account: chart number of the patient.
        cause: adjustment, discount, interest or write-off.
        reason: key of the reason, or "".
        code: of the service it was taken off, with the day of the service.
        user: who posted it.
    """

    on: date
    account: str
    patient: str
    cause: str
    reason: str
    code: str
    service_on: date | None
    user: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class SumRow:
    """A subtotal by a name or a key."""

    name: str
    lines: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Adjustments:
    """R10."""

    contractual: tuple[ContractualRow, ...] = ()
    decided: tuple[AdjustmentRow, ...] = ()

    @property
    def by_type(self) -> tuple[SumRow, ...]:
        """Subtotals of what was decided, by reason."""
        return _sums((row.reason or row.cause, row.amount_minor) for row in self.decided)

    @property
    def by_user(self) -> tuple[SumRow, ...]:
        """Subtotals of what was decided, by who posted it."""
        return _sums((row.user, row.amount_minor) for row in self.decided)


@dataclass(frozen=True, slots=True)
class PayerRow:
    """R11: one insurer, or the patients themselves (name "").

    Attributes:
        visits: with a charge of the month, by the first insurer of the charge.
        charges_minor: charged to them first.
        payments_minor: paid by them, put on charges.
        owed_minor: what they owe at the end.
        days_to_pay: from the service to the payment, weighted by amount; None without payments.
    """

    payer_id: int
    name: str
    visits: int
    charges_minor: int
    payments_minor: int
    owed_minor: int
    days_to_pay: Decimal | None
    visit_share: Decimal | None = None
    charge_share: Decimal | None = None
    payment_share: Decimal | None = None
    owed_share: Decimal | None = None

    @property
    def per_visit_minor(self) -> int | None:
        """Payment per visit."""
        return round(Decimal(self.payments_minor) / self.visits) if self.visits else None


class CreditKind(Enum):
    """Why money is held."""

    DEPOSIT = "deposit"  # nothing of its receipts was put on a charge
    LEFT_OVER = "left_over"  # what a receipt had more than was owed
    INSURER = "insurer"
    PACKAGE = "package"  # sold, not used yet


@dataclass(frozen=True, slots=True)
class CreditRow:
    """R16: money held for somebody."""

    name: str
    account: str
    kind: CreditKind
    amount_minor: int
    oldest_on: date


@dataclass(frozen=True, slots=True)
class CreditSum:
    """R16: all that is held for one reason."""

    kind: CreditKind
    owners: int
    amount_minor: int


def credit_sums(rows: Sequence[CreditRow]) -> tuple[CreditSum, ...]:
    """Return the sums of R16 by kind, deposits apart from overpayments."""
    of_kind = ((kind, [r.amount_minor for r in rows if r.kind is kind]) for kind in CreditKind)
    return tuple(CreditSum(kind, len(parts), sum(parts)) for kind, parts in of_kind if parts)


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """R18: one account, a sum of its kind, or the result (number "").

    Attributes:
        kind: income, contra-income, expense or result.
        planned_minor: of the month, None where nothing is planned; ``planned_to_date_minor``
            of the year up to the month.
        forecast_minor: of the whole year.
        by_plan: whether the forecast adds the rest of the plan; else it goes on as so far.
    """

    number: str
    name: str
    kind: str
    planned_minor: int | None
    actual_minor: int
    planned_to_date_minor: int | None
    actual_to_date_minor: int
    forecast_minor: int
    by_plan: bool

    @property
    def variance_minor(self) -> int | None:
        """The month's difference to the plan."""
        return None if self.planned_minor is None else self.actual_minor - self.planned_minor

    @property
    def variance_share(self) -> Decimal | None:
        """The same as a share of the plan."""
        if not self.planned_minor or self.variance_minor is None:
            return None
        return Decimal(self.variance_minor) / abs(self.planned_minor)

    @property
    def variance_to_date_minor(self) -> int | None:
        """The year's difference to the plan."""
        if self.planned_to_date_minor is None:
            return None
        return self.actual_to_date_minor - self.planned_to_date_minor

    @property
    def variance_to_date_share(self) -> Decimal | None:
        """The same as a share of the plan."""
        if not self.planned_to_date_minor or self.variance_to_date_minor is None:
            return None
        return Decimal(self.variance_to_date_minor) / abs(self.planned_to_date_minor)


@dataclass(frozen=True, slots=True)
class RefundRow:
    """R20: money that went back; all of them are the column "Refunded, returned" of R9.

    Attributes:
        payee: patient or insurer.
        receipt: number of the receipt the money had come with.
        cause: refund, take-back, returned or payment, of which the last is one reversed.
        reason: key of the reason, or "".
    """

    on: date
    payee: str
    receipt: str
    method: str
    cause: str
    reason: str
    user: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class CapacityRow:
    """R22: one provider's book; lengths in minutes.

    Attributes:
        open: published or standing hours without breaks and blocked time.
        booked: of visits that were not cancelled.
        used: of visits that took place.
        visits: that took place; ``missed`` were no-shows; ``late`` were cancelled less than a day
            before; ``made`` is every visit that was booked for the period.
        waits: how many waits could be measured; ``waited`` is their sum in seconds.
        third_days: days from the period's end to the third free slot of ``slot`` minutes.
    """

    provider_id: int
    name: str
    open: int
    booked: int
    used: int
    visits: int
    missed: int
    late: int
    made: int
    waits: int
    waited: int
    slot: int
    third_days: int | None

    @property
    def fill(self) -> Decimal | None:
        """Booked share of the open time."""
        return Decimal(self.booked) / self.open if self.open else None

    @property
    def no_show(self) -> Decimal | None:
        """Share of no-shows among those expected."""
        expected = self.visits + self.missed
        return Decimal(self.missed) / expected if expected else None

    @property
    def late_cancel(self) -> Decimal | None:
        """Share cancelled late among all that were booked."""
        return Decimal(self.late) / self.made if self.made else None

    @property
    def wait(self) -> Decimal | None:
        """Average wait in minutes."""
        if not self.waits:
            return None
        return (Decimal(self.waited) / self.waits / 60).quantize(Decimal("0.1"))


class Exceptional(Enum):
    """Why something is on R25."""

    REVERSED = "reversed"
    BACKDATED = "backdated"
    REOPENED = "reopened"
    WRITTEN_OFF = "written_off"
    REPRINTED = "reprinted"


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """R25: something that went another way than usual.

    Attributes:
        record: number of the entry or of the paper, or the first day of what was opened again.
        before_on: business day of what was reversed, or the day something was posted on.
        after_on: business day it counts for now.
        amount_minor: of the entry, None where none was posted.
    """

    at: datetime
    user: str
    what: Exceptional
    record: str
    before_on: date | None
    after_on: date | None
    amount_minor: int | None
    reason: str


def _sums(parts: Iterable[tuple[str, int]]) -> tuple[SumRow, ...]:
    found: dict[str, list[int]] = {}
    for name, amount in parts:
        found.setdefault(name, []).append(amount)
    rows = [SumRow(name, len(amounts), sum(amounts)) for name, amounts in found.items()]
    return tuple(sorted(rows, key=lambda row: (-abs(row.amount_minor), row.name)))
