# SPDX-License-Identifier: Apache-2.0
"""What the page of supplies carries out: movements, and the forms it opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.stock.dialogs import ItemDialog, KitDialog, LotDialog
from clinicdesk.stock.model import (
    Adjust,
    ArchiveItem,
    CloseOrder,
    Discard,
    MakeOrder,
    Receive,
    TakeBack,
    Transfer,
    Use,
)
from clinicdesk.stock.panel.move_fields import Command
from clinicdesk.stock.queries import (
    ItemRow,
    KitRow,
    LevelRow,
    MovementRow,
    OrderRow,
    ShelfRow,
    StockView,
)
from clinicdesk.stock.service import Stock

MISTAKE = "mistake"


class StockActs:
    """Opens forms and carries out what needs no form."""

    def __init__(self, panel: QWidget, room: Room, stock: Stock) -> None:
        self._panel, self._room, self._stock = panel, room, stock

    def new_item(self, suppliers: Sequence[str]) -> None:
        """Ask for a new item."""
        ItemDialog(self._room, self._stock, suppliers, self._panel.window()).open()

    def edit_item(self, row: LevelRow | None, suppliers: Sequence[str]) -> None:
        """Ask what of an item is other."""
        if row is not None:
            ItemDialog(
                self._room, self._stock, suppliers, self._panel.window(), item=row.item
            ).open()

    def archive(self, row: LevelRow | None) -> None:
        """Take an item off the lists."""
        if row is not None:
            self._carry_out(self._stock.archive_item, ArchiveItem(row.id, row.item.version))

    def correct_lot(self, shelf: ShelfRow | None) -> None:
        """Ask what the box really says."""
        if shelf is not None:
            LotDialog(self._room, self._stock, shelf, self._panel.window()).open()

    def kits(self, view: StockView | None) -> None:
        """Ask what visits use up."""
        items = [row.item for row in view.levels] if view else []
        ask = partial(self._stock.kits, self._room.actor)
        self._room.desk.ask(ask, partial(self._open_kits, items), owner=self._panel)

    def close_order(self, row: OrderRow | None) -> None:
        """Expect nothing more of an order."""
        if row is not None:
            command = CloseOrder(row.order_id, row.version, "not coming")
            self._carry_out(self._stock.close_order, command)

    def take_back(self, row: MovementRow | None) -> None:
        """Reverse a movement that was entered in error."""
        if row is not None:
            self._carry_out(self._stock.take_back, TakeBack((row.id,), MISTAKE))

    def _open_kits(
        self,
        items: Sequence[ItemRow],
        answer: tuple[tuple[tuple[int, str], ...], tuple[KitRow, ...]],
    ) -> None:
        types, kits = answer
        KitDialog(self._room, self._stock, types, items, kits, self._panel.window()).open()

    def _carry_out(self, act: Callable[..., Done[Any]], command: object) -> None:
        self._room.desk.carry_out(partial(act, command, self._room.actor), owner=self._panel)


def carry(stock: Stock, command: Command, actor: Actor) -> Done[Any]:
    """Carry out what was typed."""
    acts: dict[type[Any], Callable[..., Done[Any]]] = {
        Use: stock.use,
        Receive: stock.receive,
        Transfer: stock.transfer,
        Discard: stock.discard,
        Adjust: stock.adjust,
        MakeOrder: stock.make_order,
    }
    return acts[type(command)](command, actor)


def same(one: Command, other: Command) -> bool:
    """Tell whether two commands ask for the same, whatever their keys."""
    return type(one) is type(other) and replace(one, key=other.key) == other
