# SPDX-License-Identifier: Apache-2.0
"""A clinic's own list brought in through the window, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from clinicdesk.app.moving_in import ACTION
from clinicdesk.app.moving_in.dialog import BringInDialog
from clinicdesk.app.sitting import Sitting
from clinicdesk.assembly import open_clinic
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.theme import Theme

PEOPLE = (
    "Nr;Nachname;Vorname;Geburtsdatum;Bemerkung\n"
    "1;Müller;Jürgen;13.02.1950;x\n2;Groß;Änne;31.02.1960;y\n3;Novak;Ana;01.03.1971;\n"
)


@pytest.fixture
def sitting(path: Path, qtbot: QtBot) -> Iterator[Sitting]:
    clinic = open_clinic(path, DEMO_USER, DEMO_PASSWORD)
    made = Sitting(
        clinic, Theme("light"), DeskSettings(), check_password=lambda _word: False,
        reset_layout=True,
    )  # fmt: skip
    made.start()
    yield made
    made.shell.close()


class Hands:
    """Keys into whatever has them."""

    def __init__(self, sitting: Sitting, bot: QtBot) -> None:
        self.sitting, self._bot = sitting, bot
        self.settle()
        sitting.shell.book.trigger(ACTION.id)
        self.settle()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, BringInDialog)
        self.dialog = dialog

    def settle(self) -> None:
        for _time in range(3):
            self._bot.waitUntil(lambda: self.sitting.room.desk.busy == 0, timeout=60_000)
            self._bot.wait(40)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused: QWindow | None = QGuiApplication.focusWindow()
        window = focused or self.dialog.windowHandle()
        QTest.keyClick(window, key, held)
        self.settle()

    def type(self, text: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        for sign in text:
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, focus, Qt.Key.Key_unknown, sign,
                Qt.KeyboardModifier.NoModifier,
            )  # fmt: skip
        self.settle()

    def until(self, words: str) -> None:
        """Press Tab until something of a name has the focus."""
        for _time in range(60):
            focus = QApplication.focusWidget()
            named = focus.accessibleName() or getattr(focus, "text", str)() if focus else ""
            if words in named:
                return
            self.key(Qt.Key.Key_Tab)
        pytest.fail(f"Tab never reaches {words!r}")


@pytest.fixture
def hands(sitting: Sitting, qtbot: QtBot) -> Hands:
    return Hands(sitting, qtbot)


def _list(tmp_path: Path, text: str = PEOPLE) -> Path:
    path = tmp_path / "patients.csv"
    path.write_bytes(text.encode("cp1252"))
    return path


def _looked_at(hands: Hands, path: Path) -> None:
    hands.until("File")
    hands.type(str(path))
    hands.key(Qt.Key.Key_Return)
    assert hands.dialog.step == 1, hands.dialog.choosing.form.findChildren(type(hands.dialog))


def test_a_list_with_mistakes_comes_in_by_keyboard_and_the_rest_is_mended(
    hands: Hands, tmp_path: Path
) -> None:
    _looked_at(hands, _list(tmp_path))
    boxes = hands.dialog.columns.boxes
    assert boxes["Geburtsdatum"].value() == "born_on"
    assert boxes["Bemerkung"].value() == ""
    hands.key(Qt.Key.Key_Return)
    assert hands.dialog.step == 2
    report = hands.dialog.trying.report
    assert report is not None
    assert (report.taken, report.refused) == (2, True)
    assert not hands.dialog.next.isEnabled(), "all or nothing unless somebody says otherwise"
    hands.until("Take the good lines")
    hands.key(Qt.Key.Key_Space)
    hands.until("Bring in 2 lines")
    hands.key(Qt.Key.Key_Return)
    clinic = hands.sitting.clinic
    assert [hit.name for hit in clinic.patients.search("Novak", clinic.actor)]
    hands.dialog.save_to(tmp_path / "mend.csv")
    hands.settle()
    mended = (tmp_path / "mend.csv").read_text("cp1252").replace("31.02.", "28.02.")
    (tmp_path / "mend.csv").write_text(mended, "cp1252")
    hands.key(Qt.Key.Key_Escape)
    again = Hands(hands.sitting, hands._bot)
    _looked_at(again, tmp_path / "mend.csv")
    assert "as last time" in again.dialog.columns.told.text()
    again.key(Qt.Key.Key_Return)
    again.key(Qt.Key.Key_Return)
    assert [hit.name for hit in clinic.patients.search("Groß", clinic.actor)]
    again.key(Qt.Key.Key_Escape)


def test_a_wrong_guess_is_corrected_by_keyboard(hands: Hands, tmp_path: Path) -> None:
    _looked_at(hands, _list(tmp_path, "Wer;Was\nNovak;Ana\nMeier;Ute\n"))
    dialog = hands.dialog
    assert not dialog.next.isEnabled()
    assert "Family name" in dialog.columns.problem.text()
    hands.until("Column Wer")
    box = QApplication.focusWidget()
    assert isinstance(box, QComboBox)
    hands.type("Fam")
    assert dialog.columns.boxes["Wer"].value() == "family_name"
    assert dialog.next.isEnabled()
    hands.key(Qt.Key.Key_Escape)


def test_days_that_read_both_ways_are_asked_before_anything_else(
    hands: Hands, tmp_path: Path
) -> None:
    _looked_at(hands, _list(tmp_path, "Surname;DOB\nNovak;03/04/1980\n"))
    dialog = hands.dialog
    assert not dialog.next.isEnabled()
    assert QApplication.focusWidget() is dialog.columns.order
    hands.key(Qt.Key.Key_Down)
    assert dialog.columns.order.value() == "dmy"
    assert dialog.next.isEnabled()
    hands.key(Qt.Key.Key_Escape)


def test_what_is_no_list_is_told_beside_the_file(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(40))
    hands.until("File")
    hands.type(str(path))
    hands.key(Qt.Key.Key_Return)
    assert hands.dialog.step == 0
    form = hands.dialog.choosing.form
    assert "old or a locked spreadsheet" in form.field("file").accessibleDescription()
    hands.key(Qt.Key.Key_Escape)


def test_stopping_a_trial_leads_back_to_the_columns(hands: Hands, tmp_path: Path) -> None:
    lines = "".join(f"{n};Family{n};Given\n" for n in range(40_000))
    _looked_at(hands, _list(tmp_path, "Nr;Nachname;Vorname\n" + lines))
    hands.dialog.next.click()
    hands.dialog._stop()
    hands.settle()
    assert hands.dialog.step == 1
    assert hands.dialog.next.isEnabled()
    hands.key(Qt.Key.Key_Escape)
