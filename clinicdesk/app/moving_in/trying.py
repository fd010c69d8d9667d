# SPDX-License-Identifier: Apache-2.0
"""The third step: what would become of every line, what is to be decided, and what was done."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.desktop.theme import SECTION
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.moving.lists import (
    BAD,
    LEFT,
    LIKELY,
    OUTCOMES,
    TAKEN,
    Choices,
    LineOutcome,
    ListReport,
)
from clinicdesk.wording.text import N_, _

_MOST: Final = 5_000
_WIDE: Final = 24  # letters of the box that says which lines are shown
_MARKS: Final = {TAKEN: "✓", BAD: "✕", LEFT: "–", LIKELY: "?"}


def _outcome(told: LineOutcome) -> str:
    return f"{_MARKS[told.outcome]} {_(OUTCOMES[told.outcome])}"


_COLUMNS: Final[tuple[Column[LineOutcome], ...]] = (
    Column("line", N_("Line"), lambda told: told.line, Kind.NUMBER, Align.END, 6),
    Column("outcome", N_("Becomes"), _outcome, weight=16),
    Column("about", N_("About"), lambda told: told.about, weight=24),
    Column("why", N_("Why"), lambda told: told.said(), weight=46),
)


class TryingStep(QWidget):
    """The lines and the decisions.

    Attributes:
        changed: something was decided that makes another trial, or another button, necessary.
        save_wanted: the lines to be mended are to be written to a file.
    """

    changed = Signal(bool)
    save_wanted = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.report: ListReport | None = None
        self._told, self._is_done = "", False
        px = room.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self.summary = plain_label("")
        self.summary.setFont(room.theme.font(SECTION, QFont.Weight.DemiBold))
        column.addWidget(self.summary)
        line = QHBoxLayout()
        self.show_only: ChoiceBox[str] = ChoiceBox()
        self.show_only.setMinimumContentsLength(_WIDE)
        self.show_only.setAccessibleName(_("Lines shown"))
        self.show_only.understood.connect(self._fill)
        shown = QLabel(_("Lines shown"))
        shown.setBuddy(self.show_only)
        self.save = QPushButton(_("Save the lines to mend…"))
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self.save_wanted)
        line.addWidget(shown)
        line.addWidget(self.show_only)
        line.addStretch(1)
        line.addWidget(self.save)
        column.addLayout(line)
        self.table: RowTable[LineOutcome] = RowTable(
            _COLUMNS, room, _("Lines of the list"), id_of=_line_of, ink=_ink
        )
        column.addWidget(self.table, 1)
        self.more = plain_label("", muted=True)
        column.addWidget(self.more)
        self.good_lines = QCheckBox(_("Take the good lines now; leave those to be mended out"))
        self.likely_too = QCheckBox(
            _("Take people who are perhaps here already too, as people of their own")
        )
        self.good_lines.toggled.connect(self._decided)
        self.likely_too.toggled.connect(self._decided_people)
        column.addWidget(self.good_lines)
        column.addWidget(self.likely_too)

    def begin(self) -> None:
        """Forget the decisions about another list."""
        self.clear()
        for box in (self.good_lines, self.likely_too):
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)
            box.setVisible(False)

    def clear(self) -> None:
        """Show nothing while it is being tried."""
        self.report = None
        self.summary.setText(_("Trying…"))
        self.more.setText("")
        self.save.setEnabled(False)
        self.table.rows.replace(())

    def choices(self) -> Choices:
        """Return what was decided."""
        return Choices(self.good_lines.isChecked(), self.likely_too.isChecked())

    def count(self) -> int:
        """Return how many lines would be written as things stand."""
        report = self.report
        if report is None or (report.count(BAD) and not self.good_lines.isChecked()):
            return 0
        return report.count(TAKEN)

    def show_report(self, report: ListReport, *, done: bool) -> None:
        """Show what would be, or what was done."""
        self.report = report
        words = self._room.formats
        counts = {kind: report.count(kind) for kind in OUTCOMES}
        parts = [
            f"{_MARKS[kind]} {words.number(count)} {_(OUTCOMES[kind])}"
            for kind, count in counts.items()
            if count
        ]
        told = " · ".join(parts) or _("The list holds no lines.")
        self._told, self._is_done = told, done
        self._say()
        needs = counts[BAD] + counts[LIKELY]
        self.save.setEnabled(needs > 0)
        self.good_lines.setVisible(not done and counts[BAD] > 0)
        self.likely_too.setVisible(not done and (counts[LIKELY] > 0 or self.likely_too.isChecked()))
        offered = [("", _("All lines"))]
        if needs:
            offered.insert(0, ("mend", _("Lines that need you")))
        offered += [
            (kind, _(OUTCOMES[kind])) for kind, count in counts.items() if count and len(parts) > 1
        ]
        self.show_only.set_choices(offered)
        self.show_only.set_value(offered[0][0])
        self._fill()

    def _say(self) -> None:
        """Say what would be with what is decided, or what was done; below it, the counts."""
        report = self.report
        if report is None:
            return
        words = report.summary()
        if not self._is_done and self.good_lines.isChecked():
            words = replace(report, refused=False).summary()
        self.summary.setText(f"{words}\n{self._told}")

    def _fill(self, _value: object = None) -> None:
        report = self.report
        if report is None:
            return
        wish = self.show_only.value() or ""
        wanted = {"mend": {BAD, LIKELY}, "": set(OUTCOMES)}.get(wish, {wish})
        rows = [told for told in report.outcomes if told.outcome in wanted]
        self.table.rows.replace(rows[:_MOST])
        if rows:
            self.table.choose_row(0)
        over = len(rows) > _MOST
        words = _("The first {n} are shown; the file of lines to mend holds them all.")
        self.more.setText(words.format(n=self._room.formats.number(_MOST)) if over else "")
        self.more.setVisible(over)

    def _decided(self, _checked: bool) -> None:  # noqa: FBT001 -- a check box's signal
        self._say()
        self.changed.emit(False)

    def _decided_people(self, _checked: bool) -> None:  # noqa: FBT001 -- likewise
        self.changed.emit(True)


def _line_of(told: LineOutcome) -> int:
    return told.line


def _ink(told: LineOutcome, key: str) -> str:
    if key == "outcome":
        return {BAD: "danger", LIKELY: "warn", LEFT: "muted"}.get(told.outcome, "")
    return ""
