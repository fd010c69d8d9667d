# SPDX-License-Identifier: Apache-2.0
"""R1, R2, R5, R8 and R9 on paper: reports that are more than one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from clinicdesk.closing import columns
from clinicdesk.closing.model import AgingRow, MonthEnd, SummaryRow
from clinicdesk.closing.reports import catalogue, charts
from clinicdesk.closing.reports.front import BY_BUSINESS_DAY, currency
from clinicdesk.kernel.columns import Column, Kind
from clinicdesk.printing import ink_tokens
from clinicdesk.printing.blocks import (
    ChartBlock,
    Heading,
    Paragraph,
    RowStyle,
    Space,
    Table,
)  # fmt: skip
from clinicdesk.printing.sheet import Sheet
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

Pause = Callable[[], None]
Add = Callable[[Sheet, MonthEnd, Formats, Pause], None]


def _summary(sheet: Sheet, report: MonthEnd, formats: Formats, _pause: Pause) -> None:
    planned = any(row.budget is not None for row in report.summary)
    shown = [c for c in columns.SUMMARY if planned or c.key not in {"budget", "to_budget"}]

    def worded(column: Column[SummaryRow]) -> Column[SummaryRow]:
        """Write each cell by the kind of its row; the column stays one of figures."""
        if column.kind is not Kind.MONEY:
            return column
        return replace(column, value=lambda row: _figure(row, column.value(row)))

    sheet.add(
        Heading(
            formats.word(catalogue.SUMMARY.title),
            formats.say(BY_BUSINESS_DAY, currency(formats)),
        ),
        Table(
            [worded(column) for column in shown],
            report.summary,
            _ByRow(formats),
            style=lambda row: RowStyle.STRONG if row.strong else RowStyle.PLAIN,
            banded=True,
        ),
    )  # fmt: skip


class _Figure(Decimal):
    """A value that carries its own kind, in a column whose rows differ."""

    kind: Kind


def _figure(row: SummaryRow, value: int | Decimal | None) -> _Figure | None:
    if value is None:
        return None
    figure = _Figure(value)
    figure.kind = row.kind
    return figure


class _ByRow(Formats):
    """Formats that write a figure by the kind it carries."""

    def __init__(self, formats: Formats) -> None:
        super().__init__(formats.language, formats.territory, formats.currency, formats.zone)

    def value(self, kind: Kind, value: object) -> str:
        if not isinstance(value, _Figure):
            return super().value(kind, value)
        plain = Decimal(value)
        return super().value(value.kind, int(plain) if value.kind is Kind.MONEY else plain)


def _methods(sheet: Sheet, report: MonthEnd, formats: Formats, _pause: Pause) -> None:
    sheet.add(
        Heading(
            formats.word(catalogue.PAYMENTS.title),
            formats.say(BY_BUSINESS_DAY, currency(formats)),
        ),
        Table(columns.METHODS, report.methods, formats, has_totals=True),
        Space(8),
        *(
            [ChartBlock(charts.methods(report, formats), formats)]
            if any(row.amount_minor for row in report.methods)
            else []
        ),
    )


def _receivables(sheet: Sheet, report: MonthEnd, formats: Formats, _pause: Pause) -> None:
    word = formats.word
    sheet.add(
        Heading(
            word(catalogue.RECEIVABLES.title),
            formats.say(BY_BUSINESS_DAY, currency(formats)),
        ),
        Paragraph(
            formats.say(
                N_("Opening receivables {opening_minor}, closing {closing_minor}."),
                {"opening_minor": report.opening_minor, "closing_minor": report.closing_minor},
            ),
            with_next=True,
        ),
        *(
            [ChartBlock(charts.receivables(report, formats), formats, height=60)]
            if len(report.days) > 1
            else []
        ),
        Table(
            columns.DAYS,
            report.days,
            formats,
            totals={
                **{
                    column.key: sum(column.value(day) for day in report.days)
                    for column in columns.DAYS
                    if column.total
                },
                "ending": report.closing_minor,
            },
            has_totals=True,
            banded=True,
            size=7.5,
        ),
    )
    if report.prior:
        sheet.add(
            Heading(word(N_("Adjustments to prior periods")), level=2),
            Table(columns.PRIOR, report.prior, formats, has_totals=True),
        )


def _providers(sheet: Sheet, report: MonthEnd, formats: Formats, _pause: Pause) -> None:
    rows = report.providers
    net, income = sum(r.net_minor for r in rows), sum(r.income_minor for r in rows)
    visits = sum(r.visits for r in rows)
    totals = {
        **{c.key: sum(c.value(r) for r in rows) for c in columns.PROVIDERS if c.total},
        "per_visit": round(Decimal(net) / visits) if visits else None,
        "collected": Decimal(income) / net if net > 0 else None,
    }
    sheet.add(
        Heading(
            formats.word(catalogue.PROVIDERS.title),
            formats.say(BY_BUSINESS_DAY, currency(formats)),
        ),
        Table(columns.PROVIDERS, rows, formats, totals=totals, has_totals=True, banded=True),
        Space(10),
    )
    if any(row.net_minor > 0 for row in rows):
        sheet.add(ChartBlock(charts.providers(report, formats), formats))


def _aging(sheet: Sheet, report: MonthEnd, formats: Formats, pause: Pause) -> None:
    word = formats.word
    owing = [row for row in report.aging if row.total_minor or row.patient_minor]
    only_credit = [row for row in report.aging if not (row.total_minor or row.patient_minor)]
    credit = sum(row.credit_minor for row in only_credit)
    sheet.add(
        Heading(
            word(catalogue.AGING.title),
            formats.say(
                N_("As of {day}, by date of service, in {currency}"),
                {"day": report.as_of, "currency": formats.currency.code},
            ),
        ),
    )
    if any(report.buckets):
        sheet.add(ChartBlock(charts.aging(report, formats), formats, height=110))
    sheet.add(
        Table(
            _paper_aging(),
            owing,
            formats,
            has_totals=True,
            banded=True,
            size=8,
            empty=word(N_("Nobody owes anything.")),
            pause=pause,
        ),
        Space(6),
        Paragraph(
            formats.count(
                "Besides, {n} account owes nothing and holds a credit: {held_minor}.",
                "Besides, {n} accounts owe nothing and hold credits: {held_minor}.",
                len(only_credit),
                held_minor=credit,
            ),
            8.5,
            ink=ink_tokens.MUTED,
        ),
    )


def _paper_aging() -> tuple[Column[AgingRow], ...]:
    """Put account and phone with the name: fourteen columns are too many for a page."""
    beside: Column[AgingRow] = Column(
        "name",
        N_("Guarantor"),
        lambda row: " · ".join(text for text in (row.name, row.account, row.phone) if text),
        weight=30,
    )
    return (beside, *(c for c in columns.AGING if c.key not in {"name", "account", "phone"}))


ADDERS: dict[str, Add] = {
    catalogue.SUMMARY.name: _summary,
    catalogue.PAYMENTS.name: _methods,
    catalogue.RECEIVABLES.name: _receivables,
    catalogue.PROVIDERS.name: _providers,
    catalogue.AGING.name: _aging,
}
