# SPDX-License-Identifier: Apache-2.0
"""The only writer of the stock tables. What is on hand is kept beside the movements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.folding import fold
from clinicdesk.stock.model import ITEMS, STOCK, LotOnHand, Move, Movement, SaveItem
from clinicdesk.stock.tables import item, lot, movement, on_hand, place, supplier
from clinicdesk.storage.records import UnitOfWork


class StockRepository:
    """Writes items, lots, places and movements within a unit of work."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add_item(self, command: SaveItem) -> int:
        """Add an item; return its id."""
        row = self._work.execute(
            item.insert().values(
                name=command.name,
                folded_name=fold(command.name),
                unit=command.unit,
                pack_unit=command.pack_unit,
                pack_size=command.pack_size,
                par_min=command.par_min,
                par_max=command.par_max,
                supplier_id=self._named(supplier, command.supplier) if command.supplier else None,
                tracks_lots=command.tracks_lots,
            )
        )
        item_id = _new_id(row)
        self._work.note(ITEMS, item_id)
        return item_id

    def item(self, item_id: int) -> tuple[str, bool] | None:
        """Return the item's name and whether it is kept by lot."""
        row = self._work.execute(
            sa.select(item.c.name, item.c.tracks_lots).where(item.c.id == item_id)
        ).one_or_none()
        return None if row is None else (str(row.name), bool(row.tracks_lots))

    def place(self, name: str) -> int:
        """Return the place's id; make it if it is new."""
        return self._named(place, name)

    def lot(self, item_id: int, number: str, expires_on: date | None) -> int:
        """Return the lot's id; make it if it is new."""
        found = self._work.execute(
            sa.select(lot.c.id).where(lot.c.item_id == item_id, lot.c.number == number)
        ).scalar()
        if found is not None:
            return int(found)
        made = self._work.execute(
            lot.insert().values(item_id=item_id, number=number, expires_on=expires_on)
        )
        return _new_id(made)

    def lots_on_hand(self, item_id: int) -> list[LotOnHand]:
        """Return what lies where of an item."""
        rows = self._work.execute(
            sa.select(on_hand.c.lot_id, on_hand.c.place_id, on_hand.c.quantity, lot.c.expires_on)
            .join_from(on_hand, lot, lot.c.id == on_hand.c.lot_id, isouter=True)
            .where(on_hand.c.item_id == item_id, on_hand.c.quantity > 0)
            .order_by(on_hand.c.lot_id, on_hand.c.place_id)
        )
        return [
            LotOnHand(row.lot_id or None, row.place_id, row.quantity, row.expires_on)
            for row in rows
        ]

    def last_cost(self, item_id: int, lot_id: int | None) -> int:
        """Return the unit cost of the lot's last delivery."""
        same = movement.c.lot_id.is_(None) if lot_id is None else movement.c.lot_id == lot_id
        cost = self._work.execute(
            sa.select(movement.c.unit_cost_minor)
            .where(movement.c.item_id == item_id, same, movement.c.kind == Move.RECEIVE.value)
            .order_by(movement.c.seq.desc())
            .limit(1)
        ).scalar()
        return int(cost or 0)

    def move(self, movements: Sequence[Movement]) -> list[int]:
        """Write movements in order and keep what is on hand; return their ids."""
        if not movements:
            return []
        last = self._work.execute(sa.select(sa.func.max(movement.c.seq))).scalar() or 0
        highest = self._work.execute(sa.select(sa.func.max(movement.c.id))).scalar() or 0
        rows = []
        ids = []
        change: defaultdict[tuple[int, int, int], int] = defaultdict(int)
        for number, one in enumerate(movements, 1):
            ids.append(highest + number)
            rows.append(
                {
                    "id": highest + number,
                    "seq": last + number,
                    "item_id": one.item_id,
                    "lot_id": one.lot_id,
                    "place_id": one.place_id,
                    "kind": one.kind.value,
                    "quantity": one.quantity,
                    "unit_cost_minor": one.unit_cost_minor,
                    "visit_id": one.visit_id,
                    "reason": one.reason,
                    "business_on": one.business_on,
                    "at": one.at,
                    "by_user_id": one.by_user_id,
                }
            )
            change[one.item_id, one.lot_id or 0, one.place_id] += one.quantity
        self._work.execute(movement.insert(), rows)
        for (item_id, lot_id, place_id), quantity in change.items():
            self._keep(item_id, lot_id, place_id, quantity)
            self._work.note(STOCK, item_id)
        return ids

    def _keep(self, item_id: int, lot_id: int, place_id: int, quantity: int) -> None:
        here = (
            (on_hand.c.item_id == item_id)
            & (on_hand.c.lot_id == lot_id)
            & (on_hand.c.place_id == place_id)
        )
        changed = self._work.execute(
            on_hand.update().where(here).values(quantity=on_hand.c.quantity + quantity)
        )
        if not changed.rowcount:
            self._work.execute(
                on_hand.insert().values(
                    item_id=item_id, lot_id=lot_id, place_id=place_id, quantity=quantity
                )
            )

    def _named(self, table: sa.Table, name: str) -> int:
        found = self._work.execute(sa.select(table.c.id).where(table.c.name == name)).scalar()
        if found is not None:
            return int(found)
        made = self._work.execute(table.insert().values(name=name))
        return _new_id(made)


def _new_id(result: sa.CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    if key is None:
        raise RuntimeError("an insert gave no id")
    return int(key[0])
