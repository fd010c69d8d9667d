# SPDX-License-Identifier: Apache-2.0
"""The page of spending: expenses with the line that enters them, bills that wait, the budget."""

from __future__ import annotations

from functools import partial

from clinicdesk.desktop.dock import Area, PanelSpec
from clinicdesk.spending.model import MAY_SEE_SPENDING
from clinicdesk.spending.panel.actions import ACTIONS, PANEL
from clinicdesk.spending.panel.page import SpendingPanel
from clinicdesk.spending.service import Spending
from clinicdesk.wording.text import N_


def spending_spec(spending: Spending, key: str = "") -> PanelSpec:
    """Declare the page; the application lists it."""
    return PanelSpec(
        PANEL,
        N_("Spending"),
        "wallet",
        Area.PAGE,
        key,
        MAY_SEE_SPENDING,
        partial(SpendingPanel, spending=spending),
        ACTIONS,
    )


__all__ = ["ACTIONS", "PANEL", "SpendingPanel", "spending_spec"]
