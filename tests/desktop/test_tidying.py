# SPDX-License-Identifier: Apache-2.0
"""Widgets that are garbage end on the window's thread, whoever makes the garbage."""

from __future__ import annotations

import gc
import threading
import weakref
from time import perf_counter

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.desk import Desk, Errand
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.theme import Theme
from clinicdesk.desktop.tidying import QUICK, Tidier
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


def test_what_a_long_errand_holds_is_looked_through_only_once_it_is_over(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    looked: list[int] = []
    is_long = [True]
    tidier = Tidier(is_long=lambda: is_long[0])
    monkeypatch.setattr(gc, "collect", lambda generation=2: looked.append(generation))
    few = [[number] for number in range(QUICK // 2)]
    tidier._tidy()
    assert looked == [0]
    many = [[number] for number in range(3 * QUICK)]
    tidier._tidy()
    assert looked == [0]
    is_long[0] = False
    tidier._tidy()
    assert len(looked) == 2
    is_long[0] = True
    monkeypatch.setattr(tidier, "_whole_at", 0.0)
    tidier._tidy()
    assert len(looked) == 3, "an errand of many minutes is no reason to keep all garbage"
    tidier.stop()
    assert len(few) + len(many) == 7 * QUICK // 2


class Pulse(QObject):
    """Beats as often as the window's loop lets it; knows the longest pause."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last, self._longest = perf_counter(), 0.0
        self._timer.start(5)

    def _beat(self) -> None:
        now = perf_counter()
        self._longest = max(self._longest, now - self._last)
        self._last = now

    def longest(self) -> float:
        """Return the longest pause since this was asked last."""
        found, self._longest = self._longest, 0.0
        return found


def a_report(errand: Errand) -> int:
    """Read a million rows and say a lot about them, as the papers of a month do."""
    parts = []
    for part in range(60):
        errand.step(part, 60)
        parts.append([(number, [number], str(number)) for number in range(20_000)])
    said = 0
    while parts:
        said += len(" ".join(sorted(row[2] for row in parts.pop()[::20])))
    return said


def test_the_window_goes_on_beside_a_long_errand(qtbot: QtBot) -> None:
    """Asked of the loop itself, beside what it does when idle; a busy machine delays both."""
    desk, pulse = a_desk(), Pulse()
    pulse.longest()
    qtbot.wait(1_500)
    idle = pulse.longest()
    made: list[int] = []
    desk.run_errand("Report", a_report, made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=60_000)
    busy = pulse.longest()
    desk.close()
    assert busy < 0.1 + 8 * idle
