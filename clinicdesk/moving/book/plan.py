# SPDX-License-Identifier: Apache-2.0
"""What an exported appointment book means for ours. Pure."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clinicdesk.exchange.appointments import BookAppointment, BookSlot
from clinicdesk.schedule.model import Booking
from clinicdesk.wording.text import N_

# The file's word for a state, and ours. Nobody recorded how an "unknown" one ended, so it stays
# booked: neither a visit nor a no-show is claimed.
STATES = {
    "attended": Booking.DONE,
    "cancelled": Booking.CANCELLED,
    "did not attend": Booking.NO_SHOW,
    "scheduled": Booking.BOOKED,
    "unknown": Booking.BOOKED,
}
STATE_UNKNOWN = N_("has the unknown state {value}")
STATE_MAPPED = N_("the state {value} is put into our words")
NO_PATIENT = N_("names a patient who is not in the file: {value}")
NO_OUTCOME = "unknown"
FALLBACK_MINUTES = 20

# Titles and degrees that stand beside a name.
_BEFORE = frozenset({"mr.", "mrs.", "ms.", "miss", "dr.", "mx."})
_AFTER = frozenset({"md", "dds", "dvm", "phd", "jr.", "sr.", "ii", "iii", "iv", "v"})


@dataclass(frozen=True, slots=True)
class PersonName:
    """A full name taken apart."""

    prefix: str
    given: str
    family: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Run:
    """Slots of one provider that follow each other without a gap."""

    provider: str
    starts: datetime
    minutes: int


def parted(name: str) -> PersonName:
    """Take a full name apart; the last word is the family name."""
    words = name.split()
    prefix = words.pop(0) if len(words) > 1 and words[0].lower() in _BEFORE else ""
    suffix = words.pop() if len(words) > 1 and words[-1].lower() in _AFTER else ""
    family = words.pop() if words else ""
    return PersonName(prefix, " ".join(words), family, suffix)


def slot_minutes(slots: Sequence[BookSlot]) -> dict[str, int]:
    """Return each provider's slot length: the shortest step between two slots of a day."""
    days: defaultdict[tuple[str, date], list[datetime]] = defaultdict(list)
    for slot in slots:
        days[slot.provider, slot.starts.date()].append(slot.starts)
    shortest: dict[str, int] = {}
    for (provider, _), starts in days.items():
        starts.sort()
        for one, two in itertools.pairwise(starts):
            step = int((two - one).total_seconds() // 60)
            if step > 0:
                shortest[provider] = min(step, shortest.get(provider, step))
    return shortest


def runs(slots: Iterable[BookSlot], minutes: dict[str, int]) -> Iterator[Run]:
    """Yield the stretches in which slots follow each other: the shifts of the roster."""
    days: defaultdict[tuple[str, date], list[datetime]] = defaultdict(list)
    for slot in slots:
        days[slot.provider, slot.starts.date()].append(slot.starts)
    for (provider, _), starts in sorted(days.items()):
        step = timedelta(minutes=minutes.get(provider, FALLBACK_MINUTES))
        ordered = sorted(set(starts))
        first = end = ordered[0]
        for start in ordered:
            if start > end:
                yield _run(provider, first, end)
                first = start
            end = max(end, start + step)
        yield _run(provider, first, end)


def in_order(book: Iterable[BookAppointment]) -> list[BookAppointment]:
    """Return the appointments by start, provider and number."""
    return sorted(book, key=lambda one: (one.starts, one.provider, one.id))


def _run(provider: str, first: datetime, end: datetime) -> Run:
    return Run(provider, first, int((end - first).total_seconds() // 60))
