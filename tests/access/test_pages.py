# SPDX-License-Identifier: Apache-2.0
"""The pages of people and of the trail, on a real clinic and real furniture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.access.dialogs import AddUserDialog, ChangePasswordDialog, ChangeRoleDialog
from clinicdesk.access.model import AddUser
from clinicdesk.access.panel import people, trail
from clinicdesk.access.panel.people import PeoplePanel
from clinicdesk.access.panel.trail import TrailPanel
from clinicdesk.access.queries import TrailQuestion
from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.wording.formats import Formats
from tests.storage.opened import PASSWORD, Whole, a_whole_clinic, act
from tests.support.clinics import NOON

LONG = "horse battery staple"


@dataclass
class Furnished:
    """A clinic with a room for its panels."""

    clinic: Whole
    room: Room
    qtbot: QtBot

    def show(self, panel: Panel[Any]) -> None:
        self.qtbot.addWidget(panel)
        with self.qtbot.waitSignal(panel.answered):
            panel.resize(900, 500)
            panel.show()

    def people(self) -> PeoplePanel:
        panel = PeoplePanel(self.room, self.clinic.access)
        self.show(panel)
        return panel

    def trail(self) -> TrailPanel:
        records = self.clinic.records
        panel = TrailPanel(
            self.room, self.clinic.access, lambda: records.profile.zone.day(records.clock.now())
        )
        self.show(panel)
        return panel


@pytest.fixture
def furnished(tmp_path: Path, qtbot: QtBot) -> Iterator[Furnished]:
    clinic = a_whole_clinic(tmp_path)
    profile = clinic.records.profile
    formats = Formats("en", "GB", profile.currency, profile.zone)
    theme = Theme("light")
    notices = Notices(theme, formats)
    desk = Desk(notices, formats)
    feed = ChangeFeed()
    clinic.records.on_commit(feed.announce)
    room = Room(
        desk,
        feed,
        Spotlight(),
        notices,
        theme,
        formats,
        clinic.owner,
        FixedClock(NOON),
        DeskSettings(),
    )
    yield Furnished(clinic, room, qtbot)
    desk.close()
    clinic.records.close()


def the_dialog(panel: QWidget, kind: type[QWidget]) -> Any:
    return panel.findChild(kind)


def test_a_person_is_added_from_the_page_and_appears(furnished: Furnished) -> None:
    panel = furnished.people()
    panel.perform(people.ADD)
    dialog = the_dialog(panel, AddUserDialog)
    dialog.form.field("name").setText("Nina <b>Nurse</b>")
    dialog.form.field("login").setText("nina")
    dialog.form.field("role").set_value("nurse")
    dialog.form.field("password").setText(LONG)
    dialog.form.field("again").setText(LONG + "r")
    dialog.form.commit()
    assert "not the same" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.form.field("again").setText(LONG)
    with furnished.qtbot.waitSignal(panel.answered):
        dialog.form.commit()
    assert [user.name for user in panel.table.rows.rows] == ["Ada Owner", "Nina <b>Nurse</b>"]


def test_a_refused_password_is_told_beside_its_field(furnished: Furnished) -> None:
    panel = furnished.people()
    panel.perform(people.ADD)
    dialog = the_dialog(panel, AddUserDialog)
    for name, text in (("name", "Nina"), ("login", "nina"), ("password", "x"), ("again", "x")):
        dialog.form.field(name).setText(text)
    dialog.form.commit()
    furnished.qtbot.waitUntil(lambda: bool(dialog.form.field("password").property("wrong")))
    assert dialog.isVisible()
    assert dialog.verb.isEnabled()


def test_acts_on_oneself_and_on_nobody_are_greyed_with_a_reason(furnished: Furnished) -> None:
    furnished.clinic.access.add_user(AddUser("nina", "Nina", "nurse", LONG), furnished.clinic.owner)
    panel = furnished.people()
    assert panel.why_not(people.ROLE)
    panel.table.choose(furnished.clinic.owner.user_id)
    assert panel.why_not(people.SHUT_OUT)
    assert not panel.why_not(people.PASSWORD)
    panel.table.choose(2)
    assert not panel.why_not(people.SHUT_OUT)
    panel.perform(people.ROLE)
    dialog = the_dialog(panel, ChangeRoleDialog)
    dialog.form.field("role").set_value("biller")
    with furnished.qtbot.waitSignal(panel.answered):
        dialog.form.commit()
    assert next(user.role for user in panel.table.rows.rows if user.id == 2) == "biller"


def test_ones_own_password_is_typed_unseen_and_kept_as_typed(furnished: Furnished) -> None:
    dialog = ChangePasswordDialog(furnished.room, furnished.clinic.access)  # goes by itself
    dialog.open()
    for name in ("old", "password", "again"):
        field = dialog.form.field(name)
        assert isinstance(field, QLineEdit)
        assert field.echoMode() == QLineEdit.EchoMode.Password
        field.setText(PASSWORD if name == "old" else f" {LONG} ")
    with furnished.qtbot.waitSignal(dialog.accepted):
        dialog.form.commit()
    assert furnished.clinic.opened.ring.is_password(f" {LONG} ")


def test_the_trail_is_read_in_words_and_narrowed(furnished: Furnished) -> None:
    act(furnished.clinic.records, furnished.clinic.owner, 3)
    with furnished.clinic.records.write(furnished.clinic.owner, "patients.edit") as work:
        work.record("patient", 7, patient_id=7, before={"a": 1}, after={"a": 2})
    panel = furnished.trail()
    assert [row.seq for row in panel.table.rows.rows] == [5, 4, 3, 2, 1]
    text = panel.table.as_text(rows=panel.table.rows.rows)
    assert "Patient changed" in text
    assert "Clinic made" in text
    assert "a: 1 → 2" in text
    assert panel.why_not(trail.OF_PATIENT)
    furnished.room.spotlight.show("patient", 7)
    assert not panel.why_not(trail.OF_PATIENT)
    with furnished.qtbot.waitSignal(panel.answered):
        panel.perform(trail.OF_PATIENT)
    assert [row.seq for row in panel.table.rows.rows] == [5]
    with furnished.qtbot.waitSignal(panel.answered):
        panel.perform(trail.OF_ALL)
    with furnished.qtbot.waitSignal(panel.answered):
        panel.act.set_value("access.establish")
    assert [row.seq for row in panel.table.rows.rows] == [1]


def test_locking_leaves_no_name_in_the_widgets(furnished: Furnished) -> None:
    panel, page = furnished.people(), furnished.trail()
    for one in (panel, page):
        one.forget()
        assert not one.table.rows.rows
    assert len(furnished.clinic.access.trail(TrailQuestion(), furnished.clinic.owner)) == 1
