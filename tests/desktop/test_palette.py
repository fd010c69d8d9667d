# SPDX-License-Identifier: Apache-2.0
"""Rule: a better kind of match always comes first; recency decides between equals only.

Reason: a palette that puts a scattered match above an exact title teaches people not to use it.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.palette import Band, Hit, band, rank, split_prefix
from clinicdesk.desktop.shell import Shell
from tests.desktop.toys import ListPanel, nothing


@pytest.mark.parametrize(
    ("typed", "title", "aliases", "expected"),
    [
        ("close month", "Close month", (), Band.EXACT),
        ("clo", "Close month", (), Band.TITLE_PREFIX),
        ("mon clo", "Close month", (), Band.WORD_PREFIXES),
        ("nguyen", "Nguyễn, Thị", (), Band.TITLE_PREFIX),
        ("copay", "Take payment", ("copay",), Band.ALIAS),
        ("07700 900142", "Grace Adeyemi", ("+44 7700 900142",), None),
        ("7700-900-142", "Grace Adeyemi", ("+44 7700 900142",), Band.ALIAS),
        ("tkp", "Take payment", (), Band.FUZZY),
        ("zz", "Take payment", (), None),
    ],
)
def test_how_well_a_text_is_matched(
    typed: str, title: str, aliases: tuple[str, ...], expected: Band | None
) -> None:
    assert band(typed, title, aliases) == expected


def test_an_exact_title_is_above_everything_and_the_greyed_are_last() -> None:
    hits = [
        Hit("Paint roster", nothing, recent=0),
        Hit("Pay", nothing),
        Hit("Pay a supplier", nothing, recent=1),
        Hit("Pay the tax", nothing, reason="Not today."),
        Hit("Open pay list", nothing, recent=0),
    ]
    titles = [hit.title for hit in rank("pay", hits, patients_first=False)]
    assert titles == ["Pay", "Pay a supplier", "Open pay list", "Pay the tax"]


def test_patients_come_first_for_letters_without_the_command_sign() -> None:
    hits = [Hit("Graph", nothing), Hit("Grace Adeyemi", nothing, kind="patient")]
    assert rank("gra", hits, patients_first=True)[0].kind == "patient"
    assert rank("graph", hits, patients_first=False)[0].title == "Graph"


def test_prefixes_choose_the_source() -> None:
    assert split_prefix("@ada") == ("@", "ada")
    assert split_prefix("  > close") == (">", "close")
    assert split_prefix("ada") == ("", "ada")


def test_typing_in_the_palette_finds_patients_and_commands(qtbot: QtBot, shell: Shell) -> None:
    shell.palette_box.open_with("")
    qtbot.keyClicks(shell.palette_box.field, "haddad")
    qtbot.waitUntil(lambda: any(hit.kind == "patient" for hit in shell.palette_box.shown))
    assert shell.palette_box.shown[0].title == "Omar Haddad"


def test_enter_that_comes_before_the_answer_takes_what_was_looked_for(
    qtbot: QtBot, shell: Shell
) -> None:
    chosen: list[str] = []
    shell.palette_box.chosen.connect(chosen.append)
    shell.palette_box.open_with("")
    qtbot.keyClicks(shell.palette_box.field, "haddad")
    qtbot.keyClick(shell.palette_box.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(chosen))
    assert chosen == ["patient"]
    assert not shell.palette_box.isVisible()


def test_every_action_is_found_by_its_title(qtbot: QtBot, shell: Shell) -> None:
    shell.palette_box.open_with(">")
    assert {hit.id for hit in shell.palette_box.shown} == {spec.id for spec in shell.book.specs()}
    for spec in shell.book.specs():
        shell.palette_box.field.setText(f">{spec.title}")
        assert spec.id in {hit.id for hit in shell.palette_box.shown[:3]}, spec.id


def test_choosing_carries_out_the_same_action_as_the_menu(qtbot: QtBot, shell: Shell) -> None:
    panel = shell.panel("schedule")
    assert isinstance(panel, ListPanel)
    shell.palette_box.open_with(">book")
    qtbot.keyClick(shell.palette_box.field, Qt.Key.Key_Return)
    assert panel.performed == ["toys.book"]
    assert not shell.palette_box.isVisible()


def test_what_cannot_be_chosen_says_why_and_does_nothing(qtbot: QtBot, shell: Shell) -> None:
    panel = shell.panel("schedule")
    assert isinstance(panel, ListPanel)
    shell.palette_box.open_with(">break a toy")
    assert "may not" in shell.palette_box.shown[0].reason
    qtbot.keyClick(shell.palette_box.field, Qt.Key.Key_Return)
    assert panel.performed == []
