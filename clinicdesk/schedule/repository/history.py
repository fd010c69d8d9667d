# SPDX-License-Identifier: Apache-2.0
"""Takes in appointments by the thousand: imports and the demo clinic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from clinicdesk.kernel.moments import from_utc_minute
from clinicdesk.schedule.model import (
    APPOINTMENTS,
    ORDER,
    STAMPS,
    VISITS,
    Appointment,
    Booking,
    PastAppointment,
    PastVisit,
    TakenIn,
)
from clinicdesk.schedule.repository.appointments import event_row, row_of, taken_by
from clinicdesk.schedule.tables import appointment, appointment_event, appointment_resource, visit
from clinicdesk.storage.records import UnitOfWork

_ADD = appointment.insert().returning(appointment.c.id, sort_by_parameter_order=True)
_OPEN = visit.insert().returning(visit.c.id, sort_by_parameter_order=True)
_ENDS = {Booking.CANCELLED: "cancelled", Booking.NO_SHOW: "no_show"}


class HistoryRepository:
    """Writes many appointments, their time, history and visits with few statements."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def take_in(self, ready: Sequence[tuple[PastAppointment, Appointment]]) -> tuple[TakenIn, ...]:
        """Keep them all; the answer is in their order."""
        if not ready:
            return ()
        work, by = self._work, self._work.actor.user_id
        rows = [{**row_of(new), "created_at": past.created_at or work.now} for past, new in ready]
        ids = [int(i) for i in work.execute(_ADD, rows).scalars()]
        resources: list[dict[str, Any]] = []
        events: list[dict[str, Any]] = []
        visits: list[dict[str, Any]] = []
        for new_id, (past, new) in zip(ids, ready, strict=True):
            work.note(APPOINTMENTS, new_id)
            resources += taken_by(new_id, new)
            created = past.created_at or work.now
            first = event_row(new_id, new, "booked", None, created, by)
            events.append({**first, "booking": Booking.BOOKED.value})
            events += [
                {**event_row(new_id, new, action, new.cancel_reason, at, by), "booking": state}
                for action, state, at in _reached(past, new, created)
            ]
            if past.opened and past.patient_id is not None:
                visits.append(_visit(new_id, past, new))
        work.execute(appointment_resource.insert(), resources)
        work.execute(appointment_event.insert(), events)
        opened: dict[int, int] = {}
        if visits:
            visit_ids = work.execute(_OPEN, visits).scalars()
            for row, visit_id in zip(visits, visit_ids, strict=True):
                opened[row["appointment_id"]] = int(visit_id)
                work.note(VISITS, int(visit_id))
        return tuple(TakenIn(new_id, opened.get(new_id)) for new_id in ids)

    def take_visits(self, visits: Sequence[PastVisit]) -> tuple[int, ...]:
        """Keep visits that had no appointment; the ids are in their order."""
        if not visits:
            return ()
        rows = [
            {
                "patient_id": one.patient_id,
                "provider_id": one.provider_id,
                "appointment_id": None,
                "kind": one.kind,
                "reason": one.reason,
                "diagnoses": ",".join(one.diagnoses),
                "started_at": one.started_at,
                "ended_at": one.ended_at,
                "state": "open" if one.ended_at is None else "finished",
            }
            for one in visits
        ]
        ids = tuple(int(i) for i in self._work.execute(_OPEN, rows).scalars())
        for visit_id in ids:
            self._work.note(VISITS, visit_id)
        return ids


def _reached(
    past: PastAppointment, new: Appointment, created: datetime
) -> Iterator[tuple[str, str, datetime]]:
    """Yield action, state and instant of every state after the first that was reached."""
    if new.booking is Booking.BOOKED:
        return
    if new.booking in ORDER:
        for state in ORDER[1 : ORDER.index(new.booking)]:
            at = getattr(past, STAMPS[state])
            if at is not None:
                yield "state", state.value, at
    last = past.done_at or past.checkout_at or past.roomed_at or past.arrived_at
    yield _ENDS.get(new.booking, "state"), new.booking.value, last or created


def _visit(new_id: int, past: PastAppointment, new: Appointment) -> dict[str, Any]:
    starts = past.arrived_at or past.roomed_at or from_utc_minute(new.starts_min)
    done = new.booking is Booking.DONE
    return {
        "patient_id": new.patient_id,
        "provider_id": new.provider_id,
        "appointment_id": new_id,
        "started_at": starts,
        "ended_at": (past.done_at or starts) if done else None,
        "state": "finished" if done else "open",
    }
