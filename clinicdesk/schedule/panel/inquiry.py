# SPDX-License-Identifier: Apache-2.0
"""What the booking bar asks while it is filled in: what is free, what would be in the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.schedule.model import ACTIVE, BookAppointment, Check
from clinicdesk.schedule.panel.offers import OFFERED
from clinicdesk.schedule.queries import CardRow, FreeSlot
from clinicdesk.schedule.service import Schedule

_NOTHING: Final = Check(None, may_overbook=False, cautions=())


class Inquiry(QObject):
    """Asks; an answer to anything but the latest wish is dropped.

    Attributes:
        asking: free times are being looked for.
        found: the next free times.
        checked: a ``Check``, and other cards of the patient on that day.
    """

    found = Signal(object)
    checked = Signal(object, object)

    def __init__(self, room: Room, schedule: Schedule, parent: QObject) -> None:
        super().__init__(parent)
        self.room, self._schedule = room, schedule
        self.number = 0
        self.asking = False

    def free(self, provider_id: int | None, minutes: int, after: datetime | None) -> None:
        """Ask for the next free times, one more than are offered."""
        self.number += 1
        self.asking = True
        question = partial(
            self._schedule.next_free, provider_id, minutes, after, OFFERED + 1, self.room.actor
        )
        answer = _Asked(self)
        self.room.desk.ask(question, answer.free, answer.refused, owner=self)

    def check(self, command: BookAppointment, *, walk_in: bool) -> None:
        """Ask what booking would meet, and when else the patient comes that day.

        For a walk-in only the second: whoever stands at the desk may be booked for later.
        """
        schedule, actor = self._schedule, self.room.actor

        def question() -> tuple[Check, tuple[CardRow, ...]]:
            met = _NOTHING if walk_in else schedule.check(command, actor)
            return met, _same_day(schedule.day(command.slot.day, actor).cards, command)

        answer = _Asked(self)
        self.room.desk.ask(question, answer.check, answer.refused, owner=self)

    def drop(self) -> None:
        """Listen to no answer that is under way."""
        self.number += 1
        self.asking = False


class _Asked:
    """One question, with the number by which a late answer is known."""

    def __init__(self, inquiry: Inquiry) -> None:
        self._inquiry, self._number = inquiry, inquiry.number

    def free(self, slots: tuple[FreeSlot, ...]) -> None:
        if self._number == self._inquiry.number:
            self._inquiry.asking = False
            self._inquiry.found.emit(slots)

    def check(self, answer: tuple[Check, tuple[CardRow, ...]]) -> None:
        if self._number == self._inquiry.number:
            self._inquiry.checked.emit(*answer)

    def refused(self, failure: BaseException) -> None:
        if self._number == self._inquiry.number:
            self._inquiry.asking = False
        if isinstance(failure, Refusal):
            self.check((Check(failure, may_overbook=False, cautions=()), ()))
        else:
            self._inquiry.room.desk.fail(failure)


def _same_day(cards: Sequence[CardRow], command: BookAppointment) -> tuple[CardRow, ...]:
    """Return the patient's other cards of a day; those at the same time are a caution already."""
    start = command.slot.starts
    end = start + timedelta(minutes=command.slot.minutes)
    return tuple(
        card
        for card in cards
        if card.patient_id == command.patient_id
        and card.booking in ACTIVE
        and not (card.starts < end and start < card.starts + timedelta(minutes=card.minutes))
    )
