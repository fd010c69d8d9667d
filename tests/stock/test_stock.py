# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.stock.model import Discard, LotMissing, NotEnough, Receive, SaveItem, Use
from clinicdesk.stock.service import Stock
from clinicdesk.stock.tables import movement, on_hand
from clinicdesk.storage.records import Records
from tests.support.clinics import an_actor, some_records


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = some_records(tmp_path)
    yield opened
    opened.close()


def _on_hand(records: Records) -> dict[tuple[int, int], int]:
    with records.read() as reading:
        rows = reading.execute(sa.select(on_hand.c.item_id, on_hand.c.lot_id, on_hand.c.quantity))
        return {(row.item_id, row.lot_id): row.quantity for row in rows}


def _shelf(records: Records) -> tuple[Stock, int]:
    stock, actor = Stock(records), an_actor()
    item = stock.add_item(SaveItem("Vaccine", "dose", "box", 10), actor).value
    for lot, expires in (
        ("B", date(2027, 3, 1)),
        ("A", date(2026, 12, 24)),
        ("X", date(2026, 1, 1)),
    ):
        stock.receive(Receive(item, 10, 890, "Fridge", lot, expires), actor)
    return stock, item


def test_takes_the_lot_that_expires_first_and_never_an_expired_one(records: Records) -> None:
    stock, item = _shelf(records)
    stock.use(Use(item, 12, place_id=1), an_actor())
    assert _on_hand(records) == {(item, 1): 8, (item, 2): 0, (item, 3): 10}


def test_refuses_to_take_more_than_is_there(records: Records) -> None:
    stock, item = _shelf(records)
    with pytest.raises(NotEnough):
        stock.use(Use(item, 21, place_id=1), an_actor())
    assert sum(_on_hand(records).values()) == 30


def test_what_is_on_hand_is_the_sum_of_the_movements(records: Records) -> None:
    stock, item = _shelf(records)
    stock.use(Use(item, 3, place_id=1), an_actor())
    stock.discard(Discard(item, 10, 1, "expired", lot_id=3), an_actor())
    with records.read() as reading:
        total = reading.execute(sa.select(sa.func.sum(movement.c.quantity))).scalar()
    assert total == sum(_on_hand(records).values()) == 17


def test_the_same_key_moves_once(records: Records) -> None:
    stock, item = _shelf(records)
    command = Use(item, 4, place_id=1, key="once")
    first = stock.use(command, an_actor())
    assert stock.use(command, an_actor()).value == first.value
    assert sum(_on_hand(records).values()) == 26


def test_a_lot_must_be_named_for_an_item_kept_by_lot(records: Records) -> None:
    stock, item = _shelf(records)
    with pytest.raises(LotMissing):
        stock.receive(Receive(item, 5, 890, "Fridge"), an_actor())


def test_reception_may_take_but_not_set_up(records: Records) -> None:
    stock = Stock(records)
    with pytest.raises(NotAllowed):
        stock.add_item(SaveItem("Glove", "glove"), an_actor("stock.issue", role="receptionist"))


def test_the_checks_find_a_figure_that_was_changed_behind_their_back(records: Records) -> None:
    stock, _ = _shelf(records)
    with records.read() as reading:
        assert all(check.holds for check in stock.checks(reading))
    with records.write(an_actor(), "test") as work:
        work.execute(on_hand.update().where(on_hand.c.lot_id == 2).values(quantity=11))
        work.record("item", 1)
    with records.read() as reading:
        broken = [check for check in stock.checks(reading) if not check.holds]
    assert [check.name for check in broken] == ["stock_on_hand"]
    assert "lot 2" in broken[0].detail


def test_the_shelves_are_told_first_to_expire_first(records: Records) -> None:
    stock, _ = _shelf(records)
    assert [row.lot for row in stock.shelves(an_actor())] == ["X", "A", "B"]
