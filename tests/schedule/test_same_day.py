# SPDX-License-Identifier: Apache-2.0
"""A patient who already comes that day: said before and after booking, never refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.schedule.model import CancelAppointment
from tests.schedule.clinic import FISCHER, TODAY, Clinic, a_clinic, at, booking
from tests.support.clinics import an_actor

ADA = an_actor()


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return a_clinic(tmp_path)


def test_a_second_appointment_on_the_same_day_is_said_and_not_refused(clinic: Clinic) -> None:
    first = clinic.schedule.book(booking(), ADA).value
    later = booking(with_=FISCHER, slot=at(16))
    (caution,) = clinic.schedule.check(later, ADA).cautions
    assert (caution.kind, caution.fields) == (
        "same_day",
        {"patient": "Ruiz, Elena", "provider": "Dr Amara Osei", "starts": booking().slot.starts},
    )
    assert [c.kind for c in clinic.schedule.book(later, ADA).value.cautions] == ["same_day"]
    tomorrow = booking(slot=at(10, on=TODAY + timedelta(days=1)))
    assert clinic.schedule.check(tomorrow, ADA).cautions == ()
    cancel = CancelAppointment(AppointmentId(first.appointment_id), first.version, "ill")
    clinic.schedule.cancel(cancel, ADA)
    again = clinic.schedule.check(booking(slot=at(11)), ADA)
    assert [c.fields["provider"] for c in again.cautions if c.kind == "same_day"] == [
        "Dr Lena Fischer"
    ]


def test_the_appointment_that_is_moved_is_not_another_one_of_its_day(clinic: Clinic) -> None:
    own = clinic.schedule.book(booking(), ADA).value.appointment_id
    assert clinic.schedule.check(booking(slot=at(14)), ADA, besides=own).cautions == ()
