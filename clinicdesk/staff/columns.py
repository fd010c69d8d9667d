# SPDX-License-Identifier: Apache-2.0
"""Columns of the staff lists, shared by screen, CSV and paper; words of roles, kinds, clashes."""

from __future__ import annotations

from decimal import Decimal

from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.staff.model import (
    CLOSED,
    LEAVE,
    OFF,
    OVERLAP,
    REST,
    ROLE_TITLES,
    ROOM,
    SICK,
    Clash,
)
from clinicdesk.staff.queries import HoursRow, StaffRow
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, Term

KIND_WORDS = {LEAVE: N_("Leave"), SICK: N_("Sick"), OFF: N_("Off")}
CLASH_BRIEF = {
    OVERLAP: N_("overlap"),
    REST: N_("{hours} rest"),
    CLOSED: N_("closed"),
    ROOM: N_("room taken"),
}
_CLASH_WORDS = {
    OVERLAP: N_("overlaps the shift before"),
    REST: N_("only {hours} of rest since the shift before, 11 h wanted"),
    CLOSED: N_("closed that day: {why}"),
    ROOM: N_("in the same room as {who}"),
}


def role_title(role: str) -> str | Term:
    """Return what a role is called; what a clinic typed itself stays as typed."""
    return Term(ROLE_TITLES[role]) if role in ROLE_TITLES else role


def clash_brief(clash: Clash, formats: Formats) -> str:
    """Return a clash in one or two words, for a cell."""
    return formats.say(CLASH_BRIEF[clash.kind], {"hours": formats.minutes(clash.minutes)})


def clash_words(clash: Clash, formats: Formats, other: str) -> str:
    """Return a clash as the end of a sentence."""
    fields = {"hours": formats.minutes(clash.minutes), "why": clash.words, "who": other}
    return formats.say(_CLASH_WORDS[clash.kind], fields)


def hours(minutes: int) -> Decimal:
    """Return minutes as hours with a decimal, as a time sheet has them."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"))


MEMBERS: tuple[Column[StaffRow], ...] = (
    Column("name", N_("Name"), lambda r: r.name, weight=22),
    Column("initials", N_("Initials"), lambda r: r.initials, weight=6),
    Column("role", N_("Role"), lambda r: role_title(r.role), weight=14),
    Column(
        "weekly_hours",
        N_("Hours a week"),
        lambda r: hours(r.weekly_minutes) if r.weekly_minutes else None,
        Kind.NUMBER,
        Align.END,
        9,
    ),
    Column(
        "provider",
        N_("In the book"),
        lambda r: Term(N_("has a column")) if r.is_provider else "",
        weight=12,
    ),
    Column("registration", N_("Registration"), lambda r: r.registration, weight=12),
    Column("state", N_("State"), lambda r: Term(N_("archived")) if r.archived else "", weight=9),
)

HOURS: tuple[Column[HoursRow], ...] = (
    Column("name", N_("Name"), lambda r: r.name, weight=20),
    Column("role", N_("Role"), lambda r: role_title(r.role), weight=12),
    Column("shifts", N_("Shifts"), lambda r: r.shifts, Kind.NUMBER, Align.END, 7, total=True),
    Column(
        "rostered", N_("Rostered h"), lambda r: hours(r.rostered), Kind.NUMBER, Align.END, 9,
        total=True,
    ),
    Column(
        "overtime", N_("Over contract h"),
        lambda r: None if r.overtime is None else hours(r.overtime), Kind.NUMBER, Align.END, 10,
        total=True,
    ),
    Column(
        "leave_days", N_("Leave days"), lambda r: r.leave_days, Kind.NUMBER, Align.END, 8,
        total=True,
    ),
    Column("leave", N_("Leave h"), lambda r: hours(r.leave), Kind.NUMBER, Align.END, 8, total=True),
    Column(
        "sick_days", N_("Sick days"), lambda r: r.sick_days, Kind.NUMBER, Align.END, 8, total=True
    ),
    Column("sick", N_("Sick h"), lambda r: hours(r.sick), Kind.NUMBER, Align.END, 8, total=True),
)  # fmt: skip
