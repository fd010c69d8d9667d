# SPDX-License-Identifier: Apache-2.0
"""What the booking bar has gathered so far. Pure; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from clinicdesk.kernel.identity import AppointmentTypeId, PatientId, StaffId
from clinicdesk.kernel.moments import Slot
from clinicdesk.patients.model import ContactPoint, Demographics, RegisterPatient
from clinicdesk.schedule.model import BookAppointment, SettleWaiting, WalkIn


@dataclass(frozen=True, slots=True)
class Opening:
    """What the booking bar begins with.

    Attributes:
        patient_id: 0 to be found in the bar.
        offered: that patient is the likely one, not the one who was asked for.
        name: of that patient, as it is shown; nothing if it comes later.
        provider_id: None for anyone.
        starts: naive wall time; None takes the next free one.
        minutes: 0 takes the type's.
        wish: of the waitlist, ended by booking that patient.
    """

    patient_id: int = 0
    offered: bool = False
    name: str = ""
    provider_id: int | None = None
    starts: datetime | None = None
    fold: int = 0
    minutes: int = 0
    type_id: int | None = None
    note: str = ""
    walk_in: bool = False
    wish: SettleWaiting | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A booking under way; equal drafts are the same wish, so a second Enter means it."""

    patient_id: int
    provider_id: int
    starts: datetime | None
    fold: int
    minutes: int
    type_id: int | None
    note: str
    walk_in: bool

    @property
    def complete(self) -> bool:
        """Whether it says for whom, with whom and when."""
        when = self.walk_in or self.starts is not None
        return bool(self.patient_id and self.provider_id and when and self.minutes > 0)

    def booking(self, *, overbook: bool = False) -> BookAppointment:
        """Return the command to book it."""
        if self.starts is None:
            raise ValueError("a booking needs a time")
        return BookAppointment(
            PatientId(self.patient_id),
            StaffId(self.provider_id),
            Slot(self.starts, self.minutes, self.fold),
            type_id=None if self.type_id is None else AppointmentTypeId(self.type_id),
            note=self.note,
            overbook=overbook,
        )

    def arrival(self, *, overbook: bool = False) -> WalkIn:
        """Return the command for somebody who stands at the desk."""
        return WalkIn(
            PatientId(self.patient_id),
            StaffId(self.provider_id),
            type_id=None if self.type_id is None else AppointmentTypeId(self.type_id),
            minutes=self.minutes,
            note=self.note,
            overbook=overbook,
        )


def combined(day: date | None, at: time | None) -> datetime | None:
    """Return the wall time of a day and a time, None unless both are there."""
    return None if day is None or at is None else datetime.combine(day, at.replace(second=0))


def registration(name: str, born_on: date | None, phone: str) -> RegisterPatient:
    """Return the command that takes a patient on under a name as it was typed.

    ``Family, Given`` or ``Given Family``; of several words the last is the family name.
    """
    family, comma, given = name.partition(",")
    if not comma:
        given, _space, family = name.strip().rpartition(" ")
    contacts = (ContactPoint("mobile", phone.strip()),) if phone.strip() else ()
    who = Demographics(family_name=_written(family), given_name=_written(given), born_on=born_on)
    return RegisterPatient(who, contacts)


def _written(name: str) -> str:
    """Give names typed in small letters their capitals; leave others as they are."""
    name = " ".join(name.split())
    return name.title() if name.islower() else name
