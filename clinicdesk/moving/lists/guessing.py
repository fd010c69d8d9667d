# SPDX-License-Identifier: Apache-2.0
"""Guesses which column is what, from heads and values together.

A head alone can lie (a column ``Name`` may hold whole names), values alone can be anything. What
scores highest is given out first; each field goes to one column. A guess is only ever an offer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from clinicdesk.kernel.folding import digits, fold
from clinicdesk.moving.lists.amounts import guess_decimal, looks_like_number
from clinicdesk.moving.lists.days import guess_order, looks_like_day
from clinicdesk.moving.lists.fields import Field, ListFormat, Sort
from clinicdesk.moving.lists.headings import HEADINGS
from clinicdesk.moving.lists.looking import Look, is_own
from clinicdesk.moving.lists.mapping import ListMapping
from clinicdesk.moving.lists.words import gender_of, yes_no_of

_EXACT, _WHOLE, _ALIKE, _ENOUGH = 100, 60, 55, 45
_NEAR: Final = 88
_TRIED: Final = 200
_EMAIL: Final = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_SHORT: Final = 3


def guess(form: ListFormat, look: Look, kept: ListMapping | None = None) -> ListMapping:
    """Return a mapping to be offered: the kept one of this source, or a guess."""
    columns = kept.only(look.heads).columns if kept is not None else {}
    if not columns:
        columns = _guess_columns(form, look)
    mapping = replace(kept or ListMapping(), columns=columns)
    return with_notations(form, look, mapping)


def with_notations(form: ListFormat, look: Look, mapping: ListMapping) -> ListMapping:
    """Fill in what the values of the chosen columns tell: order of days, sign of fractions."""
    days = values_of(form, look, mapping, Sort.DAY)
    amounts = values_of(form, look, mapping, Sort.MONEY, Sort.HOURS)
    return replace(
        mapping,
        day_order=mapping.day_order or guess_order(days).order,
        decimal=mapping.decimal or guess_decimal(amounts),
    )


def values_of(form: ListFormat, look: Look, mapping: ListMapping, *sorts: Sort) -> tuple[str, ...]:
    """Return looked-at values of all columns whose fields are of some sorts."""
    return tuple(
        value
        for head, key in mapping.columns.items()
        if head in look.heads and form.field(key).sort in sorts
        for value in look.of_head(head)
    )


def _guess_columns(form: ListFormat, look: Look) -> dict[str, str]:
    scored = sorted(
        (
            (-score, column, place)
            for column, head in enumerate(look.heads)
            if not is_own(head)
            for place, field in enumerate(form.fields)
            if (score := _score(form, field, head if look.heading_line else "", look, column))
            >= _ENOUGH
        ),
    )
    columns: dict[int, str] = {}
    given: set[str] = set()
    for _best, column, place in scored:
        key = form.fields[place].key
        if column not in columns and key not in given and not _contradicts(key, given):
            columns[column] = key
            given.add(key)
    return {look.heads[column]: columns[column] for column in sorted(columns)}


def _contradicts(key: str, given: set[str]) -> bool:
    """A whole name and its parts are not both wanted."""
    whole, parts = {"full_name", "name"}, {"family_name"}
    if "family_name" in given and key in whole and "given_name" in given:
        return True
    return key in parts and bool(given & whole) and "given_name" not in given


def _score(form: ListFormat, field: Field, head: str, look: Look, column: int) -> float:
    values = look.values[column][:_TRIED]
    by_head = _head_score(field.key, fold(head)) if head else 0
    fit = _fit(field.sort, values)
    if form.id == "patients" and field.key in {"full_name", "family_name"}:
        several = sum(1 for value in values if len(value.replace(",", " ").split()) > 1)
        share = several / len(values) if values else 0.0
        parted = any(fold(other) in HEADINGS["given_name"] for other in look.heads)
        if field.key == "full_name":
            by_head += 20 if share > (0.8 if parted else 0.3) else -10
    if fit < 0.4 and values:
        return 0.0
    sure = {Sort.EMAIL: 70, Sort.GENDER: 50, Sort.DAY: 50}.get(field.sort, 0)
    by_value = sure * fit if values and fit > 0.8 else 0.0
    if field.key == "from_on" and not by_head:
        return 0.0
    return by_head + by_value * (0.5 if by_head else 1.0) + 5 * fit


def _head_score(key: str, head: str) -> float:
    from rapidfuzz import fuzz

    words = HEADINGS.get(key, frozenset())
    if head in words:
        return _EXACT + min(len(head), 20) / 10
    padded = f" {head} "
    inside = [word for word in words if len(word) > _SHORT and f" {word} " in padded]
    if inside:
        return _WHOLE + min(max(map(len, inside)), 20)
    solid = head.replace(" ", "")
    if any(solid == word.replace(" ", "") for word in words):
        return _EXACT
    if len(head) > 4 and any(len(word) > 4 and fuzz.ratio(head, word) >= _NEAR for word in words):
        return _ALIKE
    return 0


def _fit(sort: Sort, values: Sequence[str]) -> float:
    """Tell which share of the values can be of a sort."""
    if not values:
        return 0.5
    return sum(1 for value in values if _may_be(sort, value)) / len(values)


def _may_be(sort: Sort, text: str) -> bool:
    match sort:
        case Sort.DAY:
            return looks_like_day(text)
        case Sort.MONEY | Sort.WHOLE | Sort.HOURS:
            return looks_like_number(text) and len(text) < 16 and not looks_like_day(text)
        case Sort.EMAIL:
            return bool(_EMAIL.match(text))
        case Sort.PHONE:
            letters = sum(1 for sign in text if sign.isalpha())
            return 5 <= len(digits(text)) <= 16 and letters < 5 and not looks_like_day(text)
        case Sort.GENDER:
            return gender_of(text) is not None
        case Sort.YES_NO:
            return yes_no_of(text) is not None
        case Sort.NAME:
            return not text[:1].isdecimal() and "@" not in text and not looks_like_day(text)
        case Sort.CODE:
            return len(text) <= 40 and not looks_like_day(text)
        case Sort.TEXT:
            return not looks_like_day(text) and "@" not in text
