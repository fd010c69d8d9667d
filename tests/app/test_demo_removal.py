# SPDX-License-Identifier: Apache-2.0
"""The demo clinic is marked while it is open, and can be removed without a trace."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from clinicdesk.app.demo_making import remove_demo
from clinicdesk.app.signing_in import Program
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER
from clinicdesk.desktop.dialogs import ConfirmDialog
from clinicdesk.desktop.start_window import StartWindow
from tests.app.signed_in import sitting


def test_the_demo_says_what_it_is_and_goes_with_all_its_files(
    program: Program, path: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    for one in tmp_path.glob("plain.clinic*"):
        one.rename(folder / one.name)
    demo = folder / path.name
    backup = tmp_path / "plain-2026.clinicbackup"
    backup.write_bytes(b"kept")
    program.enter(demo)
    program._sign_in(DEMO_USER, DEMO_PASSWORD)
    own = sitting(program, qtbot)
    banners = own.shell.banners
    assert banners.lasting.isVisible()
    assert "DEMO" in banners.words.text()
    banners.act.click()
    dialog = own.shell.findChild(ConfirmDialog)
    assert dialog is not None
    dialog.accept()
    qtbot.waitUntil(lambda: isinstance(program._window, StartWindow), timeout=10_000)
    assert not folder.exists()
    assert backup.exists()
    assert program._places.recent() == ()
    assert program._places.last() is None
    start = program._window
    assert isinstance(start, StartWindow)
    assert not start.hint.isVisible()


def test_keeping_it_keeps_it(program: Program, path: Path, qtbot: QtBot) -> None:
    program.enter(path)
    program._sign_in(DEMO_USER, DEMO_PASSWORD)
    own = sitting(program, qtbot)
    own.shell.book.trigger("clinic.remove_demo")
    dialog = own.shell.findChild(ConfirmDialog)
    assert dialog is not None
    dialog.reject()
    assert path.exists()
    assert program._sitting is own


def test_a_folder_with_other_things_stays(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    for name in ("demo.clinic", "demo.clinic.keys", "demo.clinic.keys2", "letter.txt"):
        (folder / name).write_text("x")
    remove_demo(folder / "demo.clinic")
    assert [one.name for one in folder.iterdir()] == ["letter.txt"]
