# SPDX-License-Identifier: Apache-2.0
"""What booking asks first: is it free, who is that, were they here before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from clinicdesk.access.tables import app_user
from clinicdesk.patients.tables import patient
from clinicdesk.schedule.model import Busy
from clinicdesk.schedule.queries.book import a, end_, shown, shown_name, start_, with_patient
from clinicdesk.schedule.tables import (
    appointment,
    appointment_event,
    appointment_resource,
    appointment_type,
    visit,
)
from clinicdesk.staff.tables import resource, staff_member
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import UtcMinute

_r = appointment_resource.c
_self = sa.bindparam("self", type_=UtcMinute)
_overlaps = sa.and_(
    _r.starts_min < end_,
    _r.starts_min > start_ - 1440,
    _r.ends_min > start_,
    _r.active == sa.literal_column("1"),
    _r.appointment_id != _self,
)
_PROVIDER_TAKEN = (
    sa.select(_r.appointment_id)
    .where(_r.staff_id == sa.bindparam("provider"), _overlaps)
    .order_by(_r.starts_min)
    .limit(1)
)
_ROOM_TAKEN = (
    sa.select(_r.appointment_id)
    .where(_r.resource_id == sa.bindparam("room"), _overlaps)
    .order_by(_r.starts_min)
    .limit(1)
)
_booker = (
    sa.select(app_user.c.name)
    .join(appointment_event, appointment_event.c.by_user_id == app_user.c.id)
    .where(appointment_event.c.appointment_id == a.id)
    .order_by(appointment_event.c.id)
    .limit(1)
    .correlate(appointment)
    .scalar_subquery()
)
_CLASH = (
    sa.select(
        a.id,
        shown.c.family_name,
        shown.c.given_name,
        a.note,
        a.starts_wall,
        a.ends_min,
        staff_member.c.name.label("provider"),
        _booker.label("by"),
    )
    .select_from(with_patient.join(staff_member, staff_member.c.id == a.provider_id))
    .where(a.id == sa.bindparam("id"))
)


@dataclass(frozen=True, slots=True)
class Clash:
    """What is in the way.

    Attributes:
        who: the patient, or what a block is for.
        by: who booked it, "" if unknown.
    """

    appointment_id: int
    who: str
    provider: str
    starts: datetime
    until: datetime
    by: str


def provider_clash(
    reading: Reading, provider_id: int, start: int, end: int, *, besides: int = 0
) -> Clash | None:
    """Return what takes a provider's time in a span, the first of several, or None."""
    found = reading.execute(
        _PROVIDER_TAKEN, {"provider": provider_id, "start": start, "end": end, "self": besides}
    ).scalar_one_or_none()
    return None if found is None else _clash(reading, found)


def room_clash(
    reading: Reading, room_id: int, start: int, end: int, *, besides: int = 0
) -> Clash | None:
    """Return what uses a room in a span, the first of several, or None."""
    found = reading.execute(
        _ROOM_TAKEN, {"room": room_id, "start": start, "end": end, "self": besides}
    ).scalar_one_or_none()
    return None if found is None else _clash(reading, found)


def _clash(reading: Reading, appointment_id: int) -> Clash:
    row = reading.execute(_CLASH, {"id": appointment_id}).one()
    return Clash(
        row.id,
        shown_name(row.family_name, row.given_name, row.note),
        row.provider,
        row.starts_wall,
        reading.zone.slot_at(row.ends_min, 1).starts,
        row.by or "",
    )


@dataclass(frozen=True, slots=True)
class Person:
    """What booking needs to know of a patient.

    Attributes:
        id: of the record that counts: the survivor of a merge.
        state: active, prospective, inactive or deceased.
        known: there was a visit or an appointment that still stands.
    """

    id: int
    name: str
    state: str
    known: bool


_PERSON = (
    sa.select(
        shown.c.id,
        shown.c.family_name,
        shown.c.given_name,
        shown.c.status,
        shown.c.deceased_on,
        sa.or_(
            sa.select(sa.literal(1))
            .where(visit.c.patient_id == shown.c.id, visit.c.state != "cancelled")
            .correlate(shown)
            .exists(),
            sa.select(sa.literal(1))
            .where(
                a.patient_id == shown.c.id,
                a.booking.not_in(("cancelled", "no_show")),
                a.id != sa.bindparam("besides"),
            )
            .correlate(shown)
            .exists(),
        ).label("known"),
    )
    .select_from(
        patient.join(shown, shown.c.id == sa.func.coalesce(patient.c.survivor_id, patient.c.id))
    )
    .where(patient.c.id == sa.bindparam("id"))
)


def person(reading: Reading, patient_id: int, *, besides: int = 0) -> Person | None:
    """Return the patient, resolved to the survivor of a merge; ``besides`` one appointment."""
    row = reading.execute(_PERSON, {"id": patient_id, "besides": besides}).one_or_none()
    if row is None:
        return None
    state = "deceased" if row.deceased_on is not None else row.status
    return Person(row.id, shown_name(row.family_name, row.given_name, ""), state, bool(row.known))


_OTHERS = (
    sa.select(a.starts_wall, a.starts_min, a.ends_min, staff_member.c.name.label("provider"))
    .select_from(appointment.join(staff_member, staff_member.c.id == a.provider_id))
    .where(
        a.patient_id == sa.bindparam("patient"),
        a.starts_min < end_,
        a.starts_min > start_ - 1440,
        a.ends_min > start_,
        a.booking.not_in(("cancelled", "no_show")),
        a.id != _self,
    )
    .order_by(a.starts_min, a.id)
)


@dataclass(frozen=True, slots=True)
class Other:
    """Another appointment of the same patient that still stands."""

    starts: datetime
    starts_min: int
    ends_min: int
    provider: str


def others(
    reading: Reading, patient_id: int, start: int, end: int, *, besides: int = 0
) -> tuple[Other, ...]:
    """Return what else of a patient touches a span of UTC minutes, in order of start."""
    rows = reading.execute(
        _OTHERS, {"patient": patient_id, "start": start, "end": end, "self": besides}
    )
    return tuple(Other(r.starts_wall, r.starts_min, r.ends_min, r.provider) for r in rows)


@dataclass(frozen=True, slots=True)
class Member:
    """A provider as booking needs them."""

    id: int
    name: str
    initials: str
    role: str
    color: int
    room_id: int | None
    room: str


_MEMBERS = (
    sa.select(
        staff_member.c.id,
        staff_member.c.name,
        staff_member.c.initials,
        staff_member.c.role,
        staff_member.c.color,
        staff_member.c.default_resource_id,
        resource.c.name.label("room"),
    )
    .select_from(
        staff_member.outerjoin(resource, resource.c.id == staff_member.c.default_resource_id)
    )
    .where(staff_member.c.id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(staff_member.c.position, staff_member.c.id)
)


def members(reading: Reading, ids: Collection[int]) -> dict[int, Member]:
    """Return members of staff by id, archived ones too."""
    if not ids:
        return {}
    return {
        row.id: Member(
            row.id,
            row.name,
            row.initials,
            row.role,
            row.color,
            row.default_resource_id,
            row.room or "",
        )
        for row in reading.execute(_MEMBERS, {"ids": list(ids)})
    }


_STAFF_OF = Prepared(sa.select(app_user.c.staff_id).where(app_user.c.id == sa.bindparam("user")))


def staff_of(reading: Reading, user_id: int) -> int:
    """Return who on the staff a user is, 0 for nobody."""
    known: dict[int, int] = reading.kept.setdefault("schedule.staff_of", {})
    if user_id not in known:
        rows = _STAFF_OF.rows(reading, user=user_id)
        known[user_id] = (rows[0][0] if rows else None) or 0
    return known[user_id]


_ROOM_NAME = sa.select(resource.c.name).where(resource.c.id == sa.bindparam("id"))
_TYPE_MINUTES = sa.select(appointment_type.c.minutes).where(
    appointment_type.c.id == sa.bindparam("id")
)


def room_name(reading: Reading, room_id: int) -> str | None:
    """Return a room's name, or None if there is none with that id."""
    name: str | None = reading.execute(_ROOM_NAME, {"id": room_id}).scalar_one_or_none()
    return name


def type_minutes(reading: Reading, type_id: int) -> int | None:
    """Return how long appointments of a type are, or None if there is no such type."""
    minutes: int | None = reading.execute(_TYPE_MINUTES, {"id": type_id}).scalar_one_or_none()
    return minutes


_TAKEN = sa.select(_r.staff_id, _r.resource_id, _r.starts_min, _r.ends_min, a.overbook).select_from(
    appointment_resource.join(appointment, a.id == _r.appointment_id)
)


def taken_spans(reading: Reading, start: int, end: int) -> Iterator[Busy]:
    """Yield what is taken in a span; a room's owner number is negative."""
    rows: Any = reading.execute(
        _TAKEN.where(
            _r.starts_min < end_,
            _r.starts_min > start_ - 1440,
            _r.ends_min > start_,
            _r.active == sa.literal_column("1"),
        ),
        {"start": start, "end": end},
    )
    for staff_id, resource_id, starts, ends, overbook in rows:
        owner = -resource_id if staff_id is None else staff_id
        yield Busy(starts, ends, owner, overbook)


_SPANS = (
    sa.select(a.id, a.starts_wall, a.fold, a.minutes, a.starts_min, a.ends_min)
    .where(a.id > sa.bindparam("after"))
    .order_by(a.id)
    .limit(2000)
)


def span_page(reading: Reading, after_id: int) -> list[tuple[int, datetime, int, int, int, int]]:
    """Return the next page of ids, wall slots and derived spans, for recomputing them."""
    rows: Any = reading.execute(_SPANS, {"after": after_id})
    return [tuple(row) for row in rows]
