# SPDX-License-Identifier: Apache-2.0
"""The assembled program on a small demo clinic, offscreen, on a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.app.sitting import Sitting
from clinicdesk.assembly import create_clinic, open_clinic
from clinicdesk.demo.clinic import demo_clock, demo_profile
from clinicdesk.demo.making import DEMO_PASSWORD, DEMO_USER, make_demo
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.moments import FixedClock

UNTIL = date(2026, 11, 25)


class Desk:
    """A receptionist's hands: keys go to the window only, and are counted.

    Attributes:
        keys: how many keys or chords were pressed; typed data is free.
    """

    def __init__(self, sitting: Sitting, bot: QtBot) -> None:
        self.sitting, self.bot = sitting, bot
        self.shell, self.clinic = sitting.shell, sitting.clinic
        self.keys = 0

    def settle(self) -> None:
        """Wait until the lanes are empty and stay so."""
        for _ in range(3):
            self.bot.waitUntil(lambda: self.sitting.room.desk.busy == 0, timeout=10_000)
            self.bot.wait(30)

    def focus(self) -> QWidget:
        """Return where keys go."""
        return QApplication.focusWidget() or QApplication.activeWindow() or self.shell

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key or chord."""
        self.keys += 1
        QTest.keyClick(self.focus(), key, modifier)
        self.settle()

    def act(self, action_id: str) -> None:
        """Press an action's shortcut: one chord."""
        self.keys += 1
        self.shell.book.trigger(action_id)
        self.settle()

    def type(self, text: str) -> None:
        """Type data."""
        QTest.keyClicks(self.focus(), text)
        self.settle()
        self.bot.wait(120)
        self.settle()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo clinic, made once a session; tests copy it."""
    path = tmp_path_factory.mktemp("demo") / "demo.clinic"
    profile = demo_profile()
    clinic, _code = create_clinic(
        path, profile, "Demo Owner", DEMO_USER, DEMO_PASSWORD, clock=demo_clock(profile, UNTIL, 1)
    )
    with clinic:
        make_demo(clinic, years=1, patients=150, providers=4, seed=1, until=UNTIL)
    return path


@pytest.fixture
def desk(demo_file: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """The window on a copy of the demo clinic, signed in as the owner."""
    for suffix in ("", ".keys", ".keys2"):
        shutil.copy(f"{demo_file}{suffix}", tmp_path / f"demo.clinic{suffix}")
    clinic = open_clinic(tmp_path / "demo.clinic", DEMO_USER, DEMO_PASSWORD)
    last = clinic.records.last_act()
    assert last is not None
    clinic.records.clock = FixedClock(last)
    sitting = Sitting(
        clinic,
        Theme("light"),
        DeskSettings(tmp_path / "desk.json"),
        check_password=clinic.opened.ring.is_password,
        reset_layout=True,
    )
    qtbot.addWidget(sitting.shell)
    sitting.shell.resize(1680, 1020)
    sitting.start()
    hands = Desk(sitting, qtbot)
    sitting.shell.activateWindow()
    hands.settle()
    yield hands
    sitting.shell.close()
