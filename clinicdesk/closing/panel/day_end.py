# SPDX-License-Identifier: Apache-2.0
"""The page of a day's end. Ctrl+Shift+D, cash, Tab, cards, Enter, Enter: closed and printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from clinicdesk.closing import columns
from clinicdesk.closing.model import PERIODS, MethodRow
from clinicdesk.closing.model.day import (
    FLOAT,
    MAY_REOPEN,
    CloseDay,
    DayEnd,
    ReopenDay,
    UnfinishedRow,
    differs,
)
from clinicdesk.closing.panel.count_form import CARDS, CASH, CHEQUES, CountForm
from clinicdesk.closing.panel.count_form import FLOAT as KEPT
from clinicdesk.closing.panel.printing_out import print_pages
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import FormDialog, TextEdit, verb_button
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.desktop.theme import HEADING
from clinicdesk.desktop.top_bar import BEFORE_TITLE
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.ledger.model import ENTRIES
from clinicdesk.schedule.model import APPOINTMENTS
from clinicdesk.wording.text import N_, _, ngettext

PANEL: Final = "day_end"
CLOSE, PRINT, REOPEN = "closing.close_day", "closing.print_day", "closing.reopen_day"
_SIDE: Final = 440


@dataclass(frozen=True, slots=True)
class View:
    """A day, and earlier days that were forgotten."""

    day: DayEnd
    forgotten: tuple[date, ...]


class DayEndPanel(Panel[View]):
    """Counts the till and closes a day; beside it, what is left undone."""

    shows: ClassVar[frozenset[Topic]] = frozenset({ENTRIES, PERIODS, APPOINTMENTS})

    def __init__(self, room: Room, closing: Closing) -> None:
        super().__init__(room)
        self._closing = closing
        self._on = self._today()
        self._started: date | None = None
        self._day: DayEnd | None = None
        self._told = self._warned = False
        self.count = CountForm(room)
        self.state = plain_label("")
        self.error = plain_label("")
        self.error.setProperty("tone", "danger")
        self.error.hide()
        self.close_button = verb_button(_("Close the day"), primary=True)
        self.print_button = verb_button(_("Print"))
        self.reopen_button = verb_button(_("Open again…"))
        room.theme.give_icon(self.print_button, "printer")
        self.forgotten = plain_label("")
        self.methods: RowTable[MethodRow] = RowTable(
            columns.METHODS, room, _("Money received"), id_of=lambda row: row.method, sortable=False
        )
        self.unfinished: RowTable[UnfinishedRow] = RowTable(
            columns.UNFINISHED, room, _("Visits to finish"),
            id_of=lambda row: row.appointment_id, sortable=False,
        )  # fmt: skip
        self.visits_heading, self.methods_heading = QLabel(), QLabel(_("Money received"))
        self.tomorrow = plain_label("", muted=True)
        self.earlier = self._arrow("chevron-left", _("Earlier day"), -1)
        self.later = self._arrow("chevron-right", _("Later day"), 1)
        self._lay_out()
        self.count.entered.connect(self._go_on)
        self.close_button.clicked.connect(self._go_on)
        self.print_button.clicked.connect(partial(room.run_action, PRINT))
        self.reopen_button.clicked.connect(partial(room.run_action, REOPEN))
        self.unfinished.opened.connect(self._open_visit)
        room.theme.changed.connect(self._measure)
        self._measure()

    def _lay_out(self) -> None:
        px = self.room.theme.px
        inside = QWidget()
        left = QVBoxLayout(inside)
        left.setContentsMargins(px(16), px(14), px(16), px(14))
        left.setSpacing(px(10))
        for widget in (self.state, self.count, self.error):
            left.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        for button in (self.close_button, self.print_button, self.reopen_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        left.addLayout(buttons)
        left.addWidget(self.forgotten)
        left.addStretch(1)
        self._side = QScrollArea()
        self._side.setWidgetResizable(True)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setWidget(inside)
        self._side.setAccessibleName(_("Count"))
        right = QVBoxLayout()
        right.setContentsMargins(px(16), px(14), px(16), px(14))
        right.setSpacing(px(8))
        right.addWidget(self.visits_heading)
        right.addWidget(self.unfinished, 3)
        right.addWidget(self.tomorrow)
        right.addSpacing(px(8))
        right.addWidget(self.methods_heading)
        right.addWidget(self.methods, 2)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)

    # ── what the shell asks ──────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], View]:
        """Ask for the day and for earlier ones that were not closed."""
        return partial(_look, self._closing, self._on, self.room)

    def show_answer(self, answer: View) -> None:
        """Show the state, the lists and, once closed, the count."""
        day = self._day = answer.day
        if day.seal is None:
            if self._started != day.on:
                self._started = day.on
                self.count.start(self.room.settings.get(FLOAT), cheques=day.cheques_minor != 0)
                self._told = self._warned = False
            elif self._told:
                self.count.compare(day)
            self.state.setText(_("Count what is there; the books are shown afterwards."))
        else:
            self._started = None
            if day.count is not None:
                self.count.show_kept(day.count)
            fields = {"when": day.seal.closed_at, "who": day.seal.closed_by}
            self.state.setText(self.room.formats.say(N_("Closed {when} by {who}."), fields))
        self.count.setVisible(day.seal is None or day.count is not None)
        self._show_lists(answer)
        self._weigh()

    def title(self) -> str:
        """Name the day."""
        return self.room.formats.day(self._on, "long")

    def top_widgets(self) -> tuple[QWidget, ...]:
        """Earlier and later."""
        return (self.earlier, self.later)

    def focus_first(self) -> None:
        """Begin with the cash, or with printing once closed."""
        if self._day is not None and self._day.seal is not None:
            self.print_button.setFocus()
        else:
            self.count.fields[CASH].setFocus()

    def perform(self, action_id: str) -> None:
        """Carry out an action of this page."""
        match action_id:
            case "closing.close_day":
                self.focus_first()
            case "closing.print_day" if self._day is not None:
                self._print(self._day)
            case "closing.reopen_day":
                _ReopenDialog(self.room, self._closing, self._on, self.window()).open()

    def why_not(self, action_id: str) -> str:
        """Say why an action must wait."""
        if self._day is None:
            return _("The day is being read.") if action_id != CLOSE else ""
        if action_id == REOPEN and (self._day.seal is None or self._day.count is None):
            return _("This day was not closed by itself.")
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button, as Space does: the last key of five prints."""
        focused = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and focused in {
            self.close_button,
            self.print_button,
            self.reopen_button,
        }:
            focused.animateClick()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Drop names of patients while locked."""
        self._day = None
        super().forget()

    # ── closing ──────────────────────────────────────────────────────────────────────────────

    def _go_on(self) -> None:
        """Compare first; close once nothing differs or a reason is typed."""
        day = self._day
        if day is None or day.seal is not None:
            return
        wrong = self.count.first_wrong()
        if wrong is not None:
            self._say(_("Type what you counted."))
            wrong.setFocus()
            return
        command = CloseDay(
            self._on,
            self.count.amount(CASH),
            self.count.amount(CARDS),
            self.count.amount(CHEQUES),
            self.count.amount(KEPT),
            self.count.pieces(),
            self.count.reason.text_value(),
        )
        self._told = True
        self.count.compare(day)
        if differs(command, day) and not command.reason:
            self.count.show_reason(shown=True)
            self._say("")
            self.count.reason.setFocus()
            return
        if day.unfinished and not self._warned:
            self._warned = True
            self._say(_still_here(len(day.unfinished)))
            return
        self.room.settings.put(FLOAT, command.float_minor)
        self.close_button.setEnabled(False)
        self.room.desk.carry_out(
            partial(self._closing.close_day, command, self.room.actor),
            self._closed,
            self._refused,
            owner=self,
        )

    def _closed(self, _done: Done[date]) -> None:
        self._say("")
        self.print_button.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        self.close_button.setEnabled(True)
        self._say(self.room.formats.refusal(refusal))
        if refusal.field == "reason":
            self.count.show_reason(shown=True)
            self.count.reason.setFocus()
        elif refusal.field in self.count.fields:
            self.count.fields[refusal.field].setFocus()

    def _print(self, day: DayEnd) -> None:
        making = partial(
            self._closing.day_pdf, day, self.room.actor,
            self._closing.formats(self.room.formats.language),
        )  # fmt: skip
        self.room.desk.ask(making, self._made, owner=self)

    def _made(self, pdf: bytes) -> None:
        if print_pages(pdf, self):
            self.room.notices.toast(_("The report went to the printer."))

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def _show_lists(self, answer: View) -> None:
        day = answer.day
        rows = (*day.unfinished, *day.uncharged)
        self.unfinished.rows.replace(rows)
        self.unfinished.setVisible(bool(rows))
        self.visits_heading.setText(
            _("Visits to finish or to charge")
            if rows
            else _("Every visit of the day is finished and charged.")
        )
        self.methods.rows.replace(day.methods)
        self.methods.setVisible(day.seal is not None or self._told)
        self.methods_heading.setVisible(day.seal is not None or self._told)
        self.tomorrow.setText(
            ngettext(
                "On the next day {n} appointment is not confirmed.",
                "On the next day {n} appointments are not confirmed.",
                day.unconfirmed,
            ).format(n=day.unconfirmed)
            if day.unconfirmed
            else ""
        )
        names = ", ".join(self.room.formats.day(one, "short") for one in answer.forgotten)
        self.forgotten.setText(_("Not closed yet: {days}").format(days=names) if names else "")
        self.badge_changed.emit(len(answer.forgotten))

    def _weigh(self) -> None:
        sealed = self._day is not None and self._day.seal is not None
        self.close_button.setVisible(not sealed)
        self.close_button.setEnabled(not sealed)
        may_reopen = self.room.actor.may(MAY_REOPEN) and not self.why_not(REOPEN)
        self.reopen_button.setVisible(sealed and may_reopen)
        self.later.setEnabled(self._on < self._today())
        self.abilities_changed.emit()

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if sentence:
            self.room.notices.announce(sentence)

    def _step(self, by: int) -> None:
        self._on += timedelta(days=by)
        self._day = None
        self._started = None
        self._say("")
        self.title_changed.emit()
        self.refresh()

    def _open_visit(self, row: UnfinishedRow) -> None:
        """Go to the visit in the book."""
        self.room.spotlight.show("patient", row.patient_id)
        self.room.spotlight.show("appointment", row.appointment_id)
        self.room.go_to("schedule")

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())

    def _arrow(self, icon: str, name: str, by: int) -> QToolButton:
        button = QToolButton()
        self.room.theme.give_icon(button, icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setProperty(BEFORE_TITLE, True)
        button.clicked.connect(partial(self._step, by))
        return button

    def _measure(self) -> None:
        theme = self.room.theme
        self._side.setFixedWidth(theme.px(_SIDE))
        for heading in (self.visits_heading, self.methods_heading):
            heading.setFont(theme.font(HEADING, QFont.Weight.DemiBold))


class _ReopenDialog(FormDialog):
    """Asks why a day is opened again."""

    def __init__(self, room: Room, closing: Closing, on: date, parent: QWidget) -> None:
        day = room.formats.day(on, "long")
        super().__init__(
            room,
            _("Open {day} again").format(day=day),
            _("Open again"),
            parent,
            note=_("What was counted and deposited stays in the books. The day is counted anew."),
        )
        self._closing, self._on = closing, on
        self._reason = TextEdit(room.formats)
        self.form.add("reason", _("Reason"), self._reason, required=True)
        self.submit = self._submit

    def _submit(self) -> None:
        self.set_busy(busy=True)
        command = ReopenDay(self._on, self._reason.text_value())
        self.room.desk.carry_out(
            partial(self._closing.reopen_day, command, self.room.actor),
            self._reopened,
            self._refused,
            owner=self,
        )

    def _reopened(self, _done: Done[date]) -> None:
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)


def _still_here(number: int) -> str:
    return ngettext(
        "{n} visit is not finished: what is paid for it later does not come into this day. "
        "Enter again closes the day all the same.",
        "{n} visits are not finished: what is paid for them later does not come into this day. "
        "Enter again closes the day all the same.",
        number,
    ).format(n=number)


def _look(closing: Closing, on: date, room: Room) -> View:
    return View(closing.day_end(on, room.actor), closing.open_days(room.actor))
