# SPDX-License-Identifier: Apache-2.0
"""Words and rules of the books; pure."""

from clinicdesk.ledger.model.chart import (
    CHART,
    CREDITS,
    GOODS_RECEIVED,
    MONEY,
    RECEIVABLES,
    SUPPLIES,
    SUPPLIES_USED,
    SUPPLIES_WASTED,
    Account,
)
from clinicdesk.ledger.model.entries import (
    CAUSES,
    ENTRIES,
    PARTIES,
    EntryDraft,
    PostingDraft,
    ReceiptDraft,
    ReceiptRow,
)
from clinicdesk.ledger.model.hashing import DIMENSIONS, HEAD, hashed_fields
from clinicdesk.ledger.model.rules import (
    ENTRY_RULES,
    AlreadyReversed,
    BrokenEntry,
    CreditOverdrawn,
    IsReversal,
    NotOnCharge,
    PeriodClosed,
    ReasonNeeded,
    ReceivableOverpaid,
    validate,
)

__all__ = [
    "CAUSES",
    "CHART",
    "CREDITS",
    "DIMENSIONS",
    "ENTRIES",
    "ENTRY_RULES",
    "GOODS_RECEIVED",
    "HEAD",
    "MONEY",
    "PARTIES",
    "RECEIVABLES",
    "SUPPLIES",
    "SUPPLIES_USED",
    "SUPPLIES_WASTED",
    "Account",
    "AlreadyReversed",
    "BrokenEntry",
    "CreditOverdrawn",
    "EntryDraft",
    "IsReversal",
    "NotOnCharge",
    "PeriodClosed",
    "PostingDraft",
    "ReasonNeeded",
    "ReceiptDraft",
    "ReceiptRow",
    "ReceivableOverpaid",
    "hashed_fields",
    "validate",
]
