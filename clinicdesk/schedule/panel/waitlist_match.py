# SPDX-License-Identifier: Apache-2.0
"""Who of the waitlist a free time suits. Pure; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from clinicdesk.kernel.folding import fold
from clinicdesk.schedule.queries import WaitlistRow
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, _

_NOON = 12
_BEFORE_NOON = N_("morning, mornings, am, a.m., before noon")
_AFTER_NOON = N_("afternoon, afternoons, pm, p.m., evening, after work")


@dataclass(frozen=True, slots=True)
class Freed:
    """A time that has become free."""

    provider_id: int
    starts: datetime
    fold: int
    minutes: int


def matches(
    wishes: Iterable[WaitlistRow], freed: Freed, lengths: Mapping[int, int], formats: Formats
) -> tuple[WaitlistRow, ...]:
    """Return whom a time suits, best first.

    Another provider's patients and visits too long for the time are left out. Of the rest those
    whose words ask for another day or half of it come last: words are only a hint. Otherwise the
    list keeps its own order: urgent first, then oldest.
    """
    fitting = [
        wish
        for wish in wishes
        if wish.provider_id in {None, freed.provider_id}
        and (wish.type_id is None or lengths.get(wish.type_id, freed.minutes) <= freed.minutes)
    ]
    return tuple(sorted(fitting, key=lambda wish: not suits(wish.wishes, freed.starts, formats)))


def suits(words: str, starts: datetime, formats: Formats) -> bool:
    """Tell whether a patient's words, as far as they are understood, allow a time."""
    said = set(fold(words).split())
    if not said:
        return True
    days = {
        number
        for number in range(7)
        for width in ("wide", "abbreviated")
        if said & _forms(formats.weekday(number, width))
    }
    if days and starts.weekday() not in days:
        return False
    early, late = _named(said, _(_BEFORE_NOON)), _named(said, _(_AFTER_NOON))
    if early == late:
        return True
    return early == (starts.hour < _NOON)


def _forms(name: str) -> set[str]:
    """Return a day's name, alone and of several: Tuesday, Tuesdays."""
    folded = fold(name)
    return {folded, f"{folded}s"}


def _named(said: set[str], terms: str) -> bool:
    return any(set(fold(term).split()) <= said for term in terms.split(",") if fold(term))
