# SPDX-License-Identifier: Apache-2.0
"""Sets the invented clinic up: rooms, staff, hours, holidays, visit types, fees, users."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from clinicdesk.access.model import ROLES, AddUser
from clinicdesk.access.service import Access
from clinicdesk.billing.model import SaveFee
from clinicdesk.billing.service import Billing
from clinicdesk.demo.catalogue import FEES, JOBS, KINDS, PEOPLE, Job
from clinicdesk.demo.history import DENSE_HOURS, Size
from clinicdesk.demo.names import Naming
from clinicdesk.demo.rostering import COLLEAGUES, CONTRACTS
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import StaffId, UserId
from clinicdesk.kernel.moments import ClinicZone, Slot
from clinicdesk.schedule.model import SaveType
from clinicdesk.schedule.service import Schedule
from clinicdesk.staff.model import AddResource, AddStaff, Close, SetHours, WeeklyHours
from clinicdesk.staff.service import Staff
from clinicdesk.storage.records import UnitOfWork

_DAY = timedelta(days=1)
_RIGHTS = {role.key: role.rights for role in ROLES}


def jobs_for(count: int, naming: Naming) -> tuple[Job, ...]:
    """Return so many providers: the known ones, then invented doctors."""
    jobs = list(JOBS[:count])
    while len(jobs) < count:
        number = len(jobs) + 1
        person = naming.person(900_000 + number)
        pattern = JOBS[number % len(JOBS)]
        title = {"gp": "Dr ", "nurse": "", "physio": ""}[pattern.role]
        tail = " RN" if pattern.role == "nurse" else ""
        jobs.append(
            replace(
                pattern,
                name=f"{title}{person.given} {person.family}{tail}",
                initials=person.given[0] + person.family[0],
                room=f"Room {number}",
            )
        )
    return tuple(jobs)


def closed_days(
    staff: Staff, country: str, first_on: date, last_on: date, until: date
) -> list[Close]:
    """Return public holidays and a week between the years; never the day the demo opens on."""
    closures: list[Close] = []
    for year in range(first_on.year, last_on.year + 1):
        closures += staff.public_holidays(country, year)
        closures.append(Close(date(year, 12, 27), date(year, 12, 31), "Closed between the years"))
    return [
        replace(one, key=f"demo-close-{number}")
        for number, one in enumerate(closures)
        if one.to_on >= first_on
        and one.from_on <= last_on
        and not one.from_on <= until <= one.to_on
    ]


def settle_staff(
    work: UnitOfWork, staff: Staff, jobs: Sequence[Job], size: Size
) -> tuple[list[int], list[int], list[int]]:
    """Add rooms and people with their hours; return ids of providers, their rooms, colleagues."""
    providers: list[int] = []
    rooms: list[int] = []
    recent = size.until - timedelta(days=size.until.weekday() + 7)
    for number, job in enumerate(jobs):
        room = staff.add_resource_in(work, AddResource(job.room))
        provider = staff.add_in(
            work,
            AddStaff(
                job.name, job.initials, job.role, True, number % 8, room,
                weekly_minutes=CONTRACTS[number % len(CONTRACTS)],
            ),
        )  # fmt: skip
        start = size.first_on - 30 * _DAY
        if size.dense:
            staff.set_hours_in(work, SetHours(provider, start, _week(*DENSE_HOURS)))
            start = recent
        staff.set_hours_in(work, SetHours(provider, start, _week(*job.hours)))
        providers.append(provider)
        rooms.append(room)
    colleagues = [
        staff.add_in(
            work,
            AddStaff(
                one.name, one.initials, one.role, False, (len(jobs) + number) % 8,
                weekly_minutes=one.contract,
            ),
        )
        for number, one in enumerate(COLLEAGUES)
    ]  # fmt: skip
    return providers, rooms, colleagues


def weekend_shifts(
    zone: ClinicZone, providers: Sequence[int], jobs: Sequence[Job], day: date
) -> list[dict[str, object]]:
    """Return shifts of one day, for a demo that opens on a weekend."""
    rows: list[dict[str, object]] = []
    for provider, job in zip(providers, jobs, strict=True):
        first, last = job.hours
        slot = Slot(datetime.combine(day, time(first // 60, first % 60)), last - first)
        starts_min, ends_min = zone.span(slot)
        rows.append(
            {
                "staff_id": provider,
                "kind": "work",
                "starts_wall": slot.starts,
                "fold": slot.fold,
                "minutes": slot.minutes,
                "starts_min": starts_min,
                "ends_min": ends_min,
                "state": "published",
            }
        )
    return rows


def settle_types(schedule: Schedule, actor: Actor) -> dict[str, int]:
    """Add the visit types; return their ids by key."""
    return {
        kind.key: schedule.save_type(
            SaveType(
                kind.name,
                kind.minutes,
                kind.color,
                position,
                kind.codes,
                key=f"demo-type-{kind.key}",
            ),
            actor,
        ).value
        for position, kind in enumerate(KINDS)
    }


def settle_fees(billing: Billing, first_on: date, unit: int, actor: Actor) -> None:
    """Write the fee schedule."""
    billing.save_fees(
        [
            SaveFee(
                fee.code,
                fee.description,
                fee.price * unit,
                first_on - 30 * _DAY,
                key=f"demo-fee-{fee.code}",
            )
            for fee in FEES
        ],
        actor,
    )


def settle_users(
    access: Access | None,
    password: str,
    providers: Sequence[int],
    colleagues: Sequence[int],
    owner: Actor,
) -> dict[str, Actor]:
    """Add one user of each role; return who acts as whom. Without keys all acts are the owner's."""
    actors: dict[str, Actor] = {}
    for login, name, role in PEOPLE:
        if access is None:
            actors[role] = owner
            continue
        staff_id = next(
            (
                StaffId(number)
                for number, one in zip(colleagues, COLLEAGUES, strict=True)
                if one.login == login
            ),
            None,
        )
        if role == "clinician" and providers:
            staff_id = StaffId(providers[0])
        elif role == "nurse" and len(providers) > 2:
            staff_id = StaffId(providers[2])
        user = access.add_user(
            AddUser(login, name, role, password, staff_id, key=f"demo-user-{login}"), owner
        ).value
        actors[role] = Actor(UserId(user), name, role, _RIGHTS[role], "demo")
    return actors


def _week(first: int, last: int) -> tuple[WeeklyHours, ...]:
    return tuple(WeeklyHours(weekday, first, last) for weekday in range(5))
