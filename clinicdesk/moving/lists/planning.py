# SPDX-License-Identifier: Apache-2.0
"""What every kind of list has in common while its lines are checked and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from clinicdesk.moving.departments import Clinic
from clinicdesk.moving.lists.report import LineOutcome
from clinicdesk.moving.lists.rows import Row
from clinicdesk.storage.records import UnitOfWork

Known = Mapping[str, Mapping[str, int]]
Keep = Callable[[str, Mapping[str, int]], None]
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody decided about a list.

    Attributes:
        good_lines: take the good ones, though others are bad; otherwise all or nothing.
        likely_too: take people who are perhaps here already, as people of their own.
    """

    good_lines: bool = False
    likely_too: bool = False


class Plan(Protocol):
    """Checks the lines of one kind of list, and writes what is to be taken."""

    def check(self, row: Row) -> LineOutcome:
        """Say what becomes of a line, and remember what is to be written.

        Raises:
            Bad: it has to be mended.
            Refusal: a department's rule says so.
        """
        ...

    def write(self, work: UnitOfWork, clinic: Clinic, keep: Keep, told: Told) -> int:
        """Write everything remembered; return the value of supplies in minor units."""
        ...
