# SPDX-License-Identifier: Apache-2.0
"""Booking somebody off the waitlist: the appointment and the end of the wish are one act."""

from __future__ import annotations

from functools import partial

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.schedule.model import MAY_BOOK, BookAppointment, Placed, SettleWaiting
from clinicdesk.schedule.service.booking import BookingDesk
from clinicdesk.schedule.service.setup import SetUpDesk
from clinicdesk.wording.text import N_

OFF_THE_LIST = N_("{patient} is booked with {provider} on {starts} and leaves the waitlist.")


class WaitlistDesk(BookingDesk, SetUpDesk):
    """Books wishes."""

    def book_wish(
        self, command: BookAppointment, wish: SettleWaiting, actor: Actor
    ) -> Done[Placed]:
        """Book a patient who waits and end the wish; undoing brings both back.

        Raises:
            SlotTaken: as ``book``; the wish stays.
            StaleCopy: the wish was settled or changed meanwhile; nothing is booked.
        """
        actor.require(MAY_BOOK)
        with self._records.write(actor, "schedule.book_wish", command.key) as work:
            if work.earlier is not None:
                return self._again(work, OFF_THE_LIST)
            placed = self.place(work, command)
            _row, back = self.settle_wish(work, wish)
            undo = partial(self._wait_again, placed, back, actor)
            return self._answer(work, placed, OFF_THE_LIST, undo)

    def _wait_again(self, placed: Placed, back: SettleWaiting, actor: Actor) -> Done[Placed]:
        """Unbook first: a visit that has begun keeps both."""
        done = self._unbook(placed, actor)()
        self.settle_waiting(back, actor)
        return Done(done.value, done.wording, done.fields)
