# SPDX-License-Identifier: Apache-2.0
"""A day's appointments in a popover over the month: everything, and everything can be opened."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.schedule.columns import LIST
from clinicdesk.schedule.queries import ListRow
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import _

_SHOWN = frozenset({"starts", "name", "type", "provider", "state"})


class Agenda(QFrame):
    """Lists one day.

    Attributes:
        opened: a row was opened.
    """

    opened = Signal(object)

    def __init__(self, room: Room, schedule: Schedule, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._schedule = schedule
        self.setObjectName("palette")
        self._room = room
        px = room.theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(10), px(8), px(10), px(10))
        self.heading = plain_label("", wrap=False)
        self.heading.setFont(room.theme.font(10.5, QFont.Weight.DemiBold))
        columns = tuple(column for column in LIST if column.key in _SHOWN)
        self.table: RowTable[ListRow] = RowTable(
            columns, room, _("Appointments of the day"), sortable=False
        )
        self.table.opened.connect(self._opened)
        outside.addWidget(self.heading)
        outside.addWidget(self.table, 1)

    def list_day(self, on: date, where: QPoint) -> None:
        """Ask for a day's rows and show them at a place."""

        def show(rows: tuple[ListRow, ...]) -> None:
            self.show_day(on, rows, where)

        question = partial(self._schedule.list, on, on, self._room.actor)
        self._room.desk.ask(question, show, owner=self)

    def show_day(self, on: date, rows: tuple[ListRow, ...], where: QPoint) -> None:
        """Show a day's rows at a place, within the screen."""
        px = self._room.theme.px
        self.heading.setText(self._room.formats.day(on, "long"))
        self.table.rows.replace(rows)
        self.resize(px(640), min(px(460), px(90) + px(27) * max(2, len(rows))))
        screen = self.screen().availableGeometry()
        x = max(screen.left(), min(where.x(), screen.right() - self.width()))
        y = max(screen.top(), min(where.y(), screen.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.table.setFocus()
        if rows:
            self.table.choose_row(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _opened(self, row: object) -> None:
        self.hide()
        self.opened.emit(row)
