# SPDX-License-Identifier: Apache-2.0
"""Rule: work is done on lanes in order, and everything comes back on the window's thread.

Reason: a widget touched from another thread fails once in a thousand times, at a clinic.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.desk import Cancelled, Errand
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.changes import Changes
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from tests.desktop.toys import THINGS, Shelf


class Seen:
    def __init__(self) -> None:
        self.values: list[Any] = []
        self.threads: set[str] = set()

    def take(self, value: Any) -> None:
        self.values.append(value)
        self.threads.add(threading.current_thread().name)


def test_questions_are_asked_off_and_answered_on_the_windows_thread(
    qtbot: QtBot, room: Room
) -> None:
    seen = Seen()
    for _turn in range(20):
        room.desk.ask(lambda: threading.current_thread().name, seen.take)
    qtbot.waitUntil(lambda: len(seen.values) == 20)
    assert set(seen.values) == {"records-1"}
    assert seen.threads == {threading.main_thread().name}


def test_commands_are_carried_out_in_the_order_given(qtbot: QtBot, room: Room) -> None:
    order: list[int] = []
    seen = Seen()

    def put(number: int) -> Done[int]:
        order.append(number)
        return Done(number, "")

    for number in range(50):
        room.desk.carry_out(partial(put, number), seen.take)
    qtbot.waitUntil(lambda: len(seen.values) == 50)
    assert order == list(range(50))


def test_an_answer_for_somebody_gone_is_dropped(qtbot: QtBot, room: Room) -> None:
    import shiboken6

    gate, seen, owner = threading.Event(), Seen(), QObject()
    room.desk.ask(gate.wait, seen.take, owner=owner)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: room.desk.busy == 0)
    assert seen.values == []


def test_a_refusal_goes_to_who_asked_and_else_to_a_banner(qtbot: QtBot, room: Room) -> None:
    def refuse() -> Done[None]:
        raise Refusal("Slot {slot} is taken.", slot="10:15")

    seen = Seen()
    room.desk.carry_out(refuse, refused=seen.take)
    qtbot.waitUntil(lambda: len(seen.values) == 1)
    with qtbot.waitSignal(room.notices.bannered) as banner:
        room.desk.carry_out(refuse)
    assert banner.args is not None
    assert banner.args[0] == "Slot 10:15 is taken."


def test_doing_undoing_and_redoing_are_ordinary_commands(qtbot: QtBot, room: Room) -> None:
    shelf, desk = Shelf(), room.desk
    with qtbot.waitSignal(room.notices.toasted) as toast:
        desk.carry_out(lambda: shelf.rename(3, "Omar H"))
    assert toast.args == ["Renamed Omar Haddad to Omar H.", "undo"]
    assert desk.shelf.next_undo == "Renamed Omar Haddad to Omar H."
    with qtbot.waitSignal(room.notices.toasted):
        desk.undo()
    assert shelf.things[2].name == "Omar Haddad"
    assert desk.shelf.next_redo
    with qtbot.waitSignal(room.notices.toasted):
        desk.redo()
    assert shelf.things[2].name == "Omar H"
    assert desk.shelf.next_undo


def test_an_undo_that_is_refused_is_told_and_not_offered_again(qtbot: QtBot, room: Room) -> None:
    def refuse() -> Done[None]:
        raise Refusal("It was moved on since.")

    room.desk.shelf.put("Move", Done(None, "", undo=refuse))
    with qtbot.waitSignal(room.notices.bannered):
        room.desk.undo()
    assert room.desk.shelf.next_undo == ""


def test_the_shelf_keeps_twenty_and_a_fresh_act_ends_redoing(room: Room) -> None:
    shelf = room.desk.shelf
    for number in range(25):
        shelf.put(
            str(number), Done(None, "", undo=lambda: Done(None, "", undo=lambda: Done(0, "")))
        )
    labels = []
    while (taken := shelf.take_undo()) is not None:
        labels.append(taken.label)
        shelf.undone(taken, taken.carry_out())
    assert labels == [str(number) for number in range(24, 4, -1)]
    assert shelf.next_redo == "5"
    shelf.put("fresh", Done(None, ""))
    assert shelf.next_redo == ""


def test_an_errand_reports_and_can_be_cancelled(qtbot: QtBot, room: Room) -> None:
    stopped = threading.Event()

    def work(errand: Errand) -> None:
        try:
            for number in range(1_000_000):
                errand.step(number, 1_000_000)
                stopped.wait(0.005)
        except Cancelled:
            stopped.set()
            raise

    seen = Seen()
    errand = room.desk.run_errand("Month", work, nothing_came, seen.take)
    with qtbot.waitSignal(errand.progressed):
        pass
    errand.cancel()
    qtbot.waitUntil(lambda: len(seen.values) == 1)
    assert isinstance(seen.values[0], Cancelled)
    assert stopped.is_set()


def nothing_came(_value: object) -> None:
    pytest.fail("a cancelled errand has no answer")


def test_changes_announced_on_a_lane_arrive_on_the_windows_thread(qtbot: QtBot, room: Room) -> None:
    seen = Seen()
    room.feed.changed.connect(seen.take)
    changes = Changes({THINGS: frozenset({1})})
    room.desk.ask(lambda: room.feed.announce(changes), nothing_much)
    qtbot.waitUntil(lambda: seen.values == [changes])
    assert seen.threads == {threading.main_thread().name}


def nothing_much(_value: object) -> None:
    """An answer nobody waits for."""


def test_another_programs_commit_makes_everything_stale(qtbot: QtBot, room: Room) -> None:
    seen = Seen()
    room.feed.changed.connect(seen.take)
    feed: Any = room.feed
    feed._seen(1)
    feed._seen(1)
    assert seen.values == []
    feed._seen(2)
    assert seen.values[-1].all


def test_while_the_window_is_locked_the_panels_are_told_nothing(qtbot: QtBot, room: Room) -> None:
    told, heard = Seen(), Seen()
    room.feed.changed.connect(told.take)
    room.feed.heard.connect(heard.take)
    feed: Any = room.feed
    feed.hold()
    feed._deliver(Changes({THINGS: frozenset({1})}))
    feed.let_go()
    feed._deliver(Changes({THINGS: frozenset({2})}))
    assert len(told.values) == 1
    assert len(heard.values) == 2
