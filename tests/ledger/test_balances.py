# SPDX-License-Identifier: Apache-2.0
"""Balances as of a day and as of a number; day totals against postings."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from clinicdesk.ledger import queries
from clinicdesk.ledger.model import CHART, RECEIVABLES
from clinicdesk.ledger.queries import AsOf
from tests.ledger.books import DAY, Books

YESTERDAY = DAY - timedelta(1)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    """Entry 1 charges 700 today; 2 charges 400 posted today for yesterday; 3 pays 300 today."""
    books = Books.on_a_file(tmp_path)
    first = books.charge(700)
    books.charge(400, YESTERDAY)
    books.pay(first, 300, credit=50)
    return books


def test_a_business_day_counts_what_was_posted_late_and_a_number_does_not(books: Books) -> None:
    with books.records.read() as reading:
        by_day = queries.balance(reading, "1110", AsOf(day=YESTERDAY))
        by_number = queries.balance(reading, "1110", AsOf(seq=1))
        now = queries.balance(reading, "1110")
    assert (by_day, by_number, now) == (400, 700, 800)


def test_what_was_known_at_a_number_never_changes(books: Books) -> None:
    with books.records.read() as reading:
        then = queries.receivables(reading, AsOf(seq=2))
    books.charge(999, date(2026, 1, 1))
    with books.records.read() as reading:
        assert queries.receivables(reading, AsOf(seq=2)) == then
    assert [row.amount_minor for row in then] == [700, 400]


def test_the_trial_balance_is_zero_and_agrees_with_single_balances(books: Books) -> None:
    with books.records.read() as reading:
        rows = queries.trial_balance(reading, DAY)
        assert sum(row.amount_minor for row in rows) == 0
        assert all(row.amount_minor == queries.balance(reading, row.account) for row in rows)


def test_a_days_changes_are_the_same_by_totals_and_by_postings(books: Books) -> None:
    accounts = tuple(account.number for account in CHART)
    with books.records.read() as reading:
        totals = queries.changes_by_totals(reading, accounts, YESTERDAY, DAY)
        postings = queries.changes_by_postings(reading, accounts, YESTERDAY, DAY)
    assert totals == postings
    assert len(totals) == 7
    receivable = [row for row in totals if row.account in RECEIVABLES]
    assert [(r.business_on, r.cause, r.amount_minor) for r in receivable] == [
        (YESTERDAY, "charge", 400),
        (DAY, "charge", 700),
        (DAY, "payment", -300),
    ]


def test_the_chart_has_every_account_once_with_its_side() -> None:
    numbers = [account.number for account in CHART]
    assert len(numbers) == len(set(numbers)) == 48
    sides = {"asset": "debit", "expense": "debit", "contra-income": "debit", "clearing": "debit"}
    sides |= {"liability": "credit", "equity": "credit", "income": "credit"}
    sides |= {"contra-asset": "credit"}
    assert all(account.normal_side == sides[account.kind] for account in CHART)
