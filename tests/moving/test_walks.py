# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import UTC, datetime

from clinicdesk.exchange.synthea import SyntheaClaim, SyntheaTransaction
from clinicdesk.moving.synthea.plan import PATIENT, Party, walks

_AT = datetime(2020, 1, 1, 9, tzinfo=UTC)
_CLAIM = SyntheaClaim(2, "c", "p", "d", "first", "second", "e", ())


def _row(number: int, kind: str, minor: int, **more: object) -> SyntheaTransaction:
    told = {"method": "", "to": "", "moved": "", **more}
    return SyntheaTransaction(
        number + 2, f"t{number}", "c", number, "p", kind, minor, str(told["method"]), _AT,
        "code", "", 1, "", str(told["to"]), str(told["moved"]), 0, "e", "d", (),
    )  # fmt: skip


def test_the_copay_is_put_on_the_patient_when_the_charge_is_posted() -> None:
    (walk,), remarks = walks(
        [
            _row(0, "CHARGE", 8555, to="1"),
            _row(1, "PAYMENT", 5000, method="COPAY"),
            _row(2, "PAYMENT", 3555, method="ECHECK"),
        ],
        {"c": _CLAIM},
        frozenset({""}),
    )
    assert (walk.first, walk.copay_minor, remarks) == (Party("first"), 5000, [])
    assert [(step.party, step.minor) for step in walk.steps] == [
        (PATIENT, 5000),
        (Party("first"), 3555),
    ]


def test_a_transfer_hands_on_to_the_second_insurer_and_then_to_the_patient() -> None:
    (walk,), _ = walks(
        [
            _row(0, "CHARGE", 1000, to="1"),
            _row(1, "PAYMENT", 700, method="ECHECK"),
            _row(2, "TRANSFEROUT", 300),
            _row(3, "TRANSFERIN", 300, to="2", moved="2"),
            _row(4, "PAYMENT", 200, method="ECHECK"),
            _row(5, "TRANSFEROUT", 100),
            _row(6, "TRANSFERIN", 100, to="p", moved="5"),
            _row(7, "PAYMENT", 100, method="CC"),
        ],
        {"c": _CLAIM},
        frozenset({""}),
    )
    assert [(step.party.payer, step.to.payer, step.minor) for step in walk.steps] == [
        ("first", "", 700),
        ("first", "second", 300),
        ("second", "", 200),
        ("second", "", 100),
        ("", "", 100),
    ]


def test_a_missing_payment_leaves_more_open_and_moves_no_other_amount() -> None:
    (walk,), remarks = walks(
        [
            _row(0, "CHARGE", 1000, to="1"),
            _row(2, "TRANSFEROUT", 300),
            _row(3, "TRANSFERIN", 300, to="p", moved="2"),
            _row(4, "PAYMENT", 300, method="CASH"),
        ],
        {"c": _CLAIM},
        frozenset({""}),
    )
    assert remarks == []
    assert [step.minor for step in walk.steps] == [300, 300]


def test_money_beyond_what_is_open_is_kept_and_said() -> None:
    (walk,), (remark,) = walks(
        [_row(0, "CHARGE", 1000, to="p"), _row(1, "PAYMENT", 1200, method="CASH")],
        {"c": _CLAIM},
        frozenset({""}),
    )
    assert (walk.steps[0].minor, walk.steps[0].extra, remark.skipped) == (1000, 200, False)


def test_lines_that_lead_nowhere_are_left_out_with_a_reason() -> None:
    done, remarks = walks(
        [
            _row(0, "PAYMENT", 100, method="CASH"),
            _row(1, "CHARGE", 500, to="1"),
            _row(2, "TRANSFEROUT", 100),
            _row(3, "PAYMENT", 100, method="SHELLS"),
            _row(4, "PAYMENT", 0, method="CASH"),
        ],
        {"c": _CLAIM},
        frozenset({""}),
    )
    assert done[0].steps == []
    assert sorted(remark.row.number for remark in remarks) == [0, 2, 3, 4]
    assert all(remark.skipped for remark in remarks)
