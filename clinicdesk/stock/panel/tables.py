# SPDX-License-Identifier: Apache-2.0
"""The list of items with its own keys, and the lots of the item the cursor is on."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.stock.model import EXPIRING_DAYS
from clinicdesk.stock.panel import actions
from clinicdesk.stock.panel.par_bar import ParBar
from clinicdesk.stock.panel.words import PAR, level_columns, level_ink
from clinicdesk.stock.queries import LevelRow, ShelfRow, StockView
from clinicdesk.wording.text import N_, _

_KEYS = {
    Qt.Key.Key_Delete: actions.DISCARD,
    Qt.Key.Key_F2: actions.EDIT_ITEM,
    Qt.Key.Key_Insert: actions.NEW_ITEM,
}
_SHELF_COLUMNS: tuple[Column[ShelfRow], ...] = (
    Column("lot", N_("Lot"), lambda r: r.lot, weight=14),
    Column("expires_on", N_("Last day"), lambda r: r.expires_on, Kind.DAY, weight=12),
    Column("place", N_("Place"), lambda r: r.place, weight=16),
    Column("quantity", N_("On hand"), lambda r: r.quantity, Kind.NUMBER, Align.END, 8),
    Column("value", N_("Value"), lambda r: r.value_minor, Kind.MONEY, Align.END, 10),
)


class ItemTable(RowTable[LevelRow]):
    """Items, most urgent first; keys act on the one the cursor is on.

    Attributes:
        wanted: (action id) a key of the list.
    """

    wanted = Signal(str)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(
            level_columns(room.formats), room, _("Items"), state_key="stock", ink=level_ink,
            strong=_is_low, parent=parent,
        )  # fmt: skip
        self._bar = ParBar(room, self)
        place = next(n for n, column in enumerate(self.rows.columns) if column.key == PAR)
        self.setItemDelegateForColumn(place, self._bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the item, or move as in any list."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _KEYS and held == Qt.KeyboardModifier.NoModifier:
            self.wanted.emit(_KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class LotsPane(QWidget):
    """Where the item lies, in which lots."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._item: int | None = None
        px = room.theme.px
        self.head = plain_label("", wrap=False)
        self.head.setContentsMargins(px(12), px(6), px(12), px(4))
        self.table: RowTable[ShelfRow] = RowTable(
            _SHELF_COLUMNS, room, _("Lots and places of the item"), state_key="stock_lots",
            ink=self._ink,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        room.theme.changed.connect(self._dress)
        self._dress()

    def show_item(self, row: LevelRow | None, view: StockView | None) -> None:
        """Show the lots of an item, or nothing."""
        if (row.id if row else None) != self._item:
            self._item = row.id if row else None
            self.table.setCurrentIndex(QModelIndex())
            self.table.clearSelection()
        there = view.shelves if view is not None and row is not None else ()
        mine = [one for one in there if row is not None and one.item_id == row.id]
        self.table.rows.replace(mine)
        if row is None:
            self.head.setText("")
            return
        words = _("{item}: lots and places") if mine else _("{item}: nothing is there")
        self.head.setText(words.format(item=row.item.name))

    def _ink(self, row: ShelfRow, key: str) -> str:
        if key != "expires_on" or row.expires_on is None:
            return ""
        today = self._room.formats.zone.day(self._room.clock.now())
        days = (row.expires_on - today).days
        return "danger" if days < 0 else "warn" if days <= EXPIRING_DAYS else ""

    def _dress(self) -> None:
        self.table.setMinimumHeight(self._room.theme.px(26 + 34))
        self.head.setFont(self._room.theme.font(weight=QFont.Weight.DemiBold))


def _is_low(row: LevelRow) -> bool:
    return row.low
