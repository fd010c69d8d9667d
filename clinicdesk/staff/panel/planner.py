# SPDX-License-Identifier: Apache-2.0
"""What is done to a week: typed, cleared, filled, pasted, carried, copied, published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.staff.model import (
    NOTHING,
    OFF,
    UNPLANNED,
    WORK,
    CellWish,
    CopyWeek,
    DayPlan,
    HoursOverlap,
    NeedOfDay,
    NothingToCopy,
    NotHours,
    PlanDays,
    PublishWeek,
    SetNeeds,
    TakeBack,
    Vocabulary,
    apart,
    read,
)
from clinicdesk.staff.panel.bars import SummaryBar
from clinicdesk.staff.panel.grid import Carry, Place, RosterGrid
from clinicdesk.staff.panel.words import publishing_title, summary_lines, typed_vocabulary
from clinicdesk.staff.queries import DAYS, USUAL, Cell, RosterWeek, Summary
from clinicdesk.staff.service import Staff
from clinicdesk.wording.text import _

_NEED = re.compile(r"(\d{1,2})(?:\s+(\S.*))?")
_WEEK = timedelta(days=7)


class Planner(QObject):
    """Turns what the grid tells into commands.

    Attributes:
        went_on: the week shown shall be another: the Monday.
    """

    went_on = Signal(object)

    def __init__(self, room: Room, staff: Staff, grid: RosterGrid, parent: QWidget) -> None:
        super().__init__(parent)
        self._room, self._staff, self._grid = room, staff, grid
        self.bar = SummaryBar(room, _("Publish the week"), parent)
        self.bar.agreed.connect(self._publish)
        self._monday = date.min
        self._mending = False  # a reason is shown for what was typed
        self._pending: dict[tuple[int | None, date], tuple[int, ...]] = {}
        grid.rows.typed.connect(self._typed)
        grid.cleared.connect(self._cleared)
        grid.pasted.connect(self._pasted)
        grid.carried.connect(self._carried)
        grid.reverted.connect(self._mended)

    @property
    def week(self) -> RosterWeek | None:
        """The week shown."""
        return self._grid.rows.week

    def vocabulary(self) -> Vocabulary:
        """Return what may be typed now."""
        week = self.week
        own = week.vocabulary if week is not None else Vocabulary()
        return typed_vocabulary(own)

    def shown(self) -> None:
        """Other rows are shown: what was pending is in them."""
        self._pending.clear()

    # ── acts ─────────────────────────────────────────────────────────────────────────────────

    def fill(self) -> None:
        """Copy the first chosen day of each row over the rest; one alone to the day after."""
        chosen = self._grid.chosen()
        here = self._grid.here()
        if not chosen or here is None:
            self._fill_need()
            return
        wishes: list[CellWish] = []
        rows: dict[int, list[int]] = {}
        for row, column in chosen:
            rows.setdefault(row, []).append(column)
        for row, columns in rows.items():
            first, targets = columns[0], columns[1:]
            if not targets and first + 1 < DAYS:
                targets = [first + 1]
            source = self._grid.rows.cell(row, first)
            if source is not None:
                wishes += self._wishes([(row, column) for column in targets], source.plan)
        self._plan(wishes)
        if len(chosen) == 1 and here[1] + 1 < DAYS:
            self._grid.stand_on(here[0], here[1] + 1)

    def set_kind(self, kind: str) -> None:
        """Make the chosen days leave, sick, off or nothing."""
        self._plan(self._wishes(self._grid.chosen(), DayPlan(kind)))

    def copy_week(self, monday: date, *, again: bool = True) -> None:
        """Fill the week shown from the one before; with ``again`` the next if it is planned."""
        command = partial(self._staff.copy_week, CopyWeek(monday), self._room.actor)
        refused = partial(self._not_copied, monday, again=again)
        self._room.desk.carry_out(command, partial(self._copied, monday), refused, owner=self)

    def look_before_publishing(self, monday: date) -> None:
        """Show what publishing would mean."""
        self._monday = monday
        question = partial(self._staff.publishing, monday, self._room.actor)
        self._room.desk.ask(question, self._summarised, owner=self)

    def take_back(self) -> None:
        """Make the latest publishing of the week drafts again."""
        week = self.week
        if week is not None and week.publication_id is not None:
            command = TakeBack(week.publication_id)
            take_back = partial(self._staff.take_back, command, self._room.actor)
            self._room.desk.carry_out(take_back, owner=self)

    # ── what the grid tells ──────────────────────────────────────────────────────────────────

    def _typed(self, row: int, column: int, text: str) -> None:
        model = self._grid.rows
        cell = model.cell(row, column)
        try:
            if cell is None:
                self._need(row, (column,), text)
                return
            plan = read(text, self.vocabulary(), many=cell.staff_id is None)
        except Refusal as refusal:
            self._room.notices.refusal(refusal)
            self._mending = True
            self._grid.type_again(row, column, text)
            return
        self._mended()
        self._plan(self._wishes([(row, column)], plan), quiet=True)

    def _mended(self) -> None:
        """What was typed is right now, or was given up: its reason goes."""
        if self._mending:
            self._mending = False
            self._room.notices.clear_banners()

    def _cleared(self, places: Sequence[Place]) -> None:
        self._plan(self._wishes(places, UNPLANNED))

    def _pasted(self, text: str, here: Place) -> None:
        rows = [line.split("\t") for line in text.rstrip("\n").split("\n")]
        one = len(rows) == 1 and len(rows[0]) == 1
        wishes: list[CellWish] = []
        try:
            if one:
                for place in self._grid.chosen() or [here]:
                    wishes += self._wishes([place], self._read(place, rows[0][0]))
            else:
                for down, line in enumerate(rows):
                    for on, typed in enumerate(line):
                        place = (here[0] + down, here[1] + on)
                        if self._grid.rows.cell(*place) is not None:
                            wishes += self._wishes([place], self._read(place, typed))
        except Refusal as refusal:
            self._room.notices.refusal(refusal)
            return
        self._plan(wishes)

    def _carried(self, carry: Carry) -> None:
        """Move or copy a day; an open shift joins what is there, and so does one laid open."""
        model = self._grid.rows
        source, target = model.cell(*carry.source), model.cell(*carry.target)
        if source is None or target is None:
            return
        plan = source.plan
        if None in {source.staff_id, target.staff_id} and plan.works:
            kept = () if target.state == USUAL else target.plan.spans
            spans = tuple(sorted([*kept, *plan.spans]))
            if target.staff_id is not None:
                spans = tuple(replace(span, role="") for span in spans)
                try:
                    apart(spans)
                except HoursOverlap as refusal:
                    self._room.notices.refusal(refusal)
                    return
            plan = DayPlan(WORK, spans)
        elif target.staff_id is None:
            return
        wishes = self._wishes([carry.target], plan)
        if not carry.copy:
            empty = DayPlan(OFF) if source.state == USUAL else UNPLANNED
            wishes += self._wishes([carry.source], empty)
        self._plan(wishes)
        self._grid.stand_on(*carry.target)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _read(self, place: Place, text: str) -> DayPlan:
        cell = self._grid.rows.cell(*place)
        return read(text, self.vocabulary(), many=cell is not None and cell.staff_id is None)

    def _wishes(self, places: Iterable[Place], plan: DayPlan) -> list[CellWish]:
        wishes = []
        for place in places:
            cell = self._grid.rows.cell(*place)
            if cell is None or (cell.staff_id is None and plan.kind not in {WORK, NOTHING}):
                continue
            wishes.append(CellWish(cell.staff_id, cell.on, plan, self._seen(cell)))
        return wishes

    def _seen(self, cell: Cell) -> tuple[int, ...]:
        return self._pending.get((cell.staff_id, cell.on), cell.seen)

    def _plan(self, wishes: Sequence[CellWish], *, quiet: bool = False) -> None:
        if not wishes:
            return
        command = partial(self._staff.plan, PlanDays(tuple(wishes)), self._room.actor)
        self._room.desk.carry_out(command, self._planned, owner=self, quiet=quiet)

    def _planned(self, done: Done[Any]) -> None:
        for staff_id, day, ids in done.value:
            self._pending[staff_id, day] = ids

    def _fill_need(self) -> None:
        """Copy the need of the day at the cursor to the rest of the week."""
        index = self._grid.currentIndex()
        row, column = index.row(), index.column()
        cover = self._grid.rows.cover(row, column)
        if cover is not None and cover.need is not None:
            self._need(row, range(column + 1, min(DAYS, column + 2)), str(cover.need), like=column)
            self._grid.stand_on(row, min(DAYS - 1, column + 1))

    def _need(
        self, row: int, columns: Iterable[int], text: str, *, like: int | None = None
    ) -> None:
        """Set how many a role needs: ``2``, or ``2 8-18`` with the hours."""
        week, role = self.week, self._grid.rows.role(row)
        match = _NEED.fullmatch(text.strip() or "0")
        if week is None or not role:
            return
        if match is None:
            raise NotHours(text=text)
        days = []
        for column in columns:
            weekday = column if like is None else like
            kept = week.needs.get((role, weekday)) or next(
                (need for (other, _day), need in week.needs.items() if other == role), None
            )
            first, last = (kept.from_minute, kept.to_minute) if kept is not None else (540, 1020)
            if match.group(2):
                plan = read(match.group(2), Vocabulary())
                if len(plan.spans) != 1:
                    raise NotHours(text=text)
                first, last = plan.spans[0].from_minute, plan.spans[0].to_minute
            days.append(NeedOfDay(column, first, last, int(match.group(1))))
        command = partial(self._staff.set_needs, SetNeeds(role, tuple(days)), self._room.actor)
        self._room.desk.carry_out(command, owner=self)

    def _copied(self, monday: date, _done: Done[Any]) -> None:
        self.went_on.emit(monday)

    def _not_copied(self, monday: date, refusal: Refusal, *, again: bool) -> None:
        """The week is planned already: the next one is meant."""
        if again and isinstance(refusal, NothingToCopy):
            self.copy_week(monday + _WEEK, again=False)
        else:
            self._room.notices.refusal(refusal)

    def _summarised(self, summary: Summary) -> None:
        formats = self._room.formats
        self.bar.open_bar(
            publishing_title(summary, formats),
            summary_lines(summary, formats, new=False),
            _("Publish"),
            later=_("Keep as drafts"),
        )

    def _publish(self) -> None:
        command = partial(self._staff.publish, PublishWeek(self._monday), self._room.actor)
        self._room.desk.carry_out(command, self._published, self._refused, owner=self)

    def _published(self, _done: Done[int]) -> None:
        self.bar.close_bar()

    def _refused(self, refusal: Refusal) -> None:
        self.bar.close_bar()
        self._room.notices.refusal(refusal)
