# SPDX-License-Identifier: Apache-2.0
"""What the book shows, as frozen rows. Times of day are naive wall times of the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from clinicdesk.schedule.model import Booking, Contact, Kind, Look, Span, look_of


class CardRow(NamedTuple):
    """One appointment or block in the day or week view.

    A named tuple because a frozen dataclass of so many fields takes seven times as long to make,
    which a day of 200 cards and a week of 1,000 feel; ``_replace`` copies one with changes.

    Attributes:
        name: patient as "Family, Given"; of a block what it is for.
        starts_min: first UTC minute; ``ends_min`` is one past the last. Lanes are laid by these.
        minutes: length in real minutes.
        type_color: index into the theme's series; -1 without a type.
        room: where; "" if none.
        due_minor: what the patient's guarantor owes for this patient, 0 if nothing.
        alert: a current alert is on file.
        new_patient: no visit was completed before this one.
        overbook: deliberately beside another.
        since_at: when the present state began, of a state inside the clinic; else None.
    """

    id: int
    version: int
    kind: Kind
    provider_id: int
    patient_id: int | None
    name: str
    chart_number: str
    starts: datetime
    fold: int
    minutes: int
    starts_min: int
    ends_min: int
    booking: Booking
    contact: Contact
    type_id: int | None
    type: str
    type_color: int
    room_id: int | None
    room: str
    note: str
    cancel_reason: str
    due_minor: int
    alert: bool
    new_patient: bool
    overbook: bool
    walk_in: bool
    series_id: int | None
    since_at: datetime | None

    @property
    def look(self) -> Look:
        """The combination of both states that glyph, fill and word show."""
        return look_of(self.kind, self.booking, self.contact)

    @property
    def unconfirmed(self) -> bool:
        """Booked and nobody was reached yet."""
        return self.booking is Booking.BOOKED and self.contact is not Contact.CONFIRMED


class ColumnRow(NamedTuple):
    """One provider's column of one day.

    Attributes:
        color: index into the theme's series.
        open_spans: work, break and closed spans in UTC minutes, in order.
        booked: appointments that take time (blocks and cancelled ones do not count).
        free: free slots of the clinic's slot length from now on.
        free_minutes: open minutes that nothing takes, of the whole day.
        open_minutes: working minutes of the day.
    """

    provider_id: int
    name: str
    initials: str
    role: str
    color: int
    room_id: int | None
    room: str
    open_spans: tuple[Span, ...]
    booked: int
    free: int
    free_minutes: int
    open_minutes: int


@dataclass(frozen=True, slots=True)
class DayView:
    """A day of the book.

    Attributes:
        starts_min: first UTC minute of the calendar day; ``ends_min`` one past the last
            (23, 24 or 25 hours). A card may begin before or end after it.
        columns: of those who have open hours or a card, and of whoever looks; in their order.
        cards: in order of start, then provider.
        slot_minutes: minutes of one line, as the clinic set it.
        others: id and name of the providers without a column, in the clinic's order; they can be
            booked all the same.
    """

    on: date
    starts_min: int
    ends_min: int
    columns: tuple[ColumnRow, ...]
    cards: tuple[CardRow, ...]
    slot_minutes: int = 15
    others: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WeekView:
    """Seven days from a Monday, for one provider or several."""

    monday: date
    days: tuple[DayView, ...]


@dataclass(frozen=True, slots=True)
class ProviderLoad:
    """How full one provider's day is."""

    provider_id: int
    booked: int
    booked_minutes: int
    open_minutes: int


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One of the first appointments of a day in the month view."""

    appointment_id: int
    starts: datetime
    name: str
    provider_id: int
    look: Look


@dataclass(frozen=True, slots=True)
class DayLoad:
    """One day of the month view.

    Attributes:
        loads: one per provider of the month, in their order.
        first: the first three appointments.
        more: how many there are besides.
    """

    on: date
    loads: tuple[ProviderLoad, ...]
    booked: int
    booked_minutes: int
    open_minutes: int
    first: tuple[AgendaRow, ...]
    more: int


@dataclass(frozen=True, slots=True)
class MonthLoad:
    """The month view.

    Attributes:
        providers: columns without spans and counts, for names and colours.
        days: every day of the month.
    """

    first_on: date
    providers: tuple[ColumnRow, ...]
    days: tuple[DayLoad, ...]


@dataclass(frozen=True, slots=True)
class ListRow:
    """An appointment in a list: list view, day sheet, the patient's appointments.

    Attributes:
        phone: the patient's first phone, "" if none.
        due_minor: what the guarantor owes for this patient.
        visit_id: None before arrival.
    """

    id: int
    version: int
    starts: datetime
    minutes: int
    kind: Kind
    patient_id: int | None
    name: str
    chart_number: str
    born_on: date | None
    phone: str
    type_id: int | None
    type: str
    provider_id: int
    provider: str
    room: str
    booking: Booking
    contact: Contact
    note: str
    cancel_reason: str
    due_minor: int
    visit_id: int | None

    @property
    def look(self) -> Look:
        """The combination of both states."""
        return look_of(self.kind, self.booking, self.contact)


@dataclass(frozen=True, slots=True)
class WaitingCard:
    """Somebody in the clinic now: waiting, in a room, or at the checkout.

    Attributes:
        since_at: when the present state began.
        arrived_at: when they came.
        due_minor: what the guarantor owes for this patient.
        warn_minutes: amber from here; ``late_minutes``: late from here.
    """

    appointment_id: int
    version: int
    patient_id: int
    name: str
    provider_id: int
    provider_initials: str
    color: int
    starts: datetime
    type: str
    room: str
    booking: Booking
    since_at: datetime
    arrived_at: datetime
    due_minor: int
    alert: bool
    warn_minutes: int = 15
    late_minutes: int = 30

    def minutes(self, now: datetime) -> int:
        """Whole minutes in the present state; live, never negative."""
        return max(0, int((now - self.since_at).total_seconds() // 60))

    def total_minutes(self, now: datetime) -> int:
        """Whole minutes since arrival."""
        return max(0, int((now - self.arrived_at).total_seconds() // 60))

    def level(self, now: datetime) -> str:
        """Return ``fine``, ``warn`` or ``late``; only waiting grows late."""
        if self.booking is not Booking.ARRIVED:
            return "fine"
        waited = self.minutes(now)
        if waited >= self.late_minutes:
            return "late"
        return "warn" if waited >= self.warn_minutes else "fine"


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """An opening."""

    provider_id: int
    provider: str
    initials: str
    color: int
    starts: datetime
    fold: int
    minutes: int
    starts_min: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One line of an appointment's history.

    Attributes:
        action: booked, moved, resized, state, contact, cancelled, no_show, restored, patient,
            edited.
        by: who did it.
    """

    at: datetime
    action: str
    booking: Booking
    contact: Contact
    starts: datetime
    minutes: int
    provider: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class TypeRow:
    """An appointment type."""

    id: int
    version: int
    name: str
    minutes: int
    color: int
    position: int
    default_codes: tuple[str, ...]
    archived: bool


@dataclass(frozen=True, slots=True)
class WaitlistRow:
    """A wish for an appointment, urgent first, then oldest."""

    id: int
    version: int
    patient_id: int
    name: str
    phone: str
    type_id: int | None
    type: str
    provider_id: int | None
    provider: str
    wishes: str
    urgent: bool
    since_at: datetime
