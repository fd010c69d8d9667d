# SPDX-License-Identifier: Apache-2.0
"""Rule: a panel asks when stale and seen, once for many changes, and drops late answers.

Reason: twelve panels that ask at every commit, seen or not, make the desk slow at noon.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.changes import Changes, Topic
from clinicdesk.kernel.refusals import Trouble
from tests.desktop.toys import THINGS, ListPanel, Shelf

TOUCHED = Changes({THINGS: frozenset({1})})
OTHER = Changes({Topic("other"): frozenset({1})})


@pytest.fixture
def panel(qtbot: QtBot, room: Room) -> ListPanel:
    made = ListPanel(room, Shelf())
    qtbot.addWidget(made)
    return made


def test_it_asks_at_first_sight_and_not_before(qtbot: QtBot, panel: ListPanel) -> None:
    panel.room.feed.changed.emit(TOUCHED)
    qtbot.wait(30)
    assert panel.shelf.asked == 0
    with qtbot.waitSignal(panel.answered):
        panel.show()
    assert panel.shelf.asked == 1


def test_many_changes_make_one_question_and_others_none(qtbot: QtBot, panel: ListPanel) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.show()
    with qtbot.waitSignal(panel.answered):
        for _turn in range(10):
            panel.room.feed.changed.emit(TOUCHED)
    assert panel.shelf.asked == 2
    panel.room.feed.changed.emit(OTHER)
    qtbot.wait(30)
    assert panel.shelf.asked == 2


def test_a_hidden_panel_waits_until_it_is_seen(qtbot: QtBot, panel: ListPanel) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.show()
    panel.hide()
    panel.room.feed.changed.emit(Changes.everything())
    qtbot.wait(30)
    assert panel.shelf.asked == 1
    with qtbot.waitSignal(panel.answered):
        panel.show()
    assert panel.shelf.asked == 2


class Slow(Panel[int]):
    """Asks for the number it is set to, after a gate opens."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.number = 1
        self.gate = threading.Event()
        self.shown_numbers: list[int] = []

    def question(self) -> Callable[[], int]:
        number, gate = self.number, self.gate

        def ask() -> int:
            gate.wait(5)
            return number

        return ask

    def show_answer(self, answer: int) -> None:
        self.shown_numbers.append(answer)


def test_a_late_answer_to_an_old_question_is_dropped(qtbot: QtBot, room: Room) -> None:
    panel = Slow(room)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.waiting)
    panel.number = 2
    panel.refresh()
    qtbot.wait(20)
    panel.gate.set()
    qtbot.waitUntil(lambda: bool(panel.shown_numbers))
    qtbot.wait(20)
    assert panel.shown_numbers == [2]


def test_a_thin_bar_is_shown_only_after_a_while(qtbot: QtBot, room: Room) -> None:
    panel = Slow(room)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.waiting)
    assert not panel._busy_bar.isVisible()
    qtbot.waitUntil(panel._busy_bar.isVisible, timeout=2000)
    panel.gate.set()
    qtbot.waitUntil(lambda: not panel._busy_bar.isVisible())


class Failing(Panel[int]):
    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.well = False
        self.got = 0

    def question(self) -> Callable[[], int]:
        return self.read

    def read(self) -> int:
        if self.well:
            return 7
        raise Trouble

    def show_answer(self, answer: int) -> None:
        self.got = answer


def test_trouble_is_told_in_place_and_can_be_tried_again(qtbot: QtBot, room: Room) -> None:
    panel = Failing(room)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(panel._placard.isVisible)
    assert "failed" in panel._placard._words.text()
    panel.well = True
    panel._placard._button.click()
    qtbot.waitUntil(lambda: panel.got == 7)
    assert not panel._placard.isVisible()


def test_nothing_to_show_is_one_sentence_and_one_thing_to_do(
    qtbot: QtBot, panel: ListPanel
) -> None:
    panel.shelf.things.clear()
    with qtbot.waitSignal(panel.answered):
        panel.show()
    assert panel._placard.isVisible()
    assert "F7" in panel._placard._words.text()
    assert panel._placard._button.isVisible()
