# SPDX-License-Identifier: Apache-2.0
"""What the book can do, as data: menu, key, tool bar and palette read it."""

from __future__ import annotations

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.schedule.model import MAY_BOOK, MAY_VIEW
from clinicdesk.wording.text import N_

PANEL = "schedule"


def _act(
    name: str, text: str, keys: tuple[str, ...] = (), icon: str = "", **more: object
) -> ActionSpec:
    fields: dict[str, object] = {"menu": "schedule", "panel": PANEL, "permission": MAY_BOOK}
    return ActionSpec(f"schedule.{name}", text, keys=keys, icon=icon, **{**fields, **more})  # type: ignore[arg-type]


ACTIONS = (
    _act("book", N_("&Book…"), ("F7", "Ctrl+B"), "calendar-plus", section=1,
         aliases=N_("new appointment")),
    _act("walk_in", N_("&Walk-in…"), ("Shift+F7",), "user-plus", section=1,
         aliases=N_("squeeze in")),
    _act("forward", N_("Next &state"), ("F8",), "user-check", section=2,
         aliases=N_("arrive, in room, check out, done")),
    _act("back", N_("State &back"), ("Shift+F8",), "rotate-ccw", section=2),
    _act("confirm", N_("&Confirmed"), (), "check", section=2),
    _act("no_show", N_("Did &not attend"), (), "user-x", section=2),
    _act("move", N_("&Move"), (), "move", section=3),
    _act("cancel", N_("Canc&el…"), ("Ctrl+Del",), "ban", section=3),
    _act("today", N_("&Today"), ("F5",), "calendar", menu="go", permission=MAY_VIEW, section=2),
    _act("earlier", N_("&Earlier"), ("Ctrl+PgUp",), "chevron-left", menu="go",
         permission=MAY_VIEW, section=2),
    _act("later", N_("&Later"), ("Ctrl+PgDown",), "chevron-right", menu="go",
         permission=MAY_VIEW, section=2),
    _act("day", N_("&Day"), (), "", menu="view", permission=MAY_VIEW, section=2),
    _act("week", N_("&Week"), (), "", menu="view", permission=MAY_VIEW, section=2),
    _act("month", N_("&Month"), (), "", menu="view", permission=MAY_VIEW, section=2),
    _act("list", N_("&List"), (), "", menu="view", permission=MAY_VIEW, section=2),
    _act("compact", N_("&Compact rows"), (), "", menu="view", permission=MAY_VIEW, section=3),
    _act("day_sheet", N_("&Day sheet…"), ("Ctrl+P",), "printer", menu="reports",
         permission=MAY_VIEW, section=1, aliases=N_("print list")),
)  # fmt: skip
