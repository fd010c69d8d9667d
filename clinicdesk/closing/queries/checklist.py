# SPDX-License-Identifier: Apache-2.0
"""What is left undone in a month: visits, days, money that rests on no charge."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.closing.queries.production import FIRST, LAST, among, is_
from clinicdesk.closing.queries.seals import closed_days
from clinicdesk.ledger.tables import period, receipt
from clinicdesk.schedule.model import PRESENT, Booking
from clinicdesk.schedule.tables import appointment, visit
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Text

_a = appointment.c
_DONE = Booking.DONE.value
_charged = sa.exists().where(charge.c.visit_id == visit.c.id)
_VISITS = Prepared(
    sa.select(sa.type_coerce(_a.starts_wall, Text), _a.booking)
    .select_from(appointment.outerjoin(visit, visit.c.appointment_id == _a.id))
    .where(
        _a.starts_min >= sa.bindparam("begin", type_=sa.Integer),
        _a.starts_min < sa.bindparam("end", type_=sa.Integer),
        sa.or_(
            among(_a.booking, [state.value for state in PRESENT]),
            sa.and_(is_(_a.booking, _DONE), sa.not_(_charged)),
        ),
    )
    .order_by(_a.starts_min, _a.id)
)
_TAKINGS = Prepared(
    sa.select(sa.type_coerce(receipt.c.received_on, Text))
    .where(receipt.c.received_on.between(FIRST, LAST))
    .distinct()
    .order_by(receipt.c.received_on)
)
_DAYS_CLOSED = Prepared(
    sa.select(sa.func.count()).select_from(period).where(is_(period.c.kind, "day"))
)


def undone_visits(
    reading: Reading, first: date, last: date
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Return the days of visits that never ended, and of finished ones without any charge."""
    begin, end = reading.zone.day_span(first)[0], reading.zone.day_span(last)[1]
    found = [
        (date.fromisoformat(wall[:10]), booking == _DONE)
        for wall, booking in _VISITS.rows(reading, begin=begin, end=end)
    ]
    unfinished = tuple(day for day, done in found if not done)
    return unfinished, tuple(day for day, done in found if done)


def uncounted_days(reading: Reading, first: date, last: date) -> tuple[date, ...]:
    """Return days with takings that were never closed; none where nobody closes days."""
    ((counted,),) = _DAYS_CLOSED.rows(reading)
    if not counted:
        return ()
    closed = closed_days(reading, first, last)
    taken = [date.fromisoformat(day) for (day,) in _TAKINGS.rows(reading, first=first, last=last)]
    return tuple(day for day in taken if day not in closed)
