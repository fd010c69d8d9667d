# SPDX-License-Identifier: Apache-2.0
"""The use cases of the appointment book. Any thread; called by panels through the desk.

Every method that writes is one transaction, checks the right first, and gives ``Done`` with the
sentence for the toast and the way back.
"""

from __future__ import annotations

from clinicdesk.schedule.service.booking import BookingDesk
from clinicdesk.schedule.service.changing import ChangingDesk
from clinicdesk.schedule.service.history import HistoryDesk
from clinicdesk.schedule.service.openings import OpeningDesk
from clinicdesk.schedule.service.papers import PaperDesk
from clinicdesk.schedule.service.rostering import RosteringDesk
from clinicdesk.schedule.service.setup import SetUpDesk
from clinicdesk.schedule.service.waiting_list import WaitlistDesk


class Schedule(
    WaitlistDesk,
    BookingDesk,
    ChangingDesk,
    PaperDesk,
    OpeningDesk,
    SetUpDesk,
    HistoryDesk,
    RosteringDesk,
):
    """The appointment book, as reception, clinicians and other departments use it."""


__all__ = ["Schedule"]
