# SPDX-License-Identifier: Apache-2.0
"""Pure rules on spans of UTC minutes: what overlaps, what is open, where something fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from clinicdesk.schedule.model.states import Booking, Contact, Kind
from clinicdesk.wording.text import N_


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A span of UTC minutes.

    Attributes:
        from_min: first minute.
        to_min: one past the last.
        kind: ``work``, ``break`` or ``closed``.
    """

    from_min: int
    to_min: int
    kind: str = "work"


@dataclass(frozen=True, slots=True)
class Busy:
    """A span that something takes.

    Attributes:
        owner: provider or room id.
        overbook: True for one that may lie beside others.
        place: tells equal spans apart.
    """

    from_min: int
    to_min: int
    owner: int = 0
    overbook: bool = False
    place: int = -1


class Look(StrEnum):
    """What the glyph shows: booking and contact state together."""

    BOOKED = "booked"
    MESSAGE = "message"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_ROOM = "in_room"
    CHECKOUT = "checkout"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    BLOCK = "block"


_CONTACT_LOOKS = {
    Contact.UNCONFIRMED: Look.BOOKED,
    Contact.MESSAGE: Look.MESSAGE,
    Contact.CONFIRMED: Look.CONFIRMED,
}
_BOOKING_LOOKS = {booking: Look(booking.value) for booking in Booking}


def look_of(kind: Kind, booking: Booking, contact: Contact) -> Look:
    """Return the look of a card; the contact state counts only until arrival."""
    if booking is Booking.BOOKED:
        return Look.BLOCK if kind is Kind.BLOCK else _CONTACT_LOOKS[contact]
    return _BOOKING_LOOKS[booking]


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to know before and after booking; it refuses nothing.

    Attributes:
        kind: ``outside_hours``, ``inactive``, ``deceased``, ``elsewhere`` (at that very time),
            ``same_day`` (at another time of the day) or ``past``.
        wording: English sentence with places, marked for translation.
        fields: values for those places.
    """

    kind: str
    wording: str
    fields: Any = field(default_factory=lambda: MappingProxyType({}))


_CAUTIONS = {
    "outside_hours": N_("This is outside {provider}'s hours."),
    "inactive": N_("{patient} is marked as inactive."),
    "deceased": N_("{patient} is recorded as deceased."),
    "elsewhere": N_("{patient} already has an appointment with {provider} at {starts}."),
    "same_day": N_("{patient} also comes to {provider} that day, at {starts}."),
    "past": N_("This time has already passed."),
}


def cautions_of(kinds: Iterable[tuple[str, dict[str, object]]]) -> tuple[Caution, ...]:
    """Return cautions by kind, each with its sentence."""
    return tuple(Caution(kind, _CAUTIONS[kind], fields) for kind, fields in kinds)


def overlapping(spans: Iterable[Busy]) -> Iterator[tuple[Busy, Busy]]:
    """Yield each pair of one owner that overlaps though neither is overbooked."""
    by_owner: dict[int, list[Busy]] = {}
    for span in sorted(spans, key=lambda s: (s.owner, s.from_min, s.to_min)):
        open_ones = [s for s in by_owner.get(span.owner, ()) if s.to_min > span.from_min]
        for other in open_ones:
            if not (other.overbook or span.overbook):
                yield other, span
        by_owner[span.owner] = [*open_ones, span]


def beside(taken: Iterable[Busy], new: Sequence[Busy]) -> Iterator[Busy]:
    """Yield the new spans to be flagged so that no unflagged pair of one owner overlaps.

    What is taken already keeps its place; of new ones the earlier start does.
    """
    kept: dict[int, list[Busy]] = {}
    for span in sorted(taken, key=lambda s: s.from_min):
        kept.setdefault(span.owner, []).append(span)
    starts = {owner: [s.from_min for s in spans] for owner, spans in kept.items()}
    ends = {
        owner: list(accumulate((s.to_min for s in spans), max)) for owner, spans in kept.items()
    }
    until: dict[int, int] = {}
    for span in sorted(new, key=lambda s: (s.from_min, s.place)):
        before = bisect_left(starts.get(span.owner, ()), span.to_min)
        if (before and ends[span.owner][before - 1] > span.from_min) or span.from_min < until.get(
            span.owner, span.from_min
        ):
            yield span
        elif not span.overbook:
            until[span.owner] = span.to_min


def free_spans(hours: Sequence[Span], busy: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what is left of the working hours once breaks and busy spans are taken out."""
    taken = sorted([*busy, *((s.from_min, s.to_min) for s in hours if s.kind != "work")])
    return left_of(sorted((s.from_min, s.to_min) for s in hours if s.kind == "work"), taken)


def left_of(
    spans: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return what is left of spans; both are in order of start."""
    left: list[tuple[int, int]] = []
    past = 0  # what had ended when a span began had ended when the next one begins
    for start, end in spans:
        at = start
        while past < len(taken) and taken[past][1] <= at:
            past += 1
        for busy_from, busy_to in taken[past:]:
            if busy_to <= at:
                continue
            if busy_from >= end:
                break
            if busy_from > at:
                left.append((at, busy_from))
            at = busy_to
        if at < end:
            left.append((at, end))
    return left


def uncovered(start: int, end: int, hours: Sequence[Span]) -> bool:
    """Tell whether any minute of a span lies outside the working hours."""
    need = [(start, end)]
    for free_from, free_to in free_spans(hours, ()):
        need = [
            part
            for at, to in need
            for part in ((at, min(to, free_from)), (max(at, free_to), to))
            if part[0] < part[1]
        ]
    return bool(need)


def booked_minutes(hours: Sequence[Span], busy: Iterable[tuple[int, int]]) -> int:
    """Return how many working minutes the busy spans take, each counted once."""
    whole = sum(to - at for at, to in free_spans(hours, ()))
    return whole - sum(to - at for at, to in free_spans(hours, busy))


def count_free(left: Iterable[tuple[int, int]], minutes: int) -> int:
    """Return how many slots of a length fit, one after the other."""
    return sum((to - at) // minutes for at, to in left)


def next_starts(
    left: Sequence[tuple[int, int]], minutes: int, grid: int, after: int, count: int
) -> list[int]:
    """Return up to ``count`` starts where a length fits, on a grid within each free span.

    A span begins a new grid, so that 09:10 is offered after a visit that ended at 09:10, and
    every later start stands ``grid`` minutes on.
    """
    starts: list[int] = []
    for at, to in left[bisect_left(left, after, key=lambda span: span[1]) :]:
        start = at if at >= after else at + -(-(after - at) // grid) * grid
        while start + minutes <= to:
            starts.append(start)
            if len(starts) == count:
                return starts
            start += grid
    return starts
