# SPDX-License-Identifier: Apache-2.0
"""The other free times that the booking bar offers, each a button and a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.room import Room
from clinicdesk.schedule.panel.bars import FlowLine
from clinicdesk.schedule.panel.spoken import dotted
from clinicdesk.schedule.queries import FreeSlot
from clinicdesk.wording.text import _

OFFERED: Final = 5


class Offers(FlowLine):
    """Some free times.

    Attributes:
        slots: what is offered.
        taken: the number of one, counted from 0.
        none_suits: the patient waits for another time.
    """

    taken = Signal(int)
    none_suits = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._room = room
        self.slots: tuple[FreeSlot, ...] = ()
        self._caption = plain_label(_("Or:"), muted=True, wrap=False)
        self._caption.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._caption.setParent(self)
        self._caption.hide()
        self._buttons: list[QPushButton] = []
        self._none = QPushButton(_("No suitable time …"), self)
        self._none.setToolTip(_("Put the patient on the waitlist"))
        self._none.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._none.clicked.connect(self.none_suits)
        self._none.hide()

    def show_slots(self, slots: Sequence[FreeSlot], *, anyone: bool) -> None:
        """Offer these; with whom is said where it may be anyone."""
        self.slots = tuple(slots[:OFFERED])
        for button in self._buttons:
            button.deleteLater()
        self._buttons = [
            self._button(number, slot, anyone=anyone) for number, slot in enumerate(self.slots, 1)
        ]
        self._caption.setVisible(bool(self._buttons))
        self._none.setVisible(bool(self._buttons))
        shown = [self._caption, *self._buttons, self._none]
        self.show_widgets(shown if self._buttons else [])

    def _button(self, number: int, slot: FreeSlot, *, anyone: bool) -> QPushButton:
        formats = self._room.formats
        today = formats.zone.day(self._room.clock.now())
        day = slot.starts.date()
        named = "" if day == today else formats.day(day, "weekday")
        words = dotted((named, formats.time(slot.starts), slot.initials if anyone else ""))
        button = QPushButton(f"{number}  {words}", self)
        button.setAccessibleName(f"{formats.moment(slot.starts)}, {slot.provider}")
        button.setToolTip(f"{slot.provider} (Alt+{number})")
        button.setProperty("offer", number - 1)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._pressed)
        return button

    def _pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.taken.emit(int(button.property("offer")))
