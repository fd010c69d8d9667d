# SPDX-License-Identifier: Apache-2.0
"""Rows of the book arranged in columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.schedule.model import CancelAppointment
from clinicdesk.schedule.panel.board import day_board, week_board
from tests.schedule.clinic import FISCHER, LIN, OSEI, PARK, RUIZ, TODAY, a_clinic, at, booking
from tests.support.clinics import an_actor

ADA = an_actor()


def test_a_day_has_a_column_for_each_provider_and_hours_outside_work_are_closed(
    tmp_path: Path,
) -> None:
    clinic = a_clinic(tmp_path)
    board = day_board(clinic.schedule.day(TODAY, ADA), 15)
    assert [column.provider_id for column in board.columns] == [1, 2, 3]
    assert (board.first, board.last) == (9 * 60, 17 * 60)
    assert board.columns[0].breaks == ((750, 780),)


def test_a_card_before_opening_widens_the_day_and_lies_on_closed_hours(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    clinic.schedule.book(booking(RUIZ, OSEI, at(7, 30)), ADA)
    board = day_board(clinic.schedule.day(TODAY, ADA), 15)
    assert board.first == 7 * 60
    assert (7 * 60, 9 * 60) in board.columns[0].closed


def test_a_cancelled_card_stays_until_its_time_is_given_away(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    done = clinic.schedule.book(booking(RUIZ, OSEI, at(14)), ADA).value
    clinic.schedule.cancel(
        CancelAppointment(AppointmentId(done.appointment_id), done.version, "patient"), ADA
    )
    names = [p.card.name for _n, p in day_board(clinic.schedule.day(TODAY, ADA), 15).in_order()]
    assert names == ["Ruiz, Elena"]
    clinic.schedule.book(booking(PARK, OSEI, at(14, 15)), ADA)
    names = [p.card.name for _n, p in day_board(clinic.schedule.day(TODAY, ADA), 15).in_order()]
    assert names == ["Park, Min"]


def test_an_undone_booking_is_gone_from_the_day(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    done = clinic.schedule.book(booking(RUIZ, OSEI, at(14)), ADA)
    assert done.undo is not None
    done.undo()
    assert day_board(clinic.schedule.day(TODAY, ADA), 15).in_order() == []


def test_cancelled_cards_take_no_width_from_anybody(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    for who in (RUIZ, LIN, PARK):
        done = clinic.schedule.book(booking(who, OSEI, at(14)), ADA).value
        if who is not PARK:
            clinic.schedule.cancel(
                CancelAppointment(AppointmentId(done.appointment_id), done.version, "illness"), ADA
            )
    [(_n, place)] = day_board(clinic.schedule.day(TODAY, ADA), 15).in_order()
    assert (place.card.patient_id, place.lane) == (PARK, (0, 1))
    clinic.schedule.cancel(
        CancelAppointment(AppointmentId(place.card.id), place.card.version, "illness"), ADA
    )
    [(_n, place)] = day_board(clinic.schedule.day(TODAY, ADA), 15).in_order()
    assert (place.card.patient_id, place.lane) == (PARK, (0, 1))


def test_tab_steps_by_time_over_all_columns(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    clinic.schedule.book(booking(RUIZ, OSEI, at(15)), ADA)
    clinic.schedule.book(booking(PARK, FISCHER, at(13)), ADA)
    clinic.schedule.book(booking(LIN, OSEI, at(14)), ADA)
    board = day_board(clinic.schedule.day(TODAY, ADA), 15)
    assert [p.card.patient_id for _n, p in board.in_order()] == [PARK, LIN, RUIZ]


def test_nine_stands_at_one_height_in_the_week_the_clocks_change(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    monday = date(2026, 10, 19)  # clocks go back on Sunday the 25th
    week = clinic.schedule.week(monday, ADA, OSEI)
    zone = clinic.records.profile.zone
    board = week_board(week, zone, 15)
    assert len(board.columns) == 7
    for number in range(len(board.columns)):
        assert board.slot(number, 9 * 60, 15, zone).starts.hour == 9
    assert len(week_board(week, zone, 15, weekend=False).columns) == 5


def test_on_the_long_day_each_row_knows_which_of_the_two_hours_it_is(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    board = day_board(clinic.schedule.day(date(2026, 10, 25), ADA), 15)
    zone = clinic.records.profile.zone
    first, second = (board.slot(0, minute, 15, zone) for minute in (60, 120))
    assert (first.starts.hour, first.fold) == (1, 0)
    assert (second.starts.hour, second.fold) == (1, 1)
