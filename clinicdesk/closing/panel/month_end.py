# SPDX-License-Identifier: Apache-2.0
"""The page of the month end. Ctrl+Shift+M, Enter, Ctrl+P prints last month's paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.closing.model import CloseMonth, MonthEnd
from clinicdesk.closing.panel import errands
from clinicdesk.closing.panel.pages import PageList
from clinicdesk.closing.panel.printing_out import print_pages
from clinicdesk.closing.panel.proof_list import ProofList
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.desk import Cancelled, Errand
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import ChoiceBox
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.placards import Placard
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import PAGE_TITLE
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.outcomes import Done
from clinicdesk.printing.sheet import Paper
from clinicdesk.wording.text import N_, _

_SIDE = 290  # units
_STEPS = 100
_LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})


class MonthEndPanel(Panel[None]):
    """Makes, shows and hands out the month end."""

    def __init__(self, room: Room, closing: Closing, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._closing = closing
        self._made: errands.MadePaper | None = None
        self._errand: Errand | None = None
        self._opened = False
        self._round = 0
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
        row.addWidget(self._side())
        row.addWidget(self._stage, 1)
        self.body.addLayout(row)
        self._choose(self._month)

    # ── what the shell asks ──────────────────────────────────────────────────────────────────

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

    def why_not(self, action_id: str) -> str:
        """Say why an action must wait."""
        if action_id in {"closing.print", "closing.save", "closing.close_month"}:
            if self._made is None:
                return _("Make the report first.")
            if action_id == "closing.close_month":
                return self._why_not_close(self._made.report)
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

    # ── the side ─────────────────────────────────────────────────────────────────────────────

    def _side(self) -> QWidget:
        px = self.room.theme.px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(8))
        column.addLayout(self._month_row())
        self._status = plain_label("", muted=True)
        column.addWidget(self._status)
        self._paper: ChoiceBox[Paper] = ChoiceBox(
            [(Paper.A4, _("Paper: A4")), (Paper.LETTER, _("Paper: Letter"))]
        )
        self._paper.setAccessibleName(_("Paper"))
        letter = self.room.formats.territory in _LETTER_COUNTRIES
        self._paper.set_value(Paper.LETTER if letter else Paper.A4)
        self._paper.understood.connect(self._paper_chosen)
        column.addWidget(self._paper)
        self._make = self._button(_("Make the report"), "file-text", self._start)
        self._make.setProperty("primary", True)
        self._make.setAutoDefault(True)
        column.addWidget(self._make)
        self._save_button = self._button(_("Save…"), "file-down", self._save)
        self._print_button = self._button(_("Print…"), "printer", self._print)
        outputs = QHBoxLayout()
        outputs.setSpacing(px(8))
        outputs.addWidget(self._print_button, 1)
        outputs.addWidget(self._save_button, 1)
        column.addLayout(outputs)
        self._bar = QProgressBar()
        self._bar.setAccessibleName(_("Progress of the report"))
        self._bar.setRange(0, _STEPS)
        self._stop = self._button(_("Cancel"), "x", self._cancel)
        for widget in (self._bar, self._stop):
            widget.hide()
            column.addWidget(widget)
        column.addSpacing(px(6))
        self._proof = ProofList(self.room)
        column.addWidget(self._proof)
        self._close_button = self._button(_("Close the month…"), "lock", self._ask_to_close)
        column.addWidget(self._close_button)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.setFixedWidth(px(_SIDE))
        scroll.setAccessibleName(_("Month and proof"))
        self.room.theme.changed.connect(self._resize_side)
        self._scroll = scroll
        return scroll

    def _month_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._earlier = self._arrow("chevron-left", _("Earlier month"), self._go_earlier)
        self._later = self._arrow("chevron-right", _("Later month"), self._go_later)
        self._title = plain_label("", wrap=False)
        self._title.setFont(self.room.theme.font(PAGE_TITLE, QFont.Weight.DemiBold))
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._earlier)
        row.addWidget(self._title, 1)
        row.addWidget(self._later)
        return row

    def _arrow(self, icon: str, name: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        self.room.theme.give_icon(button, icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(act)
        return button

    def _button(self, text: str, icon: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        self.room.theme.give_icon(button, icon, "on_accent" if icon == "file-text" else "text")
        button.clicked.connect(act)
        return button

    def _resize_side(self) -> None:
        self._scroll.setFixedWidth(self.room.theme.px(_SIDE))
        self._title.setFont(self.room.theme.font(PAGE_TITLE, QFont.Weight.DemiBold))
        if self._made is not None:
            self._proof.show_report(self._made.report)

    # ── choosing and making ──────────────────────────────────────────────────────────────────

    def _choose(self, month: Month) -> None:
        """Turn to a month; its paper is made when asked for."""
        self._month = month
        self._made = None
        self._title.setText(self.room.formats.month(month))
        self._status.setText("")
        self._later.setEnabled(month < Month.of(self._today))
        self._proof.show_report(None)
        self._pages.show_paper(b"")
        self._hint.show_words(
            _("The report of {month} has not been made yet.").format(
                month=self.room.formats.month(month)
            ),
            _("Make the report"),
            self._start,
            icon="file-text",
        )
        self._stage.setCurrentWidget(self._hint)
        self._tell_abilities()

    def _go_earlier(self) -> None:
        self._choose(self._month.previous)

    def _go_later(self) -> None:
        self._choose(self._month.next)

    def _paper_chosen(self, _paper: object) -> None:
        if self._made is not None:
            self._start()

    def _chosen_paper(self) -> Paper:
        return self._paper.value() or Paper.A4

    def _start(self) -> None:
        """Make the report beside everything else."""
        if self._errand is not None:
            return
        making = partial(
            errands.make_paper, self._closing, self.room, self._month, self._chosen_paper()
        )
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
        self._bar.setValue(round(_STEPS * done / of) if of else 0)

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
        self._status.setText(self._state_of(made.report))
        self._proof.show_report(made.report)
        self._pages.show_paper(made.pdf)
        self._stage.setCurrentWidget(self._pages)
        self._tell_abilities()
        if self._has_focus():
            self._pages.setFocus()

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
            ("closing.save", self._save_button),
            ("closing.print", self._print_button),
            ("closing.close_month", self._close_button),
        ):
            reason = self.why_not(action)
            button.setEnabled(not reason)
            button.setToolTip(reason)
        self.abilities_changed.emit()

    # ── handing out ──────────────────────────────────────────────────────────────────────────

    def _save(self) -> None:
        made = self._made
        if made is None:
            return
        kinds = ";;".join((_("PDF (*.pdf)"), _("CSV (*.csv)"), _("JSON (*.json)")))
        suggested = f"month-end-{made.report.month}.pdf"
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
            note = partial(self._closing.handed_out, self._made.report, "print", self.room.actor)
            self.room.desk.ask(note, self._noted, owner=self)

    def _noted(self, _nothing: None) -> None:
        self.room.notices.toast(_("The report went to the printer."))

    # ── closing ──────────────────────────────────────────────────────────────────────────────

    def _why_not_close(self, report: MonthEnd) -> str:
        if report.seal is not None:
            return _("This month is closed.")
        if self._today <= report.month.last:
            return _("This month is not over yet.")
        if not report.holds:
            return _("The proof does not hold.")
        return ""

    def _ask_to_close(self) -> None:
        if self._made is None:
            return
        name = self.room.formats.month(self._month)
        self.room.notices.confirm(
            _("Close {month} and everything before it?").format(month=name),
            _("Close {month}").format(month=name),
            self._close_month,
            detail=_(
                "Nothing can be posted to these days any more. Corrections are posted on the day "
                "they are made and shown as adjustments to prior periods. This cannot be undone."
            ),
        )

    def _close_month(self) -> None:
        letter = self._chosen_paper() is Paper.LETTER
        command = CloseMonth(self._month, letter=letter)
        closing = partial(self._closing.close_month, command, self.room.actor)
        self.room.desk.run_errand(
            _("Close the month"), partial(errands.closed, closing), self._month_closed, owner=self
        )

    def _month_closed(self, done: Done[Month]) -> None:
        self.room.notices.toast(done)
        self._start()
