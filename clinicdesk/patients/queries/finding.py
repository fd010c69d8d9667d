# SPDX-License-Identifier: Apache-2.0
"""Finding patients by whatever is typed.

Each patient's search text is padded with blanks, so that trigrams tell whole words (`` ann ``)
from beginnings (`` ann``) and from the middle of a word. Beginnings are asked first, the
middle of words when nothing begins so, typos when nothing else is found
(performance.md §6.4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.folding import digits, fold
from clinicdesk.patients.tables import contact, patient
from clinicdesk.storage.dialect import find_search_text
from clinicdesk.storage.records import Reading

_CANDIDATES = 200
_NEAREST = 80  # looked at for typos
_LONG_WORD = 5  # letters
_ALIKE = 70  # rapidfuzz ratio from which a word counts as a misspelt name
SUBSCRIBER = 9  # digits that stay when a country or trunk prefix is written differently
_DATE = re.compile(r"(?<!\d)(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})(?!\d)")


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
class Person:
    """What finding and comparing need to know of a patient."""

    id: int
    family_name: str
    given_name: str
    chart_number: str
    born_on: date | None
    status: str
    folded_name: str
    sort_name: str

    @property
    def spoken(self) -> str:
        """Given name first, folded."""
        return f"{fold(self.given_name)} {fold(self.family_name)}".strip()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a typed text asks for.

    Attributes:
        days: dates of birth it may mean; any of them is right.
        words: folded names, chart numbers and e-mail addresses.
        number: digits of a phone, "" without one.
        initials: single letters, too short for trigrams.
    """

    days: tuple[date, ...]
    words: tuple[str, ...]
    number: str
    initials: tuple[str, ...]


def read(typed: str, today: date) -> Wanted:
    """Tell the parts of a typed text apart: date of birth, number, words."""
    days: tuple[date, ...] = ()
    match = _DATE.search(typed)
    if match:
        days = tuple(_days((match[1], match[3], match[4]), today))
        if days:
            typed = f"{typed[: match.start()]} {typed[match.end() :]}"
    words: list[str] = []
    initials: list[str] = []
    number = ""
    for part in typed.split():
        if "@" in part:
            words.append(part.casefold())
            continue
        bare = digits(part)
        if bare and not any(c.isalpha() for c in part):
            number += bare
            continue
        for word in fold(part).split():
            (words if len(word) > 1 else initials).append(word)
    return Wanted(days, tuple(words), number, tuple(initials))


def find(reading: Reading, typed: str, limit: int) -> tuple[PatientHit, ...]:
    """Return patients whom the text may mean, the likeliest first."""
    wanted = read(typed, reading.today)
    rows = _exact(reading, wanted, limit)
    if not rows and wanted.days:  # 12-03-1979 was no birthday but the middle of a number
        wanted = Wanted((), tuple(fold(re.sub(r"[\d./\-]", " ", typed)).split()), digits(typed), ())
        rows = _exact(reading, wanted, limit)
    if not rows:
        rows = _similar(reading, wanted)
    return hits(reading, rows[:limit])


def recent(reading: Reading, ids: Sequence[int]) -> tuple[PatientHit, ...]:
    """Return patients by id, in the order given."""
    rows = {row.id: row for row in people(reading, patient.c.id.in_(ids), len(ids))}
    return hits(reading, [rows[number] for number in ids if number in rows])


def browse(
    reading: Reading, limit: int, *, status: str = "", after: tuple[str, int] = ("", 0)
) -> tuple[PatientHit, ...]:
    """Return a page of all patients by name, from past a sort name and id."""
    condition = sa.or_(
        patient.c.sort_name > after[0],
        sa.and_(patient.c.sort_name == after[0], patient.c.id > after[1]),
    )
    if status:
        condition = sa.and_(condition, patient.c.status == status)
    return hits(reading, people(reading, condition, limit))


def _days(parts: tuple[str, str, str], today: date) -> list[date]:
    orders = ((0, 1, 2), (2, 1, 0), (2, 0, 1))
    found = []
    for year_at, month_at, day_at in orders:
        typed = parts[year_at]
        years = [int(typed)]
        if len(typed) == 2:
            years = [int(typed) + 1900, int(typed) + 2000]
        elif len(typed) != 4:
            continue
        for year in years:
            try:
                day = date(year, int(parts[month_at]), int(parts[day_at]))
            except ValueError:
                continue
            if day <= today and day not in found:
                found.append(day)
    return found


def _exact(reading: Reading, wanted: Wanted, limit: int) -> list[Person]:
    terms = [*wanted.words, *wanted.initials]
    whole = " ".join(terms)
    extra: list[sa.ColumnElement[bool]] = [
        sa.or_(
            patient.c.folded_name.startswith(letter, autoescape=True),
            patient.c.folded_name.contains(f" {letter}", autoescape=True),
        )
        for letter in wanted.initials
    ]
    if wanted.days:
        extra.append(patient.c.born_on.in_(wanted.days))
    if not wanted.words and not wanted.number:
        return _without_words(reading, wanted, extra)
    found: dict[int, Person] = {}
    begun = [f" {word}" for word in wanted.words]
    if wanted.number:
        _take_numbered(reading, wanted.number, begun, extra, found)
    elif _take(reading, begun, extra, found):
        # Too many begin like this to look at all: the likeliest must be among those looked at.
        _take(reading, [f" {word} " for word in wanted.words], extra, found)
        begins = patient.c.sort_name.startswith(whole, autoescape=True)
        found.update({row.id: row for row in people(reading, sa.and_(begins, *extra), limit)})
    if not found and not wanted.number and min(map(len, wanted.words)) > 2:
        _take(reading, list(wanted.words), extra, found)
    return sorted(
        found.values(), key=lambda row: (_band(row, terms, wanted.number), row.sort_name, row.id)
    )


def _take(
    reading: Reading,
    asked: list[str],
    extra: list[sa.ColumnElement[bool]],
    found: dict[int, Person],
) -> bool:
    """Add whom the search text finds to what was found; tell whether there may be more."""
    ids = find_search_text(reading.connection, asked, _CANDIDATES)
    fresh = [number for number in ids if number not in found]
    if fresh:
        rows = (
            _by_ids(reading, fresh)
            if not extra
            else people(reading, sa.and_(patient.c.id.in_(fresh), *extra), _CANDIDATES)
        )
        found.update({row.id: row for row in rows})
    return len(ids) == _CANDIDATES


def _take_numbered(
    reading: Reading,
    number: str,
    begun: list[str],
    extra: list[sa.ColumnElement[bool]],
    found: dict[int, Person],
) -> None:
    """Add whose chart number, phone or birth date the digits are."""
    bare = number.lstrip("0") or number  # a trunk zero is not in +44 ...
    if len(bare) > 2:
        if _take(reading, [*begun, bare], extra, found):
            _take(reading, [*begun, f" {number} "], extra, found)
        if not found and len(number) > SUBSCRIBER:  # +44 7700 ... kept as 07700 ...
            _take(reading, [*begun, number[-SUBSCRIBER:]], extra, found)
        return
    _take(reading, [*begun, f" {number} "], extra, found)
    if len(number) > 1:
        _take(reading, [*begun, f" {number}"], extra, found)


def _without_words(
    reading: Reading, wanted: Wanted, extra: list[sa.ColumnElement[bool]]
) -> list[Person]:
    if not extra:
        return []
    if not wanted.days:  # one letter: the index on the sort name serves it
        extra = [patient.c.sort_name.startswith(wanted.initials[0], autoescape=True), *extra[1:]]
    return people(reading, sa.and_(*extra), _CANDIDATES)


def _similar(reading: Reading, wanted: Wanted) -> list[Person]:
    from rapidfuzz import fuzz

    words = [word for word in wanted.words if len(word) > 2 and "@" not in word]
    if not words:
        return []
    grams = sorted({gram for word in words for gram in _grams(word)})
    ids = find_search_text(reading.connection, grams, _NEAREST, every=False)
    if not ids:
        return []
    condition: sa.ColumnElement[bool] = patient.c.id.in_(ids)
    if wanted.days:
        condition = sa.and_(condition, patient.c.born_on.in_(wanted.days))
    scored = []
    for row in people(reading, condition, len(ids)):
        names = row.folded_name.split()
        likeness = [max(fuzz.ratio(word, name) for name in names) for word in words]
        if min(likeness) >= _ALIKE:
            scored.append((-sum(likeness), row.sort_name, row.id, row))
    return [item[3] for item in sorted(scored, key=lambda item: item[:3])]


def _grams(word: str) -> list[str]:
    """Return the pieces of a word with its beginning and end marked.

    Four letters are far rarer than three, so a quarter of the time is spent; in a short word a
    single slip would leave none of them whole.
    """
    padded, size = f" {word} ", 4 if len(word) > _LONG_WORD else 3
    return [padded[place : place + size] for place in range(len(padded) - size + 1)]


def _band(row: Person, terms: list[str], number: str) -> int:
    """Return 0 for the exact name or chart number, then beginnings, then anywhere."""
    whole = " ".join(terms)
    if number and row.chart_number == number:
        return 0
    if not whole:
        return 5
    if whole in {row.sort_name, row.spoken} or row.chart_number.casefold() == whole:
        return 0
    if row.sort_name.startswith(f"{whole} "):
        return 1
    if row.sort_name.startswith(whole):
        return 2
    if row.spoken.startswith(whole):
        return 3
    names = row.folded_name.split()
    if all(any(name.startswith(term) for name in names) for term in terms):
        return 4
    return 5


_PERSON = (
    patient.c.id,
    patient.c.family_name,
    patient.c.given_name,
    patient.c.chart_number,
    patient.c.born_on,
    patient.c.status,
    patient.c.folded_name,
    patient.c.sort_name,
)


def people(reading: Reading, condition: sa.ColumnElement[bool], limit: int) -> list[Person]:
    """Return patients that were not merged into another, by name."""
    rows = reading.execute(
        sa.select(*_PERSON)
        .where(condition, patient.c.survivor_id.is_(None))
        .order_by(patient.c.sort_name, patient.c.id)
        .limit(limit)
    )
    return [Person(*tuple(row)) for row in rows]


# Told once: building them at every keystroke costs more than running them.
_BY_IDS = (
    sa.select(*_PERSON)
    .where(patient.c.id.in_(sa.bindparam("ids", expanding=True)), patient.c.survivor_id.is_(None))
    .order_by(patient.c.sort_name, patient.c.id)
)
_PHONES = (
    sa.select(contact.c.patient_id, contact.c.value)
    .where(
        contact.c.patient_id.in_(sa.bindparam("ids", expanding=True)),
        contact.c.kind.in_(("mobile", "phone")),
        contact.c.archived == sa.literal_column("0"),
    )
    .order_by(contact.c.rank.desc())
)


def _by_ids(reading: Reading, ids: Sequence[int]) -> list[Person]:
    rows: Any = reading.execute(_BY_IDS, {"ids": list(ids)}).fetchall()
    return [Person(*row) for row in rows]


def hits(reading: Reading, rows: Sequence[Person]) -> tuple[PatientHit, ...]:
    """Return rows as hits, with the first phone of each."""
    known: Any = reading.execute(_PHONES, {"ids": [row.id for row in rows]}) if rows else ()
    phones: dict[int, str] = {patient_id: value for patient_id, value in known}  # noqa: C416 -- rows are no pairs to dict()
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
