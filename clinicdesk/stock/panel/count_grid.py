# SPDX-License-Identifier: Apache-2.0
"""Counting a shelf: choose the place, type numbers, Enter moves down."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox
from clinicdesk.desktop.room import Room
from clinicdesk.stock.panel.count_model import BOOK, COUNTED, DIFFERENCE, ITEM, LOT, CountModel
from clinicdesk.stock.queries import StockView
from clinicdesk.wording.text import _

_FILLED: Final = "filled"


class _CountDelegate(QStyledItemDelegate):
    """Leaves alone what is being typed when the shelves are shown anew after the line before."""

    def createEditor(self, parent: QWidget, option: Any, index: Any) -> QWidget:
        """Make a field with a name."""
        editor = super().createEditor(parent, option, index)
        editor.setAccessibleName(_("Counted"))
        editor.setProperty(_FILLED, False)
        return editor

    def setEditorData(self, editor: QWidget, index: Any) -> None:
        """Fill the field once."""
        if not editor.property(_FILLED):
            editor.setProperty(_FILLED, True)
            super().setEditorData(editor, index)


class CountTable(QTableView):
    """The lines; a number typed anywhere in a line is its count."""

    def __init__(self, room: Room, model: CountModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.setModel(model)
        self.setItemDelegateForColumn(COUNTED, _CountDelegate(self))
        self.setAccessibleName(_("Shelf to be counted"))
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed
        )
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        model.modelReset.connect(self._measure)
        room.theme.changed.connect(self._measure)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter skips a line; typing goes to the count whatever cell is marked."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # From an open editor Enter comes here too, before the editor is closed by it.
            if self.state() != QAbstractItemView.State.EditingState:
                self._down()
        else:
            if event.text().isdigit() and index.isValid() and index.column() != COUNTED:
                self.setCurrentIndex(self.model().index(index.row(), COUNTED))
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: object) -> None:
        """Go down after Enter, as in a spreadsheet."""
        super().closeEditor(editor, hint)  # type: ignore[arg-type]  # Qt's enum
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down()

    def begin(self) -> None:
        """Put the cursor on the first count."""
        if self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, COUNTED))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _down(self) -> None:
        below = self.model().index(self.currentIndex().row() + 1, COUNTED)
        if below.isValid():
            self.setCurrentIndex(below)

    def _measure(self) -> None:
        px = self._room.theme.px
        self.verticalHeader().setDefaultSectionSize(px(28))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in range(DIFFERENCE + 1):
            self.setColumnWidth(column, px(130 if column in {LOT, *range(LOT, BOOK)} else 110))
        header.setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)


class CountGrid(QWidget):
    """The page of counting.

    Attributes:
        counted: (Count) to be carried out.
        complained: (sentence) what was typed is no number.
    """

    counted = Signal(object)
    complained = Signal(str)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._view: StockView | None = None
        px = room.theme.px
        self.model = CountModel(room)
        self.table = CountTable(room, self.model)
        self.place: ChoiceBox[str] = ChoiceBox()
        self.place.setAccessibleName(_("Place to be counted"))
        self.blind = QCheckBox(_("Count blind"))
        self.blind.setToolTip(_("Hide what the book says until a line is counted."))
        self.left = plain_label("", muted=True, wrap=False)
        self.nothing = plain_label("", muted=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(12))
        caption = plain_label(_("Place"), muted=True, wrap=False)
        caption.setBuddy(self.place)
        row.addWidget(caption)
        row.addWidget(self.place)
        row.addWidget(self.blind)
        row.addWidget(plain_label(_("Type a number, Enter moves down"), muted=True), 1)
        row.addWidget(self.left)
        below = QVBoxLayout(self)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addLayout(row)
        below.addWidget(self.nothing)
        below.addWidget(self.table, 1)
        self.place.understood.connect(self._other_place)
        self.blind.toggled.connect(self.model.set_blind)
        self.model.counted.connect(self.counted)
        self.model.misread.connect(self.complained)

    def show_view(self, view: StockView) -> None:
        """Show the shelves as they are now."""
        self._view = view
        held = {row.place for row in view.shelves}
        names = [name for name in view.places if name in held]
        if names != [self.place.itemText(n) for n in range(self.place.count())]:
            self.place.set_choices([(name, name) for name in names])
        self._fill()

    def begin(self, place: str = "") -> None:
        """Begin a round."""
        if place:
            self.place.set_value(place)
        self.model.begin()
        self._fill()
        self.table.begin()

    def note(self, command: object) -> None:
        """A line was counted."""
        self.model.note(command)  # type: ignore[arg-type]  # what it told
        self._say_left()

    def _other_place(self, _place: object) -> None:
        self.model.begin()
        self._fill()

    def _fill(self) -> None:
        rows = self._view.shelves if self._view else ()
        place = self.place.value()
        self.model.show_lines([row for row in rows if row.place == place])
        self.nothing.setText(_("Nothing lies here. Receive a delivery first."))
        self.nothing.setVisible(not self.model.lines)
        self._say_left()

    def _say_left(self) -> None:
        formats = self._room.formats
        self.left.setText(formats.count("{n} line to count", "{n} lines to count", self.model.left))
