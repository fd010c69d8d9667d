# SPDX-License-Identifier: Apache-2.0
"""The widgets of the page of supplies, and where they stand."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable, TotalsRow
from clinicdesk.stock import columns
from clinicdesk.stock.model import MAY_ADJUST
from clinicdesk.stock.panel import actions
from clinicdesk.stock.panel.chips import Chips
from clinicdesk.stock.panel.count_grid import CountGrid
from clinicdesk.stock.panel.move_line import MoveLine
from clinicdesk.stock.panel.order_bar import OrderBar
from clinicdesk.stock.panel.tables import ItemTable, LotsPane
from clinicdesk.stock.queries import MovementRow, OrderRow, StockView
from clinicdesk.wording.text import N_, _

_MODES: Final = (
    (actions.LIST, N_("Items")),
    (actions.COUNT, N_("Count")),
    (actions.ORDERS, N_("Orders")),
    (actions.HISTORY, N_("Movements")),
)
_BOTH: Final = 322  # units of height that the list and the lots below it need


class StockPages(Panel[StockView]):
    """Items with their lots, a shelf to count, orders, an item's book; the line below them."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.chips = Chips(room)
        self.table = ItemTable(room)
        self.lots = LotsPane(room)
        self.counting = CountGrid(room)
        self.orders: RowTable[OrderRow] = RowTable(
            columns.ORDERS, room, _("Orders"), state_key="stock_orders"
        )
        self.book: RowTable[MovementRow] = RowTable(
            columns.MOVEMENTS, room, _("Movements of the item"), state_key="stock_book",
            ink=_book_ink,
        )  # fmt: skip
        self.order_bar = OrderBar(room)
        self.line = MoveLine(room)
        self.nothing = plain_label("", muted=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.complaint = plain_label("")
        self.complaint.setProperty("tone", "danger")
        self.complaint.setContentsMargins(room.theme.px(12), 0, room.theme.px(12), 0)
        self.complaint.hide()
        self.counting.model.editable = room.actor.may(MAY_ADJUST)
        self._make_top()
        self._lay_out()
        self.lots.hide()  # until it is known that there is room for both

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the lots out where a low window has no room for both lists."""
        super().resizeEvent(event)
        self.lots.setVisible(self.height() >= self.room.theme.px(_BOTH))

    def _make_top(self) -> None:
        self.modes = QWidget()
        row = QHBoxLayout(self.modes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.room.theme.px(6))
        group = QButtonGroup(self)
        self.mode_buttons: dict[str, QToolButton] = {}
        for mode, words in _MODES:
            button = QToolButton()
            button.setText(_(words))
            button.setCheckable(True)
            button.clicked.connect(partial(self.room.run_action, mode))
            group.addButton(button)
            self.mode_buttons[mode] = button
            row.addWidget(button)
        self.mode_buttons[actions.LIST].setChecked(True)

    def _lay_out(self) -> None:
        px = self.room.theme.px
        upper = QWidget()
        above = _column(upper)
        above.addWidget(self.table, 1)
        above.addWidget(self.nothing)
        above.addWidget(TotalsRow(self.table, self.room))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setAccessibleName(_("Items, and lots of the item"))
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(self.lots)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        split.setSizes([px(460), px(130)])
        listed = QWidget()
        below = _column(listed)
        below.addWidget(self.chips)
        below.addWidget(split, 1)
        self.stack = QStackedWidget()
        self._pages = {
            actions.LIST: listed,
            actions.COUNT: self.counting,
            actions.ORDERS: self.orders,
            actions.HISTORY: self.book,
        }
        for page in self._pages.values():
            self.stack.addWidget(page)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.complaint)
        self.body.addWidget(self.order_bar)
        self.body.addWidget(self.line)


def _book_ink(row: MovementRow, _key: str) -> str:
    return "muted" if row.reversed or row.reverses else ""


def _column(inside: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
