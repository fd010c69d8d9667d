# SPDX-License-Identifier: Apache-2.0
"""Reads of the staff room: who has a column, and which minutes are open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from clinicdesk.kernel.moments import NoSuchWallTime, utc_minute
from clinicdesk.staff.model import OpenSpan
from clinicdesk.staff.tables import closure, resource, shift, staff_member, standing_hours
from clinicdesk.storage.records import Reading


@dataclass(frozen=True, slots=True)
class Provider:
    """Somebody with a column in the book.

    Attributes:
        color: index into the theme's series.
        room: name of the usual room, or None.
    """

    id: int
    name: str
    initials: str
    role: str
    color: int
    room_id: int | None
    room: str | None


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A staff member in the list of all."""

    id: int
    version: int
    name: str
    initials: str
    role: str
    is_provider: bool
    registration: str
    color: int
    room_id: int | None
    archived: bool


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A room or a piece of equipment."""

    id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class RosterDay:
    """Somebody's day in the roster view: naive wall times of each span, or why there is none."""

    on: date
    spans: tuple[tuple[datetime, datetime, str], ...]
    away: str


@dataclass(frozen=True, slots=True)
class RosterRow:
    """Somebody's week."""

    id: int
    name: str
    role: str
    color: int
    days: tuple[RosterDay, ...]
    minutes: int


def providers(reading: Reading, on: date) -> tuple[Provider, ...]:
    """Return everybody with a column on a day, in their order."""
    rows = reading.execute(_PROVIDERS, {"on": on})
    return tuple(
        Provider(r.id, r.name, r.initials, r.role, r.color, r.room_id, r.room) for r in rows
    )


_PROVIDERS = (
    sa.select(
        staff_member.c.id,
        staff_member.c.name,
        staff_member.c.initials,
        staff_member.c.role,
        staff_member.c.color,
        resource.c.id.label("room_id"),
        resource.c.name.label("room"),
    )
    .outerjoin(resource, resource.c.id == staff_member.c.default_resource_id)
    .where(
        staff_member.c.is_provider == sa.literal_column("1"),
        staff_member.c.archived == sa.literal_column("0"),
        sa.or_(staff_member.c.starts_on.is_(None), staff_member.c.starts_on <= sa.bindparam("on")),
        sa.or_(staff_member.c.ends_on.is_(None), staff_member.c.ends_on >= sa.bindparam("on")),
    )
    .order_by(staff_member.c.position, staff_member.c.id)
)


def members(reading: Reading) -> tuple[StaffRow, ...]:
    """Return everybody, the archived last."""
    rows = reading.execute(
        sa.select(staff_member).order_by(
            staff_member.c.archived, staff_member.c.position, staff_member.c.id
        )
    )
    return tuple(
        StaffRow(
            r.id,
            r.version,
            r.name,
            r.initials,
            r.role,
            r.is_provider,
            r.registration,
            r.color,
            r.default_resource_id,
            r.archived,
        )
        for r in rows
    )


def rooms(reading: Reading) -> tuple[ResourceRow, ...]:
    """Return rooms and equipment in use."""
    rows = reading.execute(
        sa.select(resource.c.id, resource.c.kind, resource.c.name)
        .where(resource.c.archived == sa.literal_column("0"))
        .order_by(resource.c.position, resource.c.id)
    )
    return tuple(ResourceRow(row.id, row.kind, row.name) for row in rows)


def count(reading: Reading, table: str) -> int:
    """Return how many staff members or resources there are, for the next position."""
    counted = staff_member if table == "staff_member" else resource
    return int(reading.execute(sa.select(sa.func.count()).select_from(counted)).scalar_one())


def away(reading: Reading, staff_id: int, day: date) -> str:
    """Return why the clinic or the person is away all day, or ""."""
    return (
        reading.execute(
            sa.select(closure.c.wording)
            .where(
                closure.c.from_on <= day,
                closure.c.to_on >= day,
                sa.or_(closure.c.staff_id.is_(None), closure.c.staff_id == staff_id),
            )
            .order_by(closure.c.staff_id)
            .limit(1)
        ).scalar()
        or ""
    )


_who: sa.BindParameter[list[int]] = sa.bindparam("who", expanding=True)
_WEEKLY = (
    sa.select(
        standing_hours.c.staff_id,
        standing_hours.c.weekday,
        standing_hours.c.from_minute,
        standing_hours.c.to_minute,
        standing_hours.c.kind,
        standing_hours.c.from_on,
        standing_hours.c.to_on,
    )
    .where(
        standing_hours.c.staff_id.in_(_who),
        standing_hours.c.from_on <= sa.bindparam("last"),
        sa.or_(standing_hours.c.to_on.is_(None), standing_hours.c.to_on >= sa.bindparam("first")),
    )
    .order_by(standing_hours.c.from_minute)
)
_CLOSED = sa.select(closure.c.staff_id, closure.c.from_on, closure.c.to_on).where(
    closure.c.from_on <= sa.bindparam("last"), closure.c.to_on >= sa.bindparam("first")
)
_SHIFTS = sa.select(
    shift.c.staff_id, shift.c.kind, shift.c.starts_wall, shift.c.starts_min, shift.c.ends_min
).where(
    shift.c.staff_id.in_(_who),
    shift.c.starts_min >= sa.bindparam("begin"),
    shift.c.starts_min < sa.bindparam("end"),
    shift.c.state == sa.literal_column("'published'"),
)


def spans_of_days(
    reading: Reading, who: Collection[int], first: date, last: date
) -> dict[tuple[int, date], tuple[OpenSpan, ...]]:
    """Return the open spans of several people and days in three statements.

    Published shifts of a day replace the standing hours; leave, sickness and closures leave
    nothing. Standing hours keep their wall times; what falls into the gap of a clock change
    begins when the clock goes on.
    """
    begin, end = reading.zone.day_span(first)[0], reading.zone.day_span(last)[1]
    shifts = _shifts(reading, who, begin, end)
    period = {"who": list(who), "first": first, "last": last}
    weekly = reading.execute(_WEEKLY, period).all()
    closed = reading.execute(_CLOSED, {"first": first, "last": last}).all()
    result: dict[tuple[int, date], tuple[OpenSpan, ...]] = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for person in who:
            if any(
                row.from_on <= day <= row.to_on and row.staff_id in {None, person} for row in closed
            ):
                result[person, day] = ()
            elif (person, day) in shifts:
                result[person, day] = tuple(sorted(shifts[person, day], key=lambda s: s.from_min))
            else:
                result[person, day] = tuple(
                    _span(reading, day, row.from_minute, row.to_minute, row.kind)
                    for row in weekly
                    if row.staff_id == person
                    and row.weekday == day.weekday()
                    and row.from_on <= day
                    and (row.to_on is None or row.to_on >= day)
                )
    return result


def _shifts(
    reading: Reading, who: Collection[int], begin: int, end: int
) -> dict[tuple[int, date], list[OpenSpan]]:
    found: dict[tuple[int, date], list[OpenSpan]] = {}
    for row in reading.execute(_SHIFTS, {"who": list(who), "begin": begin, "end": end}):
        spans = found.setdefault((row.staff_id, row.starts_wall.date()), [])
        if row.kind in {"work", "break"}:
            spans.append(OpenSpan(row.starts_min, row.ends_min, row.kind))
    return found


def _span(reading: Reading, day: date, first: int, last: int, kind: str) -> OpenSpan:
    return OpenSpan(_minute(reading, day, first), _minute(reading, day, last), kind)


def _minute(reading: Reading, day: date, wall_minute: int) -> int:
    wall = datetime.combine(day, time()) + timedelta(minutes=wall_minute)
    for late in range(0, 181, 15):
        try:
            return utc_minute(reading.zone.instant(wall + timedelta(minutes=late)))
        except NoSuchWallTime:
            continue
    raise NoSuchWallTime(wall.isoformat())


def roster(reading: Reading, monday: date) -> tuple[RosterRow, ...]:
    """Return everybody's week."""
    people = reading.execute(
        sa.select(staff_member)
        .where(staff_member.c.archived == sa.literal_column("0"))
        .order_by(staff_member.c.position, staff_member.c.id)
    ).all()
    sunday = monday + timedelta(days=6)
    spans = spans_of_days(reading, [row.id for row in people], monday, sunday)
    rows = []
    for person in people:
        days, minutes = [], 0
        for number in range(7):
            day = monday + timedelta(days=number)
            own = spans[person.id, day]
            minutes += sum((s.to_min - s.from_min) * (1 if s.kind == "work" else -1) for s in own)
            walls = tuple(
                (
                    reading.zone.slot_at(s.from_min, 1).starts,
                    reading.zone.slot_at(s.to_min, 1).starts,
                    s.kind,
                )
                for s in own
            )
            days.append(RosterDay(day, walls, "" if own else away(reading, person.id, day)))
        rows.append(
            RosterRow(person.id, person.name, person.role, person.color, tuple(days), minutes)
        )
    return tuple(rows)
