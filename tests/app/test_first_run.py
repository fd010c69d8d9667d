# SPDX-License-Identifier: Apache-2.0
"""The first run by keyboard, from the start window to the book of one's own clinic."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clinicdesk import assembly
from clinicdesk.app import places
from clinicdesk.app.daily_backup import StandingOrder
from clinicdesk.app.first_run import coming, making
from clinicdesk.app.first_run.safety_pages import CodePage, PlacePage
from clinicdesk.app.first_run.who_pages import ClinicPage, LookPage, OwnerPage
from clinicdesk.app.first_run.wizard import FirstRun
from clinicdesk.app.signing_in import Program
from clinicdesk.desktop.start_window import StartWindow
from clinicdesk.desktop.view_choices import LANGUAGE
from clinicdesk.storage.clinic_file import NoPermission
from clinicdesk.wording import text
from tests.app.hands import Hands
from tests.app.signed_in import sitting

Key = Qt.Key
PASSWORD = "orchard lanterns at noon"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    text.use("en")
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def begun(program: Program, qtbot: QtBot) -> tuple[FirstRun, Hands]:
    """Come to the first page from the start window."""
    program.show_start()
    start = program._window
    assert isinstance(start, StartWindow)
    qtbot.waitExposed(start)
    start.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is start)
    hands = Hands(qtbot, start)
    hands.key(Key.Key_Return)
    assert program._new is not None
    wizard = program._new.window
    assert wizard is not None
    hands.front = wizard
    wizard.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is wizard)
    return wizard, hands


def asked_code(wizard: FirstRun) -> tuple[str, str]:
    page = wizard.page
    assert isinstance(page, CodePage)
    first, second = page.asked
    groups = wizard.plan.code.groups
    return groups[first - 1], groups[second - 1]


def to_the_last_page(wizard: FirstRun, hands: Hands) -> None:
    hands.key(Key.Key_Return)
    hands.type("Rose Hill Practice")
    hands.key(Key.Key_Return)
    hands.type("Dr Ada Okafor")
    for typed in ("", PASSWORD, PASSWORD):  # the sign-in name proposes itself
        hands.key(Key.Key_Tab)
        hands.type(typed)
    for _page in ("owner", "hours", "people", "types"):
        hands.key(Key.Key_Return)
    first, second = asked_code(wizard)
    hands.type(first)
    hands.key(Key.Key_Tab)
    hands.type(second)
    hands.key(Key.Key_Return)
    assert isinstance(wizard.page, PlacePage)


def test_a_clinic_is_made_by_keyboard_within_45_keys(
    program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    disk = tmp_path / "stick"
    disk.mkdir()
    wizard, hands = begun(program, qtbot)
    assert isinstance(wizard.page, LookPage)
    to_the_last_page(wizard, hands)
    hands.type(str(disk))
    hands.key(Key.Key_Return)
    own = sitting(program, qtbot, 60_000)
    assert hands.keys <= 45
    clinic = own.clinic
    assert clinic.records.profile.name == "Rose Hill Practice"
    assert clinic.actor.role == "owner"
    assert clinic.path.parent.parent == places.data_folder()
    assert [one.name for one in clinic.staff.members(clinic.actor)] == ["Dr Ada Okafor"]
    assert len(clinic.schedule.types(clinic.actor)) == 4
    assert StandingOrder(program._settings, clinic.records.profile.uuid).folder == disk
    qtbot.waitUntil(lambda: bool(list(disk.glob("*.clinicbackup"))), timeout=20_000)
    assert program._places.last() == clinic.path


def test_the_demo_is_at_most_four_keys_away(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = partial(assembly.make_demo_clinic, patients=20, providers=1)
    monkeypatch.setattr(assembly, "make_demo_clinic", small)
    program.show_start()
    start = program._window
    assert isinstance(start, StartWindow)
    start.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is start)
    hands = Hands(qtbot, start)
    hands.key(Key.Key_Down)
    hands.key(Key.Key_Down)
    hands.key(Key.Key_Return)
    own = sitting(program, qtbot, 60_000)
    assert own.clinic.records.profile.demo
    assert hands.keys <= 4


def test_going_back_forgets_nothing_and_the_code_stays_the_same(
    program: Program, qtbot: QtBot
) -> None:
    wizard, hands = begun(program, qtbot)
    to_the_last_page(wizard, hands)
    code = wizard.plan.code
    for _page in range(6):
        hands.key(Key.Key_Escape)
    page = wizard.page
    assert isinstance(page, ClinicPage)
    assert page.name.text() == "Rose Hill Practice"
    for _page in range(6):
        hands.key(Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(wizard.page, PlacePage)
    assert wizard.plan.code == code


def test_back_from_the_first_page_is_the_start_window_and_nothing_was_made(
    program: Program, qtbot: QtBot
) -> None:
    _wizard, hands = begun(program, qtbot)
    hands.key(Key.Key_Escape)
    assert isinstance(program._window, StartWindow)
    assert program._new is not None
    assert program._new.window is None
    assert not list(places.data_folder().rglob("*.clinic"))


def test_the_language_counts_at_once(program: Program, qtbot: QtBot) -> None:
    wizard, _hands = begun(program, qtbot)
    page = wizard.page
    assert isinstance(page, LookPage)
    page.language.set_value("de")
    qtbot.waitUntil(lambda: wizard.page is not page)
    assert text.language() == "de"
    assert program._settings.get(LANGUAGE) == "de"
    assert isinstance(wizard.page, LookPage)
    assert wizard.page.language.value() == "de"


def test_the_country_brings_its_number_its_zones_and_its_regions(
    program: Program, qtbot: QtBot
) -> None:
    wizard, hands = begun(program, qtbot)
    hands.key(Key.Key_Return)
    page = wizard.page
    assert isinstance(page, ClinicPage)
    page.country.set_value("DE")
    assert wizard.plan.pack.currency == "EUR"
    assert page.tax_number.accessibleName() == "Steuernummer"
    assert page.region.isVisible()
    assert not page.zone.isVisible()
    page.country.set_value("US")
    assert page.zone.isVisible()
    assert not page.region.isVisible()


def test_what_is_missing_is_said_beside_its_field(program: Program, qtbot: QtBot) -> None:
    wizard, hands = begun(program, qtbot)
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Return)
    page = wizard.page
    assert isinstance(page, ClinicPage)
    assert wizard.focusWidget() is page.name
    assert page.name.accessibleDescription() == "This is needed."


def test_passwords_that_differ_are_not_taken(program: Program, qtbot: QtBot) -> None:
    wizard, hands = begun(program, qtbot)
    hands.key(Key.Key_Return)
    hands.type("Rose Hill")
    hands.key(Key.Key_Return)
    page = wizard.page
    assert isinstance(page, OwnerPage)
    page.name.setText("Ada")
    page.login.setText("ada")
    page.password.setText(PASSWORD)
    page.again.setText(PASSWORD + "x")
    hands.key(Key.Key_Return)
    assert wizard.page is page
    page.propose.click()
    hands.key(Key.Key_Return)
    assert wizard.page is not page


def test_a_wrong_group_of_the_code_is_named(program: Program, qtbot: QtBot) -> None:
    wizard, hands = begun(program, qtbot)
    to_the_last_page(wizard, hands)
    hands.key(Key.Key_Escape)
    page = wizard.page
    assert isinstance(page, CodePage)
    page.typed[0].setText("AAAAA")
    hands.key(Key.Key_Return)
    assert wizard.page is page
    assert str(page.asked[0]) in page.typed[0].accessibleDescription()


def test_a_clinic_that_cannot_be_made_leads_back_to_the_last_page(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard, hands = begun(program, qtbot)
    to_the_last_page(wizard, hands)

    def full(*_parts: object, **_named: object) -> None:
        raise NoPermission(places.data_folder())

    with monkeypatch.context() as patched:
        patched.setattr(coming, "made_clinic", full)
        hands.key(Key.Key_Return)
        qtbot.waitUntil(lambda: bool(wizard.page.fault.text()), timeout=10_000)
    assert isinstance(wizard.page, PlacePage)
    assert not list(places.data_folder().rglob("*.clinic"))
    assert making._GROWING not in {one.name for one in places.data_folder().iterdir()}
    hands.key(Key.Key_Return)
    assert sitting(program, qtbot, 60_000).clinic.records.profile.name == "Rose Hill Practice"


def test_every_field_and_button_of_every_page_has_a_name(program: Program, qtbot: QtBot) -> None:
    wizard, hands = begun(program, qtbot)
    seen = 0
    for _page in range(8):
        for field in wizard.page._fields:
            assert field.accessibleName().strip(), (wizard.page.title, field)
        assert wizard.findChildren(QLabel)
        seen += 1
        if isinstance(wizard.page, PlacePage):
            break
        if isinstance(wizard.page, ClinicPage):
            hands.type("Rose Hill")
        wizard._advance() if not isinstance(wizard.page, ClinicPage) else wizard.go_on()
        qtbot.wait(20)
    assert seen == 8
