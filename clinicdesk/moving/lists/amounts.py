# SPDX-License-Identifier: Apache-2.0
"""Reads amounts and quantities, once it is known which sign stands before the fraction.

``1.234`` is a thousand in Berlin and one and a bit in London. The column tells, or somebody is
asked; an amount finer than the currency is refused and never rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

POINT, COMMA = ".", ","
_BLANKS: Final = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUSES: Final = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2019": "'"})
_WORDS: Final = r"(?:[^\W\d_]{2,3}\.?|[^\W\d_]{1,2}\$|[$€£¥₹])"  # CHF, kr., R$; never a code's A
_MONEY_WORDS: Final = re.compile(rf"^{_WORDS}\s*(?=[-+(\d.,])|(?<=[-)\d.,])\s*{_WORDS}$")
_NO_CENTS: Final = re.compile(r"([.,])-{1,2}$")  # 12,- as Dutch and Swiss shops write
_LARGEST: Final = Decimal(10) ** 13


def read_number(text: str, decimal: str) -> Decimal | None:
    """Return the number a text means, or None; signs of a currency may stand beside it."""
    bare = text.strip().translate(_MINUSES)
    negative = False
    if not any(sign.isdecimal() for sign in bare):
        return None
    if bare.startswith("(") and bare.endswith(")"):
        bare, negative = bare[1:-1].strip(), True
    bare = _NO_CENTS.sub(r"\g<1>0", _stripped(bare))
    if bare.startswith("-") or bare.endswith("-"):
        bare, negative = bare.strip("-").strip(), not negative
        bare = _stripped(bare)
    bare = bare.removeprefix("+")
    bare = _BLANKS.sub(" ", bare)
    group = POINT if decimal == COMMA else COMMA
    whole, sign, fraction = bare.partition(decimal)
    if sign and not (fraction.isascii() and fraction.isdecimal()):
        return None
    whole = _ungrouped(whole or "0", group)
    if not (whole.isascii() and whole.isdecimal()):
        return None
    value = Decimal(f"{whole}.{fraction or '0'}")
    if value > _LARGEST:
        return None
    return -value if negative else value


def read_minor(text: str, decimal: str, decimals: int) -> int | None:
    """Return an amount in minor units, None if it is none or finer than the currency."""
    value = read_number(text, decimal)
    return None if value is None else minor_of(value, decimals)


def minor_of(value: Decimal, decimals: int) -> int | None:
    """Return a number in minor units, None if it is finer than the currency."""
    scaled = value.scaleb(decimals)
    return int(scaled) if scaled == scaled.to_integral_value() else None


def guess_decimal(values: Iterable[str]) -> str:
    """Say which sign stands before the fraction in a column; "" if nothing tells."""
    votes = {POINT: 0, COMMA: 0}
    for text in values:
        last = _fraction_sign(_stripped(text.strip()))
        if last:
            votes[last] += 1
    if votes[POINT] == votes[COMMA]:
        return ""
    return POINT if votes[POINT] > votes[COMMA] else COMMA


def is_open(values: Iterable[str]) -> str:
    """Return a value that is another amount with either sign, or ""."""
    for text in values:
        one, other = read_number(text, POINT), read_number(text, COMMA)
        if one is not None and other is not None and one != other:
            return text.strip()
    return ""


def looks_like_number(text: str) -> bool:
    """Tell whether a text is an amount or a number in some notation."""
    return read_number(text, POINT) is not None or read_number(text, COMMA) is not None


def _fraction_sign(text: str) -> str:
    """Return the sign that can only stand before a fraction, or ""."""
    point, comma = text.rfind(POINT), text.rfind(COMMA)
    if point >= 0 and comma >= 0:
        return POINT if point > comma else COMMA
    sign, place = (POINT, point) if point >= 0 else (COMMA, comma)
    if place < 0 or text.count(sign) > 1:
        if place >= 0:  # twice the same: it parts groups, the other is for fractions
            return COMMA if sign == POINT else POINT
        return ""
    behind, before = text[place + 1 :], text[:place]
    if len(behind) == 3 and behind.isdecimal() and before.lstrip("-").lstrip("0"):
        return ""
    return sign if behind.rstrip("-").isdecimal() or not behind.strip("-") else ""


def _stripped(text: str) -> str:
    """Take currency words and signs away from both ends."""
    before = ""
    while before != text:
        before, text = text, _MONEY_WORDS.sub("", text).strip()
    return text


def _ungrouped(text: str, group: str) -> str:
    """Take group signs out where they part groups; leave nonsense as it is."""
    for sign in (group, " ", "'"):
        if sign in text:
            first, *rest = text.split(sign)
            last = len(rest) - 1
            # India parts 12,34,567: groups of two before the last of three.
            good = 1 <= len(first) <= 3 and all(
                len(part) == 3 or (len(part) == 2 and place < last)
                for place, part in enumerate(rest)
            )
            return first + "".join(rest) if good else text
    return text
