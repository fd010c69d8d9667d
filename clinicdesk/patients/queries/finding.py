# SPDX-License-Identifier: Apache-2.0
"""Finding patients by whatever is typed; likely duplicates with reasons.

Exact paths first: trigrams for words and digits of three letters or more, prefixes for shorter
ones. Only when nothing is found are typos considered (performance.md §6.4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.folding import digits, fold
from clinicdesk.patients.model import Demographics
from clinicdesk.patients.tables import contact, patient
from clinicdesk.storage.dialect import find_search_text
from clinicdesk.storage.records import Reading
from clinicdesk.wording.text import N_

_CANDIDATES = 400
_DATE = re.compile(r"^\s*(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{1,4})\s*$")
_ALIKE = 78  # rapidfuzz ratio from which two names count as similar


@dataclass(frozen=True, slots=True)
class PatientHit:
    """A patient in a list of hits; two identifiers besides the name."""

    id: int
    name: str
    chart_number: str
    born_on: date | None
    phone: str
    status: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A record that may be the same person, with reasons marked for translation."""

    hit: PatientHit
    reasons: tuple[str, ...]


def find(reading: Reading, typed: str, limit: int) -> tuple[PatientHit, ...]:
    """Return patients whom the text may mean, the likeliest first."""
    days = _dates(typed)
    if days:
        found = _rows(reading, patient.c.born_on.in_(days), limit)
        if found:
            return _hits(reading, found)
    terms = _terms(typed)
    if not terms:
        return ()
    rows = _exact(reading, terms)
    if not rows:
        rows = _similar(reading, terms)
        return _hits(reading, rows[:limit])
    rows.sort(key=lambda row: (_band(row, terms), row.sort_name, row.id))
    return _hits(reading, rows[:limit])


def recent(reading: Reading, ids: Sequence[int]) -> tuple[PatientHit, ...]:
    """Return patients by id, in the order given."""
    rows = {row.id: row for row in _rows(reading, patient.c.id.in_(ids), len(ids))}
    return _hits(reading, [rows[number] for number in ids if number in rows])


def duplicates(
    reading: Reading, who: Demographics, phones: Sequence[str], limit: int = 5
) -> tuple[Duplicate, ...]:
    """Return records that may be the same person as one being typed."""
    name = f"{fold(who.given_name)} {fold(who.family_name)}".strip()
    if not name:
        return ()
    candidates: dict[int, Any] = {}
    if who.born_on is not None:
        for row in _rows(reading, patient.c.born_on == who.born_on, _CANDIDATES):
            candidates[row.id] = row
    numbers = [digits(phone) for phone in phones if len(digits(phone)) >= 6]
    same_phone: set[int] = set()
    if numbers:
        same_phone = set(
            reading.execute(
                sa.select(contact.c.patient_id).where(contact.c.folded.in_(numbers))
            ).scalars()
        )
        for row in _rows(reading, patient.c.id.in_(same_phone), _CANDIDATES):
            candidates[row.id] = row
    for row in _rows(reading, patient.c.sort_name == who.sort_name, 50):
        candidates[row.id] = row
    found = []
    for row in candidates.values():
        likeness, reasons = _likeness(row, name, who, is_same_phone=row.id in same_phone)
        if len(reasons) >= 2 or name == _spoken(row):
            found.append((len(reasons), likeness, row, reasons))
    found.sort(key=lambda item: (-item[0], -item[1], item[2].id))
    hits = {hit.id: hit for hit in _hits(reading, [item[2] for item in found[:limit]])}
    return tuple(Duplicate(hits[item[2].id], tuple(item[3])) for item in found[:limit])


def _spoken(row: Any) -> str:
    return f"{fold(row.given_name)} {fold(row.family_name)}".strip()


def _likeness(
    row: Any, name: str, who: Demographics, *, is_same_phone: bool
) -> tuple[float, list[str]]:
    from rapidfuzz import fuzz

    swapped = f"{fold(row.family_name)} {fold(row.given_name)}".strip()
    likeness = max(fuzz.ratio(name, _spoken(row)), fuzz.ratio(name, swapped) - 1)
    reasons = []
    if name == _spoken(row):
        reasons.append(N_("same name"))
    elif name == swapped:
        reasons.append(N_("names swapped"))
    elif likeness >= _ALIKE:
        reasons.append(N_("similar name"))
    if who.born_on is not None and row.born_on == who.born_on:
        reasons.append(N_("same date of birth"))
    if is_same_phone:
        reasons.append(N_("same phone"))
    return likeness, reasons


def _terms(typed: str) -> list[str]:
    number = digits(typed)
    if number and not any(c.isalpha() for c in typed):
        return [number.lstrip("0") or number]  # a trunk zero is not in +44 ....
    return fold(typed).split()


def _dates(typed: str) -> list[date]:
    match = _DATE.match(typed)
    if not match:
        return []
    one, two, three = (int(part) for part in match.groups())
    orders = [(one, two, three), (three, two, one), (three, one, two)]
    days = []
    for year, month, day in orders:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return [day for day in days if day.year > 1850]


def _exact(reading: Reading, terms: list[str]) -> list[Any]:
    long = [term for term in terms if len(term) >= 3]
    short = [term for term in terms if len(term) < 3]
    conditions: list[sa.ColumnElement[bool]] = [
        sa.or_(
            patient.c.folded_name.startswith(term, autoescape=True),
            patient.c.folded_name.contains(f" {term}", autoescape=True),
            patient.c.chart_number == term,
        )
        for term in short
    ]
    if long:
        ids = find_search_text(reading.connection, long, _CANDIDATES)
        if not ids:
            return []
        conditions.append(patient.c.id.in_(ids))
    elif len(terms) == 1:  # one short prefix: the index on sort_name serves it
        conditions = [
            sa.or_(
                patient.c.sort_name.startswith(terms[0], autoescape=True),
                patient.c.chart_number == terms[0],
            )
        ]
    return _rows(reading, sa.and_(*conditions), _CANDIDATES)


def _similar(reading: Reading, terms: list[str]) -> list[Any]:
    from rapidfuzz import fuzz

    words = [term for term in terms if term.isalpha() and len(term) >= 3]
    if not words:
        return []
    grams = sorted({word[i : i + 3] for word in words for i in range(len(word) - 2)})
    ids = find_search_text(reading.connection, grams, 120, every=False)
    if not ids:
        return []
    scored = []
    for row in _rows(reading, patient.c.id.in_(ids), len(ids)):
        names = row.folded_name.split()
        score = min(max(fuzz.ratio(word, name) for name in names) for word in words)
        if score >= _ALIKE - 8:
            scored.append((-score, row.sort_name, row.id, row))
    return [item[3] for item in sorted(scored, key=lambda item: item[:3])]


def _band(row: Any, terms: list[str]) -> int:
    """Return 0 for the exact name, then prefix, word prefixes, anywhere."""
    whole = " ".join(terms)
    if whole in {row.sort_name, " ".join(reversed(row.sort_name.split()))}:
        return 0
    if row.chart_number.casefold() == whole:
        return 0
    if row.sort_name.startswith(whole):
        return 1
    names = row.folded_name.split()
    if all(any(name.startswith(term) for name in names) for term in terms):
        return 2
    return 3


def _rows(reading: Reading, condition: sa.ColumnElement[bool], limit: int) -> list[Any]:
    return list(
        reading.execute(
            sa.select(
                patient.c.id,
                patient.c.family_name,
                patient.c.given_name,
                patient.c.chart_number,
                patient.c.born_on,
                patient.c.status,
                patient.c.folded_name,
                patient.c.sort_name,
            )
            .where(condition, patient.c.survivor_id.is_(None))
            .order_by(patient.c.sort_name, patient.c.id)
            .limit(limit)
        )
    )


def _hits(reading: Reading, rows: Sequence[Any]) -> tuple[PatientHit, ...]:
    phones: dict[int, str] = {}
    if rows:
        for row in reading.execute(
            sa.select(contact.c.patient_id, contact.c.value)
            .where(
                contact.c.patient_id.in_([row.id for row in rows]),
                contact.c.kind.in_(("mobile", "phone")),
                contact.c.archived.is_(False),
            )
            .order_by(contact.c.rank.desc())
        ):
            phones[row.patient_id] = row.value
    return tuple(
        PatientHit(
            row.id,
            ", ".join(part for part in (row.family_name, row.given_name) if part),
            row.chart_number,
            row.born_on,
            phones.get(row.id, ""),
            row.status,
        )
        for row in rows
    )
