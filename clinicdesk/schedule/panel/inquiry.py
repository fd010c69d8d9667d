# SPDX-License-Identifier: Apache-2.0
"""What the booking bar asks while it is filled in: what is free, what would be in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.schedule.model import (
    BookAppointment,
    Check,
    Placed,
    SettleWaiting,
    SlotTaken,
)  # fmt: skip
from clinicdesk.schedule.panel.offers import OFFERED
from clinicdesk.schedule.queries import FreeSlot
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import _

Granting = tuple[SettleWaiting | None, int]
"""How a wish of the waitlist ends, and whose it is."""


class Inquiry(QObject):
    """Asks; an answer to anything but the latest wish is dropped.

    Attributes:
        asking: free times are being looked for.
        found: the next free times.
        checked: a ``Check``.
    """

    found = Signal(object)
    checked = Signal(object)

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
        """Ask what booking would meet; of a walk-in only what is to know, they are here anyhow."""
        schedule, actor = self._schedule, self.room.actor

        def question() -> Check:
            met = schedule.check(command, actor)
            return Check(None, may_overbook=False, cautions=met.cautions) if walk_in else met

        answer = _Asked(self)
        self.room.desk.ask(question, answer.check, answer.refused, owner=self)

    def booking(self, command: BookAppointment, wish: Granting) -> Callable[[], Done[Placed]]:
        """Return the act of booking; the wish of that patient ends with it."""
        settle, of_patient = wish
        if settle is not None and command.patient_id == of_patient:
            return partial(self._schedule.book_wish, command, settle, self.room.actor)
        return partial(self._schedule.book, command, self.room.actor)

    def told(self, check: Check) -> str:
        """Word what is in the way and what is to know."""
        formats = self.room.formats
        said = [formats.say(one.wording, one.fields) for one in check.cautions]
        if check.clash is not None:
            words = formats.refusal(check.clash)
            if check.may_overbook and isinstance(check.clash, SlotTaken):
                words = _("{why} Enter twice to book beside it.").format(why=words)
            said.insert(0, words)
        return " ".join(said)

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

    def check(self, check: Check) -> None:
        if self._number == self._inquiry.number:
            self._inquiry.checked.emit(check)

    def refused(self, failure: BaseException) -> None:
        if self._number == self._inquiry.number:
            self._inquiry.asking = False
        if isinstance(failure, Refusal):
            self.check(Check(failure, may_overbook=False, cautions=()))
        else:
            self._inquiry.room.desk.fail(failure)
