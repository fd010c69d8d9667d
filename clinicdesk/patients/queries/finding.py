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
from clinicdesk.patients.queries import ranking
from clinicdesk.patients.tables import patient
from clinicdesk.storage.dialect import search_asked
from clinicdesk.storage.records import Reading

_LONG_WORD = 5  # letters
_ALIKE = 70  # rapidfuzz ratio from which a word counts as a misspelt name
SUBSCRIBER = 9  # digits that stay when a country or trunk prefix is written differently
_LOCAL = 5  # digits, the shortest number that is asked for without its country code
# The digits that tell the country, of one, two or three (ITU-T E.164).
_COUNTRY = re.compile(r"[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{1,3}")
_DATE = re.compile(r"(?<!\d)(\d{1,4})([./\-])(\d{1,2})\2(\d{1,4})(?!\d)")


@dataclass(frozen=True, slots=True)
class PatientHit:
    """A patient in a list of hits; two identifiers besides the name.

    Attributes:
        owed_minor: what the family owes, where the list was asked for it.
    """

    id: int
    name: str
    chart_number: str
    born_on: date | None
    phone: str
    status: str
    owed_minor: int = 0


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
        abroad: whether it was typed with a country code, as +44 or 0044.
        initials: single letters, too short for trigrams.
    """

    days: tuple[date, ...]
    words: tuple[str, ...]
    number: str
    initials: tuple[str, ...]
    abroad: bool = False


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
    abroad = False
    for part in typed.split():
        if "@" in part:
            words.append(part.casefold())
            continue
        bare = digits(part)
        if bare and not any(c.isalpha() for c in part):
            abroad = abroad or (not number and part.startswith(("+", "(+")))
            number += bare
            continue
        for word in fold(part).split():
            (words if len(word) > 1 else initials).append(word)
    abroad = abroad or number.startswith("00")
    return Wanted(days, tuple(words), number, tuple(initials), abroad)


def find(reading: Reading, typed: str, limit: int) -> tuple[PatientHit, ...]:
    """Return patients whom the text may mean, the likeliest first."""
    wanted = read(typed, reading.today)
    found = _exact(reading, wanted, limit)
    if not found and wanted.days:  # 12-03-1979 was no birthday but the middle of a number
        wanted = Wanted((), tuple(fold(re.sub(r"[\d./\-]", " ", typed)).split()), digits(typed), ())
        found = _exact(reading, wanted, limit)
    return found or _similar(reading, wanted, limit)


def by_ids(reading: Reading, ids: Sequence[int]) -> tuple[PatientHit, ...]:
    """Return patients by id, in the order given, without those merged into another."""
    if not ids:
        return ()
    known = {hit.id: hit for hit in _hits(reading, _BY_IDS, {"ids": list(ids)})}
    return tuple(known[number] for number in ids if number in known)


def browse(
    reading: Reading, limit: int, *, status: str = "", after: tuple[str, int] = ("", 0)
) -> tuple[PatientHit, ...]:
    """Return a page of all patients by name, from past a sort name and id."""
    values = {"name": after[0], "id": after[1], "status": status, "limit": limit}
    return _hits(reading, _PAGE_OF_STATUS if status else _PAGE, values)


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


def _exact(reading: Reading, wanted: Wanted, limit: int) -> tuple[PatientHit, ...]:
    terms = (*wanted.words, *wanted.initials)
    values: dict[str, Any] = {f"w{place}": f" {term}" for place, term in enumerate(terms)}
    values |= {"whole": " ".join(terms), "limit": limit} | _born(wanted)
    initials, days = len(wanted.initials), bool(wanted.days)
    if not wanted.words and not wanted.number:
        if not days:
            if not initials:
                return ()
            values["whole"] = wanted.initials[0]
        return _hits(reading, ranking.by_name(initials=initials, days=days), values)
    asked = _asked(wanted)
    full, none = asked.full is not None, asked.none is not None
    for name, ask in (
        ("asked", asked.first),
        ("exact", asked.full),
        ("inside", asked.none),
        ("typed", asked.typed),
    ):
        if ask is not None:
            values[name] = search_asked(reading.connection, ask)
    statement = ranking.ranked(
        words=len(wanted.words),
        initials=initials,
        days=days,
        number=bool(wanted.number),
        full=full,
        none=none,
        typed=asked.typed is not None,
    )
    return _hits(reading, statement, values | {"number": wanted.number})


_Groups = list[list[str]]  # a piece of every group has to be there


@dataclass(frozen=True, slots=True)
class _Asked:
    """What search texts are asked for.

    Attributes:
        first: one of each of these groups of pieces.
        full: these besides, where more hold the first than can be ranked: the likeliest must be
            among those that are.
        none: these, where nobody holds the first.
        typed: these come before the rest: a number with the very zero that was typed.
    """

    first: _Groups
    full: _Groups | None = None
    none: _Groups | None = None
    typed: _Groups | None = None


def _asked(wanted: Wanted) -> _Asked:
    begun: _Groups = [[f" {word}"] for word in wanted.words]
    number = wanted.number
    if not number:
        inside = [[word] for word in wanted.words] if min(map(len, wanted.words)) > 2 else None
        return _Asked(begun, [[f" {word} "] for word in wanted.words], inside)
    bare = number.lstrip("0") or number  # a trunk zero is not in +44 ...
    whole = [*begun, [f" {number} "]]
    if len(bare) > 2:
        spelt = [bare]
        own = _COUNTRY.sub("", bare, count=1).lstrip("0") if wanted.abroad else ""
        if len(own) >= _LOCAL:
            spelt.append(f"{own} ")  # +44 7700 ... is kept as 07700 ... by many
        end = [*begun, [number[-SUBSCRIBER:]]] if len(number) > SUBSCRIBER else None
        zero = [*begun, [number]] if bare != number else None  # or it was no trunk zero
        return _Asked([*begun, spelt], whole, end, zero)
    if len(number) > 1:
        return _Asked([*begun, [f" {number}"]], whole)
    return _Asked(whole)


def _born(wanted: Wanted) -> dict[str, date]:
    """Return the dates of birth as values; the last repeats, since a statement has them all."""
    return {
        f"d{place}": wanted.days[min(place, len(wanted.days) - 1)]
        for place in range(ranking.DAYS if wanted.days else 0)
    }


def _similar(reading: Reading, wanted: Wanted, limit: int) -> tuple[PatientHit, ...]:
    """Return patients whose names are spelt nearly so.

    First those are looked at who share a piece with each of the words, or its beginning where it
    is too short to be misspelt; then, if none of them will do, those who share a piece with any.
    """
    short = [[f" {word}"] for word in wanted.words if len(word) == 2]
    words = [word for word in wanted.words if len(word) > 2 and "@" not in word]
    pieces = [_grams(word) for word in words]
    if not pieces:
        return ()
    found: list[int] = []
    if len(pieces) + len(short) > 1:
        found = _nearest(reading, wanted, words, [*pieces, *short])
    if not found:
        found = _nearest(reading, wanted, words, [sorted({gram for one in pieces for gram in one})])
    return by_ids(reading, found[:limit])


def _nearest(
    reading: Reading, wanted: Wanted, words: Sequence[str], groups: Sequence[Sequence[str]]
) -> list[int]:
    """Return ids of those nearest to the words, among whose text holds one of every group."""
    from rapidfuzz import fuzz
    from rapidfuzz.process import extract

    values = {"asked": search_asked(reading.connection, groups)} | _born(wanted)
    days = bool(wanted.days)
    rows: Any = reading.execute(ranking.near(nearest=False, days=days), values).fetchall()
    if len(rows) >= ranking.NEAR:
        rows = reading.execute(ranking.near(nearest=True, days=days), values)

    people = [(row, row[1].split()) for row in rows]
    names = {name for _, own in people for name in own}
    near = [
        {
            name: ratio
            for name, ratio, _ in extract(
                word, names, scorer=fuzz.ratio, limit=None, score_cutoff=_ALIKE
            )
        }
        for word in words
    ]
    scored = []
    for row, own in people:
        best = [max(ratios.get(name, 0.0) for name in own) for ratios in near]
        if all(best):
            scored.append((-sum(best), row[2], row[0]))
    return [number for _, _, number in sorted(scored)]


def _grams(word: str) -> list[str]:
    """Return the pieces of a word with its beginning and end marked.

    Four letters are far rarer than three, so a quarter of the time is spent; in a short word a
    single slip would leave none of them whole.
    """
    padded, size = f" {word} ", 4 if len(word) > _LONG_WORD else 3
    return [padded[place : place + size] for place in range(len(padded) - size + 1)]


def people(reading: Reading, condition: sa.ColumnElement[bool], limit: int) -> list[Person]:
    """Return patients that were not merged into another, by name."""
    rows = reading.execute(
        sa.select(*ranking.PERSON, patient.c.folded_name, patient.c.sort_name)
        .where(condition, patient.c.survivor_id.is_(None))
        .order_by(patient.c.sort_name, patient.c.id)
        .limit(limit)
    )
    return [Person(*tuple(row)) for row in rows]


_HERE = sa.select(*ranking.PERSON, patient.c.sort_name).where(patient.c.survivor_id.is_(None))
_BY_IDS = ranking.with_phone(_HERE.where(patient.c.id.in_(sa.bindparam("ids", expanding=True))))
_BY_NAME = (
    _HERE.where(
        sa.tuple_(patient.c.sort_name, patient.c.id)
        > sa.tuple_(
            sa.bindparam("name", type_=sa.Text()), sa.bindparam("id", type_=sa.BigInteger())
        )
    )
    .order_by(patient.c.sort_name, patient.c.id)
    .limit(sa.bindparam("limit", type_=sa.BigInteger()))
)
_PAGE = ranking.with_phone(_BY_NAME, "sort_name", "id")
_PAGE_OF_STATUS = ranking.with_phone(
    _BY_NAME.where(patient.c.status == sa.bindparam("status")), "sort_name", "id"
)


def _hits(
    reading: Reading, statement: sa.Select[Any], values: dict[str, Any]
) -> tuple[PatientHit, ...]:
    rows: Any = reading.execute(statement, values)
    return tuple(
        PatientHit(
            number,
            f"{family}, {given}" if family and given else family or given,
            chart,
            born_on,
            phone or "",
            status,
        )
        for number, family, given, chart, born_on, status, phone in rows
    )
