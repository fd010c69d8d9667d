# SPDX-License-Identifier: Apache-2.0
"""Reads of the appointment book: functions of a ``Reading``, each in one or two statements."""

from __future__ import annotations

from clinicdesk.schedule.queries.rows import (
    AgendaRow,
    CardRow,
    ColumnRow,
    DayLoad,
    DayView,
    FreeSlot,
    HistoryRow,
    ListRow,
    MonthLoad,
    ProviderLoad,
    TypeRow,
    WaitingCard,
    WaitlistRow,
    WeekView,
)

__all__ = [
    "AgendaRow",
    "CardRow",
    "ColumnRow",
    "DayLoad",
    "DayView",
    "FreeSlot",
    "HistoryRow",
    "ListRow",
    "MonthLoad",
    "ProviderLoad",
    "TypeRow",
    "WaitingCard",
    "WaitlistRow",
    "WeekView",
]
