# SPDX-License-Identifier: Apache-2.0
"""Expenses: entered once, posted at once, paid later, taken back by a reversal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.refusals import NotAllowed, Refusal
from clinicdesk.ledger.tables import entry, posting
from clinicdesk.spending.model import (
    BANK,
    CASH,
    PAYABLE,
    EnterExpense,
    NotAnExpenseAccount,
    NothingSpent,
    NotWaiting,
    PayBill,
    SupplierNeeded,
    TakeBackExpense,
    TakenBackAlready,
    TaxAboveAmount,
)
from tests.spending.conftest import Books
from tests.support.clinics import an_actor

TODAY = date(2026, 11, 25)
RENT = EnterExpense(TODAY, "Harbour Estates", "6200", 1_200_00, document="INV-7")


def lines(books: Books) -> list[tuple[str, str, int]]:
    """Return every posting: kind of its entry, account, amount."""
    with books.records.read() as reading:
        rows = reading.execute(
            sa.select(entry.c.kind, posting.c.account, posting.c.amount_minor)
            .join_from(entry, posting, posting.c.entry_id == entry.c.id)
            .order_by(entry.c.seq, posting.c.line)
        )
        return [tuple(row) for row in rows]


def balance(books: Books, account: str) -> int:
    return sum(amount for _kind, number, amount in lines(books) if number == account)


def test_an_expense_is_a_cost_and_leaves_the_bank(books: Books) -> None:
    done = books.spending.enter(RENT, books.manager)
    assert lines(books) == [("expense", "6200", 1_200_00), ("expense", BANK, -1_200_00)]
    (row,) = books.spending.expenses(TODAY, TODAY, books.manager)
    assert (row.id, row.supplier, row.account_name, row.amount_minor, row.document) == (
        done.value, "Harbour Estates", "Rent", 1_200_00, "INV-7",
    )  # fmt: skip
    assert not row.waiting


def test_recoverable_tax_is_no_cost(books: Books) -> None:
    books.spending.enter(replace(RENT, tax_minor=200_00, key="t"), books.manager)
    assert lines(books) == [
        ("expense", "6200", 1_000_00),
        ("expense", "2210", 200_00),
        ("expense", BANK, -1_200_00),
    ]


def test_a_bill_waits_until_it_is_paid_and_waits_again_after_undo(books: Books) -> None:
    bill = replace(RENT, paid_from=PAYABLE, due_on=date(2026, 12, 10))
    books.spending.enter(bill, books.manager)
    (row,) = books.spending.waiting(books.manager)
    assert (balance(books, PAYABLE), balance(books, BANK)) == (-1_200_00, 0)
    paid = books.spending.pay(PayBill(row.id, TODAY), books.manager)
    assert (balance(books, PAYABLE), balance(books, BANK)) == (0, -1_200_00)
    assert books.spending.waiting(books.manager) == ()
    with pytest.raises(NotWaiting):
        books.spending.pay(PayBill(row.id, TODAY), books.manager)
    assert paid.undo is not None
    paid.undo()
    assert [one.id for one in books.spending.waiting(books.manager)] == [row.id]
    assert (balance(books, PAYABLE), balance(books, BANK)) == (-1_200_00, 0)


def test_taking_a_paid_bill_back_takes_its_payment_back_too(books: Books) -> None:
    done = books.spending.enter(replace(RENT, paid_from=PAYABLE), books.manager)
    books.spending.pay(PayBill(done.value, TODAY, CASH), books.manager)
    books.spending.take_back(TakeBackExpense(done.value), books.manager)
    assert all(balance(books, account) == 0 for account in ("6200", PAYABLE, BANK, CASH))
    assert len(lines(books)) == 8, "nothing posted is ever taken out of the books"
    (row,) = books.spending.expenses(TODAY, TODAY, books.manager)
    assert row.taken_back
    with pytest.raises(TakenBackAlready):
        books.spending.take_back(TakeBackExpense(done.value), books.manager)


def test_undo_of_an_expense_is_a_reversal(books: Books) -> None:
    done = books.spending.enter(RENT, books.manager)
    assert done.undo is not None
    done.undo()
    assert balance(books, "6200") == 0
    assert [kind for kind, _account, _amount in lines(books)] == ["expense"] * 2 + ["reversal"] * 2


def test_the_same_key_enters_once(books: Books) -> None:
    assert (
        books.spending.enter(RENT, books.manager).value
        == books.spending.enter(RENT, books.manager).value
    )
    assert len(lines(books)) == 2


@pytest.mark.parametrize(
    ("command", "refusal", "field"),
    [
        (replace(RENT, supplier="  "), SupplierNeeded, "supplier"),
        (replace(RENT, amount_minor=0), NothingSpent, "amount"),
        (replace(RENT, amount_minor=-5), NothingSpent, "amount"),
        (replace(RENT, tax_minor=1_200_00), TaxAboveAmount, "tax"),
        (replace(RENT, account="4000"), NotAnExpenseAccount, "account"),
        (replace(RENT, account="5000"), NotAnExpenseAccount, "account"),
        (replace(RENT, account="9999"), NotAnExpenseAccount, "account"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    books: Books, command: EnterExpense, refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        books.spending.enter(command, books.manager)
    assert refused.value.field == field
    assert lines(books) == []


def test_an_invoice_for_goods_received_clears_them(books: Books) -> None:
    books.spending.enter(replace(RENT, account="1210"), books.manager)
    assert balance(books, "1210") == 1_200_00


def test_suppliers_are_remembered_with_their_account(books: Books) -> None:
    books.spending.enter(RENT, books.manager)
    books.spending.enter(replace(RENT, supplier="Volt", account="6210", key="v"), books.manager)
    assert books.spending.suppliers(books.manager) == {"Harbour Estates": "6200", "Volt": "6210"}


def test_reception_neither_sees_nor_enters_expenses(books: Books) -> None:
    rosa = an_actor("billing.view", "billing.take_payment", role="receptionist")
    with pytest.raises(NotAllowed):
        books.spending.enter(RENT, rosa)
    with pytest.raises(NotAllowed):
        books.spending.expenses(TODAY, TODAY, rosa)


def test_verify_finds_an_expense_that_says_more_than_its_entry(books: Books) -> None:
    books.spending.enter(RENT, books.manager)
    with books.records.read() as reading:
        assert [check.holds for check in books.spending.checks(reading)] == [True]
    with books.records.write(books.manager, "meddle") as work:
        work.execute(sa.text("UPDATE expense SET amount_minor = amount_minor + 1"))
        work.record("expense", 1)
    with books.records.read() as reading:
        (check,) = books.spending.checks(reading)
    assert not check.holds
    assert check.detail == "expense 1"
