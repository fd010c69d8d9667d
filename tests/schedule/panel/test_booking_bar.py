# SPDX-License-Identifier: Apache-2.0
"""The booking bar: from a key to a row."""

from __future__ import annotations

from datetime import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinicdesk.schedule.model import Booking
from clinicdesk.schedule.panel.booking_bar import BookingBar
from clinicdesk.schedule.panel.booking_draft import registration
from clinicdesk.schedule.panel.patient_hits import NewPatient
from tests.schedule.clinic import CHECK_UP, FISCHER, OSEI, PARK, RUIZ, TODAY, at, booking
from tests.schedule.panel.conftest import Bench
from tests.support.clinics import an_actor

ADA = an_actor()
ENTER = Qt.Key.Key_Return


def the_bar(bench: Bench, qtbot: QtBot, action: str = "book") -> BookingBar:
    bench.page.perform(f"schedule.{action}")
    bench.settle(qtbot)
    bar = bench.page.bar
    assert not bar.isHidden()
    return bar


def test_the_next_free_time_and_five_others_are_there_at_once(bench: Bench, qtbot: QtBot) -> None:
    bench.room.spotlight.show("patient", RUIZ)
    bar = the_bar(bench, qtbot)
    draft = bar.draft()
    assert draft.starts == at(12).starts  # the clock stands at noon
    assert (draft.patient_id, draft.type_id, draft.minutes) == (RUIZ, CHECK_UP, 30)
    assert len(bar.offered()) == 5
    QTest.keyClick(bar, ENTER)
    bench.settle(qtbot)
    assert bar.isHidden()
    assert bench.rows()["Ruiz, Elena"].starts == at(12).starts
    chosen = bench.grid.selected()
    assert chosen is not None
    assert chosen[1].card.patient_id == RUIZ


def test_alt_and_a_digit_takes_another_time(bench: Bench, qtbot: QtBot) -> None:
    bench.room.spotlight.show("patient", RUIZ)
    bar = the_bar(bench, qtbot)
    third = bar.offered()[2]
    QTest.keyClick(bar, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    bench.settle(qtbot)
    QTest.keyClick(bar, ENTER)
    bench.settle(qtbot)
    card = bench.rows()["Ruiz, Elena"]
    assert (card.starts, card.provider_id) == (third.starts, third.provider_id)


def test_letters_of_any_part_of_a_name_choose_the_provider(bench: Bench, qtbot: QtBot) -> None:
    bar = the_bar(bench, qtbot)
    QTest.keyClicks(bar.fields.provider, "fis")
    assert bar.fields.provider.value() == FISCHER


def test_a_patient_is_found_by_letters_and_taken_by_enter(bench: Bench, qtbot: QtBot) -> None:
    quist = bench.taken_on("Quist, Nora")
    bar = the_bar(bench, qtbot)
    field = bar.fields.patient
    field.setFocus()
    QTest.keyClicks(field, "qui")
    qtbot.waitUntil(lambda: field.listing)
    QTest.keyClick(field, ENTER)
    bench.settle(qtbot)
    assert bar.draft().patient_id == quist
    assert bench.room.spotlight.current("patient") == quist


def test_an_unknown_name_is_taken_on_and_booked_in_one_go(bench: Bench, qtbot: QtBot) -> None:
    bar = the_bar(bench, qtbot)
    field = bar.fields.patient
    field.setFocus()
    QTest.keyClicks(field, "mina novak")
    qtbot.waitUntil(lambda: field.listing)
    QTest.keyClick(field, ENTER)
    assert not bar.fields.phone.isHidden()
    bar.fields.phone.setText("07700 900123")
    bench.settle(qtbot)
    bar.commit()
    bench.settle(qtbot)
    assert "Novak, Mina" in bench.rows()


def test_a_taken_time_is_told_and_a_second_enter_books_beside_it(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.clinic.schedule.book(booking(PARK, OSEI, at(15)), ADA)
    bench.settle(qtbot)
    bench.room.spotlight.show("patient", RUIZ)
    bar = the_bar(bench, qtbot)
    bar.fields.provider.set_value(OSEI)
    bar.fields.time.set_value(at(15).starts.time())
    bench.settle(qtbot)
    assert "Park" in bar.words.text()
    QTest.keyClick(bar, ENTER)
    bench.settle(qtbot)
    assert "Ruiz, Elena" not in bench.rows()
    QTest.keyClick(bar, ENTER)
    bench.settle(qtbot)
    assert bench.rows()["Ruiz, Elena"].overbook


def test_another_appointment_of_the_day_is_told(bench: Bench, qtbot: QtBot) -> None:
    bench.clinic.schedule.book(booking(RUIZ, FISCHER, at(16)), ADA)
    bench.settle(qtbot)
    bench.room.spotlight.show("patient", RUIZ)
    bar = the_bar(bench, qtbot)
    assert "Dr Lena Fischer that day" in bar.words.text()
    bar.walk_in.setChecked(True)
    bench.settle(qtbot)
    assert "16:00" in bar.words.text()
    bar.walk_in.setChecked(False)
    bar.fields.day.setText("+2")
    bar.fields.day.settle()
    bench.settle(qtbot)
    assert not bar.words.isVisible()


def test_what_changes_after_the_warning_must_be_meant_again(bench: Bench, qtbot: QtBot) -> None:
    bench.clinic.schedule.book(booking(PARK, OSEI, at(15, minutes=60)), ADA)
    bench.settle(qtbot)
    bench.room.spotlight.show("patient", RUIZ)
    bar = the_bar(bench, qtbot)
    bar.fields.provider.set_value(OSEI)
    bar.fields.time.set_value(at(15).starts.time())
    bench.settle(qtbot)
    bar.commit()
    bench.settle(qtbot)
    bar.fields.time.set_value(at(15, 30).starts.time())
    bench.settle(qtbot)
    bar.commit()
    bench.settle(qtbot)
    assert "Ruiz, Elena" not in bench.rows()


def test_w_and_a_space_is_a_walk_in_who_waits_at_once(bench: Bench, qtbot: QtBot) -> None:
    quist = bench.taken_on("Quist, Nora")
    bar = the_bar(bench, qtbot)
    field = bar.fields.patient
    field.setFocus()
    QTest.keyClicks(field, "w ")
    assert bar.walk_in.isChecked()
    QTest.keyClicks(field, "nora")
    qtbot.waitUntil(lambda: field.listing)
    QTest.keyClick(field, ENTER)
    bench.settle(qtbot)
    bar.commit()
    bench.settle(qtbot)
    [card] = bench.rows().values()
    assert (card.patient_id, card.booking) == (quist, Booking.ARRIVED)


def test_w_and_a_name_is_a_walk_in_without_a_space(bench: Bench, qtbot: QtBot) -> None:
    quist = bench.taken_on("Quist, Nora")
    field = the_bar(bench, qtbot).fields.patient
    field.setFocus()
    QTest.keyClicks(field, "wnora")
    qtbot.waitUntil(lambda: field.listing)
    QTest.keyClick(field, ENTER)
    bench.settle(qtbot)
    QTest.keyClick(field, ENTER)
    bench.settle(qtbot)
    [card] = bench.rows().values()
    assert (card.patient_id, card.booking) == (quist, Booking.ARRIVED)


def test_a_name_that_begins_with_w_is_still_a_name(bench: Bench, qtbot: QtBot) -> None:
    wood = bench.taken_on("Wood, Ida")
    bench.taken_on("Oodgers, Tom")
    bar = the_bar(bench, qtbot)
    field = bar.fields.patient
    field.setFocus()
    QTest.keyClicks(field, "wood")
    qtbot.waitUntil(lambda: field.listing)
    QTest.keyClick(field, ENTER)
    bench.settle(qtbot)
    assert bar.draft().patient_id == wood
    assert not bar.walk_in.isChecked()


def test_w_as_the_first_key_is_a_walk_in_of_whom_the_card_shows(bench: Bench, qtbot: QtBot) -> None:
    bench.room.spotlight.show("patient", RUIZ)
    bar = the_bar(bench, qtbot)
    QTest.keyClick(bar.fields.type, Qt.Key.Key_W)
    assert bar.walk_in.isChecked()
    bench.settle(qtbot)
    QTest.keyClick(bar, ENTER)
    bench.settle(qtbot)
    [card] = bench.rows().values()
    assert (card.patient_id, card.booking) == (RUIZ, Booking.ARRIVED)


def test_the_bar_for_a_slot_offers_whom_the_card_shows_and_typing_replaces_them(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.room.spotlight.show("patient", RUIZ)
    bench.grid.put_cursor(1, 14 * 60)
    bench.key(ENTER)
    bench.settle(qtbot)
    bar = bench.page.bar
    field = bar.fields.patient
    assert bar.draft().patient_id == RUIZ
    assert field.selectedText() == field.text() == "Ruiz, Elena"
    QTest.keyClicks(field, "par")
    assert field.text() == "par"
    assert bar.draft().patient_id == 0


def test_after_a_booking_the_next_name_goes_into_the_patient_field(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.room.spotlight.show("patient", RUIZ)
    QTest.keyClick(the_bar(bench, qtbot), ENTER)
    bench.settle(qtbot)
    bar = the_bar(bench, qtbot)
    field = bar.fields.patient
    assert bench.page.window().focusWidget() is field
    assert field.selectedText() == "Ruiz, Elena"


def test_a_warning_about_one_patient_is_gone_once_another_is_entered(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(15)), ADA)
    bench.room.spotlight.show("patient", RUIZ)
    bar = the_bar(bench, qtbot)
    assert "Ruiz" in bar.words.text()
    bar.fields.patient.choose(NewPatient("Zelda Quine"))
    bench.settle(qtbot)
    assert bar.words.text() == ""


def test_a_time_of_twelve_hours_is_read_whole(bench: Bench, qtbot: QtBot) -> None:
    bar = the_bar(bench, qtbot)
    bench.page.resize(900, 700)
    field = bar.fields.time
    for hour in range(24):
        field.set_value(time(hour, 58))
        qtbot.wait(1)
        written = field.fontMetrics().horizontalAdvance(field.text())
        assert written + bench.room.theme.px(20) < field.width()


def test_enter_on_an_empty_slot_opens_the_bar_for_that_slot(bench: Bench, qtbot: QtBot) -> None:
    bench.grid.put_cursor(1, 14 * 60)
    bench.key(ENTER)
    bench.settle(qtbot)
    draft = bench.page.bar.draft()
    assert (draft.provider_id, draft.starts) == (FISCHER, at(14).starts)


def test_escape_closes_the_bar_and_gives_the_focus_back(bench: Bench, qtbot: QtBot) -> None:
    bar = the_bar(bench, qtbot)
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert bench.clinic.schedule.day(TODAY, ADA).cards == ()


@pytest.mark.parametrize(
    ("typed", "family", "given"),
    [
        ("Novak, Mina", "Novak", "Mina"),
        ("mina novak", "Novak", "Mina"),
        ("Ana María LÓPEZ", "LÓPEZ", "Ana María"),
        ("Cher", "Cher", ""),
    ],
)
def test_names_are_read_in_both_orders(typed: str, family: str, given: str) -> None:
    who = registration(typed, None, "").who
    assert (who.family_name, who.given_name) == (family, given)
