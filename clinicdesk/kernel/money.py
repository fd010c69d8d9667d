# SPDX-License-Identifier: Apache-2.0
"""Money: integer minor units of one currency. No float ever enters.

Inside one clinic there is one currency (decisions.md), so rows, postings and
commands carry a plain ``int`` named ``*_minor``; ``Money`` pairs it with its
currency where an amount meets a person (typing, screen, paper).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import Enum

# ISO 4217 exponents that are not 2.
_DECIMALS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
    "RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 currency.

    Attributes:
        code: three capital letters.
        decimals: digits after the point, 0 to 3.
    """

    code: str
    decimals: int

    @classmethod
    def of(cls, code: str) -> Currency:
        """Return the currency of an ISO code; raise ``ValueError`` for a malformed one."""
        if len(code) != 3 or not code.isascii() or not code.isalpha() or not code.isupper():
            raise ValueError(f"not an ISO 4217 code: {code!r}")
        return cls(code, _DECIMALS.get(code, 2))


class Rounding(Enum):
    """How a fraction of a minor unit is settled; always named by the caller."""

    HALF_UP = ROUND_HALF_UP
    HALF_EVEN = ROUND_HALF_EVEN
    DOWN = ROUND_DOWN


def times(minor: int, rate: Decimal, rounding: Rounding) -> int:
    """Multiply an amount in minor units by a rate, rounded to a whole unit."""
    return int((Decimal(minor) * rate).quantize(Decimal(1), rounding=rounding.value))


def share(total_minor: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split an amount in proportion to weights without losing a unit.

    Largest remainder (standards.md §1.3): floors first, odd units to the largest
    fractional parts, ties by position. Negative totals mirror positive ones.

    Raises:
        ValueError: no weights, a negative weight, or all of them zero.
    """
    if not weights or min(weights) < 0 or sum(weights) == 0:
        raise ValueError("weights must be non-negative and not all zero")
    if total_minor < 0:
        return tuple(-part for part in share(-total_minor, weights))
    whole = sum(weights)
    parts = [total_minor * weight // whole for weight in weights]
    by_remainder = sorted(
        range(len(weights)), key=lambda i: (-(total_minor * weights[i] % whole), i)
    )
    for i in by_remainder[: total_minor - sum(parts)]:
        parts[i] += 1
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of one currency.

    Attributes:
        minor: whole minor units (cents), signed.
        currency: whose units they are; two currencies never mix.
    """

    minor: int
    currency: Currency

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError("minor units are whole numbers")

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def times(self, rate: Decimal, rounding: Rounding) -> Money:
        """Multiply by a rate; the caller names the rounding."""
        return Money(times(self.minor, rate, rounding), self.currency)

    def split(self, parts: int) -> tuple[Money, ...]:
        """Split into equal parts that add up again; the first ones carry the odd units."""
        return tuple(Money(minor, self.currency) for minor in share(self.minor, [1] * parts))

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise ValueError(f"cannot mix {self.currency.code} and {other.currency.code}")
        return other.minor
