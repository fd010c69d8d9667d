# SPDX-License-Identifier: Apache-2.0
"""Who owes, what came in, what is earned on the cash basis; and the register of one account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.billing import queries
from clinicdesk.billing.model import (
    Adjust,
    Bounce,
    Payment,
    Refund,
    ReverseEntry,
    SellPackage,
    TakePayment,
    Transfer,
    UsePackage,
)
from clinicdesk.billing.queries import AsOf, DebtorRow
from clinicdesk.closing.queries import aging
from clinicdesk.patients.model import SetGuarantor
from tests.support.practice import TODAY, Practice, a_practice

MONTH = date(2026, 11, 1)


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return a_practice(tmp_path)


def ask(practice: Practice, question: Callable[..., object], *arguments: object) -> object:
    with practice.records.read() as reading:
        return question(reading, *arguments)


def debtors(practice: Practice, *arguments: object) -> dict[int, DebtorRow]:
    rows = ask(practice, queries.debtors, TODAY, *arguments)
    assert isinstance(rows, tuple)
    return {row.guarantor_id: row for row in rows}


def pay(practice: Practice, patient: int, amount: int, method: str = "cash") -> tuple[int, int]:
    taken = practice.billing.take_payment(
        TakePayment(patient, Payment(amount, method)), practice.actor
    ).value
    return taken.receipt_id, taken.entry_id


@pytest.mark.parametrize(
    ("age", "bucket"), [(0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (90, 2), (91, 3), (120, 3),
                        (121, 4), (900, 4)]
)  # fmt: skip
def test_a_debt_is_as_old_as_its_service(practice: Practice, age: int, bucket: int) -> None:
    practice.charge(practice.anna, 500, on=TODAY - timedelta(days=age))
    expected = tuple(500 if place == bucket else 0 for place in range(5))
    assert debtors(practice)[practice.anna].buckets == expected
    assert practice.billing.account(practice.anna, practice.actor).aging.amounts == expected


def test_a_family_is_one_account_and_insurers_and_agencies_are_told_apart(
    practice: Practice,
) -> None:
    practice.charge(practice.anna, 500)
    child = practice.charge(practice.ben, 300).charge_ids[0]
    practice.charge(practice.cara, 900)
    practice.billing.transfer(
        Transfer(child, ("guarantor", practice.anna), ("agency", practice.insurer), 300, "late"),
        practice.actor,
    )
    rows = debtors(practice)
    anna, cara = rows[practice.anna], rows[practice.cara]
    assert (anna.total_minor, anna.agency_minor, anna.patient_minor) == (800, 300, 500)
    assert (cara.total_minor, cara.insurer_minor, cara.patient_minor) == (900, 900, 0)
    assert list(rows) == [practice.cara, practice.anna]  # the largest first


def test_debts_as_of_a_day_or_a_number_stay_what_they_were(practice: Practice) -> None:
    practice.charge(practice.anna, 500)
    with practice.records.read() as reading:
        seq = reading.execute(sa.text("SELECT max(seq) FROM entry")).scalar_one()
    practice.clock.advance(timedelta(days=1))
    pay(practice, practice.anna, 700)
    now = debtors(practice)[practice.anna]
    assert (now.total_minor, now.credit_minor, now.last_payment_minor) == (0, 200, 700)
    for as_of in (AsOf(day=TODAY), AsOf(seq=seq)):
        then = debtors(practice, as_of)[practice.anna]
        assert (then.total_minor, then.credit_minor, then.last_payment_on) == (500, 0, None)


def test_the_debts_are_those_of_the_month_end(practice: Practice) -> None:
    """One query serves both; at the month end without what stands with agencies."""
    practice.charge(practice.anna, 500, on=date(2026, 6, 1))
    practice.charge(practice.cara, 900)
    pay(practice, practice.ben, 650)
    month_end = ask(practice, aging.rows, TODAY)
    assert isinstance(month_end, tuple)
    own = debtors(practice)
    assert {row.guarantor_id: (row.buckets, row.insurer_minor) for row in month_end} == {
        number: (row.buckets, row.insurer_minor) for number, row in own.items()
    }


def test_a_changed_guarantor_takes_over_by_transfer_only(practice: Practice) -> None:
    old = practice.charge(practice.ben, 300).charge_ids[0]
    practice.patients.set_guarantor(
        SetGuarantor(practice.ben, practice.cara, TODAY), practice.actor
    )
    assert debtors(practice)[practice.anna].total_minor == 300
    practice.billing.transfer(
        Transfer(
            old, ("guarantor", practice.anna), ("guarantor", practice.cara), 300, "custody"
        ),
        practice.actor,
    )  # fmt: skip
    rows = debtors(practice)
    assert practice.anna not in rows
    assert rows[practice.cara].total_minor == 300
    family = practice.billing.account(practice.ben, practice.actor).family
    assert {(m.patient_id, m.due_minor) for m in family} == {
        (practice.cara, 0), (practice.ben, 300),
    }  # fmt: skip


def test_the_debts_of_a_merged_guarantor_are_the_survivors(practice: Practice) -> None:
    practice.charge(practice.anna, 500)
    with practice.records.write(practice.actor, "test.merge") as work:
        sql = sa.text("UPDATE patient SET survivor_id = :cara WHERE id = :anna")
        work.execute(sql, {"cara": practice.cara, "anna": practice.anna})
        work.record("patient", practice.anna)
    rows = debtors(practice)
    assert set(rows) == {practice.cara}
    assert rows[practice.cara].name == "Ito, Cara"


def test_receipts_are_listed_by_number_with_what_was_given_back(practice: Practice) -> None:
    practice.charge(practice.anna, 500)
    first, _ = pay(practice, practice.anna, 700)
    second, _ = pay(practice, practice.anna, 300, "cheque")
    practice.billing.refund(Refund(first, 150, "cash", "change"), practice.actor)
    practice.billing.bounce(Bounce(second, "no funds"), practice.actor)
    rows = practice.billing.receipts(MONTH, TODAY, practice.actor)
    assert [
        (row.number, row.amount_minor, row.given_back_minor, row.unapplied_minor) for row in rows
    ] == [("R-1", 700, 150, 50), ("R-2", 300, 300, 0)]
    assert rows[0].payer == "Weber, Anna"
    methods = practice.billing.methods(MONTH, TODAY, practice.actor)
    assert [(m.method, m.count, m.amount_minor) for m in methods] == [
        ("cash", 1, 700), ("cheque", 1, 300),
    ]  # fmt: skip
    assert (
        practice.billing.receipts(TODAY + timedelta(1), TODAY + timedelta(9), practice.actor) == ()
    )


def test_cash_income_appears_when_money_is_applied_and_without_tax(practice: Practice) -> None:
    practice.charge(practice.anna, 1_000, tax_minor=200)
    assert practice.billing.cash_income(MONTH, TODAY, practice.actor) == ()
    pay(practice, practice.anna, 600)
    (row,) = practice.billing.cash_income(MONTH, TODAY, practice.actor)
    assert (row.income_minor, row.tax_minor) == (500, 100)
    practice.clock.advance(timedelta(days=10))
    pay(practice, practice.anna, 900)  # 300 of it rest as credit
    later = TODAY + timedelta(days=10)
    (row,) = practice.billing.cash_income(TODAY + timedelta(days=1), later, practice.actor)
    assert (row.income_minor, row.tax_minor) == (500, 100)


def test_cash_income_goes_back_when_a_payment_does(practice: Practice) -> None:
    practice.charge(practice.anna, 1_000)
    receipt, _ = pay(practice, practice.anna, 1_000, "cheque")
    practice.clock.advance(timedelta(days=1))
    practice.billing.bounce(Bounce(receipt, "no funds"), practice.actor)
    day = TODAY + timedelta(days=1)
    (row,) = practice.billing.cash_income(day, day, practice.actor)
    assert row.income_minor == -1_000


def test_cash_income_counts_a_package_when_it_is_used(practice: Practice) -> None:
    sold = practice.billing.sell_package(
        SellPackage(practice.anna, "Ten", 4, 400, practice.doctor, payment=Payment(400, "card")),
        practice.actor,
    ).value
    assert practice.billing.cash_income(MONTH, TODAY, practice.actor) == ()
    command = UsePackage(sold.package_id, "U", "Unit", practice.doctor, TODAY)
    practice.billing.use_package(command, practice.actor)
    (row,) = practice.billing.cash_income(MONTH, TODAY, practice.actor)
    assert row.income_minor == 100


def test_the_register_shows_a_charge_of_zero_where_it_was_made(practice: Practice) -> None:
    practice.charge(practice.anna, 500)
    practice.clock.advance(timedelta(minutes=1))
    free = practice.charge(practice.anna, 0).charge_ids[0]
    practice.clock.advance(timedelta(minutes=1))
    pay(practice, practice.anna, 200)
    lines = practice.billing.account(practice.anna, practice.actor).lines
    assert [(line.charge_minor, line.payment_minor, line.balance_minor) for line in lines] == [
        (500, None, 500), (0, None, 500), (None, 200, 300),
    ]  # fmt: skip
    assert (lines[1].id, lines[1].charge_id) == (0, free)


def test_the_register_tells_reversed_lines_and_what_is_open(practice: Practice) -> None:
    done = practice.charge(practice.anna, 500)
    practice.billing.adjust(
        Adjust(done.charge_ids[0], ("guarantor", practice.anna), 100, "discount"), practice.actor
    )
    _, entry_id = pay(practice, practice.anna, 150)
    practice.billing.reverse(ReverseEntry(entry_id, "wrong"), practice.actor)
    lines = practice.billing.account(practice.anna, practice.actor).lines
    assert [line.balance_minor for line in lines] == [500, 400, 250, 400]
    assert [line.adjustment_minor for line in lines] == [None, -100, None, None]
    assert [line.reversed for line in lines] == [False, False, True, False]
    assert lines[0].open_minor == 400


@pytest.mark.parametrize(
    ("sql", "failing"),
    [
        ("UPDATE charge SET amount_minor = 501, unit_minor = 501 WHERE id = 1",
         "charges_equal_postings"),
        ("UPDATE charge SET units = 2 WHERE id = 1", "charges_equal_postings"),
        ("UPDATE charge SET reversed = 1 WHERE id = 1", "reversed_charges_are_marked"),
    ],
)  # fmt: skip
def test_a_changed_charge_is_noticed_and_named(practice: Practice, sql: str, failing: str) -> None:
    practice.charge(practice.anna, 500)
    with practice.records.write(practice.actor, "test.tamper") as work:
        work.execute(sa.text(sql))
        work.record("test", None)
    with practice.records.read() as reading:
        broken = [check for check in practice.billing.checks(reading) if not check.holds]
    assert [check.name for check in broken] == [failing]
    assert "charge 1" in broken[0].detail
