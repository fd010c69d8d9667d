# SPDX-License-Identifier: Apache-2.0
"""Likely duplicates of a person being typed, each with its reasons.

Candidates come from four indexes (birth date, phone, name, name the other way round); only they
are compared, so that forty thousand patients cost no more than four hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinicdesk.kernel.folding import digits, fold
from clinicdesk.patients.model import Demographics
from clinicdesk.patients.queries.finding import SUBSCRIBER, PatientHit, Person, by_ids, people
from clinicdesk.patients.tables import patient
from clinicdesk.storage.dialect import find_search_text
from clinicdesk.storage.records import Reading
from clinicdesk.wording.text import N_

_CANDIDATES = 400
_ALIKE = 78  # rapidfuzz ratio from which two whole names count as similar
_WHOLE_PHONE = 6  # digits
_WEIGHTS = {
    N_("same name"): 40,
    N_("names swapped"): 40,
    N_("similar name"): 25,
    N_("same date of birth"): 35,
    N_("day and month of birth swapped"): 25,
    N_("same phone"): 25,
}
_ENOUGH = 40


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record that may be the same person, with reasons marked for translation."""

    hit: PatientHit
    reasons: tuple[str, ...]


def duplicates(
    reading: Reading, who: Demographics, phones: Sequence[str], limit: int = 5, but: int = 0
) -> tuple[Duplicate, ...]:
    """Return records that may be the same person as one being typed, the likeliest first.

    Args:
        reading: where to look.
        who: as typed so far.
        phones: as typed so far.
        limit: how many at most.
        but: the record being edited, never its own duplicate.
    """
    name = f"{fold(who.given_name)} {fold(who.family_name)}".strip()
    if not name:
        return ()
    same_phone = _with_phone(reading, phones)
    days = [day for day in (who.born_on, _turned(who.born_on)) if day is not None]
    candidates: dict[int, Person] = {}
    for condition in (
        patient.c.born_on.in_(days) if days else None,
        patient.c.id.in_(same_phone) if same_phone else None,
        patient.c.sort_name.in_({who.sort_name, name}),
    ):
        if condition is not None:
            candidates.update({row.id: row for row in people(reading, condition, _CANDIDATES)})
    candidates.pop(but, None)
    found = []
    for row in candidates.values():
        reasons = _reasons(row, name, who, is_same_phone=row.id in same_phone)
        weight = sum(_WEIGHTS[reason] for reason in reasons)
        if weight >= _ENOUGH:
            found.append((-weight, row.id, row, tuple(reasons)))
    found.sort(key=lambda item: item[:2])
    shown = by_ids(reading, [item[2].id for item in found[:limit]])
    return tuple(Duplicate(hit, item[3]) for hit, item in zip(shown, found, strict=False))


def _reasons(row: Person, name: str, who: Demographics, *, is_same_phone: bool) -> list[str]:
    """Return why a record may be the same; nothing unless the names are near each other."""
    from rapidfuzz import fuzz

    swapped = row.sort_name
    if name == row.spoken:
        reasons = [N_("same name")]
    elif name == swapped:
        reasons = [N_("names swapped")]
    elif max(fuzz.ratio(name, row.spoken), fuzz.ratio(name, swapped)) >= _ALIKE or (
        not who.given_name.strip() and row.sort_name.startswith(f"{who.sort_name} ")
    ):
        reasons = [N_("similar name")]
    else:
        return []
    if who.born_on is not None and row.born_on == who.born_on:
        reasons.append(N_("same date of birth"))
    elif row.born_on is not None and row.born_on == _turned(who.born_on):
        reasons.append(N_("day and month of birth swapped"))
    if is_same_phone:
        reasons.append(N_("same phone"))
    return reasons


def _with_phone(reading: Reading, phones: Sequence[str]) -> set[int]:
    """Return whose phone it is, whatever country or trunk prefix it was written with."""
    found: set[int] = set()
    for phone in phones:
        number = digits(phone)
        if len(number) >= _WHOLE_PHONE:
            end = number[-SUBSCRIBER:]
            found.update(find_search_text(reading.connection, [f"{end} "], _CANDIDATES))
    return found


def _turned(day: date | None) -> date | None:
    """Return a date with day and month exchanged, if there is such another."""
    if day is None or day.day > 12 or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)
