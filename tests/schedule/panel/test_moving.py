# SPDX-License-Identifier: Apache-2.0
"""Move mode says what it will not do before Enter, and undo leads back to where things were."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.schedule.model import Booking, StepState
from tests.schedule.clinic import FISCHER, OSEI, PARK, RUIZ, TODAY, at, booking
from tests.schedule.panel.conftest import Bench
from tests.support.clinics import an_actor

ADA = an_actor()
CTRL = Qt.KeyboardModifier.ControlModifier
RUIZ_NAME = "Ruiz, Elena"


@pytest.fixture
def booked(bench: Bench, qtbot: QtBot) -> Bench:
    """Ruiz at 15:00 with Dr Osei, Park at 15:00 with Dr Fischer."""
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(15)), ADA)
    bench.clinic.schedule.book(booking(PARK, FISCHER, at(15)), ADA)
    bench.settle(qtbot)
    bench.grid.choose(bench.rows()[RUIZ_NAME].id)
    return bench


def blocked(bench: Bench) -> bool:
    ghost = bench.grid.ghost
    assert ghost is not None
    return ghost.blocked


def step_to(bench: Bench, qtbot: QtBot, booking_state: Booking) -> None:
    card = bench.rows()[RUIZ_NAME]
    command = StepState(AppointmentId(card.id), card.version, to=booking_state)
    bench.clinic.schedule.step(command, ADA)
    bench.settle(qtbot)


def test_an_undone_move_leads_back_to_the_day_it_came_back_to(booked: Bench, qtbot: QtBot) -> None:
    booked.key(Qt.Key.Key_M)
    booked.key(Qt.Key.Key_Right)
    booked.settle(qtbot)
    booked.key(Qt.Key.Key_Return)
    booked.settle(qtbot)
    tomorrow = TODAY.replace(day=26)
    assert booked.page.on == tomorrow
    assert booked.rows(tomorrow)[RUIZ_NAME].starts.date() == tomorrow
    booked.room.desk.undo()
    booked.settle(qtbot)
    assert booked.page.on == TODAY
    found = booked.grid.selected()
    assert found is not None
    assert (found[1].card.name, found[1].card.starts) == (RUIZ_NAME, at(15).starts)


def test_an_undone_booking_leaves_nothing_selected_and_no_card(booked: Bench, qtbot: QtBot) -> None:
    booked.grid.put_cursor(2, 10 * 60)
    booked.key(Qt.Key.Key_C)
    booked.page.counter.acts.copy(booked.rows()[RUIZ_NAME], 3, at(10).starts)
    booked.settle(qtbot)
    assert len(booked.grid.cards()) == 3
    booked.room.desk.undo()
    booked.settle(qtbot)
    assert len(booked.grid.cards()) == 2
    assert booked.grid.selected_id == 0


def test_what_is_done_is_refused_at_m_with_the_reason(booked: Bench, qtbot: QtBot) -> None:
    step_to(booked, qtbot, Booking.DONE)
    booked.key(Qt.Key.Key_M)
    hint = booked.page.counter.hint
    assert not hint.isHidden()
    assert "no longer be moved" in hint.words.text()
    assert booked.grid.keys.carried is None
    booked.grid.choose(next(c.id for c in booked.grid.cards() if c.patient_id == PARK))
    assert hint.isHidden()


def test_a_patient_who_is_here_stays_on_the_day_and_that_is_said_at_m(
    booked: Bench, qtbot: QtBot
) -> None:
    step_to(booked, qtbot, Booking.ARRIVED)
    booked.key(Qt.Key.Key_M)
    hint = booked.page.counter.hint
    assert "here already" in hint.words.text()
    assert "day" not in hint.keys.text()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_PageDown):
        booked.key(key)
        booked.settle(qtbot)
        assert booked.page.on == TODAY
    booked.key(Qt.Key.Key_Up)
    booked.key(Qt.Key.Key_Return)
    booked.settle(qtbot)
    assert booked.rows()[RUIZ_NAME].starts == at(14, 45).starts


def test_who_is_in_the_way_is_named_while_moving(booked: Bench) -> None:
    booked.key(Qt.Key.Key_M)
    hint = booked.page.counter.hint
    assert "is there" not in hint.words.text()
    booked.key(Qt.Key.Key_Right, CTRL)
    assert "Min Park is there." in hint.words.text()
    assert "Dr Lena Fischer" in hint.words.text()
    booked.key(Qt.Key.Key_Escape)
    assert hint.isHidden()


def test_where_a_card_came_from_nobody_is_in_the_way(booked: Bench, qtbot: QtBot) -> None:
    booked.clinic.schedule.book(booking(PARK, OSEI, at(15), overbook=True), ADA)
    booked.settle(qtbot)
    booked.key(Qt.Key.Key_M)
    assert not blocked(booked)
    booked.key(Qt.Key.Key_Down)
    assert blocked(booked)
    booked.key(Qt.Key.Key_Escape)
