# SPDX-License-Identifier: Apache-2.0
"""What is done to a card: each wish of the board, of a bar or of the menu becomes a command.

A drag and its keys end in the same call here, so that their undo is the same too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.identity import AppointmentId, AppointmentTypeId, PatientId, StaffId
from clinicdesk.kernel.moments import Slot
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.schedule.model import (
    MAY_OVERBOOK,
    BookAppointment,
    CancelAppointment,
    Contact,
    EditAppointment,
    Kind,
    MarkNoShow,
    MoveAppointment,
    Placed,
    ResizeAppointment,
    RestoreAppointment,
    SetContact,
    SlotTaken,
    StepState,
)
from clinicdesk.schedule.panel.mover import Change, Mover
from clinicdesk.schedule.queries import CardRow
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import _

WEEK = timedelta(weeks=1)


class Acts(QObject):
    """Carries out what is wished for a card.

    Attributes:
        settled: nothing is under way for a card any more: its id.
        asked: (words, verb, callable): the time is taken; the callable goes beside it.
        booked: (``Placed``, naive wall time) something was booked by copying.
    """

    settled = Signal(int)
    asked = Signal(str, str, object)
    booked = Signal(object, object)

    def __init__(self, room: Room, schedule: Schedule, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room, self._schedule = room, schedule
        self._mover = Mover(room, self)
        self._mover.settled.connect(self.settled)
        self._mover.taken.connect(self._taken)

    def move(self, card: CardRow, provider_id: int, slot: Slot) -> None:
        """Move a card to a time and a provider."""

        def job(version: int, overbook: bool) -> Callable[[], Done[Placed]]:  # noqa: FBT001
            command = MoveAppointment(
                AppointmentId(card.id), version, StaffId(provider_id), slot, overbook=overbook
            )
            return partial(self._schedule.move, command, self._room.actor)

        self._mover.wish(Change(card, "move", job))

    def resize(self, card: CardRow, minutes: int) -> None:
        """Make a card longer or shorter."""

        def job(version: int, overbook: bool) -> Callable[[], Done[Placed]]:  # noqa: FBT001
            command = ResizeAppointment(AppointmentId(card.id), version, minutes, overbook=overbook)
            return partial(self._schedule.resize, command, self._room.actor)

        self._mover.wish(Change(card, "resize", job))

    def step(self, card: CardRow, *, forward: bool) -> None:
        """Step the state; several presses are several steps."""

        def job(version: int, _overbook: bool) -> Callable[[], Done[Placed]]:  # noqa: FBT001
            command = StepState(AppointmentId(card.id), version, forward=forward)
            return partial(self._schedule.step, command, self._room.actor)

        self._mover.wish(Change(card, "step", job))

    def contact(self, card: CardRow, contact: Contact) -> None:
        """Say whether the patient was reached."""

        def job(version: int, _overbook: bool) -> Callable[[], Done[Placed]]:  # noqa: FBT001
            command = SetContact(AppointmentId(card.id), version, contact)
            return partial(self._schedule.set_contact, command, self._room.actor)

        self._mover.wish(Change(card, "contact", job))

    def cancel(self, card: CardRow, reason: str) -> None:
        """Cancel a card for a reason."""

        def job(version: int, _overbook: bool) -> Callable[[], Done[Placed]]:  # noqa: FBT001
            command = CancelAppointment(AppointmentId(card.id), version, reason)
            return partial(self._schedule.cancel, command, self._room.actor)

        self._mover.wish(Change(card, "cancel", job))

    def no_show(self, card: CardRow) -> None:
        """Say that the patient did not come."""

        def job(version: int, _overbook: bool) -> Callable[[], Done[Placed]]:  # noqa: FBT001
            command = MarkNoShow(AppointmentId(card.id), version)
            return partial(self._schedule.no_show, command, self._room.actor)

        self._mover.wish(Change(card, "no_show", job))

    def restore(self, card: CardRow) -> None:
        """Take a cancellation or a no-show back."""

        def job(version: int, overbook: bool) -> Callable[[], Done[Placed]]:  # noqa: FBT001
            command = RestoreAppointment(AppointmentId(card.id), version, overbook=overbook)
            return partial(self._schedule.restore, command, self._room.actor)

        self._mover.wish(Change(card, "restore", job))

    def edit(self, card: CardRow, type_id: object, note: str) -> None:
        """Change type and note."""

        def job(version: int, _overbook: bool) -> Callable[[], Done[Placed]]:  # noqa: FBT001
            kept = AppointmentTypeId(type_id) if isinstance(type_id, int) else None
            command = EditAppointment(AppointmentId(card.id), version, kept, note)
            return partial(self._schedule.edit, command, self._room.actor)

        self._mover.wish(Change(card, "edit", job))

    # ── copies ───────────────────────────────────────────────────────────────────────────────

    def again(self, card: CardRow) -> None:
        """Book the same a week later, at the same wall time."""
        self.copy(card, card.provider_id, card.starts + WEEK)

    def copy(self, card: CardRow, provider_id: int, starts: datetime, fold: int = 0) -> None:
        """Book the same patient and type at another time."""
        if card.kind is not Kind.VISIT or card.patient_id is None:
            return
        kept = None if card.type_id is None else AppointmentTypeId(card.type_id)
        self._book(
            BookAppointment(
                PatientId(card.patient_id),
                StaffId(provider_id),
                Slot(starts, card.minutes, fold),
                type_id=kept,
            )
        )

    def _book(self, command: BookAppointment) -> None:
        self._room.desk.carry_out(
            partial(self._schedule.book, command, self._room.actor),
            partial(self._booked, command),
            partial(self._book_refused, command),
            owner=self,
        )

    def _booked(self, command: BookAppointment, done: Done[Placed]) -> None:
        self.booked.emit(done.value, command.slot.starts)

    def _book_refused(self, command: BookAppointment, refusal: Refusal) -> None:
        if isinstance(refusal, SlotTaken) and self._room.actor.may(MAY_OVERBOOK):
            beside = partial(self._book, replace(command, overbook=True))
            self.asked.emit(self._room.formats.refusal(refusal), _("Book beside it"), beside)
        else:
            self._room.notices.refusal(refusal)

    def _taken(self, change: Change, refusal: Refusal) -> None:
        verb = {
            "move": _("Move beside it"),
            "restore": _("Restore beside it"),
        }.get(change.kind, _("Do it beside it"))
        beside = partial(self._mover.wish, replace(change, overbook=True))
        self.asked.emit(self._room.formats.refusal(refusal), verb, beside)
