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
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Count, Instant, Text, UtcMinute

a = appointment.c
shown = patient.alias("shown")  # a merged patient appears as the survivor
_room = appointment_resource.alias("room")

start_ = sa.bindparam("start", type_=UtcMinute)
end_ = sa.bindparam("end", type_=UtcMinute)

in_range = sa.and_(a.starts_min < end_, a.starts_min > start_ - 1440, a.ends_min > start_)


def _owed(*records: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """Return what families owe for the records of one patient."""
    return (
        sa.select(sa.func.sum(open_amount.c.amount_minor))
        .where(
            *records,
            open_amount.c.party_kind == sa.literal_column("'guarantor'"),
            open_amount.c.amount_minor != sa.literal_column("0"),  # as the partial index says it
        )
        .correlate_except(open_amount)
        .scalar_subquery()
    )


_twin = patient.alias("twin")
_records = sa.union_all(
    sa.select(shown.c.id).correlate(shown),
    sa.select(_twin.c.id).where(_twin.c.survivor_id == shown.c.id).correlate(shown),
)
due = sa.func.coalesce(_owed(open_amount.c.patient_id.in_(_records)), 0)
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

# The cards of a day are asked for at every turn, so they are told differently from the rest:
# each value that crosses the driver costs as much as a seek, hence one number for what is yes or
# no; the survivor of a merge is sought only where there was one; types and rooms are known.
_survivor = patient.alias("survivor")
_present_since = sa.case(
    (a.done_at.is_not(None), sa.null()),  # the two commonest first
    (a.arrived_at.is_(None), sa.null()),
    else_=sa.type_coerce(since, Count),
)


def _cards(*, merged: bool) -> Prepared:
    """Return the statement of the cards, for a clinic where patients were merged or never yet."""
    whose: sa.ColumnElement[Any] = a.patient_id
    names = ("family_name", "given_name", "chart_number")
    person: list[sa.ColumnElement[Any]] = [patient.c[name] for name in names]
    source = appointment.outerjoin(patient, patient.c.id == a.patient_id)
    if merged:
        whose = sa.func.coalesce(_survivor.c.id, patient.c.id)
        person = [sa.func.coalesce(_survivor.c[name], patient.c[name]) for name in names]
        source = source.outerjoin(_survivor, _survivor.c.id == patient.c.survivor_id)
    warned = (
        sa.select(sa.literal_column("1"))
        .where(
            alert.c.patient_id == whose,
            sa.or_(alert.c.ended_on.is_(None), alert.c.ended_on > sa.bindparam("today")),
        )
        .correlate_except(alert)
        .exists()
    )
    marks = (
        a.fold
        + sa.type_coerce(a.new_patient, Count) * sa.literal_column("2")
        + sa.type_coerce(a.overbook, Count) * sa.literal_column("4")
        + sa.type_coerce(a.walk_in, Count) * sa.literal_column("8")
        + sa.case((warned, sa.literal_column("16")), else_=sa.literal_column("0"))
    )
    return Prepared(
        sa.select(
            a.starts_min,
            a.provider_id,
            a.id,
            a.version,
            whose,
            *person,
            sa.type_coerce(a.starts_wall, Text),
            a.minutes,
            a.booking,
            a.contact,
            a.type_id,
            _room.c.resource_id,
            a.note,
            a.cancel_reason,
            _owed(open_amount.c.patient_id == whose),
            marks,
            a.series_id,
            _present_since,
        )
        .select_from(
            source.outerjoin(
                _room,
                sa.and_(
                    _room.c.appointment_id == a.id,
                    _room.c.resource_id > sa.literal_column("0"),  # not NULL, said as a range
                ),
            )
        )
        .where(in_range)
        .order_by(a.starts_min)  # as the index has it; those of one start are ordered afterwards
    )


_CARDS, _CARDS_OF_MERGED = _cards(merged=False), _cards(merged=True)
# By who stays, what is owed for the records merged into theirs.
_MERGED = Prepared(
    sa.select(patient.c.survivor_id, sa.func.coalesce(sa.func.sum(open_amount.c.amount_minor), 0))
    .outerjoin_from(
        patient,
        open_amount,
        sa.and_(
            open_amount.c.patient_id == patient.c.id,
            open_amount.c.party_kind == sa.literal_column("'guarantor'"),
            open_amount.c.amount_minor != sa.literal_column("0"),
        ),
    )
    .where(patient.c.survivor_id.is_not(None))
    .group_by(patient.c.survivor_id)
)
_TYPES = Prepared(
    sa.select(appointment_type.c.id, appointment_type.c.name, appointment_type.c.color)
)
_ROOMS = Prepared(sa.select(resource.c.id, resource.c.name))

BOOKINGS = {booking.value: booking for booking in Booking}
CONTACTS = {contact.value: contact for contact in Contact}
KINDS = {kind.value: kind for kind in Kind}
_INSTANT = Instant().process_result_value
# By _marks: fold, new patient, overbook, walk-in, alert.
_MARKS = tuple([(n & 1, *(bool(n & bit) for bit in (2, 4, 8, 16))) for n in range(32)])
_VISIT, _BLOCK = Kind.VISIT, Kind.BLOCK


def shown_name(family: str | None, given: str | None, note: str) -> str:
    """Return "Family, Given" of a patient, or what a block is for."""
    if family is None:
        return note
    return f"{family}, {given}" if given else family


def cards(reading: Reading, start: int, end: int) -> tuple[CardRow, ...]:
    """Return every card that touches a span of UTC minutes, in order of start."""
    types, rooms = _named(reading)
    merged = _owed_for_merged(reading)
    statement = _CARDS_OF_MERGED if merged else _CARDS
    rows = statement.rows(reading, start=start, end=end, today=reading.today)
    rows.sort()  # by start, provider, id
    new, at, bookings, contacts = tuple.__new__, datetime.fromisoformat, BOOKINGS, CONTACTS
    found = []
    for (
        starts_min,
        provider_id,
        id_,
        version,
        patient_id,
        family,
        given,
        chart_number,
        starts,
        minutes,
        booking,
        contact,
        type_id,
        room_id,
        note,
        reason,
        due_minor,
        marks,
        series_id,
        since_at,
    ) in rows:
        fold, new_patient, overbook, walk_in, alerted = _MARKS[marks]
        type_, color = types[type_id]
        card = (
            id_,
            version,
            _BLOCK if patient_id is None else _VISIT,
            provider_id,
            patient_id,
            f"{family}, {given}" if given else family or note,
            chart_number or "",
            at(starts),
            fold,
            minutes,
            starts_min,
            starts_min + minutes,
            bookings[booking],
            contacts[contact],
            type_id,
            type_,
            color,
            room_id,
            rooms[room_id],
            note,
            reason or "",
            max(due_minor, 0) if due_minor else 0,
            alerted,
            new_patient,
            overbook,
            walk_in,
            series_id,
            since_at and _INSTANT(since_at, None),
        )
        found.append(new(CardRow, card))  # past its __new__, which takes 28 arguments apart
    if merged:
        found = [_with_merged(card, merged) for card in found]
    return tuple(found)


def _with_merged(card: CardRow, merged: dict[int, int]) -> CardRow:
    more = merged.get(card.patient_id or 0, 0)
    return card._replace(due_minor=max(card.due_minor + more, 0)) if more else card


def _owed_for_merged(reading: Reading) -> dict[int, int]:
    """Return what is owed for records merged into another, by who stays; empty without any."""
    kept = reading.kept
    merged: dict[int, int] | None = kept.get("schedule.merged")
    if merged is None:
        merged = kept["schedule.merged"] = dict(_MERGED.rows(reading))
    return merged


def _named(reading: Reading) -> tuple[dict[Any, tuple[str, int]], dict[Any, str]]:
    """Return name and colour by type, and name by room; of neither, what a card shows then."""
    kept = reading.kept
    both: tuple[dict[Any, tuple[str, int]], dict[Any, str]] | None = kept.get("schedule.names")
    if both is None:
        types = {id_: (name, color) for id_, name, color in _TYPES.rows(reading)}
        both = kept["schedule.names"] = (
            {**types, None: ("", -1)},
            {**dict(_ROOMS.rows(reading)), None: ""},
        )
    return both


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
