# SPDX-License-Identifier: Apache-2.0
"""Movements, and what is on hand beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.stock.model import KIT, STOCK, LotOnHand, Move, Movement
from clinicdesk.stock.tables import lot, movement, on_hand
from clinicdesk.storage.records import UnitOfWork

Shelf = tuple[int, int, int]  # item, lot or 0, place
# Told once: a delivery or a week of the demo asks for many.
_HERE = sa.and_(
    on_hand.c.item_id == sa.bindparam("of_item"),
    on_hand.c.lot_id == sa.bindparam("of_lot"),
    on_hand.c.place_id == sa.bindparam("of_place"),
)
_ON_SHELF = sa.select(on_hand.c.quantity, on_hand.c.value_minor).where(_HERE)
_KEEP = (
    on_hand.update()
    .where(_HERE)
    .values(
        quantity=on_hand.c.quantity + sa.bindparam("more"),
        value_minor=on_hand.c.value_minor + sa.bindparam("worth"),
    )
)
_LOTS = (
    sa.select(on_hand.c.lot_id, on_hand.c.place_id, on_hand.c.quantity, lot.c.expires_on)
    .join_from(on_hand, lot, lot.c.id == on_hand.c.lot_id, isouter=True)
    .where(on_hand.c.item_id == sa.bindparam("of_item"), on_hand.c.quantity > 0)
    .order_by(on_hand.c.lot_id, on_hand.c.place_id)
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A movement as it is written in the book."""

    id: int
    item_id: int
    lot_id: int | None
    place_id: int
    kind: Move
    quantity: int
    value_minor: int
    posting_id: int | None
    visit_id: int | None
    patient_id: int | None
    order_line_id: int | None
    reverses_id: int | None
    reversed: bool


class MovementRepository:
    """Writes movements and keeps what is on hand."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def last_seq(self) -> int:
        """Return the number of the last movement, 0 if there is none."""
        return int(self._work.execute(sa.select(sa.func.max(movement.c.seq))).scalar() or 0)

    def on_shelf(self, shelf: Shelf) -> tuple[int, int]:
        """Return how many lie there and what they are worth."""
        row = self._work.execute(_ON_SHELF, _named(shelf)).one_or_none()
        return (0, 0) if row is None else (row.quantity, row.value_minor)

    def lots_on_hand(self, item_id: int) -> list[LotOnHand]:
        """Return what lies where of an item."""
        rows = self._work.execute(_LOTS, {"of_item": item_id})
        return [
            LotOnHand(row.lot_id or None, row.place_id, row.quantity, row.expires_on)
            for row in rows
        ]

    def last_delivery(self, item_id: int, lot_id: int | None) -> tuple[int, int]:
        """Return quantity and value of the lot's last delivery, else of the item's."""
        delivered = (
            sa.select(movement.c.quantity, movement.c.value_minor)
            .where(
                movement.c.item_id == item_id,
                movement.c.kind == Move.RECEIVE.value,
                movement.c.quantity > 0,
            )
            .order_by(movement.c.seq.desc())
            .limit(1)
        )
        for statement in (delivered.where(movement.c.lot_id == lot_id), delivered):
            row = self._work.execute(statement).one_or_none()
            if row is not None:
                return row.quantity, row.value_minor
        return 1, 0

    def kept(self, movement_ids: Sequence[int]) -> list[Kept]:
        """Return movements of ids, in order."""
        return self._kept(movement.c.id.in_(movement_ids))

    def kit_of(self, visit_id: int) -> list[Kept]:
        """Return what the kit of a visit took and was not given back."""
        taken = self._kept(
            sa.and_(
                movement.c.visit_id == visit_id,
                movement.c.reason == KIT,
                movement.c.reverses_id.is_(None),
            )
        )
        return [one for one in taken if not one.reversed]

    def _kept(self, which: sa.ColumnElement[bool]) -> list[Kept]:
        back = movement.alias("back")
        rows = self._work.execute(
            sa.select(
                movement.c.id,
                movement.c.item_id,
                movement.c.lot_id,
                movement.c.place_id,
                movement.c.kind,
                movement.c.quantity,
                movement.c.value_minor,
                movement.c.posting_id,
                movement.c.visit_id,
                movement.c.patient_id,
                movement.c.order_line_id,
                movement.c.reverses_id,
                back.c.id.label("back_id"),
            )
            .join_from(movement, back, back.c.reverses_id == movement.c.id, isouter=True)
            .where(which)
            .order_by(movement.c.seq)
        )
        return [
            Kept(
                row.id,
                row.item_id,
                row.lot_id,
                row.place_id,
                Move(row.kind),
                row.quantity,
                row.value_minor,
                row.posting_id,
                row.visit_id,
                row.patient_id,
                row.order_line_id,
                row.reverses_id,
                row.back_id is not None,
            )
            for row in rows
        ]

    def write(
        self,
        movements: Sequence[tuple[Movement, int, int | None]],
        business_on: date,
    ) -> list[int]:
        """Write movements with their value and posting, in order; return their ids."""
        seq = self.last_seq()
        highest = self._work.execute(sa.select(sa.func.max(movement.c.id))).scalar() or 0
        rows: list[dict[str, Any]] = []
        change: defaultdict[Shelf, list[int]] = defaultdict(lambda: [0, 0])
        for number, (one, value, posting_id) in enumerate(movements, 1):
            size = abs(one.quantity)
            rows.append(
                {
                    "id": highest + number,
                    "seq": seq + number,
                    "item_id": one.item_id,
                    "lot_id": one.lot_id,
                    "place_id": one.place_id,
                    "kind": one.kind.value,
                    "quantity": one.quantity,
                    "value_minor": value,
                    "unit_cost_minor": (2 * abs(value) + size) // (2 * size),
                    "posting_id": posting_id,
                    "visit_id": one.visit_id,
                    "patient_id": one.patient_id,
                    "order_line_id": one.order_line_id,
                    "reason": one.reason,
                    "business_on": business_on,
                    "at": self._work.now,
                    "by_user_id": self._work.actor.user_id,
                    "reverses_id": one.reverses_id,
                }
            )
            kept = change[one.item_id, one.lot_id or 0, one.place_id]
            kept[0] += one.quantity
            kept[1] += value
        self._work.execute(movement.insert(), rows)
        for shelf, (quantity, value) in change.items():
            self._keep(shelf, quantity, value)
            self._work.note(STOCK, shelf[0])
        return [row["id"] for row in rows]

    def _keep(self, shelf: Shelf, quantity: int, value: int) -> None:
        changed = self._work.execute(_KEEP, {**_named(shelf), "more": quantity, "worth": value})
        if not changed.rowcount:
            item_id, lot_id, place_id = shelf
            self._work.execute(
                on_hand.insert().values(
                    item_id=item_id,
                    lot_id=lot_id,
                    place_id=place_id,
                    quantity=quantity,
                    value_minor=value,
                )
            )


def _named(shelf: Shelf) -> dict[str, int]:
    return dict(zip(("of_item", "of_lot", "of_place"), shelf, strict=True))
