# SPDX-License-Identifier: Apache-2.0
"""The only writer of the book's tables; notes topics. Opened by the service only."""

from __future__ import annotations

from clinicdesk.schedule.repository.appointments import AppointmentRepository
from clinicdesk.schedule.repository.history import HistoryRepository
from clinicdesk.schedule.repository.setup import TypeRepository, WaitlistRepository
from clinicdesk.schedule.repository.visits import VisitRepository

__all__ = [
    "AppointmentRepository",
    "HistoryRepository",
    "TypeRepository",
    "VisitRepository",
    "WaitlistRepository",
]
