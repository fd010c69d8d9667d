# SPDX-License-Identifier: Apache-2.0
"""The log on disk tells what failed and where, never of whom."""

from __future__ import annotations

import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinicdesk.desktop import log_file
from clinicdesk.desktop.crash import CrashNet, code
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Trouble

NAME = "Grace Adeyemi"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a log that is being written."""
    monkeypatch.setattr(log_file, "log_folder", lambda: tmp_path / "log")
    handler = log_file.begin()
    assert handler is not None
    yield tmp_path / "log"
    log_file.end(handler)


def told(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())


def a_bug() -> tuple[str, ...]:
    raise KeyError(NAME)


@pytest.mark.log_expected("clinicdesk")
def test_a_bug_stands_in_the_log_with_its_place_but_no_patient(
    qtbot: QtBot, room: Room, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, ...]] = []
    monkeypatch.setattr(room.notices, "tell", lambda *words: said.append(words))
    net = CrashNet(room.notices)
    room.desk.bug_found.connect(net.found)
    room.desk.ask(a_bug, said.append)
    qtbot.waitUntil(lambda: bool(said))
    try:
        a_bug()
    except KeyError:
        logging.getLogger("clinicdesk.somewhere").exception("it failed", stack_info=True)
    text = told(folder)
    assert "KeyError" in text
    assert "a_bug" in text
    assert "it failed" in text
    assert "Adeyemi" not in text
    assert str(folder / "clinicdesk.log") in said[0][2]


def test_trouble_stands_in_the_log_by_its_code_alone(
    qtbot: QtBot, room: Room, folder: Path
) -> None:
    trouble = Trouble(who=NAME)
    room.notices.trouble(trouble)
    assert code(trouble) in told(folder)
    assert "Adeyemi" not in told(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="other rights there")
def test_only_the_person_at_the_desk_can_read_it(folder: Path) -> None:
    assert stat.S_IMODE((folder / "clinicdesk.log").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_log_never_grows_past_its_bounds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _turn in range(5_000):
        logging.getLogger("clinicdesk.somewhere").info("x" * 1_000)
    files = list(folder.iterdir())
    assert 2 <= len(files) <= log_file.OLDER + 1
    assert sum(path.stat().st_size for path in files) <= log_file.LARGEST * (log_file.OLDER + 1)


def test_without_a_place_to_write_the_program_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(log_file, "log_folder", lambda: tmp_path / "file" / "log")
    assert log_file.begin() is None
    log_file.end(None)
