# SPDX-License-Identifier: Apache-2.0
"""A clinic with supplies, for tests: real file, chart of accounts, facts wired as in assembly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.schedule.model import VisitCompleted, VisitReopened, VisitWithdrawn
from clinicdesk.schedule.service import Schedule
from clinicdesk.stock.model import Receive, SaveItem
from clinicdesk.stock.queries import LevelRow
from clinicdesk.stock.service import Stock
from clinicdesk.stock.tables import on_hand
from clinicdesk.storage.records import Records
from tests.support.clinics import NOON, some_records
from tests.support.practice import Practice, practice_on

FRIDGE, STORE = "Fridge", "Store room"
SOON, LATER = date(2026, 12, 24), date(2027, 6, 1)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Services, and what lies there: 10 of lot A, then 10 of lot B at 9.00; 500 gloves."""

    practice: Practice
    stock: Stock
    schedule: Schedule
    vaccine: int
    gloves: int

    @property
    def records(self) -> Records:
        return self.practice.records

    @property
    def actor(self) -> Actor:
        return self.practice.actor

    @property
    def clock(self) -> FixedClock:
        return self.practice.clock

    def there(self) -> dict[tuple[int, int, int], int]:
        """Return quantities by item, lot and place, those above zero."""
        with self.records.read() as reading:
            return {
                (row.item_id, row.lot_id, row.place_id): row.quantity
                for row in reading.execute(sa.select(on_hand))
                if row.quantity
            }

    def level(self, item_id: int) -> LevelRow:
        """Return the item's line of the panel."""
        return next(row for row in self.stock.levels(self.actor) if row.id == item_id)

    def failed_checks(self) -> list[str]:
        """Return the names of the checks of shelves and books that do not hold."""
        with self.records.read() as reading:
            checks = (*self.stock.checks(reading), *self.practice.ledger.checks(reading))
        return [f"{check.name}: {check.detail}" for check in checks if not check.holds]


def a_shelf(folder: Path) -> Shelf:
    """Make one in a folder."""
    return shelf_on(some_records(folder, clock=FixedClock(NOON)))


def shelf_on(records: Records) -> Shelf:
    """Make one on an empty clinic, wherever it is kept."""
    clock = records.clock
    assert isinstance(clock, FixedClock)
    practice = practice_on(records, clock)
    stock = Stock(records, practice.ledger)
    records.facts.heed(VisitCompleted, stock.heed_completion)
    records.facts.heed(VisitReopened, stock.heed_reopening)
    records.facts.heed(VisitWithdrawn, stock.heed_withdrawal)
    actor = practice.actor
    vaccine = stock.add_item(
        SaveItem("Influenza vaccine", "dose", "box", 10, 12, 40, "Meridian"), actor
    ).value
    gloves = stock.add_item(
        SaveItem("Gloves M", "glove", "box", 100, 400, 1000, "Meridian", tracks_lots=False), actor
    ).value
    stock.receive(Receive(vaccine, 10, 900, FRIDGE, "B", LATER), actor)
    stock.receive(Receive(vaccine, 10, 800, FRIDGE, "A", SOON), actor)
    stock.receive(Receive(gloves, 500, 0, STORE, total_minor=2599), actor)
    return Shelf(practice, stock, Schedule(records, practice.staff), vaccine, gloves)
