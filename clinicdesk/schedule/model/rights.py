# SPDX-License-Identifier: Apache-2.0
"""What the room announces: rights, topics, settings, facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.facts import Fact
from clinicdesk.kernel.identity import AppointmentId, PatientId, StaffId, VisitId
from clinicdesk.kernel.settings import Setting
from clinicdesk.wording.text import N_

MAY_VIEW = Permission("schedule.view", N_("See the appointment book"))
MAY_BOOK = Permission("schedule.book", N_("Book appointments"))
MAY_OVERBOOK = Permission("schedule.overbook", N_("Book two appointments at the same time"))
MAY_SET_UP = Permission("schedule.setup", N_("Set up appointment types"))
PERMISSIONS = (MAY_VIEW, MAY_BOOK, MAY_OVERBOOK, MAY_SET_UP)

APPOINTMENTS = Topic("appointments")
VISITS = Topic("visits")
TYPES = Topic("appointment_types")
WAITLIST = Topic("waitlist")

SLOT_MINUTES = Setting("schedule.slot_minutes", 15, N_("Minutes of one line in the day view."))
WARN_MINUTES = Setting("schedule.warn_minutes", 15, N_("A wait is amber after so many minutes."))
LATE_MINUTES = Setting("schedule.late_minutes", 30, N_("A wait is late after so many minutes."))


@dataclass(frozen=True, slots=True)
class VisitOpened(Fact):
    """A patient came; charges may hang on the visit from now on."""

    visit_id: VisitId
    patient_id: PatientId
    provider_id: StaffId
    on: date


@dataclass(frozen=True, slots=True)
class VisitCompleted(Fact):
    """A visit ended."""

    visit_id: VisitId
    patient_id: PatientId
    provider_id: StaffId
    on: date


@dataclass(frozen=True, slots=True)
class VisitReopened(Fact):
    """A visit that had ended goes on: its end was a mistake."""

    visit_id: VisitId
    patient_id: PatientId


@dataclass(frozen=True, slots=True)
class VisitWithdrawn(Fact):
    """A visit is taken from its patient: un-arrived, cancelled, or given to another one.

    Whoever hung charges on it refuses (``VisitHasCharges``), and nothing is changed.
    """

    visit_id: VisitId
    patient_id: PatientId


@dataclass(frozen=True, slots=True)
class AppointmentCancelled(Fact):
    """An appointment was cancelled or missed; its time is free again."""

    appointment_id: AppointmentId
    patient_id: PatientId | None
    provider_id: StaffId
    on: date
