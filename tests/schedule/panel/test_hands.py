# SPDX-License-Identifier: Apache-2.0
"""Mouse and keys on the board, down to the rows in the file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.schedule.model import Booking, StepState
from tests.schedule.clinic import FISCHER, OSEI, PARK, RUIZ, TODAY, at, booking
from tests.schedule.panel.conftest import Bench
from tests.support.clinics import an_actor

ADA = an_actor()
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
RUIZ_NAME, PARK_NAME = "Ruiz, Elena", "Park, Min"


@pytest.fixture
def booked(bench: Bench, qtbot: QtBot) -> Bench:
    """Ruiz at 15:00 with Dr Osei, Park at 16:00 with Dr Fischer."""
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(15)), ADA)
    bench.clinic.schedule.book(booking(PARK, FISCHER, at(16)), ADA)
    bench.settle(qtbot)
    return bench


def drag(bench: Bench, name: str, by: QPoint, *, release: bool = True) -> None:
    start = bench.centre(bench.rows()[name])
    port = bench.grid.viewport()
    QTest.mousePress(port, LEFT, pos=start)
    half = QPoint(start.x() + by.x() // 2, start.y() + by.y() // 2)
    for at_ in (half, start + by):
        _moved(bench, at_)
    if release:
        QTest.mouseRelease(port, LEFT, pos=start + by)


def _moved(bench: Bench, to: QPoint) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    port = bench.grid.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(to),
        QPointF(port.mapToGlobal(to)),
        Qt.MouseButton.NoButton,
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    bench.grid.mouse.moved(event)


def test_a_drag_and_alt_arrow_end_in_the_same_row_and_the_same_words(
    booked: Bench, qtbot: QtBot
) -> None:
    row = booked.grid.geometry_.sizes.row
    drag(booked, RUIZ_NAME, QPoint(0, row))
    booked.settle(qtbot)
    dragged, words = booked.rows()[RUIZ_NAME], booked.toasts[-1]
    booked.room.desk.undo()
    booked.settle(qtbot)
    assert booked.rows()[RUIZ_NAME].starts == at(15).starts
    booked.grid.choose(dragged.id)
    booked.key(Qt.Key.Key_Down, ALT)
    booked.settle(qtbot)
    assert booked.rows()[RUIZ_NAME].starts == dragged.starts == at(15, 15).starts
    assert booked.toasts[-1] == words


def test_nine_px_are_a_click_and_change_nothing(booked: Bench, qtbot: QtBot) -> None:
    before = booked.rows()
    drag(booked, RUIZ_NAME, QPoint(0, 9))
    booked.settle(qtbot)
    assert booked.rows() == before
    assert booked.room.spotlight.current("patient") == RUIZ


def test_escape_takes_a_drag_back(booked: Bench, qtbot: QtBot) -> None:
    before = booked.rows()
    drag(booked, RUIZ_NAME, QPoint(0, 120), release=False)
    assert booked.grid.mouse.dragging
    booked.key(Qt.Key.Key_Escape)
    assert booked.grid.ghost is None
    QTest.mouseRelease(booked.grid.viewport(), LEFT)
    booked.settle(qtbot)
    assert booked.rows() == before


def test_five_fast_nudges_arrive_at_the_fifth_place(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    for _press in range(5):
        booked.key(Qt.Key.Key_Up, ALT)
    booked.settle(qtbot)
    assert booked.rows()[RUIZ_NAME].starts == at(13, 45).starts


def test_alt_arrow_sideways_goes_to_the_next_provider(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    booked.key(Qt.Key.Key_Right, ALT)
    booked.settle(qtbot)
    assert booked.rows()[RUIZ_NAME].provider_id == FISCHER


def test_shift_arrow_makes_it_longer(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    booked.key(Qt.Key.Key_Down, SHIFT)
    booked.settle(qtbot)
    assert booked.rows()[RUIZ_NAME].minutes == 45


def test_move_mode_carries_to_tomorrow_in_three_keys(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    booked.key(Qt.Key.Key_M)
    assert not booked.page.counter.hint.isHidden()
    booked.key(Qt.Key.Key_Right)
    booked.settle(qtbot)
    booked.key(Qt.Key.Key_Return)
    booked.settle(qtbot)
    tomorrow = at(15, on=TODAY.replace(day=26))
    assert booked.rows(tomorrow.day)[RUIZ_NAME].starts == tomorrow.starts
    assert booked.page.counter.hint.isHidden()


def test_move_mode_does_not_wait_for_the_rows_of_tomorrow(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    for key in (Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Return):
        booked.key(key)
    booked.settle(qtbot)
    tomorrow = at(15, on=TODAY.replace(day=26))
    assert booked.rows(tomorrow.day)[RUIZ_NAME].starts == tomorrow.starts


def test_no_card_of_a_day_stands_under_the_name_of_another(booked: Bench, qtbot: QtBot) -> None:
    booked.page.step(1)
    booked.grid.clear_old_day()  # as when the rows are late
    assert booked.grid.cards() == []
    assert {column.on for column in booked.grid.board.columns} == {TODAY.replace(day=26)}
    booked.page.step(-1)
    booked.settle(qtbot)
    assert booked.grid.cards()


def test_a_taken_time_is_told_and_enter_goes_beside_it(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    booked.key(Qt.Key.Key_M)
    booked.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    for _press in range(4):
        booked.key(Qt.Key.Key_Down)
    assert booked.grid.ghost is not None
    assert booked.grid.ghost.blocked
    booked.key(Qt.Key.Key_Return)
    booked.settle(qtbot)
    assert booked.rows()[RUIZ_NAME].provider_id == OSEI
    hint = booked.page.counter.hint
    assert "Park" in hint.words.text()
    QTest.keyClick(hint.button, Qt.Key.Key_Return)
    booked.settle(qtbot)
    moved = booked.rows()[RUIZ_NAME]
    assert (moved.provider_id, moved.overbook) == (FISCHER, True)


def test_f8_twice_is_two_steps_without_waiting(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    booked.page.perform("schedule.forward")
    booked.page.perform("schedule.forward")
    booked.settle(qtbot)
    assert booked.rows()[RUIZ_NAME].booking is Booking.IN_ROOM


def test_delete_and_a_letter_cancel_with_a_reason(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    booked.key(Qt.Key.Key_Delete)
    reason = booked.page.reason
    assert not reason.isHidden()
    letter = next(key for key, name in reason.letters.items() if name == "illness")
    QTest.keyClicks(reason, letter)
    booked.settle(qtbot)
    card = booked.rows()[RUIZ_NAME]
    assert (card.booking, card.cancel_reason) == (Booking.CANCELLED, "illness")


def test_a_letter_that_begins_a_word_of_a_reason_chooses_it(booked: Bench) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    booked.key(Qt.Key.Key_Delete)
    letters = booked.page.reason.letters
    assert (letters["p"], letters["i"], letters["w"], letters["c"]) == (
        "patient", "illness", "work", "clinic",
    )  # fmt: skip


def test_only_one_question_stands_over_the_board(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    booked.key(Qt.Key.Key_Delete)
    assert not booked.page.reason.isHidden()
    booked.page.perform("schedule.book")
    booked.settle(qtbot)
    assert booked.page.reason.isHidden()
    assert not booked.page.bar.isHidden()
    assert booked.page.window().focusWidget() is booked.page.bar.fields.type


def test_a_name_is_found_by_its_letters_and_the_rest_fades(booked: Bench) -> None:
    QTest.keyClicks(booked.grid, "/par")
    assert booked.grid.matching == frozenset({booked.rows()[PARK_NAME].id})
    assert booked.room.spotlight.current("patient") == PARK
    booked.key(Qt.Key.Key_Escape)
    assert booked.grid.matching is None


def test_tab_steps_through_the_cards_and_then_leaves(booked: Bench) -> None:
    booked.grid.put_cursor(0, 9 * 60)
    chosen = []
    for _press in range(2):
        booked.key(Qt.Key.Key_Tab)
        found = booked.grid.selected()
        chosen.append("" if found is None else found[1].card.name)
    assert chosen == [RUIZ_NAME, PARK_NAME]


def test_copy_and_paste_book_the_same_patient_at_the_cursor(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.choose(booked.rows()[RUIZ_NAME].id)
    booked.key(Qt.Key.Key_C)
    booked.grid.put_cursor(2, 10 * 60)
    booked.key(Qt.Key.Key_V)
    booked.settle(qtbot)
    cards = booked.clinic.schedule.day(TODAY, ADA).cards
    pasted = [c for c in cards if c.patient_id == RUIZ and c.provider_id == 3]
    assert [c.starts for c in pasted] == [at(10).starts]


def test_the_strip_follows_and_counts_who_is_late(booked: Bench, qtbot: QtBot) -> None:
    from datetime import timedelta

    card = booked.rows()[RUIZ_NAME]
    booked.clinic.schedule.step(StepState(AppointmentId(card.id), card.version), ADA)
    booked.settle(qtbot)
    [button] = booked.strip.buttons()
    assert button.card.patient_id == RUIZ
    late: list[int] = []
    booked.strip.badge_changed.connect(late.append)
    booked.clinic.clock.advance(timedelta(minutes=31))
    booked.strip.tick()
    assert late[-1] == 1
    assert "late" in button.accessibleName()
    QTest.keyClick(button, Qt.Key.Key_F8)
    booked.settle(qtbot)
    assert booked.rows()[RUIZ_NAME].booking is Booking.IN_ROOM


def test_a_strip_that_asked_nobody_does_not_say_that_nobody_waits(booked: Bench) -> None:
    booked.strip.forget()
    assert booked.strip.caption.text() == ""
