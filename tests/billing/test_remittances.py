# SPDX-License-Identifier: Apache-2.0
"""What insurers send: paid, given up by contract and left to the patient, all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicdesk.billing.model import (
    NothingToPost,
    PostRemittance,
    RemittanceLine,
    ReverseEntry,
    WrongAmount,
)
from tests.support.practice import Practice, a_practice


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return a_practice(tmp_path)


def test_a_remittance_settles_several_charges_at_once(practice: Practice) -> None:
    first = practice.charge(practice.cara, 15_000).charge_ids[0]
    second = practice.charge(practice.cara, 8_000).charge_ids[0]
    lines = (RemittanceLine(first, 9_000, 3_000, 3_000), RemittanceLine(second, 8_000))
    command = PostRemittance(practice.insurer, 17_000, lines, reference="EFT 77")
    done = practice.billing.post_remittance(command, practice.actor).value
    assert done.unapplied_minor == 0
    assert len(done.entry_ids) == 3
    assert practice.balances() == {
        "1010": 17_000, "1110": 3_000, "4000": -23_000, "4100": 3_000,
    }  # fmt: skip
    assert practice.billing.amount_due(practice.cara, practice.actor) == 3_000
    assert practice.failed_checks() == []


def test_the_same_remittance_is_posted_once(practice: Practice) -> None:
    charge = practice.charge(practice.cara, 900).charge_ids[0]
    command = PostRemittance(practice.insurer, 900, (RemittanceLine(charge, 900),))
    first = practice.billing.post_remittance(command, practice.actor).value
    assert practice.billing.post_remittance(command, practice.actor).value == first
    assert practice.balances() == {"1010": 900, "4000": -900}


def test_what_no_line_takes_is_held_for_the_insurer(practice: Practice) -> None:
    command = PostRemittance(practice.insurer, 500, ())
    done = practice.billing.post_remittance(command, practice.actor).value
    assert done.unapplied_minor == 500
    assert practice.balances() == {"1010": 500, "2110": -500}


def test_an_answer_without_money_moves_the_debt_and_numbers_no_receipt(
    practice: Practice,
) -> None:
    charge = practice.charge(practice.cara, 900).charge_ids[0]
    line = RemittanceLine(charge, 0, 0, 900, "deductible")
    done = practice.billing.post_remittance(
        PostRemittance(practice.insurer, 0, (line,)), practice.actor
    ).value
    assert (done.receipt_id, done.number) == (None, "")
    assert practice.balances() == {"1110": 900, "4000": -900}


def test_lines_that_do_not_fit_change_nothing(practice: Practice) -> None:
    charge = practice.charge(practice.cara, 900).charge_ids[0]
    for amount, line in (
        (900, RemittanceLine(charge, 901)),
        (900, RemittanceLine(charge, 800, 101)),
        (900, RemittanceLine(charge, -5, 5)),
    ):
        with pytest.raises(WrongAmount):
            practice.billing.post_remittance(
                PostRemittance(practice.insurer, amount, (line,)), practice.actor
            )
    with pytest.raises(NothingToPost):
        practice.billing.post_remittance(PostRemittance(practice.insurer, 0, ()), practice.actor)
    assert practice.balances() == {"1100": 900, "4000": -900}


def test_each_part_of_a_remittance_is_reversed_for_itself(practice: Practice) -> None:
    charge = practice.charge(practice.cara, 1_000).charge_ids[0]
    command = PostRemittance(practice.insurer, 600, (RemittanceLine(charge, 600, 300, 100),))
    ids = practice.billing.post_remittance(command, practice.actor).value.entry_ids
    for entry_id in ids:
        practice.billing.reverse(ReverseEntry(entry_id, "wrong patient"), practice.actor)
    assert practice.balances() == {"1100": 1_000, "4000": -1_000}
