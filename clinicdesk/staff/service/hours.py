# SPDX-License-Identifier: Apache-2.0
"""Hours of a period, for the month pack (R23) and for one's own list."""

from __future__ import annotations

from datetime import date

from clinicdesk.kernel.actors import Actor
from clinicdesk.staff import queries
from clinicdesk.staff.model import MAY_VIEW_STAFF
from clinicdesk.staff.service.requests import RequestDesk
from clinicdesk.storage.records import Reading


class HoursDesk(RequestDesk):
    """Adds hours up."""

    def hours(self, first: date, last: date, actor: Actor) -> tuple[queries.HoursRow, ...]:
        """Return everybody's hours of a period, see ``queries.worked``."""
        actor.require(MAY_VIEW_STAFF)
        with self._records.read() as reading:
            return self.hours_in(reading, first, last)

    def hours_in(self, reading: Reading, first: date, last: date) -> tuple[queries.HoursRow, ...]:
        """Return everybody's hours of a period from a snapshot another room holds."""
        return queries.hours_by_member(reading, first, last)

    def published_minutes_in(self, reading: Reading, first: date, last: date) -> int:
        """Return the minutes of published shifts from another statement: R23's identity."""
        return queries.published_minutes(reading, first, last)
