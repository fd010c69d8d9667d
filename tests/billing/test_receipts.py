# SPDX-License-Identifier: Apache-2.0
"""What a receipt says comes from posted rows, adds up, and stays so however late it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clinicdesk.billing.model import (
    ChargeLine,
    CheckOut,
    Payment,
    ReverseEntry,
    TakePayment,
    WriteOff,
)
from clinicdesk.billing.reports import ReceiptPaper
from clinicdesk.billing.service import writing
from clinicdesk.printing.sheet import Paper
from tests.billing.test_papers import CLINIC, FORMATS, text
from tests.support.practice import TODAY, Practice, a_practice

LONG_AGO = TODAY - timedelta(days=40)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = a_practice(tmp_path)
    yield made
    made.records.close()


def papers_of(practice: Practice, receipt_id: int) -> ReceiptPaper:
    """Return what a receipt says now."""
    with practice.records.write(practice.actor, "test.read") as work:
        work.record("receipt", receipt_id)
        return writing.receipt_paper(work, receipt_id, practice.actor)


def take(practice: Practice, patient: int, amount_minor: int) -> int:
    """Take cash and return the receipt."""
    command = TakePayment(patient, Payment(amount_minor, "cash"))
    return practice.billing.take_payment(command, practice.actor).value.receipt_id


def adds_up(paper: ReceiptPaper) -> bool:
    """Tell whether the sums lead from owed before to the balance, and the parts to the amount."""
    account = paper.account
    assert account is not None
    parts = sum(part.paid_minor for part in paper.applied) + paper.credit_minor
    led = account.before_minor + account.charged_minor - account.insured_minor
    led += account.adjusted_minor - account.paid_earlier_minor - account.paid_now_minor
    led += account.for_others_minor
    charged = sum(line.amount_minor for line in paper.charged)
    return (parts, led, charged) == (
        paper.amount_minor, account.balance_minor, account.charged_minor,
    )  # fmt: skip


def test_the_older_line_is_paid_first_and_the_receipt_says_so(practice: Practice) -> None:
    practice.charge(practice.anna, 4_000, on=LONG_AGO)
    practice.clock.advance(timedelta(days=1))
    line = ChargeLine("XRAY", "Radiograph", 8_500, practice.doctor)
    command = CheckOut(practice.anna, TODAY + timedelta(days=1), (line,), Payment(10_000, "card"))
    taken = practice.billing.check_out(command, practice.actor).value.taken
    assert taken is not None
    paper = papers_of(practice, taken.receipt_id)
    account = paper.account
    assert account is not None
    assert [(one.description, one.amount_minor) for one in paper.charged] == [
        ("Radiograph XRAY", 8_500)
    ]
    assert [(one.description, one.paid_minor) for one in paper.applied] == [
        ("Consultation CONS", 4_000), ("Radiograph XRAY", 6_000),
    ]  # fmt: skip
    assert (account.before_minor, account.charged_minor, account.paid_now_minor) == (
        4_000, 8_500, 10_000,
    )  # fmt: skip
    assert (
        account.balance_minor == 2_500 == practice.billing.amount_due(practice.anna, practice.actor)
    )
    assert adds_up(paper)


def test_the_patients_own_charges_are_paid_before_those_of_the_family(practice: Practice) -> None:
    practice.charge(practice.ben, 3_000, on=LONG_AGO)
    practice.charge(practice.anna, 8_500)
    paper = papers_of(practice, take(practice, practice.anna, 8_500))
    assert [one.patient for one in paper.applied] == [""]
    assert practice.billing.amount_due(practice.anna, practice.actor) == 0
    assert adds_up(paper)


def test_what_goes_to_the_family_is_named_with_its_patient(practice: Practice) -> None:
    practice.charge(practice.ben, 3_000, on=LONG_AGO)
    practice.charge(practice.anna, 8_500)
    paper = papers_of(practice, take(practice, practice.anna, 10_000))
    assert paper.account is not None
    assert [(one.patient, one.paid_minor) for one in paper.applied] == [
        ("Ben Weber", 1_500), ("", 8_500),
    ]  # fmt: skip
    assert paper.account.for_others_minor == 1_500
    assert paper.account.balance_minor == 0
    assert adds_up(paper)


def test_the_insurers_part_adjustments_and_earlier_payments_are_in_the_sums(
    practice: Practice,
) -> None:
    cara = practice.cara
    practice.charge(cara, 9_000)
    own = practice.charge(cara, 5_000, party=("guarantor", cara)).charge_ids[0]
    practice.billing.write_off(
        WriteOff(own, ("guarantor", cara), 500, "write-off", "office"), practice.actor
    )
    take(practice, cara, 1_000)
    paper = papers_of(practice, take(practice, cara, 2_000))
    account = paper.account
    assert account is not None
    assert (account.charged_minor, account.insured_minor) == (14_000, 9_000)
    assert (account.adjusted_minor, account.paid_earlier_minor) == (-500, 1_000)
    assert account.balance_minor == 1_500
    assert adds_up(paper)


def test_money_on_no_charge_is_credit_and_the_balance_is_below_zero(practice: Practice) -> None:
    paper = papers_of(practice, take(practice, practice.anna, 5_000))
    assert paper.account is not None
    assert (paper.credit_minor, paper.account.balance_minor) == (5_000, -5_000)
    assert adds_up(paper)


def test_a_receipt_printed_later_says_what_it_said_and_that_it_was_reversed(
    practice: Practice,
) -> None:
    practice.charge(practice.anna, 8_500)
    command = TakePayment(practice.anna, Payment(8_500, "cash"))
    taken = practice.billing.take_payment(command, practice.actor).value
    before = papers_of(practice, taken.receipt_id)
    practice.charge(practice.anna, 2_000)
    take(practice, practice.anna, 2_000)
    practice.billing.reverse(ReverseEntry(taken.entry_id, "Wrong card"), practice.actor)
    after = papers_of(practice, taken.receipt_id)
    assert (after.account, after.applied) == (before.account, before.applied)
    assert (before.undone_on, after.undone_on) == (None, TODAY)
    assert adds_up(after)


def test_a_statement_tells_a_payment_once_and_begins_with_what_was_brought_forward(
    practice: Practice,
) -> None:
    practice.charge(practice.anna, 4_000, on=LONG_AGO)
    practice.clock.advance(timedelta(days=120))
    practice.charge(practice.anna, 8_500)
    take(practice, practice.anna, 10_000)
    with practice.records.write(practice.actor, "test.read") as work:
        work.record("patient", practice.anna)
        account = practice.billing._account(work, practice.anna)
        paper = writing.statement_paper(work, account, practice.actor, "S-1")
    assert paper.opening_minor == 4_000
    assert [(line.charge_minor, line.credit_minor, line.balance_minor) for line in paper.lines] == [
        (8_500, None, 12_500), (None, 10_000, 2_500),
    ]  # fmt: skip
    assert (paper.due_minor, paper.agency_minor) == (2_500, 0)


def test_a_second_print_is_a_copy_on_whatever_paper(practice: Practice) -> None:
    receipt = take(practice, practice.anna, 5_000)
    said = []
    for paper in (Paper.A5, Paper.ROLL_80, Paper.A5):
        pdf = practice.billing.receipt_pdf(receipt, practice.actor, CLINIC, FORMATS, paper)
        said.append("COPY" in text(pdf))
    assert said == [False, True, True]
