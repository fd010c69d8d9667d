# SPDX-License-Identifier: Apache-2.0
"""Taking people on, changing and archiving them, with their standing hours in one act."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.folding import clean
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.staff import queries
from clinicdesk.staff.model import (
    MAY_EDIT_STAFF,
    MAY_VIEW_STAFF,
    AddStaff,
    EditStaff,
    NameNeeded,
    SaveMember,
    SetHours,
    WeeklyHours,
)
from clinicdesk.staff.repository import StaffRepository
from clinicdesk.staff.service.people import PeopleDesk
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import N_

SAVED = N_("{name} is saved.")
TAKEN_ON = N_("{name} is on the staff.")


class MemberDesk(PeopleDesk):
    """Keeps the staff's particulars."""

    def usual_hours(self, staff_id: int, actor: Actor) -> tuple[WeeklyHours, ...]:
        """Return somebody's standing hours in force today."""
        actor.require(MAY_VIEW_STAFF)
        with self._records.read() as reading:
            return queries.weekly_hours(reading, staff_id, reading.today)

    def save_member(self, command: SaveMember, actor: Actor) -> Done[int]:
        """Take somebody on or change them; undone, a new one is archived.

        Raises:
            StaleCopy: somebody changed them since they were seen.
            HoursBackwards: hours that end before they begin.
        """
        actor.require(MAY_EDIT_STAFF)
        name = clean(command.name)
        if not name:
            raise NameNeeded(field="name")
        initials = clean(command.initials) or "".join(word[0] for word in name.split())[:3].upper()
        command = replace(command, name=name, initials=initials)
        wording = TAKEN_ON if command.staff_id is None else SAVED
        fields = {"name": name}
        with self._records.write(actor, "staff.save_member", command.key) as work:
            if work.earlier is not None:
                return Done(int(work.earlier["id"]), wording, fields)
            if command.staff_id is None:
                number = self.add_in(work, _as_new(command))
                back = replace(command, staff_id=number, version=1, archived=True, hours=None)
            else:
                number = command.staff_id
                back = self._change(work, command)
            if command.hours is not None:
                since = command.hours_from or work.today
                self.set_hours_in(work, SetHours(number, since, command.hours))
            work.remember({"id": number})
        undo = partial(self.save_member, replace(back, key=f"{command.key}-back"), actor)
        return Done(number, wording, fields, undo)

    def _change(self, work: UnitOfWork, command: SaveMember) -> SaveMember:
        """Write the change; return the way back."""
        number = command.staff_id or 0
        before = next((row for row in queries.members(work) if row.id == number), None)
        if before is None:
            raise StaleCopy
        since = command.hours_from or work.today
        old = queries.weekly_hours(work, number, since) if command.hours is not None else None
        StaffRepository(work).edit(_as_edit(command, number))
        work.record(
            "staff_member",
            number,
            before={
                "name": before.name,
                "role": before.role,
                "weekly_minutes": before.weekly_minutes,
                "archived": int(before.archived),
            },
            after={
                "name": command.name,
                "role": command.role,
                "weekly_minutes": command.weekly_minutes,
                "archived": int(command.archived),
            },
        )
        return SaveMember(
            number,
            command.version + 1,
            before.name,
            before.initials,
            before.role,
            before.is_provider,
            before.color,
            before.room_id,
            before.registration,
            before.weekly_minutes,
            before.archived,
            old,
            since,
        )


def _as_new(command: SaveMember) -> AddStaff:
    return AddStaff(
        command.name,
        command.initials,
        command.role,
        command.is_provider,
        command.color,
        command.room_id,
        command.registration,
        command.weekly_minutes,
    )


def _as_edit(command: SaveMember, number: int) -> EditStaff:
    return EditStaff(
        number,
        command.version,
        command.name,
        command.initials,
        command.role,
        command.is_provider,
        command.color,
        command.room_id,
        command.registration,
        command.archived,
        command.weekly_minutes,
    )
