# SPDX-License-Identifier: Apache-2.0
"""The day sheet: made beside everything else, looked at, then saved or printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

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

    def choose(self, on: date, people: Sequence[tuple[int, str]]) -> None:
        """Ask whose list it shall be, by a menu over the page; the first row is everybody's."""
        menu = QMenu(self._widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(_("Day sheet"))
        rows = [(_("Everybody"), DaySheet(on))]
        rows += [(name, DaySheet(on, provider_id)) for provider_id, name in people]
        apart = len(rows)
        rows.append((_("Everybody, each on a page of their own"), DaySheet(on, separate=True)))
        rows.append((_("For the wall: initials only"), DaySheet(on, masked=True)))
        for number, (words, wish) in enumerate(rows):
            if number == apart:
                menu.addSeparator()
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(partial(self._chosen, wish))
        menu.setActiveAction(menu.actions()[0])
        px = self._room.theme.px
        menu.popup(self._widget.mapToGlobal(QPoint(px(12), px(8))))

    def show_sheet(self, wish: DaySheet) -> None:
        """Make a sheet and show it."""
        self._on = wish.on
        make = partial(self._schedule.day_sheet, wish, self._room.actor, self._room.formats)

        def work(_errand: object) -> tuple[bytes, list[bytes]]:
            body = make()
            return body, [page_image(body, n).png() for n in range(page_count(body))]

        self._room.desk.run_errand(_("Day sheet"), work, self._made, owner=self)

    def _chosen(self, wish: DaySheet, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        self.show_sheet(wish)

    def _made(self, made: tuple[bytes, list[bytes]]) -> None:
        body, pages = made

        def save(path: str) -> None:
            write_whole(Path(path), body)

        name = f"day-sheet-{self._on.isoformat()}.pdf"
        view = PaperView(self._room.theme, _("Day sheet"), pages, save, name, self._widget.window())
        view.open()
