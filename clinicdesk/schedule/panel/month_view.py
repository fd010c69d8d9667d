# SPDX-License-Identifier: Apache-2.0
"""The month: how full each day is, provider by provider, and its first appointments."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
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
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.schedule.panel.drawing import glyph, ink_name
from clinicdesk.schedule.queries.rows import DayLoad, MonthLoad
from clinicdesk.wording.text import _


class MonthView(QWidget):
    """Six weeks at most; Enter or a click opens a day.

    Attributes:
        chosen: a day was opened.
    """

    chosen = Signal(date)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._month: MonthLoad | None = None
        self._today = date.min
        self._cursor = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Month"))
        self.setMinimumSize(QSize(room.theme.px(600), room.theme.px(360)))

    def show_month(self, month: MonthLoad, today: date) -> None:
        """Show a month's load."""
        self._month, self._today = month, today
        days = [day.on for day in month.days]
        self._cursor = days.index(today) if today in days else 0
        self.update()

    def _first_cell(self) -> date:
        if self._month is None:
            return date.min
        shift = (self._month.first_on.weekday() - self._room.formats.first_weekday) % 7
        return self._month.first_on - timedelta(days=shift)

    def _cell(self, day: date) -> QRectF:
        head = self._room.theme.px(28)
        rows = 6 if self._weeks() > 5 else self._weeks()
        width, height = self.width() / 7, (self.height() - head) / max(1, rows)
        number = (day - self._first_cell()).days
        column = number % 7
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            column = 6 - column
        return QRectF(column * width, head + number // 7 * height, width, height)

    def _weeks(self) -> int:
        if self._month is None:
            return 5
        last = self._month.days[-1].on
        return (last - self._first_cell()).days // 7 + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint weekdays and days."""
        theme = self._room.theme
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.fillRect(self.rect(), theme.colour("surface"))
        if self._month is None:
            pen.end()
            return
        pen.setFont(theme.font(9.5, QFont.Weight.DemiBold))
        pen.setPen(theme.colour("muted"))
        for number in range(7):
            rect = self._cell(self._first_cell() + timedelta(days=number))
            words = self._room.formats.weekday(
                (self._room.formats.first_weekday + number) % 7, "abbreviated"
            )
            spot = QRectF(rect.x(), 0, rect.width(), theme.px(28))
            pen.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), words)
        for place, day in enumerate(self._month.days):
            self._paint_day(pen, day, focused=place == self._cursor and self.hasFocus())
        pen.end()

    def _paint_day(self, pen: QPainter, day: DayLoad, *, focused: bool) -> None:
        theme, px, formats = self._room.theme, self._room.theme.px, self._room.formats
        rect = self._cell(day.on).adjusted(0.5, 0.5, -0.5, -0.5)
        if not day.open_minutes:
            pen.fillRect(rect, theme.colour("closed"))
        pen.setPen(QPen(theme.colour("border"), 1))
        pen.setBrush(Qt.BrushStyle.NoBrush)
        pen.drawRect(rect)
        today = day.on == self._today
        pen.setFont(theme.font(10.5, QFont.Weight.Bold if today else QFont.Weight.Normal))
        pen.setPen(theme.colour("accent" if today else "text"))
        inner = rect.adjusted(px(8), px(5), -px(8), -px(5))
        leading = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        trailing = int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop)
        pen.drawText(inner, leading, str(day.on.day))
        pen.setFont(theme.font(9))
        pen.setPen(theme.colour("muted"))
        if day.booked:
            pen.drawText(inner, trailing, formats.count("{n} booked", "{n} booked", day.booked))
        self._paint_loads(pen, day, inner)
        y = inner.y() + px(36)
        for row in day.first:
            if y + px(18) > inner.bottom() - (px(16) if day.more else 0):
                break
            ink = theme.status(ink_name(row.look))
            glyph(pen, row.look, QRectF(inner.x(), y + px(2), px(11), px(11)), QColor(ink.bar))
            pen.setPen(theme.colour("text"))
            words = f"{formats.time(row.starts)} {row.name}"
            width = inner.width() - px(16)
            shown = QFontMetricsF(pen.font()).elidedText(words, Qt.TextElideMode.ElideRight, width)
            spot = QRectF(inner.x() + px(16), y, width, px(16))
            pen.drawText(spot, leading, shown)
            y += px(17)
        if day.more:
            pen.setPen(theme.colour("link"))
            bottom = QRectF(inner.x(), inner.bottom() - px(15), inner.width(), px(16))
            pen.drawText(bottom, leading, formats.count("+{n} more", "+{n} more", day.more))
        if focused:
            pen.setBrush(Qt.BrushStyle.NoBrush)
            pen.setPen(QPen(theme.colour("focus"), 2))
            pen.drawRoundedRect(rect.adjusted(2, 2, -2, -2), px(4), px(4))

    def _paint_loads(self, pen: QPainter, day: DayLoad, inner: QRectF) -> None:
        theme, px = self._room.theme, self._room.theme.px
        count = max(1, len(day.loads))
        width = inner.width() / count
        for number, load in enumerate(day.loads):
            if not load.open_minutes and not load.booked_minutes:
                continue
            share = min(1.0, load.booked_minutes / max(1, load.open_minutes))
            back = QRectF(inner.x() + number * width, inner.y() + px(21), width - px(3), px(6))
            pen.setPen(Qt.PenStyle.NoPen)
            pen.setBrush(theme.colour("grid"))
            pen.drawRoundedRect(back, px(3), px(3))
            pen.setBrush(QColor(theme.tokens.series[number % len(theme.tokens.series)]))
            back.setWidth(max(0.0, back.width() * share))
            pen.drawRoundedRect(back, px(3), px(3))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the day under the pointer."""
        for day in self._month.days if self._month else ():
            if self._cell(day.on).contains(event.position()):
                self.chosen.emit(day.on)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the days, Enter opens one."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if self._month is None:
            super().keyPressEvent(event)
        elif event.key() in steps and not event.modifiers():
            place = self._cursor + steps[Qt.Key(event.key())]
            self._cursor = min(max(place, 0), len(self._month.days) - 1)
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chosen.emit(self._month.days[self._cursor].on)
        else:
            super().keyPressEvent(event)
