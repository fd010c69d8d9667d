# SPDX-License-Identifier: Apache-2.0
"""The rows of a month end, frozen: PDF, JSON, CSV and the window show the same ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.columns import Kind
from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

MAY_SEE_FINANCIAL_REPORTS = Permission("reports.financial", N_("See financial reports"))
MAY_CLOSE_MONTH = Permission("month.close", N_("Close a month"))
PERIODS = Topic("periods")

# How a report tells its progress: done and whole, in steps; and how it is told to stop.
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

# What the proof compares (decisions.md, Money): accounts by number.
RECEIVABLE = ("1100", "1110")
WITH_AGENCY = ("1120",)
OWED = (*RECEIVABLE, *WITH_AGENCY)
MONEY = ("1000", "1010", "1020", "1030")
CREDITS = ("2100", "2110")


class Stopped(Refusal):
    """The reader changed their mind; nothing was written."""

    wording = N_("The report was cancelled.")


class MonthNotOver(Refusal):
    """A month is closed after its last day."""

    wording = N_("{month} is not over yet.")


class MonthAlreadyClosed(Refusal):
    """A month is closed once."""

    wording = N_("{month} is closed already.")


class PostedMeanwhile(Refusal):
    """An entry of the month was posted while its paper was made."""

    wording = N_("Something was posted to {month} meanwhile. Look at the report again.")


class ProofFails(Refusal):
    """An identity does not hold, so the month must not be signed."""

    wording = N_("The proof of {month} does not hold: {names}. Run verify and look there first.")


@dataclass(frozen=True, slots=True)
class CloseMonth:
    """Close a month for postings.

    Attributes:
        month: which; everything before it is closed with it.
        letter: print the kept paper on US Letter instead of A4.
        key: idempotency key.
    """

    month: Month
    letter: bool = False
    key: str = field(default_factory=new_key)


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


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One identity.

    Attributes:
        name: stable; the numeral of the issue and what is compared.
        title: English, marked.
        detail: English, marked: where each side comes from.
        left: first side.
        right: second side, by another statement over another table.
        kind: money or a number.
        also: a further condition, e.g. that no credit is negative.
    """

    name: str
    title: str
    detail: str
    left: int
    right: int
    kind: Kind = Kind.MONEY
    also: bool = True

    @property
    def holds(self) -> bool:
        """Whether the sides agree."""
        return self.left == self.right and self.also


@dataclass(frozen=True, slots=True)
class Seal:
    """Who closed the month.

    Attributes:
        closed_at: aware instant.
        closed_by: name.
    """

    closed_at: datetime
    closed_by: str


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """Everything the month-end paper says.

    Attributes:
        month: which.
        as_of: its last day, or today while it runs.
        last_seq: number of the newest entry it counts.
        seal: who closed it, None for a draft.
        summary: R1.
        aging: R2, largest first.
        agency_minor: owed through collection agencies, outside of R2 and R8.
        providers: R5.
        opening_minor: receivables before the month.
        days: R8.
        methods: R9.
        prior: changes to earlier months.
        trend: the past twelve months.
        proof: the identities.
    """

    month: Month
    as_of: date
    last_seq: int
    seal: Seal | None
    summary: tuple[SummaryRow, ...]
    aging: tuple[AgingRow, ...]
    agency_minor: int
    providers: tuple[ProviderRow, ...]
    opening_minor: int
    days: tuple[DayRow, ...]
    methods: tuple[MethodRow, ...]
    prior: tuple[PriorRow, ...]
    trend: tuple[TrendRow, ...]
    proof: tuple[ProofLine, ...]

    @property
    def holds(self) -> bool:
        """Whether every identity holds."""
        return all(line.holds for line in self.proof)

    @property
    def draft(self) -> bool:
        """Whether the month is still open."""
        return self.seal is None

    @property
    def closing_minor(self) -> int:
        """Receivables at the end, as R8 arrives at it."""
        return self.opening_minor + sum(day.change_minor for day in self.days)

    @property
    def buckets(self) -> tuple[int, ...]:
        """Totals of R2 by age."""
        return tuple(sum(row.buckets[i] for row in self.aging) for i in range(5))

    def figures(self) -> dict[str, int]:
        """Return what is signed: the whole amounts of R1 and the left side of each identity."""
        signed = {f"r1.{row.key}": row.this for row in self.summary if isinstance(row.this, int)}
        return {**signed, **{f"proof.{line.name}": line.left for line in self.proof}}

    @property
    def by_key(self) -> Mapping[str, SummaryRow]:
        """R1 by measure."""
        return {row.key: row for row in self.summary}
