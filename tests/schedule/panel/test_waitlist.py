# SPDX-License-Identifier: Apache-2.0
"""The waitlist at the counter: a freed time is offered in the same bar, who finds none waits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from clinicdesk.kernel.identity import AppointmentTypeId, PatientId, StaffId
from clinicdesk.schedule.model import AddToWaitlist, Booking
from clinicdesk.schedule.panel.waitlist_match import Freed, matches, suits
from clinicdesk.schedule.queries import CardRow, WaitlistRow
from tests.schedule.clinic import CHECK_UP, OSEI, PARK, RUIZ, at, booking
from tests.schedule.panel.conftest import Bench
from tests.support.clinics import an_actor

_Key = Qt.Key
TUESDAY_MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=UTC).replace(tzinfo=None)


def wish(
    number: int, *, provider: int | None = None, type_id: int | None = None, words: str = ""
) -> WaitlistRow:
    since = datetime(2026, 11, 1, tzinfo=UTC)
    return WaitlistRow(number, 1, number, f"P{number}", "", type_id, "", provider, "", words,
                       False, since)  # fmt: skip


def press(bench: Bench, qtbot: QtBot, key: Qt.Key) -> None:
    QTest.keyClick(bench.page.focusWidget(), key)
    bench.settle(qtbot)


def chosen(bench: Bench, qtbot: QtBot) -> CardRow:
    """Book Ruiz this afternoon with Dr Osei, and select that."""
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(15)), an_actor())
    bench.settle(qtbot)
    [card] = bench.rows().values()
    assert bench.grid.select(card.id)
    bench.grid.setFocus()
    return card


def cancel(bench: Bench, qtbot: QtBot) -> None:
    bench.key(_Key.Key_Delete)
    bench.settle(qtbot)
    letter = next(key for key, why in bench.page.reason.letters.items() if why == "illness")
    press(bench, qtbot, _Key(ord(letter.upper())))


# ── whom a time suits ────────────────────────────────────────────────────────────────────────


def test_another_providers_patients_and_longer_visits_are_left_out(bench: Bench) -> None:
    freed = Freed(1, TUESDAY_MORNING, 0, 15)
    rows = (wish(1, provider=2), wish(2, type_id=7), wish(3, provider=1), wish(4, type_id=8))
    found = matches(rows, freed, {7: 30, 8: 15}, bench.room.formats)
    assert [row.id for row in found] == [3, 4]


def test_who_asks_for_another_day_comes_last_but_is_not_left_out(bench: Bench) -> None:
    freed = Freed(1, TUESDAY_MORNING, 0, 15)
    rows = (wish(1, words="Fridays only"), wish(2, words="afternoons"), wish(3, words="Tue am"))
    found = matches(rows, freed, {}, bench.room.formats)
    assert [row.id for row in found] == [3, 1, 2]


@pytest.mark.parametrize(
    ("words", "yes"),
    [
        ("", True), ("mornings", True), ("Tuesdays", True), ("tuesday mornings", True),
        ("afternoons", False), ("not before school is out", True), ("Mon, Wed", False),
        ("mornings or afternoons", True), ("before noon", True),
    ],
)  # fmt: skip
def test_words_are_a_hint_of_day_and_half_day(bench: Bench, words: str, yes: bool) -> None:
    assert suits(words, TUESDAY_MORNING, bench.room.formats) is yes


# ── in the bar ───────────────────────────────────────────────────────────────────────────────


def test_down_and_enter_book_the_first_who_waits_into_the_freed_time(
    bench: Bench, qtbot: QtBot
) -> None:
    card = chosen(bench, qtbot)
    bench.clinic.schedule.add_to_waitlist(AddToWaitlist(PARK, urgent=True), an_actor())
    cancel(bench, qtbot)
    assert bench.page.reason.offering
    press(bench, qtbot, _Key.Key_Return)  # meant for the reason: nobody is booked by it
    assert bench.page.reason.offering
    press(bench, qtbot, _Key.Key_Down)
    press(bench, qtbot, _Key.Key_Return)
    assert bench.page.reason.isHidden()
    taken = [
        row
        for row in bench.clinic.schedule.list(card.starts.date(), card.starts.date(), an_actor())
        if row.starts == card.starts and row.provider_id == card.provider_id
    ]
    assert {row.patient_id: row.booking for row in taken}[PARK] is Booking.BOOKED
    assert not bench.clinic.schedule.waitlist(an_actor())


def test_undoing_brings_the_wish_back_and_takes_the_appointment_away(
    bench: Bench, qtbot: QtBot
) -> None:
    chosen(bench, qtbot)
    bench.clinic.schedule.add_to_waitlist(AddToWaitlist(PARK), an_actor())
    cancel(bench, qtbot)
    press(bench, qtbot, _Key.Key_Down)
    press(bench, qtbot, _Key.Key_Return)
    bench.room.desk.undo()
    bench.settle(qtbot)
    [row] = bench.clinic.schedule.waitlist(an_actor())
    assert row.patient_id == PARK


def test_without_anybody_waiting_the_bar_goes_as_before(bench: Bench, qtbot: QtBot) -> None:
    chosen(bench, qtbot)
    cancel(bench, qtbot)
    assert bench.page.reason.isHidden()
    assert bench.page.focusWidget() is bench.grid


def test_esc_leaves_the_time_free(bench: Bench, qtbot: QtBot) -> None:
    chosen(bench, qtbot)
    bench.clinic.schedule.add_to_waitlist(AddToWaitlist(PARK), an_actor())
    cancel(bench, qtbot)
    press(bench, qtbot, _Key.Key_Escape)
    assert bench.page.reason.isHidden()
    assert len(bench.clinic.schedule.waitlist(an_actor())) == 1


# ── onto the list, and off it ────────────────────────────────────────────────────────────────


def test_who_finds_no_time_is_put_on_the_list_from_the_booking_bar(
    bench: Bench, qtbot: QtBot
) -> None:
    patient = bench.taken_on("Nadia Roth")
    bench.room.spotlight.show("patient", patient)
    bench.page.perform("schedule.book")
    bench.settle(qtbot)
    bench.page.bar.none_suits.emit()
    bench.settle(qtbot)
    bar = bench.page.counter.wishes.bar
    assert bar.isVisible()
    assert bench.page.bar.isHidden()
    QTest.keyClicks(bar.wishes, "mornings")
    press(bench, qtbot, _Key.Key_Return)
    [row] = bench.clinic.schedule.waitlist(an_actor())
    assert (row.patient_id, row.wishes) == (patient, "mornings")


def test_the_card_puts_its_patient_on_the_list(bench: Bench, qtbot: QtBot) -> None:
    patient = bench.taken_on("Nadia Roth")
    bench.room.spotlight.show("patient", patient)
    bench.page.perform("schedule.wait")
    bench.settle(qtbot)
    bar = bench.page.counter.wishes.bar
    assert "Nadia" in bar.whose.text()
    bar.urgent.setChecked(True)
    bar.commit()
    bench.settle(qtbot)
    [row] = bench.clinic.schedule.waitlist(an_actor())
    assert row.urgent


def test_the_list_books_and_the_wish_ends_with_it(bench: Bench, qtbot: QtBot) -> None:
    patient = bench.taken_on("Nadia Roth")
    command = AddToWaitlist(PatientId(patient), AppointmentTypeId(CHECK_UP), StaffId(OSEI))
    bench.clinic.schedule.add_to_waitlist(command, an_actor())
    bench.page.perform("schedule.waitlist")
    bench.settle(qtbot)
    view = bench.page.counter.wishes.view
    assert view.isVisible()
    QTest.keyClick(view.table, _Key.Key_Return)
    bench.settle(qtbot)
    assert not view.isVisible()
    assert bench.page.bar.isVisible()
    bench.page.bar.commit()
    bench.settle(qtbot)
    assert not bench.clinic.schedule.waitlist(an_actor())
    booked = bench.clinic.schedule.patient_appointments(patient, an_actor())
    assert [row.provider_id for row in booked] == [OSEI]


def test_del_takes_somebody_off_the_list(bench: Bench, qtbot: QtBot) -> None:
    bench.clinic.schedule.add_to_waitlist(AddToWaitlist(PARK), an_actor())
    bench.page.perform("schedule.waitlist")
    bench.settle(qtbot)
    view = bench.page.counter.wishes.view
    QTest.keyClick(view.table, _Key.Key_Delete)
    bench.settle(qtbot)
    assert not bench.clinic.schedule.waitlist(an_actor())
    bench.page.forget()
    assert not view.isVisible()
