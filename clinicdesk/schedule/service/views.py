# SPDX-License-Identifier: Apache-2.0
"""What the book shows. Each view is one snapshot."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from operator import attrgetter, itemgetter

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Month, utc_minute
from clinicdesk.schedule.model import (
    ACTIVE,
    LATE_MINUTES,
    MAY_VIEW,
    SLOT_MINUTES,
    WARN_MINUTES,
    count_free,
    left_of,
)
from clinicdesk.schedule.queries import (
    CardRow,
    ColumnRow,
    DayLoad,
    DayView,
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
from clinicdesk.schedule.service.counter import Counter, OpenDay
from clinicdesk.storage.records import Reading

MOST_COLUMNS = 12  # of a day on which nobody works
_STARTS = attrgetter("starts_min")
_AT = CardRow._fields.index
_TAKING = itemgetter(
    _AT("provider_id"),
    slice(_AT("starts_min"), _AT("ends_min") + 1),
    _AT("booking"),
    _AT("patient_id"),
)
_Busy = tuple[list[tuple[int, int]], list[tuple[int, int]]]  # what is taken; the blocks of it
_FREE: _Busy = ([], [])


class ViewingDesk(Counter):
    """Shows the book."""

    def day(self, on: date, actor: Actor) -> DayView:
        """Return a day: a column for each provider, and every card that touches it."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return self._days(reading, on, on, actor)[0]

    def week(self, monday: date, actor: Actor, provider_id: int | None = None) -> WeekView:
        """Return seven days from a date, of one provider or all."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            last = monday + timedelta(days=6)
            return WeekView(monday, self._days(reading, monday, last, actor, provider_id))

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

    # ---- days ----

    def _days(
        self,
        reading: Reading,
        first: date,
        last: date,
        actor: Actor,
        provider_id: int | None = None,
    ) -> tuple[DayView, ...]:
        start, _ = reading.zone.day_span(first)
        _, end = reading.zone.day_span(last)
        found = book.cards(reading, start, end)
        if provider_id is None:
            everybody = self._everybody(reading, last)
            hours = self._open_days(reading, [one.id for one in everybody], first, last)
            members = self._with_column(reading, everybody, hours, found, actor)
        else:
            everybody = members = (self._member(reading, provider_id),)
            hours = {}
            found = tuple([card for card in found if card.provider_id == provider_id])
        ids = [member.id for member in members]
        if any((one, last) not in hours for one in ids):
            hours |= self._open_days(reading, ids, first, last)
        listed = set(ids)
        others = tuple([(one.id, one.name) for one in everybody if one.id not in listed])
        slot = setup.minutes_setting(reading, SLOT_MINUTES)
        now = utc_minute(reading.now)
        days: list[DayView] = []
        at, cards = 0, tuple[CardRow, ...]()
        for n in range((last - first).days + 1):
            on = first + timedelta(days=n)
            day_start, day_end = reading.zone.day_span(on)
            until = len(found) if on == last else bisect_left(found, day_end, at, key=_STARTS)
            begun = tuple([card for card in cards if card.ends_min > day_start])
            cards = begun + found[at:until]
            at = until
            busy = _busy(cards)
            columns = tuple(
                [
                    _column(one, hours[one.id, on], busy.get(one.id, _FREE), now, slot)
                    for one in members
                ]
            )
            days.append(DayView(on, day_start, day_end, columns, cards, slot, others))
        return tuple(days)

    def _with_column(
        self,
        reading: Reading,
        everybody: Sequence[checks.Member],
        hours: Mapping[tuple[int, date], OpenDay],
        cards: Iterable[CardRow],
        actor: Actor,
    ) -> Sequence[checks.Member]:
        """Return who has a column in some days: whoever works, has a card, or looks.

        Where nobody would, the clinic is closed and can be booked all the same: then it is
        whoever has standing hours, else the first dozen. Somebody who left has a column while a
        card that counts is theirs.
        """
        known = {one.id for one in everybody}
        working = {person for (person, _), day in hours.items() if day.spans}
        working |= {card.provider_id for card in cards}
        left = working - known
        if not working & known:
            working |= self._staff.with_hours(reading, reading.today) & known or {
                one.id for one in everybody[:MOST_COLUMNS]
            }
        if not known <= working:
            working.add(checks.staff_of(reading, actor.user_id))
        if left:
            left &= {card.provider_id for card in cards if card.booking in ACTIVE}
        listed = [one for one in everybody if one.id in working]
        return [*listed, *checks.members(reading, left).values()]

    def _month(self, reading: Reading, month: Month) -> MonthLoad:
        start, _ = reading.zone.day_span(month.first)
        _, end = reading.zone.day_span(month.last)
        taken = loads.loads(reading, start, end)
        first = loads.first_of_days(reading, start, end)
        everybody = self._everybody(reading, month.last)
        ids = [one.id for one in everybody]
        hours = self._open_days(reading, ids, month.first, month.last)
        working = {person for (person, _), day in hours.items() if day.spans}
        working |= {provider for _, provider in taken}
        left = checks.members(reading, working - set(ids))
        hours |= self._open_days(reading, left, month.first, month.last)
        members = [one for one in everybody if one.id in working] or everybody[:MOST_COLUMNS]
        members = [*members, *left.values()]
        days = []
        for n in range((month.last - month.first).days + 1):
            on = month.first + timedelta(days=n)
            own = tuple(
                _load(member.id, taken.get((on, member.id)), hours[member.id, on].minutes)
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
        never = OpenDay((), (), 0)
        providers = tuple(_column(member, never, _FREE, 0, 1) for member in members)
        return MonthLoad(month.first, providers, tuple(days))


def _busy(cards: Iterable[CardRow]) -> dict[int, _Busy]:
    """Return by provider the spans that are taken, in order, and how many are blocks."""
    busy: dict[int, _Busy] = {}
    for provider_id, span, booking, patient_id in map(_TAKING, cards):
        if booking in ACTIVE:
            own = busy.get(provider_id)
            if own is None:
                own = busy[provider_id] = ([], [])
            own[0].append(span)
            if patient_id is None:
                own[1].append(span)
    return busy


def _column(member: checks.Member, day: OpenDay, busy: _Busy, now: int, slot: int) -> ColumnRow:
    taken, blocks = busy
    left = left_of(day.work, taken)
    free = 0
    if left and left[-1][1] > now:
        free = count_free([(max(at, now), to) for at, to in left if to > now], slot)
    return ColumnRow(
        member.id,
        member.name,
        member.initials,
        member.role,
        member.color,
        member.room_id,
        member.room,
        day.spans,
        len(taken) - len(blocks),
        free,
        sum([to - at for at, to in left]),
        day.minutes,
    )


def _load(provider_id: int, load: loads.Load | None, open_minutes: int) -> ProviderLoad:
    if load is None:
        return ProviderLoad(provider_id, 0, 0, open_minutes)
    return ProviderLoad(
        provider_id,
        load.booked,
        load.booked_minutes,
        max(open_minutes - load.blocked_minutes, 0),
    )
