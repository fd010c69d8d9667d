# SPDX-License-Identifier: Apache-2.0
"""Where everything in the grid stands; pure geometry, in pixels of the content.

A column is one provider's day, whichever view shows it. Minutes are UTC, so a night of 23 or 25
hours is drawn with its real hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from clinicdesk.schedule.queries.rows import CardRow, DayView


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column.

    Attributes:
        spans: (first minute, one past the last, kind) of open time, in UTC minutes.
        starts_min: first UTC minute of its day.
    """

    provider_id: int
    title: str
    subtitle: str
    starts_min: int
    spans: tuple[tuple[int, int, str], ...]
    cards: tuple[CardRow, ...]
    today: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in pixels, all grown from the font.

    Attributes:
        slot_height: of one slot of ``slot_minutes``.
    """

    head: int
    gutter: int
    column_least: int
    slot_height: int
    slot_minutes: int
    gap: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A card's share of its column's width: ``number`` of ``count``."""

    number: int
    count: int


class GridLayout:
    """Columns and cards laid out for a viewport."""

    def __init__(
        self,
        columns: Sequence[GridColumn],
        first_minute: int,
        last_minute: int,
        measures: Measures,
        width: int,
        *,
        right_to_left: bool = False,
    ) -> None:
        """Lay out minutes of the day from ``first_minute`` to ``last_minute``."""
        self.columns = tuple(columns)
        self.first_minute, self.last_minute = first_minute, last_minute
        self.measures = measures
        count = max(1, len(columns))
        self.column_width = max(measures.column_least, (width - measures.gutter) // count)
        self.width = measures.gutter + self.column_width * count
        slots = (last_minute - first_minute) / measures.slot_minutes
        self.height = measures.head + round(slots * measures.slot_height)
        self._mirrored = right_to_left
        self._view_width = max(width, self.width)
        self.lanes = [lanes(column.cards) for column in self.columns]

    def y(self, minute_of_day: float) -> float:
        """Return the y of a minute of the day."""
        m = self.measures
        return m.head + (minute_of_day - self.first_minute) / m.slot_minutes * m.slot_height

    def minute(self, y: float) -> int:
        """Return the minute of the day at a y, not snapped."""
        m = self.measures
        return self.first_minute + int((y - m.head) / m.slot_height * m.slot_minutes)

    def snapped(self, y: float) -> int:
        """Return the first minute of the slot at a y."""
        step = self.measures.slot_minutes
        return max(self.first_minute, min(self.minute(y) // step * step, self.last_minute - step))

    def column_rect(self, number: int) -> QRectF:
        """Return a column below the header."""
        x = self.measures.gutter + number * self.column_width
        top = self.measures.head
        return self.mirrored(QRectF(x, top, self.column_width, self.height - top))

    def head_rect(self, number: int) -> QRectF:
        """Return a column's header."""
        x = self.measures.gutter + number * self.column_width
        return self.mirrored(QRectF(x, 0, self.column_width, self.measures.head))

    def column_at(self, x: float) -> int:
        """Return the number of the column at an x, -1 in the gutter."""
        if self._mirrored:
            x = self._view_width - x
        number = int((x - self.measures.gutter) // self.column_width)
        return number if 0 <= number < len(self.columns) else -1

    def span_rect(self, number: int, first: float, last: float) -> QRectF:
        """Return the part of a column between two minutes of the day."""
        rect = self.column_rect(number)
        return QRectF(rect.x(), self.y(first), rect.width(), self.y(last) - self.y(first))

    def card_rect(self, number: int, place: int) -> QRectF:
        """Return a card's place."""
        column = self.columns[number]
        card, lane = column.cards[place], self.lanes[number][place]
        gap = self.measures.gap
        x = self.measures.gutter + number * self.column_width + gap
        width = (self.column_width - 4 * gap) / lane.count
        first = card.starts_min - column.starts_min
        top, bottom = self.y(first), self.y(card.ends_min - column.starts_min)
        rect = QRectF(x + lane.number * width, top + 1, width - gap, max(bottom - top - 2, 6))
        return self.mirrored(rect)

    def mirrored(self, rect: QRectF) -> QRectF:
        """Return a rectangle as the reading direction wants it."""
        if not self._mirrored:
            return rect
        return QRectF(self._view_width - rect.right(), rect.y(), rect.width(), rect.height())


def lanes(cards: Sequence[CardRow]) -> list[Lane]:
    """Share a column among overlapping cards, by real minutes; order of cards is kept."""
    result: list[Lane] = [Lane(0, 1)] * len(cards)
    order = sorted(range(len(cards)), key=lambda n: (cards[n].starts_min, -cards[n].ends_min))
    cluster: list[int] = []
    ends: list[int] = []
    reach = None

    def close() -> None:
        for place, lane in zip(cluster, numbers, strict=True):
            result[place] = Lane(lane, len(ends))

    numbers: list[int] = []
    for place in order:
        card = cards[place]
        if reach is not None and card.starts_min >= reach:
            close()
            cluster, ends, numbers, reach = [], [], [], None
        lane = next((n for n, end in enumerate(ends) if end <= card.starts_min), len(ends))
        if lane == len(ends):
            ends.append(card.ends_min)
        else:
            ends[lane] = card.ends_min
        cluster.append(place)
        numbers.append(lane)
        reach = card.ends_min if reach is None else max(reach, card.ends_min)
    close()
    return result


def shown_hours(days: Sequence[DayView]) -> tuple[int, int]:
    """Return the first and last minute of the day to draw: open hours and cards, whole hours."""
    first, last = 8 * 60, 18 * 60
    for day in days:
        starts = [s.from_min - day.starts_min for c in day.columns for s in c.open_spans]
        ends = [s.to_min - day.starts_min for c in day.columns for s in c.open_spans]
        starts += [card.starts_min - day.starts_min for card in day.cards]
        ends += [card.ends_min - day.starts_min for card in day.cards]
        if starts:
            first, last = min(first, *starts), max(last, *ends)
    return max(0, first // 60 * 60), min(25 * 60, -(-last // 60) * 60)
