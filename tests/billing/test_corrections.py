# SPDX-License-Identifier: Apache-2.0
"""Giving up, raising, reversing: limits, reasons, and what stands on what."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from clinicdesk.billing.model import (
    REASONS,
    Adjust,
    Allocate,
    Allocation,
    Bounce,
    CashCannotReturn,
    ChargeLine,
    CheckOut,
    NotYet,
    OthersStandOnIt,
    PartlyGivenBack,
    Payment,
    Refund,
    ReverseEntry,
    TakePayment,
    Transfer,
    UnknownMethod,
    UnknownReason,
    WriteOff,
    WrongAmount,
    WrongLine,
)
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.ledger.model import CAUSES, CHART, ReasonNeeded
from tests.support.clinics import an_actor
from tests.support.practice import TODAY, Practice, a_practice


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return a_practice(tmp_path)


def own(practice: Practice) -> tuple[str, int]:
    return ("guarantor", practice.anna)


def pay(practice: Practice, amount: int, method: str = "cash") -> tuple[int, int]:
    taken = practice.billing.take_payment(
        TakePayment(practice.anna, Payment(amount, method)), practice.actor
    ).value
    return taken.receipt_id, taken.entry_id


def test_every_reason_has_an_account_and_a_cause_of_the_books() -> None:
    accounts = {account.number for account in CHART}
    assert all(reason.account in accounts for reason in REASONS.values())
    assert all(reason.cause in CAUSES for reason in REASONS.values())


@pytest.mark.parametrize("key", sorted(REASONS))
def test_a_reason_decides_account_and_direction(practice: Practice, key: str) -> None:
    charge = practice.charge(practice.anna, 5_000).charge_ids[0]
    reason = REASONS[key]
    if key == "recovery":
        practice.billing.adjust(Adjust(charge, own(practice), 800, "bad_debt"), practice.actor)
    before = practice.balances()
    practice.billing.adjust(Adjust(charge, own(practice), 800, key), practice.actor)
    after = practice.balances()
    signed = 800 if reason.raises else -800
    assert after["1110"] - before["1110"] == signed
    assert after.get(reason.account, 0) - before.get(reason.account, 0) == -signed


def test_a_reason_outside_the_list_is_refused(practice: Practice) -> None:
    charge = practice.charge(practice.anna, 5_000).charge_ids[0]
    with pytest.raises(UnknownReason):
        practice.billing.adjust(Adjust(charge, own(practice), 1, "because"), practice.actor)
    command = WriteOff(charge, own(practice), 1, "discount", "bad_debt")
    with pytest.raises(UnknownReason):
        practice.billing.write_off(command, practice.actor)


def test_no_more_bad_debt_is_recovered_than_was_given_up(practice: Practice) -> None:
    charge = practice.charge(practice.anna, 5_000).charge_ids[0]
    practice.billing.adjust(Adjust(charge, own(practice), 800, "bad_debt"), practice.actor)
    with pytest.raises(WrongAmount):
        practice.billing.adjust(Adjust(charge, own(practice), 801, "recovery"), practice.actor)


def test_adjusting_can_be_undone(practice: Practice) -> None:
    charge = practice.charge(practice.anna, 5_000).charge_ids[0]
    done = practice.billing.adjust(Adjust(charge, own(practice), 800, "charity"), practice.actor)
    assert done.undo is not None
    done.undo()
    assert practice.balances() == {"1110": 5_000, "4000": -5_000}


def test_a_payment_whose_credit_was_used_is_not_reversed_before_its_use(
    practice: Practice,
) -> None:
    receipt, entry = pay(practice, 500)
    charge = practice.charge(practice.anna, 300).charge_ids[0]
    used = practice.billing.allocate(
        Allocate(receipt, (Allocation(charge, 300),)), practice.actor
    ).value
    before = practice.balances()
    with pytest.raises(OthersStandOnIt):
        practice.billing.reverse(ReverseEntry(entry, "entered in error"), practice.actor)
    assert practice.balances() == before
    practice.billing.reverse(ReverseEntry(used, "entered in error"), practice.actor)
    practice.billing.reverse(ReverseEntry(entry, "entered in error"), practice.actor)
    assert practice.balances() == {"1110": 300, "4000": -300}


def test_a_charge_part_of_which_was_given_up_is_not_reversed_before_that(
    practice: Practice,
) -> None:
    done = practice.charge(practice.anna, 500)
    adjusted = practice.billing.adjust(
        Adjust(done.charge_ids[0], own(practice), 100, "discount"), practice.actor
    ).value
    with pytest.raises(OthersStandOnIt):
        practice.billing.reverse(ReverseEntry(done.entry_ids[0], "wrong"), practice.actor)
    practice.billing.reverse(ReverseEntry(adjusted, "wrong"), practice.actor)
    practice.billing.reverse(ReverseEntry(done.entry_ids[0], "wrong"), practice.actor)
    assert practice.balances() == {}


def test_reversing_a_share_that_was_paid_leaves_the_payment_as_credit(practice: Practice) -> None:
    charge = practice.charge(practice.cara, 900).charge_ids[0]
    insurer, cara = ("payer", practice.insurer), ("guarantor", practice.cara)
    moved = practice.billing.transfer(
        Transfer(charge, insurer, cara, 200, "copayment"), practice.actor
    ).value
    practice.billing.take_payment(TakePayment(practice.cara, Payment(200, "cash")), practice.actor)
    practice.billing.reverse(ReverseEntry(moved, "wrong share"), practice.actor)
    assert practice.balances() == {"1000": 200, "1100": 900, "2100": -200, "4000": -900}
    assert practice.failed_checks() == []


def test_a_reversal_without_a_reason_is_refused(practice: Practice) -> None:
    done = practice.charge(practice.anna, 500)
    with pytest.raises(ReasonNeeded):
        practice.billing.reverse(ReverseEntry(done.entry_ids[0], ""), practice.actor)


def test_a_reversed_charge_is_marked_and_billing_proves_it(practice: Practice) -> None:
    done = practice.charge(practice.anna, 500)
    practice.billing.reverse(ReverseEntry(done.entry_ids[0], "wrong"), practice.actor)
    with practice.records.read() as reading:
        assert [c for c in practice.billing.checks(reading) if not c.holds] == []


def test_undoing_a_check_out_is_one_transaction(practice: Practice) -> None:
    line = ChargeLine("CONS", "Consultation", 4_000, practice.doctor)
    done = practice.billing.check_out(
        CheckOut(practice.anna, TODAY, (line, line), Payment(9_000, "card")), practice.actor
    )
    receipt = done.value.taken.receipt_id if done.value.taken else 0
    practice.billing.refund(Refund(receipt, 1_000, "card", "change"), practice.actor)
    before = practice.balances()
    assert done.undo is not None
    with pytest.raises(OthersStandOnIt):
        done.undo()
    assert practice.balances() == before


def test_cash_does_not_bounce_and_nothing_bounces_twice(practice: Practice) -> None:
    receipt, _ = pay(practice, 500)
    with pytest.raises(CashCannotReturn):
        practice.billing.bounce(Bounce(receipt, "no funds"), practice.actor)


def test_a_receipt_of_which_a_part_was_refunded_does_not_bounce(practice: Practice) -> None:
    """The bank takes all of it back; the refunded part would be owed by nobody."""
    receipt, _ = pay(practice, 500, "cheque")
    back = practice.billing.refund(Refund(receipt, 200, "cash", "moved"), practice.actor).value
    with pytest.raises(PartlyGivenBack):
        practice.billing.bounce(Bounce(receipt, "no funds"), practice.actor)
    practice.billing.reverse(ReverseEntry(back, "bounced"), practice.actor)
    practice.billing.bounce(Bounce(receipt, "no funds"), practice.actor)
    assert practice.balances() == {"1010": -500, "1020": 500}


def test_a_bounced_cheque_brings_its_fee_in_the_same_transaction(practice: Practice) -> None:
    practice.charge(practice.anna, 4_000)
    receipt, _ = pay(practice, 4_000, "cheque")
    fee = ChargeLine("RETURNED", "Returned payment", 1_500, practice.doctor)
    command = Bounce(receipt, "no funds", fee)
    practice.billing.bounce(command, practice.actor)
    practice.billing.bounce(command, practice.actor)  # the same key: nothing more
    assert practice.balances() == {
        "1010": -4_000, "1020": 4_000, "1110": 5_500, "4000": -4_000, "4020": -1_500,
    }  # fmt: skip


def test_a_payment_after_a_bounce_is_not_reversed_back_to_a_debt(practice: Practice) -> None:
    practice.charge(practice.anna, 4_000)
    receipt, entry = pay(practice, 4_000, "cheque")
    practice.billing.bounce(Bounce(receipt, "no funds"), practice.actor)
    with pytest.raises(OthersStandOnIt):
        practice.billing.reverse(ReverseEntry(entry, "entered in error"), practice.actor)


@pytest.mark.parametrize("changes", [{"units": 0}, {"unit_minor": -1}, {"income": "gift"}])
def test_an_impossible_line_is_refused(practice: Practice, changes: dict[str, object]) -> None:
    values = {"code": "C", "description": "C", "unit_minor": 1, "provider_id": practice.doctor}
    line = ChargeLine(**{**values, **changes})  # type: ignore[arg-type]  # fields of the line
    with pytest.raises(WrongLine):
        practice.billing.check_out(CheckOut(practice.anna, TODAY, (line,)), practice.actor)


def test_nothing_is_charged_for_tomorrow_nor_paid_in_shells(practice: Practice) -> None:
    with pytest.raises(NotYet):
        practice.charge(practice.anna, 100, on=TODAY + timedelta(days=1))
    with pytest.raises(UnknownMethod):
        pay(practice, 100, "shells")


def test_a_clinician_takes_no_money_and_reception_gives_nothing_up(practice: Practice) -> None:
    clinician = an_actor("billing.view", "billing.charge", role="clinician")
    with pytest.raises(NotAllowed):
        practice.billing.take_payment(TakePayment(practice.anna, Payment(1, "cash")), clinician)
    charge = practice.charge(practice.anna, 500).charge_ids[0]
    reception = an_actor("billing.view", "billing.take_payment", role="receptionist")
    with pytest.raises(NotAllowed):
        practice.billing.adjust(Adjust(charge, own(practice), 1, "discount"), reception)


def test_two_unrelated_acts_commute(tmp_path: Path) -> None:
    def run(name: str, *, first: bool) -> dict[str, int]:
        (tmp_path / name).mkdir()
        practice = a_practice(tmp_path / name)
        acts = [
            lambda: practice.charge(practice.cara, 700),
            lambda: pay(practice, 300),
        ]
        for act in acts if first else reversed(acts):
            act()
        return practice.balances()

    assert run("one", first=True) == run("two", first=False)
