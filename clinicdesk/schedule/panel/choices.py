# SPDX-License-Identifier: Apache-2.0
"""What a person may choose about how the book looks at this desk."""

from __future__ import annotations

from typing import Final

from clinicdesk.kernel.settings import Setting
from clinicdesk.wording.text import N_

LAST: Final = "last"
OPENING_VIEW: Final = Setting(
    "schedule.opening_view", LAST, N_("The view the book opens with, or the one left last.")
)
ROWS: Final = Setting("schedule.rows", "comfortable", N_("How tall the lines of the day are."))
COMPACT_ROWS: Final = "compact"

# Keys of the board, for the sheet of keys: they count while it has the focus.
BOARD_KEYS: Final = (
    (N_("Arrows"), N_("Move the cursor")),
    (N_("Ctrl+Left, Ctrl+Right"), N_("Next provider")),
    (N_("Tab"), N_("Next appointment in time")),
    (N_("Enter"), N_("Book here, or open the appointment")),
    ("M", N_("Move: arrows, then Enter")),
    (N_("Alt+Up, Alt+Down"), N_("One line earlier or later")),
    (N_("Alt+Left, Alt+Right"), N_("To the next provider")),
    (N_("Shift+Up, Shift+Down"), N_("Shorter or longer")),
    ("C, V", N_("Copy and paste")),
    ("D", N_("Again in a week")),
    ("N", N_("Note")),
    (N_("Del"), N_("Cancel appointment")),
    (N_("Home, End"), N_("Beginning and end of the day")),
    (N_("PgUp, PgDown"), N_("Day before, day after")),
    (N_("Letters"), N_("Find a name in this view")),
)
