# SPDX-License-Identifier: Apache-2.0
"""Coming to a clinic: the start window, the demo clinic, sign-in, a lost password, a restore."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinicdesk import assembly
from clinicdesk.app import places
from clinicdesk.app.signing_in import Program
from clinicdesk.assembly import open_clinic
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER
from clinicdesk.desktop.login import LoginWindow
from clinicdesk.desktop.login_recovery import RecoveryDialog, RestoreDialog
from clinicdesk.desktop.start_window import StartWindow
from clinicdesk.storage.keys import RecoveryCode
from clinicdesk.storage.nameplate import name_of
from tests.app.signed_in import sitting

NEW_PASSWORD = "another long password"


def words(window: object) -> str:
    assert isinstance(window, StartWindow | LoginWindow | RecoveryDialog | RestoreDialog)
    return "\n".join(label.text() for label in window.findChildren(QLabel))


def test_without_a_clinic_the_start_window_offers_ways_that_all_work(program: Program) -> None:
    program.show_start()
    start = program._window
    assert isinstance(start, StartWindow)
    assert list(start.buttons)[:3] == ["new", "open", "demo"]
    assert all(button.isEnabled() and button.accessibleName() for button in start.buttons.values())


def test_a_clinic_opened_before_is_offered_by_its_name(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    program._places.remember(path)
    program.show_start()
    start = program._window
    assert isinstance(start, StartWindow)
    assert "Maple Clinic" in words(start)
    start.buttons[f"recent:{path}"].click()
    assert isinstance(program._window, LoginWindow)
    assert "Maple Clinic" in words(program._window)


def test_a_file_without_a_name_is_headed_by_its_own(tmp_path: Path) -> None:
    assert name_of(tmp_path / "rose-hill.clinic") == "Rose hill"


def test_an_older_clinic_gets_its_name_at_the_first_opening(path: Path) -> None:
    with open_clinic(path, DEMO_USER, DEMO_PASSWORD) as clinic:
        clinic.opened.ring.set_name("")
    assert name_of(path) == "Plain"
    open_clinic(path, DEMO_USER, DEMO_PASSWORD).close()
    assert name_of(path) == "Maple Clinic"


def test_trying_the_demo_makes_it_and_opens_it_without_a_password(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = partial(assembly.make_demo_clinic, patients=20, providers=1)
    monkeypatch.setattr(assembly, "make_demo_clinic", small)
    program.show_start()
    assert isinstance(program._window, StartWindow)
    program._window.buttons["demo"].click()
    assert program._front.window is not None
    own = sitting(program, qtbot, 60_000)
    assert own.clinic.path == places.demo_file()
    assert own.clinic.records.profile.demo
    assert places.demo_file().parent.parent == places.data_folder()


def test_a_demo_that_is_stopped_leaves_nothing(program: Program, qtbot: QtBot) -> None:
    program.show_start()
    assert isinstance(program._window, StartWindow)
    program._window.buttons["demo"].click()
    front = program._front.window
    assert front is not None
    qtbot.waitUntil(lambda: front.bar.maximum() > 0, timeout=30_000)
    front.button.click()
    qtbot.waitUntil(lambda: isinstance(program._window, StartWindow), timeout=10_000)
    assert list(places.data_folder().rglob("*.clinic")) == []


def test_a_lost_password_is_set_anew_with_the_recovery_code(
    program: Program, path: Path, made: tuple[Path, RecoveryCode, Path], qtbot: QtBot
) -> None:
    assert program.enter(path)
    login = program._window
    assert isinstance(login, LoginWindow)
    login.recovery_wanted.emit()
    dialog = login.findChild(RecoveryDialog)
    assert dialog is not None
    dialog.code.setText("AAAAA-" + made[1].text[6:])
    dialog.password.setText(NEW_PASSWORD)
    dialog.again.setText(NEW_PASSWORD)
    dialog.submit()
    qtbot.waitUntil(lambda: "Group 1" in dialog.hint.text(), timeout=10_000)
    dialog.code.setText(made[1].text.lower())
    dialog.submit()
    own = sitting(program, qtbot)
    assert own.clinic.actor.role == "owner"
    assert own.clinic.opened.ring.is_password(NEW_PASSWORD)


def test_a_backup_is_restored_on_a_new_machine_with_the_code_alone(
    program: Program,
    made: tuple[Path, RecoveryCode, Path],
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    to = tmp_path / "new" / "clinic.clinic"
    to.parent.mkdir()
    monkeypatch.setattr(
        "clinicdesk.app.restoring.QFileDialog.getOpenFileName", lambda *_a, **_k: (str(made[2]), "")
    )
    monkeypatch.setattr(
        "clinicdesk.app.restoring.QFileDialog.getSaveFileName", lambda *_a, **_k: (str(to), "")
    )
    program.show_start()
    start = program._window
    assert isinstance(start, StartWindow)
    start.buttons["restore"].click()
    qtbot.waitUntil(lambda: start.findChild(RestoreDialog) is not None, timeout=10_000)
    dialog = start.findChild(RestoreDialog)
    assert dialog is not None
    assert made[2].name in words(dialog)
    dialog.turn.click()
    dialog.code.setText(made[1].text)
    dialog.password.setText(NEW_PASSWORD)
    dialog.again.setText(NEW_PASSWORD)
    dialog.submit()
    own = sitting(program, qtbot, 60_000)
    assert own.clinic.path == to
    assert own.clinic.opened.ring.is_password(NEW_PASSWORD)


def test_another_clinic_is_come_to_from_the_menu(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    program.enter(path)
    program._sign_in(DEMO_USER, DEMO_PASSWORD)
    own = sitting(program, qtbot)
    own.shell.book.trigger("clinic.other")
    qtbot.waitUntil(lambda: isinstance(program._window, StartWindow))
    assert not program._claim.locked
