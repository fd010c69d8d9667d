# SPDX-License-Identifier: Apache-2.0
"""Plans the book of the years before the day the demo opens on, and the weeks after it. Pure.

Everything is wall time; the same chance gives the same plan. Named people of ``cast`` get visits
of their own, so that what they owe on the day is what the cast says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from clinicdesk.demo.cast import MEMBERS, NOW
from clinicdesk.demo.catalogue import CANCEL_REASONS, KINDS, Job, VisitKind

_KIND = {kind.key: kind for kind in KINDS}
_DAY = timedelta(days=1)
AHEAD_DAYS = 90
DENSE = 24  # more visits a day and provider than this need long days and short visits
DENSE_HOURS = (450, 1140)
# Next visits of the named: days ahead, provider, minute of the day, kind, place in the cast.
_NEXT = (
    (14, 0, 570, "followup", 0), (7, 0, 600, "results", 4), (21, 0, 840, "diabetes", 5),
    (10, 1, 540, "followup", 12), (28, 1, 630, "antenatal", 14), (5, 2, 525, "bloods", 22),
    (12, 2, 660, "dressing", 24), (3, 3, 600, "knee", 30), (9, 3, 600, "back", 33),
)  # fmt: skip
_DENSE_MINUTES = {15: 10, 30: 15, 45: 20}


@dataclass(frozen=True, slots=True)
class Planned:
    """One appointment of the plan.

    Attributes:
        provider: index into the jobs; ``patient`` into the people, None for a block.
        kind: visit type key; "" for a block, whose wording is ``note``.
        created, arrived, roomed, leaving, done: naive wall instants.
    """

    provider: int
    starts: datetime
    minutes: int
    kind: str
    patient: int | None
    booking: str
    created: datetime
    contact: str = "unconfirmed"
    note: str = ""
    reason: str | None = None
    newcomer: bool = False
    walk_in: bool = False
    overbook: bool = False
    arrived: datetime | None = None
    roomed: datetime | None = None
    leaving: datetime | None = None
    done: datetime | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """How big the clinic is.

    Attributes:
        per_day: visits a day and provider to aim at.
    """

    first_on: date
    until: date
    patients: int
    per_day: float

    @property
    def dense(self) -> bool:
        """Long days and short visits."""
        return self.per_day > DENSE


def working(day: date, closed: frozenset[date]) -> bool:
    """Tell whether the clinic opens on a day."""
    return day.weekday() < 5 and day not in closed


class Book:
    """Plans day after day; must be asked in order."""

    def __init__(
        self, chance: Random, size: Size, jobs: Sequence[Job], closed: frozenset[date]
    ) -> None:
        self._chance = chance
        self._size = size
        self._jobs = jobs
        self._closed = closed
        self._weights = [[_KIND[key].weight for key in job.kinds] for job in jobs]
        self._cast = min(len(MEMBERS), size.patients)
        self._seen: set[int] = set()
        self._days = max(1, (size.until - size.first_on).days)
        self._reserved: defaultdict[date, list[tuple[int, int, str, int]]] = defaultdict(list)
        self.owing: dict[tuple[date, int], int] = {}  # (day, member) -> whole units left open
        self._reserve()

    def past(self) -> Iterator[tuple[date, list[Planned]]]:
        """Yield every working day before ``until`` with its appointments in order of start."""
        day = self._size.first_on
        while day < self._size.until:
            if working(day, self._closed):
                yield day, self._past_day(day)
            day += _DAY

    def ahead(self) -> list[Planned]:
        """Return what is booked after ``until``: the nearer, the fuller."""
        planned: list[Planned] = []
        coming = self._coming()
        for distance in range(1, AHEAD_DAYS + 1):
            day = self._size.until + distance * _DAY
            if not working(day, self._closed):
                continue
            fill = 0.75 * (1 - distance / (AHEAD_DAYS + 10)) ** 1.4
            taken: set[int] = set()
            for provider in range(len(self._jobs)):
                planned.append(self._lunch(provider, day))
                mine = [one for one in coming.get(day, ()) if one[0] == provider]
                for _, minute, key, member in mine:
                    planned.append(self._next_visit(provider, day, minute, key, member))
                busy = [(minute, minute + _KIND[key].minutes) for _, minute, key, _ in mine]
                places = self._places(provider, day, fill, dense=False, busy=busy)
                for starts, minutes, kind in places:
                    patient = self._somebody(day, taken)
                    if patient is None:
                        continue
                    created = self._booked_before(
                        datetime.combine(self._size.until, time()), 21, up_to=NOW - 60
                    )
                    contact = self._chance.choices(
                        ("unconfirmed", "message", "confirmed"), (60, 15, 25)
                    )[0]
                    planned.append(
                        Planned(
                            provider, starts, minutes, kind.key, patient, "booked", created, contact
                        )
                    )
        return planned

    def _coming(self) -> dict[date, list[tuple[int, int, str, int]]]:
        """Return the next visits of some of the named people."""
        coming: defaultdict[date, list[tuple[int, int, str, int]]] = defaultdict(list)
        for distance, provider, minute, key, member in _NEXT:
            day = self._size.until + distance * _DAY
            while not working(day, self._closed):
                day += _DAY
            if provider < len(self._jobs) and member < self._cast:
                coming[day].append((provider, minute, key, member))
        return coming

    def _next_visit(self, provider: int, day: date, minute: int, key: str, member: int) -> Planned:
        created = _wall(self._size.until - _DAY, 15 * 60 + member)
        kind = _KIND[key]
        return Planned(provider, _wall(day, minute), kind.minutes, key, member, "booked", created)

    def today(self, provider: int) -> list[Planned]:
        """Return a morning half-way through for a provider whom the cast does not know."""
        day = self._size.until
        now = datetime.combine(day, time()) + timedelta(minutes=NOW)
        taken: set[int] = set()
        planned = [self._lunch(provider, day)]
        for starts, minutes, kind in self._places(provider, day, 0.8, dense=False):
            patient = self._somebody(day, taken)
            if patient is None:
                continue
            whole = self._came(provider, starts, minutes, kind, patient)
            if whole.arrived is None or whole.arrived > now:
                planned.append(
                    Planned(
                        provider,
                        starts,
                        minutes,
                        kind.key,
                        patient,
                        "booked",
                        whole.created,
                        "confirmed" if self._chance.random() < 0.6 else "unconfirmed",
                    )
                )
            else:
                planned.append(_as_of(whole, now))
        return planned

    # ---- one day -------------------------------------------------------------------------------

    def _past_day(self, day: date) -> list[Planned]:
        planned: list[Planned] = []
        taken: set[int] = set()
        fill = self._fill()
        for provider in range(len(self._jobs)):
            planned.append(self._lunch(provider, day))
            mine = [one for one in self._reserved.get(day, ()) if one[0] == provider]
            for _, minute, key, member in mine:
                starts = _wall(day, minute)
                taken.add(member)
                planned.append(self._came(provider, starts, _KIND[key].minutes, _KIND[key], member))
            busy = [(minute, minute + _KIND[key].minutes) for _, minute, key, _ in mine]
            places = self._places(provider, day, fill, dense=self._size.dense, busy=busy)
            for starts, minutes, kind in places:
                patient = self._somebody(day, taken)
                if patient is not None:
                    planned.append(self._ended(provider, starts, minutes, kind, patient))
        planned.sort(key=lambda one: (one.starts, one.provider))
        return planned

    def _fill(self) -> float:
        """Share of the open time that is booked, so that the day comes near ``per_day``."""
        open_minutes = sum(job.hours[1] - job.hours[0] - 50 for job in self._jobs) / len(self._jobs)
        mean = 25.0
        if self._size.dense:
            open_minutes, mean = DENSE_HOURS[1] - DENSE_HOURS[0] - 60, 12.1
        return min(0.97, self._size.per_day * mean / open_minutes)

    def _places(
        self,
        provider: int,
        day: date,
        fill: float,
        *,
        dense: bool,
        busy: Sequence[tuple[int, int]] = (),
    ) -> Iterator[tuple[datetime, int, VisitKind]]:
        job, chance = self._jobs[provider], self._chance
        at, end = DENSE_HOURS if dense else job.hours
        step = 10 if dense else 15
        kept = sorted((*busy, job.lunch))
        while at < end:
            kind = _KIND[chance.choices(job.kinds, self._weights[provider])[0]]
            minutes = _DENSE_MINUTES[kind.minutes] if dense else kind.minutes
            clash = next((span for span in kept if at < span[1] and span[0] < at + minutes), None)
            if clash is not None:
                at = clash[1]
            elif at + minutes > end:
                return
            elif chance.random() < fill:
                yield _wall(day, at), minutes, kind
                at += minutes
            else:
                at += step if chance.random() < 0.5 else minutes

    def _lunch(self, provider: int, day: date) -> Planned:
        start, end = self._jobs[provider].lunch
        created = datetime.combine(self._size.first_on, time(8))
        return Planned(
            provider, _wall(day, start), end - start, "", None, "booked", created, note="Lunch"
        )

    def _ended(
        self, provider: int, starts: datetime, minutes: int, kind: VisitKind, patient: int
    ) -> Planned:
        luck = self._chance.random()
        if luck < 0.86:
            return self._came(provider, starts, minutes, kind, patient)
        created = self._booked_before(starts, 14)
        if luck < 0.95:
            reason = self._chance.choice(CANCEL_REASONS)
            return Planned(
                provider, starts, minutes, kind.key, patient, "cancelled", created, reason=reason
            )
        return Planned(provider, starts, minutes, kind.key, patient, "no_show", created)

    def _came(
        self, provider: int, starts: datetime, minutes: int, kind: VisitKind, patient: int
    ) -> Planned:
        chance = self._chance
        arrived = starts - timedelta(minutes=chance.randrange(2, 16))
        roomed = max(arrived + _minutes(2), starts + _minutes(chance.randrange(-2, 11)))
        leaving = roomed + _minutes(max(5, int(minutes * (0.6 + 0.4 * chance.random()))))
        done = leaving + _minutes(chance.randrange(2, 8))
        newcomer = patient not in self._seen
        self._seen.add(patient)
        walk_in = chance.random() < 0.02
        created = arrived if walk_in else self._booked_before(starts, 14)
        return Planned(
            provider, starts, minutes, kind.key, patient, "done", created,
            "confirmed" if chance.random() < 0.5 else "unconfirmed",
            newcomer=newcomer, walk_in=walk_in,
            arrived=arrived, roomed=roomed, leaving=leaving, done=done,
        )  # fmt: skip

    # ---- people --------------------------------------------------------------------------------

    def known(self, day: date) -> int:
        """Return how many patients the clinic knows on a day; the later ones are newer."""
        size = self._size
        share = min(1.0, max(0.0, (day - size.first_on).days / self._days))
        return max(self._cast, int(size.patients * (0.62 + 0.38 * share)))

    def _somebody(self, day: date, taken: set[int]) -> int | None:
        known = self.known(day)
        crowd = known - self._cast
        if crowd <= 0:
            return None
        for _ in range(6):
            if self._chance.random() < 0.08:  # somebody who came lately
                patient = known - 1 - int(min(crowd, 60) * self._chance.random())
            else:
                patient = self._cast + int(crowd * self._chance.random() ** 1.5)
            if patient not in taken:
                taken.add(patient)
                return patient
        return None

    def _booked_before(self, starts: datetime, days: int, up_to: int = 17 * 60) -> datetime:
        lead = int(self._chance.expovariate(1 / days))
        day = max(starts.date() - (lead + 1) * _DAY, self._size.first_on - 30 * _DAY)
        return _wall(day, self._chance.randrange(8 * 60, max(8 * 60 + 1, up_to)))

    def _reserve(self) -> None:
        """Give the named people earlier visits, the last of which left open what they owe."""
        span = (self._size.until - self._size.first_on).days
        if span < 8:
            return
        used: set[tuple[date, int]] = set()
        for index in range(self._cast):
            member = MEMBERS[index]
            if member.newcomer:
                continue
            ages = sorted(self._chance.randrange(8, min(span, 700)) for _ in range(3))
            if member.owes is not None and member.owes[1] < span:
                ages = [age for age in ages if age > member.owes[1]] + [member.owes[1]]
            for age in ages:
                provider = self._chance.randrange(min(2, len(self._jobs)))
                day = self._size.until - age * _DAY
                while not working(day, self._closed):
                    day -= _DAY
                if day < self._size.first_on:
                    continue
                minute = next(
                    (
                        minute
                        for minute in range(600, 720, 15)
                        if all((day, provider * 10_000 + minute + d) not in used for d in (0, 15))
                    ),
                    None,
                )
                if minute is None:
                    continue
                used.add((day, provider * 10_000 + minute))
                self._reserved[day].append((provider, minute, "followup", index))
                if member.owes is not None and age == member.owes[1]:
                    self.owing[day, index] = member.owes[0]


def _as_of(whole: Planned, now: datetime) -> Planned:
    """Return a visit as it stood at an instant."""
    if whole.done is not None and whole.done <= now:
        return whole
    booking, leaving, roomed = "arrived", None, None
    if whole.leaving is not None and whole.leaving <= now:
        booking, leaving, roomed = "checkout", whole.leaving, whole.roomed
    elif whole.roomed is not None and whole.roomed <= now:
        booking, roomed = "in_room", whole.roomed
    return Planned(
        whole.provider, whole.starts, whole.minutes, whole.kind, whole.patient, booking,
        whole.created, whole.contact, newcomer=whole.newcomer, walk_in=whole.walk_in,
        arrived=whole.arrived, roomed=roomed, leaving=leaving,
    )  # fmt: skip


def _wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60))


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)
