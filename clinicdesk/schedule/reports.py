# SPDX-License-Identifier: Apache-2.0
"""The day sheet: who comes to whom, on paper, for the desk and the rooms. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.printing.blocks import Heading, Paragraph, RowStyle, Space, Table, Tile, Tiles
from clinicdesk.printing.sheet import Letterhead, PageBreak, Paper, Sheet, printed_foot
from clinicdesk.schedule.model import LOOK_WORDS, Booking, Look, reason_word
from clinicdesk.schedule.model import Kind as Entry
from clinicdesk.schedule.queries import ColumnRow, ListRow
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "PA", "PR"})


@dataclass(frozen=True, slots=True)
class DaySheet:
    """How the day sheet is wished.

    Attributes:
        provider_id: None prints all who work or have somebody booked.
        masked: initials instead of names, no phone and no birth date: for a wall.
        separate: each provider on a page of their own.
        cancelled: cancelled ones are listed too.
    """

    on: date
    provider_id: int | None = None
    masked: bool = False
    separate: bool = False
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """When a provider works that day, as naive wall times."""

    provider_id: int
    spans: tuple[tuple[time, time], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the sheet, written for the reader."""

    time: str
    minutes: int
    name: str
    born: str
    phone: str
    type: str
    room: str
    state: str
    note: str
    due_minor: int | None
    style: RowStyle


_TIME: Column[_Line] = Column("time", N_("Time"), lambda r: r.time, weight=6)
_MINUTES: Column[_Line] = Column(
    "minutes", N_("Min"), lambda r: r.minutes, Kind.NUMBER, Align.END, 4
)
_NAME: Column[_Line] = Column("name", N_("Patient"), lambda r: r.name, weight=18)
_BORN: Column[_Line] = Column("born", N_("Born"), lambda r: r.born, weight=9)
_PHONE: Column[_Line] = Column("phone", N_("Phone"), lambda r: r.phone, weight=11)
_TYPE: Column[_Line] = Column("type", N_("Type"), lambda r: r.type, weight=12)
_ROOM: Column[_Line] = Column("room", N_("Room"), lambda r: r.room, weight=7)
_STATE: Column[_Line] = Column("state", N_("State"), lambda r: r.state, weight=9)
_NOTE: Column[_Line] = Column("note", N_("Note"), lambda r: r.note, weight=18)
_DUE: Column[_Line] = Column(
    "due_minor", N_("Due"), lambda r: r.due_minor, Kind.MONEY, Align.END, 8
)
_FULL = (_TIME, _MINUTES, _NAME, _BORN, _PHONE, _TYPE, _ROOM, _STATE, _NOTE, _DUE)
_MASKED = (_TIME, _MINUTES, _NAME, _TYPE, _ROOM, _STATE)


def day_sheet(
    wish: DaySheet,
    columns: Sequence[ColumnRow],
    hours: Sequence[Hours],
    rows: Sequence[ListRow],
    letterhead: Letterhead,
    formats: Formats,
    *,
    printed_at: datetime,
    who: str,
) -> bytes:
    """Return the day sheet as PDF.

    Args:
        wish: what to print.
        columns: the day's providers, in the order of the book.
        hours: when they work.
        rows: the day's appointments, in order of start.
        letterhead: of the clinic.
        formats: the reader's; the country decides between A4 and Letter.
        printed_at: stands in the foot.
        who: stands in the foot.
    """
    title = formats.say(N_("Day sheet · {day}"), {"day": formats.day(wish.on, "long")})
    paper = Paper.LETTER_LANDSCAPE if formats.territory in LETTER_COUNTRIES else Paper.A4_LANDSCAPE
    foot = printed_foot(formats, printed_at, who)
    sheet = Sheet(paper, title, letterhead, formats, foot=foot)
    working = {one.provider_id: one.spans for one in hours}
    shown = [row for row in rows if wish.cancelled or row.booking is not Booking.CANCELLED]
    with_rows = {row.provider_id for row in shown}
    listed = [
        column
        for column in columns
        if wish.provider_id in {None, column.provider_id}
        and (working.get(column.provider_id) or column.provider_id in with_rows)
    ]
    sheet.add(Heading(title), _figures(listed, shown, formats))
    if not listed:
        sheet.add(Paragraph(formats.word(N_("Nobody works on this day and nothing is booked."))))
    for number, column in enumerate(listed):
        if wish.separate and number:
            sheet.add(PageBreak())
        own = [row for row in shown if row.provider_id == column.provider_id]
        where = " · ".join(part for part in (column.name, column.room) if part)
        note = _hours(working.get(column.provider_id, ()), formats)
        sheet.add(
            Heading(where, note, level=2),
            Table(
                _MASKED if wish.masked else _FULL,
                [_line(row, formats, masked=wish.masked) for row in own],
                formats,
                style=lambda line: line.style,
                empty=formats.word(N_("Nobody is booked.")),
                lines=2,
                banded=True,
            ),
            Space(6),
        )
    return sheet.render()


def _figures(
    columns: Iterable[ColumnRow], rows: Sequence[ListRow], formats: Formats
) -> Tiles | Space:
    providers = {column.provider_id for column in columns}
    visits = [r for r in rows if r.kind is Entry.VISIT and r.provider_id in providers]
    if not visits:
        return Space(2)
    coming = [r for r in visits if r.look not in {Look.CANCELLED, Look.NO_SHOW}]
    unreached = sum(r.look in {Look.BOOKED, Look.MESSAGE} for r in coming)
    due = {r.patient_id: r.due_minor for r in coming}
    return Tiles(
        (
            Tile(formats.word(N_("Appointments")), formats.number(len(coming))),
            Tile(formats.word(N_("Not confirmed")), formats.number(unreached)),
            Tile(
                formats.word(N_("Did not attend")),
                formats.number(sum(r.look is Look.NO_SHOW for r in visits)),
            ),
            Tile(formats.word(N_("Due from them")), formats.money(sum(due.values()))),
        )
    )


def _hours(spans: Sequence[tuple[time, time]], formats: Formats) -> str:
    if not spans:
        return formats.word(N_("not working"))
    return ", ".join(f"{formats.time(start)}–{formats.time(end)}" for start, end in spans)


_STYLES = {
    Look.BLOCK: RowStyle.MUTED,
    Look.CANCELLED: RowStyle.MUTED,
    Look.NO_SHOW: RowStyle.MUTED,
}


def _line(row: ListRow, formats: Formats, *, masked: bool) -> _Line:
    block = row.kind is Entry.BLOCK
    name = _initials(row.name) if masked and not block else row.name
    notes = ("" if block else row.note, formats.value(Kind.TEXT, reason_word(row.cancel_reason)))
    return _Line(
        time=formats.time(row.starts),
        minutes=row.minutes,
        name=name,
        born="" if row.born_on is None else formats.day(row.born_on, "short"),
        phone=row.phone,
        type=row.type,
        room=row.room,
        state=formats.word(LOOK_WORDS[row.look]),
        note=" · ".join(part for part in notes if part),
        due_minor=row.due_minor or None,
        style=_STYLES.get(row.look, RowStyle.PLAIN),
    )


def _initials(name: str) -> str:
    """Return "E. R." of "Ruiz, Elena"."""
    family, _, given = name.partition(", ")
    return " ".join(f"{part[0]}." for part in (given, family) if part)
