# SPDX-License-Identifier: Apache-2.0
"""A month end as a whole: its reports, its proof, and who sealed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from clinicdesk.closing.model.pack import (
    Adjustments,
    BudgetRow,
    CapacityRow,
    CreditRow,
    ExceptionRow,
    PayerRow,
    ProductionRow,
    RefundRow,
)  # fmt: skip
from clinicdesk.closing.model.rows import (
    AgingRow,
    DayRow,
    MethodRow,
    PriorRow,
    ProviderRow,
    SummaryRow,
    TrendRow,
)  # fmt: skip
from clinicdesk.kernel.columns import Kind
from clinicdesk.kernel.moments import Month
from clinicdesk.staff.queries import HoursRow
from clinicdesk.stock.queries import ExpiringRow, ValuationRow


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
        signed: closing the month also closes what it tells; a roster may still be corrected.
    """

    name: str
    title: str
    detail: str
    left: int
    right: int
    kind: Kind = Kind.MONEY
    also: bool = True
    signed: bool = True

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
class Rest:
    """The reports of the pack that no identity needs.

    Attributes:
        adjustments: R10.
        payers: R11.
        credits: R16.
        plan: R18.
        refunds: R20.
        capacity: R22.
        expiring: what expires soon, with R24.
        exceptions: R25.
    """

    adjustments: Adjustments = field(default_factory=Adjustments)
    payers: tuple[PayerRow, ...] = ()
    credits: tuple[CreditRow, ...] = ()
    plan: tuple[BudgetRow, ...] = ()
    refunds: tuple[RefundRow, ...] = ()
    capacity: tuple[CapacityRow, ...] = ()
    expiring: tuple[ExpiringRow, ...] = ()
    exceptions: tuple[ExceptionRow, ...] = ()


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
        by_day: R4; ``by_month`` R6.
        hours: R23.
        stock: R24.
        rest: the reports no identity needs.
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
    by_day: tuple[ProductionRow, ...]
    by_month: tuple[ProductionRow, ...]
    hours: tuple[HoursRow, ...]
    stock: tuple[ValuationRow, ...]
    rest: Rest

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
        proven = {f"proof.{line.name}": line.left for line in self.proof if line.signed}
        return {**signed, **proven}

    @property
    def by_key(self) -> Mapping[str, SummaryRow]:
        """R1 by measure."""
        return {row.key: row for row in self.summary}
