# SPDX-License-Identifier: Apache-2.0
"""Use cases that change what is in the book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import (
    AppointmentId,
    AppointmentTypeId,
    PatientId,
    StaffId,
    VisitId,
)
from clinicdesk.kernel.moments import Slot
from clinicdesk.kernel.outcomes import Done
from clinicdesk.schedule.model import (
    MAY_BOOK,
    STAMPS,
    Appointment,
    AppointmentCancelled,
    Booking,
    CancelAppointment,
    CannotStep,
    Caution,
    ChangePatient,
    Contact,
    EditAppointment,
    Kind,
    MarkNoShow,
    MoveAppointment,
    Placed,
    ResizeAppointment,
    RestoreAppointment,
    SetContact,
    StepState,
    VisitCompleted,
    VisitOpened,
    VisitReopened,
    VisitWithdrawn,
    resized,
    span_of,
)
from clinicdesk.schedule.repository import AppointmentRepository, VisitRepository
from clinicdesk.schedule.service.counter import Counter
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import N_

MOVED = N_("{patient} is moved to {provider}, {starts}.")
RESIZED = N_("{patient} now takes {minutes} minutes.")
CANCELLED = N_("{patient} is cancelled with {provider}, {starts}.")
MISSED = N_("{patient} did not come to {provider}, {starts}.")
RESTORED = N_("{patient} is booked again with {provider}, {starts}.")
CHANGED = N_("The appointment with {provider}, {starts}, is now {patient}'s.")
UNDONE = "mistake"  # the key of a reason
EDITED = N_("{patient} with {provider}, {starts}: changed.")
STEPPED = {
    Booking.BOOKED: N_("{patient} is booked with {provider}, not arrived."),
    Booking.ARRIVED: N_("{patient} is waiting for {provider}."),
    Booking.IN_ROOM: N_("{patient} is in the room with {provider}."),
    Booking.CHECKOUT: N_("{patient} is at the checkout."),
    Booking.DONE: N_("{patient} is done."),
}
CONTACTED = {
    Contact.UNCONFIRMED: N_("{patient} has not been reached."),
    Contact.MESSAGE: N_("A message was left for {patient}."),
    Contact.CONFIRMED: N_("{patient} has confirmed."),
}

Back = Callable[[int], Done[Placed]]  # carries out the reverse, given the version by then


class ChangingDesk(Counter):
    """Changes, steps and cancels."""

    def move(self, command: MoveAppointment, actor: Actor) -> Done[Placed]:
        """Move to another time or provider.

        Raises:
            SlotTaken: by whom and when; pass ``overbook`` to put it beside.
            StaleCopy: somebody changed it since it was read.
        """
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.move", command.key) as work:
            if work.earlier is not None:
                return self._again(work, MOVED)
            old = self._seen(work, command.appointment_id, command.version)
            new = self._moved(
                work, old, command.provider_id, command.slot, overbook=command.overbook
            )
            if command.contact is not None:
                new = replace(new, contact=command.contact)

            def back(version: int) -> Done[Placed]:
                place = MoveAppointment(
                    command.appointment_id,
                    version,
                    StaffId(old.provider_id),
                    old.slot,
                    overbook=old.overbook,
                    contact=old.contact,
                )
                return self.move(place, actor)

            return self._changed(work, old, new, "moved", MOVED, back if old.active else None)

    def resize(self, command: ResizeAppointment, actor: Actor) -> Done[Placed]:
        """Make it longer or shorter."""
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.resize", command.key) as work:
            if work.earlier is not None:
                return self._again(work, RESIZED)
            old = self._seen(work, command.appointment_id, command.version)
            slot = resized(old.slot, command.minutes)
            new = self._moved(work, old, old.provider_id, slot, overbook=command.overbook)

            def back(version: int) -> Done[Placed]:
                length = ResizeAppointment(
                    command.appointment_id, version, old.slot.minutes, overbook=old.overbook
                )
                return self.resize(length, actor)

            return self._changed(work, old, new, "resized", RESIZED, back if old.active else None)

    def cancel(self, command: CancelAppointment, actor: Actor) -> Done[Placed]:
        """Cancel it; its time is free again."""
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.cancel", command.key) as work:
            if work.earlier is not None:
                return self._again(work, CANCELLED)
            old = self._seen(work, command.appointment_id, command.version)
            new = old.cancelled(command.reason)
            back = self._restoring(old, actor)
            return self._changed(work, old, new, "cancelled", CANCELLED, back)

    def no_show(self, command: MarkNoShow, actor: Actor) -> Done[Placed]:
        """Say that the patient did not come."""
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.no_show", command.key) as work:
            if work.earlier is not None:
                return self._again(work, MISSED)
            old = self._seen(work, command.appointment_id, command.version)
            new = old.missed(command.reason)
            return self._changed(work, old, new, "no_show", MISSED, self._restoring(old, actor))

    def restore(self, command: RestoreAppointment, actor: Actor) -> Done[Placed]:
        """Take back a cancellation or a no-show.

        Raises:
            SlotTaken: the time was given to somebody else.
        """
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.restore", command.key) as work:
            if work.earlier is not None:
                return self._again(work, RESTORED)
            old = self._seen(work, command.appointment_id, command.version)
            new = self._fitted(work, old.restored(), overbook=command.overbook)

            def back(version: int) -> Done[Placed]:
                reason = old.cancel_reason or ""
                if old.booking is Booking.NO_SHOW:
                    return self.no_show(MarkNoShow(command.appointment_id, version, reason), actor)
                return self.cancel(
                    CancelAppointment(command.appointment_id, version, reason or UNDONE), actor
                )

            return self._changed(work, old, new, "restored", RESTORED, back)

    def step(self, command: StepState, actor: Actor) -> Done[Placed]:
        """Step the booking state on or back; a visit opens, closes or is withdrawn with it.

        Raises:
            VisitHasCharges: billing keeps the visit from being withdrawn.
        """
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.step", command.key) as work:
            if work.earlier is not None:
                return self._again(work, EDITED)
            old = self._seen(work, command.appointment_id, command.version)
            new = old.stepped(
                command.at or work.now, work.today, forward=command.forward, to=command.to
            )
            stamp = STAMPS.get(old.booking)
            at = None if stamp is None else getattr(old, stamp)

            def back(version: int) -> Done[Placed]:
                to = StepState(command.appointment_id, version, to=old.booking, at=at)
                return self.step(to, actor)

            return self._changed(work, old, new, "state", STEPPED[new.booking], back)

    def set_contact(self, command: SetContact, actor: Actor) -> Done[Placed]:
        """Say whether the patient was reached."""
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.contact", command.key) as work:
            if work.earlier is not None:
                return self._again(work, CONTACTED[command.contact])
            old = self._seen(work, command.appointment_id, command.version)
            if old.kind is Kind.BLOCK:
                raise CannotStep(N_("Time kept free has no patient to be reached."))
            new = replace(old, contact=command.contact)

            def back(version: int) -> Done[Placed]:
                return self.set_contact(
                    SetContact(command.appointment_id, version, old.contact), actor
                )

            return self._changed(work, old, new, "contact", CONTACTED[command.contact], back)

    def change_patient(self, command: ChangePatient, actor: Actor) -> Done[Placed]:
        """Give the appointment to another patient.

        Raises:
            VisitHasCharges: billing posted something to the visit already.
        """
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.change_patient", command.key) as work:
            if work.earlier is not None:
                return self._again(work, CHANGED)
            old = self._seen(work, command.appointment_id, command.version)
            if old.kind is Kind.BLOCK or old.booking is Booking.DONE:
                raise CannotStep(N_("Only an appointment that is not done can change patients."))
            person = self._person(work, command.patient_id, besides=old.id)
            new = replace(old, patient_id=person.id, new_patient=not person.known)

            def back(version: int) -> Done[Placed]:
                whose = PatientId(old.patient_id or 0)
                return self.change_patient(
                    ChangePatient(command.appointment_id, version, whose), actor
                )

            return self._changed(work, old, new, "patient", CHANGED, back)

    def edit(self, command: EditAppointment, actor: Actor) -> Done[Placed]:
        """Change type and note."""
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.edit", command.key) as work:
            if work.earlier is not None:
                return self._again(work, EDITED)
            old = self._seen(work, command.appointment_id, command.version)
            type_id = None if old.kind is Kind.BLOCK else command.type_id
            new = replace(old, type_id=type_id, note=command.note.strip())

            def back(version: int) -> Done[Placed]:
                kept = None if old.type_id is None else AppointmentTypeId(old.type_id)
                return self.edit(
                    EditAppointment(command.appointment_id, version, kept, old.note), actor
                )

            return self._changed(work, old, new, "edited", EDITED, back)

    def _restoring(self, old: Appointment, actor: Actor) -> Back:
        def back(version: int) -> Done[Placed]:
            command = RestoreAppointment(AppointmentId(old.id), version, overbook=old.overbook)
            done = self.restore(command, actor)
            if old.booking is Booking.BOOKED:
                return done
            again = StepState(
                AppointmentId(old.id), done.value.version, to=old.booking, at=old.arrived_at
            )
            return self.step(again, actor)

        return back

    def _moved(
        self, work: UnitOfWork, old: Appointment, provider_id: int, slot: Slot, *, overbook: bool
    ) -> Appointment:
        room_id = old.room_id
        if provider_id != old.provider_id and old.kind is Kind.VISIT:
            room_id = self._member(work, provider_id).room_id
        new = old.placed(slot, span_of(work.zone, slot), provider_id, room_id)
        return self._fitted(work, new, overbook=overbook)

    def _changed(
        self,
        work: UnitOfWork,
        old: Appointment,
        new: Appointment,
        action: str,
        wording: str,
        back: Back | None,
    ) -> Done[Placed]:
        """Keep a change with all that follows from it, and answer."""
        reason = new.cancel_reason if action in {"cancelled", "no_show"} else None
        version = AppointmentRepository(work).change(new, action, reason)
        visit_id = self._visit_follows(work, old, new)
        self._audited(work, new, old, reason)
        if old.active and not new.active:
            patient_id = None if new.patient_id is None else PatientId(new.patient_id)
            work.tell(
                AppointmentCancelled(
                    AppointmentId(new.id), patient_id, StaffId(new.provider_id), new.slot.day
                )
            )
        cautions: tuple[Caution, ...] = ()
        if action in {"moved", "resized", "restored", "patient"}:
            cautions = self._cautions(work, new, self._member(work, new.provider_id))
        placed = Placed(new.id, version, visit_id, cautions)
        return self._answer(work, placed, wording, None if back is None else partial(back, version))

    def _visit_follows(self, work: UnitOfWork, old: Appointment, new: Appointment) -> int | None:
        """Open, close, withdraw or hand over the visit as the appointment changed."""
        if new.patient_id is None or not (old.visited or new.visited):
            return None
        visits = VisitRepository(work)
        kept = visits.of(new.id)
        patient_id, provider_id = PatientId(new.patient_id), StaffId(new.provider_id)
        if not new.visited:
            if kept is not None:
                work.tell(VisitWithdrawn(VisitId(kept[0]), patient_id))
                visits.withdraw(kept[0])
            return None
        if not old.visited or kept is None:
            began = new.arrived_at or new.roomed_at or work.now
            visit_id = visits.open(new.id, patient_id, provider_id, began)
            work.tell(VisitOpened(VisitId(visit_id), patient_id, provider_id, work.today))
        else:
            visit_id = kept[0]
            if old.patient_id != new.patient_id:
                work.tell(VisitWithdrawn(VisitId(visit_id), PatientId(old.patient_id or 0)))
            if (old.patient_id, old.provider_id) != (new.patient_id, new.provider_id):
                visits.hand_over(visit_id, patient_id=patient_id, provider_id=provider_id)
        if new.booking is Booking.DONE and old.booking is not Booking.DONE:
            visits.finish(visit_id, new.done_at or work.now)
            work.tell(VisitCompleted(VisitId(visit_id), patient_id, provider_id, work.today))
        elif old.booking is Booking.DONE and new.booking is not Booking.DONE:
            visits.reopen(visit_id)
            work.tell(VisitReopened(VisitId(visit_id), patient_id))
        return visit_id
