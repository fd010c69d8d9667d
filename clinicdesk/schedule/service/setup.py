# SPDX-License-Identifier: Apache-2.0
"""Appointment types and the waitlist."""

from __future__ import annotations

from functools import partial

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import AppointmentTypeId
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal, StaleCopy
from clinicdesk.schedule.model import (
    MAY_BOOK,
    MAY_SET_UP,
    MAY_VIEW,
    AddToWaitlist,
    ArchiveType,
    NotThere,
    SaveType,
    SettleWaiting,
    TooLong,
)
from clinicdesk.schedule.queries import TypeRow, WaitlistRow, setup
from clinicdesk.schedule.repository import TypeRepository, WaitlistRepository
from clinicdesk.schedule.service.counter import Counter
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.text import N_

SAVED = N_("The type {name} is saved.")
ARCHIVED = N_("The type {name} is offered no longer.")
OFFERED = N_("The type {name} is offered again.")
ADDED = N_("{patient} is on the waitlist.")
SETTLED = {
    "booked": N_("{patient} is booked and leaves the waitlist."),
    "withdrawn": N_("{patient} is taken off the waitlist."),
    "waiting": N_("{patient} is on the waitlist again."),
}


class SetUpDesk(Counter):
    """Sets up types, keeps wishes."""

    def types(self, actor: Actor, *, archived: bool = False) -> tuple[TypeRow, ...]:
        """Return the appointment types in the clinic's order."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return setup.types(reading, archived=archived)

    def save_type(self, command: SaveType, actor: Actor) -> Done[int]:
        """Add or change a type."""
        actor.require(MAY_SET_UP)
        if not command.name.strip():
            raise Refusal(N_("Give the type a name."), field="name")
        if not 1 <= command.minutes <= 1440:
            raise TooLong(field="minutes")
        with self._records.write(actor, "schedule.save_type", command.key) as work:
            fields = {"name": command.name.strip()}
            if work.earlier is not None:
                return Done(int(work.earlier["type_id"]), SAVED, fields)
            old = None if command.type_id is None else _type(work, command.type_id)
            type_id = TypeRepository(work).save(command)
            after = {
                "name": command.name.strip(),
                "minutes": command.minutes,
                "default_codes": ",".join(command.default_codes),
            }
            work.record("appointment_type", type_id, before=_told(old), after=after)
            work.remember({"type_id": type_id})
            if old is None:
                gone = ArchiveType(AppointmentTypeId(type_id), 1)
                return Done(type_id, SAVED, fields, partial(self.archive_type, gone, actor))
            back = SaveType(
                old.name,
                old.minutes,
                old.color,
                old.position,
                old.default_codes,
                command.type_id,
                command.version + 1,
            )
            return Done(type_id, SAVED, fields, partial(self.save_type, back, actor))

    def archive_type(self, command: ArchiveType, actor: Actor) -> Done[int]:
        """Offer a type no longer, or again."""
        actor.require(MAY_SET_UP)
        wording = ARCHIVED if command.archived else OFFERED
        with self._records.write(actor, "schedule.archive_type", command.key) as work:
            old = _type(work, command.type_id)
            if work.earlier is not None:
                return Done(old.id, wording, {"name": old.name})
            TypeRepository(work).archive(old.id, command.version, archived=command.archived)
            work.record("appointment_type", old.id, after={"archived": command.archived})
            work.remember({"type_id": old.id})
            back = ArchiveType(command.type_id, command.version + 1, archived=not command.archived)
            undo = partial(self.archive_type, back, actor)
            return Done(old.id, wording, {"name": old.name}, undo)

    def waitlist(self, actor: Actor) -> tuple[WaitlistRow, ...]:
        """Return who waits for an appointment: urgent first, then oldest."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return setup.waitlisted(reading)

    def add_to_waitlist(self, command: AddToWaitlist, actor: Actor) -> Done[int]:
        """Keep a wish for an appointment."""
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.add_to_waitlist", command.key) as work:
            person = self._person(work, command.patient_id)
            fields = {"patient": person.name}
            if work.earlier is not None:
                return Done(int(work.earlier["waitlist_id"]), ADDED, fields)
            if command.type_id is not None:
                _type(work, command.type_id)
            if command.provider_id is not None:
                self._member(work, command.provider_id)
            waitlist_id = WaitlistRepository(work).add(command)
            work.record(
                "waitlist",
                waitlist_id,
                patient_id=person.id,
                after={"wishes": command.wishes.strip(), "urgent": command.urgent},
            )
            work.remember({"waitlist_id": waitlist_id})
            back = SettleWaiting(waitlist_id, 1, "withdrawn")
            return Done(waitlist_id, ADDED, fields, partial(self.settle_waiting, back, actor))

    def settle_waiting(self, command: SettleWaiting, actor: Actor) -> Done[int]:
        """End a wish, or take that back."""
        actor.require(MAY_BOOK)
        if command.state not in SETTLED:
            raise Refusal(N_("A wish is waiting, booked or withdrawn."), field="state")
        with self._records.write(actor, "schedule.settle_waiting", command.key) as work:
            if work.earlier is not None:
                kept = setup.wish(work, command.waitlist_id)
                if kept is None:
                    raise NotThere(field="waitlist")
                return Done(kept[0].id, SETTLED[command.state], {"patient": kept[0].name})
            row, back = self.settle_wish(work, command)
            work.remember({"waitlist_id": row.id})
            undo = partial(self.settle_waiting, back, actor)
            return Done(row.id, SETTLED[command.state], {"patient": row.name}, undo)

    def settle_wish(
        self, work: UnitOfWork, command: SettleWaiting
    ) -> tuple[WaitlistRow, SettleWaiting]:
        """End a wish inside another use case's transaction; return it and the way back."""
        kept = setup.wish(work, command.waitlist_id)
        if kept is None:
            raise NotThere(field="waitlist")
        row, state = kept
        if row.version != command.version:
            raise StaleCopy
        WaitlistRepository(work).settle(row.id, row.version, command.state)
        work.record(
            "waitlist",
            row.id,
            patient_id=row.patient_id,
            before={"state": state},
            after={"state": command.state},
        )
        return row, SettleWaiting(row.id, row.version + 1, state)


def _type(reading: Reading, type_id: int) -> TypeRow:
    for row in setup.types(reading, archived=True):
        if row.id == type_id:
            return row
    raise NotThere(field="type")


def _told(row: TypeRow | None) -> dict[str, object] | None:
    if row is None:
        return None
    return {
        "name": row.name,
        "minutes": row.minutes,
        "default_codes": ",".join(row.default_codes),
    }
