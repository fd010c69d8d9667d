# SPDX-License-Identifier: Apache-2.0
"""The statements of finding: whoever the search text may mean, ranked where they are kept.

One statement looks, ranks and fetches: ranking two hundred people in Python took longer than all
the rest of a keystroke. Each shape (how many words, initials, ...) is built once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from clinicdesk.patients.tables import contact, patient
from clinicdesk.storage.dialect import (
    Begins,
    NobodyAsked,
    SearchTextHolds,
    SearchTextLikeness,
    Within,
)
from clinicdesk.storage.schema import Day

CANDIDATES = 200  # ranked at most
NEAR = 200  # looked at for typos, if no more share a piece; else the nearest of them
DAYS = 6  # a typed date of birth means no more: three orders, two centuries
_FIRST_OF_A_NAME = 20  # of those whose name begins as typed, if more begin so than are ranked
_NEAREST = 80

_search = sa.table("patient_search", sa.column("rowid", sa.BigInteger), sa.column("body", sa.Text))
_whole = sa.bindparam("whole", type_=sa.Text())
_limit: sa.BindParameter[int] = sa.bindparam("limit", type_=sa.BigInteger())
_blank = sa.literal_column("' '", sa.Text)

_PHONE_KINDS = [sa.literal_column(f"'{kind}'", sa.Text) for kind in ("mobile", "phone")]

PERSON = (
    patient.c.id,
    patient.c.family_name,
    patient.c.given_name,
    patient.c.chart_number,
    patient.c.born_on,
    patient.c.status,
)


def with_phone(people: sa.Select[Any], *order: str) -> sa.Select[Any]:
    """Return few people, chosen by a statement, with the first phone of each as last column."""
    chosen = people.subquery("chosen")
    phone = (
        sa.select(contact.c.value)
        .where(
            contact.c.patient_id == chosen.c.id,
            contact.c.kind.in_(_PHONE_KINDS),
            contact.c.archived == sa.literal_column("0"),
        )
        .order_by(contact.c.rank, contact.c.id)
        .limit(_literal(1))
        .scalar_subquery()
    )
    columns = [chosen.c[column.name] for column in PERSON]
    return sa.select(*columns, phone).order_by(*(chosen.c[name] for name in order))


@lru_cache(maxsize=128)
def ranked(
    *, words: int, initials: int, days: bool, number: bool, full: bool, none: bool, typed: bool
) -> sa.Select[Any]:
    """Return the statement that finds and ranks people by their search text.

    Args:
        words: of which there are values ``w0``, ``w1`` ...; initials follow them.
        initials: single letters a name has to begin with.
        days: whether ``d0`` to ``d5`` are the only dates of birth wanted.
        number: whether a number was typed; chart number ``number`` comes first then.
        full: ask ``exact`` too, when more hold what is ``asked`` than can be ranked.
        none: ask ``inside`` instead, when nobody holds what is ``asked``.
        typed: ask ``typed`` too; whoever holds it comes before the others.
    """
    terms = [sa.bindparam(f"w{place}", type_=sa.Text()) for place in range(words + initials)]
    begins = [Within(_blank + patient.c.folded_name, term) for term in terms]
    conditions: list[sa.ColumnElement[bool]] = [*begins[words:]]
    if days:
        conditions.append(_born())
    asked = _holding(sa.bindparam("asked"), conditions).cte("asked")
    count = sa.select(sa.func.count()).select_from(asked).scalar_subquery()
    parts: list[sa.Select[Any]] = [sa.select(asked.c.id)]
    if full:
        is_full = count >= _literal(CANDIDATES)
        exact = sa.case((is_full, sa.bindparam("exact")), else_=NobodyAsked())
        parts.append(sa.select(_holding(exact, conditions).subquery("exact").c.id))
        if not number:
            begun = (
                sa.select(patient.c.id)
                .where(Begins(patient.c.sort_name, sa.case((is_full, _whole))), *conditions)
                .order_by(patient.c.sort_name)
                .limit(_literal(_FIRST_OF_A_NAME))
                .subquery("begun")
            )
            parts.append(sa.select(begun.c.id))
    if none:
        is_none = count == _literal(0)
        inside = sa.case((is_none, sa.bindparam("inside")), else_=NobodyAsked())
        parts.append(sa.select(_holding(inside, conditions).subquery("inside").c.id))
    as_typed = None
    if typed:
        holders = _holding(sa.bindparam("typed"), conditions).cte("typed_so")
        parts.append(sa.select(holders.c.id))
        as_typed = patient.c.id.in_(sa.select(holders.c.id))
    found = sa.union(*parts).subquery("found") if len(parts) > 1 else asked
    people = (
        sa.select(
            *PERSON, patient.c.sort_name, _band(begins, as_typed, number=number).label("band")
        )
        .select_from(found.join(patient, patient.c.id == found.c.id))
        .where(patient.c.survivor_id.is_(None))
        .order_by("band", patient.c.sort_name, patient.c.id)
        .limit(_limit)
    )
    return with_phone(people, "band", "sort_name", "id")


@lru_cache(maxsize=8)
def by_name(*, initials: int, days: bool) -> sa.Select[Any]:
    """Return the statement of those born on ``d0`` ... with names that begin with ``w0`` ...

    Without days ``whole`` is the letter the family name begins with.
    """
    terms = [sa.bindparam(f"w{place}", type_=sa.Text()) for place in range(initials)]
    conditions: list[sa.ColumnElement[bool]] = [
        Within(_blank + patient.c.folded_name, term) for term in terms
    ]
    conditions.append(_born() if days else Begins(patient.c.sort_name, _whole))
    return with_phone(
        sa.select(*PERSON, patient.c.sort_name)
        .where(*conditions, patient.c.survivor_id.is_(None))
        .order_by(patient.c.sort_name, patient.c.id)
        .limit(_limit),
        "sort_name",
        "id",
    )


@lru_cache(maxsize=4)
def near(*, nearest: bool, days: bool) -> sa.Select[Any]:
    """Return the statement of those whose search text holds some of what is ``asked``.

    Args:
        nearest: only those that hold most of it; telling them costs more than finding all.
        days: whether ``d0`` to ``d5`` are the only dates of birth wanted.
    """
    holding = sa.select(_search.c.rowid.label("id")).where(SearchTextHolds(sa.bindparam("asked")))
    if nearest:
        holding = holding.order_by(SearchTextLikeness())
    some = holding.limit(_literal(_NEAREST if nearest else NEAR)).subquery("some")
    statement = (
        sa.select(patient.c.id, patient.c.folded_name, patient.c.sort_name)
        .select_from(some.join(patient, patient.c.id == some.c.id))
        .where(patient.c.survivor_id.is_(None))
    )
    return statement.where(_born()) if days else statement


def _literal(number: int) -> sa.ColumnElement[int]:
    """Return a number that is part of the statement: each value bound costs a microsecond."""
    return sa.literal_column(str(number), sa.BigInteger())


def _holding(
    asked: sa.ColumnElement[Any], conditions: Sequence[sa.ColumnElement[bool]]
) -> sa.Select[Any]:
    """Return ids whose search text holds what is asked."""
    statement = sa.select(_search.c.rowid.label("id")).where(SearchTextHolds(asked))
    if conditions:
        joined = _search.join(patient, patient.c.id == _search.c.rowid)
        statement = statement.select_from(joined).where(*conditions)
    return statement.limit(_literal(CANDIDATES))


def _born() -> sa.ColumnElement[bool]:
    return patient.c.born_on.in_([sa.bindparam(f"d{place}", type_=Day()) for place in range(DAYS)])


def _band(
    begins: Sequence[sa.ColumnElement[bool]],
    as_typed: sa.ColumnElement[bool] | None,
    *,
    number: bool,
) -> sa.ColumnElement[int]:
    """Return 0 for the exact name or chart number, then beginnings, then anywhere.

    Spoken, the given name comes first: the sort name written twice holds that order too.
    """
    sort_name, chart = patient.c.sort_name, patient.c.chart_number
    cases: list[tuple[sa.ColumnElement[bool], int]] = []
    if number:
        cases.append((chart == sa.bindparam("number", type_=sa.Text()), 0))
    if begins:
        twice = _blank + sort_name + _blank + sort_name + _blank
        same_length = sa.func.length(sort_name) == sa.func.length(_whole)
        cases += [
            (sa.and_(same_length, Within(twice, _blank + _whole + _blank)), 0),
            (sa.func.lower(chart) == _whole, 0),
            (Begins(sort_name, _whole + _blank), 1),
            (Begins(sort_name, _whole), 2),
            (Within(twice, _blank + _whole), 3),
            (sa.and_(*begins), 4),
        ]
    if as_typed is not None:
        cases.append((as_typed, 4))
    return sa.case(
        *((condition, _literal(band)) for condition, band in cases),
        else_=_literal(5),
    )
