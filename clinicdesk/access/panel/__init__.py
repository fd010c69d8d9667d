# SPDX-License-Identifier: Apache-2.0
"""The two pages of this department: people, and the audit trail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from clinicdesk.access.model import MAY_MANAGE_USERS, MAY_READ_TRAIL
from clinicdesk.access.panel import people, trail
from clinicdesk.access.panel.people import PeoplePanel
from clinicdesk.access.panel.trail import TrailPanel
from clinicdesk.access.service import Access
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.dock import Area, PanelSpec
from clinicdesk.wording.text import N_

# Anybody's; it belongs to no page, so the window opens ``dialogs.ChangePasswordDialog`` for it.
CHANGE_PASSWORD = ActionSpec(
    "access.change_password", N_("Change your &password…"), "clinic", icon="key-round", section=7
)


def panels(access: Access, today: Callable[[], date]) -> tuple[PanelSpec, ...]:
    """Return the pages; ``today`` gives the clinic's day."""
    return (
        PanelSpec(
            people.PANEL,
            N_("People"),
            "users-round",
            Area.PAGE,
            "",
            MAY_MANAGE_USERS,
            partial(PeoplePanel, access=access),
            people.ACTIONS,
        ),
        PanelSpec(
            trail.PANEL,
            N_("Audit trail"),
            "history",
            Area.PAGE,
            "",
            MAY_READ_TRAIL,
            partial(TrailPanel, access=access, today=today),
            trail.ACTIONS,
        ),
    )


__all__ = ["CHANGE_PASSWORD", "PeoplePanel", "TrailPanel", "panels"]
