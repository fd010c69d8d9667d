# SPDX-License-Identifier: Apache-2.0
"""A27. A locked window shows nothing of a patient, keeps its place and its drafts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from clinicdesk.app.sitting import Sitting
from clinicdesk.desktop.row_table import RowTable
from tests.interface.program import choose_a_patient, pages, settle, shown, words

pytestmark = pytest.mark.slow


def test_a_locked_window_shows_nothing_of_a_patient(sitting: Sitting) -> None:
    shell = sitting.shell
    surname = choose_a_patient(sitting)
    for _dock in pages(sitting):
        pass  # each page has seen its rows
    shell.book.trigger("schedule.forward")
    settle(sitting)
    assert any(surname in words(label) for label in shell.findChildren(QLabel))
    shell.lock()
    settle(sitting)  # labels that go away do so with the next turn of the loop
    assert surname not in shell.windowTitle()
    telling = [words(w) for w in shown(shell.curtain) if surname in words(w)]
    assert not telling
    for label in shell.findChildren(QLabel):
        assert surname not in label.text(), "a label under the curtain still names the patient"
    for table in shell.findChildren(RowTable):
        if table.objectName() != "keys":
            assert table.rows.rowCount() == 0
    before = shell.room.desk.shelf.next_undo
    QTest.keyClick(shell.curtain.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(sitting)
    assert before == ""


def test_what_was_typed_is_there_after_unlocking(sitting: Sitting) -> None:
    shell = sitting.shell
    shell.go_to("schedule")
    shell.book.trigger("schedule.book")
    settle(sitting)
    field = shell.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "ngu")
    settle(sitting)
    shell.lock()
    settle(sitting)
    shell.unlock()
    settle(sitting)
    kept = [one.text() for one in shell.panel("schedule").findChildren(QLineEdit)]
    assert "ngu" in kept
    assert shell.front == "schedule"
