# SPDX-License-Identifier: Apache-2.0
"""The patient's card and the pages of money follow what is selected in the book."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel

from clinicdesk.billing.panel import CheckOutPanel
from clinicdesk.patients.panel import PatientCardPanel
from clinicdesk.schedule.model import Booking
from clinicdesk.schedule.queries.rows import ListRow
from tests.journeys.conftest import UNTIL, Desk


def card(desk: Desk) -> PatientCardPanel:
    panel = desk.shell.panel("patient")
    assert isinstance(panel, PatientCardPanel)
    return panel


def box_words(desk: Desk) -> list[str]:
    """Return what the appointment's box on the card says."""
    boxes = [box for box in card(desk).findChildren(QFrame, "card") if box.isVisible()]
    return [label.text() for box in boxes for label in box.findChildren(QLabel)]


def today_of(desk: Desk) -> list[ListRow]:
    return [
        row for row in desk.clinic.schedule.list(UNTIL, UNTIL, desk.clinic.actor)
        if row.patient_id and row.booking is not Booking.CANCELLED
    ]  # fmt: skip


def test_the_cards_box_is_of_the_selected_appointment_not_of_todays(desk: Desk) -> None:
    schedule, actor = desk.clinic.schedule, desk.clinic.actor
    row, other = next(
        (row, one)
        for row in today_of(desk)
        for one in schedule.patient_appointments(row.patient_id or 0, actor)
        if one.starts.date() != UNTIL and one.booking is not Booking.CANCELLED
    )
    spotlight = desk.sitting.room.spotlight
    spotlight.show("patient", row.patient_id or 0)
    spotlight.show("appointment", row.id)
    desk.settle()
    formats = desk.sitting.room.formats
    assert any(formats.time(row.starts) in words for words in box_words(desk))
    spotlight.show("appointment", other.id)
    desk.settle()
    words = box_words(desk)
    assert any(formats.day(other.starts.date()) in one for one in words), words
    assert any(other.provider in one for one in words)


def test_check_out_charges_for_the_doctor_of_the_visit(desk: Desk) -> None:
    panel = desk.shell.panel("checkout")
    assert isinstance(panel, CheckOutPanel)
    desk.shell.go_to("checkout")
    seen = set()
    for row in today_of(desk):
        desk.sitting.room.spotlight.show("patient", row.patient_id or 0)
        desk.sitting.room.spotlight.show("appointment", row.id)
        desk.settle()
        if row.booking in {Booking.ARRIVED, Booking.IN_ROOM, Booking.CHECKOUT}:
            assert panel.provider.value() == row.provider_id, row
            seen.add(row.provider_id)
    assert len(seen) > 1


def test_escape_closes_the_check_out_and_the_card_is_back(desk: Desk) -> None:
    from PySide6.QtCore import Qt

    row = today_of(desk)[0]
    desk.sitting.room.spotlight.show("patient", row.patient_id or 0)
    desk.settle()
    before = desk.focus()
    desk.act("billing.take_payment")
    assert not card(desk).isVisible()
    desk.key(Qt.Key.Key_Escape)
    assert card(desk).isVisible()
    assert desk.focus() is before


def test_credit_that_is_held_stands_on_the_card_and_lowers_what_check_out_asks(desk: Desk) -> None:
    from clinicdesk.billing.model import Payment, TakePayment

    clinic, actor = desk.clinic, desk.clinic.actor
    patient = next(
        row.patient_id for row in today_of(desk)
        if row.patient_id and not clinic.billing.amount_due(row.patient_id, actor)
        and not clinic.billing.account(row.patient_id, actor).credit_minor
        and len(clinic.patients.family(row.patient_id, actor)) == 1
    )  # fmt: skip
    clinic.billing.take_payment(TakePayment(patient, Payment(5_000, "cash")), actor)
    desk.sitting.room.spotlight.show("patient", patient)
    desk.settle()
    held = desk.sitting.room.formats.money(5_000)
    facts = [label.text() for label in card(desk).findChildren(QLabel) if label.isVisible()]
    assert facts[facts.index("Credit held") + 1] == held
    desk.act("billing.take_payment")
    panel = desk.shell.panel("checkout")
    assert isinstance(panel, CheckOutPanel)
    assert panel.sums.after.text() == desk.sitting.room.formats.money(-5_000)
