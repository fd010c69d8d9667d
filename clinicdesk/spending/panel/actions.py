# SPDX-License-Identifier: Apache-2.0
"""The commands of spending."""

from __future__ import annotations

from typing import Final

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.spending.model import MAY_ENTER_EXPENSES, MAY_PLAN_BUDGET, MAY_SEE_SPENDING
from clinicdesk.wording.text import N_

PANEL: Final = "spending"
LIST, WAITING, BUDGET = "spending.list", "spending.waiting", "spending.budget"
NEW, PAY, TAKE_BACK = "spending.new", "spending.pay", "spending.take_back"
FILL, ACCOUNT = "spending.fill", "spending.add_account"

ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(NEW, N_("Enter an e&xpense"), "billing", ("Ctrl+N",), "wallet",
               MAY_ENTER_EXPENSES, PANEL, N_("cost, purchase, invoice, bill"), 7),
    ActionSpec(PAY, N_("Pa&y the bill"), "billing", ("Ctrl+Shift+Y",), "banknote",
               MAY_ENTER_EXPENSES, PANEL, N_("supplier, accounts payable"), 7),
    ActionSpec(TAKE_BACK, N_("&Take the expense back"), "billing", ("Ctrl+R",), "undo-2",
               MAY_ENTER_EXPENSES, PANEL, N_("reverse, wrong"), 7),
    ActionSpec(LIST, N_("Expenses of the mon&th"), "billing", (), "list",
               MAY_SEE_SPENDING, PANEL, section=8),
    ActionSpec(WAITING, N_("Bills to pa&y"), "billing", (), "hourglass",
               MAY_SEE_SPENDING, PANEL, section=8),
    ActionSpec(BUDGET, N_("Bud&get"), "billing", (), "chart-column",
               MAY_SEE_SPENDING, PANEL, N_("plan, variance"), 8),
    ActionSpec(FILL, N_("Fill the plan to the ri&ght"), "billing", ("Ctrl+D",), "arrow-right",
               MAY_PLAN_BUDGET, PANEL, section=8),
    ActionSpec(ACCOUNT, N_("Add an account of &costs…"), "billing", (), "plus",
               MAY_PLAN_BUDGET, PANEL, N_("chart of accounts"), 8),
)  # fmt: skip
