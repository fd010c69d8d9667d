# SPDX-License-Identifier: Apache-2.0
"""People, rooms, standing hours and closed days."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.folding import clean
from clinicdesk.kernel.outcomes import Done
from clinicdesk.staff import queries
from clinicdesk.staff.model import (
    MAY_EDIT_STAFF,
    MAY_VIEW_STAFF,
    AddResource,
    AddStaff,
    Close,
    EditStaff,
    HoursBackwards,
    NameNeeded,
    OpenSpan,
    SetHours,
    check_hours,
)
from clinicdesk.staff.repository import StaffRepository
from clinicdesk.storage.records import Reading, Records, UnitOfWork
from clinicdesk.wording.text import N_


class PeopleDesk:
    """Who works here and when."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def providers(self, on: date) -> tuple[queries.Provider, ...]:
        """Return who has a column in the book on a day."""
        with self._records.read() as reading:
            return queries.providers(reading, on)

    def providers_in(self, reading: Reading, on: date) -> tuple[queries.Provider, ...]:
        """Return who has a column in the book on a day, in another's snapshot."""
        return queries.providers(reading, on)

    def rooms(self) -> tuple[queries.ResourceRow, ...]:
        """Return rooms and equipment in use."""
        with self._records.read() as reading:
            return queries.rooms(reading)

    def open_spans(self, reading: Reading, provider_id: int, day: date) -> tuple[OpenSpan, ...]:
        """Return one person's open spans of a day, in UTC minutes."""
        return queries.spans_of_days(reading, (provider_id,), day, day)[provider_id, day]

    def spans_of_days(
        self, reading: Reading, who: Collection[int], first: date, last: date
    ) -> dict[tuple[int, date], tuple[OpenSpan, ...]]:
        """Return open spans of several people and days at once."""
        return queries.spans_of_days(reading, who, first, last)

    def with_hours(self, reading: Reading, on: date) -> set[int]:
        """Return who has standing hours in force on a date, whatever the weekday."""
        return queries.with_hours(reading, on)

    def add(self, command: AddStaff, actor: Actor) -> Done[int]:
        """Take somebody on."""
        actor.require(MAY_EDIT_STAFF)
        name = clean(command.name)
        if not name:
            raise NameNeeded(field="name")
        with self._records.write(actor, "staff.add", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["id"], N_("{name} is on the staff."), {"name": name})
            number = self.add_in(work, command)
            work.remember({"id": number})
        return Done(number, N_("{name} is on the staff."), {"name": name})

    def add_in(self, work: UnitOfWork, command: AddStaff) -> int:
        """Take somebody on inside another's transaction (imports, the demo)."""
        number = StaffRepository(work).add(command, queries.count(work, "staff_member"))
        work.record("staff_member", number, action="staff.add", after={"name": command.name})
        return number

    def members(self, actor: Actor) -> tuple[queries.StaffRow, ...]:
        """Return everybody on the staff, the archived last."""
        actor.require(MAY_VIEW_STAFF)
        with self._records.read() as reading:
            return queries.members(reading)

    def edit(self, command: EditStaff, actor: Actor) -> Done[int]:
        """Change somebody's particulars, or archive them."""
        actor.require(MAY_EDIT_STAFF)
        name = clean(command.name)
        if not name:
            raise NameNeeded(field="name")
        with self._records.write(actor, "staff.edit", command.key) as work:
            if work.earlier is None:
                before = next(
                    (row for row in queries.members(work) if row.id == command.staff_id), None
                )
                StaffRepository(work).edit(replace(command, name=name))
                work.record(
                    "staff_member",
                    command.staff_id,
                    before=None if before is None else {"name": before.name, "role": before.role},
                    after={"name": name, "role": command.role, "archived": int(command.archived)},
                )
                work.remember({"id": command.staff_id})
        return Done(command.staff_id, N_("{name} is saved."), {"name": name})

    def add_resource(self, command: AddResource, actor: Actor) -> Done[int]:
        """Add a room or a piece of equipment."""
        actor.require(MAY_EDIT_STAFF)
        if not clean(command.name):
            raise NameNeeded(field="name")
        with self._records.write(actor, "staff.add_resource", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["id"], N_("{name} is added."), {"name": command.name})
            number = self.add_resource_in(work, command)
            work.remember({"id": number})
        return Done(number, N_("{name} is added."), {"name": command.name})

    def add_resource_in(self, work: UnitOfWork, command: AddResource) -> int:
        """Add a room or equipment inside another's transaction."""
        number = StaffRepository(work).add_resource(command, queries.count(work, "resource"))
        work.record("resource", number, action="staff.add_resource", after={"name": command.name})
        return number

    def set_hours(self, command: SetHours, actor: Actor) -> Done[int]:
        """Set somebody's weekly hours from a day on."""
        actor.require(MAY_EDIT_STAFF)
        with self._records.write(actor, "staff.set_hours", command.key) as work:
            if work.earlier is None:
                self.set_hours_in(work, command)
                work.remember({"id": command.staff_id})
        return Done(command.staff_id, N_("The hours are set from {day}."), {"day": command.from_on})

    def set_hours_in(self, work: UnitOfWork, command: SetHours) -> None:
        """Set weekly hours inside another's transaction."""
        check_hours(command.hours)
        StaffRepository(work).set_hours(command)
        after = {"from_on": command.from_on, "spans": len(command.hours)}
        work.record("staff_member", command.staff_id, action="staff.set_hours", after=after)

    def close(self, command: Close, actor: Actor) -> Done[int]:
        """Close whole days for the clinic or for one person."""
        actor.require(MAY_EDIT_STAFF)
        with self._records.write(actor, "staff.close", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["id"], N_("The days are closed."))
            number = self.close_in(work, command)
            work.remember({"id": number})
        return Done(number, N_("{wording}: closed from {day}."), {
            "wording": command.wording, "day": command.from_on})  # fmt: skip

    def close_in(self, work: UnitOfWork, command: Close) -> int:
        """Close days inside another's transaction."""
        if command.to_on < command.from_on:
            raise HoursBackwards
        number = StaffRepository(work).close(command)
        after = {"from_on": command.from_on, "to_on": command.to_on, "wording": command.wording}
        work.record("closure", number, action="staff.close", after=after)
        return number

    def public_holidays(self, country: str, year: int, region: str = "") -> tuple[Close, ...]:
        """Return a year's public holidays of a country as closures to be; none if unknown.

        ``region`` is ISO 3166-2's part after the hyphen, where holidays differ by region.
        """
        import holidays

        try:
            days = holidays.country_holidays(country, subdiv=region or None, years=year)
        except NotImplementedError:
            return ()
        return tuple(Close(day, day, name, source="holiday") for day, name in sorted(days.items()))

    def add_shifts_in(self, work: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write published shifts inside another's transaction."""
        StaffRepository(work).add_shifts(rows)
        work.record("shift", None, action="staff.add_shifts", after={"count": len(rows)})


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
