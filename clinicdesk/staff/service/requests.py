# SPDX-License-Identifier: Apache-2.0
"""Asking for leave, swaps and open shifts; deciding, with what it would mean shown before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.staff import queries
from clinicdesk.staff.model import (
    APPROVED,
    ASK_LEAVE,
    ASK_SWAP,
    ASK_TAKE,
    ASKED,
    LEAVE,
    MAY_EDIT_STAFF,
    MAY_VIEW_STAFF,
    OFF,
    PUBLISHED,
    REFUSED,
    WITHDRAWN,
    WORK,
    AlreadyDecided,
    AskLeave,
    AskSwap,
    AskTake,
    DayPlan,
    DaysBackwards,
    Decide,
    NoShiftThere,
    NotOnStaff,
    NotYours,
    PlannedSpan,
    Reopen,
    Withdraw,
    apart,
)
from clinicdesk.staff.queries import Cell, Cells, CellSpan, RequestRow, Summary
from clinicdesk.staff.repository import RosterRepository
from clinicdesk.staff.service.people import week_of
from clinicdesk.staff.service.roster import RosterDesk
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.text import N_

_DAY = timedelta(days=1)
_LONGEST = 366
LEAVE_ASKED = N_("{name} asks for leave from {first} to {last}.")
SWAP_ASKED = N_("{name} asks to swap {first} with {other}.")
TAKE_ASKED = N_("{name} asks for the open shift of {first}.")
APPROVED_IT = N_("Approved: {name}, {first}.")
REFUSED_IT = N_("Refused: {name}, {first}.")
WITHDRAWN_IT = N_("Withdrawn: {name}, {first}.")
REOPENED = N_("Open again: {name}, {first}.")
Changed = Mapping[tuple[int | None, date], DayPlan]


class RequestDesk(RosterDesk):
    """Takes requests and decides them."""

    # ── asking ───────────────────────────────────────────────────────────────────────────────

    def ask_leave(self, command: AskLeave, actor: Actor) -> Done[int]:
        """Ask for leave; for somebody else only with the right to plan.

        Raises:
            DaysBackwards: the last day is before the first, or over a year later.
            NotYours: it is for somebody else.
        """
        if not timedelta() <= command.to_on - command.from_on <= _LONGEST * _DAY:
            raise DaysBackwards(field="to_on")
        values = {"to_on": command.to_on, "from_on": command.from_on}
        return self._ask(command, ASK_LEAVE, values, LEAVE_ASKED, actor)

    def ask_swap(self, command: AskSwap, actor: Actor) -> Done[int]:
        """Ask to exchange what two people do on a day, or on two.

        Raises:
            NoShiftThere: who asks does not work on the day.
        """
        values = {
            "from_on": command.on,
            "to_on": command.back_on or command.on,
            "other_id": command.other_id,
        }
        with self._records.read() as reading:
            mine = queries.cells(reading, (command.staff_id,), command.on, command.on, drafts=False)
        if not mine[command.staff_id, command.on].spans or command.other_id == command.staff_id:
            raise NoShiftThere(field="on", day=command.on)
        return self._ask(command, ASK_SWAP, values, SWAP_ASKED, actor)

    def ask_take(self, command: AskTake, actor: Actor) -> Done[int]:
        """Ask for an open shift.

        Raises:
            AlreadyDecided: it is no longer open.
        """
        with self._records.read() as reading:
            found = queries.open_shift(reading, command.shift_id)
        if found is None:
            raise AlreadyDecided
        values = {"from_on": found[0], "to_on": found[0], "shift_id": command.shift_id}
        return self._ask(command, ASK_TAKE, values, TAKE_ASKED, actor)

    def withdraw(self, command: Withdraw, actor: Actor) -> Done[int]:
        """Take a request back; one's own, or with the right to plan anybody's."""
        actor.require(MAY_VIEW_STAFF)
        with self._records.write(actor, "staff.withdraw", command.key) as work:
            asked = _request(work, command.request_id)
            self._require_own(work, asked.staff_id, actor)
            if work.earlier is None:
                version = command.version or asked.version
                RosterRepository(work).decide(asked.id, version, WITHDRAWN, staff_id=asked.staff_id)
                work.record("roster_request", asked.id, after={"state": WITHDRAWN})
                work.remember({"id": asked.id})
        undo = partial(self.reopen, Reopen(asked.id), actor)
        return Done(asked.id, WITHDRAWN_IT, _fields(asked), undo)

    # ── deciding ─────────────────────────────────────────────────────────────────────────────

    def effect(self, request_id: int, actor: Actor) -> Summary:
        """Tell what approving a request would mean: new holes, clashes, appointments outside."""
        actor.require(MAY_VIEW_STAFF)
        with self._records.read() as reading:
            asked = _request(reading, request_id)
            return self._effect(reading, asked, actor)

    def decide(self, command: Decide, actor: Actor) -> Done[int]:
        """Approve or refuse; what is approved is in force at once.

        Raises:
            AlreadyDecided: somebody else was first, or the open shift is gone.
        """
        actor.require(MAY_EDIT_STAFF)
        with self._records.write(actor, "staff.decide", command.key) as work:
            asked = _request(work, command.request_id)
            if work.earlier is None:
                state = APPROVED if command.approve else REFUSED
                number = self._put_in_force(work, asked) if command.approve else None
                RosterRepository(work).decide(
                    asked.id,
                    command.version or asked.version,
                    state,
                    staff_id=asked.staff_id,
                    words=command.note,
                    publication_id=number,
                )
                work.record(
                    "roster_request",
                    asked.id,
                    before={"state": asked.state},
                    after={"state": state, "publication_id": number},
                    reason=command.note or None,
                )
                work.remember({"id": asked.id})
        undo = partial(self.reopen, Reopen(asked.id), actor)
        wording = APPROVED_IT if command.approve else REFUSED_IT
        return Done(asked.id, wording, _fields(asked), undo)

    def reopen(self, command: Reopen, actor: Actor) -> Done[int]:
        """Make a decided or withdrawn request an open one; what it put in force goes.

        Raises:
            RosterWentOn: one of its days was planned anew since.
        """
        actor.require(MAY_VIEW_STAFF)
        with self._records.write(actor, "staff.reopen", command.key) as work:
            asked = _request(work, command.request_id)
            if asked.state != WITHDRAWN:
                actor.require(MAY_EDIT_STAFF)
            self._require_own(work, asked.staff_id, actor)
            if work.earlier is None:
                repository = RosterRepository(work)
                if asked.state == ASKED:
                    raise AlreadyDecided
                if asked.publication_id is not None:
                    repository.take_back(asked.publication_id, as_drafts=False)
                repository.reopen(asked.id, asked.version, staff_id=asked.staff_id)
                work.record(
                    "roster_request",
                    asked.id,
                    before={"state": asked.state},
                    after={"state": ASKED},
                )
                work.remember({"id": asked.id})
        return Done(asked.id, REOPENED, _fields(asked), self._again(asked, actor))

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _ask(
        self,
        command: AskLeave | AskSwap | AskTake,
        kind: str,
        values: dict[str, Any],
        wording: str,
        actor: Actor,
    ) -> Done[int]:
        actor.require(MAY_VIEW_STAFF)
        with self._records.write(actor, f"staff.ask_{kind}", command.key) as work:
            self._require_own(work, command.staff_id, actor)
            if work.earlier is None:
                number = RosterRepository(work).ask(
                    {"kind": kind, "staff_id": command.staff_id, "note": command.note, **values}
                )
                work.record("roster_request", number, after={"kind": kind, **values})
                work.remember({"id": number})
            else:
                number = int(work.earlier["id"])
            asked = _request(work, number)
        undo = partial(self.withdraw, Withdraw(number, None), actor)
        return Done(number, wording, _fields(asked), undo)

    def _again(self, asked: RequestRow, actor: Actor) -> Any:
        """Return what would do again what reopening undid."""
        if asked.state == WITHDRAWN:
            return partial(self.withdraw, Withdraw(asked.id, None), actor)
        approve = asked.state == APPROVED
        return partial(self.decide, Decide(asked.id, None, approve), actor)

    def _require_own(self, reading: Reading, staff_id: int, actor: Actor) -> None:
        if actor.may(MAY_EDIT_STAFF):
            return
        own = self.who_is(reading, actor)
        if own is None:
            raise NotOnStaff
        if own != staff_id:
            raise NotYours

    def _put_in_force(self, work: UnitOfWork, asked: RequestRow) -> int:
        """Publish what was asked for; return the publishing's number."""
        repository = RosterRepository(work)
        changed = _changed(work, asked)
        days = [day for _who, day in changed]
        number = repository.open_publication(asked.kind, min(days), max(days))
        for place, plan in changed.items():
            repository.displace(number, place)
            repository.add(place, plan, PUBLISHED, number)
        if asked.shift_id is not None:
            repository.give_away(number, asked.shift_id, asked.from_on)
        return number

    def _effect(self, reading: Reading, asked: RequestRow, actor: Actor) -> Summary:
        changed = _changed(reading, asked)
        first, last = min(day for _w, day in changed), max(day for _w, day in changed)
        monday = week_of(first)
        folk = queries.people(reading, first, last)
        names = {one.id: one.name for one in folk}
        before = queries.cells(reading, list(names), first - _DAY, last + _DAY)
        cells = {place: _as_cell(reading, before[place], plan) for place, plan in changed.items()}
        after: Cells = {**before, **cells}
        days = sorted({day for _who, day in changed})
        wanted = queries.needs(reading)
        old = {
            (one.role, one.on): one
            for row in queries.covers(reading, folk, before, days, wanted)
            for one in row.days
        }
        holes = tuple(
            one
            for row in queries.covers(reading, folk, after, days, wanted)
            for one in row.days
            if not one.holds and one != old[one.role, one.on]
        )
        known = set(queries.clashes_of(folk, before, days))
        new = tuple(one for one in queries.clashes_of(folk, after, days) if one not in known)
        lost = [before[place] for place in changed if before[place].spans]
        return Summary(
            monday,
            len(changed),
            len(lost),
            len({who for who, _day in changed}),
            sum(cell.minutes for cell in lost),
            holes,
            new,
            self._outside(reading, actor, cells.values(), names),
            names,
        )


def _request(reading: Reading, number: int) -> RequestRow:
    found = queries.requests(reading, number=number)
    if not found:
        raise AlreadyDecided
    return found[0]


def _fields(asked: RequestRow) -> dict[str, object]:
    return {
        "name": asked.name,
        "first": asked.from_on,
        "last": asked.to_on,
        "other": asked.other,
    }


def _changed(reading: Reading, asked: RequestRow) -> Changed:
    """Return what days become if a request is approved."""
    if asked.kind == ASK_LEAVE:
        length = (asked.to_on - asked.from_on).days + 1
        return {(asked.staff_id, asked.from_on + n * _DAY): DayPlan(LEAVE) for n in range(length)}
    if asked.kind == ASK_SWAP and asked.other_id is not None:
        return _swapped(reading, asked.staff_id, asked.other_id, {asked.from_on, asked.to_on})
    found = None if asked.shift_id is None else queries.open_shift(reading, asked.shift_id)
    if found is None:
        raise AlreadyDecided
    day, span = found
    own = queries.cells(reading, (asked.staff_id,), day, day, drafts=False)[asked.staff_id, day]
    spans = sorted([*own.plan.spans, PlannedSpan(span.from_minute, span.to_minute, span.room_id)])
    apart(spans)
    return {(asked.staff_id, day): DayPlan(WORK, tuple(spans))}


def _swapped(reading: Reading, one: int, other: int, days: Iterable[date]) -> Changed:
    """Return what two people do on some days if each does the other's work."""
    changed: dict[tuple[int | None, date], DayPlan] = {}
    for day in days:
        found = queries.cells(reading, (one, other), day, day, drafts=False)
        for mine, theirs in ((one, other), (other, one)):
            plan = found[theirs, day].plan
            changed[mine, day] = plan if plan.works else DayPlan(OFF)
    return changed


def _as_cell(reading: Reading, cell: Cell, plan: DayPlan) -> Cell:
    """Return a day as it would be with another plan."""
    spans = tuple(
        CellSpan(
            0,
            span.from_minute,
            span.to_minute,
            *queries.span_minutes(reading, cell.on, span),
            span.room_id,
        )
        for span in plan.spans
    )
    return replace(cell, kind=plan.kind, spans=spans, state=PUBLISHED)
