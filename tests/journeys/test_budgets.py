# SPDX-License-Identifier: Apache-2.0
"""The receptionist's tasks within their budgets of keys, checked in the file.

``--budget-clinic PATH`` replays them on a copy of another clinic; ``-s`` prints what each took.
A task begins with the book in front; typed data is free (experience.md, section 1).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.identity import PatientId, StaffId
from clinicdesk.kernel.moments import Slot
from clinicdesk.patients.queries import PatientHit
from clinicdesk.schedule.model import ACTIVE, AddToWaitlist, BookAppointment, Booking
from clinicdesk.schedule.panel.board import Place
from clinicdesk.schedule.panel.booking_draft import registration
from clinicdesk.schedule.panel.page import SchedulePanel
from clinicdesk.schedule.panel.waiting_strip import WaitingPanel
from clinicdesk.schedule.queries import CardRow, ListRow
from clinicdesk.storage.tables import audit
from tests.journeys.conftest import Desk

pytestmark = pytest.mark.journey

_Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LETTERS = "mar"


def page(desk: Desk) -> SchedulePanel:
    panel = desk.shell.panel("schedule")
    assert isinstance(panel, SchedulePanel)
    return panel


def begin(desk: Desk) -> SchedulePanel:
    """Come to the book as after the task before: nobody selected, nothing open."""
    panel = page(desk)
    desk.shell.go_to("schedule")
    panel.grid.select(0)
    panel.grid.setFocus()
    desk.settle()
    desk.keys = 0
    return panel


def within(desk: Desk, task: str, budget: int, told: pytest.FixtureRequest) -> None:
    """Hold the count against the budget, and tell it."""
    reporter = told.config.pluginmanager.get_plugin("terminalreporter")
    if told.config.getoption("capture") == "no" and reporter is not None:
        reporter.write_line(f"{task}: {desk.keys} of {budget}")
    assert desk.keys <= budget


def many(desk: Desk) -> tuple[PatientHit, ...]:
    """Return the first hits for three letters that at least five patients share."""
    actor, patients = desk.clinic.actor, desk.clinic.patients

    def sharing() -> list[PatientHit]:
        hits = patients.search(LETTERS, actor, 20)
        return [h for h in hits if any(w.startswith(LETTERS) for w in fold(h.name).split())]

    given = iter(("Ada", "Bea", "Cleo", "Dora", "Edda"))
    while len(sharing()) < 5:
        patients.register(registration(f"Marlow, {next(given)}", None, ""), actor)
    return tuple(patients.search(LETTERS, actor, 12))


def of_patient(desk: Desk, patient_id: int) -> dict[int, ListRow]:
    rows = desk.clinic.schedule.patient_appointments(patient_id, desk.clinic.actor)
    return {row.id: row for row in rows}


def card(desk: Desk, appointment_id: int) -> CardRow:
    day = desk.clinic.schedule.day(page(desk).on, desk.clinic.actor)
    return next(one for one in day.cards if one.id == appointment_id)


def booked_cards(panel: SchedulePanel) -> list[tuple[int, Place]]:
    return [
        (column, place)
        for column, place in panel.grid.board.in_order()
        if place.card.booking is Booking.BOOKED and place.card.patient_id
    ]


def click_card(desk: Desk, appointment_id: int) -> None:
    grid = page(desk).grid
    column, place = next(
        (column, place) for column, place in grid.board.in_order()
        if place.card.id == appointment_id
    )  # fmt: skip
    grid.reach(column, place.start, place.end)
    box = grid.card_box(appointment_id)
    assert box is not None
    desk.click(grid.viewport(), QPoint(int(box.x + box.width / 2), int(box.y + 6)))


def free_slot(panel: SchedulePanel) -> tuple[int, int]:
    """Return a column and a row minute after now with nothing in the next half hour."""
    grid = panel.grid
    for number, column in enumerate(grid.board.columns):
        now = int((grid.now.timestamp() // 60) - column.zero)
        for minute in range(-(-now // 15) * 15, grid.board.last - 30, 15):
            shut = any(a < minute + 30 and minute < b for a, b in column.closed + column.breaks)
            full = any(p.start < minute + 30 and minute < p.end for p in column.places)
            if not shut and not full:
                return number, minute
    raise AssertionError("the day is full")


@pytest.mark.parametrize(("place", "budget"), [(0, 6), (1, 6), (3, 8)])
def test_r1_find_a_patient_and_book_the_next_free_slot_with_one_provider(
    reception: Desk, request: pytest.FixtureRequest, place: int, budget: int
) -> None:
    desk, actor = reception, reception.clinic.actor
    panel = begin(desk)
    many(desk)
    provider_id, name = next(one for one in panel.people if "Osei" in one[1])
    desk.key(_Key.Key_K, CTRL)
    desk.type(LETTERS)
    found = [hit.id for hit in desk.shell.palette_box.shown if hit.kind == "patient"]
    assert len(found) >= 5
    patient_id = int(found[place].removeprefix("patient."))
    before = of_patient(desk, patient_id)
    for _step in range(place):
        desk.key(_Key.Key_Down)
    desk.key(_Key.Key_Return)
    desk.key(_Key.Key_F7)
    desk.key(_Key.Key_Tab)
    desk.type("os")
    draft = panel.bar.draft()
    [first] = desk.clinic.schedule.next_free(provider_id, draft.minutes, None, 1, actor)
    desk.key(_Key.Key_Return)
    [new] = [row for key, row in of_patient(desk, patient_id).items() if key not in before]
    assert (new.provider, new.starts, new.booking) == (name, first.starts, Booking.BOOKED)
    within(desk, f"R1, patient in place {place + 1}", budget, request)


def test_r1_typed_faster_than_the_program_answers_books_the_same(reception: Desk) -> None:
    desk, actor = reception, reception.clinic.actor
    panel = begin(desk)
    hit = many(desk)[0]
    provider_id, name = next(one for one in panel.people if "Osei" in one[1])
    before = of_patient(desk, hit.id)
    desk.press(_Key.Key_K, CTRL)
    desk.type_on(LETTERS)
    desk.press(_Key.Key_Return)
    desk.settle()
    desk.press(_Key.Key_F7)
    desk.press(_Key.Key_Tab)
    desk.type_on("os")
    draft = panel.bar.draft()
    [first] = desk.clinic.schedule.next_free(provider_id, draft.minutes, None, 1, actor)
    desk.press(_Key.Key_Return)
    desk.settle()
    [new] = [row for key, row in of_patient(desk, hit.id).items() if key not in before]
    assert (new.provider, new.starts) == (name, first.starts)


def test_r2_book_into_a_slot_that_is_seen(reception: Desk, request: pytest.FixtureRequest) -> None:
    desk = reception
    panel = begin(desk)
    hit = many(desk)[0]
    before = of_patient(desk, hit.id)
    column, minute = free_slot(panel)
    grid = panel.grid
    grid.reach(column, minute, minute + 15)
    wanted = grid.slot_of(column, minute, 15).starts
    desk.keys = 0
    box = grid.geometry_.span_box(column, minute, minute + 15)
    desk.click(grid.viewport(), QPoint(int(box.x + box.width / 2), int(box.y + box.height / 2)))
    desk.key(_Key.Key_Return)
    desk.type(LETTERS)
    desk.key(_Key.Key_Return)
    desk.key(_Key.Key_Return)
    [new] = [row for key, row in of_patient(desk, hit.id).items() if key not in before]
    assert new.starts == wanted
    assert new.provider == grid.board.columns[column].source.name
    within(desk, "R2", 4, request)


def test_r3_a_new_caller_is_taken_on_and_booked(
    reception: Desk, request: pytest.FixtureRequest
) -> None:
    desk, actor = reception, reception.clinic.actor
    begin(desk)
    desk.sitting.room.spotlight.show("patient", many(desk)[0].id)
    desk.settle()
    desk.keys = 0
    desk.key(_Key.Key_F7)
    desk.key(_Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    desk.type("quillfeather, orla")
    desk.key(_Key.Key_Up)
    desk.key(_Key.Key_Return)
    desk.key(_Key.Key_Tab)
    desk.type("1991-03-12")
    desk.key(_Key.Key_Tab)
    desk.type("07700 900777")
    desk.key(_Key.Key_Return)
    [hit] = desk.clinic.patients.search("quillfeather", actor, 5)
    known = desk.clinic.patients.card(hit.id, actor)
    assert (known.given_name, str(known.born_on)) == ("Orla", "1991-03-12")
    assert [contact.value for contact in known.contacts] == ["07700 900777"]
    [new] = of_patient(desk, hit.id).values()
    assert new.booking is Booking.BOOKED
    within(desk, "R3", 10, request)


def test_r4_arrive_a_patient(reception: Desk, request: pytest.FixtureRequest) -> None:
    desk = reception
    panel = begin(desk)
    _column, place = booked_cards(panel)[0]
    click_card(desk, place.card.id)
    desk.key(_Key.Key_F8)
    assert card(desk, place.card.id).booking is Booking.ARRIVED
    within(desk, "R4", 2, request)


def test_r6_move_an_appointment_to_tomorrow_at_the_same_time(
    reception: Desk, request: pytest.FixtureRequest
) -> None:
    desk, actor = reception, reception.clinic.actor
    panel = begin(desk)
    tomorrow = panel.on + timedelta(days=1)
    taken = [one for one in desk.clinic.schedule.day(tomorrow, actor).cards
             if one.booking in ACTIVE]  # fmt: skip
    shift = timedelta(days=1)
    one = next(
        place.card for _column, place in booked_cards(panel)
        if not any(
            other.provider_id == place.card.provider_id
            and other.starts < place.card.starts + shift + timedelta(minutes=place.card.minutes)
            and place.card.starts + shift < other.starts + timedelta(minutes=other.minutes)
            for other in taken
        )
    )  # fmt: skip
    panel.grid.select(one.id)
    desk.key(_Key.Key_M)
    desk.key(_Key.Key_Right)
    desk.key(_Key.Key_Return)
    moved = desk.clinic.schedule.appointment(one.id, actor)
    assert moved is not None
    assert moved.starts == one.starts + shift
    within(desk, "R6", 3, request)


def test_r8_when_is_the_next_appointment(reception: Desk, request: pytest.FixtureRequest) -> None:
    desk, actor = reception, reception.clinic.actor
    panel = begin(desk)
    hit = many(desk)[0]
    [free] = desk.clinic.schedule.next_free(panel.people[0][0], 15, None, 1, actor)
    _book(desk, hit, panel.people[0][0], free.starts + timedelta(days=400))
    rows = of_patient(desk, hit.id).values()
    coming = min(r.starts for r in rows if r.booking is Booking.BOOKED
                 and r.starts.date() > panel.on)  # fmt: skip
    desk.key(_Key.Key_K, CTRL)
    desk.type(LETTERS)
    desk.keys = 0
    desk.key(_Key.Key_Return)
    labels = desk.shell.panel("patient").findChildren(QLabel)
    shown = " ".join(label.text() for label in labels if label.isVisible())
    assert desk.sitting.room.formats.moment(coming) in shown
    assert desk.shell.front == "schedule"
    within(desk, "R8", 1, request)


def test_r9_who_has_waited_longest(reception: Desk, request: pytest.FixtureRequest) -> None:
    desk = reception
    begin(desk)
    waiting = [w for w in desk.clinic.schedule.waiting(desk.clinic.actor)
               if w.booking is Booking.ARRIVED]  # fmt: skip
    strip = desk.shell.panel("waiting")
    assert isinstance(strip, WaitingPanel)
    first = strip.buttons()[0].card
    assert first.since_at == min(w.since_at for w in waiting)
    within(desk, "R9", 0, request)


def test_r10_a_walk_in_is_squeezed_in(reception: Desk, request: pytest.FixtureRequest) -> None:
    desk = reception
    begin(desk)
    name = many(desk)[1].name.replace(",", "")
    hit = desk.clinic.patients.search(name, desk.clinic.actor, 5)[0]  # of several namesakes
    desk.sitting.room.spotlight.show("patient", many(desk)[0].id)
    desk.settle()
    desk.keys = 0
    desk.key(_Key.Key_F7)
    desk.key(_Key.Key_W)
    desk.type(name)
    desk.key(_Key.Key_Return)
    desk.key(_Key.Key_Return)
    if not page(desk).bar.isHidden():
        desk.key(_Key.Key_Return)  # nobody is free now: beside somebody
    arrived = [w for w in desk.clinic.schedule.waiting(desk.clinic.actor)
               if w.patient_id == hit.id]  # fmt: skip
    assert [one.booking for one in arrived] == [Booking.ARRIVED]
    assert card(desk, arrived[0].appointment_id).walk_in
    within(desk, "R10", 5, request)


def test_r7_cancel_with_a_reason_and_offer_the_time_to_who_waits(
    reception: Desk, request: pytest.FixtureRequest
) -> None:
    desk = reception
    panel = begin(desk)
    one = booked_cards(panel)[-1][1].card
    actor = desk.clinic.actor
    wish = AddToWaitlist(PatientId(many(desk)[0].id), urgent=True)
    desk.clinic.schedule.add_to_waitlist(wish, actor)
    waiting = {row.id: row for row in desk.clinic.schedule.waitlist(actor)}
    desk.settle()
    panel.grid.select(one.id)
    desk.keys = 0
    desk.key(_Key.Key_Delete)
    letter = next(key for key, reason in panel.reason.letters.items() if reason == "illness")
    desk.key(_Key(ord(letter.upper())))
    desk.key(_Key.Key_Return)
    kept = card(desk, one.id)
    assert (kept.booking, kept.cancel_reason) == (Booking.CANCELLED, "illness")
    desk.key(_Key.Key_Down)
    desk.key(_Key.Key_Return)
    left = waiting.keys() - {row.id for row in desk.clinic.schedule.waitlist(actor)}
    [granted] = [waiting[number] for number in left]
    rows = desk.clinic.schedule.patient_appointments(granted.patient_id, actor)
    assert one.starts in {row.starts for row in rows if row.booking is Booking.BOOKED}
    within(desk, "R7", 5, request)


def test_r11_the_list_of_one_provider_is_on_the_way_to_the_printer(
    reception: Desk, request: pytest.FixtureRequest
) -> None:
    desk = reception
    panel = begin(desk)
    desk.key(_Key.Key_P, CTRL)
    desk.key(_Key.Key_Down)
    desk.key(_Key.Key_Return)
    views = desk.shell.findChildren(PaperView)
    desk.bot.waitUntil(lambda: bool(desk.shell.findChildren(PaperView)), timeout=20_000)
    desk.settle()
    [view] = views or desk.shell.findChildren(PaperView)
    default = next(b for b in view.findChildren(QPushButton) if b.isDefault())
    assert default.text() == "Print…"
    with desk.clinic.records.read() as reading:
        last = reading.execute(
            sa.select(audit.c.after)
            .where(audit.c.action == "schedule.print_day_sheet")
            .order_by(audit.c.seq.desc())
            .limit(1)
        ).scalar_one()
    assert json.loads(last)["provider_id"] == panel.people[0][0]
    desk.keys += 1  # Enter prints: there is no printer here
    view.close()
    within(desk, "R11", 4, request)


def _book(desk: Desk, hit: PatientHit, provider_id: int, starts: datetime) -> None:
    command = BookAppointment(PatientId(hit.id), StaffId(provider_id), Slot(starts, 15))
    desk.clinic.schedule.book(command, desk.clinic.actor)
    desk.settle()
