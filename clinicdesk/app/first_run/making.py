# SPDX-License-Identifier: Apache-2.0
"""Makes the clinic that was planned: whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from clinicdesk.app.first_run.plan import Plan
from clinicdesk.billing.model import SaveTaxCode
from clinicdesk.kernel.folding import clean
from clinicdesk.kernel.moments import Clock, SystemClock
from clinicdesk.schedule.model import SaveType
from clinicdesk.staff.model import AddResource, SaveMember
from clinicdesk.storage.clinic_file import disk_troubles
from clinicdesk.storage.keys import STRONG, KdfCost

if TYPE_CHECKING:
    from clinicdesk.assembly import Clinic

_GROWING = "new-clinic.growing"
_COLOURS = 8
Step = Callable[[int, int], None]


def _silent(_done: int, _of: int) -> None:
    """Show nothing."""


def made_clinic(
    plan: Plan, step: Step = _silent, *, clock: Clock | None = None, cost: KdfCost = STRONG
) -> Path:
    """Make the clinic and return its file; on a lane.

    It grows in a folder beside its own and moves there when it is whole, so that a making that
    was cut off is never opened; what such a one left goes with the next.

    Raises:
        Refusal: name or password will not do.
        Trouble: the disk.
    """
    from clinicdesk.access.model import OWNER, check_login, check_password
    from clinicdesk.assembly import create_clinic

    check_login(plan.login)
    check_password(plan.password, OWNER, (plan.login, plan.owner, plan.name))
    path = plan.file()
    growing = plan.folder / _GROWING
    with disk_troubles(path):
        plan.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(growing, ignore_errors=True)
        growing.mkdir()
    try:
        step(0, 4)
        clinic, _code = create_clinic(
            growing / path.name,
            plan.profile(),
            plan.owner,
            plan.login,
            plan.password,
            clock=clock or SystemClock(),
            cost=cost,
            code=plan.code,
        )
        with clinic:
            _furnish(clinic, plan, step)
        with disk_troubles(path):
            growing.rename(path.parent)
        step(4, 4)
    finally:
        shutil.rmtree(growing, ignore_errors=True)
    return path


def _furnish(clinic: Clinic, plan: Plan, step: Step) -> None:
    """Write what the pages asked for, each through its own room's service."""
    actor = clinic.actor
    today = clinic.records.profile.zone.day(clinic.records.clock.now())
    step(1, 4)
    for line in plan.pack.taxes:
        clinic.billing.save_tax_code(
            SaveTaxCode(line.code, line.name, line.rate_ppm, today, line.kind, line.wording), actor
        )
    for year in (today.year, today.year + 1):
        for day in clinic.staff.public_holidays(plan.country, year, plan.region):
            if day.to_on >= today:
                clinic.staff.close(day, actor)
    step(2, 4)
    _take_on(clinic, plan)
    step(3, 4)
    for position, (name, minutes) in enumerate(plan.chosen_types()):
        clinic.schedule.save_type(SaveType(name, minutes, position % _COLOURS, position), actor)


def _take_on(clinic: Clinic, plan: Plan) -> None:
    rooms: dict[str, int] = {}
    week = plan.week()
    today = clinic.records.profile.zone.day(clinic.records.clock.now())
    for number, (typed_name, typed_room) in enumerate(plan.people):
        name, room = clean(typed_name), clean(typed_room)
        if room and room not in rooms:
            rooms[room] = clinic.staff.add_resource(AddResource(room), clinic.actor).value
        if name:
            clinic.staff.save_member(
                SaveMember(
                    None,
                    1,
                    name,
                    "",
                    "provider",
                    is_provider=True,
                    color=number % _COLOURS,
                    room_id=rooms.get(room),
                    hours=week,
                    hours_from=today,
                ),
                clinic.actor,
            )
