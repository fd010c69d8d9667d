# SPDX-License-Identifier: Apache-2.0
"""Use cases that put something new into the book."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import AppointmentId, PatientId, VisitId
from clinicdesk.kernel.moments import Slot, utc_minute
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import NotAllowed, Refusal
from clinicdesk.schedule.model import (
    MAY_BOOK,
    MAY_OVERBOOK,
    MAY_VIEW,
    Appointment,
    BlockTime,
    BookAppointment,
    Booking,
    BookSeries,
    CancelAppointment,
    Check,
    Contact,
    Kind,
    NoSuchTime,
    NotThere,
    Placed,
    ReasonMissing,
    TooLong,
    VisitOpened,
    WalkIn,
    span_of,
)
from clinicdesk.schedule.queries import checks
from clinicdesk.schedule.repository import AppointmentRepository, VisitRepository
from clinicdesk.schedule.service.changing import UNDONE, ChangingDesk
from clinicdesk.schedule.service.counter import Counter, said
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.text import N_

BOOKED = N_("{patient} is booked with {provider} on {starts}.")
ARRIVED = N_("{patient} is waiting for {provider}.")
BLOCKED = N_("{provider}'s time is kept free from {starts}: {patient}.")
REPEATED = N_("{patient} is booked with {provider} {times} times from {starts}.")


class BookingDesk(ChangingDesk, Counter):
    """Books."""

    def check(self, command: BookAppointment, actor: Actor, *, besides: int = 0) -> Check:
        """Tell what booking would meet; changes nothing.

        Args:
            command: what would be booked.
            actor: who asks.
            besides: an appointment that does not count, because it is the one being moved.
        """
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            try:
                new, member, person = self._drafted(reading, command)
            except (NoSuchTime, TooLong) as refusal:
                return Check(refusal, may_overbook=False, cautions=())
            new = replace(new, id=besides)
            clash = self._clash(reading, new)
            cautions = self._cautions(reading, new, member, person)
            return Check(clash, actor.may(MAY_OVERBOOK), cautions)

    def book(self, command: BookAppointment, actor: Actor) -> Done[Placed]:
        """Book an appointment.

        Raises:
            SlotTaken: by whom and when; pass ``overbook`` to book beside it.
            NoSuchTime: the wall time falls into the gap of a daylight-saving night.
        """
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.book", command.key) as work:
            if work.earlier is not None:
                return self._again(work, BOOKED)
            placed = self.place(work, command)
            return self._answer(work, placed, BOOKED, self._unbook(placed, actor))

    def place(self, work: UnitOfWork, command: BookAppointment) -> Placed:
        """Book inside another department's transaction."""
        new, member, person = self._drafted(work, command)
        new = self._fitted(work, new, overbook=command.overbook)
        cautions = self._cautions(work, new, member, person)
        new = replace(new, id=AppointmentRepository(work).add(new))
        self._audited(work, new)
        return Placed(new.id, new.version, cautions=cautions)

    def book_series(self, command: BookSeries, actor: Actor) -> Done[tuple[Placed, ...]]:
        """Book the same wall time every so many weeks; all or none.

        Raises:
            SlotTaken: the first of them that is taken.
        """
        actor.require(MAY_BOOK)
        if not (2 <= command.times <= 60 and 1 <= command.weeks <= 52):
            raise Refusal(N_("A series has 2 to 60 appointments, 1 to 52 weeks apart."))
        first, placed = command.first, []
        with self._records.write(actor, "schedule.book_series", command.key) as work:
            if work.earlier is not None:
                kept = tuple(Placed(i, 1) for i in work.earlier["appointment_ids"])
                return Done(kept, REPEATED, self._series_fields(work, kept))
            repository = AppointmentRepository(work)
            series_id: int | None = None
            for n in range(command.times):
                starts = first.slot.starts + timedelta(weeks=n * command.weeks)
                slot = Slot(starts, first.slot.minutes, first.slot.fold)
                new, member, person = self._drafted(work, replace(first, slot=slot))
                new = self._fitted(work, replace(new, series_id=series_id), overbook=first.overbook)
                cautions = self._cautions(work, new, member, person)
                new = replace(new, id=repository.add(new))
                if series_id is None:
                    series_id = new.id
                    repository.start_series(series_id)
                self._audited(work, new)
                placed.append(Placed(new.id, new.version, cautions=cautions))
            work.remember({"appointment_ids": [one.appointment_id for one in placed]})
            answer = tuple(placed)
            return Done(
                answer,
                REPEATED,
                self._series_fields(work, answer),
                partial(self._unbook_all, answer, actor),
            )

    def walk_in(self, command: WalkIn, actor: Actor) -> Done[Placed]:
        """Book and arrive someone who stands at the desk."""
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.walk_in", command.key) as work:
            if work.earlier is not None:
                return self._again(work, ARRIVED)
            minutes = command.minutes or self._minutes_of(work, command.type_id)
            slot = work.zone.slot_at(utc_minute(work.now), minutes)
            draft = BookAppointment(
                command.patient_id,
                command.provider_id,
                slot,
                command.type_id,
                note=command.note,
                contact=Contact.CONFIRMED,
            )
            new, member, person = self._drafted(work, draft)
            new = self._fitted(work, replace(new, walk_in=True), overbook=command.overbook)
            cautions = self._cautions(work, new, member, person)
            repository = AppointmentRepository(work)
            new = replace(new, id=repository.add(new))
            new = new.stepped(work.now, work.today, to=Booking.ARRIVED)
            version = repository.change(new, "state")
            patient_id = PatientId(new.patient_id or command.patient_id)
            provider_id = command.provider_id
            visit_id = VisitRepository(work).open(new.id, patient_id, provider_id, work.now)
            self._audited(work, new)
            work.tell(VisitOpened(VisitId(visit_id), patient_id, provider_id, work.today))
            placed = Placed(new.id, version, visit_id, cautions)
            return self._answer(work, placed, ARRIVED, self._unbook(placed, actor))

    def block(self, command: BlockTime, actor: Actor) -> Done[Placed]:
        """Keep time free of patients.

        Raises:
            SlotTaken: an appointment is there; pass ``overbook`` to block beside it.
        """
        actor.require(MAY_BOOK)
        if not command.wording.strip():
            raise ReasonMissing(N_("Say what the time is kept free for."), field="wording")
        with self._records.write(actor, "schedule.block", command.key) as work:
            if work.earlier is not None:
                return self._again(work, BLOCKED)
            self._member(work, command.provider_id)
            span = span_of(work.zone, command.slot)
            new = _new(command.provider_id, command.slot, span, note=command.wording.strip())
            new = self._fitted(work, new, overbook=command.overbook)
            new = replace(new, id=AppointmentRepository(work).add(new))
            self._audited(work, new)
            placed = Placed(new.id, new.version)
            return self._answer(work, placed, BLOCKED, self._unbook(placed, actor))

    def _drafted(
        self, reading: Reading, command: BookAppointment
    ) -> tuple[Appointment, checks.Member, checks.Person]:
        person = self._person(reading, command.patient_id)
        member = self._member(reading, command.provider_id)
        room_id = member.room_id if command.room_id is None else command.room_id
        if command.room_id is not None and checks.room_name(reading, command.room_id) is None:
            raise NotThere(field="room")
        if command.type_id is not None:
            self._minutes_of(reading, command.type_id)
        new = _new(
            command.provider_id,
            command.slot,
            span_of(reading.zone, command.slot),
            note=command.note.strip(),
        )
        new = replace(
            new,
            kind=Kind.VISIT,
            patient_id=person.id,
            type_id=command.type_id,
            contact=command.contact,
            new_patient=not person.known,
            room_id=room_id,
        )
        return new, member, person

    def _minutes_of(self, reading: Reading, type_id: int | None) -> int:
        if type_id is None:
            return 15
        minutes = checks.type_minutes(reading, type_id)
        if minutes is None:
            raise NotThere(field="type")
        return minutes

    def _unbook(self, placed: Placed, actor: Actor) -> partial[Done[Placed]]:
        command = CancelAppointment(AppointmentId(placed.appointment_id), placed.version, UNDONE)
        return partial(self.cancel, command, actor)

    def _unbook_all(self, placed: tuple[Placed, ...], actor: Actor) -> Done[Placed]:
        """Take back a series; those that were changed since are kept."""
        last: Done[Placed] | None = None
        for one in placed:
            try:
                last = self._unbook(one, actor)()
            except NotAllowed:
                raise
            except Refusal:
                continue
        if last is None:
            raise Refusal(N_("All appointments of the series were changed since."))
        return last

    def _series_fields(self, work: UnitOfWork, placed: tuple[Placed, ...]) -> dict[str, object]:
        fields = said(work, placed[0].appointment_id)
        return {**fields, "times": len(placed)}


def _new(provider_id: int, slot: Slot, span: tuple[int, int], *, note: str) -> Appointment:
    return Appointment(
        id=0,
        version=1,
        kind=Kind.BLOCK,
        patient_id=None,
        type_id=None,
        provider_id=provider_id,
        slot=slot,
        starts_min=span[0],
        ends_min=span[1],
        booking=Booking.BOOKED,
        contact=Contact.UNCONFIRMED,
        overbook=False,
        walk_in=False,
        new_patient=False,
        series_id=None,
        note=note,
        cancel_reason=None,
    )
