# SPDX-License-Identifier: Apache-2.0
"""Words and rules of the books; pure."""

from clinicdesk.ledger.model.chart import CHART, CREDITS, RECEIVABLES, Account
from clinicdesk.ledger.model.entries import (
    ENTRIES,
    EntryDraft,
    PostingDraft,
    ReceiptDraft,
    ReceiptRow,
)
from clinicdesk.ledger.model.rules import (
    AlreadyReversed,
    BrokenEntry,
    CreditOverdrawn,
    PeriodClosed,
    ReceivableOverpaid,
    validate,
)

__all__ = [
    "CHART",
    "CREDITS",
    "ENTRIES",
    "RECEIVABLES",
    "Account",
    "AlreadyReversed",
    "BrokenEntry",
    "CreditOverdrawn",
    "EntryDraft",
    "PeriodClosed",
    "PostingDraft",
    "ReceiptDraft",
    "ReceiptRow",
    "ReceivableOverpaid",
    "validate",
]
