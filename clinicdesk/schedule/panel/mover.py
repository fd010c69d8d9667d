# SPDX-License-Identifier: Apache-2.0
"""Carries out changes of cards one after the other, however fast keys are pressed.

A second nudge cannot wait for the board to be asked again, and would be refused as a stale copy:
the version each change gave is handed to the next one of the same card.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.schedule.model import MAY_OVERBOOK, Placed, SlotTaken
from clinicdesk.schedule.queries import CardRow

Job = Callable[[int, bool], Callable[[], Done[Placed]]]
"""Makes a command from the version that was seen and whether it may lie beside another."""


@dataclass(frozen=True, slots=True)
class Change:
    """One wish about a card.

    Attributes:
        kind: a later wish of the same kind replaces one that is still queued; steps add up.
    """

    card: CardRow
    kind: str
    job: Job
    overbook: bool = False

    @property
    def adds_up(self) -> bool:
        """Whether two of them are more than the last one."""
        return self.kind == "step"


class Mover(QObject):
    """Does it.

    Attributes:
        settled: a card's changes are all done: its id.
        taken: (``Change``, ``Refusal``) the time is taken and may be double-booked.
    """

    settled = Signal(int)
    taken = Signal(object, object)

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._under_way: dict[int, Change] = {}
        self._queued: dict[int, list[Change]] = {}
        self._versions: dict[int, int] = {}

    def wish(self, change: Change) -> None:
        """Carry a change out now, or after those of the same card."""
        card_id = change.card.id
        if card_id not in self._under_way:
            self._send(change)
            return
        queue = self._queued.setdefault(card_id, [])
        if queue and queue[-1].kind == change.kind and not change.adds_up:
            queue.pop()
        queue.append(change)

    def version(self, card: CardRow) -> int:
        """Return the latest version known of a card."""
        return max(card.version, self._versions.get(card.id, 0))

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self._under_way)

    def _send(self, change: Change) -> None:
        self._under_way[change.card.id] = change
        command = change.job(self.version(change.card), change.overbook)
        self._room.desk.carry_out(
            command, partial(self._done, change), partial(self._refused, change), owner=self
        )

    def _done(self, change: Change, done: Done[Placed]) -> None:
        card_id = change.card.id
        self._versions[card_id] = done.value.version
        del self._under_way[card_id]
        queue = self._queued.get(card_id)
        if queue:
            self._send(queue.pop(0))
        else:
            self._queued.pop(card_id, None)
            self.settled.emit(card_id)

    def _refused(self, change: Change, refusal: Refusal) -> None:
        card_id = change.card.id
        self._under_way.pop(card_id, None)
        self._queued.pop(card_id, None)
        if isinstance(refusal, SlotTaken) and self._room.actor.may(MAY_OVERBOOK):
            self.taken.emit(change, refusal)
        else:
            self._room.notices.refusal(refusal)
        self.settled.emit(card_id)
