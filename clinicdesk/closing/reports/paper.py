# SPDX-License-Identifier: Apache-2.0
"""The month end on paper: cover, proof page, then the reports with their charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from clinicdesk import __version__
from clinicdesk.closing import columns
from clinicdesk.closing.model import AgingRow, MonthEnd, SummaryRow
from clinicdesk.closing.reports import charts
from clinicdesk.closing.reports.front import (
    BY_BUSINESS_DAY,
    add_cover,
    add_definitions,
    add_proof,
    currency,
)  # fmt: skip
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
from clinicdesk.printing.sheet import Letterhead, PageBreak, Paper, Sheet, printed_foot
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

_LANDSCAPE = {Paper.A4: Paper.A4_LANDSCAPE, Paper.LETTER: Paper.LETTER_LANDSCAPE}


def month_end_pdf(
    report: MonthEnd,
    letterhead: Letterhead,
    formats: Formats,
    *,
    printed_at: datetime,
    printed_by: str,
    paper: Paper = Paper.A4,
    step: Callable[[int, int], None] = lambda _done, _whole: None,
) -> bytes:
    """Return the paper.

    A closed month carries who closed it and when, not when it was printed, so that printing it
    again gives the same bytes; an open one says DRAFT and when it was printed.
    """
    title = formats.say(N_("Month end, {month}"), {"month": report.month})
    if report.seal is None:
        foot, watermark = printed_foot(formats, printed_at, printed_by), formats.word(N_("DRAFT"))
    else:
        says = N_("Closed {when} by {who} · ledger to entry {seq} · ClinicDesk {version}")
        fields = {
            "when": report.seal.closed_at,
            "who": report.seal.closed_by,
            "seq": str(report.last_seq),
            "version": __version__,
        }
        foot, watermark = formats.say(says, fields), ""
    sheet = Sheet(paper, title, letterhead, formats, foot=foot, watermark=watermark)
    add_cover(sheet, report, letterhead, formats)
    sheet.add(PageBreak())
    add_proof(sheet, report, formats)
    sheet.add(PageBreak())
    _summary(sheet, report, formats)
    _methods(sheet, report, formats)
    wide = PageBreak(_LANDSCAPE.get(paper))
    sheet.add(wide)
    _receivables(sheet, report, formats)
    sheet.add(wide)
    _providers(sheet, report, formats)
    sheet.add(wide)
    _aging(sheet, report, formats, lambda: step(0, 1))
    sheet.add(PageBreak(paper))
    add_definitions(sheet, formats)
    return sheet.render(step)


# ── the reports ──────────────────────────────────────────────────────────────────────────────


def _summary(sheet: Sheet, report: MonthEnd, formats: Formats) -> None:
    planned = any(row.budget is not None for row in report.summary)
    shown = [c for c in columns.SUMMARY if planned or c.key not in {"budget", "to_budget"}]

    def worded(column: Column[SummaryRow]) -> Column[SummaryRow]:
        """Write each cell by the kind of its row; the column stays one of figures."""
        if column.kind is not Kind.MONEY:
            return column
        return replace(column, value=lambda row: _figure(row, column.value(row)))

    sheet.add(
        Heading(
            formats.word(N_("R1 · Month summary")),
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


def _methods(sheet: Sheet, report: MonthEnd, formats: Formats) -> None:
    sheet.add(
        Space(8),
        Heading(
            formats.word(N_("R9 · Payments by method")),
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


def _receivables(sheet: Sheet, report: MonthEnd, formats: Formats) -> None:
    word = formats.word
    sheet.add(
        Heading(
            word(N_("R8 · Receivables roll-forward")),
            formats.say(BY_BUSINESS_DAY, currency(formats)),
        ),
        Paragraph(
            formats.say(
                N_("Opening receivables {opening_minor}, closing {closing_minor}."),
                {"opening_minor": report.opening_minor, "closing_minor": report.closing_minor},
            ),
            with_next=True,
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
        ),
        Space(8),
    )
    if len(report.days) > 1:
        sheet.add(ChartBlock(charts.receivables(report, formats), formats, height=120))
    if report.prior:
        sheet.add(
            Heading(word(N_("Adjustments to prior periods")), level=2),
            Table(columns.PRIOR, report.prior, formats, has_totals=True),
        )


def _providers(sheet: Sheet, report: MonthEnd, formats: Formats) -> None:
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
            formats.word(N_("R5 · Production and income by provider")),
            formats.say(BY_BUSINESS_DAY, currency(formats)),
        ),
        Table(columns.PROVIDERS, rows, formats, totals=totals, has_totals=True, banded=True),
        Space(10),
    )
    if any(row.net_minor > 0 for row in rows):
        sheet.add(ChartBlock(charts.providers(report, formats), formats))


def _aging(sheet: Sheet, report: MonthEnd, formats: Formats, pause: Callable[[], None]) -> None:
    word = formats.word
    owing = [row for row in report.aging if row.total_minor or row.patient_minor]
    only_credit = [row for row in report.aging if not (row.total_minor or row.patient_minor)]
    credit = sum(row.credit_minor for row in only_credit)
    sheet.add(
        Heading(
            word(N_("R2 · Patient aging")),
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
