# SPDX-License-Identifier: Apache-2.0
"""The roster on paper: the week of everybody, landscape, and one's own week. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinicdesk.kernel.columns import Align, Column
from clinicdesk.printing.blocks import Heading, Paragraph, RowStyle, Space, Table
from clinicdesk.printing.sheet import Letterhead, Paper, Sheet, printed_foot
from clinicdesk.staff.columns import KIND_WORDS, hours, role_title
from clinicdesk.staff.model import Cover, span_text
from clinicdesk.staff.queries import DAYS, Cell, PersonWeek, RosterWeek
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, Term

LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "PA", "PR"})


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the paper: a name, seven days, hours and balance."""

    name: str
    days: tuple[str, ...]
    hours: str
    balance: str
    style: RowStyle = RowStyle.PLAIN


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of one's own week."""

    day: str
    hours: str
    where: str
    length: str


def week_paper(
    week: RosterWeek, letterhead: Letterhead, formats: Formats, *, printed_at: datetime, who: str
) -> bytes:
    """Return the week of everybody as PDF, landscape."""
    title = _title(N_("Roster · week {n} · {first} – {last}"), week, formats)
    paper = Paper.LETTER_LANDSCAPE if formats.territory in LETTER_COUNTRIES else Paper.A4_LANDSCAPE
    foot = printed_foot(formats, printed_at, who)
    sheet = Sheet(paper, title, letterhead, formats, foot=foot)
    note = formats.word(N_("Drafts are marked with *.")) if week.drafts else ""
    sheet.add(Heading(title, note))
    rows = [_person(row, week, formats) for row in week.people]
    if any(cell.spans for cell in week.open):
        days = tuple(_cell(cell, week, formats) for cell in week.open)
        open_hours = formats.number(hours(week.open_minutes), 1)
        rows.append(_Row(formats.word(N_("Open shifts")), days, open_hours, "", RowStyle.MUTED))
    empty = formats.word(N_("Nobody is on the staff yet."))
    sheet.add(
        Table(
            _columns(week, formats),
            rows,
            formats,
            style=lambda row: row.style,
            empty=empty,
            lines=3,
            banded=True,
        )
    )
    covers = [row for row in week.covers if any(day.need is not None for day in row.days)]
    if covers:
        sheet.add(
            Space(6),
            Heading(formats.word(N_("Coverage")), level=2),
            Table(
                _columns(week, formats)[:-2],
                [
                    _Row(
                        _role(row.role, formats),
                        tuple(_cover(day, formats) for day in row.days),
                        "",
                        "",
                    )
                    for row in covers
                ],
                formats,
                lines=2,
            ),
        )
    return sheet.render()


def my_week_paper(
    week: RosterWeek, letterhead: Letterhead, formats: Formats, *, printed_at: datetime, who: str
) -> bytes:
    """Return the week of who is signed in as a list."""
    title = _title(N_("My week · {first} – {last}"), week, formats)
    paper = Paper.LETTER if formats.territory in LETTER_COUNTRIES else Paper.A4
    sheet = Sheet(paper, title, letterhead, formats, foot=printed_foot(formats, printed_at, who))
    own = next((row for row in week.people if row.person.id == week.own_id), None)
    sheet.add(Heading(title, own.person.name if own is not None else who))
    if own is None:
        wording = N_("Your sign-in belongs to nobody on the staff.")
        sheet.add(Paragraph(formats.word(wording)))
        return sheet.render()
    days = [_day(cell, own, week, formats) for cell in own.cells]
    columns: list[Column[_Day]] = [
        Column("day", N_("Day"), lambda r: r.day, weight=18),
        Column("hours", N_("Hours"), lambda r: r.hours, weight=18),
        Column("where", N_("Room"), lambda r: r.where, weight=12),
        Column("length", N_("Length h"), lambda r: r.length, align=Align.END, weight=8),
    ]
    if not any(day.where for day in days):
        columns = [column for column in columns if column.key != "where"]
    total = {"length": formats.number(hours(own.minutes), 1)}
    label = formats.word(N_("Week"))
    sheet.add(Table(columns, days, formats, totals=total, has_totals=True, total_label=label))
    if week.requests:
        sheet.add(
            Space(6), Paragraph(formats.word(N_("A request of yours still waits for an answer.")))
        )
    return sheet.render()


# ── behind the counter ───────────────────────────────────────────────────────────────────────


def _title(wording: str, week: RosterWeek, formats: Formats) -> str:
    fields = {
        "n": week.monday.isocalendar().week,
        "first": formats.day(week.monday, "day_month"),
        "last": formats.day(week.monday + timedelta(days=DAYS - 1)),
    }
    return formats.say(wording, fields)


def _columns(week: RosterWeek, formats: Formats) -> tuple[Column[_Row], ...]:
    days = tuple(_day_column(number, week, formats) for number in range(DAYS))
    return (
        Column("name", N_("Name"), lambda row: row.name, weight=18),
        *days,
        Column("hours", N_("Hours"), lambda row: row.hours, align=Align.END, weight=7),
        Column("balance", "±", lambda row: row.balance, align=Align.END, weight=6),
    )


def _day_column(number: int, week: RosterWeek, formats: Formats) -> Column[_Row]:
    title = formats.day(week.monday + timedelta(days=number), "weekday")
    return Column(
        f"day{number}", title, lambda row: row.days[number], align=Align.CENTER, weight=12
    )


def _person(row: PersonWeek, week: RosterWeek, formats: Formats) -> _Row:
    balance = ""
    if row.balance is not None:
        written = formats.number(hours(row.balance), 1)
        balance = f"+{written}" if row.balance > 0 else written
    days = tuple(_cell(cell, week, formats) for cell in row.cells)
    return _Row(row.person.name, days, formats.number(hours(row.minutes), 1), balance)


def _cell(cell: Cell, week: RosterWeek, formats: Formats) -> str:
    mark = " *" if cell.state == "draft" else ""
    if cell.kind in KIND_WORDS:
        return formats.word(KIND_WORDS[cell.kind]) + mark
    if not cell.spans:
        return cell.closed
    return ", ".join(_spans(cell, week, formats)) + mark


def _spans(cell: Cell, week: RosterWeek, formats: Formats) -> Sequence[str]:
    written = []
    for span in cell.spans:
        parts = [span_text(span.from_minute, span.to_minute, "–")]
        if span.room_id is not None:
            parts.append(week.vocabulary.code(span.room_id))
        if span.role:
            parts.append(_role(span.role, formats))
        written.append(" ".join(parts))
    return written


def _cover(day: Cover, formats: Formats) -> str:
    if day.need is None:
        return ""
    fields = {"least": day.least, "need": day.need}
    return formats.say(
        N_("{least} of {need} ok") if day.holds else N_("{least} of {need}: too few"), fields
    )


def _day(cell: Cell, own: PersonWeek, week: RosterWeek, formats: Formats) -> _Day:
    rooms = week.vocabulary.rooms
    named = [rooms.get(span.room_id or own.person.room_id or 0, "") for span in cell.spans]
    said = formats.word(KIND_WORDS[cell.kind]) if cell.kind in KIND_WORDS else cell.closed
    walls = ", ".join(
        f"{formats.time(formats.zone.slot_at(span.from_min, 1).starts)}–"
        f"{formats.time(formats.zone.slot_at(span.to_min, 1).starts)}"
        for span in cell.spans
    )
    return _Day(
        formats.day(cell.on, "long"),
        walls or said or "–",
        ", ".join(dict.fromkeys(name for name in named if name)),
        formats.number(hours(cell.minutes), 1) if cell.spans else "",
    )


def _role(role: str, formats: Formats) -> str:
    title = role_title(role)
    return formats.word(title) if isinstance(title, Term) else title
