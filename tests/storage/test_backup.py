# SPDX-License-Identifier: Apache-2.0
"""Backups: one file, proved before it has a name; restored without a blend of old and new."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clinicdesk.kernel.moments import FixedClock
from clinicdesk.kernel.refusals import NotAllowed, Refusal, Trouble
from clinicdesk.storage.backup import (
    BackupDamaged,
    BackupMissing,
    BackupNotProved,
    NotABackup,
    Restored,
    back_up,
    container,
    restore,
)
from clinicdesk.storage.clinic_file import NoFolder, diagnose
from clinicdesk.storage.files import PLAIN_HEADER
from clinicdesk.storage.keys import ByCode, ByPassword, KeyRing, WrongPassword
from clinicdesk.storage.locks import ClinicInUse, WindowLock
from clinicdesk.storage.verify import run_checks
from tests.storage.opened import (
    CHEAP,
    OWNER,
    Whole,
    a_whole_clinic,
    act,
    enter,
    every_byte,
    signed_in,
)
from tests.support.clinics import NOON, an_actor


@pytest.fixture
def clinic(tmp_path: Path) -> Whole:
    home = tmp_path / "home"
    home.mkdir()
    whole = a_whole_clinic(home)
    act(whole.records, whole.owner, 30)
    return whole


@pytest.fixture
def backup(clinic: Whole, tmp_path: Path) -> Path:
    return back_up(clinic.records, clinic.opened.ring, tmp_path / "usb", clinic.owner).path


def put_back(backup: Path, to: Path, way: ByPassword | ByCode = OWNER) -> Restored:
    clock = FixedClock(NOON)
    return restore(backup, to, way, signed_in, clock, cost=CHEAP, desk=to.parent / "desk")


def trail(path: Path) -> list[tuple[int, int, str]]:
    opened = enter(path, path.parent / "desk")
    records = opened.records(FixedClock(NOON))
    with records.read() as reading:
        assert not [check for check in run_checks(reading) if not check.holds]
        raw = reading.connection.connection.driver_connection
        assert raw is not None
        rows = raw.execute("SELECT seq, epoch, action FROM audit ORDER BY seq").fetchall()
    records.close()
    return [tuple(row) for row in rows]


def test_a_backup_is_one_file_with_nothing_readable_in_it(clinic: Whole, backup: Path) -> None:
    assert backup.name == "maple-20261125-120000.clinicbackup"
    assert sorted(every_byte(backup.parent)) == [backup.name]
    body = backup.read_bytes()
    assert PLAIN_HEADER not in body
    assert b"Maple" not in body
    assert b"Ada Owner" not in body  # three letters alone do occur in half a megabyte of chance
    assert clinic.opened.data_key.hex().encode() not in body


def test_a_backup_is_noted_in_the_trail(clinic: Whole, backup: Path) -> None:
    clinic.records.close()
    assert trail(clinic.path)[31:] == [(32, 1, "storage.backup")]


def test_restoring_gives_what_was_backed_up_in_a_new_epoch(
    clinic: Whole, backup: Path, tmp_path: Path
) -> None:
    restored = put_back(backup, tmp_path / "copy.clinic")
    assert restored.aside is None
    rows = trail(tmp_path / "copy.clinic")
    assert [row[1] for row in rows] == [1] * 32 + [2]
    assert rows[-2:] == [(32, 1, "access.sign_in"), (33, 2, "storage.restore")]


def test_the_recovery_code_alone_restores(clinic: Whole, backup: Path, tmp_path: Path) -> None:
    shutil.rmtree(clinic.path.parent)
    restored = put_back(backup, tmp_path / "copy.clinic", ByCode(clinic.created.recovery))
    assert restored.epoch == 2
    assert trail(tmp_path / "copy.clinic")[-1][2] == "storage.restore"


def test_what_was_there_moves_aside_with_its_log_and_slots(
    clinic: Whole, backup: Path, tmp_path: Path
) -> None:
    act(clinic.records, clinic.owner, 5)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for path in clinic.path.parent.iterdir():
        if path.is_file():
            shutil.copy(path, crashed)
    to = crashed / "maple.clinic"
    old = every_byte(crashed)
    assert old.keys() >= {"maple.clinic-wal", "maple.clinic.keys2"}
    restored = put_back(backup, to)
    assert restored.aside is not None
    aside = restored.aside.name
    new = every_byte(crashed)
    for name, digest in old.items():
        assert new[name.replace("maple.clinic", aside)] == digest
    assert "maple.clinic-wal" not in new
    assert len(trail(to)) == 33, "nothing of the old log came back"
    assert len(trail(restored.aside)) == 37, "and what moved aside opens, with its log"


def test_a_clinic_open_in_a_window_is_not_replaced(clinic: Whole, backup: Path) -> None:
    lock = WindowLock.take(clinic.path, clinic.path.parent / "desk")
    clinic.records.close()
    before = every_byte(clinic.path.parent)
    with pytest.raises(ClinicInUse):
        put_back(backup, clinic.path)
    assert every_byte(clinic.path.parent) == before
    lock.release()


@pytest.mark.parametrize("stop", range(12))
def test_a_restore_cut_off_anywhere_leaves_the_old_or_the_new_whole(
    clinic: Whole, backup: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    act(clinic.records, clinic.owner, 5)
    clinic.records.close()
    left = stop

    class Killed(BaseException):
        pass

    def counted(real: Callable[..., Path]) -> Callable[..., Path]:
        def call(self: Path, target: Path) -> Path:
            nonlocal left
            if self.parent == clinic.path.parent:
                left -= 1
                if left < 0:
                    raise Killed
            return real(self, target)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", counted(Path.rename))
        patch.setattr(Path, "replace", counted(Path.replace))
        with contextlib.suppress(Killed):
            put_back(backup, clinic.path)
    rows = trail(clinic.path)
    if rows[-1][2] == "storage.restore":
        assert len(rows) == 33
    else:
        assert len(rows) == 37
        put_back(backup, clinic.path)
        assert len(trail(clinic.path)) == 33


@pytest.mark.parametrize("part", ["format", "lengths", "manifest", "keys", "database", "end"])
def test_a_changed_backup_is_refused_and_nothing_is_touched(
    clinic: Whole, backup: Path, tmp_path: Path, part: str
) -> None:
    body = bytearray(backup.read_bytes())
    manifest_at = 20 + 24
    keys_at = manifest_at + int.from_bytes(body[20:28])
    data_at = keys_at + int.from_bytes(body[28:36])
    place = {
        "format": 3, "lengths": 40, "manifest": manifest_at + 60, "keys": keys_at + 100,
        "database": data_at + 9000, "end": len(body) - 1,
    }[part]  # fmt: skip
    body[place] ^= 4
    backup.write_bytes(body)
    clinic.records.close()
    before = every_byte(clinic.path.parent)
    with pytest.raises((BackupDamaged, NotABackup)):
        put_back(backup, clinic.path)
    assert every_byte(clinic.path.parent) == before


@pytest.mark.parametrize("kept", [0, 10, 40, 2000, 20_000])
def test_a_backup_cut_short_is_refused(backup: Path, tmp_path: Path, kept: int) -> None:
    backup.write_bytes(backup.read_bytes()[:kept])
    with pytest.raises((BackupDamaged, NotABackup)):
        put_back(backup, tmp_path / "copy.clinic")
    assert not (tmp_path / "copy.clinic").exists()


def test_a_backup_put_together_from_two_is_refused(
    clinic: Whole, backup: Path, tmp_path: Path
) -> None:
    """The newer database behind the older manifest, digest and all, by someone without a key."""
    act(clinic.records, clinic.owner, 3)
    other = back_up(clinic.records, clinic.opened.ring, tmp_path / "usb", clinic.owner).path
    first, second = backup.read_bytes(), other.read_bytes()

    def parts(body: bytes) -> tuple[int, int]:
        keys_at = 44 + int.from_bytes(body[20:28])
        return keys_at, keys_at + int.from_bytes(body[28:36])

    mixed = first[: parts(first)[1]] + second[parts(second)[1] :]
    if len(mixed) == len(first):
        backup.write_bytes(mixed)
        with pytest.raises(BackupDamaged):
            put_back(backup, tmp_path / "copy.clinic")


def test_a_wrong_password_restores_nothing(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongPassword):
        put_back(backup, tmp_path / "copy.clinic", ByPassword("owner", "not this one at all"))
    assert not (tmp_path / "copy.clinic").exists()


def test_a_missing_or_foreign_file_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(BackupMissing):
        put_back(tmp_path / "none.clinicbackup", tmp_path / "copy.clinic")
    (tmp_path / "letter.txt").write_text("Dear clinic")
    with pytest.raises(NotABackup):
        put_back(tmp_path / "letter.txt", tmp_path / "copy.clinic")


def test_only_who_may_restore_does(clinic: Whole, backup: Path, tmp_path: Path) -> None:
    def somebody(*_: object) -> object:
        return an_actor("patients.view", role="receptionist")

    clinic.records.close()
    before = every_byte(clinic.path.parent)
    with pytest.raises(NotAllowed):
        restore(
            backup, clinic.path, OWNER, somebody, FixedClock(NOON),  # type: ignore[arg-type]
            cost=CHEAP, desk=tmp_path / "desk",
        )  # fmt: skip
    assert every_byte(clinic.path.parent) == before


def test_a_copy_that_does_not_prove_good_never_gets_a_name(
    clinic: Whole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = container.write_container

    def rotten(target: Path, *rest: object) -> None:
        real(target, *rest)  # type: ignore[arg-type]
        body = bytearray(target.read_bytes())
        body[-5000] ^= 1
        target.write_bytes(body)

    monkeypatch.setattr("clinicdesk.storage.backup.writing.write_container", rotten)
    with pytest.raises(BackupNotProved):
        back_up(clinic.records, clinic.opened.ring, tmp_path / "usb", clinic.owner)
    assert not every_byte(tmp_path / "usb")
    with clinic.records.read() as reading:
        raw = reading.connection.connection.driver_connection
        assert raw is not None
        assert not raw.execute("SELECT 1 FROM audit WHERE action = 'storage.backup'").fetchall()


def test_what_a_killed_backup_left_is_swept_away_later(clinic: Whole, backup: Path) -> None:
    old = backup.parent / ".maple-x.clinicbackup.0a0b.partial-copy"
    young = backup.parent / ".maple-y.clinicbackup.0a0b.partial"
    for path, age in ((old, 7 * 3600), (young, 60)):
        path.write_bytes(b"half")
        os.utime(path, (NOON.timestamp() - age, NOON.timestamp() - age))
    back_up(clinic.records, clinic.opened.ring, backup.parent, clinic.owner)
    assert not old.exists()
    assert young.exists()


def test_an_unplugged_drive_does_not_become_a_folder(clinic: Whole, tmp_path: Path) -> None:
    with pytest.raises(NoFolder):
        back_up(clinic.records, clinic.opened.ring, tmp_path / "usb" / "clinic", clinic.owner)
    assert not (tmp_path / "usb").exists()


def test_two_backups_in_one_second_do_not_overwrite_each_other(clinic: Whole, backup: Path) -> None:
    ring: KeyRing = clinic.opened.ring
    again = back_up(clinic.records, ring, backup.parent, clinic.owner).path
    assert again.name == "maple-20261125-120000-2.clinicbackup"
    assert backup.exists()


def test_a_backup_is_no_clinic(backup: Path) -> None:
    with pytest.raises(Trouble, match="is a backup"):
        diagnose(backup, CHEAP)


def test_a_removed_persons_password_opens_no_later_backup(clinic: Whole, tmp_path: Path) -> None:
    ring = clinic.opened.ring
    slot = ring.slot_for("mia", "another long password")
    ring.keep(slot)
    ring.drop(slot.slot_id)
    later = back_up(clinic.records, ring, tmp_path / "usb", clinic.owner).path
    with pytest.raises(Refusal):
        put_back(later, tmp_path / "copy.clinic", ByPassword("mia", "another long password"))
