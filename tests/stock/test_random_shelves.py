# SPDX-License-Identifier: Apache-2.0
"""Random sequences of stock work against an independent model: plain dictionaries, no stock code.

The model knows what a stock keeper with a notebook knows: how many of which lot lie where, after
each line of the book.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.refusals import Refusal
from clinicdesk.stock import queries
from clinicdesk.stock.model import Adjust, Count, Discard, Receive, TakeBack, Transfer, Use
from clinicdesk.stock.tables import movement
from tests.stock.shelf import Shelf, a_shelf

PLACES = ("Fridge", "Store room", "Room 1")
Key = tuple[int, int, int]


class Run:
    """One random run.

    Attributes:
        notebook: what lay where after each movement, by its number.
    """

    def __init__(self, shelf: Shelf, seed: int) -> None:
        self.shelf = shelf
        self.chance = random.Random(seed)
        self.there: dict[Key, int] = dict(shelf.there())
        self.ends: dict[int, date] = {1: date(2027, 6, 1), 2: date(2026, 12, 24)}
        self.notebook: dict[int, dict[Key, int]] = {}
        self.acts: list[tuple[tuple[int, ...], dict[Key, int]]] = []
        self.refused = 0

    def step(self) -> None:
        chance = self.chance
        if chance.random() < 0.04:
            self.shelf.clock.instant += timedelta(days=chance.randint(1, 25))
        act = chance.choice(
            (self._receive, self._use, self._use, self._transfer, self._discard, self._adjust,
             self._count, self._take_back)
        )  # fmt: skip
        before = dict(self.there)
        try:
            act()
        except Refusal:
            self.refused += 1
            self.there = before
        self.there = {key: n for key, n in self.there.items() if n}
        assert self.shelf.there() == self.there, act.__name__
        with self.shelf.records.read() as reading:
            seq = reading.execute(sa.select(sa.func.max(movement.c.seq))).scalar_one()
        self.notebook[seq] = dict(self.there)

    @property
    def today(self) -> date:
        return self.shelf.clock.instant.date()

    def _moved(self, ids: tuple[int, ...], change: dict[Key, int]) -> None:
        for key, n in change.items():
            self.there[key] = self.there.get(key, 0) + n
        if ids:
            self.acts.append((ids, change))

    def _receive(self) -> None:
        item = self.chance.choice((self.shelf.vaccine, self.shelf.gloves))
        place = self.chance.choice(PLACES)
        tracked = item == self.shelf.vaccine
        lot = self.chance.randint(1, 8) if tracked else 0
        ends = self.today + timedelta(days=self.chance.randint(0, 200))
        command = Receive(
            item, self.chance.randint(1, 60), 0, place,
            ("BA"[lot - 1] if lot < 3 else f"L{lot}") if tracked else "",
            None if lot in self.ends else (ends if tracked else None),
            total_minor=self.chance.randint(0, 9999),
        )  # fmt: skip
        done = self.shelf.stock.receive(command, self.shelf.actor)
        with self.shelf.records.read() as reading:
            row = reading.execute(
                sa.select(movement.c.lot_id, movement.c.place_id).where(
                    movement.c.id == done.value[0]
                )
            ).one()
        if tracked and row.lot_id not in self.ends and command.expires_on:
            self.ends[row.lot_id] = command.expires_on
        self._moved(done.value, {(item, row.lot_id or 0, row.place_id): command.quantity})

    def _use(self) -> None:
        item = self.chance.choice((self.shelf.vaccine, self.shelf.gloves))
        wanted = self.chance.randint(1, 40)
        done = self.shelf.stock.use(Use(item, wanted), self.shelf.actor)
        fit = sorted(
            (self.ends.get(key[1], date.max), key[1], key[2], key)
            for key in self.there
            if key[0] == item and self.ends.get(key[1], date.max) >= self.today
        )
        change: dict[Key, int] = {}
        for *_, key in fit:
            some = min(wanted, self.there[key])
            if some:
                change[key] = -some
            wanted -= some
        assert wanted == 0
        self._moved(done.value, change)

    def _some(self) -> tuple[Key, int]:
        if not self.there:
            raise Refusal
        key = self.chance.choice(sorted(self.there))
        return key, self.chance.randint(1, self.there[key] + 2)

    def _transfer(self) -> None:
        (item, lot, place), n = self._some()
        to = self.chance.choice(PLACES)
        command = Transfer(item, n, place, to, lot or None)
        if lot == 0:  # a lot that is not named may be any; gloves have none
            assert item == self.shelf.gloves
        done = self.shelf.stock.transfer(command, self.shelf.actor)
        with self.shelf.records.read() as reading:
            to_id = reading.execute(
                sa.select(movement.c.place_id).where(movement.c.id == done.value[1])
            ).scalar_one()
        self._moved(done.value, {(item, lot, place): -n, (item, lot, to_id): n})

    def _discard(self) -> None:
        key, n = self._some()
        command = Discard(key[0], n, key[2], "why", key[1] or None)
        self._moved(self.shelf.stock.discard(command, self.shelf.actor).value, {key: -n})

    def _adjust(self) -> None:
        key, n = self._some()
        n *= self.chance.choice((-1, 1))
        command = Adjust(key[0], n, key[2], "why", key[1] or None)
        self._moved(self.shelf.stock.adjust(command, self.shelf.actor).value, {key: n})

    def _count(self) -> None:
        key, n = self._some()
        seen = self.there[key]
        command = Count(key[0], n, key[2], seen, key[1] or None)
        self._moved(self.shelf.stock.count(command, self.shelf.actor).value, {key: n - seen})

    def _take_back(self) -> None:
        if not self.acts:
            raise Refusal
        ids, change = self.acts.pop(self.chance.randrange(len(self.acts)))
        self.shelf.stock.take_back(TakeBack(ids, "mistake"), self.shelf.actor)
        self._moved((), {key: -n for key, n in change.items()})


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_on_hand_is_the_sum_of_the_movements_at_any_number(
    tmp_path: Path, seed: int
) -> None:
    shelf = a_shelf(tmp_path)
    run = Run(shelf, seed)
    for _ in range(250):
        run.step()
    assert run.refused < 150
    with shelf.records.read() as reading:
        for seq, there in run.notebook.items():
            at = queries.on_hand_at(reading, seq)
            assert {key: n for key, n in at.items() if n} == there
    assert shelf.failed_checks() == []
    lines = shelf.stock.valuation(date(2026, 11, 25), date(2030, 1, 1), shelf.actor)
    for line in lines:
        moved = line.received - line.used - line.wasted - line.expired + line.adjusted
        assert line.opening + moved == line.closing
        worth = line.received_minor - line.used_minor - line.wasted_minor - line.expired_minor
        assert line.opening_minor + worth + line.adjusted_minor == line.closing_minor
    assert sum(line.closing_minor for line in lines) == shelf.practice.balances().get("1200", 0)
    shelf.records.close()
