# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.refusals import NotAllowed, Refusal
from clinicdesk.stock.model import (
    EXPIRED,
    Adjust,
    AlreadyReversed,
    Count,
    Discard,
    IsExpired,
    LotDiffers,
    LotMissing,
    MovedMeanwhile,
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
)
from clinicdesk.stock.tables import movement, on_hand
from tests.stock.shelf import FRIDGE, LATER, SOON, STORE, Shelf
from tests.support.clinics import an_actor

B, A = 1, 2  # lots, in the order they came


def _balances(shelf: Shelf) -> dict[str, int]:
    return {k: v for k, v in shelf.practice.balances().items() if k[0] in "125"}


def test_takes_the_lot_that_expires_first_and_never_an_expired_one(shelf: Shelf) -> None:
    shelf.clock.instant += timedelta(days=60)  # lot A is over
    shelf.stock.use(Use(shelf.vaccine, 4), shelf.actor)
    assert shelf.there()[shelf.vaccine, B, 1] == 6
    with pytest.raises(NotEnough) as refused:
        shelf.stock.use(Use(shelf.vaccine, 7), shelf.actor)
    assert refused.value.fields["there"] == 6


def test_a_use_goes_on_into_the_next_lot(shelf: Shelf) -> None:
    shelf.stock.use(Use(shelf.vaccine, 12, place_id=1), shelf.actor)
    assert (shelf.vaccine, A, 1) not in shelf.there()
    assert shelf.there()[shelf.vaccine, B, 1] == 8
    assert _balances(shelf)["5000"] == 10 * 800 + 2 * 900


def test_a_lot_that_is_named_is_taken_unless_it_is_expired(shelf: Shelf) -> None:
    shelf.stock.use(Use(shelf.vaccine, 1, lot_id=B), shelf.actor)
    assert shelf.there()[shelf.vaccine, B, 1] == 9
    shelf.clock.instant += timedelta(days=60)
    with pytest.raises(IsExpired):
        shelf.stock.use(Use(shelf.vaccine, 1, lot_id=A), shelf.actor)


def test_on_its_last_day_a_lot_is_still_used(shelf: Shelf) -> None:
    shelf.clock.instant += SOON - shelf.clock.instant.date()
    shelf.stock.use(Use(shelf.vaccine, 1), shelf.actor)
    assert shelf.there()[shelf.vaccine, A, 1] == 9


def test_a_delivery_waits_for_its_invoice(shelf: Shelf) -> None:
    assert _balances(shelf) == {"1200": 17000 + 2599, "1210": -17000 - 2599}


def test_the_last_unit_takes_what_rounding_left(shelf: Shelf) -> None:
    for _ in range(5):
        shelf.stock.use(Use(shelf.gloves, 77), shelf.actor)
    shelf.stock.use(Use(shelf.gloves, 115), shelf.actor)
    assert _balances(shelf)["5000"] == 2599
    with shelf.records.read() as reading:
        left = reading.execute(
            sa.select(on_hand.c.quantity, on_hand.c.value_minor).where(
                on_hand.c.item_id == shelf.gloves
            )
        ).one()
    assert tuple(left) == (0, 0)


def test_what_is_thrown_away_is_waste_in_the_books(shelf: Shelf) -> None:
    shelf.stock.discard(Discard(shelf.vaccine, 3, 1, EXPIRED, lot_id=A), shelf.actor)
    assert _balances(shelf)["5010"] == 2400


def test_carrying_to_another_place_changes_no_value(shelf: Shelf) -> None:
    before = _balances(shelf)
    shelf.stock.transfer(Transfer(shelf.vaccine, 12, 1, "Room 2"), shelf.actor)
    assert _balances(shelf) == before
    assert shelf.there()[shelf.vaccine, A, 3] == 10
    assert shelf.there()[shelf.vaccine, B, 3] == 2
    assert shelf.failed_checks() == []


def test_a_count_writes_the_difference(shelf: Shelf) -> None:
    done = shelf.stock.count(Count(shelf.gloves, 480, 2, seen=500), shelf.actor)
    assert len(done.value) == 1
    assert shelf.level(shelf.gloves).on_hand == 480
    assert _balances(shelf)["5010"] == 104  # 20 of 500 for 25.99
    more = shelf.stock.count(Count(shelf.gloves, 481, 2, seen=480), shelf.actor)
    assert more.fields["there"] == 481
    assert shelf.failed_checks() == []


def test_a_count_that_agrees_moves_nothing_and_is_told(shelf: Shelf) -> None:
    done = shelf.stock.count(Count(shelf.gloves, 500, 2, seen=500), shelf.actor)
    assert done.value == ()
    assert done.undo is None


def test_a_count_is_refused_when_something_moved_meanwhile(shelf: Shelf) -> None:
    shelf.stock.use(Use(shelf.gloves, 5), shelf.actor)
    with pytest.raises(MovedMeanwhile) as refused:
        shelf.stock.count(Count(shelf.gloves, 500, 2, seen=500), shelf.actor)
    assert refused.value.fields == {"seen": 500, "there": 495}


def test_something_found_is_worth_what_the_last_delivery_cost(shelf: Shelf) -> None:
    shelf.stock.use(Use(shelf.gloves, 500), shelf.actor)
    shelf.stock.adjust(Adjust(shelf.gloves, 100, 2, "found behind"), shelf.actor)
    assert shelf.level(shelf.gloves).value_minor == 520


@pytest.mark.parametrize("act", ["receive", "use", "transfer", "discard", "adjust", "count"])
def test_every_act_is_undone_to_the_last_unit_and_cent(shelf: Shelf, act: str) -> None:
    stock, actor, vaccine = shelf.stock, shelf.actor, shelf.vaccine
    there, balances = shelf.there(), _balances(shelf)
    done = {
        "receive": lambda: stock.receive(Receive(vaccine, 7, 850, FRIDGE, "B", LATER), actor),
        "use": lambda: stock.use(Use(vaccine, 13), actor),
        "transfer": lambda: stock.transfer(Transfer(vaccine, 13, 1, STORE), actor),
        "discard": lambda: stock.discard(Discard(vaccine, 3, 1, "broken", lot_id=A), actor),
        "adjust": lambda: stock.adjust(Adjust(vaccine, -3, 1, "lost", lot_id=A), actor),
        "count": lambda: stock.count(Count(vaccine, 4, 1, seen=10, lot_id=B), actor),
    }[act]()
    assert shelf.there() != there
    assert done.undo is not None
    done.undo()
    assert shelf.there() == there
    assert {k: v for k, v in _balances(shelf).items() if v} == balances
    assert shelf.failed_checks() == []
    done.undo()  # the same command again changes nothing
    assert shelf.there() == there
    with pytest.raises(AlreadyReversed):
        shelf.stock.take_back(TakeBack(done.value, "again"), actor)


def test_a_delivery_that_was_used_cannot_be_taken_back(shelf: Shelf) -> None:
    done = shelf.stock.receive(Receive(shelf.vaccine, 5, 900, FRIDGE, "C", LATER), shelf.actor)
    shelf.stock.use(Use(shelf.vaccine, 24), shelf.actor)
    assert done.undo is not None
    with pytest.raises(NotEnough):
        done.undo()


def test_the_same_key_moves_once_and_answers_the_same(shelf: Shelf) -> None:
    command = Use(shelf.vaccine, 4, key="once")
    first = shelf.stock.use(command, shelf.actor)
    again = shelf.stock.use(command, shelf.actor)
    assert (again.value, again.fields) == (first.value, first.fields)
    assert shelf.level(shelf.vaccine).on_hand == 16


def test_after_closing_time_a_movement_belongs_to_the_next_open_day(shelf: Shelf) -> None:
    today = shelf.clock.instant.date()
    with shelf.records.write(shelf.actor, "test") as work:
        shelf.practice.ledger.close_period(
            work, kind="day", first_on=today, last_on=today, closed_at=work.now, last_seq=3,
            figures={},
        )  # fmt: skip
        work.record("period", 1)
    shelf.stock.use(Use(shelf.vaccine, 1), shelf.actor)
    with shelf.records.read() as reading:
        day = reading.execute(
            sa.select(movement.c.business_on).order_by(movement.c.seq.desc()).limit(1)
        ).scalar()
    assert day == today + timedelta(days=1)


WRONG: dict[str, tuple[type[Refusal], Callable[[Shelf], object]]] = {
    "no lot": (LotMissing, lambda s: s.stock.receive(Receive(s.vaccine, 5, 890, FRIDGE), s.actor)),
    "no place": (PlaceMissing, lambda s: s.stock.receive(Receive(s.gloves, 5, 890, " "), s.actor)),
    "nothing": (
        WrongQuantity,
        lambda s: s.stock.receive(Receive(s.gloves, 0, 890, STORE), s.actor),
    ),
    "expired": (
        IsExpired,
        lambda s: s.stock.receive(
            Receive(s.vaccine, 5, 890, FRIDGE, "X", date(2026, 11, 24)), s.actor
        ),
    ),
    "another date": (
        LotDiffers,
        lambda s: s.stock.receive(Receive(s.vaccine, 5, 890, FRIDGE, "A", LATER), s.actor),
    ),
    "less than nothing": (WrongQuantity, lambda s: s.stock.use(Use(s.gloves, -1), s.actor)),
    "same place": (SamePlace, lambda s: s.stock.transfer(Transfer(s.gloves, 1, 2, STORE), s.actor)),
    "no reason": (ReasonMissing, lambda s: s.stock.discard(Discard(s.gloves, 1, 2, " "), s.actor)),
    "lot not named": (
        LotMissing,
        lambda s: s.stock.discard(Discard(s.vaccine, 1, 1, "broken"), s.actor),
    ),
    "more than is there": (
        NotEnough,
        lambda s: s.stock.discard(Discard(s.gloves, 501, 2, "wet"), s.actor),
    ),
    "no difference": (
        WrongQuantity,
        lambda s: s.stock.adjust(Adjust(s.gloves, 0, 2, "why"), s.actor),
    ),
    "counted below nothing": (
        WrongCount,
        lambda s: s.stock.count(Count(s.gloves, -1, 2, seen=500), s.actor),
    ),
    "taken back without reason": (
        ReasonMissing,
        lambda s: s.stock.take_back(TakeBack((1,), ""), s.actor),
    ),
    "no such movement": (Refusal, lambda s: s.stock.take_back(TakeBack((99,), "why"), s.actor)),
    "no such item": (Refusal, lambda s: s.stock.use(Use(99, 1), s.actor)),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_is_refused_and_changes_nothing(shelf: Shelf, case: str) -> None:
    refusal, wrong = WRONG[case]
    there = shelf.there()
    with pytest.raises(refusal):
        wrong(shelf)
    assert shelf.there() == there
    assert shelf.failed_checks() == []


def test_expired_goods_are_taken_in_only_when_a_clinic_moves_in(shelf: Shelf) -> None:
    old = date(2026, 11, 1)
    command = Receive(shelf.vaccine, 5, 890, FRIDGE, "X", old, expired_too=True)
    shelf.stock.receive(command, shelf.actor)
    assert (shelf.level(shelf.vaccine).on_hand, shelf.level(shelf.vaccine).usable) == (25, 20)


def test_reception_takes_and_receives_but_does_not_correct(shelf: Shelf) -> None:
    rosa = an_actor("stock.issue", role="receptionist")
    done = shelf.stock.use(Use(shelf.vaccine, 1), rosa)
    assert done.undo is not None
    done.undo()
    for act in (
        lambda: shelf.stock.discard(Discard(shelf.gloves, 1, 2, "wet"), rosa),
        lambda: shelf.stock.count(Count(shelf.gloves, 1, 2, seen=500), rosa),
        lambda: shelf.stock.adjust(Adjust(shelf.gloves, 1, 2, "why"), rosa),
    ):
        with pytest.raises(NotAllowed):
            act()
    thrown = shelf.stock.discard(Discard(shelf.gloves, 1, 2, "wet"), shelf.actor)
    with pytest.raises(NotAllowed):
        shelf.stock.take_back(TakeBack(thrown.value, "why"), rosa)


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("UPDATE on_hand SET quantity = quantity + 1 WHERE lot_id = 2", "stock_on_hand"),
        ("UPDATE on_hand SET value_minor = value_minor - 1 WHERE lot_id = 2", "stock_on_hand"),
    ],
)
def test_the_checks_find_a_figure_that_was_changed_behind_their_back(
    shelf: Shelf, sql: str, name: str
) -> None:
    with shelf.records.write(shelf.actor, "test") as work:
        work.execute(sa.text(sql))
        work.record("item", 1)
    (broken,) = shelf.failed_checks()
    assert broken.startswith(name)
    assert "lot 2" in broken


def test_the_checks_find_a_movement_that_was_changed_behind_their_back(shelf: Shelf) -> None:
    with shelf.records.write(shelf.actor, "test") as work:
        work.execute(sa.text("DROP TRIGGER movement_refuses_update"))
        work.execute(sa.text("UPDATE movement SET quantity = 9, value_minor = 7200 WHERE id = 2"))
        work.execute(
            sa.text("UPDATE on_hand SET quantity = 9, value_minor = 7200 WHERE lot_id = 2")
        )
        work.record("item", 1)
    names = {line.split(":")[0] for line in shelf.failed_checks()}
    assert names == {"stock_movements_audited", "stock_movements_posted", "stock_account"}
