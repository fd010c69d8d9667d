# SPDX-License-Identifier: Apache-2.0
"""The appointment itself and how it changes. Pure: every change gives a new record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from clinicdesk.kernel.moments import ClinicZone, NoSuchWallTime, Slot
from clinicdesk.kernel.refusals import Refusal, StaleCopy
from clinicdesk.schedule.model.rules import Caution
from clinicdesk.schedule.model.states import (
    ACTIVE,
    ORDER,
    PRESENT,
    STAMPS,
    Booking,
    CannotStep,
    Contact,
    Kind,
    NoSuchAppointment,
    NoSuchTime,
    NotToday,
    ReasonMissing,
    TooLong,
    step,
)
from clinicdesk.wording.text import N_


@dataclass(frozen=True, slots=True)
class Appointment:
    """One row of the book; see ``tables`` for the columns.

    Attributes:
        id: 0 before it is kept.
        slot: the truth; ``starts_min`` and ``ends_min`` are derived with the clinic's zone.
    """

    id: int
    version: int
    kind: Kind
    patient_id: int | None
    type_id: int | None
    provider_id: int
    slot: Slot
    starts_min: int
    ends_min: int
    booking: Booking
    contact: Contact
    overbook: bool
    walk_in: bool
    new_patient: bool
    series_id: int | None
    note: str
    cancel_reason: str | None
    arrived_at: datetime | None = None
    roomed_at: datetime | None = None
    checkout_at: datetime | None = None
    done_at: datetime | None = None
    room_id: int | None = None

    @property
    def active(self) -> bool:
        """It takes its provider's time."""
        return self.booking in ACTIVE

    def seen_as(self, version: int) -> Appointment:
        """Return itself; raise ``StaleCopy`` unless that is the version that was seen."""
        if self.version != version:
            raise StaleCopy
        return self

    def placed(
        self, slot: Slot, span: tuple[int, int], provider_id: int, room_id: int | None
    ) -> Appointment:
        """Return it at another place; a cancelled or missed one is booked again by that."""
        if self.booking is Booking.DONE:
            raise CannotStep(N_("The appointment is done and cannot be moved."))
        if self.visited and slot.day != self.slot.day:
            raise CannotStep(N_("The patient is here. Step back to booked before moving the day."))
        return replace(
            self,
            slot=slot,
            starts_min=span[0],
            ends_min=span[1],
            provider_id=provider_id,
            room_id=room_id,
            booking=self.booking if self.active else Booking.BOOKED,
            cancel_reason=None,
        )

    def cancelled(self, reason: str) -> Appointment:
        """Return it cancelled; whoever is in a room or further has come and is not cancelled."""
        if self.booking not in {Booking.BOOKED, Booking.ARRIVED}:
            raise CannotStep(N_("Only a booked or waiting appointment can be cancelled."))
        if self.kind is Kind.VISIT and not reason.strip():
            raise ReasonMissing(field="reason")
        return replace(
            self, booking=Booking.CANCELLED, cancel_reason=reason.strip(), arrived_at=None
        )

    def missed(self, reason: str) -> Appointment:
        """Return it as a no-show."""
        if self.kind is Kind.BLOCK:
            raise CannotStep(N_("Time kept free has no patient who could miss it."))
        if self.booking is not Booking.BOOKED:
            raise CannotStep(N_("Only a booked appointment can be missed."))
        return replace(self, booking=Booking.NO_SHOW, cancel_reason=reason.strip() or None)

    def restored(self) -> Appointment:
        """Return it booked again."""
        if self.active:
            raise CannotStep(N_("The appointment is neither cancelled nor missed."))
        return replace(self, booking=Booking.BOOKED, cancel_reason=None)

    def stepped(
        self, now: datetime, today: date, *, forward: bool = True, to: Booking | None
    ) -> Appointment:
        """Return it one state on or back, or in a given one; stamps follow.

        Nobody arrives for a later day: that is the wrong card, or it must be moved first.
        """
        if self.kind is Kind.BLOCK:
            raise CannotStep(N_("Time kept free has no states."))
        target = step(self.booking, forward=forward) if to is None else to
        if target not in ACTIVE or not self.active or target is self.booking:
            raise CannotStep
        if not self.visited and self.slot.day > today:
            raise NotToday(day=self.slot.day)
        stamps = {name: getattr(self, name) for name in STAMPS.values()}
        for state, name in STAMPS.items():
            if ORDER.index(state) > ORDER.index(target):
                stamps[name] = None
        if target in STAMPS and stamps[STAMPS[target]] is None:
            stamps[STAMPS[target]] = now
        if target is not Booking.BOOKED and stamps["arrived_at"] is None:
            stamps["arrived_at"] = now
        return replace(self, booking=target, **stamps)

    @property
    def visited(self) -> bool:
        """A visit belongs to it: the patient came."""
        return self.booking in PRESENT or self.booking is Booking.DONE


@dataclass(frozen=True, slots=True)
class Placed:
    """What booking and changing give back.

    Attributes:
        version: after the change.
        visit_id: of the visit, once there is one.
        cautions: what to know about it; nothing was refused.
    """

    appointment_id: int
    version: int
    visit_id: int | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What would happen if it were booked: for the booking bar and while dragging.

    Attributes:
        clash: the refusal that booking would meet, or None.
        may_overbook: the clash may be passed with the overbook flag.
    """

    clash: Refusal | None
    may_overbook: bool
    cautions: tuple[Caution, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Where an appointment of history was put."""

    appointment_id: int
    visit_id: int | None


def span_of(zone: ClinicZone, slot: Slot) -> tuple[int, int]:
    """Return a slot's UTC span; raise ``NoSuchTime`` in a gap, ``TooLong`` over a day."""
    if slot.minutes > 1440:
        raise TooLong(field="minutes")
    try:
        return zone.span(slot)
    except NoSuchWallTime:
        raise NoSuchTime.at(slot.starts) from None


def resized(slot: Slot, minutes: int) -> Slot:
    """Return the slot with another length; raise ``TooLong`` outside 1 to 1440."""
    if not 1 <= minutes <= 1440:
        raise TooLong(field="minutes")
    return Slot(slot.starts, minutes, slot.fold)


def found(appointment: Appointment | None) -> Appointment:
    """Return it, or raise ``NoSuchAppointment``."""
    if appointment is None:
        raise NoSuchAppointment
    return appointment
