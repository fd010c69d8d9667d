# SPDX-License-Identifier: Apache-2.0
"""Reads what a scanner types: GS1 element strings and bare article numbers.

Written with or without separators, and as printed under the bars: ``(01)…(17)…(10)…``. Pure.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_GROUP_END: Final = "\x1d"
_FIXED: Final = {"00": 18, "01": 14, "02": 14, "11": 6, "13": 6, "15": 6, "17": 6, "20": 2}
_VARIABLE: Final = {"10": 20, "21": 20, "22": 20, "30": 8, "37": 8, "240": 30, "710": 20, "711": 20,
                    "712": 20, "713": 20, "714": 20}  # fmt: skip
_PRINTED: Final = re.compile(r"\((\d{2,4})\)([^(]*)")
_PREFIX: Final = re.compile(r"^\][A-Za-z]\d")


@dataclass(frozen=True, slots=True)
class Scan:
    """What was on the box.

    Attributes:
        article: article number, 14 digits, "" if there is none.
        lot: number of the lot, "" if there is none.
        count: how many, None if it is not said.
    """

    article: str
    lot: str = ""
    expires_on: date | None = None
    count: int | None = None


def read_scan(text: str, today: date) -> Scan | None:
    """Return what a scanner typed; None if it is no scan of an article.

    A bare number of 8, 12, 13 or 14 digits is an article number if its check digit is right.
    """
    text = _PREFIX.sub("", text.strip())
    if text.isascii() and text.isdigit() and len(text) in {8, 12, 13, 14}:
        return Scan(text.zfill(14)) if is_article(text) else None
    elements = _elements(text)
    article = elements.get("01", "")
    if not is_article(article):
        return None
    count = elements.get("30") or elements.get("37")
    return Scan(
        article,
        elements.get("10", ""),
        _day(elements["17"], today) if "17" in elements else None,
        int(count) if count and count.isdigit() else None,
    )


def is_article(number: str) -> bool:
    """Tell whether the check digit of an article number is right."""
    if len(number) not in {8, 12, 13, 14} or not (number.isascii() and number.isdigit()):
        return False
    digits = [int(digit) for digit in reversed(number)]
    return sum(d * (3 if place % 2 else 1) for place, d in enumerate(digits)) % 10 == 0


def _elements(text: str) -> dict[str, str]:
    printed = _PRINTED.findall(text)
    if printed and text.startswith("("):
        return {key: value.strip() for key, value in printed}
    found: dict[str, str] = {}
    rest = text
    while rest:
        key = next((k for k in (rest[:2], rest[:3]) if k in _FIXED or k in _VARIABLE), None)
        if key is None:
            return {}
        rest = rest[len(key) :]
        if key in _FIXED:
            found[key], rest = rest[: _FIXED[key]], rest[_FIXED[key] :]
        else:
            found[key], _, rest = rest.partition(_GROUP_END)
        rest = rest.lstrip(_GROUP_END)
    return found


def _day(digits: str, today: date) -> date | None:
    """Read YYMMDD: within 50 years of today; day 00 is the month's last."""
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    year, month, day = (int(digits[n : n + 2]) for n in (0, 2, 4))
    year += today.year // 100 * 100
    if year - today.year > 50:
        year -= 100
    elif year - today.year < -49:
        year += 100
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(year, month)[1]
    return date(year, month, day or last) if day <= last else None
