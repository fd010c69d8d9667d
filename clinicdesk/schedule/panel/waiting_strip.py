# SPDX-License-Identifier: Apache-2.0
"""The waiting strip: who is in the clinic now, the longest wait first, minutes running."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.dock import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.schedule.model import APPOINTMENTS, LOOK_WORDS, Booking, Kind, Look, look_of
from clinicdesk.schedule.model import Contact as Reached
from clinicdesk.schedule.panel.drawing import glyph, ink_name, spoken_name
from clinicdesk.schedule.queries.rows import WaitingCard
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import _

_ORDER = {Booking.ARRIVED: 0, Booking.IN_ROOM: 1, Booking.CHECKOUT: 2}


class WaitingPanel(Panel[tuple[WaitingCard, ...]]):
    """The strip below the book."""

    shows = frozenset({APPOINTMENTS})

    def __init__(self, room: Room, *, schedule: Schedule) -> None:
        super().__init__(room)
        self._schedule = schedule
        px = room.theme.px
        self._scroll = QScrollArea()
        self._scroll.setObjectName("strip")
        self._scroll.setAccessibleName(_("In the clinic now"))
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(px(8), px(6), px(8), px(6))
        self._row.setSpacing(px(8))
        self._scroll.setWidget(inside)
        self.body.addWidget(self._scroll)
        self._nobody = plain_label(_("Nobody is waiting."), muted=True)
        self._row.addWidget(self._nobody)
        self._cards: list[StripCard] = []
        self._clock = QTimer(self, interval=15_000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()

    def question(self) -> Callable[[], tuple[WaitingCard, ...]]:
        """Ask who is here."""
        return partial(self._schedule.waiting, self.room.actor)

    def show_answer(self, answer: tuple[WaitingCard, ...]) -> None:
        """Show a card for each, waiting first, the longest first."""
        now = self.room.clock.now()
        rows = sorted(answer, key=lambda c: (_ORDER.get(c.booking, 3), -c.minutes(now)))
        while self._row.count():
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self._nobody:
                widget.deleteLater()
        self._cards = []
        self._nobody.setVisible(not rows)
        if not rows:
            self._row.addWidget(self._nobody)
        for row in rows:
            card = StripCard(self.room, row)
            card.chosen.connect(self._chosen)
            self._row.addWidget(card, 1)
            self._cards.append(card)
        self._tick()

    def forget(self) -> None:
        """Drop every name."""
        self.show_answer(())
        super().forget()

    def focus_first(self) -> None:
        """Focus the longest wait."""
        if self._cards:
            self._cards[0].setFocus()

    def _tick(self) -> None:
        for card in self._cards:
            card.tell_time(self.room.clock.now())

    def _chosen(self, row: WaitingCard) -> None:
        self.room.spotlight.show("patient", row.patient_id)
        self.room.spotlight.show("appointment", row.appointment_id)


class StripCard(QWidget):
    """One person in the clinic.

    Attributes:
        chosen: the card was clicked, or Enter pressed on it.
    """

    chosen = Signal(object)

    def __init__(self, room: Room, row: WaitingCard) -> None:
        super().__init__()
        self._room, self._row = room, row
        self._minutes, self._level = 0, "fine"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(room.theme.px(158))
        self.setMaximumWidth(room.theme.px(230))
        self.setMaximumHeight(room.theme.px(82))
        self.setMinimumHeight(room.theme.px(74))

    def sizeHint(self) -> QSize:
        """As drawn."""
        return QSize(self._room.theme.px(172), self._room.theme.px(78))

    def tell_time(self, now: datetime) -> None:
        """Count the minutes again."""
        self._minutes, self._level = self._row.minutes(now), self._row.level(now)
        word = self._room.formats.word(str(LOOK_WORDS[self._look]))
        minutes = self._room.formats.minutes(self._minutes)
        self.setAccessibleName(f"{self._row.name}, {word}, {minutes}")
        self.update()

    @property
    def _look(self) -> Look:
        return look_of(Kind.VISIT, self._row.booking, Reached.CONFIRMED)

    def _below(self) -> str:
        row, formats = self._row, self._room.formats
        if row.booking is Booking.CHECKOUT and row.due_minor > 0:
            return formats.money(row.due_minor)
        if row.booking is Booking.IN_ROOM:
            since = formats.time(formats.zone.wall(row.since_at))
            return _("since {time}").format(time=since)
        if row.due_minor > 0:
            return _("Owes {amount}").format(amount=formats.money(row.due_minor))
        return row.type

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, state and the ring of minutes."""
        theme, px, row = self._room.theme, self._room.theme.px, self._row
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        late = self._level == "late"
        rect = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        pen.setPen(QPen(theme.colour("danger" if late else "border"), 2 if late else 1))
        pen.setBrush(theme.colour("surface"))
        pen.drawRoundedRect(rect, px(7), px(7))
        if self.hasFocus():
            pen.setPen(QPen(theme.colour("focus"), 2))
            pen.setBrush(Qt.BrushStyle.NoBrush)
            pen.drawRoundedRect(rect.adjusted(2, 2, -2, -2), px(6), px(6))
        bar = theme.status(ink_name(self._look)).bar
        radius = px(20)
        x = rect.left() + px(9) if rtl else rect.right() - px(9) - 2 * radius
        ring = QRectF(x, rect.center().y() - radius, 2 * radius, 2 * radius)
        pen.setBrush(Qt.BrushStyle.NoBrush)
        pen.setPen(QPen(theme.colour("grid"), px(4)))
        pen.drawEllipse(ring)
        tone = {"late": theme.colour("danger"), "warn": theme.colour("warn")}.get(self._level)
        arc = QPen(tone or QColor(bar), px(4))
        arc.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setPen(arc)
        share = min(1.0, self._minutes / max(1, row.late_minutes))
        pen.drawArc(ring, 90 * 16, -int(share * 360 * 16))
        pen.setPen(theme.colour("danger" if late else "text"))
        pen.setFont(theme.font(11, QFont.Weight.Bold))
        centre = int(Qt.AlignmentFlag.AlignCenter)
        pen.drawText(ring.adjusted(0, -px(5), 0, -px(5)), centre, str(self._minutes))
        pen.setPen(theme.colour("muted"))
        pen.setFont(theme.font(7.5))
        pen.drawText(ring.adjusted(0, px(14), 0, px(14)), centre, _("min"))
        width = rect.width() - 2 * radius - px(26)
        left = rect.right() - px(10) - width if rtl else rect.left() + px(10)
        self._lines(pen, QRectF(left, rect.top(), width, rect.height()), bar, rtl=rtl)
        pen.end()

    def _lines(self, pen: QPainter, spot: QRectF, bar: str, *, rtl: bool) -> None:
        theme, px, row = self._room.theme, self._room.theme.px, self._row
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

        def line(words: str, top: int, indent: int = 0) -> None:
            place = QRectF(
                spot.x() + (0 if rtl else indent), spot.y() + top, spot.width() - indent, px(18)
            )
            shown = QFontMetricsF(pen.font()).elidedText(
                words, Qt.TextElideMode.ElideRight, place.width()
            )
            pen.drawText(place, flags, shown)

        pen.setFont(theme.font(10, QFont.Weight.DemiBold))
        pen.setPen(theme.colour("text"))
        line(spoken_name(row.name), px(8))
        size = px(13)
        x = spot.right() - size if rtl else spot.x()
        from PySide6.QtGui import QColor

        glyph(pen, self._look, QRectF(x, spot.y() + px(30), size, size), QColor(bar))
        pen.setFont(theme.font(9))
        pen.setPen(theme.colour("muted"))
        where = row.room if row.booking is Booking.IN_ROOM else ""
        when = where or self._room.formats.time(row.starts)
        line(f"{row.provider_initials} · {when}", px(28), px(18))
        line(self._below(), px(48))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the patient."""
        self.setFocus()
        self.chosen.emit(self._row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the patient."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(self._row)
        else:
            super().keyPressEvent(event)
