# SPDX-License-Identifier: Apache-2.0
"""Two records of one person made one, and what is found there afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.billing.model import Allocate, Payment, TakePayment
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.refusals import NotAllowed, StaleCopy
from clinicdesk.patients.model import (
    AddAlert,
    ContactPoint,
    Demographics,
    MergePatients,
    RegisterPatient,
    SameRecord,
)
from clinicdesk.storage.tables import audit
from tests.support.clinics import an_actor
from tests.support.practice import Practice, a_practice


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = a_practice(tmp_path)
    yield made
    made.records.close()


def twin(practice: Practice) -> int:
    """Register Anna once more, with a phone of her own."""
    command = RegisterPatient(
        Demographics("Webber", "Anna", born_on=date(1980, 1, 2)),
        (ContactPoint("mobile", "07700 900123"),),
    )
    return practice.patients.register(command, practice.actor).value


def merge(practice: Practice, stays: int, goes: int, actor: Actor | None = None) -> int:
    cards = [practice.patients.card(one, practice.actor) for one in (stays, goes)]
    command = MergePatients(stays, cards[0].version, goes, cards[1].version)
    return practice.patients.merge(command, actor or practice.actor).value


def pay(practice: Practice, patient: int, amount_minor: int) -> int:
    command = TakePayment(patient, Payment(amount_minor, "cash"))
    return practice.billing.take_payment(command, practice.actor).value.receipt_id


def test_the_record_that_goes_leads_to_the_one_that_stays(practice: Practice) -> None:
    goes = twin(practice)
    practice.patients.add_alert(AddAlert(goes, "allergy", "Penicillin allergy"), practice.actor)
    assert merge(practice, practice.anna, goes) == practice.anna
    card = practice.patients.card(goes, practice.actor)
    assert card.id == practice.anna
    assert [alert.wording for alert in card.alerts] == ["Penicillin allergy"]
    assert "07700 900123" in [one.value for one in card.contacts]


@pytest.mark.parametrize("text", ["webber anna", "07700 900123", "weber"])
def test_the_one_record_is_found_by_what_either_was_found_by(practice: Practice, text: str) -> None:
    merge(practice, practice.anna, twin(practice))
    hits = practice.patients.search(text, practice.actor)
    assert practice.anna in {hit.id for hit in hits}
    assert not [hit for hit in hits if hit.name.startswith("Webber")]


def test_money_of_both_records_is_one_account(practice: Practice) -> None:
    goes = twin(practice)
    practice.charge(goes, 3_000, on=date(2026, 11, 2))
    practice.charge(practice.anna, 8_500)
    merge(practice, practice.anna, goes)
    account = practice.billing.account(practice.anna, practice.actor)
    assert account.due_minor == 11_500
    assert [line.balance_minor for line in account.lines] == [3_000, 11_500]
    assert practice.patients.card(practice.anna, practice.actor).due_minor == 11_500
    pay(practice, practice.anna, 5_000)
    account = practice.billing.account(practice.anna, practice.actor)
    assert [item.open_minor for item in account.open] == [6_500]
    assert practice.failed_checks() == []


def test_credit_of_the_one_is_put_on_charges_of_the_other(practice: Practice) -> None:
    goes = twin(practice)
    receipt = pay(practice, goes, 5_000)
    practice.charge(practice.anna, 8_500)
    merge(practice, practice.anna, goes)
    practice.billing.allocate(Allocate(receipt), practice.actor)
    account = practice.billing.account(practice.anna, practice.actor)
    assert (account.due_minor, account.credit_minor) == (3_500, 0)
    assert practice.failed_checks() == []


def test_who_was_paid_for_by_the_record_that_goes_is_paid_for_by_the_one_that_stays(
    practice: Practice,
) -> None:
    goes = practice.anna  # she pays for Ben
    stays = twin(practice)
    practice.charge(practice.ben, 2_000)
    merge(practice, stays, goes)
    account = practice.billing.account(practice.ben, practice.actor)
    assert account.guarantor_id == stays
    assert {(one.patient_id, one.due_minor) for one in account.family} == {
        (stays, 0), (practice.ben, 2_000),
    }  # fmt: skip
    pay(practice, practice.ben, 2_000)
    assert practice.billing.amount_due(practice.ben, practice.actor) == 0
    assert practice.failed_checks() == []


def test_a_third_record_goes_the_same_way(practice: Practice) -> None:
    first, second = twin(practice), twin(practice)
    merge(practice, first, second)
    merge(practice, practice.anna, first)
    assert practice.patients.card(second, practice.actor).id == practice.anna
    practice.charge(practice.anna, 1_000)
    assert practice.billing.account(practice.anna, practice.actor).due_minor == 1_000


def test_merging_is_a_right_of_its_own_and_leaves_a_trace(practice: Practice) -> None:
    goes = twin(practice)
    with pytest.raises(NotAllowed):
        merge(practice, practice.anna, goes, an_actor("patients.edit", "patients.view"))
    merge(practice, practice.anna, goes)
    with practice.records.read() as reading:
        rows = reading.execute(
            sa.select(audit.c.patient_id).where(audit.c.action == "patients.merge")
        )
        assert [row.patient_id for row in rows] == [goes]


def test_a_record_is_not_merged_with_itself_nor_one_that_was_changed_meanwhile(
    practice: Practice,
) -> None:
    goes = twin(practice)
    with pytest.raises(SameRecord):
        merge(practice, practice.anna, practice.anna)
    with pytest.raises(StaleCopy):
        practice.patients.merge(MergePatients(practice.anna, 99, goes, 1), practice.actor)
    assert practice.patients.card(goes, practice.actor).id == goes
    merge(practice, practice.anna, goes)
    with pytest.raises(SameRecord):
        merge(practice, practice.anna, goes)
    assert practice.billing.amount_due(practice.anna, practice.actor) == 0
