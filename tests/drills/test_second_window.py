# SPDX-License-Identifier: Apache-2.0
"""C1: a second program on the same clinic gives up at once and disturbs nobody."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from clinicdesk.kernel.moments import FixedClock
from tests.storage.opened import a_closed_clinic, act, enter, every_byte, signed_in
from tests.support.clinics import NOON

_WINDOW = """
import sys
from pathlib import Path
from clinicdesk.storage.locks import ClinicInUse, WindowLock
try:
    lock = WindowLock.take(Path(sys.argv[1]), Path(sys.argv[2]))
except ClinicInUse as trouble:
    print(trouble, flush=True)
    sys.exit(3)
print("open", flush=True)
sys.stdin.read()
lock.release()
"""


def a_window(path: Path, desk: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WINDOW, str(path), str(desk)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(window: subprocess.Popen[str]) -> str:
    assert window.stdout is not None
    return window.stdout.readline().strip()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    return a_closed_clinic(home).path


@pytest.mark.parametrize("name", ["maple.clinic", "soft.clinic", "hard.clinic"])
def test_a_second_window_gives_up_within_two_seconds(path: Path, tmp_path: Path, name: str) -> None:
    other = path.parent / name
    if name.startswith("soft"):
        other.symlink_to(path)
    elif name.startswith("hard"):
        os.link(path, other)
    first = a_window(path, tmp_path / "desk")
    assert said(first) == "open"
    began = time.perf_counter()
    second = a_window(other, tmp_path / "desk")
    assert "already open in another window" in said(second)
    second.communicate()
    assert second.returncode == 3
    assert time.perf_counter() - began < 2
    assert first.poll() is None
    first.communicate("")
    assert first.returncode == 0
    assert sorted(every_byte(path.parent)) == sorted(
        {path.name, f"{path.name}.keys", f"{path.name}.keys2", name}
    )


def test_after_a_killed_window_the_next_one_opens(path: Path, tmp_path: Path) -> None:
    first = a_window(path, tmp_path / "desk")
    assert said(first) == "open"
    first.kill()
    first.communicate()
    second = a_window(path, tmp_path / "desk")
    assert said(second) == "open"
    second.communicate("")


def test_the_command_line_works_beside_an_open_window(path: Path, tmp_path: Path) -> None:
    window = a_window(path, tmp_path / "desk")
    assert said(window) == "open"
    opened = enter(path, tmp_path / "desk")
    beside, main = opened.records(FixedClock(NOON)), opened.records(FixedClock(NOON))
    actor = signed_in(main, opened)
    for _ in range(10):
        act(main, actor)
        act(beside, actor)
    with main.read() as reading:
        rows = reading.connection.exec_driver_sql("SELECT count(*), max(seq) FROM audit").one()
    assert tuple(rows) == (22, 22)
    beside.close()
    act(main, actor)
    main.close()
    window.communicate("")
