# SPDX-License-Identifier: Apache-2.0
"""How wide the columns of a table begin: no day cut off, words in full where there is room.

What was once needed is kept until the text size changes, so that columns do not jump while rows
come and go.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar

from PySide6.QtGui import QFont, QFontMetrics

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_model import RowModel
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.wording.text import _

Row = TypeVar("Row")

_LOOKED_AT: Final = 120  # rows measured; more would be felt while a long list is filled
_DAYS: Final = tuple(date(2026, month, 28) for month in range(1, 13))


def cell_margin(room: Room) -> int:
    """Return what Qt keeps free at each side of a cell's text: the padding and its own."""
    return room.theme.px(7) + 3


class ColumnWidths(Generic[Row]):
    """Shares a table's width among its columns."""

    def __init__(self, rows: RowModel[Row], room: Room) -> None:
        self._rows, self._room = rows, room
        self._wanted: dict[int, int] = {}
        self._first: dict[int, int] = {}

    def forget(self) -> None:
        """Measure anew: the text size changed."""
        self._wanted.clear()
        self._first.clear()

    def learn(self) -> bool:
        """Measure the words of rows throughout; tell whether anything was measured."""
        if self._wanted or not self._rows.rows:
            return False
        metrics = QFontMetrics(self._room.theme.font(weight=QFont.Weight.DemiBold))
        formats, edges = self._room.formats, 2 * cell_margin(self._room) + 2
        rows = self._rows.rows[:: -(-len(self._rows.rows) // _LOOKED_AT)]
        for number, column in enumerate(self._rows.columns):
            cells = {formats.cell(column, row) for row in rows}
            widest = max(map(metrics.horizontalAdvance, cells))
            self._wanted[number] = min(widest + edges, self._room.theme.px(320))
        self._first.clear()
        return True

    def shared(self, shown: Sequence[int], room: int) -> dict[int, int]:
        """Return a width for each shown column; what is left goes to the words."""
        widths = {number: self._least(number) for number in shown}
        columns = {number: self._rows.columns[number] for number in shown}
        left = room - sum(widths.values())
        short = {n: max(0, self._wanted.get(n, 0) - width) for n, width in widths.items()}
        lacking = sum(short.values())
        if left > 0 and lacking:
            for number, more in short.items():
                widths[number] += more if lacking <= left else left * more // lacking
            left -= min(left, lacking)
        text = [n for n, column in columns.items() if _is_text(column)]
        text = text or [n for n, c in columns.items() if c.align is not Align.END] or list(shown)
        whole = sum(columns[n].weight for n in text) or 1
        for number in text if left > 0 else ():
            widths[number] += left * columns[number].weight // whole
        return widths

    def _least(self, number: int) -> int:
        if number not in self._first:
            column, px = self._rows.columns[number], self._room.theme.px
            metrics = QFontMetrics(self._room.theme.font())
            title = metrics.horizontalAdvance(_(column.title)) + px(34)
            usual = px(column.weight * 9)
            if number in self._wanted and _is_text(column):
                usual = min(usual, self._wanted[number])  # others need the room more
            self._first[number] = max(title, usual, self._longest(column, metrics))
        return self._first[number]

    def _longest(self, column: Column[Any], metrics: QFontMetrics) -> int:
        """Return what the longest day or time of a column takes; a cut one tells nothing."""
        formats = self._room.formats
        match column.kind:
            case Kind.DAY:
                samples = [formats.day(day) for day in _DAYS]
            case Kind.INSTANT | Kind.WALL:
                samples = [
                    formats.moment(datetime(day.year, day.month, 28, 20, 48))  # noqa: DTZ001 -- wall
                    for day in _DAYS
                ]
            case _:
                return 0
        return max(map(metrics.horizontalAdvance, samples)) + 2 * cell_margin(self._room) + 2


def _is_text(column: Column[Any]) -> bool:
    return column.kind is Kind.TEXT and column.align is not Align.END
