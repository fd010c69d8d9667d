# SPDX-License-Identifier: Apache-2.0
"""The week as a list: sorted, copied and printed like every table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.schedule.columns import LIST
from clinicdesk.schedule.queries import ListRow
from clinicdesk.wording.text import _

_WIDTHS: Final = {
    "starts": 17, "name": 21, "born_on": 12, "phone": 17, "type": 15, "provider": 16,
}  # fmt: skip
_COLUMNS: Final = tuple(
    replace(column, weight=_WIDTHS.get(column.key, column.weight)) for column in LIST
)


class AppointmentList(RowTable[ListRow]):
    """Lists appointments."""

    def __init__(self, room: Room) -> None:
        super().__init__(_COLUMNS, room, _("Appointments"), state_key="appointments", ink=_ink)

    def show_rows(self, rows: tuple[ListRow, ...], on: date) -> None:
        """Show rows with a day's first one in sight; nothing is chosen by that."""
        self.rows.replace(rows)
        first = next((row.id for row in rows if row.starts.date() >= on), None)
        if first is not None and self.current() is None:
            index = self.rows.index(self.rows.row_of(first), 0)
            self.scrollTo(index, self.ScrollHint.PositionAtTop)


def _ink(row: ListRow, key: str) -> str:
    """Name the colour of a cell."""
    return "danger" if key == "due_minor" and row.due_minor else ""
