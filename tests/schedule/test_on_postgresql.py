# SPDX-License-Identifier: Apache-2.0
"""The same book on a local PostgreSQL, for clinics with several PCs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.kernel.moments import FixedClock, Month
from clinicdesk.schedule.model import (
    AddToWaitlist,
    Booking,
    MoveAppointment,
    PastAppointment,
    SlotTaken,
    StepState,
)
from clinicdesk.schedule.service import Schedule
from clinicdesk.staff.service import Staff
from clinicdesk.storage import dialect
from clinicdesk.storage.clinic import insert_profile
from clinicdesk.storage.records import Records
from tests.schedule.clinic import FISCHER, OSEI, PARK, RUIZ, TODAY, at, booking, fill
from tests.support.clinics import NOON, a_profile, an_actor, declare_tables
from tests.support.postgres import a_postgresql

ADA = an_actor()


@pytest.mark.postgres
@pytest.mark.slow
def test_booking_and_every_view_work_on_postgresql() -> None:
    declare_tables()
    with a_postgresql() as engine:
        with engine.begin() as connection:
            dialect.create_all(connection)
            insert_profile(connection, a_profile(), NOON)
        records = Records(engine, engine, FixedClock(NOON))
        fill(records)
        schedule = Schedule(records, Staff(records))
        with records.write(ADA, "moving.import") as work:
            past = PastAppointment(RUIZ, FISCHER, at(9), Booking.DONE, opened=True)
            schedule.take_in(work, [past])
        placed = schedule.book(booking(), ADA).value
        with pytest.raises(SlotTaken):
            schedule.book(booking(PARK), ADA)
        own = AppointmentId(placed.appointment_id)
        schedule.move(MoveAppointment(own, 1, OSEI, at(16)), ADA)
        schedule.step(StepState(own, 2), ADA)
        schedule.add_to_waitlist(AddToWaitlist(PARK), ADA)
        day = schedule.day(TODAY, ADA)
        assert [(c.name, c.booking) for c in day.cards] == [
            ("Ruiz, Elena", Booking.DONE),
            ("Ruiz, Elena", Booking.ARRIVED),
        ]
        assert len(schedule.week(TODAY - timedelta(days=2), ADA).days) == 7
        assert schedule.month_load(Month.of(TODAY), ADA).days[TODAY.day - 1].booked == 2
        assert len(schedule.list(TODAY, TODAY, ADA)) == 2
        assert [c.name for c in schedule.waiting(ADA)] == ["Ruiz, Elena"]
        assert len(schedule.next_free(None, 30, None, 10, ADA)) == 10
        assert len(schedule.history(own, ADA)) == 3
        assert len(schedule.patient_appointments(RUIZ, ADA)) == 2
        assert schedule.missed_counts(RUIZ, ADA) == (0, 0)
        assert len(schedule.waitlist(ADA)) == 1
        with records.write(ADA, "schedule.recompute_spans") as work:
            assert schedule.recompute_spans(work) == (0, ())
