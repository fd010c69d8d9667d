# SPDX-License-Identifier: Apache-2.0
"""The book's page over a real clinic file, with a clock that stands at noon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.panel.board_view import BoardView
from clinicdesk.schedule.panel.booking_draft import registration
from clinicdesk.schedule.panel.page import SchedulePanel
from clinicdesk.schedule.panel.waiting_strip import WaitingPanel
from clinicdesk.schedule.queries import CardRow
from clinicdesk.wording.formats import Formats
from tests.schedule.clinic import TODAY, Clinic, a_clinic
from tests.support.clinics import an_actor

PLAIN = Qt.KeyboardModifier.NoModifier


@dataclass
class Bench:
    """Hands on the page."""

    clinic: Clinic
    room: Room
    page: SchedulePanel
    strip: WaitingPanel
    toasts: list[str]

    @property
    def grid(self) -> BoardView:
        return self.page.grid

    def settle(self, qtbot: QtBot) -> None:
        """Wait until nothing is asked or done any more."""
        for _round in range(2):
            qtbot.wait(90)
            qtbot.waitUntil(lambda: self.room.desk.busy == 0 and not self.page.stale)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(self.grid, key, held)

    def rows(self, on: date = TODAY) -> dict[str, CardRow]:
        """Return what is kept in the file, by name."""
        return {card.name: card for card in self.clinic.schedule.day(on, an_actor()).cards}

    def taken_on(self, name: str) -> int:
        """Take a patient on as the desk does, so that the search knows them."""
        patients = Patients(self.clinic.records, Ledger(self.clinic.records))
        return patients.register(registration(name, None, ""), an_actor()).value

    def centre(self, card: CardRow) -> QPoint:
        box = self.grid.card_box(card.id)
        assert box is not None
        return QPoint(int(box.x + box.width / 2), int(box.y + box.height / 2))


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    clinic = a_clinic(tmp_path)
    actor, profile = an_actor(), clinic.records.profile
    theme = Theme("light")
    formats = Formats("en", profile.country, profile.currency, profile.zone)
    notices = Notices(theme, formats)
    desk, feed = Desk(notices, formats), ChangeFeed()
    clinic.records.on_commit(feed.announce)
    toasts: list[str] = []
    notices.toasted.connect(lambda words, _verb: toasts.append(words))
    room = Room(desk, feed, Spotlight(), notices, theme, formats, actor, clinic.clock,
                DeskSettings())  # fmt: skip
    page = SchedulePanel(
        room, schedule=clinic.schedule, patients=Patients(clinic.records, Ledger(clinic.records))
    )
    strip = WaitingPanel(room, clinic.schedule)
    for widget in (page, strip):
        qtbot.addWidget(widget)
    page.resize(1100, 800)
    strip.resize(1100, 110)
    page.show()
    strip.show()
    made = Bench(clinic, room, page, strip, toasts)
    made.settle(qtbot)
    yield made
    desk.close()
