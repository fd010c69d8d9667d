# SPDX-License-Identifier: Apache-2.0
"""The paper of a day's end: takings, count, deposit slip, what was left undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from clinicdesk.closing import columns
from clinicdesk.closing.model.day import CountRow, DayEnd, UnfinishedRow
from clinicdesk.printing import ink_tokens
from clinicdesk.printing.blocks import (
    Beside,
    Head,
    Heading,
    Pairs,
    Paragraph,
    Signatures,
    Space,
    Table,
    Tile,
    Tiles,
)  # fmt: skip
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.sheet import Block, Letterhead, Paper, Sheet, printed_foot
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_


def day_end_pdf(
    day: DayEnd,
    letterhead: Letterhead,
    formats: Formats,
    *,
    printed_at: datetime,
    printed_by: str,
    paper: Paper = Paper.A4,
) -> bytes:
    """Return the paper; a day that is still open says DRAFT on each page."""
    word = formats.word
    title = formats.say(N_("End of {day}"), {"day": day.on})
    if day.seal is None:
        foot, watermark = printed_foot(formats, printed_at, printed_by), word(N_("DRAFT"))
    else:
        fields = {"when": day.seal.closed_at, "who": day.seal.closed_by}
        foot, watermark = formats.say(N_("Closed {when} by {who}."), fields), ""
    sheet = Sheet(paper, title, letterhead, formats, foot=foot, watermark=watermark)
    sheet.add(
        Head(letterhead),
        Space(10),
        Paragraph(title, 20, Face.BOLD, after=8, with_next=True),
        Tiles(_tiles(day, formats)),
        Space(8),
        Heading(word(N_("Money received"))),
        Table(columns.METHODS, day.methods, formats, has_totals=True,
              empty=word(N_("Nothing was received."))),
        Paragraph(_receipts(day, formats), 8.5, ink=ink_tokens.MUTED, after=8),
    )  # fmt: skip
    if day.count is not None:
        sheet.add(*_count(day.count, formats))
    sheet.add(
        *_list(N_("Visits still under way"), day.unfinished, formats),
        *_list(N_("Visits without a charge"), day.uncharged, formats),
    )
    if day.count is not None:
        sheet.add(
            Space(14),
            Signatures((word(N_("Counted by")), word(N_("Checked by")), word(N_("Taken to bank")))),
        )
    return sheet.render()


def _tiles(day: DayEnd, formats: Formats) -> tuple[Tile, ...]:
    word = formats.word
    received = sum(row.net_minor for row in day.methods)
    tiles = [Tile(word(N_("Received")), formats.money(received))]
    if day.count is None:
        tiles += [
            Tile(word(N_("In the drawer")), formats.money(day.cash_minor)),
            Tile(word(N_("Cards")), formats.money(day.cards_minor)),
        ]
    else:
        banked = day.count.deposit_cash_minor + day.count.deposit_cheques_minor
        tiles += [
            Tile(word(N_("To the bank")), formats.money(banked), day.count.deposit),
            Tile(
                word(N_("Over or short")),
                formats.money(day.count.difference_minor),
                day.count.reason,
            ),
        ]
    return tuple(tiles)


def _receipts(day: DayEnd, formats: Formats) -> str:
    first, last = day.receipts
    if not first:
        return formats.word(N_("No receipt was given out."))
    return formats.say(N_("Receipts {first} to {last}."), {"first": first, "last": last})


def _count(count: CountRow, formats: Formats) -> Sequence[Block]:
    word, amount = formats.word, formats.amount

    def line(label: str, counted: int, expected: int) -> tuple[str, str]:
        says = N_("{counted} counted, {expected} in the books, {difference} difference")
        fields = {
            "counted": amount(counted),
            "expected": amount(expected),
            "difference": amount(counted - expected),
        }
        return word(label), formats.say(says, fields)

    blocks: list[Block] = [
        Heading(word(N_("Count")), formats.say(N_("by {name}"), {"name": count.counted_by})),
        Pairs(
            (
                line(N_("Cash"), count.cash_minor, count.expected_minor),
                line(N_("Cards"), count.cards_minor, count.expected_cards_minor),
                line(N_("Cheques"), count.cheques_minor, count.expected_cheques_minor),
            )
        ),
        Space(8),
    ]
    slip: tuple[Block, ...] = (
        Heading(formats.say(N_("Deposit {number}"), {"number": count.deposit or "–"}), level=2),
        Pairs(
            (
                (word(N_("Cash")), amount(count.deposit_cash_minor)),
                (word(N_("Cheques")), amount(count.deposit_cheques_minor)),
                (
                    word(N_("To the bank")),
                    amount(count.deposit_cash_minor + count.deposit_cheques_minor),
                ),
            ),
            strong=1,
        ),
        Paragraph(
            formats.say(
                N_("{float_minor} stays in the drawer."), {"float_minor": count.float_minor}
            ),
            8.5,
            ink=ink_tokens.MUTED,
        ),
    )
    if not count.pieces:
        return [*blocks, *slip, Space(6)]
    pieces: tuple[Block, ...] = (
        Heading(word(N_("Notes and coins")), level=2),
        Pairs(
            tuple(
                (f"{amount(worth)} × {number}", amount(worth * number))
                for worth, number in count.pieces
            )
        ),
    )
    return [*blocks, Beside((slip, pieces), (1, 1)), Space(6)]


def _list(title: str, rows: Sequence[UnfinishedRow], formats: Formats) -> Sequence[Block]:
    if not rows:
        return ()
    return (
        Heading(formats.word(title), level=2),
        Table(columns.UNFINISHED, rows, formats),
        Space(6),
    )
