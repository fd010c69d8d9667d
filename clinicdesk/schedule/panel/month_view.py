# SPDX-License-Identifier: Apache-2.0
"""The month: how full each day is, by provider; its first appointments; the rest a key away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
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

from clinicdesk.desktop.theme import SECONDARY, Theme
from clinicdesk.schedule.panel.board_access import announce
from clinicdesk.schedule.panel.glyphs import INK, draw_glyph
from clinicdesk.schedule.queries import DayLoad, MonthLoad
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

_DAY: Final = timedelta(days=1)
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthView(QWidget):
    """Shows a month's load.

    Attributes:
        day_opened: Enter or a double click on a day.
        agenda_wanted: (day, where on the screen) its appointments shall be listed.
        month_wanted: the cursor went to a day of another month.
        day_chosen: the cursor went to another day.
    """

    day_opened = Signal(object)
    agenda_wanted = Signal(object, QPoint)
    month_wanted = Signal(object)
    day_chosen = Signal(object)

    def __init__(self, theme: Theme, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._formats = theme, formats
        self._month: MonthLoad | None = None
        self._days: dict[date, DayLoad] = {}
        self._today = date(2000, 1, 1)
        self.on = date(2000, 1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Month"))
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(900), self._theme.px(620))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(90))  # a bar may stand over it

    def show_month(self, month: MonthLoad, today: date) -> None:
        """Show a month."""
        self._month, self._today = month, today
        self._days = {day.on: day for day in month.days}
        self.update()

    def set_day(self, on: date) -> None:
        """Put the cursor on a day."""
        self.on = on
        self.update()

    def forget(self) -> None:
        """Drop every name."""
        self._month, self._days = None, {}
        self.update()

    def said(self, on: date) -> str:
        """Return a day as a sentence."""
        load = self._days.get(on)
        parts = [self._formats.day(on, "long")]
        if load is not None:
            parts.append(self._formats.count("{n} booked", "{n} booked", load.booked))
            parts.append(self._share(load))
        return ", ".join(part for part in parts if part)

    # ── where days are ───────────────────────────────────────────────────────────────────────

    def first_shown(self) -> date:
        """Return the day in the first cell: the month's week begins by the country."""
        first = self.on.replace(day=1) if self._month is None else self._month.first_on
        return first - _DAY * ((first.weekday() - self._formats.first_weekday) % 7)

    def weeks(self) -> int:
        """Return how many lines the month needs."""
        if self._month is None or not self._month.days:
            return 5
        return ((self._month.days[-1].on - self.first_shown()).days // 7) + 1

    def cell(self, on: date) -> QRectF:
        """Return a day's rectangle."""
        n = (on - self.first_shown()).days
        head = self._theme.px(26)
        width, tall = self.width() / 7, (self.height() - head) / self.weeks()
        column, line = n % 7, n // 7
        column = 6 - column if self.isRightToLeft() else column
        return QRectF(column * width, head + line * tall, width, tall)

    def day_at(self, point: QPoint) -> date | None:
        """Return the day at a point."""
        first = self.first_shown()
        for n in range(self.weeks() * 7):
            if self.cell(first + _DAY * n).contains(point):
                return first + _DAY * n
        return None

    # ── Qt's events ──────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        """Keep arrows with Alt from the window's back and forward."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _STEPS
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip:
            on = self.day_at(self.mapFromGlobal(self.cursor().pos()))
            self.setToolTip("" if on is None else self.said(on))
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk over the days; Enter opens one, Space lists it."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            step = _STEPS[key]
            if abs(step) == 1 and self.isRightToLeft():
                step = -step
            self._go(self.on + _DAY * step)
        elif key == Qt.Key.Key_PageUp:
            self._go((self.on.replace(day=1) - _DAY).replace(day=1))
        elif key == Qt.Key.Key_PageDown:
            self._go((self.on.replace(day=28) + _DAY * 4).replace(day=1))
        elif key == Qt.Key.Key_Home:
            self._go(self.on.replace(day=1))
        elif key == Qt.Key.Key_End:
            self._go((self.on.replace(day=28) + _DAY * 4).replace(day=1) - _DAY)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.day_opened.emit(self.on)
        elif key == Qt.Key.Key_Space:
            self._list(self.on)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a day; its “+N” lists it."""
        on = self.day_at(event.position().toPoint())
        if on is None:
            return
        self._go(on)
        load = self._days.get(on)
        if load is not None and load.more > 0 and self._more_box(on).contains(event.position()):
            self._list(on)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a day."""
        on = self.day_at(event.position().toPoint())
        if on is not None:
            self.day_opened.emit(on)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the weeks."""
        theme = self._theme
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.fillRect(self.rect(), theme.colour("surface"))
        self._weekdays(pen)
        first = self.first_shown()
        for n in range(self.weeks() * 7):
            on = first + _DAY * n
            self._day(pen, on, self._days.get(on))
        if self.hasFocus():
            edge = theme.px(4)
            pen.setPen(QPen(theme.colour("focus"), 2))
            pen.setBrush(Qt.BrushStyle.NoBrush)
            pen.drawRoundedRect(self.cell(self.on).adjusted(1.5, 1.5, -1.5, -1.5), edge, edge)
        pen.end()

    # ── painting ─────────────────────────────────────────────────────────────────────────────

    @property
    def _align(self) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag
        lead = side.AlignRight if self.isRightToLeft() else side.AlignLeft
        return lead | side.AlignAbsolute | side.AlignVCenter

    def _weekdays(self, pen: QPainter) -> None:
        theme, head = self._theme, self._theme.px(26)
        pen.setFont(theme.font(SECONDARY, QFont.Weight.DemiBold))
        pen.setPen(theme.colour("muted"))
        first = self.first_shown()
        for n in range(7):
            box = self.cell(first + _DAY * n)
            inside = QRectF(box.x() + theme.px(8), 0, box.width() - theme.px(16), head)
            name = self._formats.weekday((first + _DAY * n).weekday(), "abbreviated")
            pen.drawText(inside, int(self._align), name)

    def _day(self, pen: QPainter, on: date, load: DayLoad | None) -> None:
        theme, px = self._theme, self._theme.px
        box = self.cell(on)
        inside = box.adjusted(px(8), px(5), -px(8), -px(4))
        if load is None or not load.open_minutes:
            pen.fillRect(box, theme.colour("closed" if load is not None else "window"))
        if on == self.on:
            pen.fillRect(box.adjusted(1, 1, -1, -1), theme.colour("selection"))
        pen.setPen(QPen(theme.colour("border"), 1))
        pen.drawLine(box.topLeft(), box.topRight())
        side = box.topLeft() if not self.isRightToLeft() else box.topRight()
        low = box.bottomLeft() if not self.isRightToLeft() else box.bottomRight()
        pen.drawLine(side, low)
        ink = "muted" if load is None else "on_selection" if on == self.on else "text"
        self._number(pen, inside, on, ink)
        if load is None:
            return
        self._count(pen, inside, load, ink)
        y = self._bars(pen, inside, load, inside.y() + px(21))
        self._agenda(pen, inside, load, y + px(3), ink)

    def _number(self, pen: QPainter, inside: QRectF, on: date, ink: str) -> None:
        theme, px = self._theme, self._theme.px
        today = on == self._today
        bold = QFont.Weight.Bold if today else QFont.Weight.DemiBold
        pen.setFont(theme.font(10, bold))
        words = str(on.day)
        line = QRectF(inside.x(), inside.y(), inside.width(), px(18))
        if today:
            wide = max(px(22), QFontMetricsF(pen.font()).horizontalAdvance(words) + px(10))
            x = line.right() - wide if self.isRightToLeft() else line.x()
            pill = QRectF(x, line.y(), wide, px(18))
            pen.setPen(Qt.PenStyle.NoPen)
            pen.setBrush(theme.colour("now"))
            pen.drawRoundedRect(pill, px(9), px(9))
            pen.setPen(theme.colour("on_now"))
            pen.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), words)
            return
        pen.setPen(theme.colour(ink))
        pen.drawText(line, int(self._align), words)

    def _count(self, pen: QPainter, inside: QRectF, load: DayLoad, ink: str) -> None:
        if not load.booked:
            return
        theme = self._theme
        side = Qt.AlignmentFlag
        trail = side.AlignLeft if self.isRightToLeft() else side.AlignRight
        pen.setFont(theme.font(SECONDARY))
        pen.setPen(theme.colour("muted" if ink == "text" else ink))
        line = QRectF(inside.x(), inside.y(), inside.width(), theme.px(18))
        words = self._formats.count("{n} booked", "{n} booked", load.booked)
        pen.drawText(line, int(trail | side.AlignAbsolute | side.AlignVCenter), words)

    def _bars(self, pen: QPainter, inside: QRectF, load: DayLoad, y: float) -> float:
        """Draw a bar for each provider: how much of the open time is taken."""
        theme, px = self._theme, self._theme.px
        month = self._month
        if month is None or not load.open_minutes:
            return y
        colours = {one.provider_id: one.color for one in month.providers}
        series = theme.tokens.series
        working = [one for one in load.loads if one.open_minutes]
        low = inside.height() < px(92)  # leave a line for somebody's name
        gap = 1 if low else 2
        tall = max(
            2, min(px(3 if low else 4), int(inside.height() * 0.3 / max(1, len(working)) - 1))
        )
        pen.setPen(Qt.PenStyle.NoPen)
        for one in working:
            track = QRectF(inside.x(), y, inside.width(), tall)
            pen.setBrush(theme.colour("grid"))
            pen.drawRoundedRect(track, tall / 2, tall / 2)
            share = min(1.0, one.booked_minutes / one.open_minutes)
            if share:
                width = max(tall, track.width() * share)
                x = track.right() - width if self.isRightToLeft() else track.x()
                pen.setBrush(QColor(series[colours.get(one.provider_id, 0) % len(series)]))
                pen.drawRoundedRect(QRectF(x, y, width, tall), tall / 2, tall / 2)
            y += tall + gap
        return y

    def _agenda(self, pen: QPainter, inside: QRectF, load: DayLoad, y: float, ink: str) -> None:
        theme, px = self._theme, self._theme.px
        line, size = px(16), px(10)
        pen.setFont(theme.font(SECONDARY))
        metrics = QFontMetricsF(pen.font())
        rows = list(load.first)
        room = int((inside.bottom() - y) // line) - (1 if load.more > 0 else 0)
        for row in rows[: max(0, room)]:
            look = theme.status(INK[row.look])
            gx = inside.right() - size if self.isRightToLeft() else inside.x()
            where = QRectF(gx, y + (line - size) / 2, size, size)
            draw_glyph(pen, row.look, where, QColor(look.bar))
            shift = size + px(5)
            x = inside.x() if self.isRightToLeft() else inside.x() + shift
            width = inside.width() - shift
            words = f"{self._formats.time(row.starts)} {row.name}"
            pen.setPen(theme.colour(ink))
            pen.drawText(
                QRectF(x, y, width, line),
                int(self._align),
                metrics.elidedText(words, Qt.TextElideMode.ElideRight, width),
            )
            y += line
        if load.more > 0 and room >= 0:
            pen.setPen(theme.colour("link" if ink == "text" else ink))
            listed = max(0, min(room, len(rows)))
            left = self._formats.number(load.booked - listed)
            words = _("+{n} more").format(n=left) if listed else _("Show all")
            pen.drawText(self._more_box(load.on), int(self._align), words)

    def _more_box(self, on: date) -> QRectF:
        px = self._theme.px
        box = self.cell(on).adjusted(px(8), px(5), -px(8), -px(4))
        return QRectF(box.x(), box.bottom() - px(16), box.width(), px(16))

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _share(self, load: DayLoad) -> str:
        if not load.open_minutes:
            return _("closed")
        booked = self._formats.minutes(load.booked_minutes)
        return _("{booked} of {open} taken").format(
            booked=booked, open=self._formats.minutes(load.open_minutes)
        )

    def _go(self, on: date) -> None:
        if on == self.on:
            return
        self.on = on
        if on not in self._days:
            self.month_wanted.emit(on)
        self.day_chosen.emit(on)
        announce(self, self.said(on))
        self.update()

    def _list(self, on: date) -> None:
        corner = self.cell(on).bottomLeft().toPoint()
        self.agenda_wanted.emit(on, self.mapToGlobal(corner))
