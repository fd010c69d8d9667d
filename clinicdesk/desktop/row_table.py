# SPDX-License-Identifier: Apache-2.0
"""The table every list is shown in: sorting, copying, remembered columns, totals."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QItemSelectionModel,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from clinicdesk.desktop.column_widths import ColumnWidths, cell_margin
from clinicdesk.desktop.menus import menu_of
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_model import Role, RowModel
from clinicdesk.desktop.table_text import comma_separated, tab_separated
from clinicdesk.kernel.columns import Align, Column
from clinicdesk.wording.text import _

Row = TypeVar("Row")


class RowTable(QTableView, Generic[Row]):
    """A list of rows.

    Attributes:
        rows: the model; ``table.rows.replace(...)`` fills it.
        chosen: the current row changed: the row, or None.
        opened: a row was double-clicked or Enter pressed on it.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(  # noqa: PLR0913 -- a table has that many choices
        self,
        columns: Sequence[Column[Row]],
        room: Room,
        name: str,
        *,
        id_of: Callable[[Row], Hashable] | None = None,
        state_key: str = "",
        sortable: bool = True,
        ink: Callable[[Row, str], str] | None = None,
        strong: Callable[[Row], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make a table.

        Args:
            columns: what to show of a row.
            room: the panel's.
            name: translated; a screen reader says it.
            id_of: gives a row's id; ``row.id`` if not given.
            state_key: where widths, order and hidden columns are kept on this desk.
            sortable: whether a click on a heading sorts.
            ink: names the token a cell is written in, or nothing.
            strong: whether a row is written in bold.
            parent: Qt's.
        """
        super().__init__(parent)
        self._room = room
        self._state_key = f"table.{state_key}" if state_key else ""
        self.rows: RowModel[Row] = RowModel(
            columns, room.theme, room.formats, id_of, ink=ink, strong=strong
        )
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        header.setSortIndicatorClearable(True)
        if sortable:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)
            header.sortIndicatorChanged.connect(self._keep_in_sight)
        self._kept = QTimer(self)
        self._kept.setSingleShot(True)
        self._kept.setInterval(300)
        self._kept.timeout.connect(self._keep_columns)
        self._place: tuple[int, Hashable | None] | None = None
        self.rows.rowsInserted.connect(self._filled)
        self.rows.layoutChanged.connect(self._filled)
        self._own_widths = False
        self._spreading = False
        self._widths = ColumnWidths(self.rows, room)
        self._measure_rows()
        self._restore_columns()
        for signal in (header.sectionResized, header.sectionMoved):
            signal.connect(self._columns_touched)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._open_current)
        room.theme.changed.connect(self._measure_rows)

    # ── asking and choosing ──────────────────────────────────────────────────────────────────

    def current(self) -> Row | None:
        """Return the row the cursor is on."""
        index = self.currentIndex()
        row: Row | None = index.data(Role.ROW) if index.isValid() else None
        return row

    def selected(self) -> tuple[Row, ...]:
        """Return the selected rows from top to bottom."""
        indexes = sorted(self.selectionModel().selectedRows(), key=lambda one: one.row())
        return tuple(index.data(Role.ROW) for index in indexes)

    def choose(self, row_id: Hashable) -> bool:
        """Put the cursor on a row by its id; tell whether it is shown."""
        return self.choose_row(self.rows.row_of(row_id))

    def choose_row(self, row: int) -> bool:
        """Put the cursor on a row by its place; tell whether there is one."""
        if not 0 <= row < len(self.rows.rows):
            return False
        # Not selectRow(): it heeds Ctrl and Shift held down at this moment, as in Ctrl+Enter.
        flags = QItemSelectionModel.SelectionFlag
        index = self.rows.index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def forget(self) -> None:
        """Drop all rows, and go back to the same place when they are filled in again."""
        row = self.currentIndex().row()
        current = self.rows.id_at(row) if row >= 0 else None
        self._place = (self.verticalScrollBar().value(), current)
        self.rows.replace(())

    def copy(self, *, headers: bool = False) -> None:
        """Copy the selection as tab-separated text, numbers raw, for a spreadsheet."""
        QGuiApplication.clipboard().setText(self.as_text(headers=headers))

    def shown_columns(self) -> tuple[Column[Row], ...]:
        """Return the columns to be seen, in the order they stand."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return tuple(self.rows.columns[n] for n in order if not self.isColumnHidden(n))

    def as_text(self, *, headers: bool = False, rows: Sequence[Row] | None = None) -> str:
        """Return rows, or the selection, as tab-separated text in the shown order of columns."""
        chosen = self.selected() if rows is None else rows
        return tab_separated(self.shown_columns(), chosen, self._room.formats, headers=headers)

    def as_csv(self) -> str:
        """Return all shown rows as a file that spreadsheets read."""
        return comma_separated(self.shown_columns(), self.rows.rows, self._room.formats)

    # ── Qt's events ──────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, open, and find by first letters."""
        keys, wanted = event.key(), event.modifiers()
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        if keys == Qt.Key.Key_C and wanted & control:
            self.copy(headers=bool(wanted & shift))
        elif keys in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not wanted & control:
            self._open_current()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done here: by the right button, Shift+F10 or the menu key."""
        acts = self._room.acts_of(self)
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            below = self.visualRect(self.currentIndex()).bottomLeft()
            where = self.viewport().mapToGlobal(below)
        menu_of(self, acts).popup(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns over the width until somebody set one."""
        super().resizeEvent(event)
        self._spread()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "rows"):
            self._measure_rows()

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _filled(self) -> None:
        """Go back to where somebody was before the rows were dropped."""
        self._learn_widths()
        if self._place is None or not self.rows.rows:
            return
        (scrolled, current), self._place = self._place, None
        if current is not None:
            self.choose(current)
        self.verticalScrollBar().setValue(scrolled)

    def _current_changed(self) -> None:
        self.chosen.emit(self.current())

    def _open_current(self) -> None:
        row = self.current()
        if row is not None:
            self.opened.emit(row)

    def _keep_in_sight(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _spread(self) -> None:
        """Share the width among the columns, until somebody set one."""
        if self._own_widths:
            return
        shown = [n for n in range(len(self.rows.columns)) if not self.isColumnHidden(n)]
        self._spreading = True
        for number, width in self._widths.shared(shown, self.viewport().width()).items():
            self.setColumnWidth(number, width)
        self._spreading = False

    def _learn_widths(self) -> None:
        if not self._own_widths and self._widths.learn():
            self._spread()

    def _measure_rows(self) -> None:
        self._widths.forget()
        self._widths.learn()
        self._spread()
        height = self._room.theme.px(26)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def _offer_columns(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self.rows.columns):
            action = QAction(_(column.title), menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setData(number)
            action.toggled.connect(self._column_toggled)
            menu.addAction(action)
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    def _column_toggled(self, shown: bool) -> None:  # noqa: FBT001 -- Qt's signal
        action = self.sender()
        if isinstance(action, QAction):
            others = [
                number
                for number in range(len(self.rows.columns))
                if number != action.data() and not self.isColumnHidden(number)
            ]
            if shown or others:  # the last column stays
                self.setColumnHidden(action.data(), not shown)
                self._keep_columns()

    def _columns_touched(self) -> None:
        if self._spreading:
            return
        self._own_widths = True
        if self._state_key:
            self._kept.start()

    def _keep_columns(self) -> None:
        if self._state_key:
            state = bytes(self.horizontalHeader().saveState().toBase64().data()).decode()
            self._room.settings.put_text(self._state_key, f"{self._shape()}:{state}")

    def _restore_columns(self) -> None:
        shape, _colon, state = self._room.settings.text(self._state_key).partition(":")
        if self._state_key and shape == self._shape():
            header = self.horizontalHeader()
            self._own_widths = header.restoreState(QByteArray.fromBase64(state.encode()))
            # A hidden order makes people think that money is missing: always begin as given.
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _shape(self) -> str:
        """Name the set of columns; another program version's state is not put on it."""
        return ",".join(column.key for column in self.rows.columns)


class TotalsRow(QWidget):
    """The line under a table: sums of what is shown, or of what is selected if several are."""

    def __init__(self, table: RowTable[Any], room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table, self._room = table, room
        header = table.horizontalHeader()
        for signal in (
            table.rows.layoutChanged,
            table.rows.rowsInserted,
            table.rows.rowsRemoved,
            table.rows.dataChanged,
            table.rows.modelReset,
            table.selectionModel().selectionChanged,
            header.sectionResized,
            header.sectionMoved,
            table.horizontalScrollBar().valueChanged,
            room.theme.changed,
        ):
            signal.connect(self._again)

    def sizeHint(self) -> QSize:
        return QSize(self._room.theme.px(200), self._room.theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def words(self) -> dict[str, str]:
        """Return the written sums by column key, and how many rows they are of, under ""."""
        model, selected = self._table.rows, self._table.selected()
        few = selected if len(selected) > 1 else None
        count = len(model.rows) if few is None else len(few)
        formats = self._room.formats
        said = (
            formats.count("{n} row", "{n} rows", count)
            if few is None
            else formats.count("{n} selected", "{n} selected", count)
        )
        words = {"": said}
        for number, column in enumerate(model.columns):
            if column.total:
                words[column.key] = formats.value(column.kind, model.total(number, few))
        return words

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write each sum under its column."""
        from PySide6.QtCore import QRect
        from PySide6.QtGui import QFont

        theme, words = self._room.theme, self.words()
        pen = QPainter(self)
        pen.fillRect(self.rect(), theme.colour("surface"))
        pen.setPen(theme.colour("control"))
        pen.drawLine(0, 0, self.width(), 0)
        pen.setFont(theme.font(weight=QFont.Weight.DemiBold))
        pen.setPen(theme.colour("text"))
        header, pad = self._table.horizontalHeader(), cell_margin(self._room)
        edge = self._table.frameWidth()
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for number, column in enumerate(self._table.rows.columns):
            if self._table.isColumnHidden(number):
                continue
            first = header.visualIndex(number) == 0
            text = words.get(column.key, words[""] if first else "")
            x, width = header.sectionViewportPosition(number) + edge, header.sectionSize(number)
            place = QRect(x + pad, 0, max(width, 0) - 2 * pad, self.height())
            if first and not column.total:
                place.setWidth(max(place.width(), theme.px(160)))
            ends = column.align is Align.END
            side = (
                Qt.AlignmentFlag.AlignRight
                if ends != right_to_left
                else (Qt.AlignmentFlag.AlignLeft)
            )
            pen.drawText(
                place,
                int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter),
                text,
            )
        pen.end()

    def _again(self) -> None:
        words = self.words()
        self.setAccessibleName("; ".join(words.values()))
        self.update()
