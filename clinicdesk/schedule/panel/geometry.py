# SPDX-License-Identifier: Apache-2.0
"""Where things stand on the board, in plain numbers: lanes, rows, columns, hits. No Qt.

Two kinds of measure: *row minutes* (minutes since a column's own zero) run down, columns run
along. Everything is laid out left to right; only ``Geometry.box`` mirrors it, in one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in px of the viewport."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The first px beside it."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The first px below it."""
        return self.y + self.height

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def shrunk(self, sides: float, ends: float) -> Box:
        """Return it with less at both sides and at both ends."""
        return Box(self.x + sides, self.y + ends, self.width - 2 * sides, self.height - 2 * ends)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in px, all from the font.

    Attributes:
        row: height of one slot.
        least: narrowest a column may be; more columns than fit scroll.
        inset: kept free at a column's leading edge; ``tail`` at its trailing edge, so that a
            full column can still be clicked.
    """

    gutter: int
    head: int
    row: int
    least: int
    inset: int
    tail: int
    gap: int


class Lane(NamedTuple):
    """Which lane of how many, for what lies beside others."""

    place: int
    of: int


def lay_lanes(spans: Sequence[tuple[int, int]]) -> list[Lane]:
    """Return a lane for each span so that no two of one lane touch the same minute.

    Spans that overlap, directly or through others, share their width evenly; a lane is used again
    as soon as it is free.
    """
    order = sorted(range(len(spans)), key=lambda n: (spans[n][0], -spans[n][1], n))
    lanes = [Lane(0, 1)] * len(spans)
    ends: list[int] = []
    group: list[tuple[int, int]] = []
    until = 0
    for n in order:
        start, end = spans[n]
        if group and start >= until:
            for member, place in group:
                lanes[member] = Lane(place, len(ends))
            ends, group = [], []
        place = next((k for k, taken in enumerate(ends) if taken <= start), len(ends))
        if place == len(ends):
            ends.append(end)
        else:
            ends[place] = end
        group.append((n, place))
        until = max(until, end) if len(group) > 1 else end
    for member, place in group:
        lanes[member] = Lane(place, len(ends))
    return lanes


def complement(spans: Sequence[tuple[int, int]], first: int, last: int) -> list[tuple[int, int]]:
    """Return what the spans leave of a range."""
    left, at = [], first
    for start, end in sorted(spans):
        if start > at:
            left.append((at, min(start, last)))
        at = max(at, end)
        if at >= last:
            break
    if at < last:
        left.append((at, last))
    return [span for span in left if span[0] < span[1]]


class Geometry:
    """A board of columns and rows in a viewport, scrolled.

    Attributes:
        first: row minute of the top; ``last`` is one past the bottom.
    """

    def __init__(
        self,
        sizes: Sizes,
        columns: int,
        minutes: tuple[int, int],
        slot: int,
        view: tuple[int, int],
        *,
        right_to_left: bool = False,
    ) -> None:
        self.sizes, self.columns, self.slot = sizes, max(1, columns), slot
        self.first, self.last = minutes
        self.view_width, self.view_height = view
        self.right_to_left = right_to_left
        room = max(0, self.view_width - sizes.gutter)
        self.column_width = max(float(sizes.least), room / self.columns)
        self.scroll_x = self.scroll_y = 0

    # ── lengths ──────────────────────────────────────────────────────────────────────────────

    @property
    def body_height(self) -> int:
        """Height of all rows."""
        return round((self.last - self.first) / self.slot * self.sizes.row)

    @property
    def most_x(self) -> int:
        """How far it scrolls along."""
        inside = self.view_width - self.sizes.gutter
        return max(0, round(self.column_width * self.columns) - inside)

    @property
    def most_y(self) -> int:
        """How far it scrolls down."""
        return max(0, self.body_height - (self.view_height - self.sizes.head))

    # ── from minutes to px ───────────────────────────────────────────────────────────────────

    def y_of(self, minute: float) -> float:
        """Return where a row minute is."""
        rows = (minute - self.first) / self.slot
        return self.sizes.head + rows * self.sizes.row - self.scroll_y

    def x_of(self, column: float) -> float:
        """Return where a column begins, before mirroring."""
        return self.sizes.gutter + column * self.column_width - self.scroll_x

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """Return a rectangle laid out left to right as it stands on the screen."""
        return Box(self.view_width - x - width if self.right_to_left else x, y, width, height)

    def column_box(self, column: int) -> Box:
        """Return a whole column below the header."""
        y, bottom = self.y_of(self.first), self.y_of(self.last)
        return self.box(self.x_of(column), y, self.column_width, bottom - y)

    def head_box(self, column: int) -> Box:
        """Return a column's heading."""
        return self.box(self.x_of(column), 0, self.column_width, self.sizes.head)

    def gutter_box(self, y: float, height: float) -> Box:
        """Return a part of the gutter of times."""
        return self.box(0, y, self.sizes.gutter, height)

    def body_box(self) -> Box:
        """Return the part of the viewport in which columns are seen."""
        return self.box(
            self.sizes.gutter,
            self.sizes.head,
            max(0, self.view_width - self.sizes.gutter),
            max(0, self.view_height - self.sizes.head),
        )

    def span_box(self, column: int, start: float, end: float) -> Box:
        """Return a span of a column, at its whole width."""
        y = self.y_of(start)
        return self.box(self.x_of(column), y, self.column_width, self.y_of(end) - y)

    def card_box(self, column: int, start: float, end: float, lane: Lane) -> Box:
        """Return a card's rectangle in its lane."""
        sizes = self.sizes
        whole = self.column_width - sizes.inset - sizes.tail
        width = whole / lane.of
        x = self.x_of(column) + sizes.inset + lane.place * width
        y = self.y_of(start)
        height = max(self.y_of(end) - y, sizes.row * 0.7)
        gap = sizes.gap if lane.place + 1 < lane.of else 0
        return self.box(x, y + 1.5, width - gap, height - 3)

    # ── from px to minutes ───────────────────────────────────────────────────────────────────

    def column_at(self, x: float) -> int:
        """Return the column at a point, the nearest if there is none; -1 in the gutter."""
        along = self.view_width - x if self.right_to_left else x
        if along < self.sizes.gutter:
            return -1
        found = int((along - self.sizes.gutter + self.scroll_x) // self.column_width)
        return max(0, min(self.columns - 1, found))

    def minute_at(self, y: float) -> float:
        """Return the row minute at a height."""
        rows = (y - self.sizes.head + self.scroll_y) / self.sizes.row
        return self.first + rows * self.slot

    def snapped(self, minute: float) -> int:
        """Return the slot's start that a minute lies in, within the board."""
        inside = max(self.first, min(self.last - 1, minute))
        return int(inside // self.slot) * self.slot

    def nearest(self, minute: float) -> int:
        """Return the slot boundary nearest to a minute."""
        return round(minute / self.slot) * self.slot
