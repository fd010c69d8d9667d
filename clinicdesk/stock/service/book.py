# SPDX-License-Identifier: Apache-2.0
"""Writing into the book of movements: value, posting, rows and audit, all in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from clinicdesk.ledger.model import (
    GOODS_RECEIVED,
    SUPPLIES,
    SUPPLIES_USED,
    SUPPLIES_WASTED,
    EntryDraft,
    PeriodClosed,
    PostingDraft,
)
from clinicdesk.ledger.service import Ledger
from clinicdesk.stock import queries
from clinicdesk.stock.model import Move, Movement, NoSuchItem, NotEnough, share_of
from clinicdesk.stock.repository import Item, ItemRepository, MovementRepository
from clinicdesk.storage.records import Records, UnitOfWork

# What stands against the shelf; between two places of it nothing does.
AGAINST = {
    Move.RECEIVE: GOODS_RECEIVED,
    Move.USE: SUPPLIES_USED,
    Move.DISCARD: SUPPLIES_WASTED,
    Move.ADJUST: SUPPLIES_WASTED,
    Move.COUNT: SUPPLIES_WASTED,
    Move.TRANSFER: None,
}
_CLOSED_DAYS = 62
_DAY = timedelta(days=1)
Valued = list[tuple[Movement, int]]


class BookDesk:
    """Keeps the book of movements."""

    def __init__(self, records: Records, ledger: Ledger | None = None) -> None:
        self._records = records
        self._ledger = ledger or Ledger(records)

    def _book(
        self,
        work: UnitOfWork,
        movements: Sequence[Movement],
        *,
        action: str,
        reason: str | None = None,
        also: dict[str, str] | None = None,
        day: date | None = None,
    ) -> tuple[int, ...]:
        """Value, post, write and audit the movements of one act, in order; return their ids.

        They are of today, or of the next open day, unless another open ``day`` is named.

        Raises:
            NotEnough: a shelf would hold less than nothing.
        """
        repository = MovementRepository(work)
        items = {item_id: self._item(work, item_id) for item_id in {m.item_id for m in movements}}
        valued = self._valued(repository, movements, items)
        if day is None:
            day = self._open_day(work)
        else:
            self._ledger.require_open(work, day)
        first = repository.last_seq() + 1
        postings = self._post(work, valued, items, day, f"stock:{first}")
        ids = repository.write(
            [(one, value, postings.get(n)) for n, (one, value) in enumerate(valued)], day
        )
        patients = {one.patient_id for one in movements}
        work.record(
            "movement",
            ids[0],
            action=action,
            patient_id=next(iter(patients)) if len(patients) == 1 else None,
            after={
                "item": ", ".join(dict.fromkeys(items[m.item_id].name for m in movements)),
                "quantity": sum(m.quantity for m in movements),
                "moves": as_told(valued, first),
                **(also or {}),
            },
            reason=reason,
        )
        return tuple(ids)

    @staticmethod
    def _item(work: UnitOfWork, item_id: int) -> Item:
        found = ItemRepository(work).item(item_id)
        if found is None:
            raise NoSuchItem(field="item_id")
        return found

    def _valued(
        self,
        repository: MovementRepository,
        movements: Sequence[Movement],
        items: Mapping[int, Item],
    ) -> Valued:
        shelves: dict[tuple[int, int, int], tuple[int, int]] = {}
        valued: Valued = []
        for one in movements:
            shelf = (one.item_id, one.lot_id or 0, one.place_id)
            there, worth = shelves.get(shelf) or repository.on_shelf(shelf)
            if there + one.quantity < 0:
                name = items[one.item_id].name
                raise NotEnough(field="quantity", item=name, there=there, wanted=-one.quantity)
            if one.follows:
                value = -valued[-1][1]
            elif one.quantity < 0:
                value = -_leaving(one, there, worth)
            else:
                value = self._coming(repository, one, there, worth)
            shelves[shelf] = (there + one.quantity, worth + value)
            valued.append((one, value))
        return valued

    @staticmethod
    def _coming(repository: MovementRepository, one: Movement, there: int, worth: int) -> int:
        if one.value_minor is not None:
            return one.value_minor
        if there == 0:
            there, worth = repository.last_delivery(one.item_id, one.lot_id)
        return (2 * worth * one.quantity + there) // (2 * there)

    def _post(
        self,
        work: UnitOfWork,
        valued: Valued,
        items: Mapping[int, Item],
        day: date,
        key: str,
    ) -> dict[int, int]:
        """Post what is worth something; return posting ids by place in the list."""
        postings: list[PostingDraft] = []
        lines: dict[int, int] = {}
        for n, (one, value) in enumerate(valued):
            if not value:
                continue
            lines[n] = len(postings)
            for account, amount in ((SUPPLIES, value), (AGAINST[one.kind], -value)):
                if account is None:
                    continue
                postings.append(
                    PostingDraft(
                        account,
                        amount,
                        "supplies",
                        reason_code=one.reason or one.kind.value,
                        supplier_id=items[one.item_id].supplier_id,
                        stock_item_id=one.item_id,
                    )
                )
        if not postings:
            return {}
        entry_id = self._ledger.post(work, EntryDraft("stock", day, tuple(postings), key=key))
        ids = queries.postings_of(work, entry_id)
        return {n: ids[line] for n, line in lines.items()}

    def _open_day(self, work: UnitOfWork) -> date:
        """Return today, or the next day that is not closed: after closing time counts tomorrow.

        Raises:
            PeriodClosed: none of the next two months is open.
        """
        day = work.today
        for _ in range(_CLOSED_DAYS):
            try:
                self._ledger.require_open(work, day)
            except PeriodClosed:
                day += _DAY
            else:
                return day
        raise PeriodClosed(day=work.today)


def as_told(valued: Valued, first: int) -> str:
    """Return movements as the audit trail keeps them, to be compared by ``verify``."""
    return "; ".join(
        f"{first + n} {one.item_id} {one.lot_id or 0} {one.place_id} {one.quantity} {value}"
        for n, (one, value) in enumerate(valued)
    )


def _leaving(one: Movement, there: int, worth: int) -> int:
    """Return what is taken off the shelf's value: never more than it has, the last takes all."""
    taken = -one.quantity
    if one.value_minor is None or taken == there:
        return share_of(worth, there, taken)
    return min(-one.value_minor, worth)
