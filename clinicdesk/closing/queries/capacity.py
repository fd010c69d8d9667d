# SPDX-License-Identifier: Apache-2.0
"""R22: how open, how full and how punctual each provider's book was.

Figures of a month that is over do not change with the clock: the third free slot is looked for
as of the end of its last day, in the book as it stood then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from clinicdesk.closing.model.pack import CapacityRow
from clinicdesk.kernel.moments import from_utc_minute, utc_minute
from clinicdesk.schedule.model import SLOT_MINUTES, Booking, Span, free_spans, left_of, next_starts
from clinicdesk.schedule.queries.setup import minutes_setting
from clinicdesk.schedule.tables import appointment, appointment_event
from clinicdesk.staff.model import OpenSpan
from clinicdesk.staff.queries import providers, spans_of_days
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Instant, Text

_SEEK_DAYS = 60
_SECOND = 1_000_000
_LATE = 24 * 60
_USUAL_SLOT = 15
_CANCELLED, _NO_SHOW, _DONE = (
    Booking.CANCELLED.value,
    Booking.NO_SHOW.value,
    Booking.DONE.value,
)
_HELD = frozenset(state.value for state in Booking) - {_CANCELLED}

_a, _e = appointment.c, appointment_event.c
_begin, _end = sa.bindparam("begin", type_=sa.Integer), sa.bindparam("end", type_=sa.Integer)
_BOOK = Prepared(
    sa.select(
        _a.provider_id,
        _a.kind,
        _a.booking,
        _a.minutes,
        _a.starts_min,
        sa.type_coerce(_a.arrived_at, sa.BigInteger),
        sa.type_coerce(_a.roomed_at, sa.BigInteger),
    ).where(_a.starts_min >= _begin, _a.starts_min < _end)
)
_CANCELLATIONS = Prepared(
    sa.select(_a.provider_id, _a.starts_min, sa.func.max(sa.type_coerce(_e.at, sa.BigInteger)))
    .join_from(appointment, appointment_event, _e.appointment_id == _a.id)
    .where(
        _a.starts_min >= _begin,
        _a.starts_min < _end,
        _a.booking == sa.literal_column(f"'{_CANCELLED}'"),
        _e.booking == sa.literal_column(f"'{_CANCELLED}'"),
    )
    .group_by(_a.id, _a.provider_id, _a.starts_min)
)
# The book as it stood at an instant: the last thing that had happened to each appointment.
_then = sa.bindparam("then", type_=Instant)
_last = (
    sa.select(sa.func.max(_e.id))
    .where(_e.appointment_id == _a.id, _e.at <= _then)
    .correlate(appointment)
    .scalar_subquery()
)
_AS_IT_STOOD = Prepared(
    sa.select(
        _e.provider_id,
        _a.starts_min,
        sa.type_coerce(_a.starts_wall, Text),
        sa.type_coerce(_e.starts_wall, Text),
        _e.minutes,
        _e.booking,
    )
    .join_from(appointment, appointment_event, _e.id == _last)
    .where(_a.starts_min >= _begin, _a.starts_min < _end, _a.created_at <= _then)
)
_NAMES = Prepared(sa.select(staff_member.c.id, staff_member.c.name))


@dataclass(slots=True)
class _Tally:
    """What is counted for one provider; lengths in minutes, waits in seconds."""

    open: int = 0
    blocked: int = 0
    booked: int = 0
    used: int = 0
    visits: int = 0
    missed: int = 0
    late: int = 0
    made: int = 0
    waits: int = 0
    waited: int = 0
    lengths: Counter[int] = field(default_factory=Counter)


def capacity(reading: Reading, first: date, last: date) -> tuple[CapacityRow, ...]:
    """Return R22, one row of each provider with open hours or visits."""
    begin, end = reading.zone.day_span(first)[0], reading.zone.day_span(last)[1]
    tallies: defaultdict[int, _Tally] = defaultdict(_Tally)
    book = _BOOK.rows(reading, begin=begin, end=end)
    there = {one.id for day in (first, last) for one in providers(reading, day)}
    who = sorted(there | {provider_id for provider_id, *_visit in book})
    for (provider_id, _day), spans in spans_of_days(reading, who, first, last).items():
        tallies[provider_id].open += sum(to - at for at, to in _work(spans))
    for provider_id, *visit in book:
        _count(tallies[provider_id], tuple(visit))
    for provider_id, starts_min, at in _CANCELLATIONS.rows(reading, begin=begin, end=end):
        tallies[provider_id].late += int(at // (60 * _SECOND) > starts_min - _LATE)
    names = dict(_NAMES.rows(reading))
    slots = {one: _slot(tally) for one, tally in tallies.items()}
    thirds = _third_next(reading, who, slots, last)
    rows = [
        CapacityRow(
            one,
            names.get(one, ""),
            max(0, tally.open - tally.blocked),
            tally.booked,
            tally.used,
            tally.visits,
            tally.missed,
            tally.late,
            tally.made,
            tally.waits,
            tally.waited,
            slots[one],
            thirds.get(one),
        )
        for one, tally in tallies.items()
        if tally.open or tally.made
    ]
    return tuple(sorted(rows, key=lambda row: (-row.booked, row.name)))


def _work(spans: Iterable[OpenSpan]) -> list[tuple[int, int]]:
    """Return the working hours of a day without its breaks."""
    return free_spans([Span(one.from_min, one.to_min, one.kind) for one in spans], ())


def _count(
    tally: _Tally,
    visit: tuple[str, str, int, int, int | None, int | None],
) -> None:
    kind, booking, minutes, starts_min, arrived, roomed = visit
    if kind != "visit":
        tally.blocked += minutes if booking != _CANCELLED else 0
        return
    tally.made += 1
    tally.lengths[minutes] += 1
    tally.missed += booking == _NO_SHOW
    if booking in _HELD:
        tally.booked += minutes
    if booking == _DONE:
        tally.used += minutes
        tally.visits += 1
    if arrived is not None and roomed is not None:
        since = max(arrived, starts_min * 60 * _SECOND)  # who comes early waits for the hour
        tally.waits += 1
        tally.waited += max(0, roomed - since) // _SECOND


def _slot(tally: _Tally) -> int:
    """Return the length most visits had."""
    if not tally.lengths:
        return _USUAL_SLOT
    return min(tally.lengths, key=lambda minutes: (-tally.lengths[minutes], minutes))


def _third_next(
    reading: Reading, who: list[int], slots: dict[int, int], last: date
) -> dict[int, int]:
    """Return calendar days from a day to the third free slot after it, by provider."""
    begin = reading.zone.day_span(last)[1]
    end = reading.zone.day_span(last + timedelta(days=_SEEK_DAYS))[1]
    taken = _as_it_stood(reading, begin, end)
    grid = minutes_setting(reading, SLOT_MINUTES)
    missing = dict.fromkeys(who, 3)
    found: dict[int, int] = {}
    for week in range(1, _SEEK_DAYS + 1, 7):
        wanted = [one for one in who if one not in found]
        if not wanted:
            break
        some = [last + timedelta(days=number) for number in range(week, week + 7)]
        spans = spans_of_days(reading, wanted, some[0], some[-1])
        for one in wanted:
            minutes = slots.get(one, _USUAL_SLOT)
            for day in some:
                left = left_of(_work(spans[one, day]), taken[one])
                missing[one] -= len(next_starts(left, minutes, grid, begin, missing[one]))
                if missing[one] <= 0:
                    found[one] = (day - last).days
                    break
    return found


def _as_it_stood(reading: Reading, begin: int, end: int) -> defaultdict[int, list[tuple[int, int]]]:
    """Return the taken spans after a minute as they stood then, by provider, in order."""
    then = min(from_utc_minute(begin), reading.now)
    taken: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for provider_id, starts, wall, wall_then, minutes, booking in _AS_IT_STOOD.rows(
        reading, begin=begin, end=end, then=then
    ):
        if booking in _HELD and booking != _NO_SHOW:
            at = starts
            if wall != wall_then:  # moved since
                at = utc_minute(reading.zone.instant(datetime.fromisoformat(wall_then)))
            taken[provider_id].append((at, at + minutes))
    for spans in taken.values():
        spans.sort()
    return taken
