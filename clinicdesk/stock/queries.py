# SPDX-License-Identifier: Apache-2.0
"""Reads of the shelves, and the checks that what is on hand is what was moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from clinicdesk.kernel.checks import Check
from clinicdesk.stock.tables import item, lot, movement, on_hand, place
from clinicdesk.storage.records import Reading

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """What lies in one place of one lot."""

    item_id: int
    item: str
    unit: str
    lot_id: int | None
    lot: str
    place_id: int
    place: str
    quantity: int
    expires_on: date | None


def shelves(reading: Reading) -> tuple[ShelfRow, ...]:
    """Return everything on hand, by item, first to expire first."""
    rows = reading.execute(
        sa.select(
            item.c.id.label("item_id"),
            item.c.name.label("item"),
            item.c.unit,
            lot.c.id.label("lot_id"),
            lot.c.number.label("lot"),
            place.c.id.label("place_id"),
            place.c.name.label("place"),
            on_hand.c.quantity,
            lot.c.expires_on,
        )
        .join_from(on_hand, item, item.c.id == on_hand.c.item_id)
        .join(place, place.c.id == on_hand.c.place_id)
        .join(lot, lot.c.id == on_hand.c.lot_id, isouter=True)
        .where(on_hand.c.quantity > 0)
        .order_by(item.c.folded_name, lot.c.expires_on, lot.c.id, place.c.id)
    )
    return tuple(
        ShelfRow(
            row.item_id,
            row.item,
            row.unit,
            row.lot_id,
            row.lot or "",
            row.place_id,
            row.place,
            row.quantity,
            row.expires_on,
        )
        for row in rows
    )


def checks(reading: Reading) -> tuple[Check, ...]:
    """Prove the shelves from the movements."""
    lot_id = sa.func.coalesce(movement.c.lot_id, 0)
    moved = {
        (row.item_id, row.lot_id, row.place_id): int(row.quantity)
        for row in reading.execute(
            sa.select(
                movement.c.item_id,
                lot_id.label("lot_id"),
                movement.c.place_id,
                sa.func.sum(movement.c.quantity).label("quantity"),
            ).group_by(movement.c.item_id, lot_id, movement.c.place_id)
        )
    }
    kept = {
        (row.item_id, row.lot_id, row.place_id): int(row.quantity)
        for row in reading.execute(sa.select(on_hand))
    }
    wrong = [
        f"item {key[0]}, lot {key[1]}, place {key[2]}: {kept.get(key, 0)} kept, "
        f"{moved.get(key, 0)} moved"
        for key in sorted(moved.keys() | kept.keys())
        if kept.get(key, 0) != moved.get(key, 0)
    ]
    below = [
        f"item {key[0]}, lot {key[1]}: {quantity}"
        for key, quantity in moved.items()
        if quantity < 0
    ]
    count = reading.execute(sa.select(sa.func.count()).select_from(movement)).scalar()
    last = reading.execute(sa.select(sa.func.coalesce(sa.func.max(movement.c.seq), 0))).scalar()
    gaps = [] if count == last else [f"{count} movements, the last is number {last}"]
    return (
        _check("stock_on_hand", wrong, f"{len(kept)} rows"),
        _check("stock_not_negative", below, ""),
        _check("stock_movements_without_gaps", gaps, f"{count} movements"),
    )


def _check(name: str, faults: list[str], counted: str) -> Check:
    return Check(name, not faults, "; ".join(faults[:_SHOWN]) or counted)
