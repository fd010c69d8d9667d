# SPDX-License-Identifier: Apache-2.0
"""Money: whole units, no unit lost, no currency mixed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.kernel.money import Currency, Money, Rounding, share, times

GBP = Currency.of("GBP")
JPY = Currency.of("JPY")


def test_a_hundred_over_three_lines_gives_the_odd_cent_to_the_first() -> None:
    assert share(10000, [1, 1, 1]) == (3334, 3333, 3333)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_shares_always_add_up_to_the_whole(total: int, weights: list[int]) -> None:
    if sum(weights) == 0:
        with pytest.raises(ValueError, match="zero"):
            share(total, weights)
        return
    parts = share(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        exact = Decimal(total) * weight / sum(weights)
        assert abs(part - exact) < 1


@pytest.mark.parametrize("weights", [[], [-1, 2]])
def test_shares_need_sensible_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        share(1, weights)


def test_a_rate_is_applied_with_the_named_rounding() -> None:
    assert times(250, Decimal("0.01"), Rounding.HALF_UP) == 3
    assert times(250, Decimal("0.01"), Rounding.HALF_EVEN) == 2
    assert times(299, Decimal("0.01"), Rounding.DOWN) == 2
    assert Money(1999, GBP).times(Decimal("0.2"), Rounding.HALF_UP) == Money(400, GBP)


def test_currencies_know_their_decimals() -> None:
    assert (JPY.decimals, GBP.decimals, Currency.of("KWD").decimals) == (0, 2, 3)
    for wrong in ("gbp", "GB", "G1P", "ÄÖÜ"):
        with pytest.raises(ValueError, match="ISO 4217"):
            Currency.of(wrong)


def test_two_currencies_never_mix() -> None:
    for act in (lambda: Money(1, GBP) + Money(1, JPY), lambda: Money(1, GBP) < Money(1, JPY)):
        with pytest.raises(ValueError, match="cannot mix GBP and JPY"):
            act()


def test_amounts_add_compare_and_split() -> None:
    five, two = Money(500, GBP), Money(200, GBP)
    assert five + two == Money(700, GBP)
    assert five - two == Money(300, GBP)
    assert -two == Money(-200, GBP)
    assert two < five
    assert two <= Money(200, GBP)
    assert five
    assert not Money(0, GBP)
    assert Money(100, GBP).split(3) == (Money(34, GBP), Money(33, GBP), Money(33, GBP))


def test_a_fraction_of_a_minor_unit_cannot_be_held() -> None:
    with pytest.raises(TypeError, match="whole"):
        Money(1.5, GBP)  # type: ignore[arg-type]
