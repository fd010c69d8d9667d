# SPDX-License-Identifier: Apache-2.0
"""R3: the disk fills up under the desk; it is told plainly, and goes on once there is room."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinicdesk.ledger.service import Ledger
from clinicdesk.storage.backup import SpaceShort, back_up
from clinicdesk.storage.engine import DiskFailed, DiskFull
from clinicdesk.storage.verify import VERSION, run_checks
from tests.drills.day_at_the_desk import ACTS, a_clinic_to_work_in, a_desk
from tests.storage.opened import a_whole_clinic, every_byte

pytestmark = pytest.mark.slow


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.name == "nt" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_loses_nothing_and_the_desk_goes_on_without_a_restart(
    small_disk: Path,
) -> None:
    path, data_key = a_clinic_to_work_in(small_disk)
    desk = a_desk(path, data_key)
    ballast = small_disk / "ballast"
    acknowledged: list[str] = []
    told: list[str] = []
    number = 0
    for fill in range(3):
        room = os.statvfs(small_disk)
        with ballast.open("wb") as file:
            file.write(b"x" * max(0, room.f_bavail * room.f_frsize - (40_000 << fill)))
        tries = 0
        while tries < 8:
            kind = ACTS[number % len(ACTS)]
            key = f"{kind}-{number}"
            try:
                desk.act(kind, number, key)
            except (DiskFull, DiskFailed) as trouble:
                told.append(str(trouble))
                tries += 1
                continue
            acknowledged.append(key)
            number += 1
        ballast.unlink()
        for _ in range(4):  # the same act again, with the same key, now that there is room
            kind = ACTS[number % len(ACTS)]
            desk.act(kind, number, f"{kind}-{number}")
            acknowledged.append(f"{kind}-{number}")
            number += 1
    with desk.records.read() as reading:
        kept = {
            str(key) for (key,) in reading.connection.exec_driver_sql("SELECT key FROM command")
        }
        checks = run_checks(reading, (Ledger(desk.records).checks,))
    desk.records.close()
    assert set(acknowledged) <= kept
    assert len(told) == 24
    assert all("not saved" in words for words in told)
    assert [check for check in checks if not check.holds and check.name != VERSION] == []


def test_a_backup_to_a_full_disk_says_so_and_leaves_nothing(
    small_disk: Path, tmp_path: Path
) -> None:
    whole = a_whole_clinic(tmp_path)
    room = os.statvfs(small_disk)
    free = room.f_bavail * room.f_frsize
    (small_disk / "ballast").write_bytes(b"x" * (free - 500_000))
    with pytest.raises(SpaceShort):
        back_up(whole.records, whole.opened.ring, small_disk, whole.owner)
    assert sorted(every_byte(small_disk)) == ["ballast"]


def test_a_limit_on_file_size_is_told_as_the_disks_error(tmp_path: Path) -> None:
    """RLIMIT_FSIZE: what a quota or an old file system does."""
    path, data_key = a_clinic_to_work_in(tmp_path)
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
            desk = a_desk(path, data_key)
            number = 0
            try:
                while number < 5000:
                    kind = ACTS[number % len(ACTS)]
                    desk.act(kind, number, f"{kind}-{number}")
                    number += 1
            except (DiskFull, DiskFailed):
                code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    desk = a_desk(path, data_key)
    with desk.records.read() as reading:
        wrong = [check.name for check in run_checks(reading) if not check.holds]
    desk.records.close()
    assert wrong in ([], [VERSION])


def test_memory_for_keys_is_asked_for_only_as_much_as_the_papers_allow() -> None:
    """K5: the recovery slot's 256 MiB is the most a login may take."""
    from clinicdesk.storage.keys import STRONG

    assert STRONG.recovery.memory_kib <= 300 * 1024
    assert ctypes.sizeof(ctypes.c_void_p) >= 8, "a 32-bit process could not spare it"
