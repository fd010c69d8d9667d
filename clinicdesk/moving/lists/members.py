# SPDX-License-Identifier: Apache-2.0
"""A list of the people who work here."""

from __future__ import annotations

from typing import Final

from clinicdesk.kernel.folding import fold
from clinicdesk.moving import queries
from clinicdesk.moving.departments import Clinic
from clinicdesk.moving.lists.planning import Keep, Known, Told
from clinicdesk.moving.lists.report import LEFT, REPEATS, TAKEN, LineOutcome
from clinicdesk.moving.lists.rows import MISSING, Bad, Row
from clinicdesk.moving.lists.words import is_treating, role_of, yes_no_of
from clinicdesk.moving.report import ALREADY_HERE
from clinicdesk.staff.model import AddStaff
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.text import N_

NAME_HERE: Final = N_("is somebody who is on the staff already")
ROLE_MAPPED: Final = N_("has a role that is put into our words: {value}")
YES_OPEN: Final = N_("says neither yes nor no: {value}")
_COLOURS: Final = 8


class MemberPlan:
    """Checks and takes people on."""

    def __init__(self, reading: Reading, known: Known) -> None:
        self._known = known.get("staff", {})
        self._here = {_folded(name) for name in queries.staff_names(reading)}
        self._count = len(self._here)
        self._seen: dict[str, int] = {}
        self._members: list[tuple[str, AddStaff]] = []

    def check(self, row: Row) -> LineOutcome:
        """Say what becomes of a line; see ``Plan``."""
        name = row.text("name") or f"{row.text('given_name')} {row.text('family_name')}".strip()
        if "," in name:
            family, _comma, given = name.partition(",")
            name = f"{given.strip()} {family.strip()}".strip()
        if not fold(name):
            raise Bad(MISSING, row.notation.titles["name"])
        key = row.text("key")
        identity = f"key:{key}" if key else f"name:{_folded(name)}"
        if identity in self._known:
            return LineOutcome(row.line, LEFT, name, ALREADY_HERE)
        if identity in self._seen:
            return LineOutcome(row.line, LEFT, name, REPEATS, str(self._seen[identity]))
        if _folded(name) in self._here:
            return LineOutcome(row.line, LEFT, name, NAME_HERE)
        said = row.text("role")
        role = role_of(said) or said
        if role != said:
            row.notes.append((ROLE_MAPPED, f"{said} → {role}"))
        treats = is_treating(role)
        told = row.text("is_provider")
        if told:
            answer = yes_no_of(told)
            if answer is None:
                raise Bad(YES_OPEN, told[:40])
            treats = answer
        initials = row.text("initials") or "".join(word[0] for word in name.split())[:3].upper()
        member = AddStaff(
            name,
            initials,
            role or ("provider" if treats else "assistant"),
            treats,
            (self._count + len(self._members)) % _COLOURS,
            registration=row.text("registration"),
            weekly_minutes=row.minutes("weekly_hours") or 0,
        )
        self._seen[identity] = row.line
        self._members.append((identity, member))
        return LineOutcome(row.line, TAKEN, name, notes=tuple(row.notes))

    def write(self, work: UnitOfWork, clinic: Clinic, keep: Keep, told: Told) -> int:
        """Take everybody on; see ``Plan``."""
        ids = {identity: clinic.staff.add_in(work, one) for identity, one in self._members}
        keep("staff", ids)
        told(len(ids), len(ids))
        return 0


def _folded(name: str) -> str:
    return " ".join(sorted(fold(name).split()))
