# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.stock.model import (
    LotOnHand,
    WrongQuantity,
    first_to_expire,
    in_packs,
    in_units,
    is_low,
    read_quantity,
    share_of,
    suggestion,
)

TODAY = date(2026, 11, 25)
_days = st.one_of(st.none(), st.integers(-400, 400).map(lambda n: TODAY + timedelta(days=n)))
_lots = st.lists(
    st.builds(LotOnHand, st.integers(1, 9), st.integers(1, 3), st.integers(0, 50), _days),
    max_size=12,
)
_counts = st.integers(0, 5000)


@given(_lots, st.integers(1, 300))
def test_the_first_to_expire_goes_first_and_nothing_expired_goes(
    lots: list[LotOnHand], wanted: int
) -> None:
    taken = first_to_expire(lots, wanted, TODAY)
    ends = [lot.expires_on or date.max for lot in taken]
    assert ends == sorted(ends)
    assert all(end >= TODAY for end in ends)
    fit = sum(lot.quantity for lot in lots if lot.expires_on is None or lot.expires_on >= TODAY)
    assert sum(lot.quantity for lot in taken) == min(wanted, fit)
    if taken and sum(lot.quantity for lot in taken) == wanted:
        last = ends[-1]
        left = sum(lot.quantity for lot in lots if TODAY <= (lot.expires_on or date.max) < last)
        assert left == sum(lot.quantity for lot in taken if (lot.expires_on or date.max) < last)


@given(_counts, st.integers(1, 500))
def test_packs_and_units_turn_into_each_other_without_loss(quantity: int, pack: int) -> None:
    packs, loose = in_packs(quantity, pack)
    assert in_units(packs, loose, pack) == quantity
    assert 0 <= loose < pack


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 500))
def test_what_is_typed_in_packs_and_units_is_read_so(packs: int, loose: int, size: int) -> None:
    whole = in_units(packs, loose, size)
    for typed in (
        f"{packs} box {loose}", f"{packs}box + {loose} dose", f"{packs} b {loose} d",
        f"{packs}x{loose}", f"{packs}p {loose}", f" {whole} ",
    ):  # fmt: skip
        assert read_quantity(typed, "dose", "box", size) == whole


@pytest.mark.parametrize("typed", ["", "0", "box", "-3", "3 crates", "1.5", "3,5", "3 box -1"])
def test_what_is_no_quantity_is_refused(typed: str) -> None:
    with pytest.raises(WrongQuantity):
        read_quantity(typed, "dose", "box", 10)


@given(_counts, _counts, _counts, _counts, st.integers(1, 500))
def test_a_suggestion_lifts_what_is_low_to_the_most_in_whole_packs(
    usable: int, ordered: int, least: int, more: int, pack: int
) -> None:
    most = least + more
    suggest = suggestion(usable, ordered, least, most, pack)
    if not is_low(usable, ordered, least, most):
        assert suggest == 0
        return
    assert usable + ordered <= least
    assert suggest % pack == 0
    assert most <= usable + ordered + suggest < most + pack
    assert not is_low(usable, ordered + suggest, least, most) or most == least


def test_an_item_without_par_is_never_low() -> None:
    assert not is_low(0, 0, 0, 0)
    assert is_low(0, 0, 0, 5)
    assert is_low(12, 0, 12, 40)
    assert not is_low(12, 1, 12, 40)


@given(st.integers(0, 10**9), st.lists(st.integers(1, 60), min_size=1, max_size=12))
def test_the_shares_of_a_shelf_add_up_to_its_value(worth: int, parts: list[int]) -> None:
    there, left = sum(parts), worth
    for part in parts:
        gone = share_of(left, there, part)
        assert 0 <= gone <= left
        there, left = there - part, left - gone
    assert (there, left) == (0, 0)
