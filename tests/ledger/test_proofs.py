# SPDX-License-Identifier: Apache-2.0
"""Each check of the books notices a row changed behind its back, and names it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from clinicdesk.storage.records import UnitOfWork
from tests.ledger.books import DAY, Books, at, paid

CHECKS = (
    "entries_sum_to_zero",
    "entry_chain",
    "open_amounts",
    "credit_amounts",
    "day_totals",
    "nothing_negative",
    "receipts_equal_postings",
    "reversals_mirror",
    "numbers_without_gaps",
    "papers_unchanged",
    "closed_periods_untouched",
)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    """Two charges, a payment with credit, a reversed payment, a paper and a closed day."""
    books = Books.on_a_file(tmp_path)
    first, second = books.charge(700), books.charge(400)
    books.pay(first, 500, credit=80)
    _, entry_id = books.pay(second, 150)
    with books.records.read() as reading:
        back = books.ledger.reversal(
            reading, entry_id, business_on=DAY, reason="entered in error", key="back"
        )
    books.post(back)

    def papers(work: UnitOfWork) -> None:
        number = books.ledger.next_number(work, "statement")
        books.ledger.issue_paper(
            work, kind="statement", number=number, object_kind="patient", object_id=1,
            parameters={}, body=b"%PDF",
        )  # fmt: skip
        books.ledger.close_period(
            work, kind="day", first_on=DAY, last_on=DAY, closed_at=at(20), last_seq=5, figures={}
        )

    books.write(papers)
    return books


def test_all_checks_hold_on_good_books(books: Books) -> None:
    with books.records.read() as reading:
        found = books.ledger.checks(reading)
    assert tuple(check.name for check in found) == CHECKS
    assert [check for check in found if not check.holds] == []


@pytest.mark.parametrize(
    ("sql", "failing", "named"),
    [
        ("UPDATE posting SET amount_minor = 501 WHERE entry_id = 3 AND account = '1000'",
         {"entries_sum_to_zero", "entry_chain", "day_totals", "receipts_equal_postings"}, "3"),
        ("UPDATE posting SET cause = 'discount' WHERE id = 1", {"entry_chain", "day_totals"}, "1"),
        ("UPDATE posting SET provider_id = NULL WHERE id = 2", {"entry_chain", "day_totals"}, "1"),
        ("UPDATE entry SET memo = 'x' WHERE seq = 2", {"entry_chain"}, "2"),
        ("UPDATE entry SET business_on = '2026-11-24' WHERE seq = 2",
         {"entry_chain", "day_totals"}, "2"),
        ("UPDATE entry SET user_id = 9 WHERE seq = 4", {"entry_chain"}, "4"),
        ("UPDATE entry SET posted_at = posted_at - 1 WHERE seq = 4", {"entry_chain"}, "4"),
        ("UPDATE entry SET hash = x'00' WHERE seq = 4", {"entry_chain"}, "4"),
        ("UPDATE open_amount SET amount_minor = 201 WHERE charge_id = 1", {"open_amounts"}, "1"),
        ("DELETE FROM open_amount WHERE charge_id = 2", {"open_amounts"}, "2"),
        ("UPDATE credit_amount SET amount_minor = 81", {"credit_amounts"}, "1"),
        ("UPDATE day_total SET amount_minor = amount_minor + 1 WHERE account = '4000'",
         {"day_totals"}, "4000"),
        ("UPDATE day_total SET count = count + 1 WHERE account = '4000'", {"day_totals"}, "4000"),
        ("UPDATE receipt SET amount_minor = 581 WHERE id = 1", {"receipts_equal_postings"}, "R-1"),
        ("UPDATE receipt SET number = 'R-9' WHERE id = 2", {"numbers_without_gaps"}, "2"),
        ("UPDATE series SET last = 3 WHERE key = 'receipt'", {"numbers_without_gaps"}, "3"),
        ("UPDATE series SET last = 2 WHERE key = 'statement'", {"numbers_without_gaps"}, "2"),
        ("UPDATE issued_paper SET body = x'25'", {"papers_unchanged"}, "1"),
        ("UPDATE period SET last_seq = 4", {"closed_periods_untouched"}, "5"),
    ],
)  # fmt: skip
def test_a_changed_row_is_noticed_and_named(
    books: Books, sql: str, failing: set[str], named: str
) -> None:
    books.tamper(sql)
    with books.records.read() as reading:
        broken = {check.name: check.detail for check in books.ledger.checks(reading)
                  if not check.holds}  # fmt: skip
    assert broken.keys() == failing
    assert any(named in detail for detail in broken.values()), broken


def test_a_lost_entry_is_noticed_even_with_its_postings(books: Books) -> None:
    books.tamper("DELETE FROM posting WHERE entry_id = 2")
    books.tamper("DELETE FROM entry WHERE seq = 2")
    assert "entry_chain" in books.failed()


def test_a_swapped_pair_of_entries_is_noticed(books: Books) -> None:
    books.tamper("UPDATE entry SET hash = (SELECT hash FROM entry e WHERE e.seq = 2) WHERE seq = 1")
    assert books.failed() == ["entry_chain"]


def test_an_overpaid_charge_is_noticed_though_every_kept_sum_agrees(books: Books) -> None:
    receipt_id = books.receive(900)
    tomorrow = DAY + timedelta(1)
    entry_id = books.post(paid(receipt_id, 1, 100, 800, tomorrow))[0]
    books.tamper(
        "UPDATE posting SET amount_minor = amount_minor - 500 "
        "WHERE entry_id = :entry AND account = '1110'", entry=entry_id,
    )  # fmt: skip
    books.tamper(
        "UPDATE posting SET amount_minor = amount_minor + 500 "
        "WHERE entry_id = :entry AND account = '2100'", entry=entry_id,
    )  # fmt: skip
    books.write(books.ledger.rebuild_derived)
    assert books.failed() == ["entry_chain", "nothing_negative"]
