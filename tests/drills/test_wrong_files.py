# SPDX-License-Identifier: Apache-2.0
"""R9: every wrong file has its own plain words, and is left exactly as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.storage.backup import back_up
from clinicdesk.storage.clinic_file import (
    ClinicCutShort,
    ClinicDamaged,
    ClinicEmpty,
    ClinicIsFolder,
    ClinicMissing,
    IsABackup,
    NoPermission,
    NotAClinic,
    OldCipher,
    PlainDatabase,
)
from clinicdesk.storage.engine import connect
from clinicdesk.storage.keys import (
    ByPassword,
    KeySlotsDamaged,
    KeySlotsForeign,
    KeySlotsMissing,
    WrongPassword,
)
from clinicdesk.storage.migrations import ClinicTooNew
from tests.storage.opened import OWNER, Whole, a_whole_clinic, enter, every_byte

Spoil = Callable[[Whole, Path], Any]


def missing(whole: Whole, path: Path) -> None:
    path.unlink()


def a_folder(whole: Whole, path: Path) -> None:
    path.unlink()
    path.mkdir()


def empty(whole: Whole, path: Path) -> None:
    path.write_bytes(b"")


def header_only(whole: Whole, path: Path) -> None:
    path.write_bytes(path.read_bytes()[:16])


def a_letter(whole: Whole, path: Path) -> None:
    path.write_text("Dear clinic, " * 1000)
    for suffix in (".keys", ".keys2"):
        path.with_name(path.name + suffix).unlink()


def plain_sqlite(whole: Whole, path: Path) -> None:
    path.unlink()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE patient (name TEXT)")
    plain.commit()
    plain.close()


def no_slots(whole: Whole, path: Path) -> None:
    for suffix in (".keys", ".keys2"):
        path.with_name(path.name + suffix).unlink()


def broken_slots(whole: Whole, path: Path) -> None:
    for suffix in (".keys", ".keys2"):
        path.with_name(path.name + suffix).write_text("{}")


def another_clinics_slots(whole: Whole, path: Path) -> None:
    other = path.parent / "other"
    other.mkdir()
    another = a_whole_clinic(other)
    another.records.close()
    for suffix in (".keys", ".keys2"):
        shutil.copy(f"{another.path}{suffix}", f"{path}{suffix}")
    shutil.rmtree(other)


def damaged(whole: Whole, path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[1000] ^= 1
    path.write_bytes(body)


def newer(whole: Whole, path: Path) -> None:
    raw = connect(path, whole.opened.data_key)
    raw.execute("PRAGMA user_version=99")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def another_programs(whole: Whole, path: Path) -> None:
    raw = connect(path, whole.opened.data_key)
    raw.execute("PRAGMA application_id=7")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def old_cipher(whole: Whole, path: Path) -> None:
    """The same key and salt, with the settings of SQLCipher 3."""
    salt = path.read_bytes()[:16].hex()
    path.unlink()
    raw = dbapi2.connect(str(path), isolation_level=None)
    raw.execute(f"PRAGMA key=\"x'{whole.opened.data_key.hex()}{salt}'\"")
    raw.execute("PRAGMA cipher_compatibility=3")
    for number in range(3):
        raw.execute(f"CREATE TABLE t{number} (a)")
    raw.close()


def a_backup(whole: Whole, path: Path) -> None:
    made = path.parent / "made"
    made.mkdir()
    records = whole.opened.records(whole.records.clock)
    backup = back_up(records, whole.opened.ring, made, whole.owner).path
    records.close()
    path.write_bytes(backup.read_bytes())
    shutil.rmtree(made)


CASES: tuple[tuple[Spoil, type[Exception]], ...] = (
    (missing, ClinicMissing),
    (a_folder, ClinicIsFolder),
    (empty, ClinicEmpty),
    (header_only, ClinicCutShort),
    (a_letter, NotAClinic),
    (plain_sqlite, PlainDatabase),
    (no_slots, KeySlotsMissing),
    (broken_slots, KeySlotsDamaged),
    (another_clinics_slots, KeySlotsForeign),
    (damaged, ClinicDamaged),
    (newer, ClinicTooNew),
    (another_programs, NotAClinic),
    (old_cipher, OldCipher),
    (a_backup, IsABackup),
)


def spoilt(folder: Path, spoil: Spoil) -> Path:
    """Make a clinic, spoil it, and copy it, so that this process never opened the copy."""
    home, copy = folder / "home", folder / "copy"
    home.mkdir()
    whole = a_whole_clinic(home)
    whole.records.close()
    spoil(whole, whole.path)
    shutil.copytree(home, copy)
    return copy / whole.path.name


@pytest.mark.parametrize(("spoil", "trouble"), CASES, ids=[case[0].__name__ for case in CASES])
def test_each_wrong_file_is_told_apart_and_left_alone(
    tmp_path: Path, spoil: Spoil, trouble: type[Exception]
) -> None:
    path = spoilt(tmp_path, spoil)
    before = every_byte(path.parent)
    with pytest.raises(trouble) as told:
        enter(path, tmp_path / "desk")
    assert type(told.value) is trouble
    assert every_byte(path.parent) == before
    assert "{" not in str(told.value), "every field has its value"


def test_a_wrong_or_empty_password_is_told_and_leaves_no_file(tmp_path: Path) -> None:
    path = spoilt(tmp_path, lambda whole, path: None)
    before = every_byte(path.parent)
    for way in (ByPassword("owner", "wrong"), ByPassword("owner", ""), ByPassword("", "wrong")):
        with pytest.raises(WrongPassword):
            enter(path, tmp_path / "desk", way)
    assert every_byte(path.parent) == before


def test_a_file_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    path = spoilt(tmp_path, lambda whole, path: None)
    path.chmod(0o400)
    if os.access(path, os.W_OK):  # root may do anything: ask what another user would be told
        pid = os.fork()
        if pid == 0:
            told = 1
            try:
                top = Path(tempfile.gettempdir())
                for folder in (path, *path.parents):
                    if folder.is_relative_to(top) and folder != top:
                        folder.chmod(folder.stat().st_mode | 0o055)
                path.chmod(0o400)
                os.setuid(65534)
                enter(path, tmp_path / "desk")
            except NoPermission:
                told = 0
            finally:
                os._exit(told)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
        return
    with pytest.raises(NoPermission):
        enter(path, tmp_path / "desk")


def test_no_two_cases_have_the_same_words() -> None:
    words = {
        cls.__name__: (cls.what if issubclass(cls, Trouble) else cls.wording)
        for cls in {*(case[1] for case in CASES), NoPermission, WrongPassword}
        if issubclass(cls, Trouble | Refusal)
    }
    assert len(set(words.values())) == len(words) >= 14


def test_a_right_opening_still_works_after_all_that(tmp_path: Path) -> None:
    path = spoilt(tmp_path, lambda whole, path: None)
    assert enter(path, tmp_path / "desk", OWNER).version == 1
