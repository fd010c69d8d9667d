# SPDX-License-Identifier: Apache-2.0
"""Widgets that are garbage end on the window's thread, whoever makes the garbage."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.theme import Theme
from clinicdesk.desktop.tidying import Tidier
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.wording.formats import Formats


class Ring(QObject):
    """Refers to itself, so that only the collector ends it."""

    def __init__(self, ended_on: list[str]) -> None:
        super().__init__()
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.beat)
        self.timer.start(1000)
        self.own = self
        self._finalizer = weakref.finalize(
            self, lambda: ended_on.append(threading.current_thread().name)
        )

    def beat(self) -> None:
        """Do nothing."""


def a_desk() -> Desk:
    formats = Formats("en", "GB", Currency.of("GBP"), ClinicZone("Europe/London"))
    return Desk(Notices(Theme("light"), formats), formats)


def make_garbage() -> int:
    return len([[[number]] for number in range(200_000)])


def test_a_lane_that_makes_garbage_ends_no_timer_of_the_window(qtbot: QtBot) -> None:
    desk = a_desk()
    ended_on: list[str] = []
    for _ in range(20):
        Ring(ended_on)
    made: list[int] = []
    for _ in range(5):
        desk.ask(make_garbage, made.append)
    qtbot.waitUntil(lambda: len(made) == 5, timeout=20_000)
    kept = [[number] for number in range(5_000)]  # so that there is reason to collect
    qtbot.waitUntil(lambda: len(ended_on) == 20, timeout=20_000)
    desk.close()
    assert len(kept) == 5_000
    assert set(ended_on) == {threading.main_thread().name}


def test_python_collects_by_itself_again_once_no_lane_is_left(qtbot: QtBot) -> None:
    del qtbot
    one, other = Tidier(), Tidier()
    assert not gc.isenabled()
    one.stop()
    one.stop()
    assert not gc.isenabled()
    other.stop()
    assert gc.isenabled() or Tidier._at_work
