# SPDX-License-Identifier: Apache-2.0
"""The receipt, on A5 or on the 80 mm roll of the till."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
class ChargedService:
    """A service of the day.

    Attributes:
        service_on: when the work was done.
        description: of the service.
        provider: who gave it, or "".
        amount_minor: its price, whoever is to pay it.
    """

    service_on: date
    description: str
    provider: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class AppliedPart:
    """What a part of the money was put on.

    Attributes:
        service_on: date of the service.
        description: of the service.
        patient: who had it, where that is not the receipt's patient; else "".
        paid_minor: part of this receipt.
    """

    service_on: date | None
    description: str
    patient: str
    paid_minor: int


@dataclass(frozen=True, slots=True)
class AccountSums:
    """The account of the receipt's patient on its day; it adds up.

    ``before + charged - insured + adjusted - paid_earlier - paid_now + for_others == balance``.

    Attributes:
        before_minor: owed before the day.
        charged_minor: on the day; the sum of the services.
        insured_minor: the part of it an insurer is asked for.
        adjusted_minor: what else changed, below zero if it was taken off.
        paid_earlier_minor: by other receipts of the day.
        paid_now_minor: by this receipt.
        for_others_minor: the part of it put on other patients' services.
        balance_minor: owed after it; below zero it is credit.
    """

    before_minor: int
    charged_minor: int
    insured_minor: int
    adjusted_minor: int
    paid_earlier_minor: int
    paid_now_minor: int
    for_others_minor: int
    balance_minor: int


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """A receipt as it is printed: what was posted by it, however late it is printed again.

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
        charged: services of the day.
        applied: what the money was put on; with the credit they are the whole amount.
        amount_minor: received.
        credit_minor: part kept as credit.
        account: the patient's account that day; None where a payer paid.
        next_visit: naive wall time, or None.
        undone_on: day the payment was reversed, or None.
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
    charged: tuple[ChargedService, ...]
    applied: tuple[AppliedPart, ...]
    amount_minor: int
    credit_minor: int
    account: AccountSums | None
    next_visit: datetime | None = None
    undone_on: date | None = None
    is_copy: bool = False


CHARGED_COLUMNS: tuple[Column[ChargedService], ...] = (
    Column("service_on", N_("Date"), lambda line: line.service_on, Kind.DAY),
    Column("description", N_("Charged today"), lambda line: line.description, weight=30),
    Column("provider", N_("Provider"), lambda line: line.provider, weight=16),
    Column("amount_minor", N_("Price"), lambda line: line.amount_minor, Kind.MONEY, total=True),
)
APPLIED_COLUMNS: tuple[Column[AppliedPart], ...] = (
    Column("service_on", N_("Date"), lambda line: line.service_on, Kind.DAY),
    Column("description", N_("This payment was put on"), lambda line: line.description, weight=46),
    Column("paid_minor", N_("Paid"), lambda line: line.paid_minor, Kind.MONEY, total=True),
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
        *_undone(receipt, formats),
        Pairs(_who(receipt, formats)),
        Space(8),
    ]
    if receipt.charged:
        blocks += [Table(CHARGED_COLUMNS, receipt.charged, formats, has_totals=True), Space(8)]
    blocks += [
        Table(APPLIED_COLUMNS, _applied(receipt, formats), formats, has_totals=True),
        Space(8),
    ]
    sums = _sums(receipt, formats)
    if sums:
        blocks.append(Beside(((), (Pairs(sums, strong=1, size=9.5),)), (2, 3)))
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
        *_undone(receipt, formats),
        Pairs(_who(receipt, formats), size=8.5),
        Rule(),
    ]
    if receipt.charged:
        parts = [(line.service_on, line.description, line.amount_minor) for line in receipt.charged]
        charged = sum(line.amount_minor for line in receipt.charged)
        blocks += _listed(N_("Charged today"), parts, charged, formats)
    put_on = [(o.service_on, o.description, o.paid_minor) for o in _applied(receipt, formats)]
    blocks += _listed(N_("This payment was put on"), put_on, receipt.amount_minor, formats)
    sums = _sums(receipt, formats)
    if sums:
        blocks += [Pairs(sums, strong=1, size=9), Space(8)]
    foot = printed_foot(formats, receipt.printed_at, receipt.printed_by)
    return [
        *blocks,
        *_farewell(receipt, formats, Align.CENTER),
        Paragraph(foot, 6.5, ink=ink_tokens.MUTED, align=Align.CENTER),
    ]


def _listed(
    title: str, parts: Sequence[tuple[date | None, str, int]], total_minor: int, formats: Formats
) -> list[Block]:
    """Return a list for the roll: what and how much, its day under it, the total."""
    blocks: list[Block] = [Paragraph(formats.word(title), 9, Face.BOLD, after=1)]
    for day, what, minor in parts:
        blocks.append(Pairs(((what, formats.amount(minor)),), size=9))
        if day is not None:
            when = formats.day(day, "short")
            blocks.append(Paragraph(when, 7.5, ink=ink_tokens.MUTED, after=2))
    total = (formats.word(N_("Total")), formats.amount(total_minor))
    return [*blocks, Pairs((total,), strong=1, size=9), Space(6)]


def _applied(receipt: ReceiptPaper, formats: Formats) -> tuple[AppliedPart, ...]:
    """Return what the money was put on, in words; what is on no service is credit."""
    lines = [
        replace(part, description=f"{part.description} · {part.patient}") if part.patient else part
        for part in receipt.applied
    ]
    if receipt.credit_minor:
        words = formats.word(N_("Kept as credit for later services"))
        lines.append(AppliedPart(None, words, "", receipt.credit_minor))
    return tuple(lines)


def _undone(receipt: ReceiptPaper, formats: Formats) -> list[Block]:
    if receipt.undone_on is None:
        return []
    says = formats.say(N_("This payment was reversed on {day}."), {"day": receipt.undone_on})
    return [Paragraph(says, 10, Face.BOLD)]


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
    """Return the account from owed before to balance; amounts of nothing are left out."""
    account = receipt.account
    if account is None:
        return ()
    always = [
        (N_("Owed before today"), account.before_minor),
        (N_("Charged today"), account.charged_minor),
    ]
    sometimes = (
        (N_("Asked of the insurer"), -account.insured_minor),
        (N_("Adjusted today"), account.adjusted_minor),
        (N_("Paid earlier today"), -account.paid_earlier_minor),
        (N_("Paid now"), -account.paid_now_minor),
        (N_("Of it, for others of the family"), account.for_others_minor),
    )
    parts = [*always, *((words, minor) for words, minor in sometimes if minor)]
    owed = N_("Balance") if account.balance_minor >= 0 else N_("Balance (credit)")
    parts.append((owed, account.balance_minor))
    return tuple((formats.word(words), formats.money(minor)) for words, minor in parts)


def _farewell(receipt: ReceiptPaper, formats: Formats, align: Align) -> list[Block]:
    blocks: list[Block] = [Space(10)]
    if receipt.next_visit is not None:
        when = formats.day(receipt.next_visit.date(), "long")
        fields = {"day": when, "time": receipt.next_visit.time()}
        says = formats.say(N_("Next appointment: {day}, {time}"), fields)
        blocks.append(Paragraph(says, 9.5, Face.BOLD, align=align))
    blocks.append(Paragraph(formats.word(N_("Thank you.")), 9, align=align))
    return blocks
