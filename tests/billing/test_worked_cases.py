# SPDX-License-Identifier: Apache-2.0
"""The worked cases of the books, each by what it leaves on the accounts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from clinicdesk.billing.model import (
    Allocate,
    Allocation,
    Bounce,
    CheckOut,
    Payment,
    Refund,
    ReverseEntry,
    TakeBack,
    TakePayment,
    Transfer,
    WriteOff,
    WrongAmount,
)
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.ledger.model import AlreadyReversed
from clinicdesk.patients.model import SetGuarantor
from tests.support.clinics import an_actor
from tests.support.practice import TODAY, Practice, a_practice


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return a_practice(tmp_path)


def pay(practice: Practice, patient: int, amount: int, **more: object) -> int:
    payment = Payment(amount, "cash", **more)  # type: ignore[arg-type]  # fields of Payment
    done = practice.billing.take_payment(TakePayment(patient, payment), practice.actor)
    return done.value.receipt_id


def test_a_charge_is_owed_by_the_guarantor_and_earned(practice: Practice) -> None:
    practice.charge(practice.anna, 8500)
    assert practice.balances() == {"1110": 8500, "4000": -8500}
    assert practice.billing.amount_due(practice.anna, practice.actor) == 8500


def test_a_charge_of_zero_exists_without_postings(practice: Practice) -> None:
    done = practice.charge(practice.anna, 0)
    assert len(done.charge_ids) == 1
    assert done.entry_ids == ()
    assert practice.balances() == {}


def test_insurer_pays_part_contract_gives_up_part_and_the_patient_owes_the_rest(
    practice: Practice,
) -> None:
    charge = practice.charge(practice.cara, 15000).charge_ids[0]
    insurer, own = ("payer", practice.insurer), ("guarantor", practice.cara)
    part = (Allocation(charge, 9000),)
    pay(practice, practice.cara, 9000, party=insurer, allocations=part)
    practice.billing.write_off(
        WriteOff(charge, insurer, 3000, "contractual", "contractual"), practice.actor
    )
    practice.billing.transfer(Transfer(charge, insurer, own, 3000, "copayment"), practice.actor)
    assert practice.balances() == {"1000": 9000, "1110": 3000, "4000": -15000, "4100": 3000}


def test_a_take_back_after_the_patient_paid_opens_the_insurers_part_only(
    practice: Practice,
) -> None:
    charge = practice.charge(practice.cara, 10000).charge_ids[0]
    insurer, own = ("payer", practice.insurer), ("guarantor", practice.cara)
    receipt = pay(
        practice, practice.cara, 8000, party=insurer, allocations=(Allocation(charge, 8000),)
    )
    practice.billing.transfer(Transfer(charge, insurer, own, 2000, "copayment"), practice.actor)
    pay(practice, practice.cara, 2000)
    practice.billing.take_back(TakeBack(charge, receipt, 8000, "not_covered"), practice.actor)
    assert practice.balances() == {"1000": 10000, "1010": -8000, "1100": 8000, "4000": -10000}
    assert practice.failed_checks() == []


def test_money_without_a_charge_rests_as_credit_and_is_refunded(practice: Practice) -> None:
    receipt = pay(practice, practice.anna, 5000)
    assert practice.balances() == {"1000": 5000, "2100": -5000}
    with pytest.raises(WrongAmount):
        practice.billing.refund(Refund(receipt, 5001, "cash", "moved"), practice.actor)
    practice.billing.refund(Refund(receipt, 2000, "cash", "moved"), practice.actor)
    assert practice.balances() == {"1000": 3000, "2100": -3000}


def test_credit_is_put_on_a_later_charge(practice: Practice) -> None:
    receipt = pay(practice, practice.anna, 5000)
    charge = practice.charge(practice.anna, 3000).charge_ids[0]
    command = Allocate(receipt, (Allocation(charge, 3000),))
    practice.billing.allocate(command, practice.actor)
    practice.billing.allocate(command, practice.actor)  # the same key: nothing more
    assert practice.balances() == {"1000": 5000, "2100": -2000, "4000": -3000}


def test_the_family_account_pays_the_oldest_service_first(practice: Practice) -> None:
    practice.charge(practice.anna, 1000, on=date(2026, 11, 20))
    practice.charge(practice.ben, 2000, on=date(2026, 11, 10))
    pay(practice, practice.ben, 2500)
    assert practice.billing.amount_due(practice.ben, practice.actor) == 0
    assert practice.billing.amount_due(practice.anna, practice.actor) == 500


def test_a_changed_guarantor_owes_only_what_comes_after(practice: Practice) -> None:
    practice.charge(practice.ben, 2000, on=date(2026, 11, 10))
    practice.patients.set_guarantor(
        SetGuarantor(practice.ben, practice.cara, TODAY), practice.actor
    )
    practice.charge(practice.ben, 700)
    pay(practice, practice.cara, 5000)
    assert practice.billing.amount_due(practice.ben, practice.actor) == 2000
    assert practice.balances()["2100"] == -4300


def test_tax_is_owed_but_is_not_production(practice: Practice) -> None:
    practice.charge(practice.anna, 10000, tax_minor=2000)
    assert practice.balances() == {"1110": 12000, "2200": -2000, "4000": -10000}


def test_a_bounced_payment_opens_what_it_paid_and_charges_the_bank(practice: Practice) -> None:
    practice.charge(practice.anna, 4000)
    payment = Payment(6000, "cheque")
    receipt = practice.billing.take_payment(
        TakePayment(practice.anna, payment), practice.actor
    ).value.receipt_id
    assert practice.balances() == {"1020": 6000, "2100": -2000, "4000": -4000}
    practice.billing.bounce(Bounce(receipt, "no_funds"), practice.actor)
    assert practice.balances() == {"1010": -6000, "1020": 6000, "1110": 4000, "4000": -4000}


def test_collections_move_the_debt_to_the_agency_and_a_recovery_pays_it(
    practice: Practice,
) -> None:
    charge = practice.charge(practice.anna, 4000).charge_ids[0]
    own, agency = ("guarantor", practice.anna), ("agency", practice.insurer)
    practice.billing.transfer(Transfer(charge, own, agency, 4000, "collections"), practice.actor)
    assert practice.balances() == {"1120": 4000, "4000": -4000}
    part = (Allocation(charge, 1500),)
    pay(practice, practice.anna, 1500, party=agency, allocations=part)
    practice.billing.write_off(
        WriteOff(charge, agency, 2500, "write-off", "bad_debt"), practice.actor
    )
    assert practice.balances() == {"1000": 1500, "4000": -4000, "4130": 2500}


def test_reversing_a_paid_charge_leaves_the_money_as_credit(practice: Practice) -> None:
    done = practice.charge(practice.anna, 4000, 4000)
    practice.billing.reverse(ReverseEntry(done.entry_ids[0], "entered_in_error"), practice.actor)
    assert practice.balances() == {"1000": 4000, "2100": -4000}
    with pytest.raises(AlreadyReversed):
        practice.billing.reverse(ReverseEntry(done.entry_ids[0], "again"), practice.actor)


def test_undoing_a_check_out_leaves_nothing_owed_and_both_lines_of_each(
    practice: Practice,
) -> None:
    line_count = len(practice.billing.account(practice.anna, practice.actor).lines)
    command = CheckOut(practice.anna, TODAY, (), Payment(1000, "cash"))
    done = practice.billing.check_out(command, practice.actor)
    assert done.undo is not None
    done.undo()
    assert practice.balances() == {}
    assert len(practice.billing.account(practice.anna, practice.actor).lines) == line_count + 2


def test_reception_reverses_only_its_own_entry_of_today(practice: Practice) -> None:
    reception = an_actor("billing.reverse_own_today", role="receptionist")
    done = practice.charge(practice.anna, 4000)
    practice.billing.reverse(ReverseEntry(done.entry_ids[0], "entered_in_error"), reception)
    later = practice.charge(practice.anna, 700)
    from datetime import timedelta

    practice.clock.advance(timedelta(days=1))
    with pytest.raises(NotAllowed):
        practice.billing.reverse(ReverseEntry(later.entry_ids[0], "entered_in_error"), reception)


def test_the_same_key_posts_once(practice: Practice) -> None:
    command = TakePayment(practice.anna, Payment(1000, "card"))
    first = practice.billing.take_payment(command, practice.actor).value
    assert practice.billing.take_payment(command, practice.actor).value == first
    assert practice.balances() == {"1030": 1000, "2100": -1000}


def test_the_register_runs_in_posting_order_and_ends_at_what_is_owed(practice: Practice) -> None:
    practice.charge(practice.anna, 4000, 1500)
    account = practice.billing.account(practice.anna, practice.actor)
    assert [line.balance_minor for line in account.lines] == [4000, 2500]
    assert account.lines[-1].balance_minor == account.due_minor - account.credit_minor
    assert account.aging.amounts == (2500, 0, 0, 0, 0)
