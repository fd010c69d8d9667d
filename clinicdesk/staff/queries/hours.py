# SPDX-License-Identifier: Apache-2.0
"""Reads of the staff room: who has a column, and which minutes are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.moments import NoSuchWallTime, utc_minute
from clinicdesk.staff.model import OpenSpan
from clinicdesk.staff.tables import closure, resource, shift, staff_member, standing_hours
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Text


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
    weekly_minutes: int = 0


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A room or a piece of equipment."""

    id: int
    kind: str
    name: str


def providers(reading: Reading, on: date) -> tuple[Provider, ...]:
    """Return everybody with a column on a day, in their order."""
    kept = reading.kept
    everybody = kept.get("staff.providers")
    if everybody is None:
        everybody = kept["staff.providers"] = [
            (Provider(*row[:-2]), row[-2] or "", row[-1] or "9999")
            for row in _PROVIDERS.rows(reading)
        ]
    day = on.isoformat()
    return tuple([one for one, starts_on, ends_on in everybody if starts_on <= day <= ends_on])


_PROVIDERS = Prepared(
    sa.select(
        staff_member.c.id,
        staff_member.c.name,
        staff_member.c.initials,
        staff_member.c.role,
        staff_member.c.color,
        resource.c.id,
        resource.c.name,
        sa.type_coerce(staff_member.c.starts_on, Text),
        sa.type_coerce(staff_member.c.ends_on, Text),
    )
    .outerjoin(resource, resource.c.id == staff_member.c.default_resource_id)
    .where(
        staff_member.c.is_provider == sa.literal_column("1"),
        staff_member.c.archived == sa.literal_column("0"),
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
            r.weekly_minutes,
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


_WEEKLY = Prepared(
    sa.select(
        standing_hours.c.staff_id,
        standing_hours.c.weekday,
        standing_hours.c.from_minute,
        standing_hours.c.to_minute,
        standing_hours.c.kind,
        sa.type_coerce(standing_hours.c.from_on, Text),
        sa.type_coerce(standing_hours.c.to_on, Text),
    ).order_by(standing_hours.c.from_minute)
)
_CLOSED = Prepared(
    sa.select(
        closure.c.staff_id,
        sa.type_coerce(closure.c.from_on, Text),
        sa.type_coerce(closure.c.to_on, Text),
    ).where(closure.c.from_on <= sa.bindparam("last"), closure.c.to_on >= sa.bindparam("first"))
)
_SHIFTS = Prepared(
    sa.select(
        shift.c.staff_id,
        shift.c.kind,
        sa.type_coerce(shift.c.starts_wall, Text),
        shift.c.starts_min,
        shift.c.ends_min,
    ).where(
        shift.c.starts_min >= sa.bindparam("begin"),
        shift.c.starts_min < sa.bindparam("end"),
        shift.c.state == sa.literal_column("'published'"),
    )
)
_MOST_KEPT = 20_000  # spans of a person's day; a year of fifty people

Spans = dict[tuple[int, date], tuple[OpenSpan, ...]]


def spans_of_days(reading: Reading, who: Collection[int], first: date, last: date) -> Spans:
    """Return the open spans of several people and days, in three statements at most.

    Published shifts of a day replace the standing hours; leave, sickness and closures leave
    nothing. Standing hours keep their wall times; what falls into the gap of a clock change
    begins when the clock goes on.
    """
    kept: Spans = reading.kept.setdefault("staff.open", {})
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    wanted = [(person, day) for day in days for person in who]
    if not all(one in kept for one in wanted):
        if len(kept) > _MOST_KEPT:
            kept.clear()
        kept |= _worked_out(reading, who, days)
    return {one: kept[one] for one in wanted}


def _worked_out(reading: Reading, who: Collection[int], days: Sequence[date]) -> Spans:
    begin, end = reading.zone.day_span(days[0])[0], reading.zone.day_span(days[-1])[1]
    shifts = _shifts(reading, begin, end)
    weekly = _weekly(reading)
    closed = _CLOSED.rows(reading, first=days[0], last=days[-1])
    result: Spans = {}
    for day in days:
        on, weekday = day.isoformat(), day.weekday()
        shut = {person for person, from_on, to_on in closed if from_on <= on <= to_on}
        for person in who:
            if None in shut or person in shut:
                result[person, day] = ()
            elif (person, on) in shifts:
                result[person, day] = tuple(sorted(shifts[person, on], key=lambda s: s.from_min))
            else:
                result[person, day] = tuple(
                    _span(reading, day, from_minute, to_minute, kind)
                    for from_minute, to_minute, kind, from_on, to_on in weekly[person, weekday]
                    if from_on <= on and (to_on is None or to_on >= on)
                )
    return result


def _weekly(reading: Reading) -> defaultdict[tuple[int, int], list[tuple[Any, ...]]]:
    """Return everybody's standing hours by person and weekday."""
    kept = reading.kept
    weekly: defaultdict[tuple[int, int], list[tuple[Any, ...]]] | None = kept.get("staff.weekly")
    if weekly is None:
        weekly = kept["staff.weekly"] = defaultdict(list)
        for person, weekday, *span in _WEEKLY.rows(reading):
            weekly[person, weekday].append(tuple(span))
    return weekly


def with_hours(reading: Reading, on: date) -> set[int]:
    """Return who has standing hours in force on a date, whatever the weekday."""
    day = on.isoformat()
    return {
        person
        for (person, _), spans in _weekly(reading).items()
        if any(from_on <= day and (to_on or day) >= day for *_, from_on, to_on in spans)
    }


def _shifts(reading: Reading, begin: int, end: int) -> dict[tuple[int, str], list[OpenSpan]]:
    """Return published shifts by person and ISO day."""
    found: dict[tuple[int, str], list[OpenSpan]] = {}
    for person, kind, starts_wall, starts_min, ends_min in _SHIFTS.rows(
        reading, begin=begin, end=end
    ):
        spans = found.setdefault((person, starts_wall[:10]), [])
        if kind in {"work", "break"}:
            spans.append(OpenSpan(starts_min, ends_min, kind))
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
