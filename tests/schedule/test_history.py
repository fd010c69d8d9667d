# SPDX-License-Identifier: Apache-2.0
"""Taking in appointments of other systems and of the demo clinic."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.kernel.identity import AppointmentId, PatientId
from clinicdesk.kernel.moments import Slot
from clinicdesk.ledger.tables import account, open_amount
from clinicdesk.patients.tables import patient
from clinicdesk.schedule.model import Booking, PastAppointment, PastVisit, StepState, overlapping
from clinicdesk.schedule.queries import checks
from clinicdesk.schedule.tables import visit
from tests.schedule.clinic import (
    CHECK_UP,
    OSEI,
    PARK,
    ROOM_1,
    RUIZ,
    TODAY,
    Clinic,
    a_clinic,
    at,
    booking,
)
from tests.support.clinics import an_actor

ADA = an_actor()


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return a_clinic(tmp_path)


def owe(clinic: Clinic, parts: Sequence[tuple[int, PatientId, str, int]]) -> None:
    """Write charges by number, of a patient, still open for a kind of party."""
    with clinic.records.write(ADA, "test.owe") as work:
        work.execute(account.insert(), {"number": "1200", "name": "R", "kind": "asset",
                                        "normal_side": "debit"})  # fmt: skip
        for number, who, party, amount in parts:
            work.execute(
                charge.insert(),
                {
                    "id": number, "patient_id": who, "guarantor_id": who, "provider_id": OSEI,
                    "service_on": TODAY, "business_on": TODAY, "code": "X", "description": "X",
                    "units": 1, "unit_minor": 1, "amount_minor": 1, "created_at": work.now,
                },
            )  # fmt: skip
            work.execute(
                open_amount.insert(),
                {
                    "charge_id": number, "account": "1200", "party_kind": party, "party_id": who,
                    "patient_id": who, "amount_minor": amount,
                },
            )  # fmt: skip
        work.record("charge", None)


def test_every_state_is_kept_with_its_visit_and_history(clinic: Clinic) -> None:
    arrived = datetime(2026, 11, 25, 9, 2, tzinfo=UTC)
    history = [
        PastAppointment(
            RUIZ, OSEI, at(9), Booking.DONE, CHECK_UP, ROOM_1,
            arrived_at=arrived, done_at=arrived + timedelta(minutes=25), opened=True,
        ),
        PastAppointment(PARK, OSEI, at(10), Booking.NO_SHOW),
        PastAppointment(RUIZ, OSEI, at(11), Booking.CANCELLED, cancel_reason="ill"),
        PastAppointment(None, OSEI, at(12, 30), Booking.BOOKED, note="Lunch"),
    ]  # fmt: skip
    with clinic.records.write(ADA, "moving.import") as work:
        kept = clinic.schedule.take_in(work, history)
    assert [one.visit_id is not None for one in kept] == [True, False, False, False]
    cards = clinic.schedule.day(TODAY, ADA).cards
    assert [c.id for c in cards] == [one.appointment_id for one in kept]
    assert [c.booking for c in cards] == [past.booking for past in history]
    assert [c.name for c in cards][-1] == "Lunch"
    told = clinic.schedule.history(kept[0].appointment_id, ADA)
    assert [(row.action, row.booking) for row in told] == [
        ("booked", Booking.BOOKED),
        ("state", Booking.ARRIVED),
        ("state", Booking.DONE),
    ]


def test_overlaps_of_history_are_flagged_not_refused(clinic: Clinic) -> None:
    clinic.schedule.book(booking(slot=at(15, 20)), ADA)
    history = [
        PastAppointment(RUIZ, OSEI, at(15), Booking.BOOKED),
        PastAppointment(PARK, OSEI, at(9), Booking.BOOKED),
        PastAppointment(RUIZ, OSEI, at(9, 15), Booking.BOOKED),
        PastAppointment(PARK, OSEI, at(9, 15), Booking.CANCELLED),
    ]
    with clinic.records.write(ADA, "moving.import") as work:
        clinic.schedule.take_in(work, history)
    with clinic.records.read() as reading:
        assert not list(overlapping(checks.taken_spans(reading, 0, 1 << 40)))
    flagged = [c.starts for c in clinic.schedule.day(TODAY, ADA).cards if c.overbook]
    assert flagged == [at(9, 15).starts, at(15).starts]


def test_a_wall_time_in_a_gap_is_kept_and_begins_after_it(clinic: Clinic) -> None:
    gap = Slot(datetime(2027, 3, 28, 1, 30), 30)  # noqa: DTZ001 -- wall time is naive
    with clinic.records.write(ADA, "moving.import") as work:
        clinic.schedule.take_in(work, [PastAppointment(RUIZ, OSEI, gap, Booking.DONE, opened=True)])
    card = clinic.schedule.day(gap.day, ADA).cards[0]
    assert card.starts == gap.starts
    zone = clinic.records.profile.zone
    assert zone.slot_at(card.starts_min, 30).starts.hour == 2


def test_many_are_taken_in_with_few_statements(clinic: Clinic) -> None:
    history = [
        PastAppointment(RUIZ, OSEI, at(9, on=TODAY + timedelta(days=n)), Booking.DONE, opened=True)
        for n in range(6000)
    ]
    with clinic.records.write(ADA, "moving.import") as work:
        kept = clinic.schedule.take_in(work, history)
    assert len({one.visit_id for one in kept}) == 6000
    assert [one.appointment_id for one in kept] == sorted(one.appointment_id for one in kept)


def test_visits_without_appointments_are_taken_in_open_or_finished(clinic: Clinic) -> None:
    began = datetime(2025, 3, 1, 9, tzinfo=UTC)
    visits = [
        PastVisit(RUIZ, OSEI, began, began + timedelta(minutes=15), "emergency", "Cough", ("R05",)),
        PastVisit(PARK, OSEI, began),
    ]
    with clinic.records.write(ADA, "moving.import") as work:
        ids = clinic.schedule.take_visits(work, visits)
    with clinic.records.read() as reading:
        rows = reading.execute(sa.select(visit).order_by(visit.c.id)).all()
    assert tuple(row.id for row in rows) == ids
    assert [(row.state, row.kind, row.diagnoses) for row in rows] == [
        ("finished", "emergency", "R05"),
        ("open", "ambulatory", ""),
    ]


def test_what_is_due_shows_the_guarantors_open_part_and_never_a_credit(clinic: Clinic) -> None:
    clinic.schedule.book(booking(), ADA)
    clinic.schedule.book(booking(PARK, slot=at(16)), ADA)
    parts = [
        (1, RUIZ, "guarantor", 4000),
        (2, RUIZ, "guarantor", 2500),
        (3, RUIZ, "payer", 9000),
        (4, PARK, "guarantor", -500),
    ]
    owe(clinic, parts)
    assert [card.due_minor for card in clinic.schedule.day(TODAY, ADA).cards] == [6500, 0]
    assert [row.due_minor for row in clinic.schedule.list(TODAY, TODAY, ADA)] == [6500, 0]


def test_what_is_due_is_of_the_whole_person_after_a_merge(clinic: Clinic) -> None:
    before, own = booking(PARK), booking(RUIZ, slot=at(16))
    for one in (before, own):
        clinic.schedule.book(one, ADA)
    clinic.schedule.step(StepState(AppointmentId(1), 1), ADA)
    owe(clinic, [(1, RUIZ, "guarantor", 4000), (2, PARK, "guarantor", 2500)])
    with clinic.records.write(ADA, "test.merge") as work:
        work.execute(patient.update().where(patient.c.id == PARK).values(survivor_id=RUIZ))
        work.record("patient", PARK)
    assert [card.due_minor for card in clinic.schedule.day(TODAY, ADA).cards] == [6500, 6500]
    assert [row.due_minor for row in clinic.schedule.list(TODAY, TODAY, ADA)] == [6500, 6500]
    assert [card.due_minor for card in clinic.schedule.waiting(ADA)] == [6500]
