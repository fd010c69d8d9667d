# SPDX-License-Identifier: Apache-2.0
"""Papers for people who pay: the receipt and the statement. Pure: bytes from frozen records.

Both are issued papers: the service keeps the very bytes (``ledger.issue_paper``); a second print
is made with ``is_copy`` and says COPY.
"""

from __future__ import annotations

from clinicdesk.billing.reports.receipt import (
    METHODS,
    AccountSums,
    AppliedPart,
    ChargedService,
    ReceiptPaper,
    receipt_pdf,
)
from clinicdesk.billing.reports.statement import (
    BUCKETS,
    StatementLine,
    StatementPaper,
    statement_pdf,
)

__all__ = [
    "BUCKETS",
    "METHODS",
    "AccountSums",
    "AppliedPart",
    "ChargedService",
    "ReceiptPaper",
    "StatementLine",
    "StatementPaper",
    "receipt_pdf",
    "statement_pdf",
]
