# SPDX-License-Identifier: Apache-2.0
"""Reading days and times that people type: short forms first, then the country's order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from babel import Locale

from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

NOT_A_DAY = N_("“{text}” is not a day. Write it like {example}.")
NO_SUCH_DAY = N_("There is no {text}.")
NOT_A_TIME = N_("“{text}” is not a time. Write it like 9:30.")
_RELATIVE = re.compile(r"([+-])\s*(\d{1,4})\s*([a-z]?)")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(a|am|p|pm)?")


class DayReader:
    """Reads days in one country's order.

    Attributes:
        order: ``dmy``, ``mdy`` or ``ymd``.
    """

    def __init__(
        self,
        locale: Locale,
        short_pattern: str,
        write: Callable[[date], str],
        translate: Callable[[str], str],
    ) -> None:
        self.order = "".join(sorted("dmy", key=lambda part: short_pattern.lower().find(part)))
        self._write = write
        self._months = _names(locale.months, 12, first=1)
        self._weekdays = _names(locale.days, 7, first=0)
        self._today_words = {"t", "today", *map(fold, translate(N_("today, t")).split(","))}
        self._units = {
            "d": "d", "w": "w", "m": "m", "y": "y",
            **dict(zip(translate(N_("d w m y")).split(), "dwmy", strict=False)),
        }  # fmt: skip

    def read(self, text: str, today: date, *, past: bool) -> date:
        """Read a day or refuse."""
        typed = _plain(text)
        found = (
            self._short(typed, today)
            or self._numeric(typed, today, past=past)
            or self._named(typed, today, past=past)
        )
        if found is None:
            raise Refusal(NOT_A_DAY, text=text.strip(), example=self._write(today))
        year, month, day = found
        try:
            return date(year, month, day)
        except ValueError as error:
            raise Refusal(NO_SUCH_DAY, text=text.strip()) from error

    def read_time(self, text: str) -> time:
        """Read a wall time or refuse."""
        match = _CLOCK.fullmatch(_plain(text).replace(".m", "m"))
        if match is None and _plain(text).isdigit() and len(_plain(text)) == 3:
            match = _CLOCK.fullmatch(f"0{_plain(text)}")
        if match is None:
            raise Refusal(NOT_A_TIME, text=text.strip())
        hour, minute, half = int(match[1]), int(match[2] or 0), match[3] or ""
        if half:
            if not 1 <= hour <= 12:
                raise Refusal(NOT_A_TIME, text=text.strip())
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        if hour > 23 or minute > 59:
            raise Refusal(NOT_A_TIME, text=text.strip())
        return time(hour, minute)

    def _short(self, typed: str, today: date) -> tuple[int, int, int] | None:
        """Today, a distance from it, or a weekday to come."""
        if fold(typed) in self._today_words:
            return _parts(today)
        if match := _RELATIVE.fullmatch(typed):
            count = int(match[2]) * (1 if match[1] == "+" else -1)
            unit = self._units.get(match[3] or "d", "")
            return _parts(_moved(today, count, unit)) if unit else None
        weekday = self._weekdays.get(_joined(typed))
        if weekday is not None:
            return _parts(today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1))
        return None

    def _numeric(self, typed: str, today: date, *, past: bool) -> tuple[int, int, int] | None:
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", typed):
            year, month, day = map(int, typed.split("-"))
            return year, month, day
        if re.fullmatch(r"\d{8}|\d{6}", typed):
            typed = self._cut(typed)
        numbers = [part for part in re.split(r"[./\- ]+", typed) if part]
        if not numbers or len(numbers) > 3 or not all(part.isdecimal() for part in numbers):
            return None
        if len(numbers) == 1:
            return (today.year, today.month, int(numbers[0])) if len(numbers[0]) < 3 else None
        if len(numbers) == 3 and len(numbers[0]) == 4:
            order = "ymd"
        else:
            order = self.order if len(numbers) == 3 else self.order.replace("y", "")
        named = dict(zip(order, numbers, strict=True))
        if max(len(named["d"]), len(named["m"])) > 2:
            return None
        numbered_year = self._year(named.get("y", str(today.year)), today, past=past)
        return None if numbered_year is None else (numbered_year, int(named["m"]), int(named["d"]))

    def _named(self, typed: str, today: date, *, past: bool) -> tuple[int, int, int] | None:
        """Read ``9 March 2026``, ``Mar 9``."""
        words = [_joined(word) for word in re.split(r"[ ,./-]+", typed) if word]
        months = [self._months[word] for word in words if word in self._months]
        numbers = [word for word in words if word.isdecimal()]
        rest = [w for w in words if w not in self._months and not w.isdecimal()]
        if len(months) != 1 or not 1 <= len(numbers) <= 2 or set(rest) - {"de", "th", "st", "of"}:
            return None
        if len(numbers[0]) == 4:
            numbers.reverse()
        if len(numbers[0]) > 2:
            return None
        year = self._year(numbers[1] if len(numbers) == 2 else str(today.year), today, past=past)
        return None if year is None else (year, months[0], int(numbers[0]))

    def _cut(self, run: str) -> str:
        """Part a run of 6 or 8 digits by the country's order."""
        sizes = {"d": 2, "m": 2, "y": len(run) - 4}
        parts, at = [], 0
        for part in self.order:
            parts.append(run[at : at + sizes[part]])
            at += sizes[part]
        return "-".join(parts)

    @staticmethod
    def _year(text: str, today: date, *, past: bool) -> int | None:
        if len(text) == 4:
            return int(text)
        if len(text) != 2:
            return None
        year = today.year - today.year % 100 + int(text)
        latest = today.year if past else today.year + 20
        return year - 100 if year > latest else year


def _plain(text: str) -> str:
    kept = "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in text.replace("\u2212", "-").replace("\u202f", " ").replace("\u00a0", " ")
        if unicodedata.category(c) != "Cf"
    )
    return " ".join(kept.casefold().split()).rstrip(".")


def _joined(word: str) -> str:
    """Fold a name to one run of letters; vowel signs outside of Latin scripts count as letters."""
    latin = all("LATIN" in unicodedata.name(c, "") for c in word if c.isalpha())
    if latin:
        return fold(word).replace(" ", "")
    kept = unicodedata.normalize("NFC", word.casefold())
    return "".join(c for c in kept if c.isalnum() or unicodedata.category(c).startswith("M"))


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _moved(today: date, count: int, unit: str) -> date:
    if unit in "dw":
        return today + timedelta(days=count * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(today.day, last))


def _names(table: Any, length: int, *, first: int) -> dict[str, int]:
    """Return each name a person may type for a month or weekday, folded, with its number."""
    found: dict[str, int] = {}
    doubtful: set[str] = set()
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names = table[context][width]
            for number in range(first, first + length):
                full = _joined(str(names[number]))
                for size in range(3, len(full) + 1):
                    name = full[:size]
                    if found.setdefault(name, number) != number:
                        doubtful.add(name)
                found.setdefault(full, number)
    return {name: number for name, number in found.items() if name not in doubtful}
