# SPDX-License-Identifier: Apache-2.0
"""Rule: what a person may choose is in the preferences, counts at once and stays.

Reason: a key or a colour that cannot be changed shuts somebody out.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QDialog, QLabel
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.editors import ChoiceBox
from clinicdesk.desktop.file_choice import folder_for, remember_folder
from clinicdesk.desktop.key_map import KeyMap
from clinicdesk.desktop.key_sheet import KeySheet, panel_keys
from clinicdesk.desktop.preferences import (
    NumberLine,
    PreferencePage,
    PreferencesDialog,
    SwitchLine,
)
from clinicdesk.desktop.preferences.keys_page import KeysPage
from clinicdesk.desktop.preferences.pages import LinesPage
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.theme import Theme
from clinicdesk.desktop.view_choices import CONTRAST, IDLE_MINUTES, MODE, TEXT_SIZE
from clinicdesk.kernel.refusals import Refusal
from tests.desktop.toys import Shelf, make_shell


def opened(shell: Shell, page: str = "") -> PreferencesDialog:
    shell.acts.show_preferences(page)
    dialog = shell.findChild(PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    return dialog


def keys_page(shell: Shell) -> KeysPage:
    page = opened(shell, "keys").page("keys")
    assert isinstance(page, KeysPage)
    return page


def press(page: KeysPage, action_id: str, key: str) -> None:
    assert page.table.choose(action_id)
    page.edit.setKeySequence(QKeySequence(key))


# ── Lines ────────────────────────────────────────────────────────────────────────────────────


def test_colours_and_text_size_change_at_once_and_stay(shell: Shell, theme: Theme) -> None:
    page = opened(shell).page("appearance")
    assert isinstance(page, LinesPage)
    page.field(MODE.key).set_value("dark")  # type: ignore[union-attr]
    page.field(TEXT_SIZE.key).set_value(150)  # type: ignore[union-attr]
    contrast = page.field(CONTRAST.key)
    assert isinstance(contrast, QCheckBox)
    contrast.setChecked(True)
    assert (theme.mode, theme.text_size, theme.contrast) == ("dark", 150, True)
    assert shell.book.action("view.contrast").isChecked()
    assert shell.room.settings.get(TEXT_SIZE) == 150


def test_the_page_follows_what_the_menu_changes(shell: Shell) -> None:
    page = opened(shell).page("appearance")
    assert isinstance(page, LinesPage)
    shell.book.trigger("view.dark")
    shell.book.trigger("view.larger")
    shell.book.trigger("view.contrast")
    assert page.field(MODE.key).value() == "dark"  # type: ignore[union-attr]
    assert page.field(TEXT_SIZE.key).value() == 110  # type: ignore[union-attr]
    assert page.field(CONTRAST.key).isChecked()  # type: ignore[union-attr]


@pytest.mark.parametrize("percent", [100, 150])
def test_what_is_chosen_is_read_whole(
    shell: Shell, theme: Theme, qtbot: QtBot, percent: int
) -> None:
    theme.set_text_size(percent)
    dialog = opened(shell)
    qtbot.waitExposed(dialog)
    for box in dialog.findChildren(ChoiceBox):
        if box.isVisible():
            assert box.shown_words() == box.currentText()


def test_a_room_adds_a_page_by_listing_it(qtbot: QtBot, room: Room) -> None:
    lines = (
        NumberLine(IDLE_MINUTES, "Lock after", 1, 15),
        SwitchLine(CONTRAST, "Contrast", "Thicker edges."),
    )
    dialog = PreferencesDialog(room, [PreferencePage("work", "Work", "settings", lines)])
    qtbot.addWidget(dialog)
    page = dialog.page("work")
    assert isinstance(page, LinesPage)
    minutes = page.field(IDLE_MINUTES.key)
    assert minutes.count() == 15  # type: ignore[union-attr]
    minutes.set_value(3)  # type: ignore[union-attr]
    assert room.settings.get(IDLE_MINUTES) == 3
    assert minutes.accessibleName() == "Lock after"


def test_preferences_open_by_their_key_and_close_with_escape(qtbot: QtBot, shell: Shell) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    dialog = shell.findChild(PreferencesDialog)
    assert isinstance(dialog, QDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shell.findChild(PreferencesDialog) is None)


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────


def test_a_key_given_to_an_action_works_and_is_shown_everywhere(qtbot: QtBot, shell: Shell) -> None:
    page = keys_page(shell)
    press(page, "toys.book", "F4")
    page.give.click()
    assert QKeySequence("F4") in shell.book.action("toys.book").shortcuts()
    assert QKeySequence("F7") in shell.book.action("toys.book").shortcuts()
    assert "(F4)" in shell.book.action("toys.book").toolTip()
    assert shell.book.key_text("toys.book") == "F4"
    current = page.table.current()
    assert current is not None
    assert (current.keys, current.own) == ("F4 · F7 · Ctrl+B", "yes")


def test_a_taken_key_is_named_and_goes_only_when_taken_over(shell: Shell) -> None:
    page = keys_page(shell)
    press(page, "toys.book", "F11")
    assert not page.give.isEnabled()
    assert "Full screen" in page.words.text()
    page.take.click()
    assert QKeySequence("F11") in shell.book.action("toys.book").shortcuts()
    assert QKeySequence("F11") not in shell.book.action("view.full_screen").shortcuts()


def test_two_panels_may_have_one_key(shell: Shell) -> None:
    assert not shell.keys.holders("toys.new", "Ctrl+N")
    assert shell.keys.holders("toys.new", "F7")


@pytest.mark.parametrize(
    "key",
    ["Ctrl+Alt+K", "Alt+K", "K", "Shift+K", "Ctrl+C", "Tab", "Esc", "Return", "", "Shift+F10"],
)
def test_what_people_need_for_typing_cannot_be_a_key(shell: Shell, key: str) -> None:
    before = shell.book.keys("toys.book")
    with pytest.raises(Refusal):
        shell.keys.give("toys.book", key, take=True)
    assert shell.book.keys("toys.book") == before


@pytest.mark.parametrize("key", ["F4", "Shift+F4", "Ctrl+K", "Ctrl+Shift+K", "Ctrl+Del", "Ctrl++"])
def test_function_keys_and_chords_can_be_keys(shell: Shell, key: str) -> None:
    shell.keys.give("toys.book", key, take=True)
    assert shell.book.keys("toys.book")[0] == key


def test_keys_are_a_persons_own_and_there_at_the_next_start(
    qtbot: QtBot, theme: Theme, room: Room, shell: Shell
) -> None:
    shell.keys.give("toys.book", "F4")
    shell.keys.take_away("toys.pay")
    again = make_shell(theme, Shelf(), room)
    qtbot.addWidget(again)
    assert again.book.keys("toys.book")[0] == "F4"
    assert again.book.action("toys.pay").shortcuts() == []
    other = KeyMap(again.book, room.settings, _somebody_else(room))
    assert other.own == {}


def _somebody_else(room: Room):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(room.actor, user_id=7)  # type: ignore[arg-type]


def test_keys_go_to_another_desk_as_a_file(shell: Shell, tmp_path: Path) -> None:
    shell.keys.give("toys.book", "F4")
    text = shell.keys.as_text()
    shell.keys.reset()
    assert shell.book.keys("toys.book") == ("F7", "Ctrl+B")
    assert shell.keys.take_text(text) == 1
    assert shell.book.keys("toys.book")[0] == "F4"
    page = keys_page(shell)
    bad = tmp_path / "bad.json"
    for content in ("{", "[]", json.dumps({"format": "clinicdesk keys", "keys": {"x": ["K"]}})):
        bad.write_text(content)
        page.take_file(bad)
        assert page.words.text()
        assert shell.book.keys("toys.book")[0] == "F4", "nothing is changed by a bad file"


def test_resetting_one_action_leaves_the_others(shell: Shell) -> None:
    page = keys_page(shell)
    shell.keys.give("toys.book", "F4")
    shell.keys.give("toys.pay", "F12")
    page.table.choose("toys.book")
    page.reset_one.click()
    assert shell.book.keys("toys.book") == ("F7", "Ctrl+B")
    assert shell.book.keys("toys.pay")[0] == "F12"
    page.reset_all.click()
    assert shell.keys.own == {}


def test_the_sheet_of_keys_begins_with_the_panel_that_has_the_focus(
    qtbot: QtBot, shell: Shell
) -> None:
    shell.go_to("patients")
    qtbot.keyClick(shell, Qt.Key.Key_Question, Qt.KeyboardModifier.ControlModifier)
    sheet = shell.findChild(KeySheet)
    assert isinstance(sheet, KeySheet)
    words = [label.text() for label in sheet.findChildren(QLabel)]
    assert words[:3] == ["Patients", "New patient", "Ctrl+N"]
    assert "Larger text" in words
    shell.keys.give("toys.pay", "F4")
    lines = panel_keys(shell.book, shell.yard["patients"])
    assert ("Take payment", "F4 · F9 · Ctrl+E") in lines


def test_a_question_mark_opens_the_sheet_where_nothing_is_typed(qtbot: QtBot, shell: Shell) -> None:
    shell.go_to("schedule")
    now = shell.focusWidget()
    qtbot.keyClicks(now, "?")
    assert shell.findChild(KeySheet) is not None


# ── Folders ──────────────────────────────────────────────────────────────────────────────────


def test_each_purpose_remembers_its_own_folder(room: Room, tmp_path: Path) -> None:
    keys, papers = tmp_path / "keys", tmp_path / "papers"
    keys.mkdir()
    papers.mkdir()
    remember_folder(room.settings, "keys", keys)
    remember_folder(room.settings, "papers", papers)
    assert folder_for(room.settings, "keys") == keys
    assert folder_for(room.settings, "papers") == papers
    papers.rmdir()
    assert folder_for(room.settings, "papers").is_dir()
