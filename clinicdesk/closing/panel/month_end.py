# SPDX-License-Identifier: Apache-2.0
"""The page of the month end. Ctrl+Shift+M, Enter, Ctrl+P prints last month's paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QWidget,
)

from clinicdesk.closing.model import PERIODS, CloseMonth, MonthEnd
from clinicdesk.closing.model.day import MAY_REOPEN
from clinicdesk.closing.panel import errands
from clinicdesk.closing.panel.checklist import CloseMonthDialog, ReopenMonthDialog
from clinicdesk.closing.panel.pages import PageList
from clinicdesk.closing.panel.printing_out import print_pages
from clinicdesk.closing.panel.report_list import PACK
from clinicdesk.closing.panel.side import STEPS, Side
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.desk import Cancelled, Errand
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.placards import Placard
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.outcomes import Done
from clinicdesk.printing.sheet import Paper
from clinicdesk.wording.text import N_, _


class MonthEndPanel(Panel[tuple[Month, bool]]):
    """Makes, shows and hands out the month end and its reports."""

    shows: ClassVar[frozenset[Topic]] = frozenset({PERIODS})

    def __init__(self, room: Room, closing: Closing, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._closing = closing
        self._made: errands.MadePaper | None = None
        self._errand: Errand | None = None
        self._opened = False
        self._round = 0
        self._seals: dict[Month, bool] = {}
        self._today = room.formats.zone.day(room.clock.now())
        self._month = Month.of(self._today).previous
        self._pages = PageList(room)
        self._hint = Placard(room.theme)
        self._stage = QStackedWidget()
        self._stage.addWidget(self._hint)
        self._stage.addWidget(self._pages)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._side = Side(room)
        row.addWidget(self._side)
        row.addWidget(self._stage, 1)
        self.body.addLayout(row)
        self._wire()
        self._choose(self._month)

    def _wire(self) -> None:
        side = self._side
        self._list, self._proof, self._paper = side.list, side.proof, side.paper
        self._make, self._stop, self._bar = side.make, side.stop, side.bar
        side.earlier.clicked.connect(self._go_earlier)
        side.later.clicked.connect(self._go_later)
        side.list.chosen.connect(self._report_chosen)
        side.list.entered.connect(self._start)
        side.paper.understood.connect(self._paper_chosen)
        side.make.clicked.connect(self._start)
        side.stop.clicked.connect(self._cancel)
        side.save.clicked.connect(self._save)
        side.print.clicked.connect(self._print)
        side.close_month.clicked.connect(self._ask_to_close)
        side.reopen.clicked.connect(self._ask_to_reopen)
        self.room.theme.changed.connect(self._show_proof)

    # ── what the shell asks ──────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], tuple[Month, bool]]:
        """Ask whether the month is closed, by whomever."""
        return partial(errands.closed_already, self._closing, self._month, self.room.actor)

    def show_answer(self, answer: tuple[Month, bool]) -> None:
        """Offer to close the month or to open it again."""
        month, sealed = answer
        self._seals[month] = sealed
        self._tell_abilities()

    def perform(self, action_id: str) -> None:
        """Carry out an action of this page."""
        match action_id:
            case "closing.month_report":
                self.focus_first()
            case "closing.print":
                self._print()
            case "closing.save":
                self._save()
            case "closing.close_month":
                self._ask_to_close()
            case "closing.reopen_month":
                self._ask_to_reopen()

    def why_not(self, action_id: str) -> str:
        """Say why an action must wait."""
        sealed = self._seals.get(self._month)  # None while it is being asked
        match action_id:
            case "closing.print" | "closing.save" if self._made is None:
                return _("Make the report first.")
            case "closing.close_month" if sealed:
                return _("This month is closed.")
            case "closing.close_month" if self._today <= self._month.last:
                return _("This month is not over yet.")
            case "closing.reopen_month" if sealed is False:
                return _("This month is open.")
        return ""

    def focus_first(self) -> None:
        """Put the focus on what Enter makes, or on what stops it."""
        (self._make if self._errand is None else self._stop).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Make last month's report when the page is first opened: it is what one comes for."""
        super().showEvent(event)
        if not self._opened:
            self._opened = True
            self._start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops what is being made."""
        if event.key() == Qt.Key.Key_Escape and self._errand is not None:
            self._cancel()
            return
        super().keyPressEvent(event)

    def forget(self) -> None:
        """Drop the paper: it names patients."""
        if self._errand is not None:
            self._errand.cancel()
        self._choose(self._month)

    # ── choosing and making ──────────────────────────────────────────────────────────────────

    def _choose(self, month: Month) -> None:
        """Turn to a month; its paper is made when asked for."""
        self._month = month
        self._made = None
        self._side.title.setText(self.room.formats.month(month))
        self._side.status.setText("")
        self._side.later.setEnabled(month < Month.of(self._today))
        self._proof.show_report(None)
        self._pages.show_paper(b"")
        self._hint.show_words(
            _("{report}, {month}, has not been made yet.").format(
                report=self._list.title, month=self.room.formats.month(month)
            ),
            _("Make the report"),
            self._start,
            icon="file-text",
        )
        self._stage.setCurrentWidget(self._hint)
        self._tell_abilities()
        self.refresh()

    def _go_earlier(self) -> None:
        self._choose(self._month.previous)

    def _go_later(self) -> None:
        self._choose(self._month.next)

    def _report_chosen(self, _name: str) -> None:
        """Make another report at once: most take no longer than a page turns."""
        if self._errand is not None:
            self._errand.cancel()
            self._round += 1
            self._rested()
        self._choose(self._month)
        if self._opened:
            self._start()

    def _paper_chosen(self, _paper: object) -> None:
        if self._made is not None:
            self._start()

    def _chosen_paper(self) -> Paper:
        return self._paper.value() or Paper.A4

    def _start(self) -> None:
        """Make the report beside everything else."""
        if self._errand is not None:
            return
        wish = errands.Wish(self._list.name, self._month, self._chosen_paper())
        making = partial(errands.make_paper, self._closing, self.room, wish)
        self._round += 1
        self._errand = self.room.desk.run_errand(
            _("Month report"),
            making,
            partial(self._show_made, self._round),
            partial(self._failed, self._round),
            owner=self,
        )
        self._errand.progressed.connect(self._progressed)
        self._bar.setValue(0)
        self._bar.show()
        self._stop.show()
        if self._make.hasFocus():  # else Qt hands the focus to another panel, and Enter with it
            self._stop.setFocus()
        self._make.setEnabled(False)

    def _progressed(self, done: int, of: int, _words: str) -> None:
        self._bar.setValue(round(STEPS * done / of) if of else 0)

    def _cancel(self) -> None:
        """Stop at once for whoever looks; the lane stops at its next step, and is not heard."""
        if self._errand is not None:
            self._errand.cancel()
            self._round += 1
            self._rested()
            self.room.desk.fail(Cancelled())

    def _rested(self) -> None:
        self._errand = None
        self._make.setEnabled(True)
        if self._stop.hasFocus():
            self._make.setFocus()
        self._bar.hide()
        self._stop.hide()

    def _failed(self, number: int, failure: BaseException) -> None:
        if number == self._round:
            self._rested()
            self.room.desk.fail(failure)

    def _show_made(self, number: int, made: errands.MadePaper) -> None:
        if number != self._round:
            return  # it was cancelled
        self._rested()
        if made.report.month != self._month:
            return  # another month was chosen meanwhile
        self._made = made
        self._side.status.setText(self._state_of(made.report))
        self._show_proof()
        self._pages.show_paper(made.pdf)
        self._stage.setCurrentWidget(self._pages)
        self._tell_abilities()
        if self._has_focus() and not self._list.hasFocus():
            self._pages.setFocus()

    def _show_proof(self) -> None:
        """Show the figures and the proof beside the pack; a report alone has none."""
        made = self._made
        self._proof.show_report(made.report if made is not None and made.name == PACK else None)

    def _has_focus(self) -> bool:
        """Tell whether somebody is at work on this page, and not on another one."""
        focused: object = QApplication.focusWidget()
        return isinstance(focused, QWidget) and self.isAncestorOf(focused)

    def _state_of(self, report: MonthEnd) -> str:
        if report.seal is None:
            return _("Draft: the month is open.")
        fields = {"when": report.seal.closed_at, "who": report.seal.closed_by}
        return self.room.formats.say(N_("Closed {when} by {who}."), fields)

    def _tell_abilities(self) -> None:
        for action, button in (
            ("closing.save", self._side.save),
            ("closing.print", self._side.print),
            ("closing.close_month", self._side.close_month),
            ("closing.reopen_month", self._side.reopen),
        ):
            reason = self.why_not(action)
            button.setEnabled(not reason)
            button.setToolTip(reason)
        sealed = self._seals.get(self._month, False)
        self._side.close_month.setVisible(not sealed)
        self._side.reopen.setVisible(sealed and self.room.actor.may(MAY_REOPEN))
        self.abilities_changed.emit()

    # ── handing out ──────────────────────────────────────────────────────────────────────────

    def _save(self) -> None:
        made = self._made
        if made is None:
            return
        kinds = ";;".join((_("PDF (*.pdf)"), _("CSV (*.csv)"), _("JSON (*.json)")))
        suggested = f"{made.name or 'month-end'}-{made.report.month}.pdf"
        path, kind = QFileDialog.getSaveFileName(self, _("Save the report"), suggested, kinds)
        if path:
            target = Path(path)
            if not target.suffix:
                target = target.with_suffix("." + kind.rpartition("*.")[2].rstrip(")"))
            self.save_to(target)

    def save_to(self, target: Path) -> None:
        """Write the report to a file, its kind by the ending; also for tests."""
        made = self._made
        if made is None:
            return
        writing = partial(errands.write, self._closing, self.room, made, target)
        self.room.desk.run_errand(_("Save the report"), writing, self._saved, owner=self)

    def _saved(self, target: Path) -> None:
        self.room.notices.toast(_("Saved as {name}.").format(name=target.name))

    def _print(self) -> None:
        if self._made is not None and print_pages(self._made.pdf, self):
            note = partial(
                self._closing.handed_out, self._made.report, "print", self.room.actor,
                self._made.name or "month_end",
            )  # fmt: skip
            self.room.desk.ask(note, self._noted, owner=self)

    def _noted(self, _nothing: None) -> None:
        self.room.notices.toast(_("The report went to the printer."))

    # ── closing ──────────────────────────────────────────────────────────────────────────────

    def _ask_to_close(self) -> None:
        if self.why_not("closing.close_month"):
            return
        CloseMonthDialog(
            self.room, self._closing, self._month, self._close_month, self.window()
        ).open()

    def _ask_to_reopen(self) -> None:
        ReopenMonthDialog(
            self.room, self._closing, self._month, self._reopened, self.window()
        ).open()

    def _reopened(self) -> None:
        self._choose(self._month)
        self._start()

    def _close_month(self) -> None:
        letter = self._chosen_paper() is Paper.LETTER
        command = CloseMonth(self._month, letter=letter)
        closing = partial(self._closing.close_month, command, self.room.actor)
        self.room.desk.run_errand(
            _("Close the month"), partial(errands.closed, closing), self._month_closed, owner=self
        )

    def _month_closed(self, done: Done[Month]) -> None:
        self.room.notices.toast(done)
        self.refresh()
        self._list.choose(PACK)
        self._start()
