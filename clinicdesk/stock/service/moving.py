# SPDX-License-Identifier: Apache-2.0
"""Use cases that move supplies: receive, use, carry, count, correct, discard, take back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from clinicdesk.kernel.actors import Actor, Permission
from clinicdesk.kernel.money import share
from clinicdesk.kernel.outcomes import Done
from clinicdesk.stock.model import (
    MAY_ADJUST,
    MAY_ISSUE,
    Adjust,
    AlreadyReversed,
    Count,
    Discard,
    IsExpired,
    LotDiffers,
    LotMissing,
    LotOnHand,
    Move,
    MovedMeanwhile,
    Movement,
    NoSuchItem,
    NotEnough,
    PlaceMissing,
    ReasonMissing,
    Receive,
    SamePlace,
    TakeBack,
    Transfer,
    Use,
    WrongCount,
    WrongQuantity,
    first_to_expire,
    is_expired,
    positive,
)
from clinicdesk.stock.repository import ItemRepository, Kept, MovementRepository, OrderRepository
from clinicdesk.stock.service.book import BookDesk
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import N_

RECEIVED = N_("{item}: {quantity} received, {there} on hand.")
USED = N_("{item}: {quantity} used, {there} on hand.")
CARRIED = N_("{item}: {quantity} carried to another place.")
DISCARDED = N_("{item}: {quantity} discarded, {there} on hand.")
ADJUSTED = N_("{item}: corrected, {there} on hand.")
COUNTED = N_("{item}: counted, {there} on hand.")
TAKEN_BACK = N_("{item}: taken back, {there} on hand.")
UNDONE = "undone"  # reason of what Undo takes back

Ids = tuple[int, ...]
_CORRECTIONS = {Move.ADJUST, Move.COUNT, Move.DISCARD}


class MovingDesk(BookDesk):
    """Moves."""

    def receive(self, command: Receive, actor: Actor) -> Done[Ids]:
        """Put a delivery on the shelf."""
        return self._carried_out(
            "stock.receive", RECEIVED, MAY_ISSUE, command, self.receive_in, actor
        )

    def use(self, command: Use, actor: Actor) -> Done[Ids]:
        """Take units from the shelf; without a lot named, the first to expire are taken."""
        return self._carried_out("stock.use", USED, MAY_ISSUE, command, self.use_in, actor)

    def transfer(self, command: Transfer, actor: Actor) -> Done[Ids]:
        """Carry units to another place."""
        return self._carried_out(
            "stock.transfer", CARRIED, MAY_ISSUE, command, self.transfer_in, actor
        )

    def discard(self, command: Discard, actor: Actor) -> Done[Ids]:
        """Throw units away."""
        return self._carried_out(
            "stock.discard", DISCARDED, MAY_ADJUST, command, self.discard_in, actor
        )

    def adjust(self, command: Adjust, actor: Actor) -> Done[Ids]:
        """Correct what the book says."""
        return self._carried_out(
            "stock.adjust", ADJUSTED, MAY_ADJUST, command, self.adjust_in, actor
        )

    def count(self, command: Count, actor: Actor) -> Done[Ids]:
        """Say how many lie there; no movement if it is what the book says."""
        return self._carried_out("stock.count", COUNTED, MAY_ADJUST, command, self.count_in, actor)

    def take_back(self, command: TakeBack, actor: Actor) -> Done[Ids]:
        """Reverse the movements of one act.

        Raises:
            AlreadyReversed: one of them was.
            NotEnough: what was received is used meanwhile.
        """
        if not command.reason.strip():
            raise ReasonMissing(field="reason")
        return self._carried_out(
            "stock.take_back", TAKEN_BACK, MAY_ISSUE, command, self.take_back_in, actor
        )

    def next_lot_in(self, work: UnitOfWork, item_id: int) -> LotOnHand:
        """Return the lot and place that one unit would be taken from."""
        return self._first(work, item_id, 1, None, None)[0]

    def receive_in(self, work: UnitOfWork, command: Receive) -> Ids:
        """Receive within another's transaction; oldest open order of the item first."""
        item = self._item(work, command.item_id)
        items, orders = ItemRepository(work), OrderRepository(work)
        place = command.place.strip()
        if not place:
            raise PlaceMissing(field="place")
        lot_id = self._lot_of(work, command, name=item.name, tracked=item.tracks_lots)
        rest = positive(command.quantity)
        total = command.total_minor
        if total is None and command.unit_cost_minor is not None:
            total = command.quantity * command.unit_cost_minor
        if total is None:
            units, worth = MovementRepository(work).last_delivery(item.id, None)
            total = (2 * worth * command.quantity + units) // (2 * units)
        parts: list[tuple[int | None, int]] = []
        for line in orders.open_lines(item.id):
            if rest:
                parts.append((line.line_id, min(rest, line.outstanding)))
                rest -= parts[-1][1]
                orders.note_delivery(line.order_id)
        if rest:
            parts.append((None, rest))
        place_id = items.place(place)
        values = share(total, [quantity for _, quantity in parts])
        return self._book(
            work,
            [
                Movement(
                    item.id, lot_id, place_id, Move.RECEIVE, quantity, value, order_line_id=line_id
                )
                for (line_id, quantity), value in zip(parts, values, strict=True)
            ],
            action="stock.receive",
            also={"lot": command.lot} if command.lot else None,
        )

    def use_in(self, work: UnitOfWork, command: Use) -> Ids:
        """Take units within another's transaction."""
        return self.use_many_in(work, [command])

    def use_many_in(self, work: UnitOfWork, commands: Sequence[Use]) -> Ids:
        """Take units of different items as one act; each item once."""
        movements = [
            Movement(
                command.item_id,
                lot.lot_id,
                lot.place_id,
                Move.USE,
                -lot.quantity,
                visit_id=command.visit_id,
                patient_id=command.patient_id,
            )
            for command in commands
            for lot in self._first(
                work, command.item_id, command.quantity, command.place_id, command.lot_id
            )
        ]
        return self._book(work, movements, action="stock.use")

    def transfer_in(self, work: UnitOfWork, command: Transfer) -> Ids:
        """Carry units within another's transaction."""
        if not command.to.strip():
            raise PlaceMissing(field="place")
        to_id = ItemRepository(work).place(command.to.strip())
        if to_id == command.place_id:
            raise SamePlace(field="place")
        movements: list[Movement] = []
        for lot in self._first(
            work, command.item_id, command.quantity, command.place_id, command.lot_id
        ):
            away = (command.item_id, lot.lot_id)
            movements += [
                Movement(*away, lot.place_id, Move.TRANSFER, -lot.quantity),
                Movement(*away, to_id, Move.TRANSFER, lot.quantity, follows=True),
            ]
        return self._book(work, movements, action="stock.transfer")

    def discard_in(self, work: UnitOfWork, command: Discard) -> Ids:
        """Throw units away within another's transaction."""
        if not command.reason.strip():
            raise ReasonMissing(field="reason")
        self._known(work, command.item_id, command.lot_id)
        one = Movement(
            command.item_id,
            command.lot_id,
            command.place_id,
            Move.DISCARD,
            -positive(command.quantity),
            reason=command.reason,
        )
        return self._book(work, [one], action="stock.discard", reason=command.reason)

    def adjust_in(self, work: UnitOfWork, command: Adjust) -> Ids:
        """Correct the book within another's transaction."""
        if not command.reason.strip():
            raise ReasonMissing(field="reason")
        if not command.difference:
            raise WrongQuantity(field="quantity")
        self._known(work, command.item_id, command.lot_id)
        one = Movement(
            command.item_id,
            command.lot_id,
            command.place_id,
            Move.ADJUST,
            command.difference,
            reason=command.reason,
        )
        return self._book(work, [one], action="stock.adjust", reason=command.reason)

    def count_in(self, work: UnitOfWork, command: Count) -> Ids:
        """Count within another's transaction."""
        if command.counted < 0:
            raise WrongCount(field="counted")
        item = self._known(work, command.item_id, command.lot_id)
        shelf = (command.item_id, command.lot_id or 0, command.place_id)
        there, _ = MovementRepository(work).on_shelf(shelf)
        if there != command.seen:
            raise MovedMeanwhile(field="counted", seen=command.seen, there=there)
        if command.counted == there:
            after = {"item": item, "counted": there}
            work.record("item", command.item_id, action="stock.count", after=after)
            return ()
        one = Movement(
            command.item_id,
            command.lot_id,
            command.place_id,
            Move.COUNT,
            command.counted - there,
        )
        return self._book(work, [one], action="stock.count", also={"counted": str(command.counted)})

    def take_back_in(self, work: UnitOfWork, command: TakeBack) -> Ids:
        """Reverse movements within another's transaction."""
        repository = MovementRepository(work)
        kept = repository.kept(command.movement_ids)
        if not kept or len(kept) != len(set(command.movement_ids)):
            raise NoSuchItem
        ids = {one.id for one in kept} | {
            one.id + (1 if one.quantity < 0 else -1) for one in kept if one.kind is Move.TRANSFER
        }  # what was carried left one place and came to another: two lines, taken back together
        if len(ids) > len(kept):
            kept = repository.kept(tuple(ids))
        if {one.kind for one in kept} & _CORRECTIONS:
            work.actor.require(MAY_ADJUST)
        return self._reversed(work, kept, "stock.take_back", command.reason)

    def _reversed(self, work: UnitOfWork, kept: Sequence[Kept], action: str, reason: str) -> Ids:
        if any(one.reversed or one.reverses_id is not None for one in kept):
            raise AlreadyReversed
        # Backwards, so that what was carried leaves its new place before it comes to the old one.
        movements = [
            Movement(
                one.item_id,
                one.lot_id,
                one.place_id,
                one.kind,
                -one.quantity,
                -one.value_minor,
                visit_id=one.visit_id,
                patient_id=one.patient_id,
                order_line_id=one.order_line_id,
                reason=reason,
                reverses_id=one.id,
                follows=one.kind is Move.TRANSFER and one.quantity < 0,
            )
            for one in reversed(kept)
        ]
        for item_id in {one.item_id for one in kept if one.order_line_id is not None}:
            for line in OrderRepository(work).open_lines(item_id):
                OrderRepository(work).note_delivery(line.order_id)
        return self._book(work, movements, action=action, reason=reason)

    def _carried_out(
        self,
        action: str,
        wording: str,
        right: Permission,
        command: Receive | Use | Transfer | Discard | Adjust | Count | TakeBack,
        act: Callable[[UnitOfWork, object], Ids] | Callable[..., Ids],
        actor: Actor,
    ) -> Done[Ids]:
        """Check the right, carry out once for a key, and answer with the way back."""
        actor.require(right)
        with self._records.write(actor, action, command.key) as work:
            if work.earlier is None:
                ids = act(work, command)
                work.remember({"ids": list(ids)})
            else:
                ids = tuple(work.earlier["ids"])
            fields = self._fields(work, command, ids)
        undo = None
        if ids and not isinstance(command, TakeBack):
            undo = partial(self.take_back, TakeBack(ids, UNDONE), actor)
        return Done(ids, wording, fields, undo)

    def _fields(
        self,
        work: UnitOfWork,
        command: Receive | Use | Transfer | Discard | Adjust | Count | TakeBack,
        ids: Ids,
    ) -> dict[str, object]:
        repository = MovementRepository(work)
        kept = repository.kept(ids)
        item_id = kept[0].item_id if isinstance(command, TakeBack) else command.item_id
        moved = [one.quantity for one in kept]
        if isinstance(command, Transfer):
            moved = [one for one in moved if one > 0]
        return {
            "item": self._item(work, item_id).name,
            "quantity": abs(sum(moved)),
            "there": sum(lot.quantity for lot in repository.lots_on_hand(item_id)),
        }

    def _first(
        self,
        work: UnitOfWork,
        item_id: int,
        quantity: int,
        place_id: int | None,
        lot_id: int | None,
    ) -> list[LotOnHand]:
        """Return which lots go first, enough of them.

        Raises:
            IsExpired: the lot that was named is too old.
            NotEnough: less can be used than is asked.
        """
        name = self._item(work, item_id).name
        wanted = positive(quantity)
        lot = ItemRepository(work).lot(lot_id) if lot_id is not None else None
        if lot is not None and is_expired(lot.expires_on, work.today):
            raise IsExpired(field="lot", lot=lot.number, day=lot.expires_on)
        there = [
            one
            for one in MovementRepository(work).lots_on_hand(item_id)
            if place_id in {None, one.place_id} and lot_id in {None, one.lot_id}
        ]
        taken = first_to_expire(there, wanted, work.today)
        found = sum(one.quantity for one in taken)
        if found < wanted:
            raise NotEnough(field="quantity", item=name, there=found, wanted=wanted)
        return taken

    def _known(self, work: UnitOfWork, item_id: int, lot_id: int | None) -> str:
        """Return the item's name; the lot is to be one of its lots."""
        item = self._item(work, item_id)
        if lot_id is None:
            if item.tracks_lots:
                raise LotMissing(field="lot", item=item.name)
            return item.name
        lot = ItemRepository(work).lot(lot_id)
        if lot is None or lot.item_id != item_id:
            raise NoSuchItem(field="lot")
        return item.name

    @staticmethod
    def _lot_of(work: UnitOfWork, command: Receive, *, name: str, tracked: bool) -> int | None:
        number = command.lot.strip()
        if not number:
            if tracked:
                raise LotMissing(field="lot", item=name)
            return None
        items = ItemRepository(work)
        if is_expired(command.expires_on, work.today) and not command.expired_too:
            raise IsExpired(field="expires_on", lot=number, day=command.expires_on)
        known = items.lot_of(command.item_id, number)
        if known is None:
            return items.add_lot(command.item_id, number, command.expires_on)
        if command.expires_on is not None and known.expires_on != command.expires_on:
            raise LotDiffers(field="expires_on", lot=number, day=known.expires_on)
        return known.id
