# SPDX-License-Identifier: Apache-2.0
"""Reads days in any usual notation, once it is known whether the day or the month comes first.

``03/04/1980`` alone tells nothing; a whole column mostly does. What is not certain is asked, and
never guessed line by line: all days of a list are read in one order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from clinicdesk.kernel.folding import fold

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "dmy", "mdy", "ymd"
ORDERS: Final = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)
LANGUAGES: Final = ("en", "de", "fr", "es", "nl", "pt")
_NUMERIC: Final = re.compile(r"^(\d{1,4})\s*([./\-\s])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?$")
_SOLID: Final = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_CLOCK: Final = re.compile(
    r"[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([AaPp]\.?[Mm]\.?|Z|[+-]\d{2}:?\d{2})?$"
)
_NAMED: Final = re.compile(r"^(\d{1,2}|[^\W\d]+)\s(\d{1,2}|[^\W\d]+)\s(\d{2}|\d{4})$")
_SMALL: Final = frozenset({"de", "del", "of", "the", "st", "nd", "rd", "th", "er"})


@dataclass(frozen=True, slots=True)
class ReadDay:
    """A day and whether its century had to be supplied."""

    day: date
    short_year: bool = False


@dataclass(frozen=True, slots=True)
class OrderGuess:
    """What the values of a column say about the order of day and month.

    Attributes:
        order: the one that fits, or "" if day and month cannot be told apart.
        example: a value that reads both ways, "" if there is none.
    """

    order: str
    example: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody has to be asked."""
        return not self.order and bool(self.example)


def read_day(text: str, order: str, today: date, *, past: bool = True) -> ReadDay | None:
    """Return the day a text means, or None.

    Args:
        text: as written; a time of day behind it is left away.
        order: of ``ORDERS``; texts that begin with a year of four digits need none.
        today: where two-digit years are measured from.
        past: two-digit years lie before today (births) or up to 50 years on (expiry).
    """
    bare = _CLOCK.sub("", text.strip())
    solid = _SOLID.match(bare)
    if solid:
        return _made(int(solid[1]), int(solid[2]), int(solid[3]))
    numeric = _NUMERIC.match(bare)
    if numeric is None:
        return _named(bare, today, past=past)
    one, two, three = numeric[1], numeric[3], numeric[4]
    if len(one) == 4:
        return _made(int(one), int(two), int(three)) if len(three) <= 2 else None
    if len(one) > 2 or len(three) == 3:
        return None
    if order == YEAR_FIRST and len(three) <= 2:
        return _short(one, int(two), int(three), today, past=past)
    if order not in {DAY_FIRST, MONTH_FIRST} or len(three) == 1:
        return None
    day, month = (one, two) if order == DAY_FIRST else (two, one)
    if len(three) == 4:
        return _made(int(three), int(month), int(day))
    return _short(three, int(month), int(day), today, past=past)


def guess_order(values: Iterable[str]) -> OrderGuess:
    """Say in which order a column's days are written."""
    votes = {DAY_FIRST: 0, MONTH_FIRST: 0}
    example, others, dotted = "", 0, 0
    for text in values:
        numeric = _NUMERIC.match(_CLOCK.sub("", text.strip()))
        if numeric is None or len(numeric[1]) > 2:
            others += bool(text.strip())
            continue
        one, two = int(numeric[1]), int(numeric[3])
        dotted += numeric[2] == "."
        if one > 12 >= two > 0 and one <= 31:
            votes[DAY_FIRST] += 1
        elif two > 12 >= one > 0 and two <= 31:
            votes[MONTH_FIRST] += 1
        elif one != two and 1 <= one <= 12 and 1 <= two <= 12:
            example = example or text.strip()
    first, second = votes[DAY_FIRST], votes[MONTH_FIRST]
    if first > 3 * second:
        return OrderGuess(DAY_FIRST, example)
    if second > 3 * first:
        return OrderGuess(MONTH_FIRST, example)
    if not first and not second:
        if example and dotted:  # nobody writes 12.31.2020
            return OrderGuess(DAY_FIRST, example)
        if not example:
            return OrderGuess(DAY_FIRST if dotted else YEAR_FIRST)
    return OrderGuess("", example or next(iter(_mixed(first, second)), ""))


def looks_like_day(text: str) -> bool:
    """Tell whether a text is a day in some order."""
    today = date(2100, 1, 1)
    return any(read_day(text, order, today) is not None for order in (DAY_FIRST, MONTH_FIRST))


def _mixed(first: int, second: int) -> Iterable[str]:
    if first and second:
        yield "31/12, 12/31"


def _named(text: str, today: date, *, past: bool) -> ReadDay | None:
    words = [word for word in fold(text).split() if word not in _SMALL]
    parted = " ".join(re.sub(r"^(\d+)(st|nd|rd|th|er)$", r"\1", word) for word in words)
    match = _NAMED.match(parted)
    if match is None:
        return None
    one, two, year = match.groups()
    day, word = (one, two) if one.isdecimal() else (two, one)
    month = _months().get(word)
    if month is None or not day.isdecimal():
        return None
    if len(year) == 4:
        return _made(int(year), month, int(day))
    return _short(year, month, int(day), today, past=past)


def _short(year: str, month: int, day: int, today: date, *, past: bool) -> ReadDay | None:
    """Supply the century."""
    if len(year) != 2:
        return None
    full = today.year // 100 * 100 + int(year)
    made = _made(full, month, day)
    ahead = full > today.year or (made is not None and made.day > today)
    if ahead if past else full - today.year > 50:
        full -= 100
    made = _made(full, month, day)
    return None if made is None else ReadDay(made.day, short_year=True)


def _made(year: int, month: int, day: int) -> ReadDay | None:
    try:
        return ReadDay(date(year, month, day)) if year >= 1800 else None
    except ValueError:
        return None


@cache
def _months() -> dict[str, int]:
    from babel import Locale

    found: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    found.setdefault(fold(name), number)
    return {word: number for word, number in found.items() if not word.isdecimal()}
