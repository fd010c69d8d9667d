# SPDX-License-Identifier: Apache-2.0
"""Fills the shelves: deliveries when little is left, use week by week, lots about to expire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from clinicdesk.demo.catalogue import SUPPLIER, SUPPLIES, Supply
from clinicdesk.demo.pen import Pen
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.stock.model import Receive, SaveItem, Use
from clinicdesk.stock.service import Stock

_DAY = timedelta(days=1)
# Lots that came late with a short life: (item, days until it expires on the opening day).
_SHORT = (("Influenza vaccine", 9), ("Blood glucose strip", 17), ("Lidocaine 1 % 10 ml", 26),
          ("Blood collection tube, gold", -4))  # fmt: skip
_KEPT_WEEKS = 9


@dataclass(slots=True)
class _Shelf:
    """What the plan knows of one item."""

    supply: Supply
    item_id: int
    there: int = 0
    lots: int = 0


class Shelves:
    """Plays deliveries and use."""

    def __init__(
        self, stock: Stock, chance: Random, zone: ClinicZone, providers: int, unit: int
    ) -> None:
        self._stock = stock
        self._chance = chance
        self._zone = zone
        self._share = providers
        self._unit = unit
        self._shelves: list[_Shelf] = []

    def set_up(self, pen: Pen) -> None:
        """Add the items."""
        for supply in SUPPLIES:
            week = self._week(supply)
            command = SaveItem(
                supply.name,
                supply.unit,
                supply.pack_unit,
                supply.pack_size,
                par_min=week * 2,
                par_max=week * _KEPT_WEEKS,
                supplier=SUPPLIER,
                tracks_lots=supply.shelf_days > 0,
            )
            with pen.command() as work:
                self._shelves.append(_Shelf(supply, self._stock.add_item_in(work, command)))

    def weeks(self, pen: Pen, mondays: Sequence[date]) -> None:
        """Play the weeks that begin on these days, the unit's clock going along."""
        for monday in mondays:
            for shelf in self._shelves:
                if shelf.there < self._week(shelf.supply) * 2:
                    self._deliver(pen, shelf, monday)
                self._use(pen, shelf, monday + 4 * _DAY)

    def short_lots(self, pen: Pen, until: date) -> None:
        """Receive lots that are about to expire, or did."""
        by_name = {shelf.supply.name: shelf for shelf in self._shelves}
        for name, days in _SHORT:
            shelf = by_name[name]
            self._receive(pen, shelf, until - 6 * _DAY, shelf.supply.pack_size, until + days * _DAY)

    def _deliver(self, pen: Pen, shelf: _Shelf, day: date) -> None:
        pack = shelf.supply.pack_size
        wanted = self._week(shelf.supply) * _KEPT_WEEKS - shelf.there
        quantity = -(-wanted // pack) * pack
        expires = None
        if shelf.supply.shelf_days:
            life = int(shelf.supply.shelf_days * (0.7 + 0.3 * self._chance.random()))
            expires = day + max(120, life) * _DAY
        self._receive(pen, shelf, day, quantity, expires)
        shelf.there += quantity

    def _receive(
        self, pen: Pen, shelf: _Shelf, day: date, quantity: int, expires: date | None
    ) -> None:
        shelf.lots += 1
        lot = ""
        if shelf.supply.shelf_days:
            lot = f"{shelf.supply.name[:2].upper()}{day:%y%m}-{shelf.lots:02}"
        cost = shelf.supply.cost * self._unit // 100
        command = Receive(shelf.item_id, quantity, cost, shelf.supply.place, lot, expires)
        with pen.command() as work:
            work.now = self._zone.instant(datetime.combine(day, time(9, 30)))
            self._stock.receive_in(work, command)

    def _use(self, pen: Pen, shelf: _Shelf, day: date) -> None:
        week = self._week(shelf.supply)
        taken = min(shelf.there, max(0, int(week * (0.6 + 0.8 * self._chance.random()))))
        if not taken:
            return
        with pen.command() as work:
            work.now = self._zone.instant(datetime.combine(day, time(16, 45)))
            place = self._stock.place_in(work, shelf.supply.place)
            self._stock.use_in(work, Use(shelf.item_id, taken, place))
        shelf.there -= taken

    def _week(self, supply: Supply) -> int:
        return max(1, supply.week * self._share // 4)
