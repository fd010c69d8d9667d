# SPDX-License-Identifier: Apache-2.0
"""Use cases of the shelves: add an item, receive, use, discard."""

from __future__ import annotations

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.checks import Check
from clinicdesk.kernel.outcomes import Done
from clinicdesk.stock import queries
from clinicdesk.stock.model import (
    MAY_ADJUST,
    MAY_ISSUE,
    Discard,
    LotMissing,
    LotOnHand,
    Move,
    Movement,
    NoSuchItem,
    NotEnough,
    Receive,
    SaveItem,
    Use,
    first_to_expire,
    positive,
)
from clinicdesk.stock.queries import ShelfRow
from clinicdesk.stock.repository import StockRepository
from clinicdesk.storage.records import Reading, Records, UnitOfWork
from clinicdesk.wording.text import N_


class Stock:
    """What can be done with supplies. Any thread."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def add_item(self, command: SaveItem, actor: Actor) -> Done[int]:
        """Add an item to the catalogue."""
        actor.require(MAY_ADJUST)
        with self._records.write(actor, "stock.add_item", command.key) as work:
            if work.earlier is not None:
                return Done(int(work.earlier["id"]), N_("Item added."))
            item_id = self.add_item_in(work, command)
            work.remember({"id": item_id})
        return Done(item_id, N_("Item added."))

    def receive(self, command: Receive, actor: Actor) -> Done[int]:
        """Put a delivery on the shelf."""
        actor.require(MAY_ISSUE)
        with self._records.write(actor, "stock.receive", command.key) as work:
            if work.earlier is not None:
                return Done(int(work.earlier["id"]), N_("Delivery received."))
            movement_id = self.receive_in(work, command)
            work.remember({"id": movement_id})
        return Done(movement_id, N_("Delivery received."))

    def use(self, command: Use, actor: Actor) -> Done[tuple[int, ...]]:
        """Take units from the shelf; without a lot named, the first to expire are taken."""
        actor.require(MAY_ISSUE)
        with self._records.write(actor, "stock.use", command.key) as work:
            if work.earlier is not None:
                return Done(tuple(work.earlier["ids"]), N_("Taken from stock."))
            ids = self.use_in(work, command)
            work.remember({"ids": list(ids)})
        return Done(ids, N_("Taken from stock."))

    def discard(self, command: Discard, actor: Actor) -> Done[int]:
        """Throw units away."""
        actor.require(MAY_ISSUE)
        with self._records.write(actor, "stock.discard", command.key) as work:
            if work.earlier is not None:
                return Done(int(work.earlier["id"]), N_("Discarded."))
            movement_id = self.discard_in(work, command)
            work.remember({"id": movement_id})
        return Done(movement_id, N_("Discarded."))

    def add_item_in(self, work: UnitOfWork, command: SaveItem) -> int:
        """Add an item within another's transaction."""
        item_id = StockRepository(work).add_item(command)
        work.record("item", item_id, action="stock.add_item", after={"name": command.name})
        return item_id

    def receive_in(self, work: UnitOfWork, command: Receive) -> int:
        """Receive within another's transaction."""
        repository = StockRepository(work)
        name = self._name(repository, command.item_id, has_lot=bool(command.lot))
        lot_id = (
            repository.lot(command.item_id, command.lot, command.expires_on)
            if command.lot
            else None
        )
        movement = Movement(
            command.item_id,
            lot_id,
            repository.place(command.place),
            Move.RECEIVE,
            positive(command.quantity),
            command.unit_cost_minor,
            work.today,
            work.now,
            work.actor.user_id,
        )
        (movement_id,) = repository.move([movement])
        work.record(
            "movement",
            movement_id,
            action="stock.receive",
            after={"item": name, "quantity": command.quantity, "lot": command.lot},
        )
        return movement_id

    def use_in(self, work: UnitOfWork, command: Use) -> tuple[int, ...]:
        """Take units within another's transaction."""
        repository = StockRepository(work)
        name = self._name(repository, command.item_id, has_lot=True)
        wanted = positive(command.quantity)
        there = [
            lot
            for lot in repository.lots_on_hand(command.item_id)
            if lot.place_id == command.place_id
            and (command.lot_id is None or lot.lot_id == command.lot_id)
        ]
        taken = first_to_expire(there, wanted, work.today)
        if sum(lot.quantity for lot in taken) < wanted:
            raise NotEnough(
                field="quantity",
                item=name,
                there=sum(lot.quantity for lot in taken),
                wanted=wanted,
            )
        ids = repository.move(
            [
                self._out(
                    work, repository, command.item_id, lot, Move.USE, visit_id=command.visit_id
                )
                for lot in taken
            ]
        )
        work.record(
            "movement", ids[0], action="stock.use", after={"item": name, "quantity": -wanted}
        )
        return tuple(ids)

    def discard_in(self, work: UnitOfWork, command: Discard) -> int:
        """Throw units away within another's transaction."""
        repository = StockRepository(work)
        name = self._name(repository, command.item_id, has_lot=command.lot_id is not None)
        wanted = positive(command.quantity)
        there = sum(
            lot.quantity
            for lot in repository.lots_on_hand(command.item_id)
            if (lot.lot_id, lot.place_id) == (command.lot_id, command.place_id)
        )
        if there < wanted:
            raise NotEnough(field="quantity", item=name, there=there, wanted=wanted)
        lot = LotOnHand(command.lot_id, command.place_id, wanted, None)
        (movement_id,) = repository.move(
            [self._out(work, repository, command.item_id, lot, Move.DISCARD, reason=command.reason)]
        )
        work.record(
            "movement",
            movement_id,
            action="stock.discard",
            after={"item": name, "quantity": -wanted},
            reason=command.reason,
        )
        return movement_id

    def shelves(self, actor: Actor) -> tuple[ShelfRow, ...]:
        """Return everything on hand, first to expire first."""
        actor.require(MAY_ISSUE)
        with self._records.read() as reading:
            return queries.shelves(reading)

    def checks(self, reading: Reading) -> tuple[Check, ...]:
        """Prove the shelves from the movements."""
        return queries.checks(reading)

    def place_in(self, work: UnitOfWork, name: str) -> int:
        """Return the id of a place by name, within another's transaction."""
        return StockRepository(work).place(name)

    @staticmethod
    def _name(repository: StockRepository, item_id: int, *, has_lot: bool) -> str:
        found = repository.item(item_id)
        if found is None:
            raise NoSuchItem(field="item_id")
        name, tracks_lots = found
        if tracks_lots and not has_lot:
            raise LotMissing(field="lot", item=name)
        return name

    @staticmethod
    def _out(
        work: UnitOfWork,
        repository: StockRepository,
        item_id: int,
        lot: LotOnHand,
        kind: Move,
        *,
        visit_id: int | None = None,
        reason: str | None = None,
    ) -> Movement:
        return Movement(
            item_id,
            lot.lot_id,
            lot.place_id,
            kind,
            -lot.quantity,
            repository.last_cost(item_id, lot.lot_id),
            work.today,
            work.now,
            work.actor.user_id,
            visit_id,
            reason,
        )
