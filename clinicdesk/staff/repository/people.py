# SPDX-License-Identifier: Apache-2.0
"""Writes staff members, resources, hours, shifts and closures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.staff.model import STAFF, AddResource, AddStaff, Close, EditStaff, SetHours
from clinicdesk.staff.tables import closure, resource, shift, staff_member, standing_hours
from clinicdesk.storage.records import UnitOfWork


class StaffRepository:
    """The only writer of the staff room's tables."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, command: AddStaff, position: int) -> int:
        """Write a staff member."""
        done = self._work.execute(
            staff_member.insert().values(
                name=command.name,
                initials=command.initials,
                folded_name=fold(command.name),
                role=command.role,
                is_provider=command.is_provider,
                registration=command.registration,
                color=command.color,
                position=position,
                weekly_minutes=command.weekly_minutes,
                default_resource_id=command.room_id,
            )
        )
        return self._noted(done.inserted_primary_key)

    def edit(self, command: EditStaff) -> None:
        """Change a staff member if the version seen is still the newest."""
        hours = {} if command.weekly_minutes is None else {"weekly_minutes": command.weekly_minutes}
        changed = self._work.execute(
            staff_member.update()
            .where(staff_member.c.id == command.staff_id, staff_member.c.version == command.version)
            .values(
                name=command.name,
                initials=command.initials,
                folded_name=fold(command.name),
                role=command.role,
                is_provider=command.is_provider,
                registration=command.registration,
                color=command.color,
                default_resource_id=command.room_id,
                archived=command.archived,
                version=command.version + 1,
                **hours,
            )
        )
        if changed.rowcount != 1:
            raise StaleCopy
        self._work.note(STAFF, command.staff_id)

    def add_resource(self, command: AddResource, position: int) -> int:
        """Write a room or a piece of equipment."""
        done = self._work.execute(
            resource.insert().values(name=command.name, kind=command.kind, position=position)
        )
        return self._noted(done.inserted_primary_key)

    def set_hours(self, command: SetHours) -> None:
        """End the standing hours of before and write the new ones."""
        self._work.execute(
            standing_hours.update()
            .where(standing_hours.c.staff_id == command.staff_id, standing_hours.c.to_on.is_(None))
            .values(to_on=command.from_on - timedelta(days=1))
        )
        rows = [
            {
                "staff_id": command.staff_id,
                "weekday": span.weekday,
                "from_minute": span.from_minute,
                "to_minute": span.to_minute,
                "kind": span.kind,
                "from_on": command.from_on,
            }
            for span in command.hours
        ]
        if rows:
            self._work.execute(standing_hours.insert(), rows)
        self._work.note(STAFF, command.staff_id)

    def close(self, command: Close) -> int:
        """Write a closure."""
        done = self._work.execute(
            closure.insert().values(
                staff_id=command.staff_id,
                from_on=command.from_on,
                to_on=command.to_on,
                wording=command.wording,
                source=command.source,
            )
        )
        return self._noted(done.inserted_primary_key)

    def add_shifts(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write shifts as they come, wall and UTC spans both given."""
        if rows:
            self._work.execute(shift.insert(), list(rows))
            for number in {row["staff_id"] for row in rows}:
                self._work.note(STAFF, number)

    def _noted(self, key: Any) -> int:
        number = int(key[0])
        self._work.note(STAFF, number)
        return number
