# SPDX-License-Identifier: Apache-2.0
"""A receptionist's day in the assembled program: rows in the file are what counts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from clinicdesk.schedule.model import Booking
from clinicdesk.schedule.panel.page import SchedulePanel
from tests.journeys.conftest import UNTIL, Desk


def page(desk: Desk) -> SchedulePanel:
    panel = desk.shell.panel("schedule")
    assert isinstance(panel, SchedulePanel)
    return panel


def bookings(desk: Desk) -> dict[int, str]:
    day = desk.clinic.schedule.day(UNTIL, desk.clinic.actor)
    return {card.id: str(card.booking) for card in day.cards}


def locked(desk: Desk) -> bool:
    return desk.shell.is_locked


def waiting_patient(desk: Desk) -> tuple[int, int]:
    card = desk.clinic.schedule.waiting(desk.clinic.actor)[0]
    return card.appointment_id, card.patient_id


def test_a_patient_is_found_and_booked_into_the_next_opening_with_six_keys(desk: Desk) -> None:
    actor = desk.clinic.actor
    hit = desk.clinic.patients.search("adeyemi", actor)[0]
    before = len(desk.clinic.schedule.patient_appointments(hit.id, actor))
    desk.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.shell.palette_box.open_with("")
    desk.type("adeyemi")
    desk.key(Qt.Key.Key_Return)
    assert desk.sitting.room.spotlight.current("patient") == hit.id
    desk.act("schedule.book")
    bar = page(desk).bar
    assert bar.isVisible()
    bar.fields.type.setFocus()
    desk.key(Qt.Key.Key_Return)
    after = desk.clinic.schedule.patient_appointments(hit.id, actor)
    assert len(after) == before + 1
    assert desk.keys <= 6


def test_a_booking_is_undone_from_the_toast(desk: Desk) -> None:
    actor = desk.clinic.actor
    hit = desk.clinic.patients.search("adeyemi", actor)[0]
    desk.sitting.room.spotlight.show("patient", hit.id)
    desk.act("schedule.book")
    page(desk).bar.commit()
    desk.settle()
    booked = [r for r in desk.clinic.schedule.patient_appointments(hit.id, actor)
              if r.booking is Booking.BOOKED]  # fmt: skip
    desk.act("edit.undo")
    left = [r for r in desk.clinic.schedule.patient_appointments(hit.id, actor)
            if r.booking is Booking.BOOKED]  # fmt: skip
    assert len(left) == len(booked) - 1


def test_the_next_state_is_one_key_and_the_strip_follows(desk: Desk) -> None:
    number, _patient = waiting_patient(desk)
    before = bookings(desk)[number]
    page(desk).grid.choose(number)
    desk.act("schedule.forward")
    after = bookings(desk)[number]
    assert (before, after) in {("arrived", "in_room"), ("in_room", "checkout"),
                               ("checkout", "done")}  # fmt: skip
    desk.act("edit.undo")
    assert bookings(desk)[number] == before


def test_a_cancellation_asks_its_reason_inline_and_is_kept(desk: Desk) -> None:
    panel = page(desk)
    card = next(card for card in panel.grid.cards() if card.booking is Booking.BOOKED
                and card.patient_id)  # fmt: skip
    panel.grid.choose(card.id)
    desk.act("schedule.cancel")
    assert panel.reason.isVisible()
    panel.reason.commit()
    desk.settle()
    assert bookings(desk)[card.id] == "cancelled"


def test_an_appointment_moves_to_tomorrow_by_keys(desk: Desk) -> None:
    panel = page(desk)
    card = next(card for card in panel.grid.cards() if card.booking is Booking.BOOKED
                and card.patient_id and not card.overbook)  # fmt: skip
    panel.grid.choose(card.id)
    panel.grid.setFocus()
    for key in (Qt.Key.Key_M, Qt.Key.Key_Right, Qt.Key.Key_Return):
        desk.key(key)
    moved = desk.clinic.schedule.appointment(card.id, desk.clinic.actor)
    assert moved is not None
    assert (moved.starts.date() - UNTIL).days in {0, 1}  # taken already: refused, and said so


def test_a_locked_window_shows_no_patient_and_opens_again_with_the_password(desk: Desk) -> None:
    from PySide6.QtWidgets import QLabel

    number, patient = waiting_patient(desk)
    desk.sitting.room.spotlight.show("patient", patient)
    desk.settle()
    name = desk.clinic.patients.card(patient, desk.clinic.actor).family_name
    desk.shell.lock()
    desk.settle()
    shown = [label.text() for label in desk.shell.findChildren(QLabel) if label.isVisible()]
    assert not any(name in text for text in shown)
    assert name not in desk.shell.windowTitle()
    desk.shell.curtain.unlock_wanted.emit("not the password")
    desk.settle()
    assert locked(desk)
    desk.shell.curtain.unlock_wanted.emit("demo-clinic-demo")
    desk.settle()
    assert not locked(desk)
    assert bookings(desk)[number]


def test_every_action_is_in_one_menu_and_found_by_the_palette(desk: Desk) -> None:
    from PySide6.QtWidgets import QMenu

    book = desk.shell.book
    menus = [
        menu for menu in desk.shell.findChildren(QMenu) if menu.objectName().startswith("menu.")
    ]
    for spec in book.specs():
        action = book.action(spec.id)
        inside = [menu for menu in menus if action in menu.actions()]
        assert len(inside) == 1, spec.id
        assert action.text()
    titles = {hit.title for hit in desk.shell.commands.hits()}
    assert {spec.title for spec in book.specs()} <= titles


def test_no_two_actions_share_a_key_in_one_panel(desk: Desk) -> None:
    seen: dict[str, str] = {}
    for spec in desk.shell.book.specs():
        for key in desk.shell.book.action(spec.id).shortcuts():
            assert seen.setdefault(key.toString(), spec.id) == spec.id


def test_a_charged_visit_cannot_be_taken_from_its_patient(desk: Desk) -> None:
    from clinicdesk.billing.model import ChargeLine, CheckOut
    from clinicdesk.kernel.identity import AppointmentId
    from clinicdesk.schedule.model import StepState, VisitHasCharges

    clinic, actor = desk.clinic, desk.clinic.actor
    waiting = next(
        card for card in clinic.schedule.waiting(actor) if card.booking is Booking.ARRIVED
    )
    row = clinic.schedule.appointment(waiting.appointment_id, actor)
    assert row is not None
    assert row.visit_id is not None
    line = ChargeLine("CONS15", "Consultation", 8500, row.provider_id)
    command = CheckOut(waiting.patient_id, UNTIL, (line,), visit_id=row.visit_id)
    clinic.billing.check_out(command, actor)
    step = StepState(AppointmentId(row.id), row.version, forward=False)
    with pytest.raises(VisitHasCharges):
        clinic.schedule.step(step, actor)


def test_the_keys_act_on_the_patient_who_was_found_not_on_the_one_before(desk: Desk) -> None:
    panel = page(desk)
    day = desk.clinic.schedule.day(UNTIL, desk.clinic.actor)
    booked = [c for c in day.cards if c.booking is Booking.BOOKED and c.patient_id]
    first = booked[0]
    other = next(c for c in booked if c.patient_id != first.patient_id)
    desk.sitting.room.spotlight.show("appointment", first.id)
    desk.settle()
    desk.sitting.room.spotlight.show("patient", other.patient_id or 0)
    desk.settle()
    assert panel.grid.selected_id == other.id
    desk.act("schedule.forward")
    assert bookings(desk)[other.id] == "arrived"
    assert bookings(desk)[first.id] == "booked"
