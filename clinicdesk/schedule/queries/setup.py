# SPDX-License-Identifier: Apache-2.0
"""Appointment types, the waitlist, and the room's settings."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.settings import Setting
from clinicdesk.patients.tables import patient
from clinicdesk.schedule.queries.book import shown, shown_name
from clinicdesk.schedule.queries.lists import phone
from clinicdesk.schedule.queries.rows import TypeRow, WaitlistRow
from clinicdesk.schedule.tables import appointment_type, waitlist
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.tables import setting

_t, _w = appointment_type.c, waitlist.c
_TYPES = sa.select(appointment_type).order_by(_t.position, _t.id)
_WAITLIST = (
    sa.select(
        _w.id,
        _w.version,
        shown.c.id.label("patient_id"),
        shown.c.family_name,
        shown.c.given_name,
        phone.label("phone"),
        _w.type_id,
        _t.name.label("type"),
        _w.provider_id,
        staff_member.c.name.label("provider"),
        _w.wishes,
        _w.urgent,
        _w.since_at,
        _w.state,
    )
    .select_from(
        waitlist.join(patient, patient.c.id == _w.patient_id)
        .join(shown, shown.c.id == sa.func.coalesce(patient.c.survivor_id, patient.c.id))
        .outerjoin(appointment_type, _t.id == _w.type_id)
        .outerjoin(staff_member, staff_member.c.id == _w.provider_id)
    )
    .order_by(_w.urgent.desc(), _w.since_at, _w.id)
)
_WAITING_LIST = _WAITLIST.where(_w.state == "waiting")
_WISH = _WAITLIST.where(_w.id == sa.bindparam("id"))


def types(reading: Reading, *, archived: bool = False) -> tuple[TypeRow, ...]:
    """Return the appointment types in the clinic's order; archived ones only if asked."""
    rows = (_type(row) for row in reading.execute(_TYPES))
    return tuple(row for row in rows if archived or not row.archived)


def _type(row: sa.Row[Any]) -> TypeRow:
    codes = tuple(code for code in row.default_codes.split(",") if code)
    return TypeRow(
        row.id, row.version, row.name, row.minutes, row.color, row.position, codes, row.archived
    )


def waitlisted(reading: Reading) -> tuple[WaitlistRow, ...]:
    """Return who waits for an appointment, urgent first, then oldest."""
    return tuple(_wish(row) for row in reading.execute(_WAITING_LIST))


def wish(reading: Reading, waitlist_id: int) -> tuple[WaitlistRow, str] | None:
    """Return one wish and its state, or None."""
    row = reading.execute(_WISH, {"id": waitlist_id}).one_or_none()
    return None if row is None else (_wish(row), row.state)


def _wish(row: sa.Row[Any]) -> WaitlistRow:
    return WaitlistRow(
        id=row.id,
        version=row.version,
        patient_id=row.patient_id,
        name=shown_name(row.family_name, row.given_name, ""),
        phone=row.phone or "",
        type_id=row.type_id,
        type=row.type or "",
        provider_id=row.provider_id,
        provider=row.provider or "",
        wishes=row.wishes,
        urgent=row.urgent,
        since_at=row.since_at,
    )


_SETTING = Prepared(sa.select(setting.c.value).where(setting.c.key == sa.bindparam("key")))


def minutes_setting(reading: Reading, of: Setting[int]) -> int:
    """Return a setting of minutes; what is kept counts only if it is a positive number."""
    known = reading.kept.setdefault("schedule.settings", {})
    minutes: int | None = known.get(of.key)
    if minutes is None:
        rows = _SETTING.rows(reading, key=of.key)
        written = rows[0][0] if rows else ""
        counts = written.isdecimal() and int(written) > 0
        minutes = known[of.key] = int(written) if counts else of.default
    return minutes
