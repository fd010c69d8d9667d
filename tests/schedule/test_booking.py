# SPDX-License-Identifier: Apache-2.0
"""Booking, moving and cancelling, as reception does it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.identity import AppointmentId, PatientId, StaffId
from clinicdesk.kernel.moments import Slot
from clinicdesk.kernel.refusals import NotAllowed, Refusal, StaleCopy
from clinicdesk.patients.tables import patient
from clinicdesk.schedule.model import (
    BlockTime,
    Booking,
    BookSeries,
    CancelAppointment,
    CannotStep,
    ChangePatient,
    Contact,
    EditAppointment,
    MarkNoShow,
    MoveAppointment,
    NoSuchTime,
    ReasonMissing,
    ResizeAppointment,
    RestoreAppointment,
    RoomTaken,
    SetContact,
    SlotTaken,
    TooLong,
)
from clinicdesk.schedule.queries import CardRow
from clinicdesk.schedule.tables import appointment, appointment_resource
from clinicdesk.storage.tables import audit
from tests.schedule.clinic import (
    CHECK_UP,
    FISCHER,
    KHAN,
    LIN,
    NURSE,
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


def _card(clinic: Clinic, appointment_id: int) -> CardRow:
    return next(c for c in clinic.schedule.day(TODAY, ADA).cards if c.id == appointment_id)


def test_a_booking_appears_in_the_day_with_its_room_and_flags(clinic: Clinic) -> None:
    done = clinic.schedule.book(booking(type_id=CHECK_UP, note="first time"), ADA)
    card = _card(clinic, done.value.appointment_id)
    assert (card.name, card.starts, card.minutes) == ("Ruiz, Elena", at(15).starts, 30)
    assert (card.type, card.type_color, card.room, card.note) == (
        "Check-up",
        2,
        "Room 1",
        "first time",
    )
    assert card.new_patient
    assert card.unconfirmed
    assert card.due_minor == 0
    assert done.fields["patient"] == "Ruiz, Elena"
    assert done.value.cautions == ()


def test_a_taken_slot_is_refused_with_who_and_when_and_by_whom(clinic: Clinic) -> None:
    clinic.schedule.book(booking(), ADA)
    with pytest.raises(SlotTaken) as refused:
        clinic.schedule.book(booking(PARK, slot=at(15, 15)), ADA)
    fields = refused.value.fields
    assert (fields["who"], fields["provider"], fields["by"]) == (
        "Ruiz, Elena",
        "Dr Amara Osei",
        "Ada Owner",
    )
    assert (fields["starts"], fields["until"]) == (at(15).starts, at(15, 30).starts)
    assert "Ruiz, Elena" in str(refused.value)


def test_slots_that_touch_do_not_overlap(clinic: Clinic) -> None:
    clinic.schedule.book(booking(), ADA)
    clinic.schedule.book(booking(PARK, slot=at(15, 30)), ADA)
    clinic.schedule.book(booking(LIN, slot=at(14, 30)), ADA)


def test_overbooking_needs_the_flag_and_the_right_and_marks_the_card(clinic: Clinic) -> None:
    clinic.schedule.book(booking(), ADA)
    clerk = an_actor("schedule.view", "schedule.book")
    with pytest.raises(NotAllowed):
        clinic.schedule.book(booking(PARK, overbook=True), clerk)
    done = clinic.schedule.book(booking(PARK, overbook=True), ADA)
    assert _card(clinic, done.value.appointment_id).overbook


def test_the_overbook_flag_counts_only_where_something_is_taken(clinic: Clinic) -> None:
    clerk = an_actor("schedule.view", "schedule.book")
    done = clinic.schedule.book(booking(overbook=True), clerk)
    assert not _card(clinic, done.value.appointment_id).overbook


def test_a_room_is_not_used_twice(clinic: Clinic) -> None:
    clinic.schedule.book(booking(), ADA)
    with pytest.raises(RoomTaken) as refused:
        clinic.schedule.book(booking(PARK, NURSE, room_id=ROOM_1), ADA)
    assert refused.value.fields["room"] == "Room 1"


def test_without_the_right_nothing_is_booked(clinic: Clinic) -> None:
    with pytest.raises(NotAllowed):
        clinic.schedule.book(booking(), an_actor("schedule.view"))


def test_outside_hours_is_said_and_not_refused(clinic: Clinic) -> None:
    early = clinic.schedule.book(booking(slot=at(8, 45)), ADA)
    in_break = clinic.schedule.book(booking(PARK, slot=at(12, 15)), ADA)
    inside = clinic.schedule.book(booking(LIN, slot=at(16, 30)), ADA)
    assert [c.kind for c in early.value.cautions] == ["outside_hours"]
    assert [c.kind for c in in_break.value.cautions] == ["outside_hours"]
    assert inside.value.cautions == ()


def test_a_patient_who_died_or_left_or_is_elsewhere_is_said(clinic: Clinic) -> None:
    with clinic.records.write(ADA, "test.die") as work:
        work.execute(patient.update().where(patient.c.id == PARK).values(deceased_on=TODAY))
        work.execute(patient.update().where(patient.c.id == LIN).values(status="inactive"))
        work.record("patient", PARK)
    clinic.schedule.book(booking(), ADA)
    elsewhere = clinic.schedule.check(booking(with_=FISCHER), ADA)
    assert [c.kind for c in elsewhere.cautions] == ["elsewhere"]
    assert [c.kind for c in clinic.schedule.check(booking(PARK, FISCHER), ADA).cautions] == [
        "deceased"
    ]
    assert [c.kind for c in clinic.schedule.check(booking(LIN, FISCHER), ADA).cautions] == [
        "inactive"
    ]


def test_checking_tells_the_clash_and_changes_nothing(clinic: Clinic) -> None:
    clinic.schedule.book(booking(), ADA)
    check = clinic.schedule.check(booking(PARK), ADA)
    assert isinstance(check.clash, SlotTaken)
    assert check.may_overbook
    assert len(clinic.schedule.day(TODAY, ADA).cards) == 1


def test_an_unknown_patient_provider_room_or_type_is_refused(clinic: Clinic) -> None:
    for wrong in (
        booking(PatientId(99)),
        booking(with_=StaffId(99)),
        booking(room_id=99),
        booking(type_id=99),
    ):
        with pytest.raises(Refusal):
            clinic.schedule.book(wrong, ADA)


def test_a_merged_patient_is_booked_as_the_survivor(clinic: Clinic) -> None:
    with clinic.records.write(ADA, "test.merge") as work:
        work.execute(patient.update().where(patient.c.id == KHAN).values(survivor_id=RUIZ))
        work.record("patient", KHAN)
    done = clinic.schedule.book(booking(KHAN), ADA)
    assert _card(clinic, done.value.appointment_id).name == "Ruiz, Elena"


def test_the_same_key_books_once_and_gives_the_same_answer(clinic: Clinic) -> None:
    command = booking()
    first = clinic.schedule.book(command, ADA)
    again = clinic.schedule.book(command, ADA)
    assert again.value.appointment_id == first.value.appointment_id
    assert again.fields == first.fields
    assert len(clinic.schedule.day(TODAY, ADA).cards) == 1


def test_a_move_frees_the_old_time_and_takes_the_new(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    move = MoveAppointment(AppointmentId(placed.appointment_id), placed.version, FISCHER, at(16))
    moved = clinic.schedule.move(move, ADA)
    card = _card(clinic, placed.appointment_id)
    assert (card.provider_id, card.starts, card.room) == (FISCHER, at(16).starts, "Room 2")
    clinic.schedule.book(booking(PARK), ADA)
    with pytest.raises(SlotTaken):
        moved.undo and moved.undo()  # the old time was given away meanwhile


def test_a_move_is_undone_to_where_it_was(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    move = MoveAppointment(AppointmentId(placed.appointment_id), placed.version, FISCHER, at(16))
    undo = clinic.schedule.move(move, ADA).undo
    assert undo is not None
    undo()
    card = _card(clinic, placed.appointment_id)
    assert (card.provider_id, card.starts, card.room) == (OSEI, at(15).starts, "Room 1")


def test_an_appointment_may_move_within_its_own_time(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    move = MoveAppointment(AppointmentId(placed.appointment_id), placed.version, OSEI, at(15, 10))
    assert clinic.schedule.move(move, ADA).value.version == 2


def test_a_stale_copy_is_refused_everywhere(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    own, schedule = AppointmentId(placed.appointment_id), clinic.schedule
    schedule.set_contact(SetContact(own, 1, Contact.CONFIRMED), ADA)
    for attempt in (
        lambda: schedule.move(MoveAppointment(own, 1, OSEI, at(16)), ADA),
        lambda: schedule.resize(ResizeAppointment(own, 1, 60), ADA),
        lambda: schedule.cancel(CancelAppointment(own, 1, "called"), ADA),
        lambda: schedule.no_show(MarkNoShow(own, 1), ADA),
        lambda: schedule.set_contact(SetContact(own, 1, Contact.MESSAGE), ADA),
        lambda: schedule.change_patient(ChangePatient(own, 1, PARK), ADA),
        lambda: schedule.edit(EditAppointment(own, 1, None, "x"), ADA),
    ):
        with pytest.raises(StaleCopy):
            attempt()


def test_resizing_stops_at_the_next_appointment_and_at_a_day(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    clinic.schedule.book(booking(PARK, slot=at(15, 45)), ADA)
    own = AppointmentId(placed.appointment_id)
    clinic.schedule.resize(ResizeAppointment(own, 1, 45), ADA)
    with pytest.raises(SlotTaken):
        clinic.schedule.resize(ResizeAppointment(own, 2, 46), ADA)
    for minutes in (0, 1441):
        with pytest.raises(TooLong):
            clinic.schedule.resize(ResizeAppointment(own, 2, minutes), ADA)


def test_a_cancellation_needs_a_reason_frees_the_slot_and_can_be_undone(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    own = AppointmentId(placed.appointment_id)
    with pytest.raises(ReasonMissing):
        clinic.schedule.cancel(CancelAppointment(own, 1, " "), ADA)
    done = clinic.schedule.cancel(CancelAppointment(own, 1, "moved house"), ADA)
    card = _card(clinic, own)
    assert (card.booking, card.cancel_reason) == (Booking.CANCELLED, "moved house")
    assert done.undo is not None
    done.undo()
    assert _card(clinic, own).booking is Booking.BOOKED
    with pytest.raises(SlotTaken):
        clinic.schedule.book(booking(PARK), ADA)


def test_a_cancelled_slot_given_away_is_not_restored(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    own = AppointmentId(placed.appointment_id)
    clinic.schedule.cancel(CancelAppointment(own, 1, "ill"), ADA)
    clinic.schedule.book(booking(PARK), ADA)
    with pytest.raises(SlotTaken):
        clinic.schedule.restore(RestoreAppointment(own, 2), ADA)
    with pytest.raises(CannotStep):
        clinic.schedule.cancel(CancelAppointment(own, 2, "ill"), ADA)


def test_moving_a_missed_appointment_books_it_again(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    own = AppointmentId(placed.appointment_id)
    clinic.schedule.no_show(MarkNoShow(own, 1), ADA)
    assert clinic.schedule.missed_counts(RUIZ, ADA) == (1, 0)
    clinic.schedule.move(MoveAppointment(own, 2, OSEI, at(16)), ADA)
    assert _card(clinic, own).booking is Booking.BOOKED
    assert clinic.schedule.missed_counts(RUIZ, ADA) == (0, 0)


def test_undoing_a_booking_cancels_it(clinic: Clinic) -> None:
    done = clinic.schedule.book(booking(), ADA)
    assert done.undo is not None
    done.undo()
    assert _card(clinic, done.value.appointment_id).booking is Booking.CANCELLED


def test_a_block_keeps_time_free_and_says_what_for(clinic: Clinic) -> None:
    clinic.schedule.block(BlockTime(OSEI, at(15, minutes=60), "Team meeting"), ADA)
    with pytest.raises(SlotTaken) as refused:
        clinic.schedule.book(booking(), ADA)
    assert refused.value.fields["who"] == "Team meeting"
    column = clinic.schedule.day(TODAY, ADA).columns[0]
    assert column.booked == 0
    assert column.open_minutes - column.free_minutes == 60


def test_a_series_is_booked_whole_or_not_at_all(clinic: Clinic) -> None:
    third = booking(PARK, slot=at(15, on=TODAY + timedelta(weeks=2)))
    clinic.schedule.book(third, ADA)
    with pytest.raises(SlotTaken):
        clinic.schedule.book_series(BookSeries(booking(), 1, 4), ADA)
    assert not clinic.schedule.day(TODAY, ADA).cards
    done = clinic.schedule.book_series(BookSeries(booking(slot=at(16)), 1, 4), ADA)
    cards = [clinic.schedule.day(TODAY + timedelta(weeks=n), ADA).cards[-1] for n in range(4)]
    assert {card.series_id for card in cards} == {done.value[0].appointment_id}
    assert [card.new_patient for card in cards] == [True, False, False, False]
    assert done.undo is not None
    done.undo()
    last = clinic.schedule.day(TODAY + timedelta(weeks=3), ADA).cards
    assert last[-1].booking is Booking.CANCELLED


def test_the_wrong_patient_is_exchanged_and_back(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    own = AppointmentId(placed.appointment_id)
    done = clinic.schedule.change_patient(ChangePatient(own, 1, PARK), ADA)
    assert _card(clinic, own).name == "Park, Min"
    assert done.undo is not None
    done.undo()
    assert _card(clinic, own).name == "Ruiz, Elena"


def test_type_and_note_are_edited_and_undone(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(note="a"), ADA).value
    own = AppointmentId(placed.appointment_id)
    done = clinic.schedule.edit(EditAppointment(own, 1, CHECK_UP, "b"), ADA)
    assert (_card(clinic, own).type, _card(clinic, own).note) == ("Check-up", "b")
    assert done.undo is not None
    done.undo()
    assert (_card(clinic, own).type, _card(clinic, own).note) == ("", "a")


def test_a_time_in_the_gap_of_the_clock_change_is_refused_in_plain_words(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    gap = Slot(datetime(2027, 3, 28, 1, 30), 30)  # noqa: DTZ001 -- wall time is naive
    with pytest.raises(NoSuchTime) as refused:
        clinic.schedule.book(booking(slot=gap), ADA)
    assert refused.value.fields["day"] == date(2027, 3, 28)
    assert "clocks go forward" in str(refused.value)


def test_history_tells_every_step_and_reading_it_is_audited(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    own = AppointmentId(placed.appointment_id)
    clinic.schedule.move(MoveAppointment(own, 1, FISCHER, at(16)), ADA)
    clinic.schedule.set_contact(SetContact(own, 2, Contact.CONFIRMED), ADA)
    clinic.schedule.cancel(CancelAppointment(own, 3, "called in"), ADA)
    rows = clinic.schedule.history(own, ADA)
    assert [row.action for row in rows] == ["booked", "moved", "contact", "cancelled"]
    assert rows[-1].reason == "called in"
    assert rows[0].by == "Ada Owner"
    assert rows[0].starts == at(15).starts
    with clinic.records.read() as reading:
        actions = reading.execute(sa.select(audit.c.action).order_by(audit.c.seq)).scalars().all()
    assert actions[-5:] == [
        "schedule.book",
        "schedule.move",
        "schedule.contact",
        "schedule.cancel",
        "schedule.read_history",
    ]


def test_time_is_held_by_rows_of_provider_and_room(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    r = appointment_resource.c
    with clinic.records.read() as reading:
        rows = reading.execute(sa.select(r.staff_id, r.resource_id, r.active)).all()
        kept = reading.execute(sa.select(appointment)).one()
    assert {tuple(row) for row in rows} == {(OSEI, None, True), (None, ROOM_1, True)}
    assert kept.ends_min - kept.starts_min == 30
    clinic.schedule.cancel(CancelAppointment(AppointmentId(placed.appointment_id), 1, "ill"), ADA)
    with clinic.records.read() as reading:
        assert set(reading.execute(sa.select(r.active)).scalars()) == {False}
