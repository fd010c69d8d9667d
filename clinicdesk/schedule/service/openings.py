# SPDX-License-Identifier: Apache-2.0
"""Where something still fits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import NoSuchWallTime, utc_minute
from clinicdesk.schedule.model import (
    MAY_VIEW,
    SLOT_MINUTES,
    NoSuchTime,
    TooLong,
    left_of,
    next_starts,
)
from clinicdesk.schedule.queries import FreeSlot, checks, loads, setup
from clinicdesk.schedule.service.counter import Counter
from clinicdesk.storage.records import Reading

SEEK_DAYS = 365
_DAY = timedelta(days=1)


class OpeningDesk(Counter):
    """Finds openings."""

    def next_free(
        self,
        provider_id: int | None,
        minutes: int,
        after: datetime | None,
        count: int,
        actor: Actor,
    ) -> tuple[FreeSlot, ...]:
        """Return the next openings of a length, earliest first, within a year.

        Args:
            provider_id: None looks over all providers.
            minutes: how long it must be.
            after: naive wall time to begin at; None, or one that has passed, is now.
            count: how many at most.
            actor: who asks.
        """
        actor.require(MAY_VIEW)
        if not 1 <= minutes <= 1440:
            raise TooLong(field="minutes")
        with self._records.read() as reading:
            return self._openings(reading, provider_id, minutes, after, count)

    def _openings(
        self,
        reading: Reading,
        provider_id: int | None,
        minutes: int,
        after: datetime | None,
        count: int,
    ) -> tuple[FreeSlot, ...]:
        begin = utc_minute(reading.now)
        if after is not None:
            try:
                begin = max(begin, utc_minute(reading.zone.instant(after)))
            except NoSuchWallTime:
                raise NoSuchTime.at(after) from None
        first = reading.zone.slot_at(begin, 1).day
        members = self._sought(reading, provider_id, first)
        grid = setup.minutes_setting(reading, SLOT_MINUTES)
        found: list[tuple[int, int]] = []
        for n in range(-1, SEEK_DAYS):  # a night shift began the evening before
            on = first + n * _DAY
            found += self._of_day(reading, members, on, begin, (minutes, grid, count))
            # A night's openings may lie behind the next day's first ones.
            end = reading.zone.day_span(on)[1]
            if len(found) >= count <= sum([starts < end for starts, _ in found]):
                break
        found.sort()
        slots = {at: reading.zone.slot_at(at, minutes) for at in {at for at, _ in found[:count]}}
        chosen = []
        for starts, place in found[:count]:
            member, slot = members[place], slots[starts]
            who = (member.id, member.name, member.initials, member.color)
            chosen.append(FreeSlot(*who, slot.starts, slot.fold, minutes, starts))
        return tuple(chosen)

    def _sought(
        self, reading: Reading, provider_id: int | None, on: date
    ) -> tuple[checks.Member, ...]:
        if provider_id is None:
            return self._everybody(reading, on)
        return (self._member(reading, provider_id),)

    def _of_day(
        self,
        reading: Reading,
        members: tuple[checks.Member, ...],
        on: date,
        begin: int,
        wish: tuple[int, int, int],
    ) -> Iterator[tuple[int, int]]:
        """Yield (start, place of the provider); of each no more than are wished for."""
        minutes, grid, count = wish
        end = reading.zone.day_span(on)[1]
        hours = self._open_days(reading, [one.id for one in members], on, on)
        for place, member in enumerate(members):
            day = hours[member.id, on]
            if not day.work:
                continue
            opens, closes = day.work[0][0], max([to for _, to in day.work])
            if closes <= begin:
                continue
            # From the morning on: the grid of what is free now began when the last visit ended.
            busy = loads.busy(reading, member.id, opens, closes)
            if closes > end:
                busy = sorted([*busy, *self._breaks(reading, member.id, on + _DAY)])
            left = left_of(day.work, busy)
            for starts in next_starts(left, minutes, grid, begin, count):
                yield starts, place

    def _breaks(self, reading: Reading, provider_id: int, on: date) -> list[tuple[int, int]]:
        """Return a day's breaks; of a night shift those after midnight are the next day's."""
        spans = self._open_days(reading, (provider_id,), on, on)[provider_id, on].spans
        return [(span.from_min, span.to_min) for span in spans if span.kind != "work"]
