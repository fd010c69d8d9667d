# SPDX-License-Identifier: Apache-2.0
"""What suppliers were asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.stock.model import ORDERS
from clinicdesk.stock.tables import movement, purchase_order, purchase_order_line
from clinicdesk.storage.records import UnitOfWork


@dataclass(frozen=True, slots=True)
class OpenLine:
    """A line of which something is still to come."""

    line_id: int
    order_id: int
    outstanding: int


class OrderRepository:
    """Writes orders."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, number: str, supplier_id: int | None, lines: Sequence[tuple[int, int]]) -> int:
        """Add an order; return its id."""
        key = self._work.execute(
            purchase_order.insert().values(
                number=number,
                supplier_id=supplier_id,
                state="open",
                ordered_on=self._work.today,
                ordered_at=self._work.now,
                by_user_id=self._work.actor.user_id,
            )
        ).inserted_primary_key
        assert key is not None  # noqa: S101 -- a single-row insert always has its key
        order_id = int(key[0])
        self._work.execute(
            purchase_order_line.insert(),
            [{"order_id": order_id, "item_id": i, "quantity": n} for i, n in lines],
        )
        self._work.note(ORDERS, order_id)
        return order_id

    def number(self, order_id: int) -> tuple[str, str] | None:
        """Return number and state of an order, or None."""
        row = self._work.execute(
            sa.select(purchase_order.c.number, purchase_order.c.state).where(
                purchase_order.c.id == order_id
            )
        ).one_or_none()
        return None if row is None else (row.number, row.state)

    def set_state(self, order_id: int, version: int, state: str, reason: str | None) -> None:
        """Close or open an order; raise ``StaleCopy`` if somebody else changed it."""
        changed = self._work.execute(
            purchase_order.update()
            .where(purchase_order.c.id == order_id, purchase_order.c.version == version)
            .values(state=state, reason=reason, version=version + 1)
        )
        if not changed.rowcount:
            raise StaleCopy
        self._work.note(ORDERS, order_id)

    def open_lines(self, item_id: int) -> list[OpenLine]:
        """Return the item's lines of which something is to come, oldest first."""
        came = (
            sa.select(sa.func.coalesce(sa.func.sum(movement.c.quantity), 0))
            .where(movement.c.order_line_id == purchase_order_line.c.id)
            .scalar_subquery()
        )
        rows = self._work.execute(
            sa.select(
                purchase_order_line.c.id,
                purchase_order_line.c.order_id,
                (purchase_order_line.c.quantity - came).label("outstanding"),
            )
            .join(purchase_order, purchase_order.c.id == purchase_order_line.c.order_id)
            .where(
                purchase_order_line.c.item_id == item_id,
                purchase_order.c.state == "open",
                purchase_order_line.c.quantity > came,
            )
            .order_by(purchase_order.c.id)
        )
        return [OpenLine(row.id, row.order_id, int(row.outstanding)) for row in rows]

    def note_delivery(self, order_id: int) -> None:
        """Announce that something came of an order."""
        self._work.note(ORDERS, order_id)
