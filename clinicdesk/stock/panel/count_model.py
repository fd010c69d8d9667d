# SPDX-License-Identifier: Apache-2.0
"""A shelf to be counted, as a table Qt can show and edit: one line to a lot in a place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from clinicdesk.desktop.room import Room
from clinicdesk.stock.model import Count
from clinicdesk.stock.queries import ShelfRow
from clinicdesk.wording.text import _

Index = QModelIndex | QPersistentModelIndex
ITEM, LOT, LAST_DAY, BOOK, COUNTED, DIFFERENCE = range(6)
_START: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_END: Final = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class CountModel(QAbstractTableModel):
    """Lines of a shelf with what was counted in this round.

    Attributes:
        counted: (Count) a number was typed.
        misread: (sentence) what was typed is no number.
        blind: the book's numbers are hidden, so that nobody counts what is expected.
    """

    counted = Signal(object)
    misread = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.lines: tuple[ShelfRow, ...] = ()
        self.blind = False
        self.editable = True
        self._done: dict[tuple[int, int, int], tuple[int, int]] = {}  # counted, book before

    def show_lines(self, lines: Sequence[ShelfRow]) -> None:
        """Show a shelf; lines counted to nothing stay until the round is over."""
        by_id = {line.id: line for line in lines}
        gone = [line for line in self.lines if line.id in self._done and line.id not in by_id]
        shown = (*lines, *gone)
        if [line.id for line in shown] == [line.id for line in self.lines]:
            self.lines = shown
            self._all_changed()
            return
        self.beginResetModel()
        self.lines = shown
        self.endResetModel()

    def begin(self) -> None:
        """Begin a new round."""
        self.beginResetModel()
        self._done = {}
        self.lines = ()
        self.endResetModel()

    def note(self, command: Count) -> None:
        """Keep what was counted."""
        shelf = (command.item_id, command.lot_id or 0, command.place_id)
        self._done[shelf] = (command.counted, command.seen)
        self._all_changed()

    @property
    def left(self) -> int:
        """How many lines are still to be counted."""
        return sum(1 for line in self.lines if line.id not in self._done)

    def set_blind(self, blind: bool) -> None:  # noqa: FBT001 -- Qt's signal
        """Hide or show the book's numbers."""
        self.blind = blind
        self._all_changed()

    # ── Qt's questions ───────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Count lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Count columns."""
        return 0 if parent.isValid() else DIFFERENCE + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let numbers be typed."""
        flags = super().flags(index)
        typing = self.editable and index.column() == COUNTED
        return flags | Qt.ItemFlag.ItemIsEditable if typing else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer Qt for a cell."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._title(column)}: {self._text(line, column)}"
        if role == Qt.ItemDataRole.EditRole and column == COUNTED:
            done = self._done.get(line.id)
            return "" if done is None else str(done[0])
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= BOOK:
            return _END
        if role == Qt.ItemDataRole.ForegroundRole and column == DIFFERENCE:
            done = self._done.get(line.id)
            token = "muted" if done is None or done[0] == done[1] else "warn"
            return self._room.theme.colour(token)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _END if section >= BOOK else _START
        return self._title(section) if role == Qt.ItemDataRole.DisplayRole else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was counted; nothing typed tells nothing."""
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not text:
            return False
        if not (text.isascii() and text.isdigit()):
            self.misread.emit(_("Give a whole number, zero or more."))
            return False
        line = self.lines[index.row()]
        self.counted.emit(Count(line.item_id, int(text), line.place_id, line.quantity, line.lot_id))
        return True

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _title(self, column: int) -> str:
        return (
            _("Item"), _("Lot"), _("Last day"), _("By the book"), _("Counted"), _("Difference"),
        )[column]  # fmt: skip

    def _text(self, line: ShelfRow, column: int) -> str:
        formats, done = self._room.formats, self._done.get(line.id)
        if column == ITEM:
            return f"{line.item} ({line.unit})"
        if column == LOT:
            return line.lot
        if column == LAST_DAY:
            return formats.day(line.expires_on, "short") if line.expires_on else ""
        if column == BOOK:
            hidden = self.blind and done is None
            return "" if hidden else formats.number(line.quantity if done is None else done[1])
        if done is None:
            return ""
        if column == COUNTED:
            return formats.number(done[0])
        by = done[0] - done[1]
        return formats.number(by) if by < 0 else f"+{formats.number(by)}" if by else _("as booked")

    def _all_changed(self) -> None:
        if self.lines:
            last = self.index(len(self.lines) - 1, DIFFERENCE)
            self.dataChanged.emit(self.index(0, 0), last)
