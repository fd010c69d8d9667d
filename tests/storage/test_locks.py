# SPDX-License-Identifier: Apache-2.0
"""One window per clinic, whatever the file is called and however the last one ended."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from clinicdesk.storage import locks
from clinicdesk.storage.locks import ClinicInUse, WindowLock
from tests.storage.opened import a_closed_clinic, enter


@pytest.fixture
def path(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return a_closed_clinic(home).path


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return tmp_path / "desk"


def test_a_second_window_is_refused_until_the_first_is_closed(path: Path, desk: Path) -> None:
    first = WindowLock.take(path, desk)
    assert locks.is_held(path, desk)
    with pytest.raises(ClinicInUse):
        WindowLock.take(path, desk)
    first.release()
    assert not locks.is_held(path, desk)
    WindowLock.take(path, desk).release()


def test_letting_go_leaves_no_file_behind(path: Path, desk: Path) -> None:
    before = set(path.parent.iterdir())
    WindowLock.take(path, desk).release()
    assert set(path.parent.iterdir()) == before
    assert not list((desk / "locks").iterdir())


@pytest.mark.parametrize("kind", ["symbolic", "hard"])
@pytest.mark.parametrize("place", ["home", "elsewhere"])
def test_another_name_of_the_same_file_is_the_same_file(
    path: Path, desk: Path, tmp_path: Path, kind: str, place: str
) -> None:
    other = tmp_path / place / "other.clinic"
    other.parent.mkdir(exist_ok=True)
    other.symlink_to(path) if kind == "symbolic" else os.link(path, other)
    first = WindowLock.take(path, desk)
    with pytest.raises(ClinicInUse):
        WindowLock.take(other, desk)
    first.release()
    WindowLock.take(other, desk).release()


def test_the_command_line_may_work_beside_a_window_but_not_under_another_name(
    path: Path, desk: Path
) -> None:
    lock = WindowLock.take(path, desk)
    enter(path, desk)
    other = path.with_name("other.clinic")
    os.link(path, other)
    for suffix in (".keys", ".keys2"):
        os.link(path.with_name(path.name + suffix), other.with_name(other.name + suffix))
    enter(path, desk)
    with pytest.raises(ClinicInUse):
        enter(other, desk)
    lock.release()


def test_a_stale_file_of_a_killed_window_is_no_lock(path: Path, desk: Path) -> None:
    child = os.fork()
    if child == 0:
        WindowLock.take(path, desk)
        os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert list(path.parent.glob(".*.lock"))
    WindowLock.take(path, desk).release()


@pytest.mark.skipif(not hasattr(os, "setuid") or os.getuid() != 0, reason="needs two users")
def test_another_user_of_the_machine_is_refused_too(path: Path, desk: Path, tmp_path: Path) -> None:
    for folder in (path, *path.parents):
        if folder.is_relative_to(tempfile.gettempdir()) and folder != Path(tempfile.gettempdir()):
            folder.chmod(folder.stat().st_mode | 0o055)
    lock = WindowLock.take(path, desk)
    theirs = tmp_path / "theirs"
    theirs.mkdir(mode=0o777)
    theirs.chmod(0o777)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.setuid(65534)
            WindowLock.take(path, theirs)
        except ClinicInUse:
            code = 0
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    lock.release()


def test_a_planted_link_is_not_followed(path: Path, desk: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    status = path.stat()
    name = f".clinicdesk-{status.st_dev:x}-{status.st_ino:x}.lock"
    path.with_name(name).symlink_to(victim)
    lock = WindowLock.take(path, desk)
    with pytest.raises(ClinicInUse):
        WindowLock.take(path, desk)
    lock.release()
    assert victim.read_bytes() == b"precious"


def test_on_windows_words_a_refused_lock_is_a_clinic_in_use(path: Path, desk: Path) -> None:
    with pytest.raises(ClinicInUse):
        WindowLock.take(path, desk, try_lock=lambda handle: False)
    WindowLock.take(path, desk, try_lock=lambda handle: True).release()
