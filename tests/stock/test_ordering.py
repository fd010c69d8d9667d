# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date, timedelta

import pytest

from clinicdesk.kernel.identity import PatientId
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.stock.model import (
    CloseOrder,
    MakeOrder,
    NothingToOrder,
    OrderClosed,
    ReasonMissing,
    Receive,
    SaveItem,
    Use,
)
from tests.stock.shelf import FRIDGE, LATER, STORE, Shelf
from tests.support.clinics import an_actor


def _low(shelf: Shelf) -> None:
    shelf.stock.use(Use(shelf.vaccine, 9), shelf.actor)  # 11 left, par 12 to 40 in boxes of 10


def test_what_is_low_is_suggested_up_to_the_most_in_whole_packs(shelf: Shelf) -> None:
    assert not shelf.level(shelf.vaccine).low
    _low(shelf)
    row = shelf.level(shelf.vaccine)
    assert (row.low, row.suggest, row.on_order) == (True, 30, 0)


def test_what_is_ordered_is_not_low_any_more(shelf: Shelf) -> None:
    _low(shelf)
    done = shelf.stock.make_order(MakeOrder(((shelf.vaccine, 30),)), shelf.actor)
    row = shelf.level(shelf.vaccine)
    assert (row.low, row.suggest, row.on_order) == (False, 0, 30)
    assert done.fields == {"numbers": "P-1", "lines": 1}
    assert done.undo is not None
    done.undo()
    assert shelf.level(shelf.vaccine).on_order == 0


def test_expired_goods_count_as_none(shelf: Shelf) -> None:
    shelf.clock.instant += timedelta(days=60)
    row = shelf.level(shelf.vaccine)
    assert (row.on_hand, row.usable, row.expired, row.low) == (20, 10, 10, True)


def test_a_delivery_fills_the_oldest_order_first(shelf: Shelf) -> None:
    for quantity in (20, 30):
        shelf.stock.make_order(MakeOrder(((shelf.vaccine, quantity),)), shelf.actor)
    done = shelf.stock.receive(Receive(shelf.vaccine, 25, 900, FRIDGE, "C", LATER), shelf.actor)
    (line,) = shelf.stock.orders(shelf.actor)
    assert (line.number, line.came, line.outstanding) == ("P-2", 5, 25)
    assert shelf.level(shelf.vaccine).on_order == 25
    first = shelf.stock.orders(shelf.actor, all_of_them=True)[0]
    assert (first.number, first.came, first.outstanding) == ("P-1", 20, 0)
    assert done.undo is not None
    done.undo()
    assert shelf.level(shelf.vaccine).on_order == 50
    assert shelf.failed_checks() == []


def test_more_than_was_ordered_may_come(shelf: Shelf) -> None:
    shelf.stock.make_order(MakeOrder(((shelf.vaccine, 20),)), shelf.actor)
    shelf.stock.receive(
        Receive(shelf.vaccine, 30, 0, FRIDGE, "C", LATER, total_minor=10001), shelf.actor
    )
    assert shelf.level(shelf.vaccine).on_order == 0
    assert shelf.level(shelf.vaccine).value_minor == 17000 + 10001


def test_each_supplier_gets_an_order_of_its_own(shelf: Shelf) -> None:
    other = shelf.stock.add_item(SaveItem("Swab", "piece", supplier="Other"), shelf.actor).value
    lines = ((shelf.vaccine, 10), (other, 5), (shelf.gloves, 100))
    done = shelf.stock.make_order(MakeOrder(lines), shelf.actor)
    assert len(done.value) == 2
    orders = shelf.stock.orders(shelf.actor)
    assert {(row.supplier, row.item) for row in orders} == {
        ("Meridian", "Influenza vaccine"), ("Meridian", "Gloves M"), ("Other", "Swab"),
    }  # fmt: skip


def test_the_rest_of_a_closed_order_is_not_expected(shelf: Shelf) -> None:
    (order_id,) = shelf.stock.make_order(MakeOrder(((shelf.gloves, 600),)), shelf.actor).value
    shelf.stock.receive(Receive(shelf.gloves, 200, 5, STORE), shelf.actor)
    done = shelf.stock.close_order(CloseOrder(order_id, 1, "sold out"), shelf.actor)
    assert shelf.level(shelf.gloves).on_order == 0
    with pytest.raises(OrderClosed):
        shelf.stock.close_order(CloseOrder(order_id, 2, "again"), shelf.actor)
    assert done.undo is not None
    done.undo()
    assert shelf.level(shelf.gloves).on_order == 400


def test_an_order_needs_lines_and_its_closing_a_reason(shelf: Shelf) -> None:
    with pytest.raises(NothingToOrder):
        shelf.stock.make_order(MakeOrder(()), shelf.actor)
    with pytest.raises(ReasonMissing):
        shelf.stock.close_order(CloseOrder(1, 1, " "), shelf.actor)
    with pytest.raises(NotAllowed):
        shelf.stock.make_order(MakeOrder(((1, 1),)), an_actor("stock.issue"))


def test_the_same_key_orders_once(shelf: Shelf) -> None:
    command = MakeOrder(((shelf.gloves, 600),), key="once")
    first = shelf.stock.make_order(command, shelf.actor)
    assert shelf.stock.make_order(command, shelf.actor).value == first.value
    assert shelf.level(shelf.gloves).on_order == 600


def test_the_most_urgent_stands_first(shelf: Shelf) -> None:
    stock, actor = shelf.stock, shelf.actor
    stock.add_item(SaveItem("Empty", "piece", par_min=1, par_max=9), actor)
    stock.add_item(SaveItem("Plenty", "piece"), actor)
    _low(shelf)
    names = [row.item.name for row in stock.levels(actor)]
    assert names == ["Empty", "Influenza vaccine", "Gloves M", "Plenty"]


def test_what_expires_is_listed_soonest_first_with_its_value(shelf: Shelf) -> None:
    (row,) = shelf.stock.expiring(shelf.actor)
    assert (row.lot, row.days, row.quantity, row.value_minor, row.expired) == (
        "A", 29, 10, 8000, False,
    )  # fmt: skip
    assert [one.lot for one in shelf.stock.expiring(shelf.actor, days=400)] == ["A", "B"]
    with shelf.records.read() as reading:
        (late, _) = shelf.stock.expiring_in(reading, date(2027, 1, 1), 400)
    assert late.expired


def test_the_history_of_an_item_tells_the_balance_after_each_movement(shelf: Shelf) -> None:
    done = shelf.stock.use(
        Use(shelf.vaccine, 3, patient_id=PatientId(shelf.practice.anna)), shelf.actor
    )
    assert done.undo is not None
    done.undo()
    rows = shelf.stock.history(shelf.vaccine, shelf.actor)
    assert [(row.kind, row.quantity, row.balance) for row in rows] == [
        ("use", 3, 20), ("use", -3, 17), ("receive", 10, 20), ("receive", 10, 10),
    ]  # fmt: skip
    assert (rows[1].patient, rows[1].reversed, rows[0].reverses) == ("Weber, Anna", True, True)
