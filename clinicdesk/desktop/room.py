# SPDX-License-Identifier: Apache-2.0
"""The room: everything of the window that a panel is given, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Clock
from clinicdesk.wording.formats import Formats


def _nowhere(_panel_id: str) -> None:
    """Stand in for a shell in tests of one panel."""


def _nothing(_widget: QWidget) -> Sequence[QAction | None]:
    """Likewise."""
    return ()


@dataclass(frozen=True, slots=True)
class Room:
    """What a panel works with; one per sitting, made anew for another user.

    Attributes:
        desk: questions, commands, errands.
        feed: which records were changed.
        spotlight: which record the window is about.
        notices: toast, banner, dialogs.
        theme: colours, fonts, icons, the unit ``px``.
        formats: writes and reads values; translates.
        actor: who is signed in; given to every service call.
        clock: tells the time; the tour's stands still.
        settings: this desk's own settings (widths, last view), no patient data.
        go_to: raises a panel by its id.
        run_action: triggers an action by its id, as if chosen from the menu.
        acts_of: gives the actions that belong to the panel of a widget, for its menu.
    """

    desk: Desk
    feed: ChangeFeed
    spotlight: Spotlight
    notices: Notices
    theme: Theme
    formats: Formats
    actor: Actor
    clock: Clock
    settings: DeskSettings
    go_to: Callable[[str], None] = field(default=_nowhere)
    run_action: Callable[[str], None] = field(default=_nowhere)
    acts_of: Callable[[QWidget], Sequence[QAction | None]] = field(default=_nothing)
