# SPDX-License-Identifier: Apache-2.0
"""From booked to done and back, and the visit that follows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.schedule.model import (
    BlockTime,
    Booking,
    CancelAppointment,
    CannotStep,
    ChangePatient,
    Contact,
    Look,
    MoveAppointment,
    NotToday,
    SlotTaken,
    StepState,
    VisitCompleted,
    VisitHasCharges,
    VisitOpened,
    VisitWithdrawn,
    WalkIn,
    step,
)
from clinicdesk.schedule.tables import visit
from tests.schedule.clinic import (
    CHECK_UP,
    FISCHER,
    OSEI,
    PARK,
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


@pytest.fixture
def own(clinic: Clinic) -> AppointmentId:
    return AppointmentId(clinic.schedule.book(booking(), ADA).value.appointment_id)


def _visits(clinic: Clinic) -> list[tuple[str, int]]:
    with clinic.records.read() as reading:
        rows = reading.execute(sa.select(visit.c.state, visit.c.patient_id))
        return [(row.state, row.patient_id) for row in rows]


def test_states_follow_each_other_and_end() -> None:
    state, seen = Booking.BOOKED, [Booking.BOOKED]
    for _ in range(4):
        state = step(state)
        seen.append(state)
    assert [s.value for s in seen] == ["booked", "arrived", "in_room", "checkout", "done"]
    with pytest.raises(CannotStep):
        step(Booking.DONE)
    with pytest.raises(CannotStep):
        step(Booking.BOOKED, forward=False)
    with pytest.raises(CannotStep):
        step(Booking.CANCELLED)


def test_the_whole_way_opens_and_closes_a_visit_and_tells_it(
    clinic: Clinic, own: AppointmentId
) -> None:
    told: list[object] = []
    for kind in (VisitOpened, VisitCompleted):
        clinic.records.facts.heed(kind, lambda work, fact: told.append(fact))
    visit_ids = set()
    for version in range(1, 5):
        done = clinic.schedule.step(StepState(own, version), ADA)
        visit_ids.add(done.value.visit_id)
        clinic.clock.advance(timedelta(minutes=7))
    assert len(visit_ids) == 1
    assert _visits(clinic) == [("finished", RUIZ)]
    visit_id = visit_ids.pop()
    assert told == [
        VisitOpened(visit_id, RUIZ, OSEI, TODAY),  # type: ignore[arg-type]
        VisitCompleted(visit_id, RUIZ, OSEI, TODAY),  # type: ignore[arg-type]
    ]
    row = clinic.schedule.appointment(own, ADA)
    assert row is not None
    assert (row.booking, row.visit_id) == (Booking.DONE, visit_id)


def test_a_state_begins_when_it_was_reached_and_undo_keeps_the_stamp(
    clinic: Clinic, own: AppointmentId
) -> None:
    clinic.schedule.step(StepState(own, 1), ADA)
    clinic.clock.advance(timedelta(minutes=20))
    done = clinic.schedule.step(StepState(own, 2, forward=False), ADA)
    assert clinic.schedule.waiting(ADA) == ()
    assert done.undo is not None
    done.undo()
    card = clinic.schedule.waiting(ADA)[0]
    assert card.minutes(clinic.clock.now()) == 20
    assert card.level(clinic.clock.now()) == "warn"
    clinic.clock.advance(timedelta(minutes=10))
    assert card.level(clinic.clock.now()) == "late"


def test_the_waiting_strip_shows_the_longest_wait_first_and_where_they_are(
    clinic: Clinic, own: AppointmentId
) -> None:
    clinic.schedule.step(StepState(own, 1), ADA)
    clinic.clock.advance(timedelta(minutes=3))
    clinic.schedule.walk_in(WalkIn(PARK, FISCHER, CHECK_UP), ADA)
    clinic.clock.advance(timedelta(minutes=1))
    clinic.schedule.step(StepState(own, 2), ADA)
    cards = clinic.schedule.waiting(ADA)
    assert [(c.name, c.booking, c.room) for c in cards] == [
        ("Park, Min", Booking.ARRIVED, "Room 2"),
        ("Ruiz, Elena", Booking.IN_ROOM, "Room 1"),
    ]
    ruiz = cards[1]
    assert ruiz.total_minutes(clinic.clock.now()) == 4
    assert ruiz.minutes(clinic.clock.now()) == 0
    assert ruiz.provider_initials == "AO"


def test_stepping_back_to_booked_withdraws_the_visit_and_arriving_reopens_it(
    clinic: Clinic, own: AppointmentId
) -> None:
    clinic.schedule.step(StepState(own, 1), ADA)
    clinic.schedule.step(StepState(own, 2, forward=False), ADA)
    assert _visits(clinic) == [("cancelled", RUIZ)]
    clinic.schedule.step(StepState(own, 3), ADA)
    assert _visits(clinic) == [("open", RUIZ)]


def test_done_can_be_taken_back(clinic: Clinic, own: AppointmentId) -> None:
    clinic.schedule.step(StepState(own, 1, to=Booking.DONE), ADA)
    assert _visits(clinic) == [("finished", RUIZ)]
    with pytest.raises(CannotStep):
        clinic.schedule.move(MoveAppointment(own, 2, OSEI, at(16)), ADA)
    clinic.schedule.step(StepState(own, 2, forward=False), ADA)
    assert _visits(clinic) == [("open", RUIZ)]


def test_who_hung_charges_on_the_visit_keeps_it(clinic: Clinic, own: AppointmentId) -> None:
    def refuse(work: object, fact: VisitWithdrawn) -> None:
        raise VisitHasCharges

    clinic.schedule.step(StepState(own, 1), ADA)
    clinic.records.facts.heed(VisitWithdrawn, refuse)
    for attempt in (
        lambda: clinic.schedule.step(StepState(own, 2, forward=False), ADA),
        lambda: clinic.schedule.cancel(CancelAppointment(own, 2, "left"), ADA),
        lambda: clinic.schedule.change_patient(ChangePatient(own, 2, PARK), ADA),
    ):
        with pytest.raises(VisitHasCharges):
            attempt()
    assert _visits(clinic) == [("open", RUIZ)]
    assert len(clinic.schedule.waiting(ADA)) == 1


def test_a_waiting_patient_may_leave_and_come_back(clinic: Clinic, own: AppointmentId) -> None:
    clinic.schedule.step(StepState(own, 1), ADA)
    done = clinic.schedule.cancel(CancelAppointment(own, 2, "left without being seen"), ADA)
    assert _visits(clinic) == [("cancelled", RUIZ)]
    assert done.undo is not None
    done.undo()
    assert clinic.schedule.waiting(ADA)[0].booking is Booking.ARRIVED
    assert _visits(clinic) == [("open", RUIZ)]


def test_the_visit_follows_to_another_provider_and_patient(
    clinic: Clinic, own: AppointmentId
) -> None:
    clinic.schedule.step(StepState(own, 1), ADA)
    clinic.schedule.move(MoveAppointment(own, 2, FISCHER, at(15)), ADA)
    clinic.schedule.change_patient(ChangePatient(own, 3, PARK), ADA)
    with clinic.records.read() as reading:
        row = reading.execute(sa.select(visit)).one()
    assert (row.provider_id, row.patient_id, row.state) == (FISCHER, PARK, "open")


def test_a_walk_in_is_booked_from_this_minute_and_waits(clinic: Clinic) -> None:
    done = clinic.schedule.walk_in(WalkIn(RUIZ, OSEI, CHECK_UP), ADA)
    card = clinic.schedule.day(TODAY, ADA).cards[0]
    assert (card.starts, card.minutes, card.walk_in) == (at(12).starts, 30, True)
    assert (card.booking, card.look) == (Booking.ARRIVED, Look.ARRIVED)
    with pytest.raises(SlotTaken):
        clinic.schedule.walk_in(WalkIn(PARK, OSEI), ADA)
    assert done.undo is not None
    done.undo()
    assert _visits(clinic) == [("cancelled", RUIZ)]


def test_a_block_has_no_states(clinic: Clinic) -> None:
    placed = clinic.schedule.block(BlockTime(OSEI, at(16), "Lunch"), ADA).value
    own = AppointmentId(placed.appointment_id)
    with pytest.raises(CannotStep):
        clinic.schedule.step(StepState(own, 1), ADA)
    clinic.schedule.cancel(CancelAppointment(own, 1, ""), ADA)


def test_the_glyph_shows_both_states_together(clinic: Clinic) -> None:
    done = clinic.schedule.book(booking(PARK, contact=Contact.CONFIRMED), ADA)
    card = clinic.schedule.day(TODAY, ADA).cards[0]
    assert card.look is Look.CONFIRMED
    assert not card.unconfirmed
    clinic.schedule.step(StepState(AppointmentId(done.value.appointment_id), 1), ADA)
    assert clinic.schedule.day(TODAY, ADA).cards[0].look is Look.ARRIVED


def test_nobody_arrives_for_a_later_day_and_who_is_here_stays_today(clinic: Clinic) -> None:
    tomorrow = TODAY + timedelta(days=1)
    later = clinic.schedule.book(booking(PARK, slot=at(9, on=tomorrow)), ADA).value
    with pytest.raises(NotToday) as refused:
        clinic.schedule.step(StepState(AppointmentId(later.appointment_id), 1), ADA)
    assert refused.value.fields["day"] == tomorrow
    here = AppointmentId(clinic.schedule.book(booking(), ADA).value.appointment_id)
    clinic.schedule.step(StepState(here, 1), ADA)
    with pytest.raises(CannotStep):
        clinic.schedule.move(MoveAppointment(here, 2, OSEI, at(15, on=tomorrow)), ADA)
    clinic.schedule.move(MoveAppointment(here, 2, OSEI, at(16)), ADA)
