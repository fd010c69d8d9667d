# SPDX-License-Identifier: Apache-2.0
"""The receipt, on A5 or on the 80 mm roll of the till."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.printing import ink_tokens
from clinicdesk.printing.blocks import Beside, Head, Heading, Pairs, Paragraph, Rule, Space, Table
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.sheet import Block, Letterhead, Paper, Sheet, printed_foot
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, Term

METHODS = {
    "cash": Term(N_("Cash")),
    "card": Term(N_("Card")),
    "cheque": Term(N_("Cheque")),
    "transfer": Term(N_("Bank transfer")),
}


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What a part of the money was for.

    Attributes:
        service_on: date of the service.
        description: of the service.
        provider: who gave it, or "".
        charged_minor: its full price.
        paid_minor: part of this receipt.
    """

    service_on: date
    description: str
    provider: str
    charged_minor: int
    paid_minor: int


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt as it is printed.

    Attributes:
        number: of the gapless series.
        received_on: business day.
        printed_at: aware instant.
        printed_by: name of who printed it.
        method: cash, card, cheque, transfer.
        reference: cheque or card reference, or "".
        payer: name of who paid.
        patient: name of who was treated, "" for several.
        chart_number: of the patient, or "".
        lines: what it was for.
        amount_minor: received.
        credit_minor: part kept as credit.
        balance_minor: what the account owes after it.
        next_visit: naive wall time, or None.
        is_copy: printed before.
    """

    number: str
    received_on: date
    printed_at: datetime
    printed_by: str
    method: str
    reference: str
    payer: str
    patient: str
    chart_number: str
    lines: tuple[ReceiptLine, ...]
    amount_minor: int
    credit_minor: int
    balance_minor: int
    next_visit: datetime | None = None
    is_copy: bool = False


RECEIPT_COLUMNS: tuple[Column[ReceiptLine], ...] = (
    Column("service_on", N_("Date"), lambda line: line.service_on, Kind.DAY),
    Column("description", N_("Service"), lambda line: line.description, weight=30),
    Column("provider", N_("Provider"), lambda line: line.provider, weight=14),
    Column("charged_minor", N_("Price"), lambda line: line.charged_minor, Kind.MONEY),
    Column("paid_minor", N_("Paid now"), lambda line: line.paid_minor, Kind.MONEY, total=True),
)


def receipt_pdf(
    receipt: ReceiptPaper, letterhead: Letterhead, formats: Formats, paper: Paper = Paper.A5
) -> bytes:
    """Return a receipt on A5 (or any page), or on the 80 mm roll."""
    sheet = Sheet(
        paper,
        formats.say(N_("Receipt {number}"), {"number": receipt.number}),
        letterhead,
        formats,
        foot=printed_foot(formats, receipt.printed_at, receipt.printed_by),
        watermark=formats.word(N_("COPY")) if receipt.is_copy else "",
        running_head=False,
    )
    narrow = paper is Paper.ROLL_80
    sheet.add(Head(letterhead, centred=narrow))
    if narrow:
        sheet.add(*_roll(receipt, letterhead, formats))
    else:
        sheet.add(*_page(receipt, formats))
    return sheet.render()


def _page(receipt: ReceiptPaper, formats: Formats) -> list[Block]:
    title = formats.say(N_("Receipt {number}"), {"number": receipt.number})
    blocks: list[Block] = [
        Heading(title, formats.day(receipt.received_on, "long")),
        Pairs(_who(receipt, formats)),
        Space(8),
        Table(
            RECEIPT_COLUMNS, receipt.lines, formats, empty=formats.word(N_("Payment on account."))
        ),
        Space(4),
        Beside(((), (Pairs(_sums(receipt, formats), strong=2, size=10),)), (2, 3)),
        Space(12),
    ]
    return [*blocks, *_farewell(receipt, formats, Align.START)]


def _roll(receipt: ReceiptPaper, letterhead: Letterhead, formats: Formats) -> list[Block]:
    title = formats.say(N_("Receipt {number}"), {"number": receipt.number})
    blocks: list[Block] = [Rule()]
    if receipt.is_copy:
        blocks.append(Paragraph(formats.word(N_("COPY")), 12, Face.BOLD, align=Align.CENTER))
    if letterhead.demo:
        says = formats.word(N_("Demo clinic: not a real receipt"))
        blocks.append(Paragraph(says, 8, Face.ITALIC, align=Align.CENTER))
    blocks += [
        Paragraph(title, 11, Face.BOLD, after=1),
        Paragraph(formats.day(receipt.received_on, "long"), 8.5, ink=ink_tokens.MUTED),
        Pairs(_who(receipt, formats), size=8.5),
        Rule(),
    ]
    for line in receipt.lines:
        day = formats.day(line.service_on, "short")
        blocks.append(Pairs(((line.description, formats.amount(line.paid_minor)),), size=9))
        blocks.append(Paragraph(day, 7.5, ink=ink_tokens.MUTED, after=2))
    if not receipt.lines:
        blocks.append(Paragraph(formats.word(N_("Payment on account."))))
    blocks += [Rule(), Pairs(_sums(receipt, formats), strong=2, size=10), Space(8)]
    foot = printed_foot(formats, receipt.printed_at, receipt.printed_by)
    return [
        *blocks,
        *_farewell(receipt, formats, Align.CENTER),
        Paragraph(foot, 6.5, ink=ink_tokens.MUTED, align=Align.CENTER),
    ]


def _who(receipt: ReceiptPaper, formats: Formats) -> tuple[tuple[str, str], ...]:
    word = formats.word
    method = word(METHODS.get(receipt.method, receipt.method))
    if receipt.reference:
        method = f"{method} · {receipt.reference}"
    pairs = [(word(N_("Received from")), receipt.payer)]
    if receipt.patient:
        patient = receipt.patient
        if receipt.chart_number:
            patient = f"{patient} ({receipt.chart_number})"
        pairs.append((word(N_("Patient")), patient))
    return (*pairs, (word(N_("Paid by")), method))


def _sums(receipt: ReceiptPaper, formats: Formats) -> tuple[tuple[str, str], ...]:
    word = formats.word
    pairs = []
    if receipt.credit_minor:
        pairs.append((word(N_("Kept as credit")), formats.money(receipt.credit_minor)))
    pairs.append((word(N_("Paid")), formats.money(receipt.amount_minor)))
    owed = N_("Balance of the account") if receipt.balance_minor >= 0 else N_("Credit held")
    return (*pairs, (word(owed), formats.money(abs(receipt.balance_minor))))


def _farewell(receipt: ReceiptPaper, formats: Formats, align: Align) -> list[Block]:
    blocks: list[Block] = []
    if receipt.next_visit is not None:
        when = formats.day(receipt.next_visit.date(), "long")
        fields = {"day": when, "time": receipt.next_visit.time()}
        says = formats.say(N_("Next appointment: {day}, {time}"), fields)
        blocks.append(Paragraph(says, 9.5, Face.BOLD, align=align))
    blocks.append(Paragraph(formats.word(N_("Thank you.")), 9, align=align))
    return blocks
