# SPDX-License-Identifier: Apache-2.0
"""One card of the waiting strip: for how long; late is a border and a number, no flash.

A button of its own, so that Tab, Enter and a screen reader work as everywhere.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QWidget,
)

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import SECONDARY
from clinicdesk.schedule.model import (
    Booking,
    Contact,
    Kind,
    look_of,
)
from clinicdesk.schedule.panel.glyphs import INK, draw_glyph
from clinicdesk.schedule.panel.spoken import dotted, given_first, onward_words
from clinicdesk.schedule.queries import WaitingCard
from clinicdesk.wording.text import _


class WaitingButton(QAbstractButton):
    """Somebody in the clinic.

    Attributes:
        stepped: F8 (True) or Shift+F8 (False).
        pay_wanted: F9.
    """

    LEAST, MOST = 164, 230  # units of width
    stepped = Signal(bool)
    pay_wanted = Signal()

    def __init__(self, room: Room, card: WaitingCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self.card = room, card
        self.now = room.clock.now()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(room.theme.px(self.LEAST))
        self.setMaximumWidth(room.theme.px(self.MOST))
        self._name()

    def set_now(self, now: datetime) -> None:
        """Go on with the minutes."""
        self.now = now
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._room.theme.px(176), self._room.theme.px(74))

    def event(self, event: QEvent) -> bool:
        """Keep F8 and F9 for this card."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_F8, Qt.Key.Key_F9}
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F8 goes on, F9 takes the payment, arrows go to the neighbour."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif key == Qt.Key.Key_F8:
            self.stepped.emit(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        elif key == Qt.Key.Key_F9:
            self.pay_wanted.emit()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            ahead = (key == Qt.Key.Key_Right) != self.isRightToLeft()
            parent = self.parentWidget()
            if parent is not None:
                self.focusNextPrevChild(ahead)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what the keys do."""
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        onward = onward_words(self.card.booking, self._room.formats)
        menu.addAction(f"{onward}\tF8", self._on)
        menu.addAction(_("Previous state\tShift+F8"), self._back)
        menu.addAction(_("Take payment\tF9"), self.pay_wanted.emit)
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card with its ring."""
        theme, px = self._room.theme, self._room.theme.px
        card, late = self.card, self._level() == "late"
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pen.setBrush(theme.colour("surface"))
        edge = theme.colour("danger" if late else "border")
        pen.setPen(QPen(edge, 2 if late else theme.tokens.edge))
        pen.drawRoundedRect(area, px(7), px(7))
        if self.hasFocus():
            pen.setPen(QPen(theme.colour("focus"), 2))
            pen.setBrush(Qt.BrushStyle.NoBrush)
            pen.drawRoundedRect(area.adjusted(2, 2, -2, -2), px(6), px(6))
        radius = min(px(19), area.height() / 2 - px(8))
        self._ring(pen, area, radius)
        room = area.width() - px(11) - 2 * radius - px(14)
        look = look_of(Kind.VISIT, card.booking, Contact.CONFIRMED)
        ink = theme.status(INK[look])
        self._line(pen, area, px(8), room, given_first(card.name), strong=True)
        size = px(13)
        at = px(11)
        x = area.right() - at - size if self.isRightToLeft() else area.x() + at
        draw_glyph(pen, look, QRectF(x, area.y() + px(31), size, size), QColor(ink.bar))
        self._line(pen, area, px(28), room, self._where(), shift=px(19))
        self._line(pen, area, px(48), room, self._what())
        pen.end()

    def _ring(self, pen: QPainter, area: QRectF, radius: float) -> None:
        """Draw how much of the target has passed, with the minutes in it."""
        theme, px, card = self._room.theme, self._room.theme.px, self.card
        minutes, level = card.minutes(self.now), self._level()
        inset = px(10) + radius
        x = area.x() + inset if self.isRightToLeft() else area.right() - inset
        ring = QRectF(x - radius, area.center().y() - radius, 2 * radius, 2 * radius)
        pen.setBrush(Qt.BrushStyle.NoBrush)
        pen.setPen(QPen(theme.colour("grid"), px(4)))
        pen.drawEllipse(ring)
        look = look_of(Kind.VISIT, card.booking, Contact.CONFIRMED)
        colour = QColor(theme.status(INK[look]).bar)
        if level != "fine":
            colour = theme.colour("danger" if level == "late" else "warn")
        style = QPen(colour, px(4))
        style.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setPen(style)
        share = min(1.0, minutes / max(1, card.late_minutes))
        turn = 1 if self.isRightToLeft() else -1
        pen.drawArc(ring, 90 * 16, turn * int(share * 360 * 16))
        pen.setPen(theme.colour("danger" if level == "late" else "text"))
        written = self._room.formats.number(minutes)
        pen.setFont(theme.font(11 if len(written) < 3 else 9, QFont.Weight.Bold))
        centre = int(Qt.AlignmentFlag.AlignCenter)
        pen.drawText(ring.adjusted(0, -px(10), 0, 0), centre, written)
        pen.setFont(theme.font(7.5))
        pen.setPen(theme.colour("muted"))
        pen.drawText(ring.adjusted(0, px(14), 0, 0), centre, _("min"))

    def _line(
        self,
        pen: QPainter,
        area: QRectF,
        y: float,
        room: float,
        words: str,
        *,
        shift: float = 0,
        strong: bool = False,
    ) -> None:
        theme, px = self._room.theme, self._room.theme.px
        pen.setFont(theme.font(10, QFont.Weight.DemiBold) if strong else theme.font(SECONDARY))
        pen.setPen(theme.colour("text" if strong else "muted"))
        lead = px(11) + shift
        width = max(0.0, room - shift)
        x = area.right() - lead - width if self.isRightToLeft() else area.x() + lead
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        fitted = QFontMetricsF(pen.font()).elidedText(words, Qt.TextElideMode.ElideRight, width)
        align = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        pen.drawText(QRectF(x, area.y() + y, width, px(18)), int(align), fitted)

    def _level(self) -> str:
        return self.card.level(self.now)

    def _where(self) -> str:
        card, formats = self.card, self._room.formats
        if card.booking is Booking.CHECKOUT:
            return _("Checkout")
        if card.booking is Booking.IN_ROOM:
            return dotted((card.provider_initials, card.room))
        return dotted((card.provider_initials, formats.time(card.starts)))

    def _what(self) -> str:
        card, formats = self.card, self._room.formats
        if card.due_minor > 0:
            money = formats.money(card.due_minor)
            if card.booking is Booking.CHECKOUT:
                return money
            return _("Owes {amount}").format(amount=money)
        if card.booking is Booking.ARRIVED:
            return card.type
        return _("since {time}").format(time=formats.time(formats.zone.wall(card.since_at)))

    def _name(self) -> None:
        card, formats = self.card, self._room.formats
        minutes = formats.minutes(card.minutes(self.now))
        words = {
            Booking.ARRIVED: _("waiting {minutes}"),
            Booking.IN_ROOM: _("in room {minutes}"),
            Booking.CHECKOUT: _("at checkout {minutes}"),
        }.get(card.booking, "{minutes}")
        parts = [card.name, words.format(minutes=minutes), card.type, card.room]
        late = self._level() == "late"
        said = ", ".join(part for part in (*parts, _("late") if late else "") if part)
        if self.accessibleName() != said:
            self.setAccessibleName(said)
        self.setToolTip(dotted((card.name, formats.time(card.starts), card.type, card.room)))

    def _on(self) -> None:
        self.stepped.emit(True)

    def _back(self) -> None:
        self.stepped.emit(False)
