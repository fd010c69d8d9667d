# SPDX-License-Identifier: Apache-2.0
"""The painted grid: columns of a day or a week, cards, the now-line, cursor, drag and keys.

It paints frozen rows and tells wishes by signals; it carries nothing out itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.schedule.model import LOOK_WORDS, Kind
from clinicdesk.schedule.panel.drawing import CardPen, hatch
from clinicdesk.schedule.panel.grid_layout import GridColumn, GridLayout, Measures
from clinicdesk.schedule.queries.rows import CardRow
from clinicdesk.wording.text import _

_DRAG_FROM = 10  # px before a press becomes a drag
_STEPS = {Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
          Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A slot of a column: minute of the day and the column's provider."""

    column: int
    minute: int


class DayGrid(QAbstractScrollArea):
    """The book, painted.

    Attributes:
        selected: (card or None) when the selection changes.
        wished: (verb, card, spot): book, open, move, resize, cancel, note, forward, back, day.
    """

    selected = Signal(object)
    wished = Signal(str, object, object)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._columns: tuple[GridColumn, ...] = ()
        self._hours = (8 * 60, 18 * 60)
        self._now_min = 0
        self.slot_minutes = 15
        self.compact = False
        self._layout: GridLayout | None = None
        self._card_id = 0
        self._cursor = Spot(0, 9 * 60)
        self._moving: Spot | None = None  # where the selected card would go
        self._pressed: tuple[QPointF, CardRow, str] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Schedule"))
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        room.theme.changed.connect(self._relayout)

    # ── what to show ─────────────────────────────────────────────────────────────────────────

    def show_columns(
        self, columns: Sequence[GridColumn], hours: tuple[int, int], now_min: int
    ) -> None:
        """Show columns; scroll position, cursor and selection stay where they can."""
        first = not self._columns
        self._columns, self._hours, self._now_min = tuple(columns), hours, now_min
        self._cursor = Spot(
            min(self._cursor.column, max(0, len(columns) - 1)),
            min(max(self._cursor.minute, hours[0]), hours[1] - self.slot_minutes),
        )
        self._relayout()
        if first:
            self.scroll_to_now()
        self.viewport().update()

    def tick(self, now_min: int) -> None:
        """Move the now-line."""
        self._now_min = now_min
        self.viewport().update()

    def scroll_to_now(self) -> None:
        """Show the hour before now at the top."""
        column = next((c for c in self._columns if c.today), None)
        if column is None or self._layout is None:
            return
        minute = self._now_min - column.starts_min - 60
        self._cursor = Spot(self._cursor.column, self._layout.snapped(
            self._layout.y(self._now_min - column.starts_min)))  # fmt: skip
        top = self._layout.y(minute) - self._layout.measures.head
        self.verticalScrollBar().setValue(int(max(0, top)))

    def cards(self) -> list[CardRow]:
        """Return every card shown, in time order."""
        found = [card for column in self._columns for card in column.cards]
        return sorted(found, key=lambda card: (card.starts_min, card.provider_id))

    def current(self) -> CardRow | None:
        """Return the selected card."""
        return next((card for card in self.cards() if card.id == self._card_id), None)

    def cursor_spot(self) -> tuple[GridColumn, int] | None:
        """Return the cursor's column and minute of the day."""
        if not self._columns:
            return None
        return self._columns[self._cursor.column], self._cursor.minute

    def choose(self, card_id: int) -> None:
        """Select a card by id; 0 selects none."""
        if card_id == self._card_id:
            return
        self._card_id = card_id
        card = self.current()
        if card is not None and self._layout is not None:
            number = self._column_of(card)
            self._cursor = Spot(number, card.starts_min - self._columns[number].starts_min)
            self._show_rect(self._rect_of(card))
        self.viewport().update()
        self.selected.emit(card)

    # ── geometry ─────────────────────────────────────────────────────────────────────────────

    def _relayout(self) -> None:
        px = self._room.theme.px
        measures = Measures(
            head=px(46),
            gutter=px(58),
            column_least=px(170),
            slot_height=px(19 if self.compact else 24),
            slot_minutes=self.slot_minutes,
            gap=px(3),
        )
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        width = self.viewport().width()
        self._layout = GridLayout(self._columns, *self._hours, measures, width, right_to_left=rtl)
        area = self.viewport().size()
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, self._layout.height + px(6) - area.height()))
        vertical.setPageStep(area.height())
        vertical.setSingleStep(measures.slot_height)
        horizontal.setRange(0, max(0, self._layout.width - area.width()))
        horizontal.setPageStep(area.width())
        horizontal.setSingleStep(self._layout.column_width)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self._relayout()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Repaint; the head and the gutter do not move."""
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Be as large as there is room."""
        return QSize(self._room.theme.px(900), self._room.theme.px(600))

    def _origin(self) -> QPointF:
        return QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def _content(self, position: QPointF) -> QPointF:
        return position - self._origin()

    def _column_of(self, card: CardRow) -> int:
        return next(n for n, column in enumerate(self._columns) if card in column.cards)

    def _rect_of(self, card: CardRow) -> QRectF:
        number = self._column_of(card)
        if self._layout is None:
            return QRectF()
        return self._layout.card_rect(number, self._columns[number].cards.index(card))

    def _show_rect(self, rect: QRectF) -> None:
        if self._layout is None:
            return
        bar, head = self.verticalScrollBar(), self._layout.measures.head
        top, height = bar.value(), self.viewport().height()
        if rect.top() < top + head:
            bar.setValue(int(rect.top() - head - 4))
        elif rect.bottom() > top + height:
            bar.setValue(int(rect.bottom() - height + 8))

    def _card_at(self, position: QPointF) -> CardRow | None:
        if self._layout is None or position.y() < self._layout.measures.head:
            return None
        point = self._content(position)
        number = self._layout.column_at(point.x())
        if number < 0:
            return None
        cards = self._columns[number].cards
        for place in reversed(range(len(cards))):
            if self._layout.card_rect(number, place).contains(point):
                return cards[place]
        return None

    def rects(self) -> list[tuple[CardRow, QRectF]]:
        """Return the cards with their places in the viewport, for screen readers and tests."""
        origin = self._origin()
        return [(card, self._rect_of(card).translated(origin)) for card in self.cards()]

    def spoken(self, card: CardRow) -> str:
        """Return a card in words."""
        formats = self._room.formats
        start = formats.time(card.starts)
        column = self._columns[self._column_of(card)]
        state = formats.word(str(LOOK_WORDS[card.look]))
        parts = (start, card.name, card.type, column.title, state)
        return ", ".join(part for part in parts if part)

    # ── painting ─────────────────────────────────────────────────────────────────────────────

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from back to front: hours, lines, now-line, cards, ghost, head, gutter."""
        layout = self._layout
        if layout is None:
            return
        pen = QPainter(self.viewport())
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.fillRect(self.viewport().rect(), self._room.theme.colour("surface"))
        origin = self._origin()
        visible = QRectF(self.viewport().rect()).translated(-origin)
        pen.translate(origin)
        for number in range(len(self._columns)):
            self._paint_closed(pen, layout, number)
        self._paint_lines(pen, layout, visible)
        self._paint_now(pen, layout)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        cards = CardPen(self._room.theme, self._room.formats, rtl)
        for number, column in enumerate(self._columns):
            for place, card in enumerate(column.cards):
                rect = layout.card_rect(number, place)
                if rect.intersects(visible):
                    cards.card(pen, card, rect, selected=card.id == self._card_id)
        self._paint_now_marks(pen, layout)
        self._paint_cursor(pen, layout)
        pen.translate(-origin)
        self._paint_gutter(pen, layout, origin)
        self._paint_head(pen, layout, origin)
        pen.end()

    def _paint_closed(self, pen: QPainter, layout: GridLayout, number: int) -> None:
        theme, column = self._room.theme, self._columns[number]
        minute = layout.first_minute
        spans = sorted(
            (first - column.starts_min, last - column.starts_min)
            for first, last, kind in column.spans
            if kind == "work"
        )
        for first, last in [*spans, (layout.last_minute, layout.last_minute)]:
            if first > minute:
                rect = layout.span_rect(number, minute, min(first, layout.last_minute))
                pen.fillRect(rect, theme.colour("closed"))
                hatch(pen, rect, theme.colour("border"), theme.px(9), 110)
            minute = max(minute, last)

    def _paint_lines(self, pen: QPainter, layout: GridLayout, visible: QRectF) -> None:
        theme, step = self._room.theme, layout.measures.slot_minutes
        left, right = layout.measures.gutter, layout.width
        for minute in range(layout.first_minute, layout.last_minute + 1, step):
            y = layout.y(minute)
            if visible.top() - 2 <= y <= visible.bottom() + 2:
                pen.setPen(QPen(theme.colour("grid" if minute % 60 == 0 else "half_grid"), 1))
                line = layout.mirrored(QRectF(left, y, right - left, 0))
                pen.drawLine(line.topLeft(), line.topRight())
        pen.setPen(QPen(theme.colour("border"), 1))
        for number in range(len(self._columns)):
            rect = layout.column_rect(number)
            pen.drawLine(rect.topLeft(), rect.bottomLeft())
            pen.drawLine(rect.topRight(), rect.bottomRight())

    def _now_of(self, column: GridColumn, layout: GridLayout) -> float | None:
        minute = self._now_min - column.starts_min
        inside = layout.first_minute <= minute <= layout.last_minute
        return layout.y(minute) if column.today and inside else None

    def _paint_now(self, pen: QPainter, layout: GridLayout) -> None:
        pen.setPen(QPen(self._room.theme.colour("now"), 2))
        for number, column in enumerate(self._columns):
            y = self._now_of(column, layout)
            if y is not None:
                rect = layout.column_rect(number)
                pen.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))

    def _paint_now_marks(self, pen: QPainter, layout: GridLayout) -> None:
        px, rtl = self._room.theme.px, self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(self._room.theme.colour("now"))
        for number, column in enumerate(self._columns):
            y = self._now_of(column, layout)
            if y is not None:
                rect = layout.column_rect(number)
                x, tip = (rect.right(), -px(6)) if rtl else (rect.left(), px(6))
                pen.drawPolygon([QPointF(x, y - px(5)), QPointF(x + tip, y), QPointF(x, y + px(5))])

    def _paint_cursor(self, pen: QPainter, layout: GridLayout) -> None:
        theme, card = self._room.theme, self.current()
        pen.setBrush(Qt.BrushStyle.NoBrush)
        if self._moving is not None and card is not None:
            last = self._moving.minute + card.minutes
            rect = layout.span_rect(self._moving.column, self._moving.minute, last)
            pen.setOpacity(0.85)
            pen.fillRect(rect.adjusted(3, 1, -8, -1), theme.colour("selection"))
            pen.setOpacity(1)
            pen.setPen(QPen(theme.colour("focus"), 2, Qt.PenStyle.DashLine))
            pen.drawRoundedRect(rect.adjusted(3, 1, -8, -1), theme.px(4), theme.px(4))
            pen.setPen(theme.colour("on_selection"))
            pen.setFont(theme.font(9.5, QFont.Weight.DemiBold))
            side = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
            pen.drawText(rect.adjusted(6, 4, -10, -2), int(side), card.name)
        elif self.hasFocus() and card is None and self._columns:
            last = self._cursor.minute + layout.measures.slot_minutes
            rect = layout.span_rect(self._cursor.column, self._cursor.minute, last)
            pen.setPen(QPen(theme.colour("focus"), 2))
            pen.drawRoundedRect(rect.adjusted(3, 1, -8, -1), theme.px(4), theme.px(4))

    def _paint_gutter(self, pen: QPainter, layout: GridLayout, origin: QPointF) -> None:
        theme, px = self._room.theme, self._room.theme.px
        m = layout.measures
        wide = QRectF(0, m.head, m.gutter, self.viewport().height())
        pen.fillRect(layout.mirrored(wide), theme.colour("surface"))
        pen.setFont(theme.font(9, QFont.Weight.Medium))
        pen.setPen(theme.colour("muted"))
        column = self._columns[0] if self._columns else None
        side = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop
        for minute in range(layout.first_minute, layout.last_minute, 60):
            y = layout.y(minute) + origin.y()
            spot = layout.mirrored(QRectF(0, y + 2, m.gutter - px(8), px(18)))
            if y < m.head - px(14) or column is None:
                continue
            zone = self._room.formats.zone
            wall = zone.slot_at(column.starts_min + minute, 1).starts
            pen.drawText(spot, int(side), self._room.formats.time(wall))
        today = next((c for c in self._columns if c.today), None)
        y_now = self._now_of(today, layout) if today else None
        if y_now is None or today is None or y_now + origin.y() < m.head:
            return
        wall = self._room.formats.zone.slot_at(self._now_min, 1).starts
        pill = QRectF(px(3), y_now + origin.y() - px(9), m.gutter - px(5), px(18))
        pill = layout.mirrored(pill)
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(theme.colour("now"))
        pen.drawRoundedRect(pill, px(9), px(9))
        pen.setPen(theme.colour("on_now"))
        pen.setFont(theme.font(9, QFont.Weight.Bold))
        pen.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), self._room.formats.time(wall))

    def _paint_head(self, pen: QPainter, layout: GridLayout, origin: QPointF) -> None:
        theme, px = self._room.theme, self._room.theme.px
        head = QRectF(0, 0, self.viewport().width(), layout.measures.head)
        pen.fillRect(head, theme.colour("surface"))
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        for number, column in enumerate(self._columns):
            rect = layout.head_rect(number).translated(origin.x(), 0)
            pen.setPen(QPen(theme.colour("border"), 1))
            pen.drawLine(rect.topLeft(), rect.bottomLeft())
            inner = rect.adjusted(px(11), px(5), -px(6), 0)
            pen.setFont(theme.font(10.5, QFont.Weight.DemiBold))
            pen.setPen(theme.colour("accent" if column.today and len(self._columns) > 1
                                    and column.title != column.subtitle and
                                    self._is_week else "text"))  # fmt: skip
            title = QFontMetricsF(pen.font()).elidedText(
                column.title, Qt.TextElideMode.ElideRight, inner.width()
            )
            pen.drawText(QRectF(inner.x(), inner.y(), inner.width(), px(19)), int(side), title)
            pen.setFont(theme.font(9))
            pen.setPen(theme.colour("muted"))
            words = QFontMetricsF(pen.font()).elidedText(
                column.subtitle, Qt.TextElideMode.ElideRight, inner.width()
            )
            spot = QRectF(inner.x(), inner.y() + px(19), inner.width(), px(17))
            pen.drawText(spot, int(side), words)
        corner = layout.mirrored(QRectF(0, 0, layout.measures.gutter, layout.measures.head))
        pen.fillRect(corner, theme.colour("surface"))
        pen.setPen(QPen(theme.colour("border"), 1))
        pen.drawLine(head.bottomLeft(), head.bottomRight())

    @property
    def _is_week(self) -> bool:
        return len({column.starts_min for column in self._columns}) > 1

    # ── mouse ────────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a card or put the cursor on a slot."""
        if event.button() != Qt.MouseButton.LeftButton or self._layout is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        position = event.position()
        card = self._card_at(position)
        if card is not None:
            self.choose(card.id)
            bottom = self._rect_of(card).bottom() + self._origin().y()
            edge = "resize" if bottom - position.y() < self._room.theme.px(6) else "move"
            self._pressed = (position, card, edge)
            return
        spot = self._spot_at(position)
        if spot is not None:
            self._cursor = spot
            self.choose(0)
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a card once the pointer moved far enough."""
        if self._pressed is None or self._layout is None:
            return
        start, card, edge = self._pressed
        moved = event.position() - start
        if abs(moved.x()) + abs(moved.y()) < _DRAG_FROM and self._moving is None:
            return
        point = self._content(event.position())
        number = self._layout.column_at(point.x())
        if edge == "move" and number >= 0:
            grabbed = self._content(start).y() - self._rect_of(card).top()
            self._moving = Spot(number, self._layout.snapped(point.y() - grabbed + 2))
        self._auto_scroll(event.position())
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop a card where the ghost is, or lengthen it."""
        pressed, self._pressed = self._pressed, None
        target, self._moving = self._moving, None
        if pressed is None or self._layout is None:
            return
        start, card, edge = pressed
        if edge == "resize" and abs((event.position() - start).y()) >= _DRAG_FROM:
            column = self._columns[self._column_of(card)]
            end = self._layout.snapped(self._content(event.position()).y()) + self.slot_minutes
            minutes = max(self.slot_minutes, end - (card.starts_min - column.starts_min))
            self.wished.emit("resize", card, minutes)
        elif target is not None:
            self._wish_move(card, target)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Book into an empty slot, open a card."""
        card = self._card_at(event.position())
        self.wished.emit("open" if card else "book", card, None)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole of an elided card as a tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            card = self._card_at(QPointF(event.pos()))
            if card is None:
                QToolTip.hideText()
            else:
                words = [self.spoken(card), card.note]
                plain = "\n".join(word for word in words if word)
                QToolTip.showText(event.globalPos(), plain.replace("<", "‹"), self)
            return True
        return super().viewportEvent(event)

    def _auto_scroll(self, position: QPointF) -> None:
        bar, edge = self.verticalScrollBar(), self._room.theme.px(28)
        if position.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + self._room.theme.px(12))
        elif self._layout and position.y() < self._layout.measures.head + edge:
            bar.setValue(bar.value() - self._room.theme.px(12))

    def _spot_at(self, position: QPointF) -> Spot | None:
        if self._layout is None or position.y() < self._layout.measures.head:
            return None
        point = self._content(position)
        number = self._layout.column_at(point.x())
        return None if number < 0 else Spot(number, self._layout.snapped(point.y()))

    def _wish_move(self, card: CardRow, target: Spot) -> None:
        column = self._columns[self._column_of(card)]
        same = target.minute == card.starts_min - column.starts_min
        if not (same and self._columns[target.column] is column):
            self.wished.emit("move", card, (self._columns[target.column], target.minute))

    # ── keys ─────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, the selection or a card; single letters act on the card."""
        if not self._columns or self._layout is None:
            super().keyPressEvent(event)
        elif self._moving is not None:
            self._key_while_moving(event)
        elif not (self._key_cursor(event) or self._key_card(event)):
            super().keyPressEvent(event)

    def _key_cursor(self, event: QKeyEvent) -> bool:
        key, control = event.key(), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        step = _STEPS.get(Qt.Key(key))
        if step is not None and (plain or (control and step[0])):
            self._put_cursor(self._stepped(self._cursor, step))
        elif key == Qt.Key.Key_Home:
            self._put_cursor(Spot(self._cursor.column, self._hours[0]))
        elif key == Qt.Key.Key_End:
            self._put_cursor(Spot(self._cursor.column, self._hours[1] - self.slot_minutes))
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.wished.emit("day", None, 1 if key == Qt.Key.Key_PageDown else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            card = self.current()
            self.wished.emit("open" if card else "book", card, None)
        else:
            return False
        return True

    def _key_card(self, event: QKeyEvent) -> bool:
        key, card = event.key(), self.current()
        if card is None:
            return False
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = _STEPS.get(Qt.Key(key))
        number = self._column_of(card)
        start = card.starts_min - self._columns[number].starts_min
        if alt and step is not None:
            self._wish_move(card, self._stepped(Spot(number, start), step))
        elif shift and step is not None and not step[0]:
            minutes = max(self.slot_minutes, card.minutes + step[1] * self.slot_minutes)
            self.wished.emit("resize", card, minutes)
        elif key == Qt.Key.Key_M:
            self.begin_move()
        elif key == Qt.Key.Key_Delete:
            self.wished.emit("cancel", card, None)
        elif key == Qt.Key.Key_Escape:
            self.choose(0)
        else:
            return False
        return True

    def _key_while_moving(self, event: QKeyEvent) -> None:
        key, moving, card = event.key(), self._moving, self.current()
        step = _STEPS.get(Qt.Key(key))
        if moving is None or card is None:
            self._moving = None
        elif step is not None:
            nothing_there = step[0] and not 0 <= moving.column + step[0] < len(self._columns)
            if nothing_there or (step[0] and event.modifiers()):
                self.wished.emit("move_day", card, step[0])
                self._moving = None
            else:
                self._moving = self._stepped(moving, step)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._moving = None
            self._wish_move(card, moving)
        elif key == Qt.Key.Key_Escape:
            self._moving = None
        self.viewport().update()

    def _stepped(self, spot: Spot, step: tuple[int, int]) -> Spot:
        column = min(max(spot.column + step[0], 0), len(self._columns) - 1)
        minute = spot.minute + step[1] * self.slot_minutes
        return Spot(column, min(max(minute, self._hours[0]), self._hours[1] - self.slot_minutes))

    def _put_cursor(self, spot: Spot) -> None:
        self._cursor = spot
        card = next(
            (
                card
                for card in self._columns[spot.column].cards
                if card.starts_min - self._columns[spot.column].starts_min
                <= spot.minute
                < card.ends_min - self._columns[spot.column].starts_min
            ),
            None,
        )
        if self._layout is not None:
            last = spot.minute + self.slot_minutes
            self._show_rect(self._layout.span_rect(spot.column, spot.minute, last))
        if (card.id if card else 0) != self._card_id:
            self._card_id = card.id if card else 0
            self.selected.emit(card)
        self.viewport().update()

    def begin_move(self) -> None:
        """Let the arrows move the selected card until Enter or Escape."""
        card = self.current()
        if card is not None:
            number = self._column_of(card)
            self._moving = Spot(number, card.starts_min - self._columns[number].starts_min)
            self.setFocus()
            self.viewport().update()

    def step_card(self, by: int) -> None:
        """Select the next or previous card in time order."""
        found = [card for card in self.cards() if card.kind is Kind.VISIT]
        ids = [card.id for card in found]
        if not ids:
            return
        place = ids.index(self._card_id) + by if self._card_id in ids else 0
        self.choose(ids[place % len(ids)])

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 -- Qt's signature
        """Let Tab step through the cards, and leave after the last."""
        found = [card.id for card in self.cards() if card.kind is Kind.VISIT]
        if not found:
            return super().focusNextPrevChild(next)
        place = (
            found.index(self._card_id) if self._card_id in found else (-1 if next else len(found))
        )
        place += 1 if next else -1
        if 0 <= place < len(found):
            self.choose(found[place])
            return True
        return super().focusNextPrevChild(next)

    def hit_point(self, card_id: int) -> QPoint:
        """Return a point on a card in the viewport, for tests and screen readers."""
        card = next(card for card in self.cards() if card.id == card_id)
        return self._rect_of(card).translated(self._origin()).center().toPoint()
