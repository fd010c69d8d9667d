# SPDX-License-Identifier: Apache-2.0
"""Appointments as the roster needs them: whose, when, with whom."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from clinicdesk.schedule.model import ACTIVE, Booking, Kind
from clinicdesk.schedule.queries.book import a, in_range, shown, shown_name, with_patient
from clinicdesk.staff.model import BookedSpan
from clinicdesk.storage.records import Reading

_STANDING = tuple(booking.value for booking in ACTIVE if booking is not Booking.DONE)
_who: sa.BindParameter[list[int]] = sa.bindparam("who", expanding=True)
_BOOKED = (
    sa.select(
        a.provider_id,
        a.starts_min,
        a.ends_min,
        a.starts_wall,
        a.note,
        shown.c.family_name,
        shown.c.given_name,
    )
    .select_from(with_patient)
    .where(
        in_range,
        a.provider_id.in_(_who),
        a.kind == Kind.VISIT.value,
        a.booking.in_(_STANDING),
    )
    .order_by(a.starts_min, a.id)
)


def booked_spans(
    reading: Reading, who: Collection[int], start: int, end: int, *, named: bool
) -> tuple[BookedSpan, ...]:
    """Return the visits of some providers between two UTC minutes that are still to be."""
    rows = reading.execute(_BOOKED, {"who": list(who), "start": start, "end": end})
    return tuple(
        BookedSpan(
            row.provider_id,
            row.starts_min,
            row.ends_min,
            row.starts_wall,
            shown_name(row.family_name, row.given_name, row.note) if named else "",
        )
        for row in rows
    )
