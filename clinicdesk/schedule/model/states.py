# SPDX-License-Identifier: Apache-2.0
"""States of an appointment and the refusals of the room."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_


class Kind(StrEnum):
    """What a span of the book is."""

    VISIT = "visit"
    BLOCK = "block"


class Booking(StrEnum):
    """Where the patient is; the first five in order of the day."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    IN_ROOM = "in_room"
    CHECKOUT = "checkout"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Contact(StrEnum):
    """Whether the patient was reached about it."""

    UNCONFIRMED = "unconfirmed"
    MESSAGE = "message"
    CONFIRMED = "confirmed"


ORDER = (Booking.BOOKED, Booking.ARRIVED, Booking.IN_ROOM, Booking.CHECKOUT, Booking.DONE)
PRESENT = frozenset({Booking.ARRIVED, Booking.IN_ROOM, Booking.CHECKOUT})
ACTIVE = frozenset(ORDER)  # takes the provider's time
STAMPS = {
    Booking.ARRIVED: "arrived_at",
    Booking.IN_ROOM: "roomed_at",
    Booking.CHECKOUT: "checkout_at",
    Booking.DONE: "done_at",
}


class SlotTaken(Refusal):
    """The provider is busy then.

    Attributes:
        fields: ``provider``, ``who`` (patient, or what the block is for), ``starts`` and ``until``
            (naive wall times), ``from_time`` and ``to_time`` (their times of day), ``by`` (the
            user who booked it, or ""), ``appointment_id``.
    """

    wording = N_("{provider} is already booked with {who} from {from_time} to {to_time}.")
    wording_by = N_(
        "{provider} is already booked with {who} from {from_time} to {to_time} (booked by {by})."
    )


class RoomTaken(SlotTaken):
    """The room is in use then."""

    wording = N_("{room} is used by {provider} for {who} from {from_time} to {to_time}.")
    wording_by = N_(
        "{room} is used by {provider} for {who} from {from_time} to {to_time} (booked by {by})."
    )


class NoSuchTime(Refusal):
    """The wall time falls into the gap of a daylight-saving night."""

    wording = N_("On {day} the clocks go forward, so {time} does not exist. Choose another time.")

    @classmethod
    def at(cls, wall: datetime) -> NoSuchTime:
        """Return the refusal for a wall time."""
        return cls(field="slot", day=wall.date(), time=wall.time())


class CannotStep(Refusal):
    """The state machine has no such step."""

    wording = N_("From here the appointment cannot go to that state.")


class NotToday(Refusal):
    """The patient cannot have come for a later day."""

    wording = N_("This appointment is on {day}. Move it to today before the patient arrives.")


class NoSuchAppointment(Refusal):
    """There is no appointment with that number."""

    wording = N_("This appointment is not in the book.")


class NotThere(Refusal):
    """A patient, provider, room or type that the command names does not exist."""

    wording = N_("What was chosen is no longer there. Choose again.")


class ReasonMissing(Refusal):
    """A cancellation needs a reason."""

    wording = N_("Give a reason for the cancellation.")


class TooLong(Refusal):
    """An appointment lasts 1 minute to 24 hours."""

    wording = N_("An appointment lasts from 1 minute to 24 hours.")


class VisitHasCharges(Refusal):
    """The visit carries charges, so the patient cannot be un-arrived or exchanged."""

    wording = N_("Charges were already posted to this visit. Reverse them first.")


def step(booking: Booking, *, forward: bool = True) -> Booking:
    """Return the next or previous state; raise ``CannotStep`` at the ends.

    Stepping back from a no-show or a cancellation is restoring, another command.
    """
    if booking not in ACTIVE:
        raise CannotStep(N_("A cancelled or missed appointment must be restored first."))
    place = ORDER.index(booking) + (1 if forward else -1)
    if place < 0:
        raise CannotStep(N_("The appointment is not started yet, there is no step back."))
    if place == len(ORDER):
        raise CannotStep(N_("The appointment is done, there is no step forward."))
    return ORDER[place]
