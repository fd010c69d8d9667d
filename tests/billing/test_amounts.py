# SPDX-License-Identifier: Apache-2.0
"""Splitting amounts: no unit is lost, nothing is over-paid, whatever the numbers."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.billing.model import (
    OpenItem,
    Receivable,
    income_between,
    income_part,
    instalments,
    oldest_first,
    standing,
    tax_of,
    unit_values,
)
from clinicdesk.kernel.money import share

DAY = date(2026, 1, 31)
MINOR = st.integers(0, 10**7)
ITEMS = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 10**6)), max_size=12)


def items(drawn: list[tuple[int, int]]) -> list[OpenItem]:
    return [
        OpenItem(Receivable(number, 1, ("guarantor", 1), 1), DAY - timedelta(days=age), open_minor)
        for number, (age, open_minor) in enumerate(drawn, 1)
    ]


@given(MINOR, ITEMS)
def test_oldest_first_places_as_much_as_fits_and_never_more(
    amount: int, drawn: list[tuple[int, int]]
) -> None:
    placed = oldest_first(amount, items(drawn))
    assert sum(part for _, part in placed) == min(amount, sum(minor for _, minor in drawn))
    assert all(0 < part <= item.open_minor for item, part in placed)
    days = [item.service_on for item, _ in placed]
    assert days == sorted(days)
    assert all(part == item.open_minor for item, part in placed[:-1])


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_shares_add_up_and_stay_within_one_unit(total: int, weights: list[int]) -> None:
    if not sum(weights):
        weights[0] = 1
    parts = share(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(
        abs(part * whole - total * weight) < whole
        for part, weight in zip(parts, weights, strict=True)
    )


def test_a_hundred_over_three_gives_the_odd_unit_to_the_first() -> None:
    assert share(10_000, [1, 1, 1]) == (3_334, 3_333, 3_333)


@given(st.integers(1, 10**7), st.integers(1, 60))
def test_units_of_a_package_are_worth_its_price(price: int, units: int) -> None:
    values = unit_values(price, units)
    assert sum(values) == price
    assert max(values) - min(values) <= 1


@given(MINOR, st.integers(0, 1_000_000))
def test_tax_is_rounded_half_up_once(amount: int, rate: int) -> None:
    tax = tax_of(amount, rate)
    assert abs(2 * (tax * 1_000_000 - amount * rate)) <= 1_000_000
    assert 0 <= tax <= amount


@given(st.integers(1, 10**6), st.integers(0, 10**5), st.lists(st.integers(1, 10**5), max_size=9))
def test_income_of_several_payments_adds_up_to_the_charge(
    amount: int, tax: int, payments: list[int]
) -> None:
    applied, earned = 0, 0
    for part in [*payments, amount + tax]:
        part = min(part, amount + tax - applied)  # noqa: PLW2901 -- never more than is open
        earned += income_between(applied, applied + part, amount, tax)
        applied += part
    assert applied == amount + tax
    assert earned == amount
    assert income_part(0, amount, tax) == 0


@given(st.integers(1, 10**7), st.integers(1, 48), st.integers(1, 6))
def test_instalments_add_up_and_fall_due_in_order(principal: int, count: int, every: int) -> None:
    parts = instalments(principal, DAY, count, every)
    assert sum(part.amount_minor for part in parts) == principal
    days = [part.due_on for part in parts]
    assert days == sorted(set(days))
    assert len(days) == count


def test_a_part_due_on_the_31st_falls_on_the_last_day_of_a_shorter_month() -> None:
    days = [part.due_on for part in instalments(300, DAY, 3)]
    assert days == [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)]


def test_a_plan_says_what_is_due_and_what_comes_next() -> None:
    parts = instalments(1_000, date(2026, 1, 1), 3)  # 334, 333, 333
    behind = standing(parts, 1_000, date(2026, 2, 1))
    assert (behind.paid_minor, behind.due_minor) == (0, 667)
    assert behind.next_due_on == date(2026, 1, 1)
    even = standing(parts, 333, date(2026, 2, 1))
    assert (even.paid_minor, even.due_minor, even.next_due_on) == (667, 0, date(2026, 3, 1))
    done = standing(parts, 0, date(2026, 2, 1))
    assert (done.due_minor, done.next_due_on) == (0, None)
