# SPDX-License-Identifier: Apache-2.0
"""Words and rows of the month end: PDF, JSON, CSV and the window show the same ones."""

from __future__ import annotations

from clinicdesk.closing.model.month_end import (
    MonthEnd,
    ProofLine,
    Seal,
)
from clinicdesk.closing.model.rows import (
    AgingRow,
    DayRow,
    MethodRow,
    PriorRow,
    ProviderRow,
    SummaryRow,
    TrendRow,
)
from clinicdesk.closing.model.words import (
    CREDITS,
    MAY_CLOSE_MONTH,
    MAY_SEE_FINANCIAL_REPORTS,
    MONEY,
    OWED,
    PERIODS,
    RECEIVABLE,
    WITH_AGENCY,
    Cancelled,
    CloseMonth,
    MonthAlreadyClosed,
    MonthNotOver,
    PostedMeanwhile,
    Progress,
    ProofFails,
    Stopped,
)

__all__ = [
    "CREDITS",
    "MAY_CLOSE_MONTH",
    "MAY_SEE_FINANCIAL_REPORTS",
    "MONEY",
    "OWED",
    "PERIODS",
    "RECEIVABLE",
    "WITH_AGENCY",
    "AgingRow",
    "Cancelled",
    "CloseMonth",
    "DayRow",
    "MethodRow",
    "MonthAlreadyClosed",
    "MonthEnd",
    "MonthNotOver",
    "PostedMeanwhile",
    "PriorRow",
    "Progress",
    "ProofFails",
    "ProofLine",
    "ProviderRow",
    "Seal",
    "Stopped",
    "SummaryRow",
    "TrendRow",
]
