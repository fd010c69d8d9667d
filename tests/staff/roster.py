# SPDX-License-Identifier: Apache-2.0
"""A small roster for tests: a doctor, a nurse, two at reception, and a hand that types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.staff.model import (
    AddResource,
    AddStaff,
    CellWish,
    PlanDays,
    PublishWeek,
    SetHours,
    Vocabulary,
    WeeklyHours,
    read,
    write,
)
from clinicdesk.staff.queries import Cell, RosterWeek
from clinicdesk.staff.service import Staff
from clinicdesk.staff.service.roster import Planned
from clinicdesk.storage.records import Reading, Records
from tests.support.clinics import an_actor, some_records

MONDAY = date(2026, 11, 30)
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
SATURDAY = MONDAY + timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Roster:
    """Services and people; a doctor with standing hours Monday to Friday 9 to 17, break at noon."""

    records: Records
    staff: Staff
    actor: Actor
    doctor: int
    nurse: int
    rosa: int
    ravi: int
    room: int

    @property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary({self.room: "Room 1"}, ("gp", "nurse", "reception"))

    def type(self, staff_id: int | None, day: date, text: str) -> Done[Planned]:
        """Type into a day."""
        plan = read(text, self.vocabulary, many=staff_id is None)
        return self.staff.plan(PlanDays((CellWish(staff_id, day, plan),)), self.actor)

    def publish(self, monday: date = MONDAY) -> Done[int]:
        return self.staff.publish(PublishWeek(monday), self.actor)

    def week(self, monday: date = MONDAY, actor: Actor | None = None) -> RosterWeek:
        return self.staff.week(monday, actor or self.actor)

    def cell(self, staff_id: int | None, day: date, actor: Actor | None = None) -> Cell:
        week = self.week(day - timedelta(days=day.weekday()), actor)
        row = week.open
        if staff_id is not None:
            row = next(row.cells for row in week.people if row.person.id == staff_id)
        return row[day.weekday()]

    def shown(self, staff_id: int | None, day: date, actor: Actor | None = None) -> tuple[str, str]:
        """Return what a day shows: text and state."""
        cell = self.cell(staff_id, day, actor)
        return write(cell.plan, self.vocabulary), cell.state

    def open(self, staff_id: int, day: date) -> list[tuple[str, str]]:
        """Return the open hours of the book, by the wall."""
        with self.records.read() as reading:
            spans = self.staff.open_spans(reading, staff_id, day)
            return [
                (_clock(reading, span.from_min), _clock(reading, span.to_min))
                for span in spans
                if span.kind == "work"
            ]

    def be(self, staff_id: int) -> Actor:
        """Return an actor who is one of the staff and may only look."""
        self.staff.who_is = lambda _reading, actor: staff_id if actor.role == "nurse" else None
        return an_actor("staff.view", role="nurse", name="Somebody")


def _clock(reading: Reading, minute: int) -> str:
    return f"{reading.zone.slot_at(minute, 1).starts:%H:%M}"


def a_roster(folder: Path) -> Roster:
    """Return a clinic with four people."""
    return staffed(some_records(folder))


def staffed(records: Records) -> Roster:
    """Take four people on."""
    staff, actor = Staff(records), an_actor()
    room = staff.add_resource(AddResource("Room 1"), actor).value

    def hire(name: str, role: str, *, provider: bool = False, hours: int = 0) -> int:
        initials = "".join(word[0] for word in name.split())
        command = AddStaff(
            name, initials, role, provider, room_id=room if provider else None,
            weekly_minutes=hours * 60,
        )  # fmt: skip
        return staff.add(command, actor).value

    doctor = hire("Amara Osei", "gp", provider=True, hours=38)
    nurse = hire("Mei Tanaka", "nurse", hours=40)
    rosa, ravi = hire("Rosa Bennett", "reception"), hire("Ravi Shah", "reception")
    weekly = tuple(WeeklyHours(day, 540, 1020) for day in range(5))
    breaks = tuple(WeeklyHours(day, 720, 780, "break") for day in range(5))
    staff.set_hours(SetHours(doctor, date(2026, 1, 1), weekly + breaks), actor)
    return Roster(records, staff, actor, doctor, nurse, rosa, ravi, room)
