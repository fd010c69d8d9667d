# SPDX-License-Identifier: Apache-2.0
"""Reads of the shelves for screens, papers and other departments."""

from __future__ import annotations

from datetime import date

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.checks import Check
from clinicdesk.patients.model import MAY_VIEW_PATIENTS
from clinicdesk.stock import queries
from clinicdesk.stock.model import EXPIRING_DAYS, MAY_ISSUE
from clinicdesk.stock.queries import (
    ExpiringRow,
    ItemRow,
    KitRow,
    LevelRow,
    MovementRow,
    OrderRow,
    ShelfRow,
    StockView,
    ValuationRow,
)
from clinicdesk.stock.repository import ItemRepository
from clinicdesk.stock.service.book import BookDesk
from clinicdesk.storage.records import Reading, UnitOfWork


class LookingDesk(BookDesk):
    """Shows."""

    def view(self, actor: Actor, patient_id: int = 0) -> StockView:
        """Return all that the panel shows, from one snapshot."""
        actor.require(MAY_ISSUE)
        with self._records.read() as reading:
            return queries.view(reading, visits=actor.may(MAY_VIEW_PATIENTS), patient_id=patient_id)

    def levels(self, actor: Actor) -> tuple[LevelRow, ...]:
        """Return each item with what is on hand and on order, most urgent first."""
        actor.require(MAY_ISSUE)
        with self._records.read() as reading:
            return queries.levels(reading)

    def shelves(self, actor: Actor) -> tuple[ShelfRow, ...]:
        """Return everything on hand, first to expire first."""
        actor.require(MAY_ISSUE)
        with self._records.read() as reading:
            return queries.shelves(reading)

    def items(self, actor: Actor, *, archived: bool = False) -> tuple[ItemRow, ...]:
        """Return the catalogue by name; archived items only if asked."""
        actor.require(MAY_ISSUE)
        with self._records.read() as reading:
            return queries.items(reading, archived=archived)

    def history(self, item_id: int, actor: Actor, limit: int = 500) -> tuple[MovementRow, ...]:
        """Return the movements of an item with the running balance, newest first; audited."""
        actor.require(MAY_ISSUE)
        with self._records.write(actor, "stock.view_history") as work:
            name = self._item(work, item_id).name
            work.record("item", item_id, category="clinical", after={"name": name})
            return queries.history(work, item_id, limit)

    def orders(self, actor: Actor, *, all_of_them: bool = False) -> tuple[OrderRow, ...]:
        """Return the lines of open orders, or of all, oldest first."""
        actor.require(MAY_ISSUE)
        with self._records.read() as reading:
            return queries.orders(reading, all_of_them=all_of_them)

    def expiring(self, actor: Actor, days: int = EXPIRING_DAYS) -> tuple[ExpiringRow, ...]:
        """Return what is expired or will be within so many days, soonest first."""
        actor.require(MAY_ISSUE)
        with self._records.read() as reading:
            return queries.expiring(reading, days)

    def kits(self, actor: Actor) -> tuple[tuple[tuple[int, str], ...], tuple[KitRow, ...]]:
        """Return the types of visits, and what visits of each use up."""
        actor.require(MAY_ISSUE)
        with self._records.read() as reading:
            return queries.visit_types(reading), queries.kits(reading)

    def valuation(self, first: date, last: date, actor: Actor) -> tuple[ValuationRow, ...]:
        """Return report R24 for a span of business days, both ends included."""
        actor.require(MAY_ISSUE)
        with self._records.read() as reading:
            return queries.valuation(reading, first, last)

    def valuation_in(self, reading: Reading, first: date, last: date) -> tuple[ValuationRow, ...]:
        """Return report R24 within another's snapshot; whoever asks has checked the right."""
        return queries.valuation(reading, first, last)

    def expiring_in(self, reading: Reading, on: date, days: int) -> tuple[ExpiringRow, ...]:
        """Return what expires within days of a day, within another's snapshot."""
        return queries.expiring(reading, days, on)

    def checks(self, reading: Reading) -> tuple[Check, ...]:
        """Prove the shelves from the movements, and their value from the books."""
        return queries.checks(reading)

    def place_in(self, work: UnitOfWork, name: str) -> int:
        """Return the id of a place by name, within another's transaction."""
        return ItemRepository(work).place(name)

    def supplier_in(self, work: UnitOfWork, name: str) -> int:
        """Return the id of a supplier by name, made if new, within another's transaction."""
        return ItemRepository(work).supplier(name)
