# SPDX-License-Identifier: Apache-2.0
"""Appointments as lists: list view, day sheet, one patient's appointments, one's history."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.access.tables import app_user
from clinicdesk.patients.tables import contact, patient
from clinicdesk.schedule.queries.book import (
    BOOKINGS,
    CONTACTS,
    KINDS,
    a,
    due,
    in_range,
    shown,
    shown_name,
    with_names,
    with_patient,
)
from clinicdesk.schedule.queries.rows import HistoryRow, ListRow
from clinicdesk.schedule.tables import appointment, appointment_event, appointment_type, visit
from clinicdesk.staff.tables import resource, staff_member
from clinicdesk.storage.records import Reading

phone = (
    sa.select(contact.c.value)
    .where(
        contact.c.patient_id == shown.c.id,
        contact.c.kind.in_(("mobile", "phone")),
        contact.c.archived == sa.literal_column("0"),
    )
    .order_by(contact.c.rank, contact.c.id)
    .limit(1)
    .correlate(shown)
    .scalar_subquery()
)

_LIST = (
    sa.select(
        a.id,
        a.version,
        a.starts_wall,
        a.minutes,
        a.kind,
        shown.c.id.label("patient_id"),
        shown.c.family_name,
        shown.c.given_name,
        shown.c.chart_number,
        shown.c.born_on,
        phone.label("phone"),
        a.type_id,
        appointment_type.c.name.label("type"),
        a.provider_id,
        staff_member.c.name.label("provider"),
        resource.c.name.label("room"),
        a.booking,
        a.contact,
        a.note,
        a.cancel_reason,
        due.label("due_minor"),
        visit.c.id.label("visit_id"),
    )
    .select_from(
        with_names.join(staff_member, staff_member.c.id == a.provider_id).outerjoin(
            visit, visit.c.appointment_id == a.id
        )
    )
    .order_by(a.starts_min, a.provider_id, a.id)
)
_BETWEEN = _LIST.where(in_range)
_OF_PATIENT = _LIST.where(
    a.patient_id.in_(
        sa.select(patient.c.id).where(
            sa.or_(
                patient.c.id == sa.bindparam("patient_id"),
                patient.c.survivor_id == sa.bindparam("patient_id"),
            )
        )
    )
)
_ONE = _LIST.where(a.id == sa.bindparam("appointment_id"))


def listed(reading: Reading, first: date, last: date) -> tuple[ListRow, ...]:
    """Return the appointments of some days, in order of start."""
    start, _ = reading.zone.day_span(first)
    _, end = reading.zone.day_span(last)
    return tuple(_row(row) for row in reading.execute(_BETWEEN, {"start": start, "end": end}))


def of_patient(reading: Reading, patient_id: int) -> tuple[ListRow, ...]:
    """Return all appointments of a patient, of merged records too, newest first."""
    rows = reading.execute(_OF_PATIENT, {"patient_id": patient_id})
    return tuple(_row(row) for row in rows)[::-1]


def one(reading: Reading, appointment_id: int) -> ListRow | None:
    """Return one appointment as a list row."""
    row = reading.execute(_ONE, {"appointment_id": appointment_id}).one_or_none()
    return None if row is None else _row(row)


def _row(row: sa.Row[Any]) -> ListRow:
    return ListRow(
        id=row.id,
        version=row.version,
        starts=row.starts_wall,
        minutes=row.minutes,
        kind=KINDS[row.kind],
        patient_id=row.patient_id,
        name=shown_name(row.family_name, row.given_name, row.note),
        chart_number=row.chart_number or "",
        born_on=row.born_on,
        phone=row.phone or "",
        type_id=row.type_id,
        type=row.type or "",
        provider_id=row.provider_id,
        provider=row.provider,
        room=row.room or "",
        booking=BOOKINGS[row.booking],
        contact=CONTACTS[row.contact],
        note=row.note,
        cancel_reason=row.cancel_reason or "",
        due_minor=max(row.due_minor, 0),
        visit_id=row.visit_id,
    )


_NAMED = (
    sa.select(
        shown.c.family_name,
        shown.c.given_name,
        a.note,
        staff_member.c.name,
        a.starts_wall,
        a.minutes,
    )
    .select_from(with_patient.join(staff_member, staff_member.c.id == a.provider_id))
    .where(a.id == sa.bindparam("appointment_id"))
)


def named(reading: Reading, appointment_id: int) -> tuple[str, str, datetime, int] | None:
    """Return whose it is, with whom, when and how long: what a sentence about it needs."""
    row: Any = reading.execute(_NAMED, {"appointment_id": appointment_id}).one_or_none()
    if row is None:
        return None
    family, given, note, provider, starts, minutes = row
    return shown_name(family, given, note), provider, starts, minutes


_e = appointment_event.c
_HISTORY = (
    sa.select(
        _e.at,
        _e.action,
        _e.booking,
        _e.contact,
        _e.starts_wall,
        _e.minutes,
        staff_member.c.name.label("provider"),
        _e.reason,
        app_user.c.name.label("by"),
    )
    .select_from(
        appointment_event.outerjoin(staff_member, staff_member.c.id == _e.provider_id).outerjoin(
            app_user, app_user.c.id == _e.by_user_id
        )
    )
    .where(_e.appointment_id == sa.bindparam("appointment_id"))
    .order_by(_e.id)
)
_PATIENT_OF = sa.select(a.patient_id).where(a.id == sa.bindparam("appointment_id"))


def history(reading: Reading, appointment_id: int) -> tuple[HistoryRow, ...]:
    """Return what happened to an appointment, oldest first."""
    rows = reading.execute(_HISTORY, {"appointment_id": appointment_id})
    return tuple(
        HistoryRow(
            row.at,
            row.action,
            BOOKINGS[row.booking],
            CONTACTS[row.contact],
            row.starts_wall,
            row.minutes,
            row.provider or "",
            row.reason or "",
            row.by or "",
        )
        for row in rows
    )


def patient_of(reading: Reading, appointment_id: int) -> int | None:
    """Return whose appointment it is; None for a block or no appointment."""
    found: int | None = reading.execute(
        _PATIENT_OF, {"appointment_id": appointment_id}
    ).scalar_one_or_none()
    return found


_COUNTS = (
    sa.select(a.booking, sa.func.count())
    .select_from(appointment)
    .where(
        a.patient_id == sa.bindparam("patient_id"),
        a.starts_min > sa.bindparam("after"),
        a.booking.in_(("no_show", "cancelled")),
    )
    .group_by(a.booking)
)


def missed_counts(reading: Reading, patient_id: int, days: int = 730) -> tuple[int, int]:
    """Return how many appointments a patient missed and cancelled within some days."""
    after, _ = reading.zone.day_span(reading.today - timedelta(days=days))
    rows: Any = reading.execute(_COUNTS, {"patient_id": patient_id, "after": after})
    counts: dict[str, int] = {row[0]: row[1] for row in rows}
    return counts.get("no_show", 0), counts.get("cancelled", 0)
