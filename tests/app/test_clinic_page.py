# SPDX-License-Identifier: Apache-2.0
"""The clinic's particulars are changed in the preferences, by those who may."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from clinicdesk.access.model import AddUser
from clinicdesk.app.clinic_page import ClinicParticulars
from clinicdesk.app.signing_in import Program
from clinicdesk.assembly import open_clinic
from clinicdesk.closing.model.day import FLOAT
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER
from clinicdesk.desktop.preferences import PreferencesDialog
from clinicdesk.storage.nameplate import name_of
from tests.app.signed_in import sitting


def shown(program: Program, qtbot: QtBot, path: Path, user: str) -> ClinicParticulars:
    program.enter(path)
    program._sign_in(user, DEMO_PASSWORD)
    own = sitting(program, qtbot)
    own.shell.acts.show_preferences("clinic")
    dialog = own.shell.findChild(PreferencesDialog)
    assert dialog is not None
    page = dialog.page("clinic")
    assert isinstance(page, ClinicParticulars)
    return page


def test_a_new_name_stands_in_the_title_on_papers_and_before_signing_in(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    page = shown(program, qtbot, path, DEMO_USER)
    own = program._sitting
    assert own is not None
    page.name.setText("Elm Clinic")
    page.address.setPlainText("1 Elm Road\n\nYork")
    page.float.set_value(15_000)
    page.form.commit()
    qtbot.waitUntil(lambda: bool(page.told.text()), timeout=10_000)
    assert "Elm Clinic" in own.shell.windowTitle()
    letterhead = own.clinic.closing.letterhead(own.room.formats)
    assert letterhead.name == "Elm Clinic"
    assert letterhead.lines[0] == "1 Elm Road, York"
    assert name_of(path) == "Elm Clinic"
    assert own.room.settings.get(FLOAT) == 15_000
    own.shell.undo()
    qtbot.waitUntil(lambda: "Maple Clinic" in own.shell.windowTitle(), timeout=10_000)
    qtbot.waitUntil(lambda: name_of(path) == "Maple Clinic", timeout=10_000)
    assert all(check.holds for check in own.clinic.verify())


def test_an_empty_name_is_refused_beside_its_field(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    page = shown(program, qtbot, path, DEMO_USER)
    page.name.setText(" ")
    page.form.commit()
    assert page.name.accessibleDescription()
    assert name_of(path) == "Maple Clinic"


def test_reception_reads_it_only(program: Program, path: Path, qtbot: QtBot) -> None:
    with open_clinic(path, DEMO_USER, DEMO_PASSWORD) as clinic:
        command = AddUser("rosa", "Rosa", "receptionist", DEMO_PASSWORD)
        clinic.access.add_user(command, clinic.actor)
    page = shown(program, qtbot, path, "rosa")
    assert page.name.isReadOnly()
    assert not page.verb.isEnabled()
