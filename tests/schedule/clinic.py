# SPDX-License-Identifier: Apache-2.0
"""A small clinic with an appointment book: two doctors, a nurse, rooms, patients, one type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from clinicdesk.access.tables import app_user, role
from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.identity import AppointmentTypeId, PatientId, ResourceId, StaffId
from clinicdesk.kernel.moments import Clock, FixedClock, Slot
from clinicdesk.patients.tables import contact, patient
from clinicdesk.schedule.model import BookAppointment
from clinicdesk.schedule.service import Schedule
from clinicdesk.schedule.tables import appointment_type
from clinicdesk.staff.service import Staff
from clinicdesk.staff.tables import resource, staff_member, standing_hours
from clinicdesk.storage.records import Records
from tests.support.clinics import NOON, a_file, a_profile, an_actor, open_records

OSEI, FISCHER, NURSE = StaffId(1), StaffId(2), StaffId(3)
ROOM_1, ROOM_2 = ResourceId(1), ResourceId(2)
RUIZ, PARK, LIN, KHAN = PatientId(1), PatientId(2), PatientId(3), PatientId(4)
CHECK_UP = AppointmentTypeId(1)
TODAY = date(2026, 11, 25)  # a Wednesday; the clock of tests stands at noon UTC

_PEOPLE = (("Ruiz", "Elena"), ("Park", "Min"), ("Lin", "Yara"), ("Khan", "Omar"))


@dataclass(frozen=True, slots=True)
class Clinic:
    """An opened clinic and its book."""

    records: Records
    schedule: Schedule
    clock: FixedClock


def a_clinic(folder: Path, *, zone: str = "Europe/London", now: datetime = NOON) -> Clinic:
    """Return a fresh clinic."""
    clock = FixedClock(now)
    records = open_records(*a_file(folder, profile=a_profile(zone=zone)), clock)
    fill(records)
    return Clinic(records, Schedule(records, Staff(records)), clock)


def another_desk(path: Path, key: bytes, clock: Clock) -> tuple[Records, Schedule]:
    """Open the same file a second time, as another program would."""
    records = open_records(path, key, clock)
    return records, Schedule(records, Staff(records))


def fill(records: Records) -> None:
    """Write staff, rooms, patients and a type straight into the tables."""
    with records.write(an_actor(), "test.fill") as work:
        work.execute(
            role.insert(), {"id": 1, "key": "owner", "rank": 1, "name": "", "built_in": True}
        )
        work.execute(
            app_user.insert(),
            {
                "id": 1, "login": "ada", "name": "Ada Owner", "role_id": 1, "slot_id": "1",
                "created_at": work.now,
            },
        )  # fmt: skip
        rooms = [{"id": n, "kind": "room", "name": f"Room {n}", "position": n} for n in (1, 2)]
        work.execute(resource.insert(), rooms)
        members = (
            ("Dr Amara Osei", "AO", "gp", 1),
            ("Dr Lena Fischer", "LF", "gp", 2),
            ("Nurse Tom Bell", "TB", "nurse", None),
        )
        work.execute(
            staff_member.insert(),
            [
                {
                    "id": n, "name": name, "initials": initials, "folded_name": fold(name),
                    "role": job, "is_provider": True, "color": n, "position": n,
                    "default_resource_id": room,
                }
                for n, (name, initials, job, room) in enumerate(members, 1)
            ],
        )  # fmt: skip
        hours = ((9 * 60, 17 * 60, "work"), (12 * 60 + 30, 13 * 60, "break"))
        work.execute(
            standing_hours.insert(),
            [
                {
                    "staff_id": staff_id, "weekday": weekday, "from_minute": start,
                    "to_minute": end, "kind": kind, "from_on": date(2000, 1, 1), "to_on": None,
                }
                for staff_id in (1, 2, 3)
                for weekday in range(5)
                for start, end, kind in hours
            ],
        )  # fmt: skip
        work.execute(
            patient.insert(),
            [
                {
                    "id": n, "chart_number": f"{10480 + n}", "family_name": family,
                    "given_name": given, "folded_name": fold(f"{family} {given}"),
                    "sort_name": fold(f"{family} {given}"), "born_on": date(1980, 1, n),
                    "created_at": work.now,
                }
                for n, (family, given) in enumerate(_PEOPLE, 1)
            ],
        )  # fmt: skip
        work.execute(
            contact.insert(),
            {"patient_id": 1, "kind": "mobile", "value": "07700 900001", "folded": "07700900001"},
        )
        work.execute(
            appointment_type.insert(), {"id": 1, "name": "Check-up", "minutes": 30, "color": 2}
        )
        work.record("clinic", 1)


def at(hour: int, minute: int = 0, *, minutes: int = 30, on: date = TODAY) -> Slot:
    """Return a slot of a day."""
    return Slot(datetime.combine(on, time(hour, minute)), minutes)


def booking(
    who: PatientId = RUIZ, with_: StaffId = OSEI, slot: Slot | None = None, **more: object
) -> BookAppointment:
    """Return a command that books somebody at 15:00 today."""
    return BookAppointment(who, with_, slot or at(15), **more)  # type: ignore[arg-type]


def without_hours(clinic: Clinic, *staff: int) -> None:
    """Take the standing hours of some away."""
    with clinic.records.write(an_actor(), "test.hours") as work:
        work.execute(standing_hours.delete().where(standing_hours.c.staff_id.in_(staff)))
        work.record("staff_member", None)
