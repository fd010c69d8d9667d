# SPDX-License-Identifier: Apache-2.0
"""The grid of a week: chosen from, typed into, dragged in; it tells what somebody wants.

Each drag has its equal on the keyboard: Alt+arrow moves a day, Alt+Shift+arrow copies it; Ctrl+X,
Ctrl+C and Ctrl+V do the same over any distance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QTableView,
    QWidget,
)

from clinicdesk.desktop.room import Room
from clinicdesk.staff.panel.cell_painter import CellPainter, PeopleHeader
from clinicdesk.staff.panel.grid_model import BALANCE_COLUMN, HOURS_COLUMN, Role, RosterModel
from clinicdesk.staff.queries import DAYS, Cell
from clinicdesk.wording.text import _

THRESHOLD: Final = 10
_LEAST: Final = 74  # units of a day's column
_STEPS: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Carry:
    """A day that shall go elsewhere.

    Attributes:
        copy: it also stays where it is.
    """

    source: Place
    target: Place
    copy: bool


class RosterGrid(QTableView):
    """The week.

    Attributes:
        carried: a ``Carry``: dropped or pushed by keys.
        cleared: places whose days shall be empty.
        pasted: (text, place) pasted over a place.
        cut_pasted: a ``Carry`` after Ctrl+X and Ctrl+V.
        stood_on: the cursor went elsewhere.
        menu_wanted: where a context menu shall open, on the screen.
        reverted: an editor was left with Esc.
        paged: -1 for the week before, 1 for the week after.
    """

    carried = Signal(object)
    cleared = Signal(object)
    pasted = Signal(str, object)
    stood_on = Signal()
    menu_wanted = Signal(QPoint)
    reverted = Signal()
    paged = Signal(int)

    def __init__(self, room: Room, *, may_edit: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._may_edit = room, may_edit
        self.rows = RosterModel(room, may_edit=may_edit)
        self._painter = CellPainter(room.theme, self)
        self._press: tuple[QPointF, Place] | None = None
        self._drag: Carry | None = None
        self._cut: Place | None = None
        self.setModel(self.rows)
        self.setItemDelegate(self._painter)
        self.setVerticalHeader(PeopleHeader(room.theme, room.formats, self))
        self.setAccessibleName(_("Roster"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked
            if may_edit
            else triggers.NoEditTriggers
        )
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        self.rows.modelReset.connect(self._reset)
        self.rows.dataChanged.connect(self._measure)
        self.selectionModel().currentChanged.connect(self._current_changed)
        room.theme.changed.connect(self._measure)

    # ── choosing ─────────────────────────────────────────────────────────────────────────────

    def set_compact(self, *, compact: bool) -> None:
        """Make rows low, so that the coverage is in sight on a small screen."""
        if compact != self._painter.compact:
            self._painter.compact = compact
            self._measure()
            self.verticalHeader().viewport().update()

    def here(self) -> Place | None:
        """Return where the cursor is, if it is on a day."""
        index = self.currentIndex()
        if not index.isValid() or index.column() >= DAYS:
            return None
        return index.row(), index.column()

    def chosen(self) -> list[Place]:
        """Return the chosen days of people and open shifts, row by row."""
        indexes = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        return sorted(
            (index.row(), index.column())
            for index in indexes
            if isinstance(index.data(Role.SUBJECT), Cell)
        )

    def stand_on(self, row: int, column: int) -> None:
        """Put the cursor on a place."""
        index = self.rows.index(row, column)
        if index.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
            self.scrollTo(index)

    def type_again(self, row: int, column: int, text: str) -> None:
        """Open a cell's editor with what was typed, to be mended, once the first one is gone."""
        QTimer.singleShot(0, self, partial(self._type_again, row, column, text))

    def _type_again(self, row: int, column: int, text: str) -> None:
        self.stand_on(row, column)
        self.edit(self.rows.index(row, column))
        for editor in self.viewport().findChildren(QLineEdit):
            if editor.isVisible():
                editor.setText(text)
                editor.selectAll()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """After Enter go a row down, after Tab a day on."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        hints = QAbstractItemDelegate.EndEditHint
        if hint == hints.RevertModelCache:
            self.reverted.emit()
        here = self.here()
        if here is None:
            return
        if hint == hints.SubmitModelCache:
            self.stand_on(min(here[0] + 1, self.rows.rowCount() - 1), here[1])
        elif hint in {hints.EditNextItem, hints.EditPreviousItem}:
            step = 1 if hint == hints.EditNextItem else -1
            self.stand_on(here[0], max(0, min(DAYS - 1, here[1] + step)))
        self.setFocus()

    # ── keys ─────────────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        """Keep the grid's own keys from the menus while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            own = event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            copying = control and event.key() in {Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X}
            if (alt and event.key() in _STEPS) or own or copying:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear, copy, cut, paste, push; letters begin to type."""
        key, wanted = event.key(), event.modifiers()
        alt, control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape and (self._drag is not None or self._cut is not None):
            self.give_up()
        elif wanted & alt and key in _STEPS:
            self._push(_STEPS[Qt.Key(key)], copy=bool(wanted & Qt.KeyboardModifier.ShiftModifier))
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and not wanted & control:
            self.clear_chosen()
        elif wanted == control and key in {Qt.Key.Key_C, Qt.Key.Key_X}:
            self.copy(cut=key == Qt.Key.Key_X)
        elif wanted == control and key == Qt.Key.Key_V:
            self.paste()
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown} and not wanted:
            self.paged.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not wanted & control:
            editing = self.state() == QAbstractItemView.State.EditingState
            if self._may_edit and self.here() is not None and not editing:
                self.edit(self.currentIndex())
        elif key == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def clear_chosen(self) -> None:
        """Empty the chosen days."""
        if self._may_edit and self.chosen():
            self.cleared.emit(self.chosen())

    def copy(self, *, cut: bool = False) -> None:
        """Copy the chosen days as text, tab-separated; with ``cut`` the next paste moves one."""
        indexes = self.selectionModel().selectedIndexes() or [self.currentIndex()]
        lines: dict[int, list[str]] = {}
        for index in sorted(indexes, key=lambda one: (one.row(), one.column())):
            text = index.data(Qt.ItemDataRole.EditRole) or index.data() or ""
            lines.setdefault(index.row(), []).append(str(text))
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in lines.values()))
        self._cut = self.here() if cut and self._may_edit else None
        self.viewport().update()

    def paste(self) -> None:
        """Paste days at the cursor; after a cut, move the one that was cut."""
        here = self.here()
        if here is None or not self._may_edit:
            return
        if self._cut is not None:
            source, self._cut = self._cut, None
            if source != here:
                self.carried.emit(Carry(source, here, copy=False))
        else:
            self.pasted.emit(QGuiApplication.clipboard().text(), here)
        self.viewport().update()

    def give_up(self) -> None:
        """Let a drag or a cut go; nothing happens."""
        self._drag, self._press, self._cut = None, None, None
        self.viewport().unsetCursor()
        self.viewport().update()

    # ── mouse ────────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose; a drag of a planned day may begin here."""
        super().mousePressEvent(event)
        self._press = None
        if event.button() != Qt.MouseButton.LeftButton or not self._may_edit:
            return
        index = self.indexAt(event.position().toPoint())
        subject = index.data(Role.SUBJECT) if index.isValid() else None
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if isinstance(subject, Cell) and subject.plan.kind != "none" and not shift:
            self._press = (QPointF(event.position()), (index.row(), index.column()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a dragged day would go."""
        if self._press is None:
            super().mouseMoveEvent(event)
            return
        at, source = self._press
        if self._drag is None:
            moved = (event.position() - at).manhattanLength()
            if moved < self._room.theme.px(THRESHOLD):
                return
        copy = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        index = self.indexAt(event.position().toPoint())
        target = source
        if isinstance(index.data(Role.SUBJECT), Cell):
            target = (index.row(), index.column())
        self._drag = Carry(source, target, copy)
        shape = Qt.CursorShape.DragCopyCursor if copy else Qt.CursorShape.ClosedHandCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for what was dragged."""
        drag, self._press, self._drag = self._drag, None, None
        self.viewport().unsetCursor()
        if drag is None:
            super().mouseReleaseEvent(event)
            return
        self.viewport().update()
        if drag.target != drag.source:
            copy = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.carried.emit(Carry(drag.source, drag.target, copy))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu, at the cursor if it was a key."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = self.visualRect(self.currentIndex())
            where = self.viewport().mapToGlobal(box.center())
        self.menu_wanted.emit(where)

    # ── painting and measures ────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame where a drag goes and what was cut."""
        super().paintEvent(event)
        marked = [self._drag.target] if self._drag is not None else []
        if self._cut is not None:
            marked.append(self._cut)
        if not marked:
            return
        pen = QPainter(self.viewport())
        pen.setPen(QPen(self._room.theme.colour("accent"), 2, Qt.PenStyle.DashLine))
        for place in marked:
            box = self.visualRect(self.rows.index(*place))
            pen.drawRect(QRect(box).adjusted(1, 1, -2, -2))
        pen.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the days over the width."""
        super().resizeEvent(event)
        self._spread()

    def sizeHint(self) -> QSize:
        """Say how large it likes to be."""
        return QSize(self._room.theme.px(860), self._room.theme.px(420))

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _push(self, step: tuple[int, int], *, copy: bool) -> None:
        """Move or copy the day at the cursor to its neighbour."""
        here = self.here()
        if here is None or not self._may_edit:
            return
        down, on = step
        if self.isRightToLeft():
            on = -on
        target = (here[0] + down, here[1] + on)
        subject = self.rows.index(*target).data(Role.SUBJECT)
        if isinstance(subject, Cell):
            self.carried.emit(Carry(here, target, copy))
            self.stand_on(*target)

    def _reset(self) -> None:
        self._measure()
        if self.rows.rowCount() and not self.currentIndex().isValid():
            today = (self.rows.today - self.rows.day(0)).days
            self.stand_on(0, today if 0 <= today < DAYS else 0)

    def _current_changed(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.stood_on.emit()

    def _measure(self) -> None:
        px = self._room.theme.px
        header = self.horizontalHeader()
        header.setMinimumHeight(px(30))
        self.verticalHeader().setFixedWidth(px(188))
        for row in range(self.rows.rowCount()):
            tall = self._painter.tall(self.rows, row)
            if self.rowHeight(row) != tall:
                self.setRowHeight(row, tall)
        self._spread()

    def _spread(self) -> None:
        px = self._room.theme.px
        ends = px(58)
        wide = max(px(_LEAST), (self.viewport().width() - 2 * ends) // DAYS)
        for column in range(DAYS):
            self.setColumnWidth(column, wide)
        self.setColumnWidth(HOURS_COLUMN, ends)
        self.setColumnWidth(BALANCE_COLUMN, ends)
