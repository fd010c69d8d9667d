# SPDX-License-Identifier: Apache-2.0
"""Writes the years before the day the demo opens on: book, visits, bills, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clinicdesk.demo.bookkeeping import Account, Books, Payers, by_time
from clinicdesk.demo.cast import MEMBERS, NOW
from clinicdesk.demo.catalogue import KINDS
from clinicdesk.demo.history import Book, Planned
from clinicdesk.demo.money import Act, Till
from clinicdesk.demo.pen import Pen
from clinicdesk.kernel.identity import AppointmentTypeId, PatientId, ResourceId, StaffId
from clinicdesk.kernel.moments import ClinicZone, Slot
from clinicdesk.schedule.model import Booking, Contact, PastAppointment
from clinicdesk.schedule.service import Schedule
from clinicdesk.storage.records import UnitOfWork

CODES = {kind.key: kind.codes for kind in KINDS}


@dataclass(frozen=True, slots=True)
class House:
    """What was set up: our ids by index of the plan.

    Attributes:
        insurers: index of the insurer by patient index, None without.
    """

    providers: tuple[int, ...]
    rooms: tuple[int, ...]
    types: dict[str, int]
    payers: list[Payers]
    insurers: list[int | None]


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment that was written, with its visit."""

    planned: Planned
    appointment_id: int
    visit_id: int | None


class Years:
    """Writes what is planned; asked for one stretch of days after the other."""

    def __init__(
        self,
        schedule: Schedule,
        books: Books,
        till: Till,
        book: Book,
        house: House,
        zone: ClinicZone,
    ) -> None:
        self._schedule = schedule
        self._books = books
        self._till = till
        self._book = book
        self._house = house
        self._zone = zone
        self._waiting: defaultdict[date, list[Act]] = defaultdict(list)

    def write(self, pen: Pen, planned: Sequence[Planned], last: date) -> int:
        """Write appointments and every act of money up to a day; return how many appointments."""
        visits: list[Visit] = []
        for part in pen.parts(planned):
            with pen.command() as work:
                visits += self.enter(work, part)
        for visit in visits:
            if visit.planned.booking == "done" and visit.planned.patient is not None:
                self._bill(visit)
        for acts in pen.parts(self.due(last)):
            with pen.command() as work:
                self.post(work, acts)
        return len(visits)

    def enter(self, work: UnitOfWork, planned: Sequence[Planned]) -> list[Visit]:
        """Put appointments into the book."""
        taken = self._schedule.take_in(work, [self._past(one) for one in planned])
        return [
            Visit(one, put.appointment_id, put.visit_id)
            for one, put in zip(planned, taken, strict=True)
        ]

    def due(self, last: date) -> list[Act]:
        """Hand out the acts that are due up to a day, in order of time."""
        days = [day for day in self._waiting if day <= last]
        return by_time([act for day in days for act in self._waiting.pop(day)])

    def post(self, work: UnitOfWork, acts: Sequence[Act]) -> None:
        """Post acts."""
        self._books.post(work, acts)

    def _bill(self, visit: Visit) -> None:
        planned, house = visit.planned, self._house
        patient = planned.patient
        assert patient is not None  # noqa: S101 -- asked only for visits
        assert planned.done is not None  # noqa: S101 -- asked only when done
        owing = self._book.owing.get((planned.starts.date(), patient))
        codes = ("CONS15",) if owing is not None else CODES[planned.kind]
        lines = self._till.owed(owing) if owing is not None else self._till.lines(codes)
        if not lines:
            return
        at = planned.leaving or planned.done
        bill, acts = self._till.bill(
            patient, house.insurers[patient], lines, at, owing, prompt=patient < len(MEMBERS)
        )
        self._books.open(
            Account(
                bill,
                house.payers[patient],
                house.providers[planned.provider],
                visit.visit_id,
                planned.starts.date(),
            )
        )
        for act in acts:
            self._waiting[act.at.date()].append(act)

    def _past(self, planned: Planned) -> PastAppointment:
        house = self._house
        patient = planned.patient
        return PastAppointment(
            None if patient is None else PatientId(house.payers[patient].patient_id),
            StaffId(house.providers[planned.provider]),
            Slot(planned.starts, planned.minutes),
            Booking(planned.booking),
            AppointmentTypeId(house.types[planned.kind]) if planned.kind else None,
            ResourceId(house.rooms[planned.provider]) if patient is not None else None,
            Contact(planned.contact),
            planned.note,
            planned.walk_in,
            planned.newcomer,
            planned.overbook,
            planned.reason,
            self._zone.instant(planned.created),
            self._instant(planned.arrived),
            self._instant(planned.roomed),
            self._instant(planned.leaving),
            self._instant(planned.done),
            opened=planned.arrived is not None,
        )

    def _instant(self, wall: datetime | None) -> datetime | None:
        return None if wall is None else self._zone.instant(wall)


def now_of(until: date) -> datetime:
    """Return the wall instant the demo opens at."""
    return datetime.combine(until, time()) + timedelta(minutes=NOW)
