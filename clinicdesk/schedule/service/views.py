# SPDX-License-Identifier: Apache-2.0
"""What the book shows. Each view is one snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Month, NoSuchWallTime, Slot, utc_minute
from clinicdesk.schedule.model import (
    ACTIVE,
    LATE_MINUTES,
    MAY_VIEW,
    SLOT_MINUTES,
    WARN_MINUTES,
    Kind,
    NoSuchTime,
    Span,
    TooLong,
    count_free,
    free_spans,
    next_starts,
)
from clinicdesk.schedule.queries import (
    CardRow,
    ColumnRow,
    DayLoad,
    DayView,
    FreeSlot,
    HistoryRow,
    ListRow,
    MonthLoad,
    ProviderLoad,
    WaitingCard,
    WeekView,
    book,
    checks,
    lists,
    loads,
    setup,
)
from clinicdesk.schedule.service.counter import Counter
from clinicdesk.storage.records import Reading

SEEK_DAYS = (7, 28, 91, 365)  # next_free looks this far, in growing windows


class ViewingDesk(Counter):
    """Shows the book."""

    def day(self, on: date, actor: Actor) -> DayView:
        """Return a day: a column for each provider, and every card that touches it."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return self._days(reading, on, on)[0]

    def week(self, monday: date, actor: Actor, provider_id: int | None = None) -> WeekView:
        """Return seven days from a date, of one provider or all."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            last = monday + timedelta(days=6)
            return WeekView(monday, self._days(reading, monday, last, provider_id))

    def month_load(self, month: Month, actor: Actor) -> MonthLoad:
        """Return how full each day of a month is."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return self._month(reading, month)

    def list(self, first: date, last: date, actor: Actor) -> tuple[ListRow, ...]:
        """Return the appointments of some days, in order of start."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return lists.listed(reading, first, last)

    def waiting(self, actor: Actor) -> tuple[WaitingCard, ...]:
        """Return who is in the clinic: longest in the present state first."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            warn = setup.minutes_setting(reading, WARN_MINUTES)
            late = setup.minutes_setting(reading, LATE_MINUTES)
            return book.waiting(reading, warn, late)

    def appointment(self, appointment_id: int, actor: Actor) -> ListRow | None:
        """Return one appointment, or None."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return lists.one(reading, appointment_id)

    def history(self, appointment_id: int, actor: Actor) -> tuple[HistoryRow, ...]:
        """Return what happened to an appointment, oldest first."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            rows = lists.history(reading, appointment_id)
            patient_id = lists.patient_of(reading, appointment_id)
        if patient_id is not None:
            self._read_of(actor, patient_id, "schedule.read_history")
        return rows

    def patient_appointments(self, patient_id: int, actor: Actor) -> tuple[ListRow, ...]:
        """Return all appointments of a patient, newest first."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            rows = lists.of_patient(reading, patient_id)
        self._read_of(actor, patient_id, "schedule.read_patient")
        return rows

    def missed_counts(self, patient_id: int, actor: Actor) -> tuple[int, int]:
        """Return how many appointments a patient missed and cancelled in two years."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return lists.missed_counts(reading, patient_id)

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

    # ---- days ----

    def _days(
        self, reading: Reading, first: date, last: date, provider_id: int | None = None
    ) -> tuple[DayView, ...]:
        start, _ = reading.zone.day_span(first)
        _, end = reading.zone.day_span(last)
        found = book.cards(reading, start, end)
        if provider_id is not None:
            found = tuple(card for card in found if card.provider_id == provider_id)
        members = self._columns(reading, last, found, provider_id)
        hours = self._hours(reading, [member.id for member in members], first, last)
        slot = setup.minutes_setting(reading, SLOT_MINUTES)
        now = utc_minute(reading.now)
        days = []
        for n in range((last - first).days + 1):
            on = first + timedelta(days=n)
            day_start, day_end = reading.zone.day_span(on)
            cards = tuple(c for c in found if c.starts_min < day_end and c.ends_min > day_start)
            own: defaultdict[int, list[CardRow]] = defaultdict(list)
            for card in cards:
                if card.booking in ACTIVE:
                    own[card.provider_id].append(card)
            columns = tuple(
                _column(member, hours[member.id, on], own[member.id], now, slot)
                for member in members
            )
            days.append(DayView(on, day_start, day_end, columns, cards))
        return tuple(days)

    def _columns(
        self, reading: Reading, on: date, cards: Iterable[CardRow], provider_id: int | None
    ) -> Sequence[checks.Member]:
        """Return who has a column: the providers of the day, and whoever has a card besides."""
        if provider_id is not None:
            return [self._member(reading, provider_id)]
        listed = [
            checks.Member(p.id, p.name, p.initials, p.role, p.color, p.room_id, p.room or "")
            for p in self._staff.providers(on)
        ]
        known = {member.id for member in listed}
        others = {card.provider_id for card in cards if card.booking in ACTIVE} - known
        return [*listed, *checks.members(reading, others).values()]

    def _month(self, reading: Reading, month: Month) -> MonthLoad:
        start, _ = reading.zone.day_span(month.first)
        _, end = reading.zone.day_span(month.last)
        taken = loads.loads(reading, start, end)
        first = loads.first_of_days(reading, start, end)
        members = self._columns(reading, month.last, (), None)
        listed = {member.id for member in members}
        others = {provider for _, provider in taken} - listed
        members = [*members, *checks.members(reading, others).values()]
        hours = self._hours(reading, [m.id for m in members], month.first, month.last)
        days = []
        for n in range((month.last - month.first).days + 1):
            on = month.first + timedelta(days=n)
            own = tuple(
                _load(member.id, taken.get((on, member.id)), hours[member.id, on])
                for member in members
            )
            booked = sum(load.booked for load in own)
            some = first.get(on, ())
            days.append(
                DayLoad(
                    on,
                    own,
                    booked,
                    sum(load.booked_minutes for load in own),
                    sum(load.open_minutes for load in own),
                    some,
                    booked - len(some),
                )
            )
        providers = tuple(_column(member, (), (), 0, 1) for member in members)
        return MonthLoad(month.first, providers, tuple(days))

    # ---- openings ----

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
        members = {m.id: m for m in self._columns(reading, first, (), provider_id)}
        grid = setup.minutes_setting(reading, SLOT_MINUTES)
        found: list[tuple[int, int]] = []
        looked = 0
        for days in SEEK_DAYS:
            if len(found) >= count:
                break
            found += self._window(
                reading, members, first + timedelta(days=looked), days - looked, begin,
                (minutes, grid, count),
            )  # fmt: skip
            looked = days
        place = {provider: n for n, provider in enumerate(members)}
        found.sort(key=lambda one: (one[0], place[one[1]]))
        return tuple(
            _free_slot(members[provider], reading.zone.slot_at(starts, minutes), starts)
            for starts, provider in found[:count]
        )

    def _window(
        self,
        reading: Reading,
        members: dict[int, checks.Member],
        first: date,
        days: int,
        begin: int,
        wish: tuple[int, int, int],
    ) -> Iterable[tuple[int, int]]:
        """Yield (start, provider) of some days; of each provider no more than are wished for."""
        minutes, grid, count = wish
        last = first + timedelta(days=days - 1)
        start, _ = reading.zone.day_span(first)
        _, end = reading.zone.day_span(last)
        hours = self._hours(reading, members.keys(), first, last)
        busy = loads.busy(reading, members.keys(), start, end + 1440)
        for member in members.values():
            own = [
                span for n in range(days) for span in hours[member.id, first + timedelta(days=n)]
            ]
            left = free_spans(own, busy[member.id])
            for starts in next_starts(left, minutes, grid, begin, count):
                yield starts, member.id


def _free_slot(member: checks.Member, slot: Slot, starts: int) -> FreeSlot:
    return FreeSlot(
        member.id, member.name, member.initials, member.color,
        slot.starts, slot.fold, slot.minutes, starts,
    )  # fmt: skip


def _column(
    member: checks.Member,
    hours: Sequence[Span],
    cards: Sequence[CardRow],
    now: int,
    slot: int,
) -> ColumnRow:
    busy = [(card.starts_min, card.ends_min) for card in cards]
    left = free_spans(hours, busy)
    ahead = [(max(at, now), to) for at, to in left if to > now]
    return ColumnRow(
        provider_id=member.id,
        name=member.name,
        initials=member.initials,
        role=member.role,
        color=member.color,
        room_id=member.room_id,
        room=member.room,
        open_spans=tuple(hours),
        booked=sum(card.kind is Kind.VISIT for card in cards),
        free=count_free(ahead, slot),
        free_minutes=sum(to - at for at, to in left),
        open_minutes=sum(to - at for at, to in free_spans(hours, ())),
    )


def _load(provider_id: int, load: loads.Load | None, hours: Sequence[Span]) -> ProviderLoad:
    open_minutes = sum(to - at for at, to in free_spans(hours, ()))
    if load is None:
        return ProviderLoad(provider_id, 0, 0, open_minutes)
    return ProviderLoad(
        provider_id,
        load.booked,
        load.booked_minutes,
        max(open_minutes - load.blocked_minutes, 0),
    )
