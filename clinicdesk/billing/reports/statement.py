# SPDX-License-Identifier: Apache-2.0
"""The account statement: address in the window of an envelope, lines, a slip to tear off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from clinicdesk.kernel.columns import Column, Kind
from clinicdesk.printing import ink_tokens
from clinicdesk.printing.blocks import (
    Barcode,
    Beside,
    Head,
    Heading,
    Pairs,
    Paragraph,
    Rule,
    Space,
    Table,
    Tile,
    Tiles,
)  # fmt: skip
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.sheet import Block, Letterhead, Paper, Sheet, printed_foot
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, Term

PAYMENTS = {
    "cash": Term(N_("Cash payment")),
    "card": Term(N_("Card payment")),
    "cheque": Term(N_("Payment by cheque")),
    "transfer": Term(N_("Payment by bank transfer")),
}
CAUSES = {
    "contractual": Term(N_("Contractual write-off")),
    "discount": Term(N_("Discount")),
    "write-off": Term(N_("Write-off")),
    "adjustment": Term(N_("Adjustment")),
    "interest": Term(N_("Interest")),
    "package": Term(N_("Package")),
    "refund": Term(N_("Refund")),
    "returned": Term(N_("Returned payment")),
    "take-back": Term(N_("Take-back")),
    "payment": Term(N_("Payment")),
}
BUCKETS = (N_("0–30 days"), N_("31–60"), N_("61–90"), N_("91–120"), N_("Over 120"))


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement of the account.

    Attributes:
        on: business day.
        patient: given name, since a family shares the account.
        cause: as the ledger calls it: charge, payment, write-off ...
        kind: of the entry; a reversal says so.
        description: the service, or how money was handed over.
        payer: which insurer, or "".
        charge_minor: added, or None.
        credit_minor: taken off by payment or adjustment, or None.
        balance_minor: after it.
    """

    on: date
    patient: str
    cause: str
    kind: str
    description: str
    payer: str
    charge_minor: int | None
    credit_minor: int | None
    balance_minor: int


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """A statement as it is printed.

    Attributes:
        number: of the gapless series.
        as_of: last day it tells of.
        since: first day of its lines.
        printed_at: aware instant.
        printed_by: name of who printed it.
        account: guarantor's chart number, ASCII, printed as a bar code too.
        name: of the guarantor.
        address: lines.
        opening_minor: balance before ``since``.
        lines: since then.
        aging: the five buckets of the patient's part.
        insurer_minor: still with insurers, not due from the patient.
        agency_minor: handed to a collection agency, to be paid there.
        credit_minor: unapplied money held.
        due_minor: to be paid now.
        due_on: until when.
        is_copy: printed before.
    """

    number: str
    as_of: date
    since: date
    printed_at: datetime
    printed_by: str
    account: str
    name: str
    address: tuple[str, ...]
    opening_minor: int
    lines: tuple[StatementLine, ...]
    aging: tuple[int, int, int, int, int]
    insurer_minor: int
    agency_minor: int
    credit_minor: int
    due_minor: int
    due_on: date
    is_copy: bool = False


STATEMENT_COLUMNS: tuple[Column[StatementLine], ...] = (
    Column("on", N_("Date"), lambda line: line.on, Kind.DAY),
    Column("patient", N_("Patient"), lambda line: line.patient, weight=14),
    Column("description", N_("What"), lambda line: line.description, weight=30),
    Column("charge_minor", N_("Charge"), lambda line: line.charge_minor, Kind.MONEY, total=True),
    Column("credit_minor", N_("Credit"), lambda line: line.credit_minor, Kind.MONEY, total=True),
    Column("balance_minor", N_("Balance"), lambda line: line.balance_minor, Kind.MONEY),
)


def statement_pdf(
    statement: StatementPaper, letterhead: Letterhead, formats: Formats, paper: Paper = Paper.A4
) -> bytes:
    """Return an account statement: address for a window envelope, lines, a slip to tear off."""
    word, money = formats.word, formats.money
    title = formats.say(N_("Statement {number}"), {"number": statement.number})
    sheet = Sheet(
        paper,
        title,
        letterhead,
        formats,
        foot=printed_foot(formats, statement.printed_at, statement.printed_by),
        watermark=word(N_("COPY")) if statement.is_copy else "",
        running_head=False,
    )
    facts = (
        (word(N_("Account")), statement.account),
        (word(N_("As of")), formats.day(statement.as_of)),
        (word(N_("Amount due")), money(statement.due_minor)),
        (word(N_("Please pay by")), formats.day(statement.due_on)),
    )
    address = (statement.name, *statement.address)
    sheet.add(
        Head(letterhead),
        Space(34),  # the address stands in the window of a DL or #10 envelope
        Beside(
            (
                tuple(Paragraph(line, 10.5, after=0) for line in address),
                (Pairs(facts, strong=2, size=9.5),),
            ),
            (3, 2),
        ),
        Space(26),
        Heading(title, _since(statement, formats)),
        Table(
            STATEMENT_COLUMNS,
            (_opening(statement, formats), *(_worded(line, formats) for line in statement.lines)),
            formats,
            totals={
                "charge_minor": sum(line.charge_minor or 0 for line in statement.lines),
                "credit_minor": sum(line.credit_minor or 0 for line in statement.lines),
                "balance_minor": _closing_balance(statement),
            },
            has_totals=True,
        ),
        Space(6),
        Beside(((), (Pairs(_sums(statement, formats), strong=1, size=9.5),)), (1, 1)),
        Space(10),
        Tiles(
            tuple(
                Tile(word(label), formats.amount(amount))
                for label, amount in zip(BUCKETS, statement.aging, strict=True)
            )
        ),
        Space(2),
        Paragraph(_explanation(statement, formats), 8.5, ink=ink_tokens.MUTED, with_next=True),
        Space(16),
        Beside((_slip(statement, letterhead, formats),), (1,)),
    )
    return sheet.render()


def _since(statement: StatementPaper, formats: Formats) -> str:
    return formats.say(N_("{first} to {last}"), {"first": statement.since, "last": statement.as_of})


def _opening(statement: StatementPaper, formats: Formats) -> StatementLine:
    says = formats.word(N_("Balance brought forward"))
    return StatementLine(
        statement.since, "", "charge", "", says, "", None, None, statement.opening_minor
    )


def _worded(line: StatementLine, formats: Formats) -> StatementLine:
    """Say what a line is in words; the ledger knows causes and methods by key."""
    what = line.description
    if line.cause == "payment" and what in PAYMENTS:
        what = formats.word(PAYMENTS[what])
    elif line.cause in CAUSES:
        cause = formats.word(CAUSES[line.cause])
        more = "" if line.description in PAYMENTS else line.description
        what = f"{cause} · {more}" if more else cause
    if line.payer:
        what = f"{what}, {line.payer}"
    if line.kind == "reversal":
        what = formats.say(N_("Reversal: {what}"), {"what": what})
    return replace(line, description=what)


def _sums(statement: StatementPaper, formats: Formats) -> tuple[tuple[str, str], ...]:
    """Return how the amount due comes from the balance of the account."""
    parts = [(N_("Balance of the account"), _closing_balance(statement))]
    if statement.insurer_minor:
        parts.append((N_("With your insurer"), -statement.insurer_minor))
    if statement.agency_minor:
        parts.append((N_("With a collection agency"), -statement.agency_minor))
    kept = statement.due_minor - _closing_balance(statement)
    kept += statement.insurer_minor + statement.agency_minor
    if kept:
        parts.append((N_("Kept as credit"), kept))
    parts.append((N_("Amount due"), statement.due_minor))
    return tuple((formats.word(words), formats.money(minor)) for words, minor in parts)


def _closing_balance(statement: StatementPaper) -> int:
    lines: Sequence[StatementLine] = statement.lines
    return lines[-1].balance_minor if lines else statement.opening_minor


def _explanation(statement: StatementPaper, formats: Formats) -> str:
    parts = [formats.word(N_("The boxes show how old the amounts due are, by date of service."))]
    if statement.insurer_minor:
        says = N_("{open_minor} is still with your insurer and not included in the amount due.")
        parts.append(formats.say(says, {"open_minor": statement.insurer_minor}))
    if statement.credit_minor:
        says = N_("We hold {held_minor} of your money as credit; it is taken off the amount due.")
        parts.append(formats.say(says, {"held_minor": statement.credit_minor}))
    return " ".join(parts)


def _slip(statement: StatementPaper, letterhead: Letterhead, formats: Formats) -> tuple[Block, ...]:
    word = formats.word
    owed = formats.money(statement.due_minor)
    return (
        Rule(ink=ink_tokens.FAINT),
        Paragraph(word(N_("Please return this part with your payment.")), 8, Face.ITALIC),
        Beside(
            (
                (
                    Paragraph(letterhead.name, 10, Face.BOLD, after=1),
                    *(Paragraph(line, 8, after=0) for line in letterhead.lines),
                    Space(4),
                    Barcode(statement.account),
                ),
                (
                    Pairs(
                        (
                            (word(N_("Account")), statement.account),
                            (word(N_("Statement")), statement.number),
                            (word(N_("Name")), statement.name),
                            (word(N_("Please pay by")), formats.day(statement.due_on)),
                            (word(N_("Amount due")), owed),
                            (word(N_("Amount enclosed")), "____________"),
                        ),
                        strong=2,
                    ),
                ),
            ),
            (1, 1),
        ),
    )
