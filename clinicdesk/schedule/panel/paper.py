# SPDX-License-Identifier: Apache-2.0
"""The day sheet: made beside everything else, looked at, then saved or printed."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.desktop.room import Room
from clinicdesk.printing.preview import page_count, page_image
from clinicdesk.printing.spool import write_whole
from clinicdesk.schedule.reports import DaySheet
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import _


class DaySheetPaper(QObject):
    """Prints the day sheet."""

    def __init__(self, room: Room, schedule: Schedule, parent: QWidget) -> None:
        super().__init__(parent)
        self._room, self._schedule, self._widget = room, schedule, parent
        self._on = date(2000, 1, 1)

    def show_day(self, on: date) -> None:
        """Make the sheet of a day and show it."""
        self._on = on
        make = partial(self._schedule.day_sheet, DaySheet(on), self._room.actor, self._room.formats)

        def work(_errand: object) -> tuple[bytes, list[bytes]]:
            body = make()
            return body, [page_image(body, n).png() for n in range(page_count(body))]

        self._room.desk.run_errand(_("Day sheet"), work, self._made, owner=self)

    def _made(self, made: tuple[bytes, list[bytes]]) -> None:
        body, pages = made

        def save(path: str) -> None:
            write_whole(Path(path), body)

        name = f"day-sheet-{self._on.isoformat()}.pdf"
        view = PaperView(self._room.theme, _("Day sheet"), pages, save, name, self._widget.window())
        view.open()
