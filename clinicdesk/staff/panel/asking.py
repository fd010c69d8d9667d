# SPDX-License-Identifier: Apache-2.0
"""Asking and deciding: the bars for leave and swaps, and what an approval would mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.staff.model import (
    MAY_EDIT_STAFF,
    AskLeave,
    AskSwap,
    AskTake,
    Decide,
    NotOnStaff,
    Withdraw,
)
from clinicdesk.staff.panel.bars import LeaveBar, SummaryBar, SwapBar
from clinicdesk.staff.panel.grid import RosterGrid
from clinicdesk.staff.panel.words import request_words, span_lines, summary_lines
from clinicdesk.staff.queries import Cell, RequestRow, RosterWeek, Summary
from clinicdesk.staff.service import Staff
from clinicdesk.wording.text import N_, _


class Asking(QObject):
    """What is asked for and answered."""

    def __init__(self, room: Room, staff: Staff, grid: RosterGrid, parent: QWidget) -> None:
        super().__init__(parent)
        self._room, self._staff, self._grid = room, staff, grid
        self.leave = LeaveBar(room, self._today, parent)
        self.swap = SwapBar(room, parent)
        self.decision = SummaryBar(room, _("Answer a request"), parent)
        self._request: RequestRow | None = None
        self._own: Cell | None = None
        self.leave.wanted.connect(self._ask_leave)
        self.swap.wanted.connect(self._ask_swap)
        self.decision.agreed.connect(partial(self._decide, approve=True))
        self.decision.declined.connect(partial(self._decide, approve=False))

    @property
    def may_decide(self) -> bool:
        """Whether this person answers requests."""
        return self._room.actor.may(MAY_EDIT_STAFF)

    # ── asking ───────────────────────────────────────────────────────────────────────────────

    def open_leave(self) -> None:
        """Ask for leave; the days begin where the cursor is."""
        week = self._grid.rows.week
        if week is None or not self._on_staff(week):
            return
        people = [
            (row.person.id, row.person.name)
            for row in week.people
            if self.may_decide or row.person.id == week.own_id
        ]
        cell = self._cell()
        who = week.own_id or people[0][0]
        if cell is not None and cell.staff_id is not None and self.may_decide:
            who = cell.staff_id
        first = cell.on if cell is not None else week.monday
        self.leave.open_bar(people, who, first)

    def open_swap(self) -> None:
        """Ask to swap the shift at the cursor, or one's own of that day."""
        week = self._grid.rows.week
        if week is None or not self._on_staff(week):
            return
        cell = self._cell()
        if cell is None or not cell.spans or (not self.may_decide and cell.staff_id != week.own_id):
            cell = self._own_shift(week, cell)
        if cell is None or cell.staff_id is None:
            self._room.notices.refusal(Refusal(N_("Choose the shift to swap first.")))
            return
        self._own = cell
        mine = next(row for row in week.people if row.person.id == cell.staff_id)
        others = sorted(
            (row for row in week.people if row.person.id != cell.staff_id),
            key=lambda row: (
                row.person.role != mine.person.role,
                bool(row.cells[cell.on.weekday()].spans),
            ),
        )
        formats = self._room.formats
        hours = ", ".join(span_lines(cell, week.vocabulary, formats))
        whose = f"{mine.person.name}, {formats.day(cell.on, 'weekday')}, {hours}"
        people = [(row.person.id, row.person.name) for row in others]
        self.swap.open_bar(whose, people, partial(self._days, week, cell))

    def take(self) -> None:
        """Ask for the open shift at the cursor."""
        week, cell = self._grid.rows.week, self._cell()
        if week is None or not self._on_staff(week):
            return
        if cell is None or cell.staff_id is not None or not cell.spans:
            self._room.notices.refusal(Refusal(N_("Choose an open shift first.")))
            return
        if cell.state == "draft":
            self._room.notices.refusal(Refusal(N_("This open shift is not published yet.")))
            return
        if week.own_id is None:
            self._room.notices.refusal(NotOnStaff())
            return
        command = AskTake(week.own_id, cell.spans[0].shift_id)
        self._room.desk.carry_out(
            partial(self._staff.ask_take, command, self._room.actor), owner=self
        )

    # ── answering ────────────────────────────────────────────────────────────────────────────

    def answer(self, request: RequestRow, verb: str) -> None:
        """Show what approving means, refuse, or withdraw."""
        if verb == "withdraw":
            command = Withdraw(request.id, request.version)
            self._room.desk.carry_out(
                partial(self._staff.withdraw, command, self._room.actor), owner=self
            )
            return
        self._request = request
        if verb == "refuse":
            self._decide(approve=False)
            return
        question = partial(self._staff.effect, request.id, self._room.actor)
        self._room.desk.ask(question, self._known, owner=self)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _known(self, summary: Summary) -> None:
        request, formats = self._request, self._room.formats
        if request is None:
            return
        title = f"{request.name}: {request_words(request, formats)}"
        if request.note:
            title += f" · {request.note}"
        lines = summary_lines(summary, formats, new=True)
        if self.may_decide:
            self.decision.open_bar(title, lines, _("Approve"), _("Refuse"), _("Later"))
        else:
            self.decision.open_bar(title, lines, "", "", _("Close"))
            self.decision.later.setFocus()

    def _decide(self, *, approve: bool) -> None:
        request = self._request
        if request is None or not self.may_decide:
            return
        command = Decide(request.id, request.version, approve)
        decide = partial(self._staff.decide, command, self._room.actor)
        self._room.desk.carry_out(decide, self._decided, self._refused, owner=self)

    def _decided(self, _done: Done[int]) -> None:
        self.decision.close_bar()

    def _refused(self, refusal: Refusal) -> None:
        self.decision.close_bar()
        self._room.notices.refusal(refusal)

    def _ask_leave(self, who: int, first: date, last: date, note: str) -> None:
        command = AskLeave(who, first, last, note)
        self._room.desk.carry_out(
            partial(self._staff.ask_leave, command, self._room.actor),
            self._asked_leave,
            self._leave_refused,
            owner=self,
        )

    def _asked_leave(self, _done: Done[int]) -> None:
        self.leave.close_bar()

    def _leave_refused(self, refusal: Refusal) -> None:
        self.leave.show_problem(self._room.formats.refusal(refusal))

    def _ask_swap(self, other: int, back: date | None, note: str) -> None:
        own = self._own
        if own is None or own.staff_id is None:
            return
        command = AskSwap(own.staff_id, own.on, other, back, note)
        self._room.desk.carry_out(
            partial(self._staff.ask_swap, command, self._room.actor),
            self._asked_swap,
            owner=self,
        )

    def _asked_swap(self, _done: Done[int]) -> None:
        self.swap.close_bar()

    def _days(self, week: RosterWeek, own: Cell, other: int) -> Sequence[tuple[date | None, str]]:
        """Offer the other's working days in return: first nothing, then those one is free on."""
        formats = self._room.formats
        theirs = next(row for row in week.people if row.person.id == other)
        mine = next(row for row in week.people if row.person.id == own.staff_id)
        days: list[tuple[date | None, str]] = [(None, _("nothing in return"))]
        since = self._today()
        offered = [
            cell for cell in theirs.cells if cell.spans and cell.on != own.on and cell.on >= since
        ]
        offered.sort(key=lambda cell: bool(mine.cells[cell.on.weekday()].spans))
        for cell in offered:
            hours = ", ".join(span_lines(cell, week.vocabulary, formats))
            days.append((cell.on, f"{formats.day(cell.on, 'weekday')}, {hours}"))
        return days

    def _own_shift(self, week: RosterWeek, cell: Cell | None) -> Cell | None:
        """Return one's own shift of the day of the cursor, else the next of the week."""
        row = next((row for row in week.people if row.person.id == week.own_id), None)
        if row is None:
            return None
        shifts = [one for one in row.cells if one.spans]
        since = cell.on if cell is not None else self._today()
        return next((one for one in shifts if one.on >= since), shifts[0] if shifts else None)

    def _on_staff(self, week: RosterWeek) -> bool:
        if not week.people:
            return False
        if week.own_id is None and not self.may_decide:
            self._room.notices.refusal(NotOnStaff())
            return False
        return True

    def _cell(self) -> Cell | None:
        here = self._grid.here()
        return None if here is None else self._grid.rows.cell(*here)

    def _today(self) -> date:
        return self._room.formats.zone.day(self._room.clock.now())
