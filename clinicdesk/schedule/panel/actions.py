# SPDX-License-Identifier: Apache-2.0
"""The commands of the book. Single letters are no shortcuts: the board has them while focused."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.kernel.actors import Permission
from clinicdesk.schedule.model import MAY_BOOK, MAY_VIEW
from clinicdesk.schedule.panel.choices import COMPACT_ROWS, ROWS
from clinicdesk.wording.text import N_

PANEL: Final = "schedule"


def _spec(  # noqa: PLR0913, PLR0917 -- an action has that many parts
    name: str,
    text: str,
    keys: tuple[str, ...] = (),
    icon: str = "",
    aliases: str = "",
    section: int = 5,
    permission: Permission = MAY_BOOK,
    menu: str = "schedule",
    *,
    checkable: bool = False,
) -> ActionSpec:
    return ActionSpec(
        f"schedule.{name}", text, menu, keys, icon, permission, PANEL, aliases, section, checkable
    )


ACTIONS: Final[tuple[ActionSpec, ...]] = (
    _spec("book", N_("&Book…"), ("F7", "Ctrl+B"), "book", N_("appointment, new, slot"), 1),
    _spec("walk_in", N_("&Walk-in…"), ("Shift+F7",), "patient", N_("squeeze in, here now"), 1),
    _spec("keep_free", N_("&Keep time free…"), (), "calendar-off", N_("block, lunch, meeting"), 1),
    _spec("wait", N_("Put on the wait&list…"), (), "hourglass", N_("no suitable time, wish"), 1),
    _spec("waitlist", N_("Wh&o waits for an appointment"), (), "list-checks",
          N_("waitlist, waiting list"), 1, MAY_VIEW),
    _spec("forward", N_("&Next state"), ("F8",), "arrive", N_("arrive, check in, room, done"), 2),
    _spec("back", N_("&Previous state"), ("Shift+F8",), "undo", N_("un-arrive"), 2),
    _spec("confirm", N_("Confirmed by p&atient"), (), "done", N_("reached, phone"), 2),
    _spec("message", N_("Message &left"), (), "message-square", N_("not reached, call"), 2),
    _spec("move", N_("&Move"), (), "move", N_("reschedule, other time"), 3),
    _spec("note", N_("N&ote…"), (), "note", N_("comment, type, edit"), 3),
    _spec("again", N_("Again in a &week"), (), "copy", N_("repeat, duplicate, follow-up"), 3),
    _spec("cancel", N_("&Cancel appointment…"), ("Ctrl+Del",), "ban", N_("delete, remove"), 4),
    _spec("no_show", N_("&Did not attend"), (), "user-x", N_("no-show, missed"), 4),
    _spec("restore", N_("&Restore appointment"), (), "rotate-ccw", N_("undo cancel"), 4),
    _spec("history", N_("&History of the appointment"), ("Ctrl+H",), "history",
          N_("who changed, audit"), 4, MAY_VIEW),
    _spec("find", N_("&Find a name in this view"), ("Ctrl+F",), "search", N_("filter"), 6,
          MAY_VIEW),
    _spec("day_sheet", N_("Print the day &sheet…"), ("Ctrl+P",), "print", N_("day list, paper"), 1,
          MAY_VIEW, "reports"),
    _spec("today", N_("&Today, now"), ("F5",), "calendar", N_("go to today"), 1, MAY_VIEW,
          "go/day"),
    _spec("earlier", N_("&Earlier"), ("Ctrl+PgUp",), "chevron-left",
          N_("day, week or month before"), 1, MAY_VIEW, "go/day"),
    _spec("later", N_("&Later"), ("Ctrl+PgDown",), "chevron-right", N_("day, week or month after"),
          1, MAY_VIEW, "go/day"),
    _spec("date", N_("To a &date…"), ("Ctrl+G",), "calendar-days", N_("jump to day"), 1, MAY_VIEW,
          "go/day"),
    _spec("day", N_("Schedule by &day"), (), "calendar", N_("day view"), 1, MAY_VIEW, "view"),
    _spec("week", N_("Schedule by &week"), (), "calendar-range", N_("week view"), 1, MAY_VIEW,
          "view"),
    _spec("month", N_("Schedule by &month"), (), "calendar-days", N_("month view"), 1, MAY_VIEW,
          "view"),
    _spec("list", N_("Schedule as a l&ist"), (), "list", N_("list view"), 1, MAY_VIEW, "view"),
    replace(
        _spec("compact", N_("Compact &rows"), (), "", N_("dense, small rows"), 1, MAY_VIEW, "view",
              checkable=True),
        mirrors=(ROWS, COMPACT_ROWS),
    ),
)  # fmt: skip

NEEDS_CARD: Final = frozenset(
    {
        "schedule.forward", "schedule.back", "schedule.confirm", "schedule.message",
        "schedule.move", "schedule.note", "schedule.again", "schedule.cancel",
        "schedule.no_show", "schedule.restore", "schedule.history",
    }
)  # fmt: skip
