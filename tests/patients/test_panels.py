# SPDX-License-Identifier: Apache-2.0
"""The card, the list, the palette's patients and the form for a new one, in a real room."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk as FrontDesk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.forms import DayEdit, FormDialog, TextEdit
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.patients.dialogs import PatientDialog
from clinicdesk.patients.model import (
    AddAlert,
    CardButton,
    CardFact,
    CardLine,
    CardSection,
    Demographics,
    EditPatient,
)
from clinicdesk.patients.panel import PatientCardPanel, PatientListPanel, PatientSource
from clinicdesk.wording.formats import Formats
from tests.patients.people import NAMES, Desk, a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path)
    made.register(*NAMES)
    yield made
    made.records.close()


@pytest.fixture
def room(desk: Desk, qtbot: QtBot) -> Iterator[Room]:
    theme = Theme("light")
    profile = desk.records.profile
    formats = Formats("en", "GB", profile.currency, profile.zone)
    notices = Notices(theme, formats)
    front = FrontDesk(notices, formats)
    bugs: list[BaseException] = []
    front.bug_found.connect(bugs.append)
    feed = ChangeFeed()
    desk.records.on_commit(feed.announce)
    actions: list[str] = []
    made = Room(
        front, feed, Spotlight(), notices, theme, formats, desk.actor, desk.records.clock,
        DeskSettings(), run_action=actions.append,
    )  # fmt: skip
    yield made
    qtbot.waitUntil(lambda: front.busy == 0)
    front.close()
    assert not bugs


def words(widget: QWidget) -> list[str]:
    """Return every label and button in sight, in order."""
    return [
        one.text()
        for one in widget.findChildren(QWidget)
        if isinstance(one, QLabel | QPushButton) and one.text() and one.isVisibleTo(widget)
    ]


def a_card(room: Room, desk: Desk, qtbot: QtBot, number: int) -> PatientCardPanel:
    def extras(patient_id: int, _beside: int) -> tuple[CardSection, ...]:
        return (
            CardSection(facts=(CardFact("Next", f"for {patient_id}"),)),
            CardSection("10:15", buttons=(CardButton("schedule.step", "In room", "F8", True),)),
        )

    card = PatientCardPanel(room, desk.patients, extras)
    qtbot.addWidget(card)
    card.show()
    with qtbot.waitSignal(card.answered):
        room.spotlight.show("patient", number)
    return card


def test_the_card_shows_two_identifiers_alerts_and_what_rooms_above_tell(
    room: Room, desk: Desk, qtbot: QtBot
) -> None:
    desk.patients.add_alert(AddAlert(1, "allergy", "Penicillin"), desk.actor)
    card = a_card(room, desk, qtbot, 1)
    shown = words(card)
    assert "Grace Adeyemi" in shown
    assert "47 y · 12 Mar 1979 · #1" in shown
    assert {"Penicillin", "Next", "for 1", "10:15", "In room  F8"} <= set(shown)


def test_a_movement_takes_one_line_and_its_tooltip_tells_the_whole(
    room: Room, desk: Desk, qtbot: QtBot
) -> None:
    whole = "Contractual write-off · Consultation, 15 minutes"
    lines = (CardLine("19 Aug", whole, "−23.80", "0.00"),)

    def extras(_patient_id: int, _beside: int) -> tuple[CardSection, ...]:
        return (CardSection("Ledger", lines=lines),)

    card = PatientCardPanel(room, desk.patients, extras)
    qtbot.addWidget(card)
    card.resize(room.theme.px(280), room.theme.px(600))
    card.show()
    with qtbot.waitSignal(card.answered):
        room.spotlight.show("patient", 1)
    qtbot.waitUntil(lambda: any(one.toolTip() == whole for one in card.findChildren(QLabel)))
    line = next(one for one in card.findChildren(QLabel) if one.toolTip() == whole)
    assert line.text().endswith("…")
    assert line.accessibleName() == whole
    assert line.height() < 2 * line.fontMetrics().height()


def test_a_press_on_the_phone_copies_it(room: Room, desk: Desk, qtbot: QtBot) -> None:
    card = a_card(room, desk, qtbot, 1)
    phone = next(b for b in card.findChildren(QPushButton) if b.text() == NAMES[0][3])
    qtbot.mouseClick(phone, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == NAMES[0][3]


def test_a_kept_card_stays_while_others_are_looked_at(room: Room, desk: Desk, qtbot: QtBot) -> None:
    card = a_card(room, desk, qtbot, 1)
    card.perform("patient.pin")
    room.spotlight.show("patient", 2)
    assert card.card is not None
    assert card.card.id == 1
    with qtbot.waitSignal(card.answered):
        card.perform("patient.pin")
    assert card.card.id == 2


def test_another_desks_edit_freshens_the_card(room: Room, desk: Desk, qtbot: QtBot) -> None:
    card = a_card(room, desk, qtbot, 1)
    with qtbot.waitSignal(card.answered):
        desk.patients.edit(EditPatient(1, 1, Demographics("Adeyemi-Bell", "Grace"), ()), desk.actor)
    assert "Grace Adeyemi-Bell" in words(card)


def test_hostile_names_are_plain_text_wherever_they_stand(
    room: Room, desk: Desk, qtbot: QtBot
) -> None:
    (number,) = desk.register(('<img src="http://localhost:1/">', "<b>&amp;", None, "&<i>12345"))
    card = a_card(room, desk, qtbot, number)
    labels = [label for label in card.findChildren(QLabel) if label.text()]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    assert '<b>&amp; <img src="http://localhost:1/">' in words(card)


def test_locking_takes_names_off_card_and_list(room: Room, desk: Desk, qtbot: QtBot) -> None:
    card = a_card(room, desk, qtbot, 1)
    listed = PatientListPanel(room, desk.patients)
    qtbot.addWidget(listed)
    with qtbot.waitSignal(listed.answered):
        listed.show()
    card.hide()
    listed.hide()
    card.forget()
    listed.forget()
    seen = " ".join(words(card) + words(listed))
    assert "Adeyemi" not in seen
    assert listed.table.rows.rows == []


def test_the_list_finds_while_typing_and_walks_with_the_arrows(
    room: Room, desk: Desk, qtbot: QtBot
) -> None:
    listed = PatientListPanel(room, desk.patients)
    qtbot.addWidget(listed)
    with qtbot.waitSignal(listed.answered):
        listed.show()
    assert len(listed.table.rows.rows) == len(NAMES)
    with qtbot.waitSignal(listed.answered):
        qtbot.keyClicks(listed.box, "ann")
    assert [row.name for row in listed.table.rows.rows] == ["Ann, Smithers", "Smith, Ann"]
    qtbot.keyClick(listed.box, Qt.Key.Key_Down)
    current = listed.table.current()
    assert current is not None
    assert room.spotlight.current("patient") == current.id
    with qtbot.waitSignal(listed.answered):
        qtbot.keyClick(listed.box, Qt.Key.Key_Escape)
    assert len(listed.table.rows.rows) == len(NAMES)


def test_the_palette_offers_patients_with_their_identifiers(room: Room, desk: Desk) -> None:
    source = PatientSource(room, desk.patients)
    assert source.question("a") is None
    question = source.question("adeyemi")
    assert question is not None
    (hit,) = question()
    assert (hit.title, hit.path) == ("Adeyemi, Grace", f"12 Mar 1979 · #1 · {NAMES[0][3]}")
    hit.act()
    assert room.spotlight.current("patient") == 1


def field(dialog: FormDialog, name: str) -> TextEdit | DayEdit:
    """Return a line of a form."""
    found = dialog.form.field(name)
    assert isinstance(found, TextEdit | DayEdit)
    return found


def test_a_new_patient_is_warned_of_while_typed_and_opened_instead(
    room: Room, desk: Desk, qtbot: QtBot
) -> None:
    dialog = PatientDialog(room, desk.patients, None, "Grace Adeyemi")
    dialog.open()
    qtbot.keyClicks(field(dialog, "born_on"), "12/03/1979")
    qtbot.waitUntil(lambda: any("same name, same date of birth" in text for text in words(dialog)))
    instead = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Open this one")
    qtbot.mouseClick(instead, Qt.MouseButton.LeftButton)
    assert room.spotlight.current("patient") == 1


def test_a_new_patient_is_registered_with_the_keys_alone(
    room: Room, desk: Desk, qtbot: QtBot
) -> None:
    dialog = PatientDialog(room, desk.patients, None)
    dialog.open()
    for name, text in (("family_name", "Novak"), ("given_name", "Eva"), ("born_on", "1/2/1990")):
        qtbot.keyClicks(field(dialog, name), text)
    with qtbot.waitSignal(room.notices.toasted) as said:
        qtbot.keyClick(field(dialog, "born_on"), Qt.Key.Key_Return)
    assert said.args is not None
    assert said.args[0] == "Eva Novak is registered."
    (hit,) = desk.patients.search("novak", desk.actor)
    assert hit.born_on == date(1990, 2, 1)
    qtbot.waitUntil(lambda: room.spotlight.current("patient") == hit.id)


def test_what_is_missing_is_said_beside_its_field(room: Room, desk: Desk, qtbot: QtBot) -> None:
    dialog = PatientDialog(room, desk.patients, None)
    dialog.open()
    qtbot.keyClick(field(dialog, "family_name"), Qt.Key.Key_Return)
    assert "This is needed." in words(dialog)
    dialog.reject()


def test_a_stale_form_says_so_and_keeps_what_was_typed(
    room: Room, desk: Desk, qtbot: QtBot
) -> None:
    seen = desk.patients.card(1, desk.actor)
    dialog = PatientDialog(room, desk.patients, seen)
    dialog.open()
    desk.patients.edit(EditPatient(1, 1, Demographics("Adeyemi", "Other"), ()), desk.actor)
    field(dialog, "given_name").setText("Mine")
    with qtbot.waitSignal(room.notices.bannered) as said:
        qtbot.keyClick(field(dialog, "given_name"), Qt.Key.Key_Return)
    assert said.args is not None
    assert "changed by someone else" in said.args[0]
    assert field(dialog, "given_name").text() == "Mine"
    dialog.reject()
