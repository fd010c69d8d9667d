# SPDX-License-Identifier: Apache-2.0
"""A clinic's own lists in the window: choose a file, say what its columns are, try, bring in.

It stands in the application because ``moving`` knows no Qt (the contract named "qt"): its errands
are the same that the command line runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from clinicdesk.assembly import Clinic
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.shell import Shell
from clinicdesk.moving import MAY_IMPORT
from clinicdesk.wording.text import N_

ACTION: Final = ActionSpec(
    "clinic.import_lists",
    N_("Bring &in a list…"),
    "clinic",
    (),
    "file-down",
    MAY_IMPORT,
    section=2,
    aliases=N_("import, moving in, CSV, Excel, spreadsheet, patients, prices, supplies, staff"),
)


def handlers(clinic: Clinic, shell: Shell) -> dict[str, Callable[[], None]]:
    """Return what the action does, by id."""

    def open_dialog() -> None:
        from clinicdesk.app.moving_in.dialog import BringInDialog  # loaded when first needed

        BringInDialog(shell.room, clinic, shell).open()

    return {ACTION.id: open_dialog}
