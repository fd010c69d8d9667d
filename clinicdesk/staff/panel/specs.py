# SPDX-License-Identifier: Apache-2.0
"""What can be done with the roster, as data."""

from __future__ import annotations

from functools import partial
from typing import Final

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.dock import Area, PanelSpec
from clinicdesk.staff.model import MAY_EDIT_STAFF, MAY_VIEW_STAFF
from clinicdesk.staff.panel.page import RosterPanel
from clinicdesk.staff.service import Staff
from clinicdesk.wording.text import N_

PANEL: Final = "roster"
ROSTER_ACTIONS: Final = (
    ActionSpec(
        "roster.this_week", N_("&This week's roster"), "staff", ("F5",), "calendar",
        MAY_VIEW_STAFF, PANEL, N_("hours, shifts"), 1,
    ),
    ActionSpec(
        "roster.earlier", N_("Week &before"), "staff", (), "chevron-left", MAY_VIEW_STAFF, PANEL,
        "", 1,
    ),
    ActionSpec(
        "roster.later", N_("Week a&fter"), "staff", (), "chevron-right", MAY_VIEW_STAFF, PANEL,
        "", 1,
    ),
    ActionSpec(
        "roster.copy_week", N_("&Copy last week"), "staff", ("Ctrl+Shift+L",), "copy",
        MAY_EDIT_STAFF, PANEL, N_("repeat, fill week"), 2,
    ),
    ActionSpec(
        "roster.publish", N_("&Publish the week…"), "staff", ("Ctrl+Return",), "send",
        MAY_EDIT_STAFF, PANEL, N_("roster in force"), 2,
    ),
    ActionSpec(
        "roster.take_back", N_("Make the week a &draft again"), "staff", (), "undo-2",
        MAY_EDIT_STAFF, PANEL, N_("unpublish"), 2,
    ),
    ActionSpec(
        "roster.fill", N_("Fill to the &right"), "staff", ("Ctrl+D",), "arrow-right",
        MAY_EDIT_STAFF, PANEL, N_("repeat shift"), 2,
    ),
    ActionSpec(
        "roster.ask_leave", N_("Ask for &leave…"), "staff", ("Ctrl+Shift+V",), "calendar-off",
        MAY_VIEW_STAFF, PANEL, N_("holiday, vacation, day off"), 3,
    ),
    ActionSpec(
        "roster.swap", N_("&Swap a shift…"), "staff", ("Ctrl+Shift+X",), "arrow-left-right",
        MAY_VIEW_STAFF, PANEL, N_("exchange shifts"), 3,
    ),
    ActionSpec(
        "roster.take", N_("Take the &open shift"), "staff", (), "user-check", MAY_VIEW_STAFF, PANEL,
        N_("open shifts"), 3,
    ),
    ActionSpec(
        "roster.requests", N_("Re&quests"), "staff", ("Ctrl+Shift+Q",), "inbox", MAY_VIEW_STAFF,
        PANEL, N_("approve leave, inbox"), 3,
    ),
    ActionSpec(
        "roster.people", N_("Staff &members"), "staff", (), "users", MAY_VIEW_STAFF, PANEL,
        N_("team, employees"), 4,
    ),
    ActionSpec(
        "roster.add", N_("&Add a staff member…"), "staff", ("Ctrl+N",), "user-plus",
        MAY_EDIT_STAFF, PANEL, N_("hire, new employee"), 4,
    ),
    ActionSpec(
        "roster.print", N_("Print the &week"), "staff", ("Ctrl+P",), "printer", MAY_VIEW_STAFF,
        PANEL, N_("roster on paper"), 6,
    ),
    ActionSpec(
        "roster.my_week", N_("&My week on paper"), "staff", (), "printer", MAY_VIEW_STAFF, PANEL,
        N_("my shifts"), 6,
    ),
)  # fmt: skip


def roster_spec(staff: Staff) -> PanelSpec:
    """Return the roster's place in the window."""
    return PanelSpec(
        PANEL,
        N_("Roster"),
        "calendar-range",
        Area.PAGE,
        "Ctrl+4",
        MAY_VIEW_STAFF,
        partial(RosterPanel, staff=staff),
        ROSTER_ACTIONS,
    )
