# SPDX-License-Identifier: Apache-2.0
"""Paints the board around its cards: closed hours, lines, gutter, headings, now-line, ghost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from clinicdesk.desktop.theme import HEADING, SECONDARY, Theme
from clinicdesk.schedule.panel.board import Board
from clinicdesk.schedule.panel.card_painter import CardPainter
from clinicdesk.schedule.panel.geometry import Box, Geometry, Lane
from clinicdesk.schedule.panel.glyphs import hatch
from clinicdesk.schedule.panel.spoken import heading
from clinicdesk.schedule.queries import CardRow
from clinicdesk.wording.formats import Formats


@dataclass(frozen=True, slots=True)
class Ghost:
    """Where something would go: a card under way, or a span being drawn.

    Attributes:
        card: None for a span that is being drawn for a new appointment.
        blocked: somebody is there already.
    """

    column: int
    start: int
    end: int
    card: CardRow | None = None
    blocked: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """What is painted besides the board itself.

    Attributes:
        now: the instant's UTC minute.
        selected: id of the selected card, or 0.
        cursor: column and row minute of the slot cursor.
        matching: ids that a filter leaves, or None without one.
        pending: id of a card that is on its way elsewhere; painted faintly.
        focused: the board has the keyboard focus.
    """

    now: int
    today: date
    selected: int = 0
    cursor: tuple[int, int] | None = None
    matching: frozenset[int] | None = None
    ghost: Ghost | None = None
    pending: int = 0
    focused: bool = False


class BoardPainter:
    """Paints a board; made anew with the theme."""

    def __init__(self, theme: Theme, formats: Formats, *, right_to_left: bool) -> None:
        self.theme, self.formats = theme, formats
        self.right_to_left = right_to_left
        self.cards = CardPainter(theme, formats, right_to_left=right_to_left)
        side = Qt.AlignmentFlag
        self._start = side.AlignRight if right_to_left else side.AlignLeft
        self._end = side.AlignLeft if right_to_left else side.AlignRight

    def paint(self, pen: QPainter, board: Board, geometry: Geometry, scene: Scene) -> None:
        """Paint everything that is in sight."""
        theme = self.theme
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.fillRect(
            QRectF(0, 0, geometry.view_width, geometry.view_height), theme.colour("surface")
        )
        body = QRectF(*geometry.body_box())
        pen.save()
        pen.setClipRect(body)
        self._ground(pen, board, geometry)
        now = self._now_row(board, scene)
        if now:
            self._now_line(pen, board, geometry, now)
        self._cards(pen, board, geometry, scene)
        if now:
            self._now_marks(pen, geometry, now)
        cursor = scene.cursor
        if scene.focused and cursor is not None and board.columns and not scene.selected:
            self._cursor(pen, board, geometry, cursor)
        if scene.ghost is not None:
            self._ghost(pen, board, geometry, scene.ghost)
        pen.restore()
        self._gutter(pen, board, geometry, now, scene)
        self._heads(pen, board, geometry, scene)

    # ── ground ───────────────────────────────────────────────────────────────────────────────

    def _ground(self, pen: QPainter, board: Board, geometry: Geometry) -> None:
        theme = self.theme
        closed, lines = theme.colour("closed"), theme.colour("border")
        lines.setAlpha(150 if theme.tokens.dark else 130)
        step = theme.px(9)
        for number, column in enumerate(board.columns):
            for start, end in column.closed:
                box = QRectF(*geometry.span_box(number, start, end))
                pen.fillRect(box, closed)
                hatch(pen, box, lines, step)
            for start, end in column.breaks:
                box = QRectF(*geometry.span_box(number, start, end))
                pen.fillRect(box, closed)
                faint = QColor(lines)
                faint.setAlpha(70)
                hatch(pen, box, faint, step * 2)
        self._lines(pen, board, geometry)

    def _lines(self, pen: QPainter, board: Board, geometry: Geometry) -> None:
        theme = self.theme
        body = geometry.body_box()
        pen.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        hour, half = QPen(theme.colour("grid"), 1), QPen(theme.colour("half_grid"), 1)
        for minute in range(board.first, board.last + 1, geometry.slot):
            y = round(geometry.y_of(minute))
            if body.y <= y <= body.bottom:
                pen.setPen(half if minute % 60 else hour)
                pen.drawLine(QPointF(body.x, y), QPointF(body.right, y))
        pen.setPen(QPen(theme.colour("border"), 1))
        for number in range(len(board.columns)):
            box = geometry.column_box(number)
            x = box.right - 1 if self.right_to_left else box.x
            pen.drawLine(QPointF(x, body.y), QPointF(x, body.bottom))
        pen.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    # ── cards ────────────────────────────────────────────────────────────────────────────────

    def _cards(self, pen: QPainter, board: Board, geometry: Geometry, scene: Scene) -> None:
        body = geometry.body_box()
        last: tuple[Box, CardRow] | None = None
        for number, column in enumerate(board.columns):
            for place in column.places:
                box = geometry.card_box(number, place.start, place.end, place.lane)
                if box.bottom < body.y or box.y > body.bottom:
                    continue
                if box.right < body.x or box.x > body.right:
                    continue
                if place.card.id == scene.selected:
                    last = (box, place.card)
                    continue
                kept = scene.matching is None or place.card.id in scene.matching
                dim = not kept or place.card.id == scene.pending
                self.cards.paint(pen, box, place.card, dim=dim)
        if last is not None:
            pending = last[1].id == scene.pending
            self.cards.paint(pen, last[0], last[1], selected=True, dim=pending)

    def _cursor(
        self, pen: QPainter, board: Board, geometry: Geometry, cursor: tuple[int, int]
    ) -> None:
        theme = self.theme
        column, minute = cursor
        places = board.columns[column].places
        box = geometry.card_box(column, minute, minute + geometry.slot, Lane(0, 1))
        pen.setPen(QPen(theme.colour("focus"), 2))
        pen.setBrush(Qt.BrushStyle.NoBrush)
        if not any(p.start < minute + geometry.slot and minute < p.end for p in places):
            fill = theme.colour("selection")
            fill.setAlpha(150)
            pen.setBrush(fill)  # over a card it would veil the name
        pen.drawRoundedRect(QRectF(*box), theme.px(4), theme.px(4))

    def _ghost(self, pen: QPainter, board: Board, geometry: Geometry, ghost: Ghost) -> None:
        theme = self.theme
        # Beside whom it would lie, so that both names can be read.
        lane = Lane(1, 2) if ghost.blocked and ghost.card is not None else Lane(0, 1)
        found = None if ghost.card is None else board.find(ghost.card.id)
        if found is not None and (found[0], found[1].start) == (ghost.column, ghost.start):
            lane = found[1].lane  # still where it came from, beside whom it was
        box = geometry.card_box(ghost.column, ghost.start, ghost.end, lane)
        area = QRectF(*box)
        if ghost.card is not None:
            pen.fillRect(area.adjusted(-2, -2, 2, 2), theme.colour("surface"))
            self.cards.paint(pen, box, ghost.card)
        else:
            fill = theme.colour("selection")
            fill.setAlpha(190)
            pen.fillRect(area, fill)
        edge = theme.colour("danger" if ghost.blocked else "focus")
        line = Qt.PenStyle.DashLine if ghost.blocked else Qt.PenStyle.SolidLine
        pen.setPen(QPen(edge, 2, line))
        pen.setBrush(Qt.BrushStyle.NoBrush)
        pen.drawRoundedRect(area, theme.px(4), theme.px(4))
        self._ghost_time(pen, board, geometry, ghost, area)

    def _ghost_time(
        self, pen: QPainter, board: Board, geometry: Geometry, ghost: Ghost, area: QRectF
    ) -> None:
        """Write from when to when beside what is under way: the hand hides the rows."""
        theme, zone = self.theme, self.formats.zone
        zero = board.columns[ghost.column].zero
        start = zone.slot_at(zero + ghost.start, 1).starts
        end = zone.slot_at(zero + ghost.end, 1).starts
        words = f"{self.formats.time(start)} – {self.formats.time(end)}"
        pen.setFont(theme.font(SECONDARY, QFont.Weight.Bold))
        width = QFontMetricsF(pen.font()).horizontalAdvance(words) + theme.px(14)
        tall = theme.px(20)
        y = area.y() - tall - theme.px(3)
        if y < geometry.sizes.head:
            y = area.bottom() + theme.px(3)
        box = QRectF(area.x(), y, width, tall)
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(theme.colour("danger" if ghost.blocked else "accent"))
        pen.drawRoundedRect(box, tall / 2, tall / 2)
        pen.setPen(theme.colour("surface" if ghost.blocked else "on_accent"))
        pen.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)

    # ── now ──────────────────────────────────────────────────────────────────────────────────

    def _now_row(self, board: Board, scene: Scene) -> list[tuple[int, float]]:
        """Return the columns of today with the row minute of now."""
        rows = [
            (number, float(scene.now - column.zero))
            for number, column in enumerate(board.columns)
            if column.on == scene.today
        ]
        return [(n, row) for n, row in rows if board.first <= row < board.last]

    def _now_line(
        self, pen: QPainter, board: Board, geometry: Geometry, now: list[tuple[int, float]]
    ) -> None:
        pen.setPen(QPen(self.theme.colour("now"), 2))
        for number, row in now:
            box = geometry.column_box(number)
            y = geometry.y_of(row)
            pen.drawLine(QPointF(box.x, y), QPointF(box.right, y))

    def _now_marks(self, pen: QPainter, geometry: Geometry, now: list[tuple[int, float]]) -> None:
        """Draw a small triangle at each column's leading edge, over the cards."""
        px = self.theme.px
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(self.theme.colour("now"))
        for number, row in now:
            box, y = geometry.column_box(number), geometry.y_of(row)
            x = box.right if self.right_to_left else box.x
            tip = x - px(6) if self.right_to_left else x + px(6)
            pen.drawPolygon([QPointF(x, y - px(5)), QPointF(tip, y), QPointF(x, y + px(5))])

    # ── gutter and headings ──────────────────────────────────────────────────────────────────

    def _gutter(
        self,
        pen: QPainter,
        board: Board,
        geometry: Geometry,
        now: list[tuple[int, float]],
        scene: Scene,
    ) -> None:
        theme, px, sizes = self.theme, self.theme.px, geometry.sizes
        pen.save()
        whole = QRectF(*geometry.gutter_box(sizes.head, geometry.view_height - sizes.head))
        pen.setClipRect(whole)
        pen.fillRect(whole, theme.colour("surface"))
        if board.columns:
            align = int(self._end | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
            pen.setFont(theme.font(SECONDARY, QFont.Weight.Medium))
            zero = board.columns[0].zero
            covered = geometry.y_of(now[0][1]) if now else -1000.0
            for minute in range(-(-board.first // 60) * 60, board.last, 60):
                y = geometry.y_of(minute)
                if abs(y + px(9) - covered) < px(15):
                    continue  # the label of now stands there
                wall = self.formats.zone.slot_at(zero + minute, 1).starts
                pen.setPen(theme.colour("muted"))
                box = QRectF(*geometry.gutter_box(y + 2, px(18)))
                inset = px(8)
                box.adjust(
                    inset if self.right_to_left else 0, 0, 0 if self.right_to_left else -inset, 0
                )
                pen.drawText(box, align, self.formats.time(wall))
            pen.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            pen.setPen(QPen(theme.colour("border"), 1))
            x = whole.x() if self.right_to_left else whole.right() - 1
            pen.drawLine(QPointF(x, whole.y()), QPointF(x, whole.bottom()))
            pen.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if now:
            self._pill(pen, geometry, board, now[0], scene)
        pen.restore()

    def _pill(
        self,
        pen: QPainter,
        geometry: Geometry,
        board: Board,
        now: tuple[int, float],
        scene: Scene,
    ) -> None:
        theme, px = self.theme, self.theme.px
        y = geometry.y_of(now[1])
        wall = self.formats.zone.slot_at(scene.now, 1).starts
        box = QRectF(*geometry.gutter_box(y - px(9), px(18)))
        near, far = px(3), px(1)
        if self.right_to_left:
            box.adjust(far, 0, -near, 0)
        else:
            box.adjust(near, 0, -far, 0)
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(theme.colour("now"))
        pen.drawRoundedRect(box, px(9), px(9))
        pen.setPen(theme.colour("on_now"))
        pen.setFont(theme.font(SECONDARY, QFont.Weight.Bold))
        pen.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.formats.time(wall))

    def _heads(self, pen: QPainter, board: Board, geometry: Geometry, scene: Scene) -> None:
        theme, px, sizes = self.theme, self.theme.px, geometry.sizes
        head = QRectF(0, 0, geometry.view_width, sizes.head)
        pen.fillRect(head, theme.colour("surface"))
        along = QRectF(
            *geometry.box(sizes.gutter, 0, geometry.view_width - sizes.gutter, sizes.head)
        )
        pen.save()
        pen.setClipRect(along)
        align = int(self._start | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
        title, small = theme.font(HEADING, QFont.Weight.DemiBold), theme.font(SECONDARY)
        for number, column in enumerate(board.columns):
            box = QRectF(*geometry.head_box(number))
            if not box.intersects(along):
                continue
            first, second, brief = heading(board, number, self.formats, scene.today)
            today = board.by_day and column.on == scene.today
            inside = box.adjusted(px(14), 0, -px(8), 0)
            if self.right_to_left:
                inside = box.adjusted(px(8), 0, -px(14), 0)
            self._series_mark(pen, box, column.source.color)
            pen.setPen(theme.colour("link" if today else "text"))
            self._line(pen, inside, px(6), px(19), title, first, align)
            pen.setPen(theme.colour("muted"))
            whole = QFontMetricsF(small).horizontalAdvance(second) <= inside.width()
            self._line(pen, inside, px(25), px(17), small, second if whole else brief, align)
            pen.setPen(QPen(theme.colour("border"), 1))
            x = box.right() - 1 if self.right_to_left else box.x()
            pen.drawLine(QPointF(x, 0), QPointF(x, sizes.head))
        pen.restore()
        pen.setPen(QPen(theme.colour("border"), 1))
        pen.drawLine(QPointF(0, sizes.head - 0.5), QPointF(geometry.view_width, sizes.head - 0.5))

    def _series_mark(self, pen: QPainter, box: QRectF, color: int) -> None:
        """Draw the provider's colour as a short bar before the name."""
        series = self.theme.tokens.series
        px = self.theme.px
        wide = px(4)
        x = box.right() - px(5) - wide if self.right_to_left else box.x() + px(5)
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(QColor(series[color % len(series)]))
        pen.drawRoundedRect(QRectF(x, px(8), wide, px(32)), wide / 2, wide / 2)

    def _line(  # noqa: PLR0917 -- parts of one drawing
        self,
        pen: QPainter,
        box: QRectF,
        y: float,
        height: float,
        font: QFont,
        words: str,
        align: int,
    ) -> None:
        pen.setFont(font)
        fitted = QFontMetricsF(font).elidedText(
            words, Qt.TextElideMode.ElideRight, max(0.0, box.width())
        )
        pen.drawText(QRectF(box.x(), y, box.width(), height), align, fitted)


def minute_of(now: datetime) -> int:
    """Return the UTC minute of an instant."""
    from clinicdesk.kernel.moments import utc_minute

    return utc_minute(now)
