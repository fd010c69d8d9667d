# SPDX-License-Identifier: Apache-2.0
"""What receipts and statements need besides the account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from clinicdesk.billing.queries.accounts import same_person
from clinicdesk.billing.tables import charge
from clinicdesk.kernel.moments import from_utc_minute
from clinicdesk.ledger.tables import issued_paper, posting
from clinicdesk.patients.tables import contact, patient
from clinicdesk.schedule.tables import appointment, appointment_type, visit
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who a statement goes to."""

    name: str
    chart_number: str
    address: tuple[str, ...]


def next_visit(reading: Reading, patient_id: int, after_min: int) -> datetime | None:
    """Return the wall time of the patient's next booked appointment."""
    found: datetime | None = reading.execute(
        sa.select(appointment.c.starts_wall)
        .where(
            appointment.c.patient_id.in_(same_person(reading, patient_id)),
            appointment.c.starts_min > after_min,
            appointment.c.booking == "booked",
        )
        .order_by(appointment.c.starts_min)
        .limit(1)
    ).scalar()
    return found


def addressee(reading: Reading, patient_id: int) -> Addressee:
    """Return a guarantor's name and postal address."""
    who = reading.execute(sa.select(patient).where(patient.c.id == patient_id)).one()
    place = reading.execute(
        sa.select(contact)
        .where(
            contact.c.patient_id == patient_id,
            contact.c.kind == "address",
            contact.c.archived == sa.literal_column("0"),
        )
        .order_by(contact.c.rank)
        .limit(1)
    ).first()
    lines: tuple[str, ...] = ()
    if place is not None:
        town = " ".join(part for part in (place.city, place.region, place.postcode) if part)
        lines = tuple(line for line in (*place.value.split("\n"), town, place.country) if line)
    return Addressee(f"{who.given_name} {who.family_name}", who.chart_number, lines)


def last_statement_on(reading: Reading, patient_id: int) -> date | None:
    """Return the day of the patient's latest statement of before today."""
    begin, _end = reading.zone.day_span(reading.today)
    found = reading.execute(
        sa.select(issued_paper.c.issued_at)
        .where(
            issued_paper.c.kind == "statement",
            issued_paper.c.object_kind == "patient",
            issued_paper.c.object_id.in_(same_person(reading, patient_id)),
            issued_paper.c.issued_at < from_utc_minute(begin),
        )
        .order_by(issued_paper.c.id.desc())
        .limit(1)
    ).scalar()
    return None if found is None else reading.zone.day(found)


def latest_patient(reading: Reading) -> int:
    """Return the patient of the newest posting, 0 if there is none."""
    found = reading.execute(
        sa.select(posting.c.patient_id)
        .where(posting.c.patient_id.is_not(None))
        .order_by(posting.c.id.desc())
        .limit(1)
    ).scalar()
    return int(found or 0)


def was_issued(reading: Reading, kinds: Sequence[str], number: str) -> bytes | None:
    """Return the bytes of a paper issued before, if it was."""
    found: bytes | None = reading.execute(
        sa.select(issued_paper.c.body).where(
            issued_paper.c.kind.in_(kinds), issued_paper.c.number == number
        )
    ).scalar()
    return found


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """Today's visit of a patient that is not charged yet, or was only partly.

    Attributes:
        codes: service codes its appointment type proposes.
        charged: whether any charge hangs on it already.
    """

    visit_id: int
    provider_id: int
    service_on: date
    codes: tuple[str, ...]
    charged: bool


def open_visit(
    reading: Reading, patient_id: int, appointment_id: int | None = None
) -> OpenVisit | None:
    """Return the patient's visit of today: that of an appointment, else the newest."""
    begin, end = (from_utc_minute(minute) for minute in reading.zone.day_span(reading.today))
    row = reading.execute(
        sa.select(
            visit.c.id,
            visit.c.provider_id,
            visit.c.started_at,
            appointment_type.c.default_codes,
            sa.exists().where(charge.c.visit_id == visit.c.id).label("charged"),
        )
        .outerjoin(appointment, appointment.c.id == visit.c.appointment_id)
        .outerjoin(appointment_type, appointment_type.c.id == appointment.c.type_id)
        .where(
            visit.c.patient_id.in_(same_person(reading, patient_id)),
            visit.c.started_at >= begin,
            visit.c.started_at < end,
            visit.c.state != "cancelled",
        )
        .order_by(
            sa.case((visit.c.appointment_id == appointment_id, 0), else_=1),
            visit.c.started_at.desc(),
        )
        .limit(1)
    ).first()
    if row is None:
        return None
    codes = tuple(code for code in (row.default_codes or "").split(",") if code)
    day = reading.zone.day(row.started_at)
    return OpenVisit(row.id, row.provider_id, day, codes, bool(row.charged))


def expected_provider(reading: Reading, patient_id: int) -> int | None:
    """Return who sees a patient without a visit: by today's book, else the usual one."""
    begin, end = reading.zone.day_span(reading.today)
    booked: int | None = reading.execute(
        sa.select(appointment.c.provider_id)
        .where(
            appointment.c.patient_id.in_(same_person(reading, patient_id)),
            appointment.c.starts_min >= begin,
            appointment.c.starts_min < end,
            appointment.c.booking.not_in(("cancelled", "no_show")),
        )
        .order_by(appointment.c.starts_min)
        .limit(1)
    ).scalar()
    if booked is not None:
        return booked
    usual: int | None = reading.execute(
        sa.select(patient.c.usual_provider_id).where(patient.c.id == patient_id)
    ).scalar()
    return usual


def providers(reading: Reading) -> tuple[tuple[int, str, str], ...]:
    """Return (id, name, initials) of everybody who treats patients."""
    rows = reading.execute(
        sa.select(staff_member.c.id, staff_member.c.name, staff_member.c.initials)
        .where(
            staff_member.c.is_provider == sa.literal_column("1"),
            staff_member.c.archived == sa.literal_column("0"),
        )
        .order_by(staff_member.c.position)
    )
    return tuple((row.id, row.name, row.initials) for row in rows)


def is_charged(reading: Reading, visit_id: int) -> bool:
    """Tell whether a visit carries charges that were not reversed."""
    return (
        reading.execute(
            sa.select(charge.c.id)
            .where(charge.c.visit_id == visit_id, charge.c.reversed == sa.literal_column("0"))
            .limit(1)
        ).scalar()
        is not None
    )
