# SPDX-License-Identifier: Apache-2.0
"""The journal of drafts keeps what is typed, and lets go of a window that is gone."""

from __future__ import annotations

from typing import Any

import shiboken6
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.drafts import PAUSE_MS, DraftJournal
from clinicdesk.desktop.room import Room


class Page(QWidget):
    """A page with one field to lose."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit(self)

    def draft(self) -> dict[str, Any] | None:
        return {"typed": self.field.text()} if self.field.text() else None

    def take_draft(self, draft: dict[str, Any]) -> None:
        self.field.setText(draft["typed"])


class Journal:
    """A journal over two pages, and what it kept."""

    def __init__(self, room: Room) -> None:
        self.kept: list[dict[str, dict[str, Any] | None]] = []
        self.pages = {"one": Page(), "other": Page()}
        self.journal = DraftJournal(room.desk, self.pages.items, self.kept.append)


def test_what_was_typed_is_kept_a_moment_after_the_touch(qtbot: QtBot, room: Room) -> None:
    own = Journal(room)
    own.pages["one"].field.setText("Anna")
    own.journal.touched()
    qtbot.waitUntil(lambda: own.kept == [{"one": {"typed": "Anna"}}], timeout=10_000)


def test_a_page_that_is_gone_is_not_asked_and_what_it_had_stays_kept(
    qtbot: QtBot, room: Room
) -> None:
    own = Journal(room)
    own.journal.already({"one": {"typed": "Anna"}})
    own.pages["other"].field.setText("Ben")
    own.journal.touched()
    shiboken6.delete(own.pages["one"])
    qtbot.waitUntil(lambda: own.kept == [{"other": {"typed": "Ben"}}], timeout=10_000)
    own.journal.hold()
    own.journal.give_back()


def test_a_journal_that_ended_writes_once_and_never_looks_again(qtbot: QtBot, room: Room) -> None:
    own = Journal(room)
    own.pages["one"].field.setText("Anna")
    own.journal.touched()
    own.journal.end()
    own.pages["one"].field.setText("Anna Weber")
    own.journal.touched()
    room.desk.busy_changed.emit(0)
    qtbot.wait(3 * PAUSE_MS)
    assert own.kept == [{"one": {"typed": "Anna"}}]
