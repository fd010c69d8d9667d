# SPDX-License-Identifier: Apache-2.0
"""The week as a list: sorted, copied and printed like every table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontMetrics

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.schedule.columns import LIST
from clinicdesk.schedule.queries import ListRow
from clinicdesk.wording.text import _

_WEIGHTS: Final = {"name": 24, "note": 30, "starts": 4, "born_on": 4, "phone": 6, "state": 6}
_COLUMNS: Final = tuple(
    replace(column, weight=_WEIGHTS.get(column.key, column.weight)) for column in LIST
)
_AT_FIRST_HIDDEN: Final = ("reason", "chart_number")
_GO: Final = (*_AT_FIRST_HIDDEN, "note", "room", "minutes", "born_on", "phone", "type")
"""Columns that are left out, in this order, where the width does not hold all."""

_SAMPLE, _PLAIN = 60, 34


class AppointmentList(RowTable[ListRow]):
    """Lists appointments.

    A column is as wide as what stands in it; where not all have room the least needed are left
    out, until somebody sets the columns by hand.
    """

    def __init__(self, room: Room) -> None:
        self._needed: tuple[int, ...] = ()
        self._top = -1
        super().__init__(_COLUMNS, room, _("Appointments"), state_key="appointments", ink=_ink)
        self.verticalScrollBar().rangeChanged.connect(self._to_top)

    def show_rows(self, rows: tuple[ListRow, ...], on: date) -> None:
        """Show rows with a day's first one at the top; nothing is chosen by that."""
        self._needed = tuple(self._width_of(column, rows) for column in self.rows.columns)
        self.rows.replace(rows)
        self._spread()
        first = next((row.id for row in rows if row.starts.date() >= on), None)
        self._top = -1 if first is None else self.rows.row_of(first)
        if self.current() is not None:
            self._top = -1
        QTimer.singleShot(0, self._to_top)

    def _to_top(self) -> None:
        """Scroll to the day once the rows have their places: a moment after they came."""
        if not 0 <= self._top < len(self.rows.rows) or not self.verticalScrollBar().maximum():
            return
        self.scrollTo(self.rows.index(self._top, 0), self.ScrollHint.PositionAtTop)
        self._top = -1

    def _spread(self) -> None:
        if self._own_widths or not self._needed:
            super()._spread()
            return
        columns = self.rows.columns
        shown = [n for n, column in enumerate(columns) if column.key not in _AT_FIRST_HIDDEN]
        room = self.viewport().width()
        for key in _GO:
            if sum(self._needed[n] for n in shown) <= room:
                break
            shown = [n for n in shown if columns[n].key != key]
        for key in reversed(_GO[len(_AT_FIRST_HIDDEN) :]):  # what is narrow may fit after all
            again = [n for n, c in enumerate(columns) if n in shown or c.key == key]
            if sum(self._needed[n] for n in again) <= room:
                shown = again
        left = max(0, room - sum(self._needed[n] for n in shown))
        text = [n for n in shown if columns[n].align is not Align.END]
        whole = sum(columns[n].weight for n in text) or 1
        self._spreading = True
        for number, column in enumerate(columns):
            self.setColumnHidden(number, number not in shown)
            extra = left * column.weight // whole if number in text else 0
            self.setColumnWidth(number, self._needed[number] + extra)
        self._spreading = False

    def _width_of(self, column: Column[ListRow], rows: tuple[ListRow, ...]) -> int:
        """Return what a column's title and a sample of its cells need."""
        px, formats = self._room.theme.px, self._room.formats
        metrics = QFontMetrics(self.font())
        title = metrics.horizontalAdvance(_(column.title)) + px(_PLAIN)
        few = column.kind is Kind.MONEY or column.key == "state"  # a rare state is read in full too
        every = few or len(rows) <= _SAMPLE
        sample = rows if every else rows[:: len(rows) // _SAMPLE]
        cells = {formats.cell(column, row) for row in sample}
        widest = max(map(metrics.horizontalAdvance, cells), default=0)
        most = px(60 if column.key == "note" else 210)
        return max(title, min(widest, most) + px(22))


def _ink(row: ListRow, key: str) -> str:
    """Name the colour of a cell."""
    return "danger" if key == "due_minor" and row.due_minor else ""
