# SPDX-License-Identifier: Apache-2.0
"""A practice with a room for the pages of its accounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.billing.model import SaveFee
from clinicdesk.billing.panel import CheckOutPanel, RegisterPanel
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.wording.formats import Formats
from tests.support.practice import TODAY, Practice, a_practice


@dataclass
class Bench:
    """A practice, its room, and hands."""

    practice: Practice
    room: Room
    qtbot: QtBot
    ran: list[str]

    def register(self) -> RegisterPanel:
        return RegisterPanel(
            self.room,
            billing=self.practice.billing,
            letterhead=Closing(self.practice.records).letterhead,
        )

    def checkout(self) -> CheckOutPanel:
        return CheckOutPanel(
            self.room,
            billing=self.practice.billing,
            letterhead=Closing(self.practice.records).letterhead,
        )

    def show(self, panel: Panel[Any], width: int = 1100, height: int = 700) -> None:
        """Show a panel and wait until it knows its account."""
        self.qtbot.addWidget(panel)
        panel.resize(width, height)
        with self.qtbot.waitSignal(panel.answered):
            panel.show()

    def settle(self, panel: Panel[Any]) -> None:
        """Wait until nothing is under way."""
        self.qtbot.waitUntil(
            lambda: not (self.room.desk.busy or panel.stale or panel.waiting), timeout=10_000
        )

    def key(self, widget: QWidget, key: Qt.Key, control: bool = False) -> None:
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        self.qtbot.keyClick(widget, key, held)


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    practice = a_practice(tmp_path)
    practice.billing.save_fees(
        (
            SaveFee("CONS", "Consultation", 8500, TODAY.replace(year=TODAY.year - 1)),
            SaveFee("XRAY", "Radiograph", 4000, TODAY.replace(year=TODAY.year - 1)),
        ),
        practice.actor,
    )
    profile = practice.records.profile
    formats = Formats("en", "GB", profile.currency, profile.zone)
    theme = Theme("light")
    notices = Notices(theme, formats)
    desk, feed = Desk(notices, formats), ChangeFeed()
    ran: list[str] = []
    practice.records.on_commit(feed.announce)
    room = Room(
        desk, feed, Spotlight(), notices, theme, formats, practice.actor, practice.clock,
        DeskSettings(),
    )  # fmt: skip
    yield Bench(practice, replace(room, run_action=ran.append), qtbot, ran)
    desk.close()
    practice.records.close()
