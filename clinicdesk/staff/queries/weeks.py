# SPDX-License-Identifier: Apache-2.0
"""The week as it is shown: people by days, hours and balance, cover of each role, clashes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clinicdesk.staff.model import (
    ASKED,
    DRAFT,
    BookedSpan,
    Clash,
    Cover,
    NeedOfDay,
    Vocabulary,
    Worked,
    clashes,
    cover,
    wall_minute,
)
from clinicdesk.staff.queries.asked import RequestRow, last_publication, needs, requests
from clinicdesk.staff.queries.days import (
    Cell,
    Cells,
    PersonRow,
    cells,
    people,
    room_names,
)
from clinicdesk.storage.records import Reading

_DAY = timedelta(days=1)
DAYS = 7


@dataclass(frozen=True, slots=True)
class PersonWeek:
    """Somebody's row.

    Attributes:
        minutes: of work in the week, counted on the day a shift begins.
        balance: minutes over or under the contract; None without one.
    """

    person: PersonRow
    cells: tuple[Cell, ...]
    minutes: int
    balance: int | None


@dataclass(frozen=True, slots=True)
class RoleCover:
    """A role's row: seven days."""

    role: str
    days: tuple[Cover, ...]


@dataclass(frozen=True, slots=True)
class RosterWeek:
    """Everything the roster shows of a week.

    Attributes:
        open: the row of open shifts.
        open_minutes: hours nobody works yet.
        drafts: how many days wait to be published.
        clashes: what is wrong, by day.
        requests: open ones of all weeks, the oldest first; of others only one's own.
        own_id: who of the staff is signed in, None if nobody.
        publication_id: the latest publishing of this week that stands.
        needs: what each role needs of each weekday.
    """

    monday: date
    people: tuple[PersonWeek, ...]
    open: tuple[Cell, ...]
    open_minutes: int
    covers: tuple[RoleCover, ...]
    clashes: tuple[Clash, ...]
    requests: tuple[RequestRow, ...]
    drafts: int
    own_id: int | None
    publication_id: int | None
    vocabulary: Vocabulary
    needs: Mapping[tuple[str, int], NeedOfDay]

    def name(self, staff_id: int) -> str:
        """Return somebody's name."""
        return next((row.person.name for row in self.people if row.person.id == staff_id), "")


@dataclass(frozen=True, slots=True)
class Summary:
    """What publishing, or approving, would mean.

    Attributes:
        days: how many days change; ``shifts`` are in force then on them.
        people: how many people they concern.
        holes: when a role has too few, where that is new or the week is published.
        outside: appointments that are not inside anybody's hours then.
    """

    monday: date
    days: int
    shifts: int
    people: int
    minutes: int
    holes: tuple[Cover, ...]
    clashes: tuple[Clash, ...]
    outside: tuple[tuple[str, BookedSpan], ...]
    names: Mapping[int, str]


def week(reading: Reading, monday: date, own_id: int | None, *, drafts: bool) -> RosterWeek:
    """Return a week; the day before and after are read for nights and rest."""
    first, last = monday - _DAY, monday + DAYS * _DAY
    folk = people(reading, monday, last - _DAY)
    found = cells(reading, [one.id for one in folk], first, last, drafts=drafts)
    days = tuple(monday + n * _DAY for n in range(DAYS))
    wanted = needs(reading)
    rows = []
    for person in folk:
        own = tuple(found[person.id, day] for day in days)
        minutes = sum(cell.minutes for cell in own)
        balance = minutes - person.weekly_minutes if person.weekly_minutes else None
        rows.append(PersonWeek(person, own, minutes, balance))
    open_row = tuple(found[None, day] for day in days)
    asked = requests(reading, state=ASKED)
    if not drafts:
        asked = tuple(one for one in asked if own_id in {one.staff_id, one.other_id})
    return RosterWeek(
        monday,
        tuple(rows),
        open_row,
        sum(cell.minutes for cell in open_row),
        covers(reading, folk, found, days, wanted),
        clashes_of(folk, found, days),
        asked,
        sum(1 for cell in found.values() if cell.state == DRAFT and cell.on in days),
        own_id,
        last_publication(reading, monday),
        Vocabulary(room_names(reading), roles_of(folk, wanted)),
        wanted,
    )


def roles_of(
    folk: Sequence[PersonRow], wanted: Mapping[tuple[str, int], NeedOfDay]
) -> tuple[str, ...]:
    """Return roles in the order of their first person, then those only needed."""
    return tuple(dict.fromkeys([*(one.role for one in folk), *(role for role, _day in wanted)]))


def worked(folk: Sequence[PersonRow], found: Cells) -> list[Worked]:
    """Return what everybody works, each in the room they are in."""
    rooms = {one.id: one.room_id for one in folk}
    return [
        Worked(
            cell.staff_id,
            cell.on,
            span.from_min,
            span.to_min,
            span.room_id if span.room_id is not None else rooms[cell.staff_id],
        )
        for cell in found.values()
        if cell.staff_id is not None
        for span in cell.spans
    ]


def clashes_of(folk: Sequence[PersonRow], found: Cells, days: Sequence[date]) -> tuple[Clash, ...]:
    """Return what is wrong on some days."""
    closed = {
        (cell.staff_id, cell.on): cell.closed
        for cell in found.values()
        if cell.closed and cell.spans and cell.staff_id is not None
    }
    shown = set(days)
    return tuple(one for one in clashes(worked(folk, found), closed) if one.on in shown)


def covers(
    reading: Reading,
    folk: Sequence[PersonRow],
    found: Cells,
    days: Sequence[date],
    wanted: Mapping[tuple[str, int], NeedOfDay],
) -> tuple[RoleCover, ...]:
    """Return whether each role has enough people on some days; a closed day needs nobody."""
    spans = worked(folk, found)
    role_of = {one.id: one.role for one in folk}
    closed = {day for day in days if folk and all(found[one.id, day].closed for one in folk)}
    result = []
    for role in roles_of(folk, wanted):
        own = [span for span in spans if role_of[span.staff_id] == role]
        row = []
        for day in days:
            need = None if day in closed else wanted.get((role, day.weekday()))
            limits = None
            if need is not None:
                limits = (
                    need.people,
                    wall_minute(reading.zone, day, need.from_minute),
                    wall_minute(reading.zone, day, need.to_minute),
                )
            row.append(cover(role, day, limits, own))
        result.append(RoleCover(role, tuple(row)))
    return tuple(result)
