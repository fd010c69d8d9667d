# SPDX-License-Identifier: Apache-2.0
"""Reads of the roster: what everybody does on each day, planned and published; requests; needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.staff.model import (
    DRAFT,
    NOTHING,
    PUBLISHED,
    UNPLANNED,
    WORK,
    DayPlan,
    PlannedSpan,
    WeeklyHours,
    placed,
    wall_minute,
    without_breaks,
)
from clinicdesk.staff.tables import (
    closure,
    resource,
    shift,
    staff_member,
    standing_hours,
)
from clinicdesk.storage.records import Reading

USUAL, CLOSED, FREE = "usual", "closed", ""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CellSpan:
    """Hours of a day, by the wall and by UTC.

    Attributes:
        shift_id: 0 for standing hours.
        from_minute: wall minute of the day; ``to_minute`` may be of the next.
        from_min: UTC minute; ``to_min`` is one past the last.
    """

    shift_id: int
    from_minute: int
    to_minute: int
    from_min: int
    to_min: int
    room_id: int | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Somebody's day.

    Attributes:
        staff_id: None is the row of open shifts.
        kind: ``work``, ``leave``, ``sick``, ``off`` or ``none``.
        state: ``draft``, ``published``, ``usual`` (standing hours), ``closed`` or nothing.
        published: what is in force under a draft; None if nothing is.
        seen: ids of the shifts shown and hidden, for a change to say what it saw.
        draft_ids: those of them that are drafts.
        closed: why the clinic or the person is away, or nothing.
        clears: the draft takes away what is published, and nothing else.
    """

    staff_id: int | None
    on: date
    kind: str
    spans: tuple[CellSpan, ...]
    state: str
    published: DayPlan | None
    seen: tuple[int, ...]
    closed: str = ""
    draft_ids: tuple[int, ...] = ()
    clears: bool = False

    @property
    def draft(self) -> DayPlan | None:
        """The draft as it was planned, None if there is none; it may plan the usual hours."""
        if self.state != DRAFT:
            return None
        return UNPLANNED if self.clears else self.plan

    @property
    def plan(self) -> DayPlan:
        """The day as it is typed."""
        if self.kind != WORK:
            return DayPlan(self.kind)
        return DayPlan(
            WORK,
            tuple(PlannedSpan(s.from_minute, s.to_minute, s.room_id, s.role) for s in self.spans),
        )

    @property
    def minutes(self) -> int:
        """Real minutes of work: an hour more or less in a night of a clock change."""
        return sum(span.to_min - span.from_min for span in self.spans)


Cells = dict[tuple[int | None, date], Cell]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody with a row in the roster."""

    id: int
    name: str
    initials: str
    role: str
    color: int
    room_id: int | None
    weekly_minutes: int
    archived: bool


def people(reading: Reading, first: date, last: date) -> tuple[PersonRow, ...]:
    """Return who has a row: everybody here, and who left but has shifts in these days."""
    begin, end = reading.zone.day_span(first)[0], reading.zone.day_span(last)[1]
    rostered = sa.select(shift.c.staff_id).where(
        shift.c.starts_min >= begin,
        shift.c.starts_min < end,
        shift.c.state.in_((DRAFT, PUBLISHED)),
        shift.c.staff_id.is_not(None),
    )
    rows = reading.execute(
        sa.select(staff_member)
        .where(
            sa.or_(
                sa.and_(
                    staff_member.c.archived == sa.literal_column("0"),
                    sa.or_(staff_member.c.starts_on.is_(None), staff_member.c.starts_on <= last),
                    sa.or_(staff_member.c.ends_on.is_(None), staff_member.c.ends_on >= first),
                ),
                staff_member.c.id.in_(rostered),
            )
        )
        .order_by(staff_member.c.position, staff_member.c.id)
    )
    return tuple(
        PersonRow(
            r.id, r.name, r.initials, r.role, r.color, r.default_resource_id, r.weekly_minutes,
            bool(r.archived),
        )
        for r in rows
    )  # fmt: skip


def cells(
    reading: Reading, who: Collection[int], first: date, last: date, *, drafts: bool = True
) -> Cells:
    """Return every day of some people and the row of open shifts, in three statements."""
    states = (DRAFT, PUBLISHED) if drafts else (PUBLISHED,)
    begin, end = reading.zone.day_span(first)[0], reading.zone.day_span(last)[1]
    rows = reading.execute(
        sa.select(shift)
        .where(
            shift.c.starts_min >= begin,
            shift.c.starts_min < end,
            shift.c.state.in_(states),
        )
        .order_by(shift.c.starts_min, shift.c.id)
    )
    found: dict[tuple[int | None, date], dict[str, list[Any]]] = {}
    for row in rows:
        own = found.setdefault((row.staff_id, row.starts_wall.date()), {})
        own.setdefault(row.state, []).append(row)
    weekly = _weekly(reading, who, first, last)
    away = _closed(reading, first, last)
    result: Cells = {}
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        everybody: list[int | None] = [*who, None]
        for person in everybody:
            rows_there = found.get((person, day), {})
            words = "" if person is None else away.get((person, day)) or away.get((0, day), "")
            standing = weekly.get((person or 0, day.weekday()), ())
            result[person, day] = _cell(reading, person, day, rows_there, standing, words)
    return result


def room_names(reading: Reading) -> Mapping[int, str]:
    """Return every room, the archived too: old shifts name them."""
    return {
        row.id: row.name
        for row in reading.execute(
            sa.select(resource.c.id, resource.c.name)
            .where(resource.c.kind == "room")
            .order_by(resource.c.archived, resource.c.position, resource.c.id)
        )
    }


def standing_minutes(
    reading: Reading, who: Collection[int], first: date, last: date
) -> dict[tuple[int, date], int]:
    """Return how long the standing hours of each day are, whatever was planned; closed days too."""
    weekly = _weekly(reading, who, first, last)
    found: dict[tuple[int, date], int] = {}
    for number in range((last - first).days + 1):
        day = first + number * _DAY
        for person in who:
            spans = _usual(reading, day, weekly.get((person, day.weekday()), ()))
            found[person, day] = sum(span.to_min - span.from_min for span in spans)
    return found


def span_minutes(reading: Reading, day: date, span: PlannedSpan) -> tuple[int, int]:
    """Return the UTC minutes of planned hours."""
    _slot, starts, ends = placed(reading.zone, day, span.from_minute, span.to_minute)
    return starts, ends


def weekly_hours(reading: Reading, staff_id: int, on: date) -> tuple[WeeklyHours, ...]:
    """Return somebody's standing hours in force on a day."""
    found = _weekly(reading, (staff_id,), on, on)
    return tuple(
        WeeklyHours(row.weekday, row.from_minute, row.to_minute, row.kind)
        for weekday in range(7)
        for row in found.get((staff_id, weekday), ())
    )


# ── behind the counter ───────────────────────────────────────────────────────────────────────


def _cell(
    reading: Reading,
    person: int | None,
    day: date,
    own: Mapping[str, list[Any]],
    standing: Collection[Any],
    words: str,
) -> Cell:
    shown = own.get(DRAFT) or own.get(PUBLISHED) or []
    seen = tuple(sorted(row.id for rows in own.values() for row in rows))
    drafts = tuple(sorted(row.id for row in own.get(DRAFT, ())))
    under = own.get(PUBLISHED)
    in_force = None if under is None else _plan(_kind(under), _spans(reading, under))
    if shown:
        kind, spans = _kind(shown), _spans(reading, shown)
        clears = kind == NOTHING  # the usual hours come back
        if clears:
            spans = () if words else _usual(reading, day, standing)
            kind = WORK if spans else NOTHING
        state = DRAFT if drafts else PUBLISHED
        return Cell(person, day, kind, spans, state, in_force, seen, words, drafts, clears)
    if words:
        return Cell(person, day, NOTHING, (), CLOSED, None, (), words)
    spans = _usual(reading, day, standing)
    kind, state = (WORK, USUAL) if spans else (NOTHING, FREE)
    return Cell(person, day, kind, spans, state, None, ())


def _kind(rows: Collection[Any]) -> str:
    kinds = {row.kind for row in rows}
    return WORK if kinds & {WORK, "break"} else str(next(iter(rows)).kind)


def _plan(kind: str, spans: tuple[CellSpan, ...]) -> DayPlan:
    if kind != WORK:
        return UNPLANNED if kind == NOTHING else DayPlan(kind)
    return DayPlan(
        WORK, tuple(PlannedSpan(s.from_minute, s.to_minute, s.room_id, s.role) for s in spans)
    )


def _spans(reading: Reading, rows: Collection[Any]) -> tuple[CellSpan, ...]:
    work = [span_of(reading, row) for row in rows if row.kind == WORK]
    breaks = [(row.starts_min, row.ends_min) for row in rows if row.kind == "break"]
    if not breaks:
        return tuple(work)
    cut = []
    for span in work:
        for first, last in without_breaks([(span.from_min, span.to_min)], breaks):
            cut.append(_span_at(reading, span, first, last))
    return tuple(cut)


def span_of(reading: Reading, row: Any) -> CellSpan:
    own = CellSpan(row.id, 0, 0, row.starts_min, row.ends_min, row.resource_id, row.role)
    day = row.starts_wall.date()
    return _walled(reading, own, day)


def _span_at(reading: Reading, span: CellSpan, first: int, last: int) -> CellSpan:
    day = reading.zone.slot_at(span.from_min, 1).starts.date()
    return _walled(
        reading, CellSpan(span.shift_id, 0, 0, first, last, span.room_id, span.role), day
    )


def _walled(reading: Reading, span: CellSpan, day: date) -> CellSpan:
    return CellSpan(
        span.shift_id,
        _wall(reading, span.from_min, day),
        _wall(reading, span.to_min, day),
        span.from_min,
        span.to_min,
        span.room_id,
        span.role,
    )


def _wall(reading: Reading, minute: int, day: date) -> int:
    wall = reading.zone.slot_at(minute, 1).starts
    return (wall.date() - day).days * 1440 + wall.hour * 60 + wall.minute


def _usual(reading: Reading, day: date, standing: Collection[Any]) -> tuple[CellSpan, ...]:
    current = [
        row for row in standing if row.from_on <= day and (row.to_on is None or row.to_on >= day)
    ]
    work = [(row.from_minute, row.to_minute) for row in current if row.kind == WORK]
    breaks = [(row.from_minute, row.to_minute) for row in current if row.kind == "break"]
    spans = []
    for first, last in without_breaks(work, breaks):
        starts = wall_minute(reading.zone, day, first)
        ends = wall_minute(reading.zone, day, last)
        if ends > starts:  # else all of it falls into the gap of a clock change
            spans.append(CellSpan(0, first, last, starts, ends))
    return tuple(spans)


def _weekly(
    reading: Reading, who: Collection[int], first: date, last: date
) -> dict[tuple[int, int], list[Any]]:
    found: dict[tuple[int, int], list[Any]] = {}
    rows = reading.execute(
        sa.select(standing_hours)
        .where(
            standing_hours.c.staff_id.in_(list(who)),
            standing_hours.c.from_on <= last,
            sa.or_(standing_hours.c.to_on.is_(None), standing_hours.c.to_on >= first),
        )
        .order_by(standing_hours.c.from_minute)
    )
    for row in rows:
        found.setdefault((row.staff_id, row.weekday), []).append(row)
    return found


def _closed(reading: Reading, first: date, last: date) -> dict[tuple[int, date], str]:
    """Return why days are closed; person 0 is everybody."""
    found: dict[tuple[int, date], str] = {}
    rows = reading.execute(
        sa.select(closure)
        .where(closure.c.from_on <= last, closure.c.to_on >= first)
        .order_by(closure.c.id)
    )
    for row in rows:
        day = max(first, row.from_on)
        while day <= min(last, row.to_on):
            found[row.staff_id or 0, day] = row.wording
            day += _DAY
    return found
