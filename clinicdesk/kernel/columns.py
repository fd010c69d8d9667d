# SPDX-License-Identifier: Apache-2.0
"""Column lists as data, shared by screen tables, CSV and paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


class Align(Enum):
    """Where a cell's text stands; START and END follow the reading direction."""

    START = "start"
    CENTER = "center"
    END = "end"


class Kind(Enum):
    """What a value is, so that each medium can format it in the reader's locale."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"  # integer minor units; zero prints as 0.00, None as nothing
    DAY = "day"
    INSTANT = "instant"
    WALL = "wall"  # naive wall time
    TIME = "time"  # naive wall time of which only the time of day is shown
    PERCENT = "percent"  # Decimal, 1 = 100 %


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a table.

    Attributes:
        key: stable name: JSON key, CSV header, saved width.
        title: English heading, marked for translation.
        value: gives the native value of a row; sorting uses it.
        kind: how the value is formatted.
        align: where it stands.
        weight: relative width on paper and first width on screen.
        total: whether a totals row sums it.
    """

    key: str
    title: str
    value: Callable[[Row], Any]
    kind: Kind = Kind.TEXT
    align: Align = Align.START
    weight: int = 10
    total: bool = False
