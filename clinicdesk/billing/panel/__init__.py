# SPDX-License-Identifier: Apache-2.0
"""The pages of billing: the account's register, and the check-out at the side.

Both follow the spotlight's ``patient``. Neither edits what is posted: a correction is an entry.
"""

from __future__ import annotations

from functools import partial

from clinicdesk.billing.model import MAY_VIEW
from clinicdesk.billing.panel import actions
from clinicdesk.billing.panel.checkout import CheckOutPanel
from clinicdesk.billing.panel.number_source import NumberSource
from clinicdesk.billing.panel.papers import Heading
from clinicdesk.billing.panel.register import RegisterPanel
from clinicdesk.billing.service import Billing
from clinicdesk.desktop.dock import Area, PanelSpec
from clinicdesk.wording.text import N_


def register_spec(billing: Billing, letterhead: Heading) -> PanelSpec:
    """Return the page of accounts; ``letterhead`` words who sends its papers."""
    return PanelSpec(
        actions.REGISTER,
        N_("Billing"),
        "ledger",
        Area.PAGE,
        "Ctrl+3",
        MAY_VIEW,
        partial(RegisterPanel, billing=billing, letterhead=letterhead),
        actions.REGISTER_ACTIONS,
    )


def checkout_spec(billing: Billing, letterhead: Heading) -> PanelSpec:
    """Return the check-out at the side."""
    return PanelSpec(
        actions.CHECKOUT,
        N_("Check-out"),
        "pay",
        Area.SIDE,
        "",
        MAY_VIEW,
        partial(CheckOutPanel, billing=billing, letterhead=letterhead),
        actions.CHECKOUT_ACTIONS,
        340,
    )


__all__ = ["CheckOutPanel", "NumberSource", "RegisterPanel", "checkout_spec", "register_spec"]
