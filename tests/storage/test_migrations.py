# SPDX-License-Identifier: Apache-2.0
"""Steps of the schema: frozen, whole or not at all, never backwards."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.moments import FixedClock
from clinicdesk.storage import migrations
from clinicdesk.storage.backup import back_up, restore
from clinicdesk.storage.engine import connect
from clinicdesk.storage.migrations import ClinicTooNew, Step, released_schema, schema_of
from tests.storage.opened import (
    CHEAP,
    OWNER,
    Whole,
    a_closed_clinic,
    enter,
    every_byte,
    signed_in,
)
from tests.support.clinics import NOON, a_file
from tests.support.freeze_schema import STEP, frozen_text
from tests.support.postgres import a_postgresql

SECOND = """\
-- both

CREATE TABLE later (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL
)
 STRICT;

INSERT INTO later (name) VALUES ('made by the step');
"""


@pytest.fixture
def clinic(tmp_path: Path) -> Whole:
    home = tmp_path / "home"
    home.mkdir()
    return a_closed_clinic(home)


@pytest.fixture
def with_a_second_step(clinic: Whole, monkeypatch: pytest.MonkeyPatch) -> None:
    both = (*migrations.steps(), Step(2, "0002_later.sql", SECOND))
    monkeypatch.setattr(migrations, "steps", lambda: both)
    monkeypatch.setattr("clinicdesk.storage.clinic_file.opening.newest", lambda: 2)


def test_the_first_step_is_what_the_rooms_declare() -> None:
    """After a change of tables: ``python -m tests.support.freeze_schema`` (before a release)."""
    assert STEP.read_text(encoding="utf-8") == frozen_text()


def test_a_file_made_by_steps_equals_one_made_from_the_declared_tables(tmp_path: Path) -> None:
    raw = connect(*a_file(tmp_path))
    assert schema_of(raw) == released_schema()
    raw.close()


def test_what_one_set_of_steps_makes_is_not_taken_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = released_schema()
    with monkeypatch.context() as patch:
        both = (*migrations.steps(), Step(2, "0002_later.sql", SECOND))
        patch.setattr(migrations, "steps", lambda: both)
        assert "table later" in released_schema()
    assert released_schema() == before


@pytest.mark.usefixtures("with_a_second_step")
def test_an_older_file_is_backed_up_and_then_brought_up_to_date(clinic: Whole) -> None:
    opened = enter(clinic.path, clinic.path.parent / "desk")
    records = opened.records(FixedClock(NOON))
    with records.read() as reading:
        assert reading.execute(sa.text("SELECT name FROM later")).scalar() == "made by the step"
        assert reading.execute(sa.text("PRAGMA user_version")).scalar() == 2
    records.close()
    assert list(clinic.path.parent.glob("*.clinicbackup"))


def test_a_backup_of_an_earlier_program_is_restored_and_brought_up_to_date(
    clinic: Whole, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    opened = enter(clinic.path, tmp_path / "desk")
    records = opened.records(FixedClock(NOON))
    made = back_up(records, opened.ring, tmp_path / "usb", clinic.owner).path
    records.close()
    request.getfixturevalue("with_a_second_step")
    to, clock = tmp_path / "new.clinic", FixedClock(NOON)
    restore(made, to, OWNER, signed_in, clock, cost=CHEAP, desk=tmp_path / "desk")
    assert enter(to, tmp_path / "desk").version == 2
    assert not list(tmp_path.glob("*.clinicbackup")), "the backup it came from is enough"


def test_a_backup_of_a_later_program_is_refused(
    clinic: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = enter(clinic.path, tmp_path / "desk")
    records = opened.records(FixedClock(NOON))
    made = back_up(records, opened.ring, tmp_path / "usb", clinic.owner).path
    records.close()
    monkeypatch.setattr(migrations, "steps", lambda: ())
    to, clock = tmp_path / "new.clinic", FixedClock(NOON)
    with pytest.raises(ClinicTooNew):
        restore(made, to, OWNER, signed_in, clock, cost=CHEAP, desk=tmp_path / "desk")
    assert not to.exists()


@pytest.mark.usefixtures("with_a_second_step")
def test_a_step_that_is_cut_off_leaves_the_version_before_it(clinic: Whole) -> None:
    raw = connect(clinic.path, clinic.opened.data_key)
    statements = list(Step(2, "", SECOND).statements())
    for stop in range(len(statements) + 1):
        before = schema_of(raw)
        broken = [*statements[:stop], "SELECT 1 FROM nowhere"]
        step = Step(2, "0002_later.sql", "\n\n".join(["-- both", *broken]))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(migrations, "steps", lambda: (_first(), step))  # noqa: B023
            with pytest.raises(Exception, match="nowhere"):
                migrations.migrate(raw)
        assert schema_of(raw) == before
        assert raw.execute("PRAGMA user_version").fetchone()[0] == 1
        assert raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert migrations.migrate(raw) == [2]
    raw.close()


def test_a_newer_file_is_refused_and_not_a_byte_of_it_changes(clinic: Whole) -> None:
    raw = connect(clinic.path, clinic.opened.data_key)
    raw.execute("PRAGMA user_version=99")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    before = every_byte(clinic.path.parent)
    with pytest.raises(ClinicTooNew):
        enter(clinic.path, clinic.path.parent / "desk")
    assert every_byte(clinic.path.parent) == before


def test_a_newer_file_with_its_log_left_over_is_refused_unchanged_too(
    clinic: Whole, tmp_path: Path
) -> None:
    raw = connect(clinic.path, clinic.opened.data_key)
    raw.execute("PRAGMA user_version=99")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for path in clinic.path.parent.iterdir():
        if path.is_file() and not path.name.endswith("-shm"):
            (crashed / path.name).write_bytes(path.read_bytes())
    raw.close()
    before = every_byte(crashed)
    assert "maple.clinic-wal" in before
    with pytest.raises(ClinicTooNew):
        enter(crashed / "maple.clinic", tmp_path / "desk")
    after = every_byte(crashed)
    after.pop("maple.clinic-shm", None)
    assert after == before


def test_steps_are_numbered_without_gaps() -> None:
    assert [step.number for step in migrations.steps()] == list(range(1, migrations.newest() + 1))


@pytest.mark.postgres
def test_the_steps_make_the_same_tables_on_postgresql() -> None:
    with a_postgresql() as engine:
        with engine.begin() as connection:
            migrations.create_on_postgresql(connection)
        tables = set(sa.inspect(engine).get_table_names())
    ours = {name.split()[1] for name in released_schema() if name.startswith("table ")}
    inner = {name for name in ours if name.startswith(("sqlite_", "patient_search_"))}
    assert tables == ours - inner


def _first() -> Step:
    return Step(1, STEP.name, STEP.read_text(encoding="utf-8"))
