# SPDX-License-Identifier: Apache-2.0
"""The page of reports: a month end made, proved, looked at, printed and saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.closing.model import MAY_SEE_FINANCIAL_REPORTS, MonthEnd, ProofLine, Stopped
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.desk import Cancelled, Errand
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.dock import Area, PanelSpec
from clinicdesk.desktop.forms import ChoiceBox, verb_button
from clinicdesk.desktop.panel import Panel
from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.columns import Align, Column
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import Trouble
from clinicdesk.printing.preview import page_count, page_image
from clinicdesk.printing.sheet import Paper
from clinicdesk.printing.spool import write_whole
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, _

PANEL: Final = "reports"
MONTH_END, PRINT, SAVE = "closing.month_end", "closing.print", "closing.save"
_MONTHS: Final = 36
_DOTS_PER_INCH: Final = 110
_PAGE_WIDTH: Final = 620  # units, of a page on screen
_LETTER_COUNTRIES: Final = frozenset({"US", "CA", "MX", "PH"})

ACTIONS: Final = (
    ActionSpec(
        MONTH_END, N_("&Month end"), "reports", ("Ctrl+Shift+M",), "chart-column",
        MAY_SEE_FINANCIAL_REPORTS, PANEL, N_("financial report, receivables, aging"), 1,
    ),
    ActionSpec(
        PRINT, N_("&Print the report…"), "reports", ("Ctrl+P",), "printer",
        MAY_SEE_FINANCIAL_REPORTS, PANEL, N_("paper"), 2,
    ),
    ActionSpec(
        SAVE, N_("&Save the report as…"), "reports", ("Ctrl+S",), "download",
        MAY_SEE_FINANCIAL_REPORTS, PANEL, N_("PDF, CSV, JSON, export, spreadsheet"), 2,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A month end, its paper and the pictures of its pages."""

    report: MonthEnd
    body: bytes
    pages: tuple[bytes, ...]


def reports_spec(closing: Closing) -> PanelSpec:
    """Return the page of reports."""
    return PanelSpec(
        PANEL,
        N_("Reports"),
        "chart-column",
        Area.PAGE,
        "Ctrl+6",
        MAY_SEE_FINANCIAL_REPORTS,
        partial(MonthEndPanel, closing=closing),
        ACTIONS,
    )


class MonthEndPanel(Panel[None]):
    """Makes a month end and shows its real pages."""

    def __init__(self, room: Room, *, closing: Closing) -> None:
        super().__init__(room)
        self._closing = closing
        self._errand: Errand | None = None
        self.made: Made | None = None
        self.view: PaperView | None = None
        self._page = 0
        self.month: ChoiceBox[Month] = ChoiceBox(self._months())
        self.month.setAccessibleName(_("Month"))
        self.make = verb_button(_("Make"), primary=True)
        self.cancel = verb_button(_("Cancel"))
        self.progress = QProgressBar()
        self.progress.setAccessibleName(_("Progress"))
        self.step_words = plain_label("", muted=True, wrap=False)
        self.save = verb_button(_("Save as…"))
        self.print = verb_button(_("Print…"))
        room.theme.give_icon(self.save, "download")
        room.theme.give_icon(self.print, "printer")
        self.verdict = plain_label("")
        self.proof: RowTable[ProofLine] = RowTable(
            proof_columns(room.formats), room, _("Proof of the month"), id_of=_name,
            sortable=False, ink=_ink, strong=_fails,
        )  # fmt: skip
        self.picture = QLabel()
        self.picture.setObjectName("page")
        self.picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.back = verb_button(_("Previous page"))
        self.forward = verb_button(_("Next page"))
        self.page_words = plain_label("", muted=True, wrap=False)
        self.invitation = plain_label("", muted=True)
        self._lay_out()
        self.make.clicked.connect(self.start)
        self.cancel.clicked.connect(self._cancel)
        self.save.clicked.connect(partial(self.perform, SAVE))
        self.print.clicked.connect(partial(self.perform, PRINT))
        self.back.clicked.connect(partial(self._turn, -1))
        self.forward.clicked.connect(partial(self._turn, 1))
        room.theme.changed.connect(self._draw)
        self._show_busy_state(busy=False)
        self._draw()

    def _lay_out(self) -> None:
        px = self.room.theme.px
        bar = QHBoxLayout()
        bar.setContentsMargins(px(16), px(10), px(16), px(10))
        bar.setSpacing(px(8))
        caption = plain_label(_("Month end of"), wrap=False)
        caption.setBuddy(self.month)
        for widget in (caption, self.month, self.make, self.progress, self.step_words, self.cancel):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.save)
        bar.addWidget(self.print)
        self.progress.setMaximumWidth(px(220))
        self.body.addLayout(bar)
        self.invitation.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self.invitation, 1)
        left, right = QWidget(), QWidget()
        proof = QVBoxLayout(left)
        proof.setContentsMargins(px(16), 0, px(8), px(12))
        proof.setSpacing(px(8))
        proof.addWidget(self.verdict)
        proof.addWidget(self.proof, 1)
        pages = QVBoxLayout(right)
        pages.setContentsMargins(px(8), 0, px(16), px(12))
        pages.setSpacing(px(8))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("Pages"))
        scroll.setWidget(self.picture)
        self._scroll = scroll
        pages.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addStretch(1)
        for widget in (self.back, self.page_words, self.forward):
            foot.addWidget(widget)
        foot.addStretch(1)
        pages.addLayout(foot)
        self.result = QSplitter(Qt.Orientation.Horizontal)
        self.result.setAccessibleName(_("Proof and pages"))
        self.result.setChildrenCollapsible(False)
        self.result.addWidget(left)
        self.result.addWidget(right)
        self.result.setStretchFactor(0, 2)
        self.result.setStretchFactor(1, 3)
        self.body.addWidget(self.result, 1)

    # ── acting ───────────────────────────────────────────────────────────────────────────────

    def focus_first(self) -> None:
        self.month.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def perform(self, action_id: str) -> None:
        if action_id == MONTH_END:
            self.focus_first()
        elif self.made is not None and action_id == PRINT:
            self._print(self.made)
        elif self.made is not None and action_id == SAVE:
            self._ask_where(self.made)

    def why_not(self, action_id: str) -> str:
        if action_id != MONTH_END and self.made is None:
            return _("Make a report first.")
        return ""

    def start(self) -> None:
        """Make the chosen month's report beside everything else."""
        month = self.month.value()
        if month is None or self._errand is not None:
            return
        self._show_busy_state(busy=True)
        work = partial(_make, self._closing, month, self.room.actor, self.room.formats)
        self._errand = self.room.desk.run_errand(
            _("Month end"), work, self._made, self._failed, owner=self
        )
        self._errand.progressed.connect(self._progressed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes, Esc cancels, Page keys turn pages."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.start()
        elif key == Qt.Key.Key_Escape and self._errand is not None:
            self._cancel()
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self._turn(1 if key == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        self._cancel()
        self.made = None
        self.proof.rows.replace(())
        self._draw()
        self.abilities_changed.emit()
        super().forget()

    def save_to(self, path: str) -> None:
        """Write the report; the name's end chooses PDF, CSV or JSON."""
        if self.made is None:
            return
        report, name = self.made.report, path.lower()
        try:
            if name.endswith(".csv"):
                body = self._closing.csv(report).encode("utf-8")
            elif name.endswith(".json"):
                body = self._closing.json(report).encode("utf-8")
            else:
                body = self.made.body
            write_whole(Path(path), body)
        except Trouble as trouble:
            self.room.notices.trouble(trouble)
            return
        self._tell_trail("export")
        self.room.notices.toast(_("The report is saved."))

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _months(self) -> list[tuple[Month, str]]:
        formats = self.room.formats
        running = Month.of(formats.zone.day(self.room.clock.now()))
        last = running.previous
        months = [(last, formats.month(last))]
        so_far = _("{month} so far").format(month=formats.month(running))
        months.append((running, so_far))
        for _count in range(_MONTHS):
            last = last.previous
            months.append((last, formats.month(last)))
        return months

    def _made(self, made: Made) -> None:
        self._errand = None
        self.made, self._page = made, 0
        self._show_busy_state(busy=False)
        self.proof.rows.replace(made.report.proof)
        self.proof.resizeColumnsToContents()
        self._draw()
        self.abilities_changed.emit()
        self.answered.emit()

    def _failed(self, failure: BaseException) -> None:
        self._errand = None
        self._show_busy_state(busy=False)
        self._draw()
        if isinstance(failure, Stopped | Cancelled):
            self.room.notices.toast(_("The report was cancelled."))
        else:
            self.room.desk.fail(failure)

    def _progressed(self, done: int, of: int, words: str) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self.step_words.setText(words)

    def _cancel(self) -> None:
        if self._errand is not None:
            self._errand.cancel()
            self.cancel.setEnabled(False)

    def _show_busy_state(self, *, busy: bool) -> None:
        self.make.setVisible(not busy)
        self.month.setEnabled(not busy)
        self.cancel.setEnabled(True)
        for widget in (self.progress, self.step_words, self.cancel):
            widget.setVisible(busy)
        if busy:
            self.progress.setRange(0, 0)
            self.step_words.clear()
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, by: int) -> None:
        if self.made is not None and 0 <= self._page + by < len(self.made.pages):
            self._page += by
            self._draw()
            self._scroll.verticalScrollBar().setValue(0)

    def _draw(self) -> None:
        made, theme = self.made, self.room.theme
        there = made is not None
        self.result.setVisible(there)
        self.invitation.setVisible(not there)
        self.save.setEnabled(there)
        self.print.setEnabled(there)
        self.verdict.setFont(theme.font(weight=QFont.Weight.DemiBold))
        self.invitation.setText(_("Choose a month and press Enter to make its report."))
        if made is None:
            self.picture.clear()
            return
        self._say_verdict(made.report)
        number, count = self._page + 1, len(made.pages)
        words = _("Page {number} of {count}").format(number=number, count=count)
        self.page_words.setText(words)
        self.picture.setAccessibleName(words)
        self.back.setEnabled(self._page > 0)
        self.forward.setEnabled(number < count)
        image = QImage.fromData(made.pages[self._page])
        width = min(theme.px(_PAGE_WIDTH), image.width())
        smooth = Qt.TransformationMode.SmoothTransformation
        self.picture.setPixmap(QPixmap.fromImage(image).scaledToWidth(width, smooth))

    def _say_verdict(self, report: MonthEnd) -> None:
        formats = self.room.formats
        month = formats.month(report.month)
        wrong = sum(not line.holds for line in report.proof)
        if wrong:
            words = formats.count(
                "✕ {month}: {n} identity does not hold.",
                "✕ {month}: {n} identities do not hold.",
                wrong,
                month=month,
            )
        else:
            words = formats.count(
                "✓ {month}: the identity holds.",
                "✓ {month}: all {n} identities hold.",
                len(report.proof),
                month=month,
            )
        self.verdict.setText(words)
        self.verdict.setProperty("tone", "danger" if wrong else "ok")
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)

    def _print(self, made: Made) -> None:
        view = PaperView(
            self.room.theme,
            _("Month end of {month}").format(month=self.room.formats.month(made.report.month)),
            made.pages,
            self.save_to,
            _file_name(made.report),
            self.window(),
        )
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.accepted.connect(partial(self._tell_trail, "print"))
        view.open()
        self.view = view

    def _ask_where(self, made: Made) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self,
            _("Save as"),
            _file_name(made.report),
            "PDF (*.pdf);;CSV (*.csv);;JSON (*.json)",
        )
        if path:
            self.save_to(path)

    def _tell_trail(self, how: str) -> None:
        if self.made is not None:
            report, actor = self.made.report, self.room.actor
            told = partial(_tell, self._closing, report, how, actor)
            self.room.desk.ask(told, _nothing, owner=self)


def proof_columns(formats: Formats) -> tuple[Column[ProofLine], ...]:
    """Return the proof as a screen lists it: in words, not by a colour."""

    def verdict(line: ProofLine) -> str:
        return formats.word(N_("✓ Holds") if line.holds else N_("✕ Does not hold"))

    def title(line: ProofLine) -> str:
        return formats.word(line.title)

    def left(line: ProofLine) -> str:
        return formats.value(line.kind, line.left)

    def right(line: ProofLine) -> str:
        return formats.value(line.kind, line.right)

    return (
        Column("holds", N_("Verdict"), verdict, weight=13),
        Column("title", N_("Identity"), title, weight=26),
        Column("left", N_("Left"), left, align=Align.END, weight=11),
        Column("right", N_("Right"), right, align=Align.END, weight=11),
    )


def _make(closing: Closing, month: Month, actor: Actor, formats: Formats, errand: Errand) -> Made:
    reading = formats.word(N_("Reading the books"))

    def progress(done: int, of: int) -> None:
        errand.step(done, of, reading)

    def cancelled() -> bool:
        return errand.cancelled

    report = closing.month_end(month, actor, progress, cancelled)
    errand.step(0, 0, formats.word(N_("Writing the paper")))
    paper = Paper.LETTER if formats.territory in _LETTER_COUNTRIES else Paper.A4
    body = closing.pdf(report, actor, formats, paper)
    count, pages = page_count(body), []
    for index in range(count):
        words = formats.say(N_("Page {number} of {count}"), {"number": index + 1, "count": count})
        errand.step(index, count, words)
        pages.append(page_image(body, index, _DOTS_PER_INCH).png())
    return Made(report, body, tuple(pages))


def _tell(closing: Closing, report: MonthEnd, how: str, actor: Actor) -> None:
    closing.handed_out(report, "print" if how == "print" else "export", actor)


def _nothing(_answer: None) -> None:
    """The trail knows; nobody else needs to."""


def _file_name(report: MonthEnd) -> str:
    return f"month-end-{report.month}.pdf"


def _name(line: ProofLine) -> str:
    return line.name


def _fails(line: ProofLine) -> bool:
    return not line.holds


def _ink(line: ProofLine, key: str) -> str:
    return ("ok" if line.holds else "danger") if key == "holds" else ""
