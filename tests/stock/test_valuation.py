# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from clinicdesk.stock import queries
from clinicdesk.stock.model import EXPIRED, Count, Discard, Receive, Transfer, Use
from tests.stock.shelf import FRIDGE, LATER, STORE, Shelf


def test_a_span_opens_with_what_was_there_and_closes_with_what_is_left(shelf: Shelf) -> None:
    stock, actor, vaccine = shelf.stock, shelf.actor, shelf.vaccine
    shelf.clock.instant += timedelta(days=40)  # 4 January; lot A expired on 24 December
    stock.receive(Receive(vaccine, 10, 950, FRIDGE, "C", LATER), actor)
    stock.use(Use(vaccine, 6), actor)
    used = stock.use(Use(vaccine, 1), actor)
    assert used.undo is not None
    used.undo()
    stock.discard(Discard(vaccine, 10, 1, EXPIRED, lot_id=2), actor)
    stock.discard(Discard(vaccine, 1, 1, "broken", lot_id=1), actor)
    stock.count(Count(vaccine, 2, 1, seen=3, lot_id=1), actor)
    stock.transfer(Transfer(vaccine, 2, 1, STORE), actor)
    line = stock.valuation(date(2027, 1, 1), date(2027, 1, 31), actor)[1]
    assert line.item == "Influenza vaccine"
    assert (line.opening, line.received, line.used, line.wasted, line.expired, line.adjusted,
            line.closing) == (20, 10, 6, 1, 10, -1, 12)  # fmt: skip
    assert (line.opening_minor, line.received_minor, line.used_minor, line.wasted_minor,
            line.expired_minor, line.adjusted_minor, line.closing_minor) == (
        17000, 9500, 5400, 900, 8000, -900, 11300)  # fmt: skip
    assert line.months == Decimal("6.0")


def test_what_moved_after_the_span_is_left_out(shelf: Shelf) -> None:
    shelf.clock.instant += timedelta(days=10)
    shelf.stock.use(Use(shelf.gloves, 500), shelf.actor)
    (gloves, _) = shelf.stock.valuation(date(2026, 11, 1), date(2026, 11, 30), shelf.actor)
    assert (gloves.opening, gloves.received, gloves.closing, gloves.months) == (0, 500, 500, None)
    (gloves, _) = shelf.stock.valuation(date(2026, 12, 1), date(2026, 12, 31), shelf.actor)
    assert (gloves.closing, gloves.closing_minor) == (0, 0)
    assert len(shelf.stock.valuation(date(2027, 1, 1), date(2027, 1, 31), shelf.actor)) == 1


def test_the_account_is_worth_what_the_movements_are(shelf: Shelf) -> None:
    shelf.stock.use(Use(shelf.gloves, 77), shelf.actor)
    with shelf.records.read() as reading:
        booked, moved = queries.account_and_movements(reading, reading.today)
        before = queries.account_and_movements(reading, reading.today - timedelta(days=1))
    assert booked == moved == 17000 + 2599 - 400
    assert before == (0, 0)
