# SPDX-License-Identifier: Apache-2.0
"""People, rooms, standing hours and closures: words, commands, rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

STAFF = Topic("staff")
MAY_VIEW_STAFF = Permission("staff.view", N_("See staff and hours"))
MAY_EDIT_STAFF = Permission("staff.edit", N_("Edit staff and hours"))

# Roles the program knows words for; a clinic may type others, which are shown as typed.
ROLE_TITLES = {
    "gp": N_("GP"),
    "provider": N_("Provider"),
    "dentist": N_("Dentist"),
    "nurse": N_("Nurse"),
    "physio": N_("Physiotherapist"),
    "therapist": N_("Therapist"),
    "assistant": N_("Assistant"),
    "reception": N_("Reception"),
    "billing": N_("Billing"),
    "manager": N_("Manager"),
}


class NameNeeded(Refusal):
    """A staff member or room without a name."""

    wording = N_("Enter a name.")


class HoursBackwards(Refusal):
    """Hours that end before they begin."""

    wording = N_("The hours end before they begin.")


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """Minutes of a day on which somebody works or has a break.

    Attributes:
        from_min: first UTC minute; ``to_min`` is one past the last.
        kind: ``work`` or ``break``.
    """

    from_min: int
    to_min: int
    kind: str


@dataclass(frozen=True, slots=True)
class AddStaff:
    """Take somebody on.

    Attributes:
        room_id: where they usually work, or None.
        weekly_minutes: of work a week by contract; 0 if there is none.
    """

    name: str
    initials: str
    role: str
    is_provider: bool
    color: int = 0
    room_id: int | None = None
    registration: str = ""
    weekly_minutes: int = 0
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class EditStaff:
    """Change somebody's particulars, or archive them: their past stays.

    Attributes:
        version: of the record as it was seen.
        weekly_minutes: by contract; None leaves them.
    """

    staff_id: int
    version: int
    name: str
    initials: str
    role: str
    is_provider: bool
    color: int = 0
    room_id: int | None = None
    registration: str = ""
    archived: bool = False
    weekly_minutes: int | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AddResource:
    """Add a room or a piece of equipment."""

    name: str
    kind: str = "room"
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """One span of a weekday.

    Attributes:
        weekday: 0 is Monday.
        from_minute: wall minutes of the day; ``to_minute`` over 1440 runs past midnight.
        kind: ``work`` or ``break``.
    """

    weekday: int
    from_minute: int
    to_minute: int
    kind: str = "work"


@dataclass(frozen=True, slots=True)
class SetHours:
    """Set somebody's standing hours from a day on; what was before ends the day before."""

    staff_id: int
    from_on: date
    hours: tuple[WeeklyHours, ...]
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class SaveMember:
    """Take somebody on, or change their particulars, with their standing hours in one act.

    Attributes:
        staff_id: None takes somebody on.
        version: of the record as it was seen.
        hours: None leaves them; else in force from ``hours_from`` on.
    """

    staff_id: int | None
    version: int
    name: str
    initials: str
    role: str
    is_provider: bool
    color: int = 0
    room_id: int | None = None
    registration: str = ""
    weekly_minutes: int = 0
    archived: bool = False
    hours: tuple[WeeklyHours, ...] | None = None
    hours_from: date | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Close:
    """Close whole days, for the clinic (staff_id None) or for one person."""

    from_on: date
    to_on: date
    wording: str
    staff_id: int | None = None
    source: str = "own"
    key: str = field(default_factory=new_key)


def check_hours(hours: Iterable[WeeklyHours]) -> None:
    """Raise ``HoursBackwards`` for a span that ends before it begins or lasts over a day."""
    for span in hours:
        if not 0 <= span.from_minute < span.to_minute <= span.from_minute + 1440:
            raise HoursBackwards
