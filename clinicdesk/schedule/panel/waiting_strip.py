# SPDX-License-Identifier: Apache-2.0
"""The waiting strip: who is in the clinic, the longest waiting first, and how many are in sight.

Minutes go on without asking again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import SECONDARY
from clinicdesk.desktop.top_bar import leading_edge
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.ledger.model import ENTRIES
from clinicdesk.schedule.model import (
    APPOINTMENTS,
    VISITS,
    Booking,
    StepState,
)
from clinicdesk.schedule.panel.minute_tick import MinuteTick
from clinicdesk.schedule.panel.spoken import dotted
from clinicdesk.schedule.panel.waiting_card import WaitingButton
from clinicdesk.schedule.queries import WaitingCard
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import _

_ORDER: Final = (Booking.ARRIVED, Booking.IN_ROOM, Booking.CHECKOUT)


class CardShelf(QScrollArea):
    """Cards side by side; what does not fit is reached by the wheel, by keys and by ``turn``.

    Attributes:
        slid: other cards may be in sight than before.
        resized: there is more or less room.
    """

    TALL = 85  # units: a card and the air around it
    slid = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Waiting room"))
        bar = self.horizontalScrollBar()
        bar.valueChanged.connect(self._slid)
        bar.rangeChanged.connect(self._slid)

    def turn(self) -> None:
        """Show the next ones; after the last the first again."""
        bar = self.horizontalScrollBar()
        at_end = bar.value() >= bar.maximum()
        bar.setValue(0 if at_end else bar.value() + self.viewport().width())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Slide along, whichever way the wheel turns."""
        turned = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.y() or turned.x()))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that there is more or less room."""
        super().resizeEvent(event)
        self.resized.emit()

    def _slid(self) -> None:
        self.slid.emit()


class WaitingPanel(Panel[tuple[WaitingCard, ...]]):
    """The strip along the bottom."""

    shows: ClassVar[frozenset[Topic]] = frozenset({APPOINTMENTS, VISITS, ENTRIES})

    def __init__(self, room: Room, schedule: Schedule) -> None:
        super().__init__(room)
        self._schedule = schedule
        self._buttons: list[WaitingButton] = []
        self.setAccessibleName(_("Waiting room"))
        self.caption = plain_label("", muted=True, wrap=False)
        self.caption.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.cards = CardShelf(self)
        self._inside = QWidget()
        self._line = QHBoxLayout(self._inside)
        self.cards.setWidget(self._inside)
        self.more = QPushButton(self)
        self.more.setProperty("link", True)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # arrows and Tab walk the cards
        self.more.clicked.connect(self.cards.turn)
        self.more.hide()
        self.cards.slid.connect(self._count_more)
        self.cards.resized.connect(self._fit)
        self._top = QHBoxLayout()
        self._top.addWidget(self.caption, 1)
        self._top.addWidget(self.more)
        self.body.addLayout(self._top)
        self.body.addWidget(self.cards, 1)
        self._tick = MinuteTick(room.clock, self)
        self._tick.ticked.connect(self._ticked)
        room.theme.changed.connect(self._measure)
        self._measure()

    def minimumSizeHint(self) -> QSize:
        """Ask for what the cards need, not for what a failure would be told in."""
        px = self.room.theme.px
        return QSize(px(288), self._top.sizeHint().height() + px(CardShelf.TALL))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def question(self) -> Callable[[], tuple[WaitingCard, ...]]:
        return partial(self._schedule.waiting, self.room.actor)

    def show_answer(self, answer: tuple[WaitingCard, ...]) -> None:
        """Show who waits, who is in a room, who pays; the longest of each first."""
        now = self.room.clock.now()
        focused = next((b.card.appointment_id for b in self._buttons if b.hasFocus()), 0)
        cards = sorted(answer, key=lambda one: (_ORDER.index(one.booking), one.since_at, one.name))
        for button in self._buttons:
            self._line.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(card) for card in cards]
        while self._line.count():
            self._line.takeAt(0)
        for button in self._buttons:
            self._line.addWidget(button)
        self._line.addStretch(1)
        again = next((b for b in self._buttons if b.card.appointment_id == focused), None)
        if again is not None:
            again.setFocus()
        self._caption(cards)
        self._fit()
        self.badge_changed.emit(sum(card.level(now) == "late" for card in cards))

    def forget(self) -> None:
        """Drop every name."""
        super().forget()
        self.show_answer(())
        self.caption.clear()  # nobody was asked; somebody may well wait

    def focus_first(self) -> None:
        """Go to the first card."""
        if self._buttons:
            self._buttons[0].setFocus()
        else:
            super().focus_first()

    def tick(self) -> None:
        """Go on to the present minute."""
        self._tick.tick()

    def buttons(self) -> tuple[WaitingButton, ...]:
        """Return the cards in their order."""
        return tuple(self._buttons)

    def _button(self, card: WaitingCard) -> WaitingButton:
        button = WaitingButton(self.room, card, self._inside)
        button.clicked.connect(self._pressed)
        button.stepped.connect(self._stepped)
        button.pay_wanted.connect(self._paying)
        button.show()
        return button

    def _pressed(self) -> None:
        card = self._sender()
        if card is not None:
            self.room.spotlight.show("patient", card.patient_id)
            self.room.spotlight.show("appointment", card.appointment_id)

    def _stepped(self, forward: bool) -> None:  # noqa: FBT001 -- a signal
        card = self._sender()
        if card is not None:
            command = StepState(AppointmentId(card.appointment_id), card.version, forward=forward)
            step = partial(self._schedule.step, command, self.room.actor)
            self.room.desk.carry_out(step, owner=self)

    def _paying(self) -> None:
        card = self._sender()
        if card is not None:
            self.room.spotlight.ask_for("patient", card.patient_id, "pay")

    def _sender(self) -> WaitingCard | None:
        button = self.sender()
        return button.card if isinstance(button, WaitingButton) else None

    def _ticked(self, now: datetime) -> None:
        for button in self._buttons:
            button.set_now(now)
        self.badge_changed.emit(sum(b.card.level(now) == "late" for b in self._buttons))

    def _caption(self, cards: list[WaitingCard]) -> None:
        formats = self.room.formats
        counts = [sum(card.booking is state for card in cards) for state in _ORDER]
        words = (
            formats.count("{n} waiting", "{n} waiting", counts[0]),
            formats.count("{n} in room", "{n} in room", counts[1]),
            formats.count("{n} at checkout", "{n} at checkout", counts[2]),
        )
        self.caption.setText(dotted(words) if cards else _("Nobody is waiting."))

    def _fit(self) -> None:
        """Make the cards so wide that none is seen in part."""
        px = self.room.theme.px
        gap, least, most = px(8), px(WaitingButton.LEAST), px(WaitingButton.MOST)
        room = self.cards.viewport().width() - gap
        fitting = max(1, room // (least + gap))
        full = len(self._buttons) > fitting
        width = room // fitting - gap if full else most
        over = room - fitting * (width + gap) if full else 0  # a px more for the first so many
        for number, button in enumerate(self._buttons):
            wide = min(max(width + (number < over), least), most)
            button.setMinimumWidth(wide if wide < most else least)
            button.setMaximumWidth(wide)
        QTimer.singleShot(0, self._count_more)  # the cards have their places a moment later

    def _count_more(self) -> None:
        """Say how many cards are out of sight; there is no scroll bar to say it."""
        seen = self.cards.viewport().rect()
        hidden = sum(
            not seen.contains(QRect(button.mapTo(self.cards.viewport(), QPoint()), button.size()))
            for button in self._buttons
        )
        self.more.setVisible(hidden > 0)
        words = self.room.formats.count("{n} more", "{n} more", hidden)
        self.more.setText(f"{words} ›")
        self.more.setAccessibleName(words)
        self.more.setToolTip(_("Show the others"))

    def _measure(self) -> None:
        px = self.room.theme.px
        self.caption.setFont(self.room.theme.font(SECONDARY))
        self.caption.setAlignment(leading_edge(self))
        self._top.setContentsMargins(px(12), px(4), px(12), 0)
        self._line.setContentsMargins(px(8), px(3), px(8), px(8))
        self._line.setSpacing(px(8))
        self.cards.setMinimumHeight(px(CardShelf.TALL))
        self.updateGeometry()
        self._fit()
