# SPDX-License-Identifier: Apache-2.0
"""The cards of a span of days, and who is in the clinic now.

One statement each, told once when the module is read. Ranges carry a lower bound on the start
(an appointment lasts a day at most), so the index is never walked back through all history.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from clinicdesk.ledger.tables import open_amount
from clinicdesk.patients.tables import alert, patient
from clinicdesk.schedule.model import PRESENT, Booking, Contact, Kind
from clinicdesk.schedule.queries.rows import CardRow, WaitingCard
from clinicdesk.schedule.tables import (
    appointment,
    appointment_resource,
    appointment_type,
)
from clinicdesk.staff.tables import resource, staff_member
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Count, Text, UtcMinute

a = appointment.c
shown = patient.alias("shown")  # a merged patient appears as the survivor
_room = appointment_resource.alias("room")

start_ = sa.bindparam("start", type_=UtcMinute)
end_ = sa.bindparam("end", type_=UtcMinute)

in_range = sa.and_(a.starts_min < end_, a.starts_min > start_ - 1440, a.ends_min > start_)

due = (
    sa.select(sa.func.coalesce(sa.func.sum(open_amount.c.amount_minor), 0))
    .where(
        open_amount.c.patient_id == a.patient_id,
        open_amount.c.party_kind == sa.literal_column("'guarantor'"),
        open_amount.c.amount_minor != sa.literal_column("0"),  # as the partial index says it
    )
    .correlate(appointment)
    .scalar_subquery()
)
_alerted = (
    sa.select(sa.literal(1))
    .where(
        alert.c.patient_id == shown.c.id,
        sa.or_(alert.c.ended_on.is_(None), alert.c.ended_on > sa.bindparam("today")),
    )
    .correlate(shown)
    .exists()
)
since = sa.case(
    (a.booking == "arrived", a.arrived_at),
    (a.booking == "in_room", a.roomed_at),
    (a.booking == "checkout", a.checkout_at),
    else_=sa.null(),
)
with_patient = appointment.outerjoin(patient, patient.c.id == a.patient_id).outerjoin(
    shown, shown.c.id == sa.func.coalesce(patient.c.survivor_id, patient.c.id)
)
with_names = (
    with_patient.outerjoin(appointment_type, appointment_type.c.id == a.type_id)
    .outerjoin(_room, sa.and_(_room.c.appointment_id == a.id, _room.c.resource_id.is_not(None)))
    .outerjoin(resource, resource.c.id == _room.c.resource_id)
)

# Columns come as SQLite and PostgreSQL keep them; _card reads them, faster than type by type.
_CARDS = (
    sa.select(
        a.id,
        a.version,
        a.kind,
        a.provider_id,
        shown.c.id,
        shown.c.family_name,
        shown.c.given_name,
        shown.c.chart_number,
        sa.type_coerce(a.starts_wall, Text),
        a.fold,
        a.minutes,
        a.starts_min,
        a.ends_min,
        a.booking,
        a.contact,
        a.type_id,
        appointment_type.c.name,
        appointment_type.c.color,
        _room.c.resource_id,
        resource.c.name,
        a.note,
        a.cancel_reason,
        due,
        _alerted,
        sa.type_coerce(a.new_patient, Count),
        sa.type_coerce(a.overbook, Count),
        sa.type_coerce(a.walk_in, Count),
        a.series_id,
        sa.type_coerce(since, a.arrived_at.type),
    )
    .select_from(with_names)
    .where(in_range)
    .order_by(a.starts_min, a.provider_id, a.id)
)

BOOKINGS = {booking.value: booking for booking in Booking}
CONTACTS = {contact.value: contact for contact in Contact}
KINDS = {kind.value: kind for kind in Kind}


def shown_name(family: str | None, given: str | None, note: str) -> str:
    """Return "Family, Given" of a patient, or what a block is for."""
    if family is None:
        return note
    return f"{family}, {given}" if given else family


def cards(reading: Reading, start: int, end: int) -> tuple[CardRow, ...]:
    """Return every card that touches a span of UTC minutes, in order of start."""
    rows: Any = reading.execute(_CARDS, {"start": start, "end": end, "today": reading.today})
    return tuple([_card(*row) for row in rows.fetchall()])


def _card(  # noqa: PLR0913, PLR0917 -- one argument to a column
    id_: int,
    version: int,
    kind: str,
    provider_id: int,
    patient_id: int | None,
    family: str | None,
    given: str | None,
    chart_number: str | None,
    starts: str,
    fold: int,
    minutes: int,
    starts_min: int,
    ends_min: int,
    booking: str,
    contact: str,
    type_id: int | None,
    type_: str | None,
    color: int | None,
    room_id: int | None,
    room: str | None,
    note: str,
    reason: str | None,
    due_minor: int,
    alerted: int,
    new_patient: int,
    overbook: int,
    walk_in: int,
    series_id: int | None,
    since_at: datetime | None,
) -> CardRow:
    return CardRow(
        id_,
        version,
        KINDS[kind],
        provider_id,
        patient_id,
        shown_name(family, given, note),
        chart_number or "",
        datetime.fromisoformat(starts),
        fold,
        minutes,
        starts_min,
        ends_min,
        BOOKINGS[booking],
        CONTACTS[contact],
        type_id,
        type_ or "",
        -1 if color is None else color,
        room_id,
        room or "",
        note,
        reason or "",
        max(0, due_minor),
        bool(alerted),
        bool(new_patient),
        bool(overbook),
        bool(walk_in),
        series_id,
        since_at,
    )


_WAITING = (
    sa.select(
        a.id,
        a.version,
        shown.c.id.label("patient_id"),
        shown.c.family_name,
        shown.c.given_name,
        a.provider_id,
        staff_member.c.initials,
        staff_member.c.color,
        a.starts_wall,
        appointment_type.c.name.label("type"),
        resource.c.name.label("room"),
        a.booking,
        sa.type_coerce(since, a.arrived_at.type).label("since_at"),
        a.arrived_at,
        due.label("due_minor"),
        _alerted.label("alerted"),
    )
    .select_from(with_names.join(staff_member, staff_member.c.id == a.provider_id))
    .where(in_range, a.booking.in_(sorted(PRESENT)))
)


def waiting(reading: Reading, warn: int, late: int) -> tuple[WaitingCard, ...]:
    """Return who is in the clinic today: longest in the present state first."""
    start, end = reading.zone.day_span(reading.today)
    rows = reading.execute(_WAITING, {"start": start, "end": end, "today": reading.today})
    found = []
    for row in rows:
        arrived = row.arrived_at or row.since_at or reading.now
        found.append(
            WaitingCard(
                appointment_id=row.id,
                version=row.version,
                patient_id=row.patient_id,
                name=shown_name(row.family_name, row.given_name, ""),
                provider_id=row.provider_id,
                provider_initials=row.initials,
                color=row.color,
                starts=row.starts_wall,
                type=row.type or "",
                room=row.room or "",
                booking=BOOKINGS[row.booking],
                since_at=row.since_at or arrived,
                arrived_at=arrived,
                due_minor=max(row.due_minor, 0),
                alert=bool(row.alerted),
                warn_minutes=warn,
                late_minutes=late,
            )
        )
    return tuple(sorted(found, key=lambda card: (card.since_at, card.appointment_id)))
