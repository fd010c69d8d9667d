# SPDX-License-Identifier: Apache-2.0
"""The page of supplies: items with their par bars, a shelf to count, orders, an item's book."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QWidget,
)

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.schedule.model import VISITS
from clinicdesk.stock.model import (
    ITEMS,
    ORDERS,
    STOCK,
    Count,
    MakeOrder,
)
from clinicdesk.stock.panel import actions, chips
from clinicdesk.stock.panel.acts import StockActs, carry, same
from clinicdesk.stock.panel.move_fields import Command
from clinicdesk.stock.panel.pages import StockPages
from clinicdesk.stock.queries import LevelRow, MovementRow, OrderRow, StockView
from clinicdesk.stock.service import Stock
from clinicdesk.wording.text import N_, _

_MOVES: Final = frozenset(
    {actions.USE, actions.RECEIVE, actions.TRANSFER, actions.DISCARD, actions.CORRECT}
)
_OF_MARKED: Final = frozenset({actions.TRANSFER, actions.DISCARD, actions.CORRECT})


class StockPanel(StockPages):
    """Supplies."""

    shows: ClassVar[frozenset[Topic]] = frozenset({STOCK, ITEMS, ORDERS, VISITS})

    def __init__(self, room: Room, *, stock: Stock) -> None:
        super().__init__(room)
        self._stock = stock
        self._view: StockView | None = None
        self._mode = actions.LIST
        self._sent: Command | None = None
        self._book_of: int | None = None
        self.acts = StockActs(self, room, stock)
        self._listen()

    def _listen(self) -> None:
        self.room.spotlight.shown.connect(self._shone)
        self.chips.changed.connect(self._narrow)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.table.wanted.connect(self.perform)
        self.lots.table.chosen.connect(self._weigh)
        self.orders.chosen.connect(self._weigh)
        self.orders.opened.connect(self._receive_order)
        self.book.chosen.connect(self._weigh)
        self.line.moved.connect(self._move)
        self.line.left.connect(self._to_table)
        self.order_bar.given.connect(self._move)
        self.order_bar.left.connect(self._to_table)
        self.counting.counted.connect(self._count)
        self.counting.complained.connect(self._complain)

    # ── what the shell asks ──────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], StockView]:
        """Ask for everything of the shelves."""
        patient_id = self.room.spotlight.current("patient")
        return partial(self._stock.view, self.room.actor, patient_id)

    def show_answer(self, answer: StockView) -> None:
        """Fill the list, the lots, the orders and the line."""
        self._view = answer
        if not answer.levels:
            self.show_empty(
                _("There are no items yet. Add the first one."),
                _("New item"), partial(self.room.run_action, actions.NEW_ITEM), icon="boxes",
            )  # fmt: skip
            return
        self.chips.show_counts(answer.levels)
        self._narrow()
        self._chosen()
        self.orders.rows.replace(answer.orders)
        self.counting.show_view(answer)
        self.line.show_view(answer, self.room.spotlight.current("patient"))
        self.badge_changed.emit(sum(1 for row in answer.levels if row.low or row.expired))
        if self._mode == actions.HISTORY:
            self._ask_book()
        self._weigh()

    def title(self) -> str:
        """Name the item whose book is shown."""
        row = self._level(self._book_of)
        if self._mode == actions.HISTORY and row is not None:
            return _("Movements of {item}").format(item=row.item.name)
        return _(_TITLES[self._mode])

    def top_widgets(self) -> tuple[QWidget, ...]:
        """What is shown."""
        return (self.modes,)

    def own_keys(self) -> tuple[tuple[str, str], ...]:
        """Keys of the list of items."""
        return (
            ("Ctrl+A, Ctrl+Enter", _("order what is suggested")),
            ("Del", _("discard")),
            ("F2", _("edit the item")),
            ("Enter", _("movements of the item")),
        )

    def focus_first(self) -> None:
        """Begin on the most urgent item, or where the mode begins."""
        if self._mode == actions.COUNT:
            self.counting.table.begin()
            return
        table: RowTable[Any] = self.table
        if self._mode == actions.ORDERS:
            table = self.orders
        elif self._mode == actions.HISTORY:
            table = self.book
        if table.current() is None:
            table.choose_row(0)
        table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget(self) -> None:
        """Drop whom something was used for; what is typed stays."""
        self._view = None
        self.line.forget()
        super().forget()

    def perform(self, action_id: str) -> None:
        """Carry out an action of this page."""
        if self.why_not(action_id):
            return
        if action_id in _MOVES:
            self._start(action_id)
            return
        view, row = self._view, self.table.current()
        suppliers = view.suppliers if view else ()
        acts: dict[str, Callable[[], None]] = {
            actions.LIST: partial(self._turn, actions.LIST),
            actions.COUNT: partial(self._turn, actions.COUNT),
            actions.ORDERS: partial(self._turn, actions.ORDERS),
            actions.HISTORY: partial(self._open_book, row),
            actions.LOW: partial(self._press, chips.LOW),
            actions.EXPIRING: partial(self._press, chips.EXPIRING),
            actions.FILTER: self._filter,
            actions.ORDER: self._order,
            actions.NEW_ITEM: partial(self.acts.new_item, suppliers),
            actions.EDIT_ITEM: partial(self.acts.edit_item, row, suppliers),
            actions.ARCHIVE: partial(self.acts.archive, row),
            actions.LOT: partial(self.acts.correct_lot, self.lots.table.current()),
            actions.KITS: partial(self.acts.kits, view),
            actions.CLOSE_ORDER: partial(self.acts.close_order, self.orders.current()),
            actions.TAKE_BACK: partial(self.acts.take_back, self.book.current()),
        }
        acts[action_id]()

    def why_not(self, action_id: str) -> str:
        """Say why an action must wait."""
        if self._view is None and action_id != actions.NEW_ITEM:
            return ""
        listed = self._mode == actions.LIST
        row, line = self.table.current(), self.book.current()
        needs_item = {actions.EDIT_ITEM, actions.ARCHIVE, actions.HISTORY}
        reason = ""
        if action_id in needs_item and row is None:
            reason = _("Choose an item first.")
        elif action_id == actions.LOT:
            shelf = self.lots.table.current() if listed else None
            reason = "" if shelf and shelf.lot_id else _("Choose a lot below the list first.")
        elif action_id == actions.CLOSE_ORDER:
            chosen = self._mode == actions.ORDERS and self.orders.current() is not None
            reason = "" if chosen else _("Choose an order first.")
        elif action_id == actions.TAKE_BACK:
            if self._mode != actions.HISTORY or line is None:
                reason = _("Choose a movement in the book of its item first.")
            elif line.reversed or line.reverses:
                reason = _("This was taken back already.")
        return reason

    # ── acting ───────────────────────────────────────────────────────────────────────────────

    def _start(self, kind: str) -> None:
        """Begin a movement of the marked item, of the marked lot if there is one.

        From another page use and deliveries begin empty: what is marked here was not meant.
        """
        focus: QWidget | None = self.window().focusWidget()
        here = focus is not None and self.isAncestorOf(focus) and not self.line.isAncestorOf(focus)
        row = self.table.current() if here or kind in _OF_MARKED else None
        if self._mode != actions.LIST:
            row = None
            if self._mode == actions.COUNT:
                self._turn(actions.LIST)
        shelf = self.lots.table.current() if row is not None else None
        source = shelf.id if shelf else None
        if kind == actions.DISCARD and row is not None and shelf is None:
            source = self._oldest(row)
        self.line.start(kind, row.id if row else None, source)

    def _oldest(self, row: LevelRow) -> tuple[int, int, int] | None:
        there = self._view.shelves if self._view else ()
        mine = [one for one in there if one.item_id == row.id]
        return mine[0].id if mine else None

    def _order(self) -> None:
        """Ask about what is suggested of the marked items; of one not low, ask how many."""
        rows = self.table.selected() if self._mode == actions.LIST else ()
        if any(row.suggest for row in rows):
            self.order_bar.ask(rows)
        else:
            row = self.table.current()
            self.line.start(actions.ORDER, row.id if row and len(rows) == 1 else None)

    def _receive_order(self, row: OrderRow) -> None:
        self.line.start(actions.RECEIVE, row.item_id)
        self.line.quantity.set_value(row.outstanding)
        self.line.quantity.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _move(self, command: Command) -> None:
        if self._sent is not None and same(command, self._sent):
            command = self._sent  # pressed twice, or again after a trouble: moved once
        self._sent = command
        self.room.desk.carry_out(
            partial(carry, self._stock, command, self.room.actor),
            partial(self._moved, command),
            partial(self._refused, command),
            owner=self,
        )

    def _moved(self, command: Command, _done: Done[Any]) -> None:
        if self._sent is not command:
            return
        self._sent = None
        if isinstance(command, MakeOrder) and not self.line.item.text():
            self._to_table()
        else:
            self.line.clear()
            self.line.start()

    def _refused(self, command: Command, refusal: Refusal) -> None:
        if self._sent is command:
            self._sent = None
        self.line.show_refusal(refusal)

    def _count(self, command: Count) -> None:
        self.complaint.hide()
        self.room.desk.carry_out(
            partial(self._stock.count, command, self.room.actor),
            partial(self._counted, command),
            self._not_counted,
            owner=self,
        )

    def _counted(self, command: Count, _done: Done[Any]) -> None:
        self.counting.note(command)

    def _not_counted(self, refusal: Refusal) -> None:
        self._complain(self.room.formats.refusal(refusal))
        self.refresh()

    def _complain(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.show()
        self.room.notices.announce(sentence)

    # ── turning pages ────────────────────────────────────────────────────────────────────────

    def _turn(self, mode: str) -> None:
        changed, self._mode = mode != self._mode, mode
        self.mode_buttons[mode].setChecked(True)
        self.stack.setCurrentWidget(self._pages[mode])
        self.line.setVisible(mode != actions.COUNT)
        self.complaint.hide()
        if mode == actions.COUNT and changed:
            self.counting.begin()
        self.title_changed.emit()
        self._weigh()
        self.focus_first()

    def _press(self, chip: str) -> None:
        self._turn(actions.LIST)
        self.chips.press(chip)

    def _filter(self) -> None:
        self._turn(actions.LIST)
        self.chips.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.chips.text.selectAll()

    def _open_book(self, row: LevelRow | None) -> None:
        if row is not None:
            self._book_of = row.id
            self._turn(actions.HISTORY)
            self._ask_book()

    def _opened(self, row: LevelRow) -> None:
        self._open_book(row)

    def _ask_book(self) -> None:
        if self._book_of is not None:
            ask = partial(self._stock.history, self._book_of, self.room.actor)
            self.room.desk.ask(ask, self._show_book, owner=self)

    def _show_book(self, rows: tuple[MovementRow, ...]) -> None:
        self.book.rows.replace(rows)
        if self._mode == actions.HISTORY and self.book.current() is None:
            self.book.choose_row(0)

    def _to_table(self) -> None:
        self.focus_first()

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _shone(self, kind: str, _record_id: int) -> None:
        if kind == "patient":
            self.refresh()

    def _level(self, item_id: int | None) -> LevelRow | None:
        rows = self._view.levels if self._view else ()
        return next((row for row in rows if row.id == item_id), None)

    def _narrow(self) -> None:
        rows = self._view.levels if self._view else ()
        self.table.rows.narrow(self.chips.text.text())
        self.table.rows.replace([row for row in rows if chips.passes(row, self.chips.key)])
        none = bool(rows) and not self.table.rows.rows
        self.nothing.setText(
            _("No item is shown here. Esc in the filter shows all.")
            if self.chips.text.text().strip()
            else _("Nothing: all is as it should be.")
        )
        self.nothing.setVisible(none)
        if self.table.current() is None:
            self.table.choose_row(0)

    def _chosen(self, _row: object = None) -> None:
        self.lots.show_item(self.table.current(), self._view)
        self._weigh()

    def _weigh(self, _row: object = None) -> None:
        self.abilities_changed.emit()


_TITLES: Final = {
    actions.LIST: N_("Stock"),
    actions.COUNT: N_("Count a shelf"),
    actions.ORDERS: N_("Orders to come"),
    actions.HISTORY: N_("Movements"),
}
