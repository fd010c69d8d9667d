# SPDX-License-Identifier: Apache-2.0
"""The budget: planned per account and month, beside what was posted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.spending.model import (
    AccountTaken,
    AddAccount,
    EnterExpense,
    NotAnAccountNumber,
    PlanBudget,
    PlannedAmount,
    read_paste,
    spread,
)
from tests.spending.conftest import Books
from tests.support.clinics import an_actor

NOVEMBER = Month(2026, 11)


def plan(amount: int | None, month: Month = NOVEMBER, account: str = "6200") -> PlanBudget:
    return PlanBudget((PlannedAmount(account, month, amount),))


def rent(books: Books) -> tuple[tuple[int | None, ...], tuple[int, ...]]:
    line = next(one for one in books.spending.budget(2026, books.manager) if one.account == "6200")
    return line.planned, line.actual


def test_a_plan_stands_beside_what_was_posted(books: Books) -> None:
    books.spending.plan(plan(1_000_00), books.manager)
    command = EnterExpense(date(2026, 11, 3), "Harbour Estates", "6200", 1_200_00)
    books.spending.enter(command, books.manager)
    planned, actual = rent(books)
    assert planned == (*(None,) * 10, 1_000_00, None)
    assert actual == (*(0,) * 10, 1_200_00, 0)


def test_undo_puts_back_what_was_planned_before(books: Books) -> None:
    books.spending.plan(plan(1_000_00), books.manager)
    done = books.spending.plan(plan(2_000_00), books.manager)
    assert rent(books)[0][10] == 2_000_00
    assert done.undo is not None
    done.undo()
    assert rent(books)[0][10] == 1_000_00
    books.spending.plan(plan(None), books.manager)
    assert rent(books)[0][10] is None


def test_income_is_planned_and_shown_as_a_positive_figure(books: Books) -> None:
    lines = {line.account: line for line in books.spending.budget(2026, books.manager)}
    assert {"4000", "4100", "5000", "6000", "6200"} <= set(lines)
    assert "1010" not in lines, "what the clinic has and owes is not planned here"


def test_a_clinic_adds_its_own_account_of_costs(books: Books) -> None:
    books.spending.add_account(AddAccount("6205", "Parking"), books.manager)
    assert any(row.name == "Parking" for row in books.spending.cost_accounts(books.manager))
    with pytest.raises(AccountTaken):
        books.spending.add_account(AddAccount("6205", "Parking again"), books.manager)
    with pytest.raises(NotAnAccountNumber):
        books.spending.add_account(AddAccount("1234", "Hidden"), books.manager)


def test_only_who_may_plan_plans(books: Books) -> None:
    with pytest.raises(NotAllowed):
        books.spending.plan(plan(1), an_actor("spending.view"))


@given(amount=st.integers(-(10**10), 10**10), months=st.integers(1, 12))
def test_a_year_divided_over_months_adds_up_to_the_year(amount: int, months: int) -> None:
    parts = spread(amount, months)
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= 1


# ── from a spreadsheet ───────────────────────────────────────────────────────────────────────

ACCOUNTS = (("6200", "Rent"), ("6210", "Energy and water"), ("6500", "Insurance"))
AMOUNTS = st.none() | st.integers(-(10**9), 10**9)


def written(minor: int) -> str:
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02}"


def read(text: str) -> int:
    whole, _point, rest = text.strip().partition(".")
    rest = rest or "00"
    if not rest.isdecimal() or not whole.lstrip("-").isdecimal():
        raise ValueError(text)
    return (-1 if whole.startswith("-") else 1) * (abs(int(whole)) * 100 + int(rest))


@given(
    table=st.lists(st.lists(AMOUNTS, min_size=12, max_size=12), min_size=1, max_size=3),
    heading=st.booleans(),
    by_name=st.booleans(),
    with_sum=st.booleans(),
)
def test_a_whole_sheet_reads_as_it_is_written(
    table: list[list[int | None]], heading: bool, by_name: bool, with_sum: bool
) -> None:
    lines = ["Account\tJanuary\tFebruary"] if heading else []
    for account, row in zip(ACCOUNTS, table, strict=False):
        cells = ["" if amount is None else written(amount) for amount in row]
        end = [written(sum(amount or 0 for amount in row))] if with_sum else []
        lines.append("\t".join([account[by_name], *cells, *end]))
    pasted = read_paste("\n".join(lines), ACCOUNTS, (0, 0), read)
    assert pasted.problems == ()
    assert set(pasted.cells) == {
        (place, month, amount)
        for place, row in enumerate(table)
        for month, amount in enumerate(row)
        if amount is not None
    }


def test_a_bare_block_goes_where_the_cursor_is() -> None:
    pasted = read_paste("1.00\t2.00\n3.00\t4.00\n", ACCOUNTS, (1, 10), read)
    assert pasted.cells == ((1, 10, 100), (1, 11, 200), (2, 10, 300), (2, 11, 400))
    assert pasted.problems == ()


def test_what_cannot_be_read_is_named_with_its_line() -> None:
    text = "Account\tJan\nRent\t1.00\nLunch\t2.00\nInsurance\tmany"
    pasted = read_paste(text, ACCOUNTS, (0, 0), read)
    assert pasted.cells == ((0, 0, 100),)
    assert pasted.problems == ((3, "Lunch"), (4, "many"))
