# SPDX-License-Identifier: Apache-2.0
"""The demo clinic says at all times what it is, and goes without a trace when it has served."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from clinicdesk.app.leaving import Leaving, Next
from clinicdesk.assembly import Clinic
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.shell import Shell
from clinicdesk.wording.text import N_, _

REMOVE_DEMO = ActionSpec(
    "clinic.remove_demo",
    N_("Re&move the demo clinic…"),
    "clinic",
    (),
    "trash-2",
    section=1,
    aliases=N_("delete demo"),
)


class DemoMark(QObject):
    """The lasting banner of a demo clinic, with the way to be rid of it."""

    def __init__(self, clinic: Clinic, shell: Shell, leave: Callable[[Leaving], None]) -> None:
        super().__init__(shell)
        self._shell, self._leave = shell, leave
        if clinic.records.profile.demo:
            shell.banners.keep(_("DEMO – not real patients"), _("Remove…"), self.ask)
            shell.add_handlers({REMOVE_DEMO.id: self.ask})

    def ask(self) -> None:
        """Ask, and remove it."""
        self._shell.room.notices.confirm(
            _("Remove the demo clinic?"),
            _("Remove the demo clinic"),
            self._remove,
            detail=_(
                "Its file goes with everything you did in it. Backups of it stay where they are, "
                "and another demo clinic can be made at any time."
            ),
            keep=_("Keep it"),
        )

    def _remove(self) -> None:
        self._leave(Leaving(Next.REMOVE_DEMO))
