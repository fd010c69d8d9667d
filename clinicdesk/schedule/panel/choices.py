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
