# SPDX-License-Identifier: Apache-2.0
"""The month end on paper: cover, proof page, then the reports with their charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from clinicdesk import __version__
from clinicdesk.closing import columns
from clinicdesk.closing.model import AgingRow, MonthEnd, ProofLine, SummaryRow
from clinicdesk.closing.reports import charts
from clinicdesk.closing.reports.sentences import sentences
from clinicdesk.kernel.columns import Column, Kind
from clinicdesk.printing import ink_tokens
from clinicdesk.printing.blocks import (
    Beside,
    ChartBlock,
    CheckLine,
    Checks,
    Head,
    Heading,
    Pairs,
    Paragraph,
    RowStyle,
    Signatures,
    Space,
    Table,
    Tile,
    Tiles,
)  # fmt: skip
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.sheet import Letterhead, PageBreak, Paper, Sheet, printed_foot
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, Term

_LANDSCAPE = {Paper.A4: Paper.A4_LANDSCAPE, Paper.LETTER: Paper.LETTER_LANDSCAPE}
BY_BUSINESS_DAY = N_("By business day, in {currency}")


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
    _cover(sheet, report, letterhead, formats)
    sheet.add(PageBreak())
    _proof(sheet, report, formats)
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
    _definitions(sheet, formats)
    return sheet.render(step)


# ── page 1 ───────────────────────────────────────────────────────────────────────────────────


def _cover(sheet: Sheet, report: MonthEnd, letterhead: Letterhead, formats: Formats) -> None:
    word = formats.word
    status = word(N_("Draft")) if report.draft else word(N_("Closed"))
    held = N_("All identities of the proof page hold.")
    broken = N_("The proof page shows a difference. Do not sign before it is explained.")
    proven, ink = (held, ink_tokens.GOOD) if report.holds else (broken, ink_tokens.BAD)
    sheet.add(
        Head(letterhead),
        Space(10),
        Paragraph(formats.month(report.month), 24, Face.BOLD, after=2, with_next=True),
        Paragraph(
            formats.say(
                N_("Month-end report · {status} · as of {day}"),
                {"status": status, "day": report.as_of},
            ),
            10,
            ink=ink_tokens.MUTED,
            after=10,
        ),
        Tiles(_tiles(report, formats)),
        Space(4),
        *(Paragraph(text, 10.5, after=5) for text in sentences(report, formats)),
        Space(4),
        Paragraph(word(proven), 10.5, Face.BOLD, ink, after=10),
        ChartBlock(charts.trend(report, formats), formats, height=150),
        Beside(
            (
                (
                    Heading(word(N_("Contents")), level=2),
                    Pairs(tuple((word(text), "") for text in _CONTENTS), size=9),
                ),
                (
                    Heading(word(N_("Signed")), level=2),
                    Signatures((word(N_("Prepared by, date")),)),
                    Signatures((word(N_("Approved by, date")),)),
                ),
            ),
            (1, 1),
        ),
    )


_CONTENTS = (
    N_("Proof page"),
    N_("R1 · Month summary"),
    N_("R9 · Payments by method"),
    N_("R8 · Receivables roll-forward"),
    N_("R5 · Production and income by provider"),
    N_("R2 · Patient aging"),
    N_("Definitions"),
)


def _tiles(report: MonthEnd, formats: Formats) -> tuple[Tile, ...]:
    by_key = report.by_key
    wanted = (
        ("net_production", N_("Net production")),
        ("net_receipts", N_("Net receipts")),
        ("closing_receivables", N_("Receivables")),
        ("net_collection", N_("Net collection rate")),
    )
    return tuple(_tile(by_key[key], formats.word(label), formats) for key, label in wanted)


def _tile(row: SummaryRow, label: str, formats: Formats) -> Tile:
    if row.this is None:
        return Tile(label, "–")
    value = (
        formats.money(int(row.this))
        if row.kind is Kind.MONEY
        else formats.percent(Decimal(row.this))
    )
    if row.change is not None:
        sign = "+" if row.change >= 0 else ""
        change = f"{sign}{formats.percent(row.change)}"
        return Tile(label, value, formats.say(N_("{change} on last month"), {"change": change}))
    if row.kind is Kind.PERCENT and row.last is not None:
        before = formats.percent(Decimal(row.last))
        return Tile(label, value, formats.say(N_("last month {before}"), {"before": before}))
    return Tile(label, value, formats.word(N_("no month before")))


# ── page 2 ───────────────────────────────────────────────────────────────────────────────────


def _proof(sheet: Sheet, report: MonthEnd, formats: Formats) -> None:
    word = formats.word
    says = N_(
        "Each line compares two figures that must be equal. They are added up by different "
        "statements from different tables of the clinic's file, so a changed row shows here."
    )
    sheet.add(
        Heading(word(N_("Proof page")), formats.say(BY_BUSINESS_DAY, _currency(formats))),
        Paragraph(word(says), 9.5, after=8),
        Checks(
            tuple(_check(line, formats) for line in report.proof),
            (word(N_("Identity")), word(N_("Left")), word(N_("Right"))),
            (word(N_("holds")), word(N_("differs by {difference}"))),
        ),
        Space(10),
        Paragraph(
            formats.say(
                N_("Ledger entries counted: 1 to {seq}. Receivables handed to collection agencies, "
                   "outside of R2 and R8: {agency_minor}."),
                {"seq": report.last_seq, "agency_minor": report.agency_minor},
            ),
            8.5,
            ink=ink_tokens.MUTED,
        ),
    )  # fmt: skip


def _check(line: ProofLine, formats: Formats) -> CheckLine:
    write = formats.amount if line.kind is Kind.MONEY else formats.number
    return CheckLine(
        title=formats.word(line.title),
        left=write(line.left),
        right=write(line.right),
        difference="" if line.holds else write(line.left - line.right),
        holds=line.holds,
        detail=formats.word(line.detail),
    )


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
            formats.say(BY_BUSINESS_DAY, _currency(formats)),
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
            formats.say(BY_BUSINESS_DAY, _currency(formats)),
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
            formats.say(BY_BUSINESS_DAY, _currency(formats)),
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
            formats.say(BY_BUSINESS_DAY, _currency(formats)),
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


# ── the last page ────────────────────────────────────────────────────────────────────────────

_DEFINITIONS = (
    (N_("Gross charges"), N_("Full fees of the services posted in the month, without tax.")),
    (N_("Contractual write-off"), N_("What a contract with an insurer takes off the fee. Neither "
        "bad debt nor charity, which are other write-offs.")),
    (N_("Net production"), N_("Gross charges with adjustments and write-offs taken off.")),
    (N_("Income"), N_("Money applied to services, by the provider of the service. Money received "
        "and not yet applied is a credit, no income.")),
    (N_("Net receipts"), N_("Receipts of patients and insurers less refunds, returned payments "
        "and take-backs, by the day the money came in.")),
    (N_("Receivables"), N_("What patients and insurers owe. Debts handed to a collection agency "
        "have left them and are named on the proof page.")),
    (N_("Days in receivables"), N_("Receivables less credits, divided by the gross charges of the "
        "last 90 days, times 90. Under 30 is good, above 40 needs attention.")),
    (N_("Net collection rate"), N_("Net receipts divided by gross charges less contractual "
        "write-offs. Usual is 95 to 99 %; one month may pass 100 %.")),
    (N_("Owed over 90 days"), N_("Share of receivables whose service is more than 90 days old. "
        "Under 15 % is the aim.")),
    (N_("Business day"), N_("The day a posting counts for. Everything a manager signs goes by it; "
        "aging goes by the date of service.")),
)  # fmt: skip


def _definitions(sheet: Sheet, formats: Formats) -> None:
    sheet.add(Heading(formats.word(N_("Definitions"))))
    for term, text in _DEFINITIONS:
        sheet.add(
            Paragraph(formats.word(Term(term)), 9.5, Face.BOLD, after=0, with_next=True),
            Paragraph(formats.word(text), 9.5, after=6),
        )


def _currency(formats: Formats) -> dict[str, object]:
    return {"currency": formats.currency.code}
