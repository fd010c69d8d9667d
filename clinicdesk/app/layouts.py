# SPDX-License-Identifier: Apache-2.0
"""The layouts the program comes with."""

from __future__ import annotations

from typing import Final

from clinicdesk.desktop.named_layouts import LayoutSpec
from clinicdesk.wording.text import N_

LAYOUTS: Final = (
    LayoutSpec("reception", N_("&Reception"), "schedule", ("patient", "waiting")),
    LayoutSpec("billing", N_("&Billing"), "billing", ("checkout",)),
    LayoutSpec("manager", N_("&Manager"), "month_end"),
)
