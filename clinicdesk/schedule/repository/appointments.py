# SPDX-License-Identifier: Apache-2.0
"""Appointments, the time they take of providers and rooms, and what happened to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.moments import Slot
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.schedule.model import APPOINTMENTS, Appointment, Booking, Contact, Kind
from clinicdesk.schedule.tables import appointment, appointment_event, appointment_resource
from clinicdesk.storage.records import UnitOfWork

_a, _r = appointment.c, appointment_resource.c

_GET = (
    sa.select(
        appointment,
        sa.select(_r.resource_id)
        .where(_r.appointment_id == _a.id, _r.resource_id.is_not(None))
        .limit(1)
        .scalar_subquery()
        .label("room_id"),
    )
).where(_a.id == sa.bindparam("id"))
_UPDATE = (
    appointment.update()
    .where(_a.id == sa.bindparam("b_id"), _a.version == sa.bindparam("b_version"))
    .values(
        {
            column.name: sa.bindparam(column.name)
            for column in appointment.columns
            if column.name not in {"id", "created_at", "kind"}
        }
    )
)
_CLEAR = appointment_resource.delete().where(_r.appointment_id == sa.bindparam("b_id"))
_INSERT = appointment.insert()
_TAKE = appointment_resource.insert()
_TELL = appointment_event.insert()


class AppointmentRepository:
    """Keeps appointments."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def get(self, appointment_id: int) -> Appointment | None:
        """Return one, or None."""
        row = self._work.execute(_GET, {"id": appointment_id}).one_or_none()
        return None if row is None else _from_row(row)

    def add(self, new: Appointment, action: str = "booked") -> int:
        """Keep a new one, the time it takes and the first line of its history."""
        values = row_of(new)
        values["created_at"] = self._work.now
        added = self._work.execute(_INSERT, values).inserted_primary_key
        assert added is not None  # noqa: S101 -- a single-row insert always has its key
        new_id = int(added[0])
        self._work.execute(_TAKE, taken_by(new_id, new))
        self._tell(new_id, new, action, None)
        self._work.note(APPOINTMENTS, new_id)
        return new_id

    def start_series(self, appointment_id: int) -> None:
        """Make the first appointment of a series name it."""
        self._work.execute(
            appointment.update().where(_a.id == appointment_id).values(series_id=appointment_id)
        )

    def change(self, new: Appointment, action: str, reason: str | None = None) -> int:
        """Keep a changed one and say in its history what was done; return the new version.

        Raises:
            StaleCopy: somebody else changed it meanwhile.
        """
        values = row_of(new)
        values |= {"b_id": new.id, "b_version": new.version, "version": new.version + 1}
        if self._work.execute(_UPDATE, values).rowcount != 1:
            raise StaleCopy
        self._work.execute(_CLEAR, {"b_id": new.id})
        self._work.execute(_TAKE, taken_by(new.id, new))
        self._tell(new.id, new, action, reason)
        self._work.note(APPOINTMENTS, new.id)
        return new.version + 1

    def respan(self, appointment_id: int, starts_min: int, ends_min: int) -> None:
        """Write the derived UTC span anew; the wall time stays and so does the version."""
        span = {"starts_min": starts_min, "ends_min": ends_min}
        self._work.execute(appointment.update().where(_a.id == appointment_id).values(span))
        self._work.execute(
            appointment_resource.update().where(_r.appointment_id == appointment_id).values(span)
        )
        self._work.note(APPOINTMENTS, appointment_id)

    def _tell(self, of_id: int, new: Appointment, action: str, reason: str | None) -> None:
        self._work.execute(
            _TELL, event_row(of_id, new, action, reason, self._work.now, self._work.actor.user_id)
        )


def event_row(
    of_id: int, new: Appointment, action: str, reason: str | None, at: datetime, by: int
) -> dict[str, Any]:
    """Return one line of history."""
    return {
        "appointment_id": of_id,
        "action": action,
        "booking": new.booking.value,
        "contact": new.contact.value,
        "starts_wall": new.slot.starts,
        "minutes": new.slot.minutes,
        "provider_id": new.provider_id,
        "reason": reason,
        "at": at,
        "by_user_id": by,
    }


def taken_by(of_id: int, new: Appointment) -> list[dict[str, Any]]:
    base = {
        "appointment_id": of_id,
        "starts_min": new.starts_min,
        "ends_min": new.ends_min,
        "active": new.active,
    }
    rows: list[dict[str, Any]] = [{**base, "staff_id": new.provider_id, "resource_id": None}]
    if new.room_id is not None:
        rows.append({**base, "staff_id": None, "resource_id": new.room_id})
    return rows


def row_of(new: Appointment) -> dict[str, Any]:
    return {
        "kind": new.kind.value,
        "patient_id": new.patient_id,
        "type_id": new.type_id,
        "provider_id": new.provider_id,
        "starts_wall": new.slot.starts,
        "fold": new.slot.fold,
        "minutes": new.slot.minutes,
        "starts_min": new.starts_min,
        "ends_min": new.ends_min,
        "booking": new.booking.value,
        "contact": new.contact.value,
        "overbook": new.overbook,
        "walk_in": new.walk_in,
        "new_patient": new.new_patient,
        "series_id": new.series_id,
        "note": new.note,
        "cancel_reason": new.cancel_reason,
        "arrived_at": new.arrived_at,
        "roomed_at": new.roomed_at,
        "checkout_at": new.checkout_at,
        "done_at": new.done_at,
    }


def _from_row(row: sa.Row[Any]) -> Appointment:
    return Appointment(
        id=row.id,
        version=row.version,
        kind=Kind(row.kind),
        patient_id=row.patient_id,
        type_id=row.type_id,
        provider_id=row.provider_id,
        slot=Slot(row.starts_wall, row.minutes, row.fold),
        starts_min=row.starts_min,
        ends_min=row.ends_min,
        booking=Booking(row.booking),
        contact=Contact(row.contact),
        overbook=row.overbook,
        walk_in=row.walk_in,
        new_patient=row.new_patient,
        series_id=row.series_id,
        note=row.note,
        cancel_reason=row.cancel_reason,
        arrived_at=row.arrived_at,
        roomed_at=row.roomed_at,
        checkout_at=row.checkout_at,
        done_at=row.done_at,
        room_id=row.room_id,
    )
