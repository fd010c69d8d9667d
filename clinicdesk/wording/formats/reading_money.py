# SPDX-License-Identifier: Apache-2.0
"""Reading amounts and numbers that people type, strictly.

``1,5`` and ``1.5`` both mean one and a half where no other reading is possible; ``1.234`` means
what the reader's country says; ``1.234.56`` means nothing. Never does a typed text become an
amount that its writer could not recognise.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from clinicdesk.kernel.money import Currency
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

NOT_AN_AMOUNT = N_("“{text}” is not an amount. Write it like {example}.")
TOO_FINE = N_("“{text}” is finer than {currency} allows.")
TOO_LARGE = N_("“{text}” is too large.")
NOT_A_NUMBER = N_("“{text}” is not a number.")
LARGEST_MINOR = 10**15
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUSES = str.maketrans({"\u2212": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-"})
_TOKEN = re.compile(r"([-+*/()×÷:])")
_QUOTES = "'\u2019"


class _Unreadable(Exception):
    """The text is no number in any convention."""


@dataclass(frozen=True, slots=True)
class Signs:
    """A country's signs in numbers.

    Attributes:
        decimal: sign before the fraction.
        group: sign between groups of digits.
        grouping: sizes of the last group and of the ones before it.
        currency: signs and codes that may stand beside an amount.
        example: an amount written here, for the refusal.
    """

    decimal: str
    group: str
    grouping: tuple[int, int]
    currency: frozenset[str]
    example: str


def read_amount(text: str, currency: Currency, signs: Signs) -> int:
    """Read an amount into minor units; ``=`` begins a sum, rounded half up."""
    shown = text.strip()
    bare = _bare(text, signs)
    try:
        exact = _Sum(bare[1:], signs).value() if bare.startswith("=") else _signed(bare, signs)
        minor = exact.scaleb(currency.decimals)
    except (_Unreadable, InvalidOperation, ZeroDivisionError) as error:
        raise Refusal(NOT_AN_AMOUNT, text=shown, example=signs.example) from error
    if abs(minor) > LARGEST_MINOR:
        raise Refusal(TOO_LARGE, text=shown)
    whole = minor.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if whole != minor and not bare.startswith("="):
        raise Refusal(TOO_FINE, text=shown, currency=currency.code)
    return int(whole)


def read_number(text: str, signs: Signs) -> Decimal:
    """Read a plain number."""
    try:
        return _signed(_bare(text, signs), signs)
    except (_Unreadable, InvalidOperation) as error:
        raise Refusal(NOT_A_NUMBER, text=text.strip()) from error


def _bare(text: str, signs: Signs) -> str:
    """Drop marks and currency signs; digits of any script become 0-9, any minus becomes -."""
    kept = "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in text.translate(_MINUSES)
        if unicodedata.category(c) != "Cf"
    )
    bare_signs = {"".join(c for c in s if unicodedata.category(c) != "Cf") for s in signs.currency}
    for sign in sorted(bare_signs, key=len, reverse=True):
        pattern = rf"(?<![^\W\d_]){re.escape(sign)}(?![^\W\d_])"
        kept, found = re.subn(pattern, " ", kept, count=1, flags=re.IGNORECASE)
        if found:
            break
    return kept.strip()


def _signed(text: str, signs: Signs) -> Decimal:
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):  # accountants' minus
        return -_unsigned(text[1:-1].strip(), signs)
    if text.startswith(("-", "+")):
        value = _unsigned(text[1:].strip(), signs)
        return -value if text[0] == "-" else value
    if text.endswith("-"):
        return -_unsigned(text[:-1].strip(), signs)
    return _unsigned(text, signs)


def _unsigned(text: str, signs: Signs) -> Decimal:
    spaced = _BLANKS.sub(" ", text)
    if " " in spaced:  # a blank is a group sign everywhere, but only at its place
        head = re.split(r"[.,]", spaced)[0]
        if not re.fullmatch(r"\d{1,3}( \d{3})+", head):
            raise _Unreadable
        spaced = spaced.replace(" ", "")
    elif any(quote in spaced for quote in _QUOTES):
        head = re.split(r"[.,]", spaced)[0]
        if not re.fullmatch(r"\d{1,3}(['\u2019]\d{3})+", head):
            raise _Unreadable
        spaced = spaced.translate(str.maketrans("", "", _QUOTES))
    if not re.fullmatch(r"[\d.,\u066b\u066c]+", spaced) or not any(c.isdigit() for c in spaced):
        raise _Unreadable
    spaced = spaced.translate({0x66B: signs.decimal, 0x66C: signs.group})
    whole, fraction = _parted(spaced, signs)
    return Decimal(f"{whole or '0'}.{fraction or '0'}")


def _parted(text: str, signs: Signs) -> tuple[str, str]:
    """Split into whole and fraction digits."""
    present = {c for c in text if c in ".,"}
    if not present:
        return text, ""
    if len(present) == 2:  # the later one is the decimal sign, or it is no number
        decimal = max(present, key=text.rindex)
        (group,) = present - {decimal}
        return _with_groups(text, decimal, group, signs.grouping)
    (sign,) = present
    grouped = _grouped(text, sign, signs.grouping)
    if grouped and sign != signs.decimal:  # 1.234 in German
        return text.replace(sign, ""), ""
    if text.count(sign) == 1:  # 12.50 in German, 12,50 in English: nothing else fits
        whole, _, fraction = text.partition(sign)
        return whole, fraction
    raise _Unreadable


def _with_groups(text: str, decimal: str, group: str, grouping: tuple[int, int]) -> tuple[str, str]:
    if text.count(decimal) != 1:
        raise _Unreadable
    whole, _, fraction = text.partition(decimal)
    if not _grouped(whole, group, grouping):
        raise _Unreadable
    return whole.replace(group, ""), fraction


def _grouped(text: str, sign: str, grouping: tuple[int, int]) -> bool:
    """Tell whether every group sign stands where one belongs (3 digits, or 2 in India)."""
    escaped = re.escape(sign)
    sizes = {(3, 3), (grouping[0] if grouping[0] < 10 else 3, min(grouping[1], 3))}
    return any(
        re.fullmatch(rf"\d{{1,{inner}}}({escaped}\d{{{inner}}})*{escaped}\d{{{last}}}", text)
        and text[0] != "0"
        for last, inner in sizes
    )


class _Sum:
    """Works out ``12.5*3+(4-1)``: four operations and brackets, exact until the end."""

    def __init__(self, text: str, signs: Signs) -> None:
        parts = (part.strip() for part in _TOKEN.split(text))
        self._parts = [part for part in parts if part]
        self._signs = signs

    def value(self) -> Decimal:
        result = self._terms(depth=0)
        if self._parts:
            raise _Unreadable
        return result

    def _terms(self, depth: int) -> Decimal:
        result = self._factors(depth)
        while self._parts and self._parts[0] in "+-":
            operator, value = self._parts.pop(0), self._factors(depth)
            result = result + value if operator == "+" else result - value
        return result

    def _factors(self, depth: int) -> Decimal:
        result = self._operand(depth)
        while self._parts and self._parts[0] in "*/×÷:":
            operator, value = self._parts.pop(0), self._operand(depth)
            result = result * value if operator in "*×" else result / value
        return result

    def _operand(self, depth: int) -> Decimal:
        if not self._parts or depth > 20:
            raise _Unreadable
        part = self._parts.pop(0)
        if part == "-":
            return -self._operand(depth + 1)
        if part == "(":
            inner = self._terms(depth + 1)
            if not self._parts or self._parts.pop(0) != ")":
                raise _Unreadable
            return inner
        return _unsigned(part, self._signs)
