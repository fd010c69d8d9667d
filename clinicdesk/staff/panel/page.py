# SPDX-License-Identifier: Apache-2.0
"""The roster's page: the week's grid with its bars and requests, and the staff as a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.top_bar import BEFORE_TITLE, TitleForm
from clinicdesk.kernel.changes import Topic
from clinicdesk.staff.model import MAY_EDIT_STAFF, STAFF
from clinicdesk.staff.panel.asking import Asking
from clinicdesk.staff.panel.day_menu import open_menu
from clinicdesk.staff.panel.grid import RosterGrid
from clinicdesk.staff.panel.inbox import Inbox
from clinicdesk.staff.panel.paper import RosterPaper
from clinicdesk.staff.panel.people_list import PeopleList
from clinicdesk.staff.panel.planner import Planner
from clinicdesk.staff.panel.words import span_of_days
from clinicdesk.staff.queries import RosterWeek
from clinicdesk.staff.service import Staff, week_of
from clinicdesk.wording.text import _

_WEEK = timedelta(days=7)
WEEK, PEOPLE = "week", "people"
SMALL = 640  # units of height


class RosterPanel(Panel[Any]):
    """Everybody's week.

    Attributes:
        monday: of the week shown.
        mode: ``week`` or ``people``.
    """

    shows: ClassVar[frozenset[Topic]] = frozenset({STAFF})

    def __init__(self, room: Room, staff: Staff) -> None:
        super().__init__(room)
        self._staff = staff
        self.may_edit = room.actor.may(MAY_EDIT_STAFF)
        self.monday = week_of(self._today())
        self.mode = WEEK
        self._wants_requests = False
        self.grid = RosterGrid(room, may_edit=self.may_edit, parent=self)
        self.planner = Planner(room, staff, self.grid, self)
        self.asking = Asking(room, staff, self.grid, self)
        self.inbox = Inbox(room, may_decide=self.may_edit, parent=self)
        self.people = PeopleList(room, staff, self)
        self._paper = RosterPaper(room, staff, self)
        self.bars = (
            self.planner.bar, self.asking.decision, self.asking.leave, self.asking.swap,
        )  # fmt: skip
        for bar in self.bars:
            self.body.addWidget(bar)
            bar.closed.connect(self._back_to_grid)
        self.body.addWidget(self._tools())
        self._views = QStackedWidget(self)
        self._views.addWidget(self.grid)
        self._views.addWidget(self.people)
        self.body.addWidget(self._views, 1)
        self.detail = plain_label("", muted=True)
        self._foot = QWidget(self)
        foot = QVBoxLayout(self._foot)
        px = room.theme.px
        foot.setContentsMargins(px(12), px(4), px(12), px(6))
        foot.addWidget(self.detail)
        self.body.addWidget(self._foot)
        self.body.addWidget(self.inbox)
        # Tab as the eye goes: the tools stand above the grid but were made after it.
        tools = (*self._week_buttons, self._add)
        for before, after in pairwise((*tools, self.grid, self.inbox.table)):
            self.setTabOrder(before, after)
        self._top = self._controls()
        self._connect()
        self._show_mode()

    # ── what the panel says ──────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], Any]:
        """Ask for the week, or for the list of people."""
        if self.mode == PEOPLE:
            return partial(self._staff.members, self.room.actor)
        return partial(self._staff.week, self.monday, self.room.actor)

    def show_answer(self, answer: Any) -> None:
        """Show the week or the people."""
        if not isinstance(answer, RosterWeek):
            self.people.show_people(answer)
            self._count.setText("")
            return
        if not answer.people:
            words = _("Nobody is on the staff yet.")
            add = partial(self.perform, "roster.add")
            self.show_empty(
                words, _("Add a staff member") if self.may_edit else "", add, icon="users"
            )
            return
        self.grid.rows.show_week(answer, self._today())
        self.planner.shown()
        self.inbox.show_requests(answer.requests)
        self.badge_changed.emit(len(answer.requests) if self.may_edit else 0)
        self._count.setText(self._counts(answer))
        self._publish.setEnabled(bool(answer.drafts))
        self._stood()
        self.abilities_changed.emit()
        if self._wants_requests:
            self._wants_requests = False
            self._go_to_requests()

    def titles(self) -> tuple[TitleForm, ...]:
        """Return which week it is."""
        if self.mode == PEOPLE:
            return (TitleForm(_("Staff members")),)
        formats, last = self.room.formats, self.monday + _WEEK - timedelta(days=1)
        number = formats.number(self.monday.isocalendar().week)
        span = span_of_days(self.monday, last, formats)
        brief = f"{formats.day(self.monday, 'day_month')} – {formats.day(last, 'day_month')}"
        long = _("Week {n} · {span}").format(n=number, span=span)
        return TitleForm(long), TitleForm(brief)

    def top_widgets(self) -> tuple[QWidget, ...]:
        """Return this week, earlier, later, and the two views."""
        return self._top

    def focus_first(self) -> None:
        """Go to the grid, or the list."""
        shown = self.grid if self.mode == WEEK else self.people.table
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def perform(self, action_id: str) -> None:
        """Carry out an action of the roster."""
        acts: dict[str, Callable[[], None]] = {
            "roster.this_week": partial(self.go, week_of(self._today())),
            "roster.earlier": partial(self.step, -1),
            "roster.later": partial(self.step, 1),
            "roster.copy_week": partial(self.planner.copy_week, self.monday),
            "roster.publish": partial(self.planner.look_before_publishing, self.monday),
            "roster.take_back": self.planner.take_back,
            "roster.fill": self.planner.fill,
            "roster.ask_leave": self._soon(self.asking.open_leave),
            "roster.swap": self._soon(self.asking.open_swap),
            "roster.take": self.asking.take,
            "roster.requests": self._go_to_requests,
            "roster.people": partial(self.set_mode, PEOPLE),
            "roster.add": partial(self._add_member),
            "roster.print": partial(self._paper.show_week, self.monday),
            "roster.my_week": partial(self._paper.show_mine, self.monday),
        }
        if action_id not in {"roster.people", "roster.add"}:
            self.set_mode(WEEK)
        acts[action_id]()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the coverage on a small screen."""
        super().resizeEvent(event)
        small = self.height() < self.room.theme.px(SMALL)
        self.grid.set_compact(compact=small)
        self.inbox.set_brief(brief=small)

    def why_not(self, action_id: str) -> str:
        """Say why nothing can be taken back."""
        week = self.grid.rows.week
        if action_id == "roster.take_back" and week is not None and week.publication_id is None:
            return _("This week was not published here.")
        return ""

    def forget(self) -> None:
        """Drop the patients a question names."""
        super().forget()
        for bar in self.bars:
            bar.forget()

    # ── going about ──────────────────────────────────────────────────────────────────────────

    def go(self, monday: date) -> None:
        """Show a week."""
        if monday != self.monday:
            self.monday = monday
            for bar in self.bars:
                bar.hide()
            self.title_changed.emit()
        self.refresh()

    def step(self, weeks: int) -> None:
        """Show another week."""
        self.set_mode(WEEK)
        self.go(self.monday + weeks * _WEEK)

    def set_mode(self, mode: str) -> None:
        """Show the grid or the people."""
        if mode == self.mode:
            return
        self.mode = mode
        self._show_mode()
        self.title_changed.emit()
        self.mark_stale()
        self.refresh()
        self.focus_first()

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _connect(self) -> None:
        self.grid.stood_on.connect(self._stood)
        self.grid.paged.connect(self.step)
        self.grid.menu_wanted.connect(self._menu)
        self.planner.went_on.connect(self.go)
        self.inbox.wanted.connect(self.asking.answer)

    def _controls(self) -> tuple[QWidget, ...]:
        theme = self.room.theme
        now = QToolButton()
        now.setText(_("This week"))
        now.setToolTip(_("This week (F5)"))
        now.clicked.connect(partial(self.perform, "roster.this_week"))
        arrows: list[QWidget] = [now]
        for icon, name, by in (
            ("chevron-left", _("Week before"), -1),
            ("chevron-right", _("Week after"), 1),
        ):
            button = QToolButton()
            theme.give_icon(button, icon)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(partial(self.step, by))
            arrows.append(button)
        for widget in arrows:
            widget.setProperty(BEFORE_TITLE, True)
        modes = QWidget()
        line = QHBoxLayout(modes)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(6))
        self._modes = QButtonGroup(self)
        for number, (mode, words) in enumerate(((WEEK, _("Week")), (PEOPLE, _("Staff")))):
            button = QToolButton()
            button.setText(words)
            button.setCheckable(True)
            button.clicked.connect(partial(self._mode_pressed, mode))
            self._modes.addButton(button, number)
            line.addWidget(button)
        return (*arrows, modes)

    def _tools(self) -> QFrame:
        theme, px = self.room.theme, self.room.theme.px
        frame = QFrame(self)
        row = QHBoxLayout(frame)
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(8))
        self._week_buttons: list[QWidget] = []
        self._publish = verb_button(_("Publish…"), primary=True)
        buttons = (
            (verb_button(_("Copy last week")), "roster.copy_week", "copy", "text", "Ctrl+Shift+L"),
            (self._publish, "roster.publish", "send", "on_accent", "Ctrl+Enter"),
            (verb_button(_("Ask for leave…")), "roster.ask_leave", "calendar-off", "text",
             "Ctrl+Shift+V"),
            (verb_button(_("Swap a shift…")), "roster.swap", "arrow-left-right", "text",
             "Ctrl+Shift+X"),
        )  # fmt: skip
        for button, action, icon, ink, key in buttons:
            if action in {"roster.copy_week", "roster.publish"} and not self.may_edit:
                button.hide()
                continue
            theme.give_icon(button, icon, ink)
            button.setToolTip(f"{button.text()} ({key})")
            button.clicked.connect(partial(self._pressed, action))
            row.addWidget(button)
            self._week_buttons.append(button)
        self._add = verb_button(_("Add a staff member"), primary=True)
        theme.give_icon(self._add, "user-plus", "on_accent")
        self._add.clicked.connect(partial(self._pressed, "roster.add"))
        row.addWidget(self._add)
        row.addStretch(1)
        self._count = plain_label("", muted=True, wrap=False)
        row.addWidget(self._count)
        return frame

    def _show_mode(self) -> None:
        week = self.mode == WEEK
        self._views.setCurrentIndex(0 if week else 1)
        self._modes.button(0 if week else 1).setChecked(True)
        for button in self._week_buttons:
            button.setVisible(week)
        self._add.setVisible(not week and self.may_edit)
        self._foot.setVisible(week)
        if not week:
            self.inbox.hide()
            for bar in self.bars:
                bar.hide()

    def _counts(self, week: RosterWeek) -> str:
        formats = self.room.formats
        parts = []
        if week.drafts:
            words = formats.count("{n} day is a draft", "{n} days are drafts", week.drafts)
            parts.append(words)
        elif week.publication_id is not None:
            parts.append(_("published"))
        if week.clashes:
            count = len(week.clashes)
            parts.append(formats.count("{n} clash", "{n} clashes", count))
        holes = sum(1 for row in week.covers for one in row.days if not one.holds)
        if holes:
            parts.append(formats.count("{n} hole", "{n} holes", holes))
        return " · ".join(parts)

    def _stood(self) -> None:
        """Say in words what the cursor is on."""
        index = self.grid.currentIndex()
        words = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else ""
        hint = self._hint() if self.may_edit else ""
        self.detail.setText(" · ".join(part for part in (str(words or ""), hint) if part))

    def _hint(self) -> str:
        """Say what may be typed where the cursor is."""
        here = self.grid.here()
        if here is None:
            return ""
        if self.grid.rows.role(here[0]):
            return _("Type how many are needed: 2, or 2 8-18")
        if here[0] == self.grid.rows.open_row:
            return _("Type 13-17, or 13-17 nurse")
        return _("Type 9-17, L, sick or off")

    def _back_to_grid(self) -> None:
        if self.mode == WEEK:
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_to_requests(self) -> None:
        if self.grid.rows.week is None or self.stale or self.waiting:
            self._wants_requests = True
        elif not self.inbox.take_focus():
            self.room.notices.toast(_("No request waits for an answer."))

    def _soon(self, act: Callable[[], None]) -> Callable[[], None]:
        """Return the act, put off until the week is there if it was asked for from elsewhere."""

        def later() -> None:
            if self.grid.rows.week is None:
                self.answered.connect(act, Qt.ConnectionType.SingleShotConnection)
            else:
                act()

        return later

    def _add_member(self) -> None:
        self.set_mode(PEOPLE)
        self.people.open_member(None)

    def _pressed(self, action_id: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.perform(action_id)

    def _mode_pressed(self, mode: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.set_mode(mode)

    def _menu(self, where: QPoint) -> None:
        open_menu(self, where)

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())
