# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from clinicdesk.exchange.appointments import BookSlot
from clinicdesk.moving.book.plan import PersonName, Run, parted, runs, slot_minutes

_EIGHT = datetime(2026, 1, 5, 8)  # noqa: DTZ001 -- wall time


def _slots(*minutes: int) -> list[BookSlot]:
    return [BookSlot(2, "P", str(minute), _EIGHT + timedelta(minutes=minute)) for minute in minutes]


def test_slots_that_follow_each_other_make_one_shift() -> None:
    slots = _slots(0, 20, 40, 300, 320)
    assert slot_minutes(slots) == {"P": 20}
    assert list(runs(slots, {"P": 20})) == [
        Run("P", _EIGHT, 60),
        Run("P", _EIGHT + timedelta(minutes=300), 40),
    ]


def test_slots_in_any_order_and_twice_make_the_same_shift() -> None:
    assert list(runs(_slots(40, 0, 20, 0), {"P": 20})) == [Run("P", _EIGHT, 60)]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Allison Hill", PersonName("", "Allison", "Hill", "")),
        ("Mrs. Tonya Baker", PersonName("Mrs.", "Tonya", "Baker", "")),
        ("Dr. Angel Lewis MD", PersonName("Dr.", "Angel", "Lewis", "MD")),
        ("Anna Maria Berg", PersonName("", "Anna Maria", "Berg", "")),
        ("Cher", PersonName("", "", "Cher", "")),
        ("Miss", PersonName("", "", "Miss", "")),
    ],
)
def test_a_full_name_is_taken_apart(name: str, parts: PersonName) -> None:
    assert parted(name) == parts
