# SPDX-License-Identifier: Apache-2.0
"""Finds people who are perhaps here already, among many, without asking the database for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from clinicdesk.kernel.folding import digits
from clinicdesk.moving import queries
from clinicdesk.patients.model import Demographics
from clinicdesk.storage.records import Reading

_ALIKE: Final = 88
_PHONE: Final = 8  # digits from the end that tell one subscriber from another


class Likeness:
    """Everybody who is here, by day of birth, name and phone."""

    def __init__(self) -> None:
        self._by_birth: dict[date, list[tuple[str, str]]] = defaultdict(list)
        self._by_name: dict[str, list[tuple[date | None, str]]] = defaultdict(list)
        self._by_phone: dict[str, list[tuple[str, str]]] = defaultdict(list)

    @classmethod
    def of(cls, reading: Reading) -> Likeness:
        """Gather everybody; merged records lead elsewhere and are left out."""
        found = cls()
        names: dict[int, tuple[str, str]] = {}
        for one in queries.people(reading):
            found._keep(one.sort_name, one.born_on, one.chart_number)
            names[one.id] = (one.sort_name, one.chart_number)
        for number, told in queries.phones(reading):
            if number in names and len(told) >= _PHONE:
                found._by_phone[told[-_PHONE:]].append(names[number])
        return found

    def add(self, who: Demographics, phones: Iterable[str], label: str) -> None:
        """Add somebody, so that they are found again further down the same list."""
        self._keep(who.sort_name, who.born_on, label)
        for phone in phones:
            if len(digits(phone)) >= _PHONE:
                self._by_phone[digits(phone)[-_PHONE:]].append((who.sort_name, label))

    def find(self, who: Demographics, phones: Iterable[str]) -> str:
        """Return the label of somebody who is perhaps the same, or ""."""
        name = who.sort_name
        for day in (who.born_on, _turned(who.born_on)):
            if day is not None:
                for other, label in self._by_birth.get(day, ()):
                    if _alike(name, other):
                        return label
        for born_on, label in self._by_name.get(name, ()):
            if born_on is None or who.born_on is None:
                return label
        for phone in phones:
            for other, label in self._by_phone.get(digits(phone)[-_PHONE:], ()):
                if _alike(name, other):
                    return label
        return ""

    def _keep(self, name: str, born_on: date | None, label: str) -> None:
        self._by_name[name].append((born_on, label))
        if born_on is not None:
            self._by_birth[born_on].append((name, label))


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    if one == other or sorted(one.split()) == sorted(other.split()):
        return True
    return fuzz.ratio(one, other) >= _ALIKE


def _turned(day: date | None) -> date | None:
    if day is None or day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)
