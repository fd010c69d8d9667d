# SPDX-License-Identifier: Apache-2.0
"""Reads one line of a list through its mapping."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from clinicdesk.exchange.tabular import Cell, Record, as_text
from clinicdesk.kernel.folding import clean
from clinicdesk.moving.lists.amounts import POINT, minor_of, read_number
from clinicdesk.moving.lists.days import read_day
from clinicdesk.wording.text import N_

NO_DAY: Final = N_("has no date that can be read: {value}")
NO_AMOUNT: Final = N_("has no amount that can be read: {value}")
NO_WHOLE: Final = N_("has no whole number: {value}")
MISSING: Final = N_("says nothing about “{value}”")
SHORT_YEAR: Final = N_("has a year of two digits, read as {value}")
TOO_LONG: Final = N_("has a text longer than can be kept: {value}")
_LONGEST: Final = 500


class Bad(Exception):
    """A line that has to be mended; never leaves this room.

    Attributes:
        reason: English, marked for translation.
        value: fills ``{value}``.
    """

    def __init__(self, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.reason, self.value = reason, value


@dataclass(frozen=True, slots=True)
class Notation:
    """How values of one list are written.

    Attributes:
        decimals: of the clinic's currency.
        titles: translated name of each field, for reasons.
    """

    day_order: str
    decimal: str
    today: date
    decimals: int
    titles: dict[str, str]


@dataclass(slots=True)
class Row:
    """One line.

    Attributes:
        columns: places of each field's columns.
        notes: what was put into our words, gathered while it is read.
    """

    record: Record
    columns: dict[str, tuple[int, ...]]
    notation: Notation
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def line(self) -> int:
        """Where it stands in its file."""
        return self.record.line

    def text(self, key: str) -> str:
        """Return a field as it may be kept, "" if the list says nothing."""
        parts = (self.record.text(column) for column in self.columns.get(key, ()))
        told = clean(" ".join(part for part in parts if part))
        if len(told) > _LONGEST:
            raise Bad(TOO_LONG, told[:40])
        return told

    def needed(self, key: str) -> str:
        """Return a field that may not be empty."""
        told = self.text(key)
        if not told:
            raise Bad(MISSING, self.notation.titles[key])
        return told

    def day(self, key: str, *, past: bool = True) -> date | None:
        """Return a day, None if nothing is said."""
        cell = self._cell(key)
        if isinstance(cell, date):
            return cell
        told = as_text(cell)
        if not told:
            return None
        read = read_day(told, self.notation.day_order, self.notation.today, past=past)
        if read is None:
            raise Bad(NO_DAY, told[:40])
        if read.short_year:
            self.notes.append((SHORT_YEAR, str(read.day.year)))
        return read.day

    def minor(self, key: str) -> int | None:
        """Return an amount in minor units, None if nothing is said."""
        value = self._number(key, NO_AMOUNT)
        if value is None:
            return None
        minor = minor_of(value, self.notation.decimals)
        if minor is None:
            raise Bad(NO_AMOUNT, self.record.text(self.columns[key][0])[:40])
        return minor

    def whole(self, key: str) -> int | None:
        """Return a whole number, None if nothing is said."""
        value = self._number(key, NO_WHOLE)
        if value is None:
            return None
        if value != value.to_integral_value() or not 0 <= value < 10**9:
            raise Bad(NO_WHOLE, self.record.text(self.columns[key][0])[:40])
        return int(value)

    def minutes(self, key: str) -> int | None:
        """Return hours as minutes, None if nothing is said; ``38:30`` is understood too."""
        told = self.text(key)
        hours, colon, minutes = told.partition(":")
        if colon and hours.isdecimal() and minutes.isdecimal() and int(minutes) < 60:
            return int(hours) * 60 + int(minutes)
        value = self._number(key, NO_AMOUNT)
        if value is None:
            return None
        if not 0 <= value <= 168:
            raise Bad(NO_AMOUNT, told[:40])
        return round(value * 60)

    def _number(self, key: str, reason: str) -> Decimal | None:
        cell = self._cell(key)
        if isinstance(cell, Decimal):
            return cell
        told = as_text(cell)
        if not told:
            return None
        value = read_number(told, self.notation.decimal or POINT)
        if value is None:
            raise Bad(reason, told[:40])
        return value

    def _cell(self, key: str) -> Cell:
        places = self.columns.get(key, ())
        cells = self.record.cells
        return cells[places[0]] if places and places[0] < len(cells) else ""


def content_of(parts: Iterable[str]) -> str:
    """Return an identifier of what a line says, for lists without numbers of their own."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"says:{digest[:40]}"
