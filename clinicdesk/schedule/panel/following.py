# SPDX-License-Identifier: Apache-2.0
"""What the book follows: whom the window is about, what was undone, a day somebody asked for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.schedule.model import Booking, Placed
from clinicdesk.schedule.queries import CardRow, ListRow
from clinicdesk.schedule.service import Schedule

if TYPE_CHECKING:
    from clinicdesk.schedule.panel.page import SchedulePanel

MOMENT: Final = "moment"
"""The spotlight's word for a place of the book; its id is ``moment_id``."""

_DAY_MINUTES: Final = 24 * 60


def moment_id(on: date, at: time | None = None) -> int:
    """Return a day, or a minute of it, as the number by which the spotlight knows it."""
    minute = _DAY_MINUTES if at is None else at.hour * 60 + at.minute
    return on.toordinal() * (_DAY_MINUTES + 1) + minute


def moment_of(number: int) -> tuple[date, int | None]:
    """Return the day of such a number, and the wall minute unless it is the whole day."""
    ordinal, minute = divmod(number, _DAY_MINUTES + 1)
    return date.fromordinal(ordinal), None if minute == _DAY_MINUTES else minute


class Following(QObject):
    """Follows, on behalf of the page."""

    def __init__(self, page: SchedulePanel, room: Room, schedule: Schedule) -> None:
        super().__init__(page)
        self._page, self._room, self._schedule = page, room, schedule
        room.spotlight.shown.connect(self._shone)
        room.spotlight.wanted.connect(self._wanted)
        room.desk.turned.connect(self._turned)
        page.grid.chosen.connect(self._card_chosen)
        page.list.chosen.connect(self._row_chosen)

    # ── the page leads ───────────────────────────────────────────────────────────────────────

    def _card_chosen(self, card: CardRow | None) -> None:
        if card is not None:
            if card.patient_id is not None:
                self._room.spotlight.show("patient", card.patient_id)
            self._room.spotlight.show("appointment", card.id)
        self._page.abilities_changed.emit()

    def _row_chosen(self, row: ListRow | None) -> None:
        if row is not None and row.patient_id is not None:
            self._room.spotlight.show("patient", row.patient_id)

    # ── the page is led ──────────────────────────────────────────────────────────────────────

    def _shone(self, kind: str, record_id: int) -> None:
        grid = self._page.grid
        if kind == "patient" and grid.follow(record_id):
            self._page.abilities_changed.emit()
        if kind != "appointment" or not record_id or record_id == grid.selected_id:
            return
        if self._page.on_board and grid.select(record_id):
            return
        question = partial(self._schedule.appointment, record_id, self._room.actor)
        self._room.desk.ask(question, self._found, owner=self)

    def _found(self, row: ListRow | None) -> None:
        if row is not None and self._room.spotlight.current("appointment") == row.id:
            self._page.show_appointment(row.id, row.starts.date())

    def _wanted(self, kind: str, number: int, verb: str) -> None:
        if kind == MOMENT and verb == "open":
            on, minute = moment_of(number)
            self._page.show_moment(on, minute)

    def _turned(self, done: Done[Any]) -> None:
        """Go to where something came back to by undoing; what was unbooked is gone."""
        if isinstance(done.value, Placed) and self._page.isVisible():
            number = done.value.appointment_id
            question = partial(self._schedule.appointment, number, self._room.actor)
            self._room.desk.ask(question, self._came_back, owner=self)

    def _came_back(self, row: ListRow | None) -> None:
        if row is not None and row.booking is not Booking.CANCELLED:
            self._page.show_appointment(row.id, row.starts.date())


def wall_of(on: date, minute: int) -> datetime:
    """Return a wall minute of a day."""
    return datetime.combine(on, time()) + timedelta(minutes=minute)
