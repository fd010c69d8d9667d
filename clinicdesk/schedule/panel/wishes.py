# SPDX-License-Identifier: Apache-2.0
"""The waitlist at the counter: what is freed is offered, who finds no time is put on it.

When somebody begins to cancel, the list is asked at once, so that the offer stands in the bar as
soon as the reason is given.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.identity import AppointmentTypeId, PatientId, StaffId
from clinicdesk.kernel.moments import Slot
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.schedule.model import (
    MAY_BOOK,
    AddToWaitlist,
    BookAppointment,
    Kind,
    Placed,
    SettleWaiting,
)
from clinicdesk.schedule.panel.bars import ReasonBar
from clinicdesk.schedule.panel.booking_draft import Draft
from clinicdesk.schedule.panel.spoken import dotted
from clinicdesk.schedule.panel.waitlist_match import Freed, matches
from clinicdesk.schedule.panel.waitlist_view import WaitlistView
from clinicdesk.schedule.panel.wish_bar import WishBar
from clinicdesk.schedule.queries import CardRow, TypeRow, WaitlistRow
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import N_, _

if TYPE_CHECKING:
    from clinicdesk.patients.queries import PatientHit
    from clinicdesk.schedule.panel.page import SchedulePanel

_MOST: Final = 5


class Wishes(QObject):
    """Keeps and grants wishes.

    Attributes:
        booked: (``Placed``, naive wall time) a wish was granted.
        booking_wanted: a ``WaitlistRow``: open the booking bar for it.
        bar: puts somebody on the list.
        view: who is on it.
    """

    booked = Signal(object, object)
    booking_wanted = Signal(object)

    def __init__(
        self, page: SchedulePanel, room: Room, schedule: Schedule, reason: ReasonBar
    ) -> None:
        super().__init__(page)
        self._page, self._room, self._schedule, self._reason = page, room, schedule, reason
        self.types: tuple[TypeRow, ...] = ()
        self.bar = WishBar(room, page)
        self.view = WaitlistView(room, page)
        self._known: tuple[int, tuple[WaitlistRow, ...]] | None = None
        self._freed: Freed | None = None
        self._offered: tuple[WaitlistRow, ...] = ()
        self._asked_for: CardRow | None = None
        reason.offered.connect(self._taken)
        reason.closed.connect(self._bar_closed)
        self.bar.wished.connect(self._wished)
        self.view.opened.connect(self.booking_wanted)
        self.view.withdrawn.connect(self._withdrawn)

    # ── what is freed is offered ─────────────────────────────────────────────────────────────

    def look(self, card: CardRow) -> None:
        """Ask who waits, before it is known whether the card will be cancelled."""
        self._known, self._asked_for = None, None
        wall = self._room.formats.zone.wall(self._room.clock.now())
        if card.kind is not Kind.VISIT or card.starts < wall or not self._room.actor.may(MAY_BOOK):
            self._known = (card.id, ())
            return
        question = partial(self._schedule.waitlist, self._room.actor)
        self._room.desk.ask(question, partial(self._found, card.id), owner=self)

    def offer(self, card: CardRow) -> None:
        """Offer the time of a card that is being cancelled, or put the bar away."""
        self._asked_for = card
        if self._known is not None and self._known[0] == card.id:
            self._offer(card, self._known[1])

    def _found(self, card_id: int, rows: tuple[WaitlistRow, ...]) -> None:
        self._known = (card_id, rows)
        card = self._asked_for
        if card is not None and card.id == card_id and not self._reason.isHidden():
            self._offer(card, rows)

    def _offer(self, card: CardRow, rows: tuple[WaitlistRow, ...]) -> None:
        freed = Freed(card.provider_id, card.starts, card.fold, card.minutes)
        others = (row for row in rows if row.patient_id != card.patient_id)
        lengths = {one.id: one.minutes for one in self.types}
        self._offered = matches(others, freed, lengths, self._room.formats)[:_MOST]
        if not self._offered:
            self._reason.close_bar()
            return
        self._freed = freed
        formats = self._room.formats
        words = formats.say(
            N_("{when} with {provider} is free, {minutes}. Who waits: Down and Enter book."),
            {
                "when": card.starts,
                "provider": dict(self._page.people).get(card.provider_id, ""),
                "minutes": formats.minutes(card.minutes),
            },
        )
        self._reason.offer(words, [self._told(row) for row in self._offered])

    def _told(self, row: WaitlistRow) -> tuple[str, str]:
        urgent = _("Urgent") if row.urgent else ""
        caption = dotted((row.name, urgent, row.phone, row.wishes))
        since = _("since {when}").format(when=self._room.formats.instant(row.since_at))
        return caption, dotted((row.type, row.provider, since))

    def _taken(self, number: int) -> None:
        row, freed = self._offered[number], self._freed
        self._reason.close_bar()
        if freed is None:
            return
        lengths = {one.id: one.minutes for one in self.types}
        minutes = freed.minutes if row.type_id is None else lengths.get(row.type_id, freed.minutes)
        command = BookAppointment(
            PatientId(row.patient_id),
            StaffId(freed.provider_id),
            Slot(freed.starts, minutes, freed.fold),
            type_id=None if row.type_id is None else AppointmentTypeId(row.type_id),
        )
        settle = SettleWaiting(row.id, row.version, "booked")
        self._room.desk.carry_out(
            partial(self._schedule.book_wish, command, settle, self._room.actor),
            partial(self._granted, command),
            owner=self,
        )

    def _granted(self, command: BookAppointment, done: Done[Placed]) -> None:
        self._room.spotlight.show("patient", command.patient_id)
        self.booked.emit(done.value, command.slot.starts)

    def _bar_closed(self) -> None:
        self._asked_for = None

    # ── who finds no time ────────────────────────────────────────────────────────────────────

    def wish_for(self, draft: Draft, name: str) -> None:
        """Put the patient of a booking under way on the list."""
        self.bar.set_choices(self.types, self._page.people)
        self.bar.open_bar(
            draft.patient_id, name, type_id=draft.type_id, provider_id=draft.provider_id or None
        )

    def wish_for_patient(self, hits: tuple[PatientHit, ...]) -> None:
        """Put a patient on the list."""
        if hits:
            self.bar.set_choices(self.types, self._page.people)
            self.bar.open_bar(hits[0].id, hits[0].name)

    def _wished(self, command: AddToWaitlist) -> None:
        self._room.desk.carry_out(
            partial(self._schedule.add_to_waitlist, command, self._room.actor), owner=self
        )

    # ── who waits ────────────────────────────────────────────────────────────────────────────

    def show_list(self) -> None:
        """Show who waits."""
        question = partial(self._schedule.waitlist, self._room.actor)
        self._room.desk.ask(question, self.view.show_rows, owner=self)

    def forget(self) -> None:
        """Drop every name."""
        self.view.hide()
        self.view.table.rows.replace(())
        self._known, self._offered, self._freed = None, (), None

    def _withdrawn(self, row: WaitlistRow) -> None:
        command = SettleWaiting(row.id, row.version, "withdrawn")
        self._room.desk.carry_out(
            partial(self._schedule.settle_waiting, command, self._room.actor),
            self._list_changed,
            self._list_refused,
            owner=self,
        )

    def _list_changed(self, _done: object) -> None:
        self.show_list()

    def _list_refused(self, refusal: Refusal) -> None:
        self._room.notices.refusal(refusal)
        self.show_list()
