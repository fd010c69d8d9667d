# SPDX-License-Identifier: Apache-2.0
"""What may be asked of the appointment book.

Every command carries an idempotency key: the same key gives the same result. ``version`` is the
one that was seen; another one is refused with ``StaleCopy``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from clinicdesk.kernel.identity import (
    AppointmentId,
    AppointmentTypeId,
    PatientId,
    ResourceId,
    StaffId,
    new_key,
)
from clinicdesk.kernel.moments import Slot
from clinicdesk.schedule.model.states import Booking, Contact


@dataclass(frozen=True, slots=True)
class BookAppointment:
    """Book a patient with a provider.

    Attributes:
        room_id: None takes the provider's own room, if any.
        overbook: True takes a slot that is taken; needs the right, counts only if it is taken.
    """

    patient_id: PatientId
    provider_id: StaffId
    slot: Slot
    type_id: AppointmentTypeId | None = None
    room_id: ResourceId | None = None
    note: str = ""
    overbook: bool = False
    contact: Contact = Contact.UNCONFIRMED
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class BookSeries:
    """Book the same wall time again every so many weeks; all of them or none.

    Attributes:
        first: the first one; its ``overbook`` holds for all.
        weeks: from one to the next.
        times: how many in all, 2 to 60.
    """

    first: BookAppointment
    weeks: int
    times: int
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class WalkIn:
    """Book and arrive someone who stands at the desk, from this minute on.

    Attributes:
        minutes: length; None takes the type's.
    """

    patient_id: PatientId
    provider_id: StaffId
    type_id: AppointmentTypeId | None = None
    minutes: int | None = None
    note: str = ""
    overbook: bool = False
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class BlockTime:
    """Keep a provider's time free of patients.

    Attributes:
        wording: what for, shown on the card: "Lunch".
    """

    provider_id: StaffId
    slot: Slot
    wording: str
    overbook: bool = False
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class MoveAppointment:
    """Move to another time, provider or both; one that was cancelled is booked again.

    Attributes:
        slot: with the length it shall have.
        contact: None keeps the contact state; else what it is now.
    """

    appointment_id: AppointmentId
    version: int
    provider_id: StaffId
    slot: Slot
    overbook: bool = False
    contact: Contact | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class ResizeAppointment:
    """Make it longer or shorter; the start stays."""

    appointment_id: AppointmentId
    version: int
    minutes: int
    overbook: bool = False
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class CancelAppointment:
    """Cancel it; a block needs no reason."""

    appointment_id: AppointmentId
    version: int
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class MarkNoShow:
    """The patient did not come."""

    appointment_id: AppointmentId
    version: int
    reason: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class RestoreAppointment:
    """Take back a cancellation or a no-show, if the time is still free."""

    appointment_id: AppointmentId
    version: int
    overbook: bool = False
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class StepState:
    """Step the booking state forward or back.

    Attributes:
        to: go straight to this state instead (arrived ... done, or back to booked).
        at: when the state really began; None is now.
    """

    appointment_id: AppointmentId
    version: int
    forward: bool = True
    to: Booking | None = None
    at: datetime | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class SetContact:
    """Say whether the patient was reached."""

    appointment_id: AppointmentId
    version: int
    contact: Contact
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class ChangePatient:
    """Give the appointment to another patient: the wrong one was picked."""

    appointment_id: AppointmentId
    version: int
    patient_id: PatientId
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class EditAppointment:
    """Change type and note."""

    appointment_id: AppointmentId
    version: int
    type_id: AppointmentTypeId | None
    note: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class SaveType:
    """Add or change an appointment type.

    Attributes:
        type_id: None adds one; ``version`` is then ignored.
        color: index into the theme's series.
        default_codes: service codes that check-out proposes.
    """

    name: str
    minutes: int
    color: int = 0
    position: int = 0
    default_codes: tuple[str, ...] = ()
    type_id: AppointmentTypeId | None = None
    version: int = 0
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class ArchiveType:
    """Offer a type no longer, or again; what was booked with it keeps it."""

    type_id: AppointmentTypeId
    version: int
    archived: bool = True
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AddToWaitlist:
    """Keep a patient's wish for an appointment.

    Attributes:
        provider_id: None: anybody.
        wishes: days and hours in the patient's words.
    """

    patient_id: PatientId
    type_id: AppointmentTypeId | None = None
    provider_id: StaffId | None = None
    wishes: str = ""
    urgent: bool = False
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class SettleWaiting:
    """End a wish: booked or withdrawn; or take that back (waiting)."""

    waitlist_id: int
    version: int
    state: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class PastAppointment:
    """An appointment as another system or the demo tells it, in whatever state it ended.

    Taken as it is, overlaps included (they are flagged), because history is not refused.

    Attributes:
        patient_id: None makes a block; its wording is ``note``.
        opened: True opens a visit: there was one.
        arrived_at: and the others: instants of the states that were reached.
    """

    patient_id: PatientId | None
    provider_id: StaffId
    slot: Slot
    booking: Booking
    type_id: AppointmentTypeId | None = None
    room_id: ResourceId | None = None
    contact: Contact = Contact.UNCONFIRMED
    note: str = ""
    walk_in: bool = False
    new_patient: bool = False
    overbook: bool = False
    cancel_reason: str | None = None
    created_at: datetime | None = None
    arrived_at: datetime | None = None
    roomed_at: datetime | None = None
    checkout_at: datetime | None = None
    done_at: datetime | None = None
    opened: bool = False


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit as another system tells it, without an appointment.

    Attributes:
        ended_at: None while it is still open.
        kind: FHIR class in our words: ambulatory, wellness, emergency, inpatient ...
        diagnoses: codes in order.
    """

    patient_id: PatientId
    provider_id: StaffId
    started_at: datetime
    ended_at: datetime | None = None
    kind: str = "ambulatory"
    reason: str = ""
    diagnoses: tuple[str, ...] = ()
