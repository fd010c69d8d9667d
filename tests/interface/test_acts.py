# SPDX-License-Identifier: Apache-2.0
"""A4, A7, A9. Actions are in menus with letters, and found by words; acts are announced once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from clinicdesk.app.sitting import Sitting
from clinicdesk.desktop.menus import plain_entries
from clinicdesk.desktop.mnemonics import letter
from clinicdesk.desktop.palette import rank
from clinicdesk.desktop.shell import Shell
from tests.interface.program import LANGUAGES, choose_a_patient, opened, settle

pytestmark = pytest.mark.slow


def menus(shell: Shell) -> list[QMenu]:
    return [m for m in shell.menus.findChildren(QMenu) if m.objectName().startswith("menu.")]


def test_every_action_is_in_one_menu_with_a_tool_tip(sitting: Sitting) -> None:
    shell = sitting.shell
    entries = [
        action.objectName()
        for menu in menus(shell)
        for action in plain_entries(menu)
        if action.menu() is None
    ]
    assert sorted(entries) == sorted(spec.id for spec in shell.book.specs())
    for spec in shell.book.specs():
        assert spec.title
        assert shell.book.action(spec.id).toolTip()


def test_no_key_chooses_two_actions_on_any_page(sitting: Sitting) -> None:
    shell = sitting.shell
    for page in [dock.spec.id for dock in shell.yard if f"go.{dock.spec.id}" in shell.book]:
        shell.go_to(page)
        keys = Counter(
            key.toString()
            for spec in shell.book.specs()
            for key in shell.book.action(spec.id).shortcuts()
        )
        assert [key for key, count in keys.items() if count > 1] == [], page
        for key in keys:
            held = set(QKeySequence(key).toString().replace("++", "+Plus").split("+")[:-1])
            assert not {"Ctrl", "Alt"} <= held, key


def test_every_action_is_found_by_its_words_and_chosen_from_the_palette(sitting: Sitting) -> None:
    shell = sitting.shell
    chosen: list[str] = []
    shell.book.triggered.disconnect(shell._perform)
    shell.book.triggered.connect(lambda spec: chosen.append(spec.id))
    wrong = []
    for spec in shell.book.specs():
        hits = rank(spec.title, shell.commands.hits(), patients_first=False)
        same = [hit for hit in hits if hit.title == spec.title]
        if not hits or (hits[0].title != spec.title and not shell.book.reason(spec.id)):
            wrong.append(spec.id)
        for hit in same:
            if hit.id == spec.id and not hit.reason:
                hit.act()
        if not shell.book.reason(spec.id) and spec.id not in chosen:
            wrong.append(spec.id)
    assert not wrong


def test_two_actions_never_have_the_same_words_in_one_menu(sitting: Sitting) -> None:
    for menu in menus(sitting.shell):
        titles = Counter(action.text().replace("&", "") for action in plain_entries(menu))
        assert [title for title, count in titles.items() if count > 1] == [], menu.objectName()


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_menus_differ_and_every_entry_has_one(
    demo_file: Path, tmp_path: Path, qtbot: QtBot, language: str
) -> None:
    with opened(demo_file, tmp_path, language=language) as sitting:
        shell = sitting.shell
        bars = [[action.text() for action in shell.menus.actions()]]
        bars += [[action.text() for action in plain_entries(menu)] for menu in menus(shell)]
        for captions in bars:
            letters = [letter(caption) for caption in captions]
            assert len(set(letters)) == len(letters), captions
            assert all(letters), captions


def test_what_was_done_is_announced_once_and_so_is_its_undoing(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(sitting.room.notices, "announce", said.append)
    choose_a_patient(sitting)
    said.clear()
    for action in ("schedule.forward", "edit.undo"):
        sitting.shell.book.trigger(action)
        settle(sitting)
        assert len(said) == 1, (action, said)
        assert said[0].endswith((".", "!")), said
        said.clear()
