# SPDX-License-Identifier: Apache-2.0
"""Merging two records by hand: both side by side, then asked once more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.dialogs import ConfirmDialog
from clinicdesk.desktop.room import Room
from clinicdesk.patients.dialogs import MergeDialog
from tests.patients.people import NAMES, Desk, a_desk
from tests.patients.test_panels import room as a_room
from tests.patients.test_panels import words

room = a_room
TWIN = ("Adeyemi", "Grace", date(1979, 3, 12), "+44 7700 900199")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path)
    made.register(*NAMES, TWIN)
    yield made
    made.records.close()


def opened(desk: Desk, room: Room, qtbot: QtBot) -> MergeDialog:
    """Open the dialog on Grace and wait until her other record is shown."""
    window = QWidget()
    qtbot.addWidget(window)
    room.notices.attach(window)
    dialog = MergeDialog(room, desk.patients, desk.patients.card(1, desk.actor), window)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.command() is not None, timeout=10_000)
    return dialog


def test_both_records_stand_side_by_side_with_what_differs(
    desk: Desk, room: Room, qtbot: QtBot
) -> None:
    dialog = opened(desk, room, qtbot)
    said = words(dialog)
    for text in ("This record", "Other record", "+44 7700 900142", "+44 7700 900199"):
        assert text in said
    command = dialog.command()
    assert command is not None
    assert (command.survivor_id, command.merged_id) == (1, len(NAMES) + 1)
    dialog.stays.set_value(len(NAMES) + 1)
    command = dialog.command()
    assert command is not None
    assert (command.survivor_id, command.merged_id) == (len(NAMES) + 1, 1)
    dialog.reject()


def test_nothing_is_merged_before_it_was_asked_once_more(
    desk: Desk, room: Room, qtbot: QtBot
) -> None:
    dialog = opened(desk, room, qtbot)
    window = dialog.parentWidget()
    assert window is not None
    for verb, left in (("Keep both", 2), ("Merge the records", 1)):
        dialog.verb.click()
        (asked,) = window.findChildren(ConfirmDialog)
        assert "cannot be undone" in " ".join(words(asked))
        button = next(one for one in asked.findChildren(QPushButton) if one.text() == verb)
        button.click()
        qtbot.waitUntil(lambda: room.desk.busy == 0, timeout=10_000)
        qtbot.wait(50)
        assert len([name for name in desk.found("adeyemi grace") if "Adeyemi" in name]) == left
    assert room.spotlight.current("patient") == 1
