# SPDX-License-Identifier: Apache-2.0
"""One description of a chart, drawn by QPainter on screen and by ReportLab on paper."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from clinicdesk.kernel.columns import Kind


class ChartKind(Enum):
    """The shapes a chart can take."""

    BARS = "bars"
    STACKED = "stacked"
    LINE = "line"
    SORTED_BARS = "sorted_bars"  # horizontal, longest first


@dataclass(frozen=True, slots=True)
class Series:
    """One series.

    Attributes:
        name: translated label, written at the data rather than in a legend.
        values: one per chart label; ``None`` where there is none.
    """

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data.

    Attributes:
        kind: its shape.
        title: translated heading that says what is seen.
        labels: translated, along the category axis.
        series: at least one.
        unit: how values are formatted (MONEY = integer minor units).
        note: translated line below, or "".
    """

    kind: ChartKind
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: Kind = Kind.NUMBER
    note: str = ""
