# SPDX-License-Identifier: Apache-2.0
"""Days for the palette: ``tue 10:30``, ``+3w``, ``25.11.`` lead to that place of the book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from functools import partial
from typing import Final

from clinicdesk.desktop.palette import Hit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.schedule.model import MAY_VIEW
from clinicdesk.schedule.panel.following import MOMENT, moment_id
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

_AT: Final = ":.h"


class DaySource:
    """Gives the day that a text means."""

    prefix = ":"

    def __init__(self, room: Room) -> None:
        self._room = room

    def question(self, text: str) -> Callable[[], Sequence[Hit]] | None:
        """Return what to ask for a text; None if it means no day."""
        room = self._room
        if not room.actor.may(MAY_VIEW):
            return None
        today = room.formats.zone.day(room.clock.now())
        moment = read_moment(text, room.formats, today)
        if moment is None:
            return None
        return partial(self._hits, *moment)

    def _hits(self, on: date, at: time | None) -> tuple[Hit, ...]:
        formats = self._room.formats
        title = formats.day(on, "long") + ("" if at is None else f", {formats.time(at)}")
        go = partial(self.go, on, at)
        return (Hit(title, go, path=_("Schedule"), icon="calendar-days", kind="day"),)

    def go(self, on: date, at: time | None) -> None:
        """Show the book there."""
        self._room.go_to("schedule")
        self._room.spotlight.ask_for(MOMENT, moment_id(on, at), "open")


def read_moment(text: str, formats: Formats, today: date) -> tuple[date, time | None] | None:
    """Return the day, and the time if one is given, that a text means; None if it means none."""
    words = text.split()
    for kept in range(len(words), 0, -1):
        try:
            on = formats.parse_day(" ".join(words[:kept]), today)
            at = formats.parse_time(" ".join(words[kept:])) if kept < len(words) else None
        except Refusal:
            continue
        return on, at
    if len(words) == 1 and any(mark in text for mark in _AT):
        try:
            return today, formats.parse_time(text)
        except Refusal:
            return None
    return None
