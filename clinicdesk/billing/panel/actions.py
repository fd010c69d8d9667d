# SPDX-License-Identifier: Apache-2.0
"""What can be done with an account, as menus, keys and the palette offer it."""

from __future__ import annotations

from typing import Final

from clinicdesk.billing.model import MAY_REFUND, MAY_TAKE_PAYMENT, MAY_VIEW
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.wording.text import N_

REGISTER: Final = "billing"
CHECKOUT: Final = "checkout"
TAKE_PAYMENT: Final = "billing.take_payment"
NEW: Final = "billing.new_entry"
FILTER: Final = "billing.filter"
STATEMENT: Final = "billing.print_statement"
RECEIPT: Final = "billing.print_receipt"
REVERSE: Final = "billing.reverse"
ALLOCATE: Final = "billing.allocate"
REFUND: Final = "billing.refund"

CHECKOUT_ACTIONS: Final = (
    ActionSpec(
        TAKE_PAYMENT, N_("&Take payment"), "billing", ("F9", "Ctrl+E"), "pay",
        MAY_TAKE_PAYMENT, CHECKOUT, N_("pay, copay, check out, receipt, money"), 1,
    ),
)  # fmt: skip
REGISTER_ACTIONS: Final = (
    ActionSpec(
        NEW, N_("&New entry"), "billing", ("Ctrl+N",), "plus",
        MAY_VIEW, REGISTER, N_("charge, payment, write-off"), 1,
    ),
    ActionSpec(
        REVERSE, N_("&Reverse entry"), "billing", ("Ctrl+R",), "reverse",
        MAY_VIEW, REGISTER, N_("correct, undo, void"), 2,
    ),
    ActionSpec(
        ALLOCATE, N_("Put &credit on charges"), "billing", (), "split",
        MAY_TAKE_PAYMENT, REGISTER, N_("allocate, apply"), 2,
    ),
    ActionSpec(
        REFUND, N_("Re&fund credit…"), "billing", (), "hand-coins",
        MAY_REFUND, REGISTER, N_("pay back"), 2,
    ),
    ActionSpec(
        RECEIPT, N_("Print r&eceipt…"), "billing", ("Ctrl+Shift+P",), "printer",
        MAY_VIEW, REGISTER, N_("reprint, copy"), 3,
    ),
    ActionSpec(
        STATEMENT, N_("Print &statement…"), "billing", ("Ctrl+P",), "statement",
        MAY_VIEW, REGISTER, N_("bill, account"), 3,
    ),
    ActionSpec(
        FILTER, N_("F&ilter the register"), "billing", ("Ctrl+F",), "filter",
        MAY_VIEW, REGISTER, N_("search, find an amount"), 4,
    ),
)  # fmt: skip
