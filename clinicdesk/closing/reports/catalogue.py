# SPDX-License-Identifier: Apache-2.0
"""The reports of the pack, each with its tables; paper, JSON, CSV and the window read this list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clinicdesk.closing import columns
from clinicdesk.closing.model import MonthEnd
from clinicdesk.closing.model.pack import BudgetRow, CapacityRow, PayerRow, credit_sums
from clinicdesk.closing.reports import pack_charts
from clinicdesk.kernel.charts import Chart
from clinicdesk.kernel.columns import Column
from clinicdesk.printing.blocks import RowStyle
from clinicdesk.staff.columns import HOURS
from clinicdesk.stock.columns import EXPIRING, R24
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

_Draw = Callable[[MonthEnd, Formats], Chart | None]


def _plain(_row: Any) -> RowStyle:
    return RowStyle.PLAIN


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a report.

    Attributes:
        key: of JSON, and of the section in CSV; stable.
        columns: shared list; one that is ``optional`` is left out on paper while it has no value.
        rows: taken from a month end.
        title: English, marked; "" for the only table of a report.
        totals: of the last row; None sums the columns marked so.
        has_totals: whether there is a last row.
        style: how a row stands out.
    """

    key: str
    columns: Sequence[Column[Any]]
    rows: Callable[[MonthEnd], Sequence[Any]]
    title: str = ""
    totals: Callable[[Sequence[Any]], Mapping[str, Any]] | None = None
    has_totals: bool = True
    style: Callable[[Any], RowStyle] = field(default=_plain)

    def shown(self, rows: Sequence[Any]) -> list[Column[Any]]:
        """Return the columns that have a source, with something in at least one row."""
        return [
            column
            for column in self.columns
            if column.key not in _OPTIONAL or any(column.value(row) is not None for row in rows)
        ]


@dataclass(frozen=True, slots=True)
class Report:
    """One report.

    Attributes:
        name: on the command line; stable.
        title: English, marked, with its number.
        keys: of its figures in the month end's JSON, and of its sections in CSV.
        basis: English, marked: which date it goes by.
        parts: its tables, where they are no more than that.
        chart: drawn above them; ``chart_below`` after the first.
        wide: on paper lying down.
        needed: there is no such page in the pack without any row.
    """

    name: str
    title: str
    keys: tuple[str, ...] = ()
    basis: str = ""
    parts: tuple[Part, ...] = ()
    chart: _Draw | None = None
    wide: bool = True
    needed: bool = True

    @property
    def sections(self) -> tuple[str, ...]:
        """All keys of its figures."""
        return self.keys or tuple(part.key for part in self.parts)

    def count(self, report: MonthEnd) -> int:
        """Count its rows."""
        return sum(len(part.rows(report)) for part in self.parts)


_OPTIONAL = frozenset(
    {
        "average", "per_visit", "days_to_pay", "budget", "variance", "variance_share",
        "budget_to_date", "variance_to_date", "variance_to_date_share", "open", "fill", "wait",
        "third_next", "slot", "no_show", "late_cancel", "overtime", "months",
        "service_on",
    }
)  # fmt: skip
_BY_BUSINESS_DAY = N_("By business day, in {currency}")


def _budget_style(row: BudgetRow) -> RowStyle:
    return RowStyle.PLAIN if row.number else RowStyle.STRONG


def _capacity_totals(rows: Sequence[CapacityRow]) -> Mapping[str, Any]:
    names = (
        "open", "booked", "used", "visits", "missed", "late", "made", "waits", "waited",
    )  # fmt: skip
    sums = {name: sum(getattr(row, name) for row in rows) for name in names}
    whole = CapacityRow(0, "", slot=0, third_days=None, **sums)
    return {c.key: c.value(whole) for c in columns.CAPACITY if c.key not in {"provider", "slot"}}


def _payer_totals(rows: Sequence[PayerRow]) -> Mapping[str, Any]:
    totals = {c.key: sum(c.value(row) for row in rows) for c in columns.PAYERS if c.total}
    if totals["visits"]:
        totals["per_visit"] = round(Decimal(totals["payments"]) / totals["visits"])
    return totals


SUMMARY = Report(
    "summary", N_("R1 · Month summary"), ("summary", "trend"), _BY_BUSINESS_DAY, wide=False
)
PAYMENTS = Report(
    "payments", N_("R9 · Payments by method"), ("payments",), _BY_BUSINESS_DAY, wide=False
)
RECEIVABLES = Report(
    "receivables", N_("R8 · Receivables roll-forward"), ("receivables", "prior_periods"),
    _BY_BUSINESS_DAY,
)  # fmt: skip
PROVIDERS = Report(
    "providers", N_("R5 · Production and income by provider"), ("providers",), _BY_BUSINESS_DAY
)
AGING = Report("aging", N_("R2 · Patient aging"), ("aging",))
BY_DAY = Report(
    "production-by-day",
    N_("R4 · Production and income by day"),
    basis=_BY_BUSINESS_DAY,
    parts=(Part("production_by_day", columns.BY_DAY, lambda r: r.by_day),),
    chart=pack_charts.by_day,
)
BY_MONTH = Report(
    "production-by-month",
    N_("R6 · Production and income by month"),
    basis=_BY_BUSINESS_DAY,
    parts=(Part("production_by_month", columns.BY_MONTH, lambda r: r.by_month),),
    chart=pack_charts.by_month,
)
ADJUSTMENTS = Report(
    "adjustments",
    N_("R10 · Adjustments and write-offs"),
    basis=_BY_BUSINESS_DAY,
    parts=(
        Part("contractual", columns.CONTRACTUAL, lambda r: r.rest.adjustments.contractual,
             N_("Taken off by contracts")),
        Part("adjustments_by_type", columns.SUMS_BY_TYPE, lambda r: r.rest.adjustments.by_type,
             N_("Decided here, by type")),
        Part("adjustments_by_user", columns.SUMS_BY_USER, lambda r: r.rest.adjustments.by_user,
             N_("Decided here, by user")),
        Part("adjustments", columns.DECIDED, lambda r: r.rest.adjustments.decided,
             N_("Decided here, one by one")),
    ),
    chart=pack_charts.adjustments,
)  # fmt: skip
PAYERS = Report(
    "payer-mix",
    N_("R11 · Payer mix"),
    basis=_BY_BUSINESS_DAY,
    parts=(Part("payer_mix", columns.PAYERS, lambda r: r.rest.payers, totals=_payer_totals),),
    chart=pack_charts.payers,
)
CREDITS = Report(
    "credits",
    N_("R16 · Unearned money and credits"),
    basis=N_("As of {day}, in {currency}"),
    parts=(
        Part("credits_by_type", columns.CREDIT_SUMS, lambda r: credit_sums(r.rest.credits)),
        Part("credits", columns.CREDITS, lambda r: r.rest.credits, N_("One by one")),
    ),
)
BUDGET = Report(
    "budget",
    N_("R18 · Budget and actual"),
    basis=_BY_BUSINESS_DAY,
    parts=(
        Part("budget", columns.BUDGET, lambda r: r.rest.plan, has_totals=False,
             style=_budget_style),
    ),
    chart=pack_charts.budget,
    needed=False,
)  # fmt: skip
REFUNDS = Report(
    "refunds",
    N_("R20 · Refunds and returned payments"),
    basis=_BY_BUSINESS_DAY,
    parts=(Part("refunds", columns.REFUNDS, lambda r: r.rest.refunds),),
)
CAPACITY = Report(
    "schedule",
    N_("R22 · Schedule performance"),
    basis=N_("By day of the appointment, up to {day}"),
    parts=(Part("schedule", columns.CAPACITY, lambda r: r.rest.capacity, totals=_capacity_totals),),
    chart=pack_charts.capacity,
    needed=False,
)
HOURS_WORKED = Report(
    "hours",
    N_("R23 · Payroll hours"),
    basis=N_("By the day a shift begins, up to {day}"),
    parts=(Part("hours", HOURS, lambda r: r.hours),),
    chart=pack_charts.hours,
    needed=False,
)
STOCK = Report(
    "stock",
    N_("R24 · Stock value and movement"),
    basis=_BY_BUSINESS_DAY,
    parts=(
        Part("stock", R24, lambda r: r.stock),
        Part("expiring", EXPIRING, lambda r: r.rest.expiring,
             N_("Expired, or expiring within 90 days")),
    ),
    chart=pack_charts.stock,
    needed=False,
)  # fmt: skip
EXCEPTIONS = Report(
    "exceptions",
    N_("R25 · Exceptions"),
    basis=_BY_BUSINESS_DAY,
    parts=(Part("exceptions", columns.EXCEPTIONS, lambda r: r.rest.exceptions, has_totals=False),),
)

# In the order of the paper; the aging comes last, it is the longest.
REPORTS = (
    SUMMARY, PAYMENTS, BY_DAY, PROVIDERS, BY_MONTH, RECEIVABLES, ADJUSTMENTS, PAYERS, CREDITS,
    BUDGET, REFUNDS, CAPACITY, HOURS_WORKED, STOCK, EXCEPTIONS, AGING,
)  # fmt: skip
BY_NAME: Mapping[str, Report] = {report.name: report for report in REPORTS}


def in_pack(report: MonthEnd) -> tuple[Report, ...]:
    """Return the reports of a month's pack: those with a source."""
    return tuple(one for one in REPORTS if one.needed or one.count(report))
