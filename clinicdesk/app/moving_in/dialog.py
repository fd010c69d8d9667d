# SPDX-License-Identifier: Apache-2.0
"""The three steps in one dialog; reading, trying and writing are errands beside the window.

Cancel stops what is being read or tried. Once it is written, it is written whole: the button
waits.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.app.moving_in.choosing import ChoosingStep
from clinicdesk.app.moving_in.columns import ColumnsStep
from clinicdesk.app.moving_in.trying import TryingStep
from clinicdesk.assembly import Clinic
from clinicdesk.desktop.desk import Cancelled, Errand
from clinicdesk.desktop.file_choice import save_file
from clinicdesk.desktop.layout import within
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.moving import lists
from clinicdesk.moving.lists import FORMATS, Choices, ListMapping, ListReport, OpenedList
from clinicdesk.wording.text import N_, _, ngettext

_STEPS: Final = (N_("The list"), N_("Its columns"), N_("Try and bring in"))
_CHOOSE, _COLUMNS, _TRY = range(3)


class BringInDialog(QDialog):
    """Leads a list in.

    Attributes:
        next: the button that goes on.
        step: which step is shown.
    """

    def __init__(self, room: Room, clinic: Clinic, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(_("Bring in a list"))
        self._room, self._clinic = room, clinic
        self._opened: OpenedList | None = None
        self._errand: Errand | None = None
        self._writing = self._done = False
        px = room.theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(20), px(16), px(20), px(16))
        outside.setSpacing(px(12))
        self._where = QLabel()
        self._where.setProperty("muted", True)
        outside.addWidget(self._where)
        self.choosing, self.columns = ChoosingStep(room), ColumnsStep(room)
        self.trying = TryingStep(room)
        self.stack = QStackedWidget()
        for page in (self.choosing, self.columns, self.trying):
            self.stack.addWidget(page)
        outside.addWidget(self.stack, 1)
        outside.addLayout(self._progress_line())
        outside.addLayout(self._buttons())
        self.choosing.form.committed.connect(self._go_on)
        self.choosing.kind.understood.connect(self._forget)
        self.columns.ready_changed.connect(self._refresh)
        self.trying.changed.connect(self._decided)
        self.trying.save_wanted.connect(self._save)
        within(self, px(900), px(620))
        self._show(_CHOOSE)

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self.stack.currentIndex()

    def open(self) -> None:
        """Show it with the focus on the kind of list."""
        super().open()
        self.choosing.form.focus_first()

    def reject(self) -> None:
        """Leave; what is being read or tried is stopped, what is being written is not left."""
        if self._writing:
            return
        if self._errand is not None:
            self._errand.cancel()
        super().reject()

    # ── building ─────────────────────────────────────────────────────────────────────────────

    def _progress_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.words = QLabel()
        self.stop = QPushButton(_("Stop"))
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self._stop)
        line.addWidget(self.words)
        line.addWidget(self.bar, 1)
        line.addWidget(self.stop)
        return line

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.back = QPushButton(_("Back"))
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self._go_back)
        self.close_button = QPushButton(_("Cancel"))
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self.next = QPushButton()
        self.next.setProperty("primary", True)
        self.next.setDefault(True)
        self.next.clicked.connect(self._go_on)
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.close_button)
        line.addWidget(self.next)
        return line

    # ── going on ─────────────────────────────────────────────────────────────────────────────

    def _show(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self._refresh()

    def _refresh(self, _ready: object = None) -> None:
        """Let words and buttons say what comes next."""
        step, busy = self.step, self._errand is not None
        words = _("Step {n} of {of}: {name}")
        self._where.setText(words.format(n=step + 1, of=len(_STEPS), name=_(_STEPS[step])))
        count = self.trying.count() if step == _TRY else 0
        verbs = {
            _CHOOSE: _("Look at it"),
            _COLUMNS: _("Try it"),
            _TRY: ngettext("Bring in {n} line", "Bring in {n} lines", count).format(
                n=self._room.formats.number(count)
            )
            if count
            else _("Bring in"),
        }
        self.next.setText(verbs[step])
        ready = {_CHOOSE: True, _COLUMNS: self.columns.usable(), _TRY: count > 0}
        self.next.setEnabled(ready[step] and not busy)
        self.next.setVisible(not self._done)
        self.back.setVisible(step > _CHOOSE and not self._done)
        self.back.setEnabled(not busy)
        self.stack.setEnabled(not busy)
        self.close_button.setText(_("Close") if self._done else _("Cancel"))
        self.close_button.setEnabled(not self._writing)
        for widget in (self.bar, self.words, self.stop):
            widget.setVisible(busy)
        self.stop.setEnabled(not self._writing)

    def _forget(self, _kind: object = None) -> None:
        self._opened = None

    def _go_back(self) -> None:
        self._show(self.step - 1)
        if self.step == _COLUMNS:
            self.columns.focus_first()
        else:
            self.choosing.form.focus_first()

    def _go_on(self, _go: object = None) -> None:
        if self._errand is not None or not self.next.isEnabled():
            return
        if self.step == _CHOOSE:
            if self.choosing.form.check():
                self._look()
        elif self.step == _COLUMNS:
            self.trying.begin()
            self._try()
        else:
            self._bring_in()

    def _decided(self, again: bool) -> None:  # noqa: FBT001 -- a signal's value
        if again:
            self._try()
        else:
            self._refresh()

    # ── errands ──────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        form = FORMATS[self.choosing.kind.value() or "patients"]
        path = Path(self.choosing.file.value())
        work = partial(_looked_at, self._clinic, form.id, path)
        self._run(_("Reading the list"), work, self._looked)

    def _looked(self, opened: OpenedList) -> None:
        self._ended()
        self._opened = opened
        self.columns.show_list(opened)
        self._show(_COLUMNS)
        self.columns.focus_first()

    def _try(self) -> None:
        if self._opened is None:
            return
        self.trying.clear()
        self._show(_TRY)
        work = partial(
            _tried, self._clinic, self._opened, self.columns.mapping(), self.trying.choices()
        )
        self._run(_("Trying the list"), work, self._tried)

    def _tried(self, report: ListReport) -> None:
        self._ended()
        self.trying.show_report(report, done=False)
        self._refresh()
        if self.next.isEnabled():
            self.next.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.trying.table.setFocus(Qt.FocusReason.TabFocusReason)
        self._room.notices.announce(self.trying.summary.text())

    def _bring_in(self) -> None:
        if self._opened is None:
            return
        work = partial(
            _brought_in, self._clinic, self._opened, self.columns.mapping(), self.trying.choices()
        )
        self._run(_("Bringing in the list"), work, self._brought)

    def _brought(self, report: ListReport) -> None:
        self._ended()
        if report.cancelled:
            self._room.notices.toast(_("Cancelled. Nothing was changed."))
            return
        self._done = not report.refused
        self.trying.show_report(report, done=True)
        self._refresh()
        self.close_button.setFocus(Qt.FocusReason.TabFocusReason)
        self._room.notices.toast(report.summary())

    def _run(
        self, title: str, work: Callable[[Errand], object], answered: Callable[..., None]
    ) -> None:
        self.bar.setRange(0, 0)
        self.words.setText(title)
        self._errand = self._room.desk.run_errand(title, work, answered, self._failed, owner=self)
        self._errand.progressed.connect(self._progressed)
        self._refresh()

    def _progressed(self, done: int, of: int, words: str) -> None:
        if self._errand is None:
            return
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.words.setText(words)
        writing = words == _("Writing")
        if writing != self._writing:
            self._writing = writing
            self._refresh()

    def _stop(self) -> None:
        if self._errand is not None:
            self._errand.cancel()

    def _ended(self) -> None:
        self._errand, self._writing = None, False
        self._refresh()

    def _failed(self, failure: BaseException) -> None:
        """Say why beside the field, or step back from what was stopped."""
        self._ended()
        if isinstance(failure, Refusal) and self.step == _CHOOSE:
            self.choosing.form.show_error("file", self._room.formats.refusal(failure))
            self.choosing.file.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if self.step == _TRY and self.trying.report is None:
            self._show(_COLUMNS)
        if isinstance(failure, Cancelled):
            self._room.notices.toast(_("Cancelled. Nothing was changed."))
        elif isinstance(failure, Refusal) and self.step == _COLUMNS:
            self.columns.problem.setText(self._room.formats.refusal(failure))
            self.columns.problem.setVisible(True)
        else:
            self._room.desk.fail(failure)

    # ── lines to mend ────────────────────────────────────────────────────────────────────────

    def _save(self) -> None:
        opened, report = self._opened, self.trying.report
        if opened is None or report is None:
            return
        name = _("{name} to mend").format(name=opened.table.path.stem) + opened.table.ending
        kinds = f"{_('Table')} (*{opened.table.ending})"
        path = save_file(
            self, self._room.settings, "lists", _("Save the lines to mend"), name, kinds
        )
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the lines to be mended into a file."""
        opened, report = self._opened, self.trying.report
        if opened is not None and report is not None:
            work = partial(_saved, self._clinic, opened, report, path)
            self._run(_("Saving"), work, partial(self._saved, path))

    def _saved(self, path: Path, _count: object) -> None:
        self._ended()
        words = _("Saved as {name} in {folder}.")
        self._room.notices.toast(words.format(name=path.name, folder=path.parent))


class NotSaved(Refusal):
    """The file of lines to mend has no place."""

    wording = N_("{file} could not be written. Choose another folder.")


def _looked_at(clinic: Clinic, form: str, path: Path, errand: Errand) -> OpenedList:
    return lists.open_list(clinic, FORMATS[form], path, clinic.actor, errand.step)


def _tried(
    clinic: Clinic, opened: OpenedList, mapping: ListMapping, choices: Choices, errand: Errand
) -> ListReport:
    return lists.bring_in(
        clinic,
        opened,
        mapping,
        clinic.actor,
        choices=choices,
        dry_run=True,
        progress=errand.step,
    )


def _brought_in(
    clinic: Clinic, opened: OpenedList, mapping: ListMapping, choices: Choices, errand: Errand
) -> ListReport:
    def told(done: int, of: int, words: str) -> None:
        if not errand.cancelled:  # asked for between lines, never inside the transaction
            errand.step(done, of, words)

    return lists.bring_in(
        clinic,
        opened,
        mapping,
        clinic.actor,
        choices=choices,
        progress=told,
        cancelled=lambda: errand.cancelled,
    )


def _saved(
    clinic: Clinic, opened: OpenedList, report: ListReport, path: Path, _errand: Errand
) -> int:
    try:
        count = lists.write_errors(opened, report, path)
    except OSError:
        raise NotSaved(file=path.name) from None
    lists.remember(clinic, opened, report.mapping, clinic.actor)
    with clinic.records.write(clinic.actor, "moving.save_lines") as work:
        work.record("list", None, category="demographic", after={"rows": count})
    return count
