# SPDX-License-Identifier: Apache-2.0
"""The assembled program on a small demo clinic, offscreen, on a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QWindow
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
PLAIN = Qt.KeyboardModifier.NoModifier


class Desk:
    """A receptionist's hands: keys and clicks go to the window only, and are counted.

    They enter where the system's own would, so that shortcuts, popups and the focus decide what
    becomes of them.

    Attributes:
        keys: how many keys, chords or clicks there were; typed data is free.
    """

    def __init__(self, sitting: Sitting, bot: QtBot) -> None:
        self.sitting, self.bot = sitting, bot
        self.shell, self.clinic = sitting.shell, sitting.clinic
        self.keys = 0

    def settle(self) -> None:
        """Wait until the lanes are empty and stay so."""
        for _ in range(3):
            self.bot.waitUntil(lambda: self.sitting.room.desk.busy == 0, timeout=60_000)
            self.bot.wait(30)

    def window(self) -> QWindow:
        """Return the window that has the keys: a dialog, or the main one."""
        active: QWindow | None = QGuiApplication.focusWindow()
        return active or self.shell.windowHandle()

    def focus(self) -> QWidget:
        """Return where keys go."""
        return QApplication.focusWidget() or QApplication.activeWindow() or self.shell

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Press one key or chord."""
        self.press(key, held)
        self.settle()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Press one key or chord and wait for nothing, as fast fingers do."""
        self.keys += 1
        QTest.keyClick(self.window(), key, held)

    def click(self, widget: QWidget, at: QPoint) -> None:
        """Click once."""
        self.keys += 1
        left = Qt.MouseButton.LeftButton
        QTest.mouseClick(self.shell.windowHandle(), left, PLAIN, widget.mapTo(self.shell, at))
        self.settle()

    def act(self, action_id: str) -> None:
        """Press an action's shortcut: one chord."""
        self.keys += 1
        self.shell.book.trigger(action_id)
        self.settle()

    def type(self, text: str) -> None:
        """Type data and look at what comes of it."""
        self.type_on(text)
        self.settle()
        self.bot.wait(120)
        self.settle()

    def type_on(self, text: str) -> None:
        """Type data and go on."""
        for letter in text:
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, self.window(), Qt.Key.Key_unknown, letter, PLAIN
            )


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the budgets be replayed on a clinic of another size."""
    parser.addoption(
        "--budget-clinic", type=Path, default=None, help="a clinic file; a copy of it is used"
    )


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


def opened_desk(path: Path, folder: Path, user: str, qtbot: QtBot) -> Iterator[Desk]:
    """Sign in and open the window on a clock that stands at the last act in the file."""
    clinic = open_clinic(path, user, DEMO_PASSWORD)
    last = clinic.records.last_act()
    assert last is not None
    clinic.records.clock = FixedClock(last)
    sitting = Sitting(
        clinic,
        Theme("light"),
        DeskSettings(folder / "desk.json"),
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


@pytest.fixture
def desk(demo_file: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    """The window on a copy of the demo clinic, signed in as the owner."""
    yield from opened_desk(copied(demo_file, tmp_path), tmp_path, DEMO_USER, qtbot)


@pytest.fixture(scope="session")
def budget_file(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path | None]:
    """A copy of the clinic named by ``--budget-clinic``; all budgets are replayed on it."""
    given: Path | None = request.config.getoption("--budget-clinic")
    if given is None:
        yield None
        return
    folder = tmp_path_factory.mktemp("budget")
    yield copied(given, folder)
    shutil.rmtree(folder)  # a clinic of ten years is a gigabyte


@pytest.fixture
def reception(
    request: pytest.FixtureRequest, budget_file: Path | None, tmp_path: Path, qtbot: QtBot
) -> Iterator[Desk]:
    """The window as the receptionist has it."""
    path = budget_file or copied(request.getfixturevalue("demo_file"), tmp_path)
    yield from opened_desk(path, tmp_path, "rosa", qtbot)


def copied(path: Path, folder: Path) -> Path:
    """Copy a clinic with its key slots."""
    for suffix in ("", ".keys", ".keys2"):
        shutil.copy(f"{path}{suffix}", folder / f"demo.clinic{suffix}")
    return folder / "demo.clinic"
