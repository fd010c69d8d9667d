# SPDX-License-Identifier: Apache-2.0
"""Cover and proof page of the month end, and the definitions at its end."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from clinicdesk.closing.model import MonthEnd, ProofLine, SummaryRow
from clinicdesk.closing.reports import charts
from clinicdesk.closing.reports.sentences import sentences
from clinicdesk.kernel.columns import Kind
from clinicdesk.printing import ink_tokens
from clinicdesk.printing.blocks import (
    Beside,
    ChartBlock,
    CheckLine,
    Checks,
    Head,
    Heading,
    Paragraph,
    Signatures,
    Space,
    Tile,
    Tiles,
)  # fmt: skip
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.sheet import Block, Letterhead, Sheet
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, Term

BY_BUSINESS_DAY = N_("By business day, in {currency}")


def currency(formats: Formats) -> dict[str, object]:
    """Return the field of ``BY_BUSINESS_DAY``."""
    return {"currency": formats.currency.code}


# ── page 1 ───────────────────────────────────────────────────────────────────────────────────


def add_cover(
    sheet: Sheet,
    report: MonthEnd,
    letterhead: Letterhead,
    formats: Formats,
    titles: Sequence[str],
) -> None:
    word = formats.word
    status = word(N_("Draft")) if report.draft else word(N_("Closed"))
    held = N_("All identities of the proof page hold.")
    broken = N_("The proof page shows a difference. Do not sign before it is explained.")
    contents = [word(N_("Proof page")), *map(word, titles), word(N_("Definitions"))]
    half = (len(contents) + 1) // 2
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
        ChartBlock(charts.trend(report, formats), formats, height=110),
        Heading(word(N_("Contents")), level=2),
        Beside((_lines(contents[:half]), _lines(contents[half:])), (1, 1)),
        Signatures((word(N_("Prepared by, date")), word(N_("Approved by, date")))),
    )


def _lines(texts: Sequence[str]) -> tuple[Block, ...]:
    return tuple(Paragraph(text, 8.5, after=1) for text in texts)


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


def add_proof(sheet: Sheet, report: MonthEnd, formats: Formats) -> None:
    word = formats.word
    says = N_(
        "Each line compares two figures that must be equal. They are added up by different "
        "statements from different tables of the clinic's file, so a changed row shows here."
    )
    sheet.add(
        Heading(word(N_("Proof page")), formats.say(BY_BUSINESS_DAY, currency(formats))),
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
    (N_("Unearned"), N_("Change of money held for patients and insurers: received and not yet "
        "put on a service. With income it is what was received.")),
    (N_("Payer mix"), N_("Shares of visits, charges, payments and receivables differ; that is why "
        "they stand side by side. Days to pay run from the service to the payment, each payment "
        "counting as much as it is.")),
    (N_("Forecast of the year"), N_("What was posted so far and the plan of the months to come; "
        "without a plan, as much each month as so far. The column says which.")),
    (N_("Fill"), N_("Booked hours as a share of open hours. Open are published shifts, or usual "
        "hours where none are published, without breaks and blocked time.")),
    (N_("No-shows"), N_("Missed visits as a share of those that took place or were missed. "
        "Cancelled late is less than 24 hours before, as a share of all that were booked.")),
    (N_("Average wait"), N_("From the appointment, or a later arrival, to the room.")),
    (N_("Third next free"), N_("Calendar days from the end of the period to the third free time "
        "for a visit of usual length, in the book as it stood then.")),
    (N_("Payroll hours"), N_("Hours of published shifts without breaks. There is no time clock.")),
    (N_("Business day"), N_("The day a posting counts for. Everything a manager signs goes by it; "
        "aging goes by the date of service.")),
)  # fmt: skip


def add_definitions(sheet: Sheet, formats: Formats) -> None:
    sheet.add(Heading(formats.word(N_("Definitions"))))
    for term, text in _DEFINITIONS:
        sheet.add(
            Paragraph(formats.word(Term(term)), 9, Face.BOLD, after=0, with_next=True),
            Paragraph(formats.word(text), 9, after=4),
        )
