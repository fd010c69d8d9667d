# SPDX-License-Identifier: Apache-2.0
"""Posting: what an entry must be, what is refused, and that many are written like one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.refusals import Refusal
from clinicdesk.ledger.model import (
    ENTRY_RULES,
    AlreadyReversed,
    BrokenEntry,
    CreditOverdrawn,
    EntryDraft,
    IsReversal,
    NotOnCharge,
    PeriodClosed,
    PostingDraft,
    ReasonNeeded,
    ReceiptDraft,
    ReceivableOverpaid,
    TodayClosed,
    validate,
)
from clinicdesk.storage.records import UnitOfWork
from tests.ledger.books import ANNA, DAY, Books, at, cash, charged, held, owed, paid

TABLES = ("entry", "posting", "receipt", "open_amount", "credit_amount", "day_total", "series")
GOOD = charged(1, 500)


@pytest.fixture
def books(tmp_path: Path) -> Books:
    return Books.on_a_file(tmp_path)


def with_first(**changes: Any) -> EntryDraft:
    return replace(GOOD, postings=(replace(GOOD.postings[0], **changes), GOOD.postings[1]))


BROKEN = {
    "no postings": replace(GOOD, postings=()),
    "does not sum to zero": with_first(amount_minor=501),
    "a zero": replace(GOOD, postings=(*GOOD.postings, owed(1, 0))),
    "a fraction": with_first(amount_minor=500.0),
    "no such account": with_first(account="9999"),
    "no cause": with_first(cause=""),
    "no such cause": with_first(cause="gift"),
    "half a party": with_first(party_id=None),
    "no such party": with_first(party_kind="friend"),
    "a receivable without charge": with_first(charge_id=None),
    "a receivable without patient": with_first(patient_id=None),
    "a credit without receipt": EntryDraft(
        "payment", DAY, (cash(1, 5), replace(held(1, -5), receipt_id=None))
    ),
    "a package without its name": EntryDraft(
        "package", DAY, (owed(1, 5, "package"), PostingDraft("2105", -5, "package"))
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_draft_is_a_bug_of_the_caller(fault: str) -> None:
    with pytest.raises(BrokenEntry):
        validate(BROKEN[fault])


def test_every_rule_of_an_entry_is_in_one_list() -> None:
    assert all(rule(GOOD) is None for rule in ENTRY_RULES)


def test_an_entry_is_written_with_its_postings_in_order(books: Books) -> None:
    number = books.charge(700)
    lines = books.rows(
        "SELECT entry_id, line, account, amount_minor, charge_id FROM posting ORDER BY id"
    )
    assert lines == [(1, 1, "1110", 700, number), (1, 2, "4000", -700, number)]
    assert books.rows("SELECT open_amount.amount_minor FROM open_amount") == [(700,)]


def test_a_receivable_never_turns_negative(books: Books) -> None:
    number = books.charge(700)
    receipt_id = books.receive(701)
    with pytest.raises(ReceivableOverpaid):
        books.post(paid(receipt_id, number, 701))
    assert books.rows("SELECT count(*) FROM entry") == [(1,)]


@pytest.mark.parametrize("count", [2, 30])
def test_one_overpaid_among_many_refuses_them_all(books: Books, count: int) -> None:
    numbers = [books.charge(700) for _ in range(count)]
    receipt_id = books.receive(701 * count)
    drafts = [paid(receipt_id, number, 700) for number in numbers]
    with pytest.raises(ReceivableOverpaid):
        books.post(*drafts[:-1], paid(receipt_id, numbers[-1], 701))
    books.post(*drafts)
    takes_off = [owed(number, 700, "returned", receipt_id=receipt_id) for number in numbers]
    back = PostingDraft("1010", -700 * count, "returned", receipt_id=receipt_id)
    books.post(EntryDraft("returned", DAY, (*takes_off, back)))
    again = PostingDraft("1010", -700, "returned", receipt_id=receipt_id)
    with pytest.raises(NotOnCharge):
        books.post(EntryDraft("returned", DAY, (takes_off[0], again)))


def test_a_receipts_credit_never_turns_negative(books: Books) -> None:
    number = books.charge(700)
    receipt_id, _ = books.pay(number, 100, credit=50)
    move = EntryDraft(
        "allocation",
        DAY,
        (held(receipt_id, 51), owed(number, -51, "payment", receipt_id=receipt_id)),
    )
    with pytest.raises(CreditOverdrawn):
        books.post(move)


def test_a_payment_never_turns_into_a_debt(books: Books) -> None:
    number = books.charge(700)
    receipt_id, entry_id = books.pay(number, 700)
    back = EntryDraft(
        "returned",
        DAY,
        (
            owed(number, 700, "returned", receipt_id=receipt_id),
            PostingDraft("1010", -700, "returned", receipt_id=receipt_id),
        ),
    )
    books.post(back)
    with pytest.raises(NotOnCharge):
        books.post(mirror(books, entry_id))


def mirror(books: Books, entry_id: int, reason: str = "entered in error") -> EntryDraft:
    with books.records.read() as reading:
        return books.ledger.reversal(
            reading, entry_id, business_on=DAY, reason=reason, key=f"reverse-{entry_id}"
        )


def test_a_reversal_restores_every_balance_and_happens_once(books: Books) -> None:
    number = books.charge(700)
    _, entry_id = books.pay(number, 700)
    books.post(mirror(books, entry_id))
    assert books.rows(
        "SELECT account, sum(amount_minor) FROM posting GROUP BY 1 HAVING sum(amount_minor) <> 0"
    ) == [("1110", 700), ("4000", -700)]
    with pytest.raises(AlreadyReversed):
        mirror(books, entry_id)
    with pytest.raises(IsReversal):
        mirror(books, 3)


def test_a_reversal_needs_a_reason(books: Books) -> None:
    books.charge(700)
    with pytest.raises(ReasonNeeded):
        mirror(books, 1, " ")


@pytest.mark.parametrize("kind", ["day", "month"])
def test_a_closed_period_refuses_and_a_day_beside_it_does_not(books: Books, kind: str) -> None:
    number = books.charge(700)

    def close(work: UnitOfWork) -> None:
        books.ledger.close_period(
            work, kind=kind, first_on=DAY - timedelta(9), last_on=DAY, closed_at=at(20),
            last_seq=1, figures={},
        )  # fmt: skip

    books.write(close)
    with pytest.raises(PeriodClosed):
        books.post(charged(number, 5))
    books.post(charged(number, 5, DAY + timedelta(1)))


def test_a_day_closed_while_it_lasts_does_not_advise_to_post_it_today(books: Books) -> None:
    def close(work: UnitOfWork) -> None:
        books.ledger.close_period(
            work, kind="day", first_on=DAY, last_on=DAY, closed_at=at(20), last_seq=0, figures={}
        )

    number = books.charge(700)
    books.write(close)
    with pytest.raises(TodayClosed) as refused:
        books.post(charged(number, 5))
    assert "Post it today" not in refused.value.wording


def test_a_receipt_takes_the_next_number_and_a_rollback_gives_it_back(books: Books) -> None:
    draft = ReceiptDraft(DAY, "cash", 5, "guarantor", ANNA, ANNA)

    def refused(work: UnitOfWork) -> None:
        books.ledger.new_receipt(work, draft)
        raise Refusal

    with pytest.raises(Refusal):
        books.write(refused)
    first = books.write(lambda work: books.ledger.new_receipt(work, draft))
    many = books.write(lambda work: books.ledger.new_receipts(work, [draft, draft]))
    assert [row.number for row in (first, *many)] == ["R-1", "R-2", "R-3"]


def test_every_series_counts_for_itself(books: Books) -> None:
    def take(work: UnitOfWork) -> list[str]:
        return [books.ledger.next_number(work, key) for key in ("statement", "invoice")]

    assert books.write(take) == ["S-1", "I-1"]
    assert books.write(take) == ["S-2", "I-2"]


def test_an_instant_never_goes_back_though_the_clock_does(books: Books) -> None:
    books.charge(5)
    books.clock.advance(timedelta(days=-400))
    books.charge(5)
    instants = [row[0] for row in books.rows("SELECT posted_at FROM entry ORDER BY seq")]
    assert instants[0] == instants[1]
    assert books.failed() == []


@pytest.mark.parametrize("table", ["entry", "posting"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
def test_what_was_posted_is_never_changed(books: Books, table: str, verb: str) -> None:
    books.charge(5)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"):
        books.write(lambda work: work.execute(sa.text(verb.format(table))))


def test_a_finished_entry_takes_no_more_postings(books: Books) -> None:
    books.charge(5)
    sql = "INSERT INTO posting (entry_id, line, account, amount_minor, cause) VALUES "
    with pytest.raises(sa.exc.DBAPIError, match="finished"):
        books.write(lambda work: work.execute(sa.text(f"{sql} (1, 3, '4000', 5, 'charge')")))


def test_many_at_once_are_row_for_row_what_one_by_one_gives(tmp_path: Path) -> None:
    def prepared(name: str) -> Books:
        (tmp_path / name).mkdir()
        books = Books.on_a_file(tmp_path / name)
        books.charge(9_000)
        for _ in range(3):
            books.receive(1_000)
        return books

    drafts = [
        *(paid(n, 1, 900, 100, DAY + timedelta(n), key=f"pay-{n}") for n in (1, 2, 3)),
        EntryDraft(
            "allocation", DAY, (held(2, 60), owed(1, -60, "payment", receipt_id=2)), key="move"
        ),
        charged(1, 40, date(2026, 11, 1), key="older", posted_at=at(3), user_id=7, source="demo"),
    ]
    single, many = prepared("single"), prepared("many")
    for draft in drafts:
        single.post(draft)
    many.post(*drafts)
    for table in TABLES:
        assert without_keys(single.table(table)) == without_keys(many.table(table))
    assert single.rows("SELECT hash FROM entry WHERE idempotency_key = 'older'") != []
    assert single.failed() == many.failed() == []


def without_keys(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Leave out random keys and the hashes over them: the first entry's key is random."""
    return [
        tuple(
            v for v in row if not isinstance(v, bytes) and not (isinstance(v, str) and len(v) == 32)
        )
        for row in rows
    ]


def test_the_same_drafts_give_the_same_hashes(tmp_path: Path) -> None:
    def hashes(name: str, *, together: bool) -> list[tuple[Any, ...]]:
        (tmp_path / name).mkdir()
        books = Books.on_a_file(tmp_path / name)
        books.receive(50)
        drafts = [EntryDraft("payment", DAY, (cash(1, 50), held(1, -50)), key="one")]
        drafts.append(EntryDraft("refund", DAY, (cash(1, -20, "refund"), held(1, 20, "refund")),
                                 key="two"))  # fmt: skip
        if together:
            books.post(*drafts)
        else:
            for draft in drafts:
                books.post(draft)
        return books.rows("SELECT previous_hash, hash FROM entry ORDER BY seq")

    assert hashes("apart", together=False) == hashes("together", together=True)


def test_derived_tables_can_be_made_anew(books: Books) -> None:
    number = books.charge(700)
    books.pay(number, 300, credit=20)
    kept = [books.table(t) for t in TABLES[3:6]]
    books.write(books.ledger.rebuild_derived)
    assert [books.table(t) for t in TABLES[3:6]] == kept


def test_an_issued_paper_is_kept_with_its_digest(books: Books) -> None:
    books.write(
        lambda work: books.ledger.issue_paper(
            work, kind="receipt", number="R-1", object_kind="receipt", object_id=1,
            parameters={"paper": "A5"}, body=b"%PDF-1.7",
        )
    )  # fmt: skip
    with pytest.raises(sa.exc.DBAPIError, match="never changed"):
        books.write(lambda work: work.execute(sa.text("UPDATE issued_paper SET body = x'00'")))
    assert books.failed() == []
