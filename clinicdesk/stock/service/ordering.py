# SPDX-License-Identifier: Apache-2.0
"""Use cases of ordering: make orders of what is low, close one, expect the rest again."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.stock.model import (
    MAY_ADJUST,
    CloseOrder,
    MakeOrder,
    NoSuchItem,
    NothingToOrder,
    OrderClosed,
    ReasonMissing,
    ReopenOrder,
    positive,
)
from clinicdesk.stock.repository import OrderRepository
from clinicdesk.stock.service.book import BookDesk
from clinicdesk.stock.service.moving import UNDONE
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import N_

ORDERED = N_("Order {numbers} made, {lines} items.")
CLOSED = N_("Order {numbers} closed.")
REOPENED = N_("Order {numbers} is open again.")
SERIES = "purchase_order"


class OrderingDesk(BookDesk):
    """Orders."""

    def make_order(self, command: MakeOrder, actor: Actor) -> Done[tuple[int, ...]]:
        """Order items; one order to each supplier."""
        actor.require(MAY_ADJUST)
        with self._records.write(actor, "stock.make_order", command.key) as work:
            if work.earlier is None:
                ids = self.make_order_in(work, command)
                work.remember({"ids": list(ids)})
            else:
                ids = tuple(work.earlier["ids"])
            numbers = [self._number(work, order_id)[0] for order_id in ids]
        return Done(
            ids,
            ORDERED,
            {"numbers": ", ".join(numbers), "lines": len({i for i, _ in command.lines})},
            partial(self._withdraw, ids, actor),
        )

    def make_order_in(self, work: UnitOfWork, command: MakeOrder) -> tuple[int, ...]:
        """Order within another's transaction."""
        wanted: defaultdict[int, int] = defaultdict(int)
        for item_id, quantity in command.lines:
            wanted[item_id] += positive(quantity)
        if not wanted:
            raise NothingToOrder
        by_supplier: defaultdict[int | None, list[tuple[int, int]]] = defaultdict(list)
        for item_id, quantity in wanted.items():
            by_supplier[self._item(work, item_id).supplier_id].append((item_id, quantity))
        ids: list[int] = []
        for supplier_id, lines in by_supplier.items():
            number = self._ledger.next_number(work, SERIES)
            ids.append(OrderRepository(work).add(number, supplier_id, lines))
            work.record(
                "purchase_order",
                ids[-1],
                action="stock.make_order",
                after={
                    "number": number,
                    "lines": "; ".join(f"{item_id} {quantity}" for item_id, quantity in lines),
                },
            )
        return tuple(ids)

    def close_order(self, command: CloseOrder, actor: Actor) -> Done[int]:
        """Expect nothing more of an order."""
        actor.require(MAY_ADJUST)
        if not command.reason.strip():
            raise ReasonMissing(field="reason")
        with self._records.write(actor, "stock.close_order", command.key) as work:
            number, state = self._number(work, command.order_id)
            if work.earlier is None:
                if state != "open":
                    raise OrderClosed(number=number)
                OrderRepository(work).set_state(
                    command.order_id, command.version, "closed", command.reason
                )
                work.record(
                    "purchase_order",
                    command.order_id,
                    after={"number": number, "state": "closed"},
                    reason=command.reason,
                )
                work.remember({"id": command.order_id})
        back = ReopenOrder(command.order_id, command.version + 1)
        return Done(
            command.order_id, CLOSED, {"numbers": number}, partial(self.reopen_order, back, actor)
        )

    def reopen_order(self, command: ReopenOrder, actor: Actor) -> Done[int]:
        """Expect the rest of a closed order again."""
        actor.require(MAY_ADJUST)
        with self._records.write(actor, "stock.reopen_order", command.key) as work:
            number, _ = self._number(work, command.order_id)
            if work.earlier is None:
                OrderRepository(work).set_state(command.order_id, command.version, "open", None)
                after = {"number": number, "state": "open"}
                work.record("purchase_order", command.order_id, after=after)
                work.remember({"id": command.order_id})
        return Done(command.order_id, REOPENED, {"numbers": number})

    def _withdraw(self, ids: tuple[int, ...], actor: Actor) -> Done[tuple[int, ...]]:
        """Close orders that were just made."""
        numbers = [
            str(self.close_order(CloseOrder(order_id, 1, UNDONE), actor).fields["numbers"])
            for order_id in ids
        ]
        return Done(ids, CLOSED, {"numbers": ", ".join(numbers)})

    @staticmethod
    def _number(work: UnitOfWork, order_id: int) -> tuple[str, str]:
        found = OrderRepository(work).number(order_id)
        if found is None:
            raise NoSuchItem
        return found
