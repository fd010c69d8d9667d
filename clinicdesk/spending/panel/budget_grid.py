# SPDX-License-Identifier: Apache-2.0
"""The budget's grid: type an amount, Enter goes down; paste a block from a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.spending.model import PlannedAmount, read_paste
from clinicdesk.spending.panel.budget_model import FIRST, MONTHS, PLAN, YEAR, BudgetModel
from clinicdesk.wording.text import _

_SHOWN: Final = 3
_ROW: Final = 28


class BudgetGrid(QTableView):
    """A year's plan.

    Attributes:
        planned: (cells) typed, pasted, filled or taken away.
        complained: (sentence) what could not be read; nothing was planned.
    """

    planned = Signal(object)
    complained = Signal(str)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._leaving = False
        self.model_of_year = BudgetModel(room)
        self.setModel(self.model_of_year)
        self.setAccessibleName(_("Budget by account and month"))
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed
        )
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.model_of_year.typed.connect(self.planned)
        self.model_of_year.misread.connect(self.complained)
        self.model_of_year.modelReset.connect(self._measure)
        self.model_of_year.dataChanged.connect(self._measure)
        room.theme.changed.connect(self._measure)
        self._measure()

    def focus_first(self) -> None:
        """Put the cursor on the first month of the first account."""
        if not self.currentIndex().isValid() and self.model_of_year.lines:
            self.setCurrentIndex(self.model_of_year.index(0, FIRST))
        self.setFocus()

    def fill_right(self) -> None:
        """Plan the cursor's amount for the months after it too."""
        index = self.currentIndex()
        if not FIRST <= index.column() < YEAR:
            return
        amount = self.model_of_year.amount(index.row(), index.column())
        self._tell(
            cell
            for column in range(index.column() + 1, FIRST + MONTHS)
            for cell in self.model_of_year.cells(index.row(), column, amount)
        )

    def paste(self, text: str) -> None:
        """Plan a block from a spreadsheet, or say what of it cannot be read."""
        index, model = self.currentIndex(), self.model_of_year
        accounts = [(x.account, self._room.formats.word(x.name)) for x in model.lines]
        month = min(max(index.column() - FIRST, 0), MONTHS - 1)
        pasted = read_paste(text, accounts, (max(index.row(), 0), month), self._read)
        if pasted.problems:
            first = "; ".join(
                _("line {number}: {words}").format(number=number, words=words)
                for number, words in pasted.problems[:_SHOWN]
            )
            self.complained.emit(
                _("Nothing was pasted. It cannot be read: {problems}.").format(problems=first)
            )
            return
        self._tell(
            cell
            for row, place, amount in pasted.cells
            for cell in model.cells(row, FIRST + place, amount)
        )

    def copy(self) -> None:
        """Copy the selected cells as tab-separated text, for a spreadsheet."""
        indexes = self.selectionModel().selectedIndexes()
        rows = sorted({index.row() for index in indexes})
        columns = sorted({index.column() for index in indexes})
        lines = ["\t".join(self._raw(row, column) for column in columns) for row in rows]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste, copy, take away, and type."""
        if event.matches(QKeySequence.StandardKey.Paste):
            if self._may_type():
                self.paste(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._take_away()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # What an editor leaves of its own Enter is not another one.
            if self.state() != QAbstractItemView.State.EditingState:
                self._down()
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: object) -> None:
        """Go down after Enter, as in a spreadsheet."""
        super().closeEditor(editor, hint)  # type: ignore[arg-type]  # Qt's enum
        # Later, and once: moving the cursor now would close the same editor again.
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache and not self._leaving:
            self._leaving = True
            QTimer.singleShot(0, self._left)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _raw(self, row: int, column: int) -> str:
        role = Qt.ItemDataRole.EditRole if column else Qt.ItemDataRole.DisplayRole
        return str(self.model_of_year.data(self.model_of_year.index(row, column), role) or "")

    def _read(self, text: str) -> int:
        try:
            return self._room.formats.parse_money(text)
        except Refusal as refusal:
            raise ValueError(text) from refusal

    def _may_type(self) -> bool:
        return self.model_of_year.editable and self.model_of_year.view == PLAN

    def _take_away(self) -> None:
        model = self.model_of_year
        if self._may_type():
            self._tell(
                cell
                for index in self.selectionModel().selectedIndexes()
                if FIRST <= index.column() <= YEAR
                for cell in model.cells(index.row(), index.column(), None)
            )

    def _left(self) -> None:
        self._leaving = False
        self._down()

    def _down(self) -> None:
        index = self.currentIndex()
        below: QModelIndex = self.model_of_year.index(index.row() + 1, index.column())
        if below.isValid():
            self.setCurrentIndex(below)

    def _tell(self, cells: Iterable[PlannedAmount]) -> None:
        told = tuple(cells)
        if told:
            self.planned.emit(told)

    def _measure(self) -> None:
        px = self._room.theme.px
        self.verticalHeader().setDefaultSectionSize(px(_ROW))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.resizeColumnsToContents()
        for column in range(self.model_of_year.columnCount()):
            least = px(150 if column == 0 else 84 if column >= YEAR else 58)
            self.setColumnWidth(column, max(self.columnWidth(column), least))
