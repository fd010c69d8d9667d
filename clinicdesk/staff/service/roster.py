# SPDX-License-Identifier: Apache-2.0
"""Planning a week: drafts, copying the week before, publishing, and the way back from each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import utc_minute
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.staff import queries
from clinicdesk.staff.model import (
    DRAFT,
    MAY_EDIT_STAFF,
    MAY_VIEW_STAFF,
    NOTHING,
    OFF,
    PUBLISHED,
    UNPLANNED,
    WORK,
    BookedSpan,
    CellWish,
    CopyWeek,
    DayPlan,
    HoursBackwards,
    NothingToCopy,
    NothingToPublish,
    PlanDays,
    PublishWeek,
    RosterWentOn,
    SetNeeds,
    TakeBack,
    Vocabulary,
    outside,
    write,
)
from clinicdesk.staff.queries import Cell, Cells, RosterWeek, Summary
from clinicdesk.staff.repository import RosterRepository
from clinicdesk.staff.service.members import MemberDesk
from clinicdesk.storage.records import Reading, Records, UnitOfWork
from clinicdesk.wording.text import N_, Term

Planned = tuple[tuple[int | None, date, tuple[int, ...]], ...]
Booked = Callable[[Reading, Actor, Sequence[int], int, int], tuple[BookedSpan, ...]]
PLANNED = N_("{who}, {day}: planned.")
PLANNED_MANY = N_("Planned: {count} days.")
COPIED = N_("Copied from the week before: {count} days, as drafts.")
OUT = N_("The roster from {day} is published. Appointments now outside the hours: {count}.")
IN_FORCE = N_("The roster from {day} is published.")
DRAFTS_AGAIN = N_("The roster from {day} is a draft again.")
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)


def _no_book(
    _reading: Reading, _actor: Actor, _who: Sequence[int], _first: int, _last: int
) -> tuple[BookedSpan, ...]:
    """Stand in for the book where there is none."""
    return ()


def _nobody(_reading: Reading, _actor: Actor) -> int | None:
    """Stand in for the users where there are none."""
    return None


class RosterDesk(MemberDesk):
    """Plans and publishes.

    Attributes:
        booked: tells appointments of some providers between two UTC minutes; the book sets it.
        who_is: tells who of the staff an actor is; the users' room sets it.
    """

    def __init__(self, records: Records) -> None:
        super().__init__(records)
        self.booked: Booked = _no_book
        self.who_is: Callable[[Reading, Actor], int | None] = _nobody

    # ── reading ──────────────────────────────────────────────────────────────────────────────

    def week(self, monday: date, actor: Actor) -> RosterWeek:
        """Return a week; drafts are shown to those who plan."""
        actor.require(MAY_VIEW_STAFF)
        with self._records.read() as reading:
            return queries.week(
                reading, monday, self.who_is(reading, actor), drafts=actor.may(MAY_EDIT_STAFF)
            )

    def publishing(self, monday: date, actor: Actor) -> Summary:
        """Tell what publishing a week would mean; changes nothing.

        Raises:
            NothingToPublish: there is no draft.
        """
        actor.require(MAY_EDIT_STAFF)
        with self._records.read() as reading:
            return self._summary(reading, monday, actor)

    # ── planning ─────────────────────────────────────────────────────────────────────────────

    def plan(self, command: PlanDays, actor: Actor) -> Done[Planned]:
        """Plan some days as drafts; ``value`` gives the shifts now there.

        Raises:
            StaleCopy: somebody planned one of the days since it was seen.
            NoSuchHours: the hours fall into the gap of a clock change.
        """
        actor.require(MAY_EDIT_STAFF)
        with self._records.write(actor, "staff.plan", command.key) as work:
            if work.earlier is not None:
                return Done(_kept(work.earlier), PLANNED_MANY, {"count": len(command.cells)})
            back, planned = self._plan_in(work, command.cells)
            names = {one.id: one.name for one in queries.members(work)}
            work.remember(_keep(planned))
        undo = partial(self.plan, PlanDays(back), actor)
        if len(command.cells) == 1:
            only = command.cells[0]
            who = Term(N_("Open shifts")) if only.staff_id is None else names.get(only.staff_id, "")
            return Done(planned, PLANNED, {"who": who, "day": only.on}, undo)
        return Done(planned, PLANNED_MANY, {"count": len(command.cells)}, undo)

    def copy_week(self, command: CopyWeek, actor: Actor) -> Done[Planned]:
        """Fill the unplanned days of a week, as drafts, from the week before.

        Leave and sickness are not copied: the usual hours of the day stand in. Planned and closed
        days stay as they are.

        Raises:
            NothingToCopy: every day is planned or closed, or there is nothing to fill it with.
        """
        actor.require(MAY_EDIT_STAFF)
        with self._records.write(actor, "staff.copy_week", command.key) as work:
            if work.earlier is not None:
                planned = _kept(work.earlier)
                return Done(planned, COPIED, {"count": len(planned)})
            wishes = tuple(_copied(work, command.monday))
            if not wishes:
                raise NothingToCopy
            back, planned = self._plan_in(work, wishes)
            work.remember(_keep(planned))
        undo = partial(self.plan, PlanDays(back), actor)
        return Done(planned, COPIED, {"count": len(planned)}, undo)

    def publish(self, command: PublishWeek, actor: Actor) -> Done[int]:
        """Put a week's drafts in force: they are the open hours of the book from now on.

        Raises:
            NothingToPublish: there is no draft.
        """
        actor.require(MAY_EDIT_STAFF)
        fields: dict[str, object] = {"day": command.monday}
        with self._records.write(actor, "staff.publish", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["id"], IN_FORCE, fields)
            summary = self._summary(work, command.monday, actor)
            found = _days_of(work, command.monday)
            repository = RosterRepository(work)
            number = repository.open_publication("week", command.monday, command.monday + 6 * _DAY)
            repository.publish(
                number, [place for place, cell in found.items() if cell.state == DRAFT]
            )
            after = {
                "from_on": command.monday,
                "days": summary.days,
                "shifts": summary.shifts,
                "minutes": summary.minutes,
                "outside": len(summary.outside),
            }
            work.record("roster", number, after=after)
            work.remember({"id": number})
        undo = partial(self.take_back, TakeBack(number), actor)
        if summary.outside:
            return Done(number, OUT, {**fields, "count": len(summary.outside)}, undo)
        return Done(number, IN_FORCE, fields, undo)

    def take_back(self, command: TakeBack, actor: Actor) -> Done[int]:
        """Make drafts again of what was published; what it replaced is in force again.

        Raises:
            RosterWentOn: one of the days was planned or published anew since.
        """
        actor.require(MAY_EDIT_STAFF)
        with self._records.write(actor, "staff.take_back", command.key) as work:
            found = queries.publication_of(work, command.publication_id)
            if found is None or found[0] != "week":
                raise RosterWentOn
            fields = {"day": found[1]}
            if work.earlier is not None:
                return Done(work.earlier["id"], DRAFTS_AGAIN, fields)
            if found[3]:
                raise RosterWentOn
            RosterRepository(work).take_back(command.publication_id, as_drafts=True)
            work.record("roster", command.publication_id, after={"from_on": found[1]})
            work.remember({"id": command.publication_id})
        undo = partial(self.publish, PublishWeek(found[1]), actor)
        return Done(command.publication_id, DRAFTS_AGAIN, fields, undo)

    def set_needs(self, command: SetNeeds, actor: Actor) -> Done[str]:
        """Set how many people of a role some weekdays need."""
        actor.require(MAY_EDIT_STAFF)
        for day in command.days:
            if day.people and not 0 <= day.from_minute < day.to_minute <= day.from_minute + 1440:
                raise HoursBackwards
        with self._records.write(actor, "staff.set_needs", command.key) as work:
            wording = N_("The need of {count} days is set.")
            fields = {"count": len(command.days)}
            if work.earlier is not None:
                return Done(command.role, wording, fields)
            before = queries.needs(work)
            RosterRepository(work).set_needs(command)
            work.record(
                "roster_need",
                None,
                before={
                    str(day.weekday): before[command.role, day.weekday].people
                    for day in command.days
                    if (command.role, day.weekday) in before
                },
                after={"role": command.role}
                | {str(day.weekday): day.people for day in command.days},
            )
            work.remember({"role": command.role})
        back = tuple(
            before.get((command.role, day.weekday), replace(day, people=0)) for day in command.days
        )
        undo = partial(self.set_needs, SetNeeds(command.role, back), actor)
        return Done(command.role, wording, fields, undo)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _plan_in(
        self, work: UnitOfWork, wishes: Sequence[CellWish]
    ) -> tuple[tuple[CellWish, ...], Planned]:
        """Write drafts; return the way back and what is there now."""
        repository = RosterRepository(work)
        vocabulary = Vocabulary(queries.room_names(work))
        by_place = {(wish.staff_id, wish.on): wish for wish in wishes}
        before = _cells_at(work, by_place)
        for place, wish in by_place.items():
            cell = before[place]
            stale = wish.seen is not None and set(wish.seen) != set(cell.seen)
            if stale or (wish.found is not None and wish.found != (cell.draft,)):
                raise StaleCopy
            repository.drop_drafts(place)
            in_force = cell.published or UNPLANNED
            if wish.plan is not None and wish.plan != in_force:
                repository.add(place, wish.plan, DRAFT)
            work.record(
                "staff_member" if wish.staff_id is not None else "shift",
                wish.staff_id,
                before={"plan": write(cell.plan, vocabulary)},
                after={"on": wish.on, "plan": write(wish.plan or in_force, vocabulary)},
            )
        after = _cells_at(work, by_place)
        back = tuple(
            CellWish(staff_id, day, cell.draft, found=(after[staff_id, day].draft,))
            for (staff_id, day), cell in before.items()
        )
        return back, tuple((who, day, cell.seen) for (who, day), cell in after.items())

    def _summary(self, reading: Reading, monday: date, actor: Actor) -> Summary:
        """Return what a week's drafts mean once they are in force."""
        seen = queries.week(reading, monday, None, drafts=True)
        found = _days_of(reading, monday)
        changed = [cell for cell in found.values() if cell.state == DRAFT]
        if not changed:
            raise NothingToPublish
        names = {row.person.id: row.person.name for row in seen.people}
        return Summary(
            monday,
            len(changed),
            sum(len(cell.spans) for cell in changed),
            len({cell.staff_id for cell in changed if cell.staff_id is not None}),
            sum(cell.minutes for cell in changed if cell.staff_id is not None),
            tuple(one for row in seen.covers for one in row.days if not one.holds),
            seen.clashes,
            self._outside(reading, actor, changed, names),
            names,
        )

    def _outside(
        self, reading: Reading, actor: Actor, changed: Iterable[Cell], names: dict[int, str]
    ) -> tuple[tuple[str, BookedSpan], ...]:
        """Return appointments of changed days that are not inside the hours they will have."""
        days = [cell for cell in changed if cell.staff_id is not None and not cell.closed]
        if not days:
            return ()
        first, last = min(cell.on for cell in days), max(cell.on for cell in days)
        begin, end = reading.zone.day_span(first)[0], reading.zone.day_span(last)[1]
        begin = max(begin, utc_minute(reading.now))
        who = sorted({cell.staff_id for cell in days if cell.staff_id is not None})
        if end <= begin:
            return ()
        hours = queries.cells(reading, who, first - _DAY, last)
        hours |= {(cell.staff_id, cell.on): cell for cell in days}
        places = {(cell.staff_id, cell.on) for cell in days}
        return tuple(
            (names.get(one.provider_id, ""), one)
            for one in self.booked(reading, actor, who, begin, end)
            if (one.provider_id, one.starts.date()) in places
            and outside(
                one.starts_min,
                one.ends_min,
                [
                    (span.from_min, span.to_min)
                    for day in (one.starts.date() - _DAY, one.starts.date())
                    if (one.provider_id, day) in hours
                    for span in hours[one.provider_id, day].spans
                ],
            )
        )


def _cells_at(reading: Reading, places: Iterable[tuple[int | None, date]]) -> Cells:
    """Return some days, in one reading of all between the first and the last."""
    wanted = list(places)
    if not wanted:
        return {}
    who = sorted({staff_id for staff_id, _day in wanted if staff_id is not None})
    days = [day for _who, day in wanted]
    found = queries.cells(reading, who, min(days), max(days))
    return {place: found[place] for place in wanted}


def _days_of(reading: Reading, monday: date) -> Cells:
    sunday = monday + 6 * _DAY
    who = [one.id for one in queries.people(reading, monday, sunday)]
    return queries.cells(reading, who, monday, sunday)


def _copied(reading: Reading, monday: date) -> Iterable[CellWish]:
    """Say what the unplanned days of a week would get from the week before."""
    here = _days_of(reading, monday)
    who = [staff_id for staff_id, day in here if staff_id is not None and day == monday]
    before = queries.cells(reading, who, monday - _WEEK, monday - _DAY)
    for (staff_id, day), cell in here.items():
        if cell.state in {DRAFT, PUBLISHED} or cell.closed:
            continue
        source = before[staff_id, day - _WEEK]
        plan: DayPlan | None = None
        if source.state in {DRAFT, PUBLISHED} and source.kind in {WORK, OFF}:
            plan = source.plan
        elif cell.spans:
            plan = cell.plan
        if plan is not None and plan.kind != NOTHING:
            yield CellWish(staff_id, day, plan)


def _keep(planned: Planned) -> dict[str, object]:
    return {"days": [[who, day.isoformat(), list(ids)] for who, day, ids in planned]}


def _kept(earlier: dict[str, object]) -> Planned:
    days = earlier["days"]
    if not isinstance(days, list):
        return ()
    return tuple((who, date.fromisoformat(day), tuple(ids)) for who, day, ids in days)
