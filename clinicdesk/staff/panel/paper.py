# SPDX-License-Identifier: Apache-2.0
"""The week on paper, everybody's or one's own: looked at, then saved or printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.desktop.room import Room
from clinicdesk.printing.preview import page_count, page_image
from clinicdesk.printing.spool import write_whole
from clinicdesk.staff.service import Staff
from clinicdesk.wording.text import _


class RosterPaper(QObject):
    """Prints the roster."""

    def __init__(self, room: Room, staff: Staff, parent: QWidget) -> None:
        super().__init__(parent)
        self._room, self._staff, self._widget = room, staff, parent
        self._title, self._name = "", ""

    def show_week(self, monday: date) -> None:
        """Show everybody's week."""
        make = partial(self._staff.week_paper, monday, self._room.actor, self._room.formats)
        self._show(_("Roster"), f"roster-{monday.isoformat()}.pdf", make)

    def show_mine(self, monday: date) -> None:
        """Show one's own week."""
        make = partial(self._staff.my_week_paper, monday, self._room.actor, self._room.formats)
        self._show(_("My week"), f"my-week-{monday.isoformat()}.pdf", make)

    def _show(self, title: str, name: str, make: Callable[[], bytes]) -> None:
        self._title, self._name = title, name

        def work(_errand: object) -> tuple[bytes, list[bytes]]:
            body = make()
            return body, [page_image(body, n).png() for n in range(page_count(body))]

        self._room.desk.run_errand(title, work, self._made, owner=self)

    def _made(self, made: tuple[bytes, list[bytes]]) -> None:
        body, pages = made

        def save(path: str) -> None:
            write_whole(Path(path), body)

        window = self._widget.window()
        PaperView(self._room.theme, self._title, pages, save, self._name, window).open()
