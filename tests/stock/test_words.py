# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date

import pytest

from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.stock.columns import MOVE_WORDS, REASON_WORDS
from clinicdesk.stock.panel import chips
from clinicdesk.stock.panel.words import (
    COMING,
    STATES,
    lot_words,
    par_words,
    quantity_words,
    state_words,
)
from clinicdesk.stock.queries import ItemRow, LevelRow, ShelfRow, levels_of
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import Term

TODAY = date(2026, 11, 25)
ITEM = ItemRow(1, 1, "Vaccine", "", "dose", "box", 10, 12, 40, "Meridian", True, False)


@pytest.fixture
def formats() -> Formats:
    return Formats("en", "GB", Currency.of("GBP"), ClinicZone("Europe/London"))


def _level(*lots: tuple[str, date | None, int], item: ItemRow = ITEM, ordered: int = 0) -> LevelRow:
    there = [
        ShelfRow(1, "Vaccine", "dose", n, number, 1, "Fridge", quantity, end, 100 * quantity)
        for n, (number, end, quantity) in enumerate(lots, 1)
    ]
    (row,) = levels_of([item], there, {1: ordered}, TODAY, {1: "Fridge"})
    return row


def test_the_bar_says_in_words_what_it_shows(formats: Formats) -> None:
    row = _level(("A", date(2026, 11, 24), 4), ("B", date(2027, 6, 1), 9))
    assert par_words(row, formats) == "9 of 12 to 40"
    assert str(state_words(row)) == "Low"
    assert (row.suggest, row.expired, row.usable) == (40, 4, 9)


def test_what_is_ordered_is_on_its_way(formats: Formats) -> None:
    row = _level(("B", date(2027, 6, 1), 9), ordered=40)
    assert str(state_words(row)) == "On its way"
    assert not row.low


def test_a_lot_tells_its_last_day_and_the_days_only_when_they_count(formats: Formats) -> None:
    assert lot_words(_level(("B", date(2027, 6, 1), 9)), formats) == "B · 01/06/2027"
    assert lot_words(_level(("B", date(2026, 12, 5), 9)), formats) == "B · 05/12/2026 · 10 d"
    assert lot_words(_level(("B", date(2026, 11, 5), 9)), formats) == "B · 05/11/2026 · expired"
    assert lot_words(_level(("", None, 9)), formats) == ""


def test_a_quantity_is_written_in_packs_and_units(formats: Formats) -> None:
    assert quantity_words(ITEM, 30, formats) == "3 box"
    assert quantity_words(ITEM, 35, formats) == "3 box + 5 dose"
    assert quantity_words(ITEM, 5, formats) == "5 dose"


def test_a_chip_shows_what_it_says() -> None:
    low = _level(("A", date(2026, 12, 24), 4))
    fine = _level(("A", date(2026, 11, 20), 4), ("B", None, 30), ordered=10)
    assert [key for key in (chips.LOW, chips.EXPIRING, chips.EXPIRED, chips.ORDERED)
            if chips.passes(low, key)] == [chips.LOW, chips.EXPIRING]  # fmt: skip
    assert [key for key in (chips.LOW, chips.EXPIRING, chips.EXPIRED, chips.ORDERED)
            if chips.passes(fine, key)] == [chips.EXPIRED, chips.ORDERED]  # fmt: skip
    assert chips.passes(fine, chips.ALL)


def test_states_and_movements_are_written_in_the_readers_language() -> None:
    assert all(isinstance(words, Term) for words in (*STATES, COMING))
    assert all(isinstance(words, Term) for words in MOVE_WORDS.values())
    assert all(isinstance(words, Term) for words in REASON_WORDS.values())
