# SPDX-License-Identifier: Apache-2.0
"""Every check by name, from scratch; what a cipher cannot see, the chain does."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicdesk.kernel.checks import Check
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.storage.engine import connect
from clinicdesk.storage.verify import SCHEMA, TRAIL, run_checks
from tests.storage.opened import Whole, a_whole_clinic, act, enter
from tests.support.clinics import NOON


@pytest.fixture
def clinic(tmp_path: Path) -> Whole:
    whole = a_whole_clinic(tmp_path)
    act(whole.records, whole.owner, 20)
    whole.records.close()
    return whole


def failing(clinic: Whole) -> list[Check]:
    opened = enter(clinic.path, clinic.path.parent / "desk")
    records = opened.records(FixedClock(NOON))
    with records.read() as reading:
        found = [check for check in run_checks(reading) if not check.holds]
    records.close()
    return found


def meddle(clinic: Whole, *statements: str) -> None:
    """Change the file as someone who has the key and knows SQLite."""
    raw = connect(clinic.path, clinic.opened.data_key)
    raw.execute("PRAGMA foreign_keys=OFF")
    for statement in ("DROP TRIGGER audit_refuses_update", "DROP TRIGGER audit_refuses_delete",
                      *statements):  # fmt: skip
        raw.execute(statement)
    for verb in ("UPDATE", "DELETE"):
        raw.execute(
            f"CREATE TRIGGER audit_refuses_{verb.lower()} BEFORE {verb} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'rows of audit are never changed'); END"
        )
    raw.close()


def test_an_honest_clinic_passes_every_check(clinic: Whole) -> None:
    assert not failing(clinic)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET after = '{\"number\":7}' WHERE seq = 5",
        "UPDATE audit SET at = at + 1 WHERE seq = 5",
        "UPDATE audit SET user_name = 'Eve' WHERE seq = 1",
        "UPDATE audit SET reason = '' WHERE seq = 9",
        "UPDATE audit SET hash = zeroblob(32) WHERE seq = 21",
        "DELETE FROM audit WHERE seq = 5",
        "DELETE FROM audit WHERE seq = 1",
        "UPDATE audit SET seq = 1000 WHERE seq = 21",
        "UPDATE audit SET outcome = 'refused' WHERE seq = 3",
    ],
)
def test_every_meddling_with_the_trail_is_found(clinic: Whole, statement: str) -> None:
    meddle(clinic, statement)
    assert [check.name for check in failing(clinic)] == [TRAIL]


def test_the_first_bad_entry_is_named(clinic: Whole) -> None:
    meddle(clinic, "UPDATE audit SET reason = 'x' WHERE seq >= 12")
    (check,) = failing(clinic)
    assert check.detail == "the row was changed at 12"


def test_a_missing_trigger_or_an_odd_table_is_found(clinic: Whole) -> None:
    raw = connect(clinic.path, clinic.opened.data_key)
    raw.execute("DROP TRIGGER entry_sums_to_zero")
    raw.execute("CREATE TABLE stowaway (id INTEGER)")
    raw.close()
    (check,) = failing(clinic)
    assert check.name == SCHEMA
    assert "entry_sums_to_zero" in check.detail
    assert "stowaway" in check.detail


def test_a_dangling_reference_is_found(clinic: Whole) -> None:
    meddle(clinic, "UPDATE app_user SET role_id = 77")
    raw = connect(clinic.path, clinic.opened.data_key)
    found = raw.execute("PRAGMA foreign_key_check").fetchall()
    raw.close()
    assert found, "the meddling worked"


def test_a_row_put_back_from_an_older_copy_of_the_page_is_found(
    clinic: Whole, tmp_path: Path
) -> None:
    """Replay passes every check of the cipher (trust.md §0.2)."""
    old = clinic.path.read_bytes()
    records = enter(clinic.path, tmp_path / "desk").records(FixedClock(NOON))
    act(records, clinic.owner, 5)
    records.close()
    new = clinic.path.read_bytes()
    found_by_chain = 0
    for start in range(4096, min(len(old), len(new)), 4096):
        if old[start : start + 4096] == new[start : start + 4096]:
            continue
        clinic.path.write_bytes(new[:start] + old[start : start + 4096] + new[start + 4096 :])
        assert failing(clinic), f"page {start // 4096 + 1} replayed unseen"
        found_by_chain += 1
    assert found_by_chain
