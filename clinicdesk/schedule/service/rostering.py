# SPDX-License-Identifier: Apache-2.0
"""What the book tells the roster before hours change."""

from __future__ import annotations

from collections.abc import Collection

from clinicdesk.kernel.actors import Actor
from clinicdesk.schedule.model import MAY_VIEW
from clinicdesk.schedule.queries.rostered import booked_spans
from clinicdesk.staff.model import BookedSpan
from clinicdesk.storage.records import Reading


class RosteringDesk:
    """Tells who is booked when; names only for those who may see the book."""

    @staticmethod
    def booked_spans(
        reading: Reading, actor: Actor, who: Collection[int], start: int, end: int
    ) -> tuple[BookedSpan, ...]:
        """Return the visits of some providers between two UTC minutes that are still to be."""
        return booked_spans(reading, who, start, end, named=actor.may(MAY_VIEW))
