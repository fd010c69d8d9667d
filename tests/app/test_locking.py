# SPDX-License-Identifier: Apache-2.0
"""The locked window: tiles, a quick change of person, and rights that change meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from clinicdesk.access.model import AddUser, ChangeRole, Deactivate
from clinicdesk.app.signing_in import Program
from clinicdesk.app.sitting import Sitting
from clinicdesk.assembly import Clinic, open_clinic
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER
from clinicdesk.desktop.login import LoginWindow
from clinicdesk.patients.model import PATIENTS, Demographics, RegisterPatient
from clinicdesk.storage.others import OthersActs
from tests.app.signed_in import sitting

ROSA = "rosa's long password"
NO_KEYS = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def path_with_rosa(path: Path) -> Path:
    with open_clinic(path, DEMO_USER, DEMO_PASSWORD) as clinic:
        command = AddUser("rosa", "Rosa Bell", "manager", ROSA)
        clinic.access.add_user(command, clinic.actor)
    return path


@pytest.fixture
def rosa(program: Program, path_with_rosa: Path, qtbot: QtBot) -> Sitting:
    program.enter(path_with_rosa)
    program._sign_in("rosa", ROSA)
    own = sitting(program, qtbot)
    qtbot.waitUntil(lambda: len(own.shell.curtain.tiles) == 2, timeout=10_000)
    return own


def enter(own: Sitting, password: str) -> None:
    QTest.keyClicks(own.shell.curtain.field, password)
    QTest.keyClick(own.shell.curtain.field, Qt.Key.Key_Return)


def test_tiles_show_who_may_sign_in_and_the_locker_first(rosa: Sitting) -> None:
    tiles = rosa.shell.curtain.tiles
    assert [tile.text() for tile in tiles] == ["Rosa Bell", "Ada"]
    assert tiles[0].isChecked()


def test_another_person_takes_over_under_the_curtain(
    program: Program, rosa: Sitting, qtbot: QtBot
) -> None:
    rosa.shell.book.trigger("clinic.lock")
    curtain = rosa.shell.curtain
    curtain.tiles[1].click()
    assert "Ada" in curtain.who.text()
    enter(rosa, "not Ada's password")
    qtbot.waitUntil(lambda: "not right" in curtain.hint.text(), timeout=10_000)
    assert program._sitting is rosa
    curtain.field.selectAll()
    enter(rosa, DEMO_PASSWORD)
    qtbot.waitUntil(lambda: program._sitting not in {None, rosa}, timeout=20_000)
    own = sitting(program, qtbot)
    assert own.clinic.actor.name == "Ada"
    assert not own.shell.is_locked
    qtbot.waitUntil(lambda: not isValid(rosa.shell), timeout=5_000)
    assert isValid(own.shell), "only the window of whoever left is gone, with all it showed"


def test_unlocking_is_slowed_down_like_signing_in(rosa: Sitting, qtbot: QtBot) -> None:
    rosa.shell.book.trigger("clinic.lock")
    curtain = rosa.shell.curtain
    for _ in range(6):
        curtain.field.selectAll()
        enter(rosa, "a guess")
        qtbot.waitUntil(curtain.field.isEnabled, timeout=10_000)
    assert "Try again in" in curtain.hint.text()


def test_what_was_typed_into_the_curtain_does_not_come_back_with_undo(
    rosa: Sitting, qtbot: QtBot
) -> None:
    rosa.shell.book.trigger("clinic.lock")
    curtain = rosa.shell.curtain
    curtain.show_box.setChecked(True)
    enter(rosa, ROSA)
    qtbot.waitUntil(lambda: not rosa.shell.is_locked, timeout=10_000)
    rosa.shell.book.trigger("clinic.lock")
    curtain.show_box.setChecked(True)
    QTest.keyClick(curtain.field, Qt.Key.Key_Z, CONTROL)
    assert curtain.field.text() == ""
    assert not rosa.room.desk.shelf.next_undo


def test_a_dialog_is_hidden_with_the_window_and_comes_back(rosa: Sitting, qtbot: QtBot) -> None:
    rosa.shell.book.trigger("access.change_password")
    dialog = rosa.shell.findChild(QDialog)
    assert dialog is not None
    assert dialog.isVisible()
    rosa._lock()
    assert not dialog.isVisible()
    enter(rosa, ROSA)
    qtbot.waitUntil(lambda: not rosa.shell.is_locked, timeout=10_000)
    assert dialog.isVisible()
    dialog.reject()


def beside(path: Path) -> Clinic:
    """Open the clinic as another program does."""
    return open_clinic(path, DEMO_USER, DEMO_PASSWORD)


def test_another_role_holds_at_once_without_signing_in_again(
    program: Program, rosa: Sitting, path: Path, qtbot: QtBot
) -> None:
    assert "people" in rosa.shell.yard
    with beside(path) as clinic:
        user = next(one for one in clinic.access.users(clinic.actor) if one.login == "rosa")
        clinic.access.change_role(ChangeRole(user.id, "receptionist", user.version), clinic.actor)
    qtbot.waitUntil(lambda: program._sitting not in {None, rosa}, timeout=20_000)
    own = sitting(program, qtbot)
    assert own.clinic.actor.role == "receptionist"
    assert "people" not in own.shell.yard
    assert own.clinic.patients.search("x", own.clinic.actor) == ()


def test_somebody_shut_out_is_shown_the_door(
    program: Program, rosa: Sitting, path: Path, qtbot: QtBot
) -> None:
    with beside(path) as clinic:
        user = next(one for one in clinic.access.users(clinic.actor) if one.login == "rosa")
        clinic.access.deactivate(Deactivate(user.id), clinic.actor)
    qtbot.waitUntil(lambda: isinstance(program._window, LoginWindow), timeout=20_000)
    assert program._sitting is None


def test_the_window_sees_what_the_command_line_wrote_and_nothing_of_its_own(
    rosa: Sitting, path: Path, qtbot: QtBot
) -> None:
    heard: list[object] = []
    rosa.room.feed.changed.connect(heard.append)
    others = OthersActs(rosa.clinic.records, rosa.clinic.actor)
    assert others() == 0
    with rosa.clinic.records.write(rosa.clinic.actor, "patients.view") as work:
        work.record("patient", 1)
    assert others() == 0
    with beside(path) as clinic:
        who = Demographics(family_name="Quill", given_name="Ann")
        clinic.patients.register(RegisterPatient(who), clinic.actor)
    assert others() > 0
    qtbot.waitUntil(lambda: len(heard) > 0, timeout=10_000)
    assert heard[0].touch(frozenset({PATIENTS}))  # type: ignore[attr-defined]


def test_a_clinic_in_a_synchronised_folder_is_warned_of(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    cloud = path.parent / "Dropbox"
    cloud.mkdir()
    for suffix in ("", ".keys", ".keys2"):
        Path(f"{path}{suffix}").rename(cloud / f"{path.name}{suffix}")
    program.enter(cloud / path.name)
    program._sign_in(DEMO_USER, DEMO_PASSWORD)
    own = sitting(program, qtbot)
    assert any("Dropbox" in label.text() for label in own.shell.banners.findChildren(QLabel))
