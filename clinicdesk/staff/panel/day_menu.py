# SPDX-License-Identifier: Apache-2.0
"""The context menu of a day: what the keys do, with their names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from clinicdesk.staff.model import LEAVE, OFF, SICK
from clinicdesk.wording.text import _

if TYPE_CHECKING:
    from clinicdesk.staff.panel.page import RosterPanel


def open_menu(page: RosterPanel, where: QPoint) -> None:
    """Offer what can be done with the chosen days."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(_("Day"))
    acts: list[tuple[str, Callable[[], None]] | None] = []
    if page.may_edit and page.grid.chosen():
        acts += [
            (_("Type hours (F2)"), partial(page.grid.edit, page.grid.currentIndex())),
            (_("Leave"), partial(page.planner.set_kind, LEAVE)),
            (_("Sick"), partial(page.planner.set_kind, SICK)),
            (_("Off"), partial(page.planner.set_kind, OFF)),
            (_("Clear (Del)"), page.grid.clear_chosen),
            None,
            (_("Fill to the right (Ctrl+D)"), page.planner.fill),
            (_("Cut (Ctrl+X)"), partial(page.grid.copy, cut=True)),
        ]
    acts.append((_("Copy (Ctrl+C)"), page.grid.copy))
    if page.may_edit:
        acts.append((_("Paste (Ctrl+V)"), page.grid.paste))
    acts += [
        None,
        (_("Ask for leave…"), page.asking.open_leave),
        (_("Swap a shift…"), page.asking.open_swap),
        (_("Take the open shift"), page.asking.take),
    ]
    for entry in acts:
        if entry is None:
            menu.addSeparator()
            continue
        action = QAction(entry[0], menu)
        action.triggered.connect(partial(_call, entry[1]))
        menu.addAction(action)
    menu.popup(where)


def _call(act: Callable[[], None], _checked: bool = False) -> None:  # noqa: FBT001, FBT002
    act()
