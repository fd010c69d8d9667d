# SPDX-License-Identifier: Apache-2.0
"""Makes the demo clinic: sets it up, plays the years, then the morning of the opening day.

Everything is decided by the seed. While it writes, the clinic's clock goes with the story, so
every row carries the instant it would have had; afterwards the clock is put back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Protocol

from clinicdesk.access.service import Access
from clinicdesk.billing.service.departments import Departments
from clinicdesk.closing.service import Closing
from clinicdesk.demo.bookkeeping import Books, Hands
from clinicdesk.demo.costs import Costs
from clinicdesk.demo.history import Book, Planned, Size
from clinicdesk.demo.money import Till
from clinicdesk.demo.names import Naming
from clinicdesk.demo.pen import Pen
from clinicdesk.demo.people import crowd
from clinicdesk.demo.registering import register
from clinicdesk.demo.rostering import (
    COLLEAGUES,
    roster_rows,
    settle_needs,
    settle_requests,
    write_roster,
)
from clinicdesk.demo.settling import (
    closed_days,
    jobs_for,
    settle_fees,
    settle_staff,
    settle_types,
    settle_users,
    weekend_shifts,
)
from clinicdesk.demo.shelves import Shelves
from clinicdesk.demo.today import Staff as Hand
from clinicdesk.demo.today import Today
from clinicdesk.demo.years import House, Years, now_of
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import FixedClock, Month
from clinicdesk.spending.service import Spending
from clinicdesk.stock.service import Stock
from clinicdesk.storage.records import Records

DEMO_USER = "owner"
DEMO_PASSWORD = "demo-clinic-demo"  # noqa: S105 -- printed in the README, for invented people
_DAY = timedelta(days=1)
_KNOWN_AT_FIRST = 0.62
_FLOAT = 100  # whole units that stay in the drawer
_CHARTS_BEFORE = 10_000  # charts of the years on paper
Progress = Callable[[int, int, str], None]


class OpenedClinic(Departments, Protocol):
    """The departments, with what the clinic spends and who is let in."""

    @property
    def access(self) -> Access | None: ...
    @property
    def spending(self) -> Spending: ...
    @property
    def closing(self) -> Closing: ...
    @property
    def actor(self) -> Actor: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """How big the demo shall be."""

    years: int
    patients: int
    providers: int
    seed: int
    until: date

    def chance(self, purpose: str) -> Random:
        """Return chance of its own for a purpose, the same for the same seed."""
        return Random(f"{self.seed}:{purpose}")

    @property
    def first_on(self) -> date:
        """The first day of the clinic's history."""
        year = self.until.year - self.years
        try:
            return self.until.replace(year=year)
        except ValueError:  # 29 February
            return self.until.replace(year=year, day=28)

    @property
    def size(self) -> Size:
        """How full the days are: from one and a half visits a patient and year."""
        days = max(1, self.years) * 252 * max(1, self.providers)
        per_day = 1.5 * self.patients * max(1, self.years) / days
        return Size(self.first_on, self.until, self.patients, min(40.0, max(11.0, per_day)))


def make_demo(
    clinic: OpenedClinic,
    *,
    years: int,
    patients: int,
    providers: int,
    seed: int,
    until: date,
    progress: Progress = lambda _done, _total, _words: None,
    one_by_one: bool = False,
) -> None:
    """Fill an empty clinic; no patients and no years leave it empty.

    Args:
        clinic: just made, with its chart of accounts, roles and owner.
        years: of history before ``until``.
        patients: how many people; the first ones are those of the opening day.
        providers: how many columns the book has.
        seed: decides everything.
        until: the day whose morning is half over.
        progress: told (done, total, words).
        one_by_one: give each command a transaction of its own; slow, the same rows.
    """
    if patients == 0 and years == 0:
        return
    wish = Wish(years, patients, max(1, providers), seed, until)
    with _story_clock(clinic.records, wish) as clock:
        pen = Pen(clinic.records, clinic.actor, one_by_one=one_by_one)
        _Making(clinic, wish, clock, pen, progress).make()


class _Making:
    """One run."""

    def __init__(
        self, clinic: OpenedClinic, wish: Wish, clock: FixedClock, pen: Pen, progress: Progress
    ) -> None:
        self._pen = pen
        self._clinic = clinic
        self._wish = wish
        self._clock = clock
        self._progress = progress
        self._zone = clinic.records.profile.zone
        self._unit: int = 10**clinic.records.profile.currency.decimals
        self._others: list[int] = []
        self._done = 0
        self._total = 12 * wish.years + 6

    def make(self) -> None:
        clinic, wish, size = self._clinic, self._wish, self._wish.size
        jobs = jobs_for(wish.providers, Naming(wish.chance("jobs")))
        closures = closed_days(
            clinic.staff,
            clinic.records.profile.country,
            size.first_on,
            size.until + 365 * _DAY,
            size.until,
        )
        closed = frozenset(
            day
            for one in closures
            for day in (one.from_on + n * _DAY for n in range((one.to_on - one.from_on).days + 1))
        )
        with clinic.records.write(clinic.actor, "demo.settle") as work:
            providers, rooms, others = settle_staff(work, clinic.staff, jobs, size)
            for closure in closures:
                clinic.staff.close_in(work, closure)
            if size.until.weekday() > 4:
                clinic.staff.add_shifts_in(
                    work, weekend_shifts(self._zone, providers, jobs, size.until)
                )
            rows = roster_rows(
                self._zone,
                dict(zip(providers, jobs, strict=True)),
                dict(zip(others, COLLEAGUES, strict=True)),
                closed,
                size,
            )
            write_roster(work, clinic.staff, rows)
            self._others = others
            clinic.ledger.next_numbers(work, "chart", _CHARTS_BEFORE)
        settle_needs(clinic.staff, clinic.actor)
        types = settle_types(clinic.schedule, clinic.actor)
        settle_fees(clinic.billing, size.first_on, self._unit, clinic.actor)
        actors = settle_users(clinic.access, DEMO_PASSWORD, providers, others, clinic.actor)
        self._step("Setting up")

        folk = crowd(wish.chance("people"), wish.patients, size.first_on, size.until, self._joins)
        with self._pen.stretch("demo.register"):
            country = clinic.records.profile.country
            payers = register(self._pen, clinic.patients, folk, self._zone, country)
        self._step("Patients")

        house = House(tuple(providers), tuple(rooms), types, payers, [one.insurer for one in folk])
        hands = Hands(actors["receptionist"].user_id, actors["biller"].user_id)
        books = Books(clinic.ledger, self._zone, hands)
        till = Till(wish.chance("money"), self._unit, now_of(size.until), closed, sparse=size.dense)
        book = Book(wish.chance("book"), size, jobs, closed)
        years = Years(clinic.schedule, books, till, book, house, self._zone)
        self._shelves = Shelves(
            Stock(clinic.records, clinic.ledger),
            clinic.ledger,
            self._zone,
            chance=wish.chance("stock"),
            share=wish.providers,
            unit=self._unit,
        )
        self._costs = Costs(
            clinic.spending, wish.chance("costs"), share=wish.providers, unit=self._unit
        )
        with self._pen.stretch("demo.stock"):
            self._shelves.set_up(self._pen, size.first_on, types)
        self._play_years(years, book)
        with self._pen.stretch("demo.stock"):
            self._shelves.finish(self._pen, wish.until)
        with self._pen.stretch("demo.costs"):
            self._costs.leave_waiting(self._pen, wish.until)
        self._costs.plan(wish.until.year, clinic.actor)
        self._step("Supplies")
        self._play_today(years, book, house, actors)

    def _play_years(self, years: Years, book: Book) -> None:
        month: Month | None = None
        waiting: list[Planned] = []
        last = self._wish.first_on
        for day, planned in book.past():
            if month is not None and Month.of(day) != month:
                self._write_month(years, waiting, last)
                waiting = []
            month, last = Month.of(day), day
            waiting += planned
        self._write_month(years, waiting, self._wish.until - _DAY)

    def _write_month(self, years: Years, planned: list[Planned], last: date) -> None:
        self._clock.instant = self._at(last, time(19, 30))
        with self._pen.stretch("demo.month"):
            years.write(self._pen, planned, last)
        with self._pen.stretch("demo.stock"):
            self._shelves.play(self._pen, last)
        with self._pen.stretch("demo.costs"):
            first = max(last.replace(day=1), self._wish.first_on)
            self._costs.play(self._pen, first, last)
        with self._pen.stretch("demo.deposit"), self._pen.command() as work:
            key = f"demo:deposit:{last}"
            self._clinic.closing.deposit_in(work, last, _FLOAT * self._unit, key)
        self._step(f"{last:%Y-%m}")

    def _play_today(self, years: Years, book: Book, house: House, actors: dict[str, Actor]) -> None:
        clinic, wish = self._clinic, self._wish
        self._clock.instant = self._at(wish.until - _DAY, time(19, 50))
        with self._pen.stretch("demo.ahead"):
            years.write(self._pen, book.ahead(), wish.until - _DAY)
            for provider in range(4, wish.providers):
                years.write(self._pen, book.today(provider), wish.until - _DAY)
        settle_requests(
            clinic.staff,
            house.providers,
            (self._others[0], self._others[2]),
            wish.until,
            clinic.actor,
        )
        self._step("Coming weeks")
        today = Today(
            clinic.records,
            clinic.schedule,
            clinic.billing,
            clinic.patients,
            house=house,
            staff=Hand(actors["receptionist"], actors["clinician"]),
            clock=self._clock,
            unit=self._unit,
        )
        today.play(years, wish.until, wish.providers, wish.patients)
        self._clock.instant = self._zone.instant(now_of(wish.until))
        self._step("Today")

    def _joins(self, index: int) -> date:
        """Return the first day on which ``Book.known`` counts a patient."""
        share = (index + 1) / max(1, self._wish.patients)
        if share <= _KNOWN_AT_FIRST:
            return self._wish.first_on
        span = (self._wish.until - self._wish.first_on).days
        return (
            self._wish.first_on
            + int(span * (share - _KNOWN_AT_FIRST) / (1 - _KNOWN_AT_FIRST)) * _DAY
        )

    def _at(self, day: date, wall: time) -> datetime:
        return self._zone.instant(datetime.combine(day, wall))

    def _step(self, words: str) -> None:
        self._done = min(self._done + 1, self._total)
        self._progress(self._done, self._total, words)


@contextmanager
def _story_clock(records: Records, wish: Wish) -> Iterator[FixedClock]:
    """Let the clinic's clock stand at the beginning of the story; put it back afterwards."""
    kept = records.clock
    start = datetime.combine(wish.first_on, time(7, 30))
    clock = kept if isinstance(kept, FixedClock) else FixedClock(kept.now())
    clock.instant = records.profile.zone.instant(start)
    records.clock = clock
    try:
        yield clock
    finally:
        records.clock = kept
