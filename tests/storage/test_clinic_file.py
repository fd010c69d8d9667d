# SPDX-License-Identifier: Apache-2.0
"""Making and opening clinics: all or nothing, and never a plain file."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clinicdesk.kernel.moments import FixedClock
from clinicdesk.storage import engine
from clinicdesk.storage.clinic_file import AlreadyThere, NoFolder, create
from clinicdesk.storage.engine import LibraryTooOld
from clinicdesk.storage.files import PLAIN_HEADER
from clinicdesk.storage.keys import STRONG
from clinicdesk.storage.migrations import APPLICATION_ID, newest
from tests.storage.opened import (
    CHEAP,
    OWNER,
    a_closed_clinic,
    a_whole_clinic,
    enter,
    every_byte,
    signed_in,
)
from tests.support.clinics import NOON, a_profile


def test_a_new_clinic_is_one_encrypted_file_with_two_copies_of_its_slots(tmp_path: Path) -> None:
    whole = a_closed_clinic(tmp_path)
    assert sorted(every_byte(tmp_path)) == ["maple.clinic", "maple.clinic.keys",
                                            "maple.clinic.keys2"]  # fmt: skip
    assert whole.path.read_bytes()[:16] != PLAIN_HEADER
    assert b"Maple Clinic" not in whole.path.read_bytes()
    assert whole.path.stat().st_mode & 0o077 == 0


def test_opening_again_gives_the_same_clinic(tmp_path: Path) -> None:
    whole = a_closed_clinic(tmp_path)
    opened = enter(whole.path, tmp_path / "desk")
    records = opened.records(FixedClock(NOON))
    assert records.profile.uuid == a_profile().uuid
    assert records.profile.zone.name == "Europe/London"
    assert signed_in(records, opened).name == "Ada Owner"
    with records.read() as reading:
        raw = reading.connection.connection.driver_connection
        assert raw is not None
        assert raw.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert raw.execute("PRAGMA user_version").fetchone()[0] == newest()
    records.close()


def test_a_symbolic_link_opens_the_file_it_points_to(tmp_path: Path) -> None:
    whole = a_closed_clinic(tmp_path)
    link = tmp_path / "desk" / "shortcut.clinic"
    link.parent.mkdir()
    link.symlink_to(whole.path)
    assert enter(link, tmp_path / "desk").path == whole.path
    assert sorted(path.name for path in link.parent.iterdir()) == ["shortcut.clinic"]


def test_people_signing_in_at_once_do_not_hold_each_other_up(tmp_path: Path) -> None:
    whole = a_closed_clinic(tmp_path)
    with ThreadPoolExecutor(12) as pool:
        opened = list(pool.map(lambda _: enter(whole.path, tmp_path / "desk"), range(36)))
    assert {one.data_key for one in opened} == {whole.opened.data_key}


def test_a_new_clinic_never_takes_the_place_of_anything(tmp_path: Path) -> None:
    for name in ("maple.clinic", "maple.clinic.keys", "maple.clinic-wal"):
        there = tmp_path / name
        there.write_bytes(b"something")
        with pytest.raises(AlreadyThere):
            create(tmp_path / "maple.clinic", a_profile(), OWNER, FixedClock(NOON), cost=CHEAP)
        assert every_byte(tmp_path).keys() == {name}
        there.unlink()


def test_a_clinic_that_cannot_be_made_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NoFolder):
        create(tmp_path / "no" / "a.clinic", a_profile(), OWNER, FixedClock(NOON), cost=CHEAP)

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(engine.DiskFull):
        a_whole_clinic(tmp_path)
    assert not every_byte(tmp_path)


def test_a_library_with_the_wal_reset_defect_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = a_closed_clinic(tmp_path)
    monkeypatch.setattr("sqlcipher3.dbapi2.sqlite_version_info", (3, 51, 2))
    with pytest.raises(LibraryTooOld):
        enter(whole.path, tmp_path)


@pytest.mark.slow
def test_the_real_cost_of_a_guess_opens_a_real_clinic(tmp_path: Path) -> None:
    from clinicdesk.storage.clinic_file import unlock

    whole = a_whole_clinic(tmp_path, cost=STRONG)
    whole.records.close()
    assert unlock(whole.path, OWNER, desk=tmp_path / "desk").data_key == whole.opened.data_key
