# SPDX-License-Identifier: Apache-2.0
"""A tile: one figure in large, how it has moved, and its course; Enter opens what it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import FIGURE, SECONDARY
from clinicdesk.overview.panel.words import CAPTIONS, TOLD, Said
from clinicdesk.overview.queries import Measure, Value
from clinicdesk.wording.text import _

_PAD = 14
_FACE = QFont.Weight


class Tile(QAbstractButton):
    """One figure."""

    def __init__(self, measure: Measure, room: Room) -> None:
        super().__init__()
        self.measure = measure
        self._room = room
        self.said = Said(_(CAPTIONS[measure]), "", "", "")
        self._course: tuple[float, ...] = ()
        self.setObjectName(f"tile.{measure.value}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(self.said.caption)
        self.setAccessibleDescription(_(TOLD[measure]))
        self.setToolTip(_("{told} (Enter)").format(told=_(TOLD[measure])))
        room.theme.changed.connect(self.updateGeometry)

    def show_said(self, said: Said, course: Sequence[Value]) -> None:
        """Show a figure with its course."""
        self.said = said
        self._course = tuple(float(value) for value in course if value is not None)
        self.setAccessibleName(said.spoken)
        self.updateGeometry()
        self.update()

    # ── Qt's ─────────────────────────────────────────────────────────────────────────────────

    def sizeHint(self) -> QSize:
        return QSize(self._room.theme.px(210), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._room.theme.px(150), self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._room.theme.px(186)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw everything from top to bottom."""
        theme, px = self._room.theme, self._room.theme.px
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.setLayoutDirection(self.layoutDirection())
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        width = 2 if self.hasFocus() else theme.tokens.edge
        pen.setPen(QPen(theme.colour("focus" if self.hasFocus() else "border"), width))
        pen.setBrush(theme.colour("closed" if self.isDown() else "surface"))
        if self.underMouse() and not self.hasFocus():
            pen.setPen(QPen(theme.colour("control"), width))
        pen.drawRoundedRect(frame, px(8), px(8))
        inside = frame.adjusted(px(_PAD), px(10), -px(_PAD), -px(10))
        top = inside.top()
        top = self._lines(pen, self.said.caption, inside, top, SECONDARY, "muted", lines=2)
        top = self._figure(pen, inside, top)
        ink = self.said.tone or "muted"
        top = self._lines(pen, self.said.change, inside, top, SECONDARY, ink, lines=2)
        top = self._lines(pen, self.said.beside, inside, top, SECONDARY, "muted", lines=2)
        self._draw_course(pen, QRectF(inside.left(), top + px(4), inside.width(),
                                      max(0.0, inside.bottom() - top - px(4))))  # fmt: skip
        pen.end()

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _lines(  # noqa: PLR0917 -- where, what, how
        self, pen: QPainter, words: str, inside: QRectF, top: float, points: float, ink: str,
        lines: int,
    ) -> float:  # fmt: skip
        """Write words in as many lines as they need, at most so many; return where they end."""
        if not words:
            return top
        pen.setFont(self._room.theme.font(points))
        pen.setPen(self._room.theme.colour(ink))
        high = pen.fontMetrics().lineSpacing()
        place = QRectF(inside.left(), top, inside.width(), high * lines)
        flags = int(
            Qt.AlignmentFlag.AlignLeading
            | Qt.AlignmentFlag.AlignTop
            | Qt.TextFlag.TextWordWrap.value
            | Qt.TextFlag.TextDontClip.value
        )
        taken = pen.boundingRect(place, flags, words).height()
        if taken <= high * 1.5 or lines == 1:
            shown = pen.fontMetrics().elidedText(
                words, Qt.TextElideMode.ElideRight, int(inside.width())
            )
            pen.drawText(place, flags, shown if lines == 1 else words)
            return top + high
        pen.drawText(place, flags, words)
        return top + high * lines

    def _figure(self, pen: QPainter, inside: QRectF, top: float) -> float:
        """Write the figure as large as 24 points, smaller where it would not fit."""
        points = FIGURE
        while True:
            pen.setFont(self._room.theme.font(points, _FACE.Bold))
            if pen.fontMetrics().horizontalAdvance(self.said.value) <= inside.width():
                break
            if points <= SECONDARY:
                break
            points -= 1
        pen.setPen(self._room.theme.colour("text"))
        high = pen.fontMetrics().height()
        place = QRectF(inside.left(), top, inside.width(), high)
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        pen.drawText(place, int(flags), self.said.value)
        return top + high

    def _draw_course(self, pen: QPainter, place: QRectF) -> None:
        if len(self._course) < 2 or place.height() < self._room.theme.px(10):
            return
        low, high = min(self._course), max(self._course)
        span = (high - low) or 1.0
        step = place.width() / (len(self._course) - 1)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        points = []
        for number, value in enumerate(self._course):
            at = place.right() - number * step if mirrored else place.left() + number * step
            up = (value - low) / span if high > low else 0.5
            points.append(QPointF(at, place.bottom() - 3 - up * (place.height() - 6)))
        ink = self._room.theme.colour("accent")
        pen.setPen(QPen(ink, self._room.theme.px(1.6)))
        pen.setBrush(Qt.BrushStyle.NoBrush)
        pen.drawPolyline(points)
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(ink)
        pen.drawEllipse(points[-1], self._room.theme.px(3), self._room.theme.px(3))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.update()


class Spread(QWidget):
    """Widgets in as many columns as the width has room for, evenly."""

    def __init__(self, room: Room, widgets: Sequence[QWidget], least: int, most: int) -> None:
        super().__init__()
        self._room, self._widgets = room, tuple(widgets)
        self._least, self._most, self._columns = least, most, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._arrange()
        room.theme.changed.connect(self._arrange)

    @property
    def columns(self) -> int:
        """How many columns there are now."""
        return self._columns

    def minimumSizeHint(self) -> QSize:
        return QSize(self._room.theme.px(self._least), self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew where another number of columns fits."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        gap = self._room.theme.px(12)
        self._grid.setSpacing(gap)
        fit = max(1, (self.width() + gap) // (self._room.theme.px(self._least) + gap))
        count = len(self._widgets)
        columns = max(n for n in range(1, min(fit, self._most, count) + 1) if count % n == 0)
        if columns == self._columns:
            return
        for column in range(self._columns):
            self._grid.setColumnStretch(column, 0)
        self._columns = columns
        for number, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, number // columns, number % columns)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
