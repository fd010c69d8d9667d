# SPDX-License-Identifier: Apache-2.0
"""Taking in what other systems kept, and keeping derived times true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clinicdesk.kernel.moments import ClinicZone, NoSuchWallTime, Slot
from clinicdesk.schedule.model import (
    ACTIVE,
    Appointment,
    Busy,
    Kind,
    PastAppointment,
    PastVisit,
    TakenIn,
    beside,
)
from clinicdesk.schedule.queries import checks
from clinicdesk.schedule.repository import AppointmentRepository, HistoryRepository
from clinicdesk.schedule.service.counter import Counter
from clinicdesk.storage.records import UnitOfWork

PAGE = 5000


class HistoryDesk(Counter):
    """For imports, the demo clinic, and changes of the zone data."""

    def take_in(self, work: UnitOfWork, history: Sequence[PastAppointment]) -> tuple[TakenIn, ...]:
        """Keep many appointments in whatever state they are, inside the caller's transaction.

        What overlaps is flagged as overbooked rather than refused. A wall time in the gap of a
        daylight-saving night is kept; its UTC span begins after the gap.
        """
        done: list[TakenIn] = []
        for at in range(0, len(history), PAGE):
            page = [(past, _record(work.zone, past)) for past in history[at : at + PAGE]]
            done += HistoryRepository(work).take_in(self._flagged(work, page))
        work.record("appointment", None, after={"taken_in": len(history)})
        return tuple(done)

    def take_visits(self, work: UnitOfWork, visits: Sequence[PastVisit]) -> tuple[int, ...]:
        """Keep visits that had no appointment, inside the caller's transaction."""
        done: list[int] = []
        for at in range(0, len(visits), PAGE):
            done += HistoryRepository(work).take_visits(visits[at : at + PAGE])
        work.record("visit", None, after={"taken_in": len(visits)})
        return tuple(done)

    def recompute_spans(self, work: UnitOfWork) -> tuple[int, tuple[int, ...]]:
        """Derive every UTC span anew from its wall time, after the zone data changed.

        Returns:
            how many changed, and the ids whose wall time no longer exists.
        """
        repository = AppointmentRepository(work)
        changed, gone, after = 0, [], 0
        while page := checks.span_page(work, after):
            for appointment_id, wall, fold, minutes, starts_min, ends_min in page:
                after = appointment_id
                span, exists = _span(work.zone, Slot(wall, minutes, fold))
                if not exists:
                    gone.append(appointment_id)
                if span != (starts_min, ends_min):
                    repository.respan(appointment_id, *span)
                    changed += 1
        work.record(
            "appointment",
            None,
            action="schedule.recompute_spans",
            after={"changed": changed, "gone": len(gone)},
        )
        return changed, tuple(gone)

    def _flagged(
        self, work: UnitOfWork, page: list[tuple[PastAppointment, Appointment]]
    ) -> list[tuple[PastAppointment, Appointment]]:
        active = [new for _, new in page if new.active]
        if not active:
            return page
        first = min(new.starts_min for new in active)
        last = max(new.ends_min for new in active)
        taken = list(checks.taken_spans(work, first, last))
        mine = [
            Busy(new.starts_min, new.ends_min, owner, new.overbook, place)
            for place, (_, new) in enumerate(page)
            if new.active
            for owner in _owners(new)
        ]
        marked = {span.place for span in beside(taken, mine)}
        return [
            (past, replace(new, overbook=new.overbook or place in marked))
            for place, (past, new) in enumerate(page)
        ]


def _owners(new: Appointment) -> tuple[int, ...]:
    if new.room_id is None:
        return (new.provider_id,)
    return (new.provider_id, -new.room_id)


def _span(zone: ClinicZone, slot: Slot) -> tuple[tuple[int, int], bool]:
    """Return a slot's span and whether its wall time exists; a gap is left forward."""
    try:
        return zone.span(slot), True
    except NoSuchWallTime:
        day_start, _ = zone.day_span(slot.day)
        low, high = day_start, day_start + 26 * 60
        while low < high:  # the first minute whose wall time is not before the slot's
            middle = (low + high) // 2
            if zone.slot_at(middle, 1).starts < slot.starts:
                low = middle + 1
            else:
                high = middle
        return (low, low + slot.minutes), False


def _record(zone: ClinicZone, past: PastAppointment) -> Appointment:
    span, _ = _span(zone, past.slot)
    return Appointment(
        id=0,
        version=1,
        kind=Kind.BLOCK if past.patient_id is None else Kind.VISIT,
        patient_id=past.patient_id,
        type_id=past.type_id,
        provider_id=past.provider_id,
        slot=past.slot,
        starts_min=span[0],
        ends_min=span[1],
        booking=past.booking,
        contact=past.contact,
        overbook=past.overbook and past.booking in ACTIVE,
        walk_in=past.walk_in,
        new_patient=past.new_patient,
        series_id=None,
        note=past.note,
        cancel_reason=past.cancel_reason,
        arrived_at=past.arrived_at,
        roomed_at=past.roomed_at,
        checkout_at=past.checkout_at,
        done_at=past.done_at,
        room_id=past.room_id,
    )
