# SPDX-License-Identifier: Apache-2.0
"""The rows of the reports R1, R2, R5, R8 and R9, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clinicdesk.kernel.columns import Kind
from clinicdesk.kernel.moments import Month


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """R1: one measure over several spans.

    Attributes:
        key: stable name.
        title: English, marked.
        kind: of its values.
        this: the month.
        last: the month before.
        year_ago: same month last year.
        to_date: the year up to the month's end.
        to_date_before: the same span last year.
        budget: of the month, None without one.
        strong: a result rather than a part.
    """

    key: str
    title: str
    kind: Kind
    this: int | Decimal | None
    last: int | Decimal | None
    year_ago: int | Decimal | None
    to_date: int | Decimal | None = None
    to_date_before: int | Decimal | None = None
    budget: int | None = None
    strong: bool = False

    @property
    def change(self) -> Decimal | None:
        """Growth on the month before, 1 = 100 %; of write-offs and refunds, of their size."""
        if not self.last or self.this is None or self.kind is Kind.PERCENT:
            return None
        grown = Decimal(self.this - self.last) / abs(Decimal(self.last))
        return -grown if self.last < 0 and self.this <= 0 else grown

    @property
    def to_budget(self) -> int | None:
        """Difference to the budget."""
        if self.budget is None or not isinstance(self.this, int):
            return None
        return self.this - self.budget


@dataclass(frozen=True, slots=True)
class AgingRow:
    """R2: what one family account owes, by age of the service.

    Attributes:
        guarantor_id: patient record of who pays.
        account: chart number; papers that leave the house carry it instead of a name.
        name: of the guarantor.
        phone: first one, or "".
        buckets: 0-30, 31-60, 61-90, 91-120, over 120 days.
        insurer_minor: part that insurers owe.
        credit_minor: unapplied money held for the account.
        last_payment_on: day of the last receipt, or None.
        last_payment_minor: its amount.
    """

    guarantor_id: int
    account: str
    name: str
    phone: str
    buckets: tuple[int, int, int, int, int]
    insurer_minor: int
    credit_minor: int
    last_payment_on: date | None
    last_payment_minor: int | None

    @property
    def total_minor(self) -> int:
        """All that is owed."""
        return sum(self.buckets)

    @property
    def patient_minor(self) -> int:
        """What the guarantor owes."""
        return self.total_minor - self.insurer_minor


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """R5: production and income of one provider; id 0 is what belongs to none.

    Attributes:
        provider_id: staff member, 0 for unattributed.
        name: of the provider, "" for unattributed.
        visits: completed in the month.
        production_minor: gross charges.
        adjustment_minor: discounts, interest and other adjustments, negative when they take off.
        write_off_minor: contractual and other write-offs, negative.
        patient_income_minor: applied money of guarantors and agencies.
        insurer_income_minor: applied money of payers.
    """

    provider_id: int
    name: str
    visits: int
    production_minor: int
    adjustment_minor: int
    write_off_minor: int
    patient_income_minor: int
    insurer_income_minor: int

    @property
    def net_minor(self) -> int:
        """Net production."""
        return self.production_minor + self.adjustment_minor + self.write_off_minor

    @property
    def income_minor(self) -> int:
        """Patient and insurance income."""
        return self.patient_income_minor + self.insurer_income_minor

    @property
    def per_visit_minor(self) -> int | None:
        """Net production per visit."""
        return round(Decimal(self.net_minor) / self.visits) if self.visits else None

    @property
    def collected(self) -> Decimal | None:
        """Income as a share of net production."""
        return Decimal(self.income_minor) / self.net_minor if self.net_minor > 0 else None


@dataclass(frozen=True, slots=True)
class DayRow:
    """R8: how receivables moved on one business day.

    Attributes:
        on: the day.
        production_minor: charges to payers and guarantors.
        tax_minor: tax on them.
        adjustment_minor: discounts, interest, packages sold on account.
        write_off_minor: contractual and other write-offs.
        patient_payment_minor: applied money of guarantors, negative.
        insurer_payment_minor: applied money of payers, negative.
        refund_minor: take-backs and returned payments that are owed again.
        agency_minor: debts handed to a collection agency, negative.
        ending_minor: receivables at the day's end.
    """

    on: date
    production_minor: int
    tax_minor: int
    adjustment_minor: int
    write_off_minor: int
    patient_payment_minor: int
    insurer_payment_minor: int
    refund_minor: int
    agency_minor: int
    ending_minor: int

    @property
    def change_minor(self) -> int:
        """The day's change."""
        return (
            self.production_minor
            + self.tax_minor
            + self.adjustment_minor
            + self.write_off_minor
            + self.patient_payment_minor
            + self.insurer_payment_minor
            + self.refund_minor
            + self.agency_minor
        )


@dataclass(frozen=True, slots=True)
class MethodRow:
    """R9: money received by one method.

    Attributes:
        method: cash, card, cheque, transfer, or as imported.
        receipts: how many.
        amount_minor: received.
        returned_minor: bounced, refunded, taken back or reversed, negative.
    """

    method: str
    receipts: int
    amount_minor: int
    returned_minor: int

    @property
    def net_minor(self) -> int:
        """What stayed."""
        return self.amount_minor + self.returned_minor


@dataclass(frozen=True, slots=True)
class PriorRow:
    """What this month changed about services posted in earlier months.

    Attributes:
        cause: of the posting.
        month: the charge was posted in.
        charges: how many were touched.
        amount_minor: change of receivables.
    """

    cause: str
    month: Month
    charges: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One month of the past year.

    Attributes:
        month: which.
        gross_minor: gross charges.
        net_minor: net production.
        receipts_minor: net receipts.
    """

    month: Month
    gross_minor: int
    net_minor: int
    receipts_minor: int
