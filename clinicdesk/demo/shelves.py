# SPDX-License-Identifier: Apache-2.0
"""Fills the shelves: orders when little is left, deliveries, use week by week, lots that expire.

The suppliers are paid once a month for what came the month before. What today's visits use up is
not played here: it follows from the visits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from clinicdesk.demo.catalogue import COLD_SUPPLIER, KITS, SUPPLIER, SUPPLIES, Supply
from clinicdesk.demo.pen import Pen
from clinicdesk.kernel.identity import AppointmentTypeId
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.ledger.model import GOODS_RECEIVED, EntryDraft, PostingDraft
from clinicdesk.ledger.service import Ledger
from clinicdesk.stock.model import (
    Adjust,
    Discard,
    MakeOrder,
    Receive,
    SaveItem,
    SaveKit,
    Transfer,
    Use,
)
from clinicdesk.stock.service import Stock
from clinicdesk.storage.records import UnitOfWork

_BANK = "1010"
_DAY = timedelta(days=1)
# Lots that came late with a short life: (item, days until it expires on the opening day).
_SHORT = (("Influenza vaccine", 9), ("Blood glucose strip", 17), ("Lidocaine 1 % 10 ml", 26),
          ("Blood collection tube, gold", -4))  # fmt: skip
# What a busy last week left, in hundredths of the least that should be there.
_RUN_DOWN = (("Examination gloves M", 30), ("Couch roll", 50), ("Suture 4-0", 0),
             ("Urine test strip", 90), ("Tetanus vaccine", 60), ("Needle 21G", 70))  # fmt: skip
_ORDERED = ("Tetanus vaccine", "Needle 21G")
_KEPT_WEEKS = 9
_OPENING_WEEKS = 6


@dataclass(slots=True)
class _Shelf:
    """What the plan knows of one item.

    Attributes:
        ordered: units of an order that is not delivered yet.
    """

    supply: Supply
    item_id: int
    week: int
    there: int = 0
    ordered: int = 0
    lots: int = 0


class Shelves:
    """Plays orders, deliveries and use; asked for one stretch of days after the other.

    Attributes:
        chance: decides how much is used.
        share: how many providers use it.
        unit: minor units in a whole unit of the currency.
    """

    def __init__(
        self,
        stock: Stock,
        ledger: Ledger,
        zone: ClinicZone,
        *,
        chance: Random,
        share: int,
        unit: int,
    ) -> None:
        self._stock = stock
        self._ledger = ledger
        self._zone = zone
        self._chance = chance
        self._share = share
        self._unit = unit
        self._shelves: list[_Shelf] = []
        self._monday = date.min
        self._owed: dict[int, int] = {}  # this month's deliveries, by supplier
        self._paid = 0

    def set_up(self, pen: Pen, first_on: date, types: Mapping[str, int]) -> None:
        """Add the items, what visits use up, and the stock the clinic opens with."""
        self._monday = first_on - first_on.weekday() * _DAY
        for number, supply in enumerate(SUPPLIES, 1):
            week = max(1, supply.week * self._share // 4)
            command = SaveItem(
                supply.name,
                supply.unit,
                supply.pack_unit,
                supply.pack_size,
                par_min=week * 2,
                par_max=week * _KEPT_WEEKS,
                supplier=_supplier(supply),
                tracks_lots=supply.shelf_days > 0,
                code=_code(number),
            )
            with pen.command() as work:
                item_id = self._stock.add_item_in(work, command)
            self._shelves.append(_Shelf(supply, item_id, week))
        ids = {shelf.supply.name: shelf.item_id for shelf in self._shelves}
        for key, kit in KITS.items():
            lines = tuple((ids[name], quantity) for name, quantity in kit.items())
            with pen.command() as work:
                self._stock.save_kit_in(work, SaveKit(AppointmentTypeId(types[key]), lines))
        for shelf in self._shelves:
            self._receive(pen, shelf, first_on, _in_packs(shelf, shelf.week * _OPENING_WEEKS))

    def play(self, pen: Pen, last: date) -> None:
        """Play the weeks up to a day that ends a month or the story, and pay the month's bills."""
        while self._monday + 4 * _DAY <= last:
            self._order(pen, self._monday)
            for shelf in self._shelves:
                if shelf.ordered:
                    self._receive(pen, shelf, self._monday + 3 * _DAY, shelf.ordered)
                    shelf.ordered = 0
            self._use(pen, self._monday + 4 * _DAY)
            self._monday += 7 * _DAY
        self._pay(pen, last)

    def finish(self, pen: Pen, until: date) -> None:
        """Leave the shelves as the clinic opens: some lots short of life, some shelves empty."""
        by_name = {shelf.supply.name: shelf for shelf in self._shelves}
        for name, days in _SHORT:
            shelf = by_name[name]
            self._receive(pen, shelf, until - 6 * _DAY, shelf.supply.pack_size, until + days * _DAY)
        day = until - 2 * _DAY
        run_down = [
            (shelf, shelf.there - shelf.week * 2 * percent // 100)
            for name, percent in _RUN_DOWN
            for shelf in (by_name[name],)
        ]
        uses = [Use(shelf.item_id, quantity) for shelf, quantity in run_down if quantity > 0]
        if uses:
            with pen.command() as work:
                self._at(work, day, time(16, 45))
                self._stock.use_many_in(work, uses)
        tape, swabs, alcohol = (
            by_name[name]
            for name in ("Kinesiology tape 5 m", "Gauze swab 10 × 10", "Hand disinfectant 500 ml")
        )
        self._mishaps(pen, day, tape, swabs, alcohol)
        lines = tuple(
            (shelf.item_id, _in_packs(shelf, shelf.week * _KEPT_WEEKS))
            for shelf in map(by_name.__getitem__, _ORDERED)
        )
        with pen.command() as work:
            self._at(work, until - _DAY, time(17, 5))
            self._stock.make_order_in(work, MakeOrder(lines))

    def _mishaps(
        self, pen: Pen, day: date, broken: _Shelf, carried: _Shelf, missing: _Shelf
    ) -> None:
        """One is thrown away, some are carried to another room, one is not where it should be."""
        with pen.command() as work:
            self._at(work, day, time(11, 20))
            shelf = self._lot(work, broken)
            self._stock.discard_in(
                work, Discard(broken.item_id, 1, shelf[1], "damaged", lot_id=shelf[0])
            )
        with pen.command() as work:
            self._at(work, day, time(12, 10))
            place = self._stock.place_in(work, carried.supply.place)
            self._stock.transfer_in(work, Transfer(carried.item_id, 20, place, "Room 1"))
        with pen.command() as work:
            self._at(work, day, time(17, 30))
            shelf = self._lot(work, missing)
            self._stock.adjust_in(
                work, Adjust(missing.item_id, -1, shelf[1], "not found", lot_id=shelf[0])
            )

    def _lot(self, work: UnitOfWork, shelf: _Shelf) -> tuple[int | None, int]:
        """Return lot and place of what would be taken next."""
        first = self._stock.next_lot_in(work, shelf.item_id)
        return first.lot_id, first.place_id

    def _order(self, pen: Pen, day: date) -> None:
        lines = []
        for shelf in self._shelves:
            if shelf.there <= shelf.week * 2:
                shelf.ordered = _in_packs(shelf, shelf.week * _KEPT_WEEKS - shelf.there)
                lines.append((shelf.item_id, shelf.ordered))
        if lines:
            with pen.command() as work:
                self._at(work, day, time(8, 40))
                self._stock.make_order_in(work, MakeOrder(tuple(lines)))

    def _receive(
        self, pen: Pen, shelf: _Shelf, day: date, quantity: int, expires: date | None = None
    ) -> None:
        supply, chance = shelf.supply, self._chance
        shelf.lots += 1
        shelf.there += quantity
        lot = ""
        if supply.shelf_days:
            lot = f"{supply.name[:2].upper()}{day:%y%m}-{shelf.lots:02}"
            life = int(supply.shelf_days * (0.7 + 0.3 * chance.random()))
            expires = expires or day + max(120, life) * _DAY
        total = quantity * supply.cost * self._unit * (97 + chance.randrange(7)) // 10_000
        command = Receive(shelf.item_id, quantity, 0, supply.place, lot, expires, total_minor=total)
        with pen.command() as work:
            self._at(work, day, time(9, 30))
            self._stock.receive_in(work, command)
        self._owed[day.month] = self._owed.get(day.month, 0) + total

    def _use(self, pen: Pen, day: date) -> None:
        uses = []
        for shelf in self._shelves:
            taken = min(shelf.there, int(shelf.week * (0.6 + 0.8 * self._chance.random())))
            if taken:
                shelf.there -= taken
                uses.append(Use(shelf.item_id, taken))
        if uses:
            with pen.command() as work:
                self._at(work, day, time(16, 45))
                self._stock.use_many_in(work, uses)

    def _pay(self, pen: Pen, last: date) -> None:
        """Pay what came before the month of a day."""
        due = sum(self._owed.pop(month) for month in list(self._owed) if month != last.month)
        if not due:
            return
        self._paid += 1
        draft = EntryDraft(
            "supplier",
            last,
            (
                PostingDraft(GOODS_RECEIVED, due, "supplies", method="transfer"),
                PostingDraft(_BANK, -due, "supplies", method="transfer"),
            ),
            key=f"demo-supplier-{self._paid}",
        )
        with pen.command() as work:
            self._at(work, last, time(17, 40))
            entry_id = self._ledger.post(work, draft)
            work.record("entry", entry_id, category="financial", after={"amount_minor": due})

    def _at(self, work: UnitOfWork, day: date, wall: time) -> None:
        work.now = self._zone.instant(datetime.combine(day, wall))


def _supplier(supply: Supply) -> str:
    return COLD_SUPPLIER if "fridge" in supply.place else SUPPLIER


def _in_packs(shelf: _Shelf, quantity: int) -> int:
    pack = shelf.supply.pack_size
    return -(-max(1, quantity) // pack) * pack


def _code(number: int) -> str:
    """Return a GTIN of the range that is free for use inside a house, with its check digit."""
    digits = f"0200{number:09d}"
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
