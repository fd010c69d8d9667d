# SPDX-License-Identifier: Apache-2.0
"""Move mode as it is told: where the card would go, who is there, what will not be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from clinicdesk.desktop.room import Room
from clinicdesk.schedule.panel.bars import HintBar
from clinicdesk.schedule.panel.board_keys import bound_words, is_here
from clinicdesk.schedule.panel.board_painter import Ghost
from clinicdesk.schedule.panel.spoken import given_first
from clinicdesk.schedule.queries import CardRow
from clinicdesk.wording.text import _

if TYPE_CHECKING:
    from clinicdesk.schedule.panel.page import SchedulePanel


class Carrying(QObject):
    """Begins move mode and keeps its bar."""

    def __init__(
        self,
        page: SchedulePanel,
        room: Room,
        hint: HintBar,
        why_not: Callable[[str, CardRow], str],
    ) -> None:
        super().__init__(page)
        self._grid, self._room, self._hint, self._why_not = page.grid, room, hint, why_not
        self._card: CardRow | None = None
        self._grid.moving.connect(self._moving)
        self._grid.carried.connect(self._carried)
        self._grid.told.connect(self._told)
        self._grid.chosen.connect(self._chosen_anew)

    def begin(self) -> None:
        """Take the selected card up, or say at once why not."""
        found = self._grid.selected()
        if found is None:
            return
        reason = self._why_not("schedule.move", found[1].card)
        if reason:
            self._told(reason)
        else:
            self._grid.setFocus()
            self._grid.keys.carry(*found)

    def bar_closed(self) -> None:
        """Put the card back if its bar was closed."""
        if self._card is not None and self._hint.isHidden():
            self._grid.keys.leave()

    def _moving(self, card: CardRow | None) -> None:
        self._card = card
        if card is None:
            self._hint.close_bar()

    def _carried(self, ghost: Ghost) -> None:
        card, grid = ghost.card, self._grid
        if card is None:
            return
        formats = self._room.formats
        wall = grid.slot_of(ghost.column, ghost.start, 1).starts
        other = grid.in_the_way(ghost)
        words = _("Moving {name} to {when} with {provider}.").format(
            name=given_first(card.name),
            when=f"{formats.day(wall.date(), 'weekday')}, {formats.time(wall)}",
            provider=grid.board.columns[ghost.column].source.name,
        )
        if other is not None:
            words += " " + _("{name} is there.").format(name=given_first(other.card.name))
        if is_here(card):
            words += " " + bound_words(card)
        self._hint.show_hint(words, "" if other is None else "warn", keys=_keys_of(card))
        grid.setFocus()

    def _told(self, reason: str) -> None:
        keys = "" if self._card is None else _keys_of(self._card)
        self._hint.show_hint(reason, "warn", keys=keys)
        self._grid.setFocus()

    def _chosen_anew(self) -> None:
        """Take a sentence about the card before away."""
        if self._card is None and not self._hint.asks:
            self._hint.close_bar()


def _keys_of(card: CardRow) -> str:
    days = "" if is_here(card) else _("← → day")
    parts = (
        _("↑ ↓ time"),
        days,
        _("Ctrl+← → provider"),
        _("Enter puts it down"),
        _("Esc leaves it"),
    )
    return " · ".join(part for part in parts if part)
