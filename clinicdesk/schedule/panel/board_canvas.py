# SPDX-License-Identifier: Apache-2.0
"""The board's canvas: where things are in the viewport, scrolling, painting; no hands yet.

The heading and the gutter of times stay while the rest scrolls.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.moments import Slot, utc_minute
from clinicdesk.schedule.model import ACTIVE
from clinicdesk.schedule.panel.board import Board, Place
from clinicdesk.schedule.panel.board_painter import BoardPainter, Ghost, Scene
from clinicdesk.schedule.panel.geometry import Box, Geometry, Sizes
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

COMFORTABLE, COMPACT = 24, 19


class BoardCanvas(QAbstractScrollArea):
    """Paints a board.

    Attributes:
        board: what is shown.
        cursor_at: column and row minute of the slot cursor.
        selected_id: of the selected card, 0 for none.
        ghost: where something would go; ``pending_id`` is the card on its way there.
        matching: ids that a filter leaves, None without one.
    """

    def __init__(
        self, theme: Theme, formats: Formats, slot: int = 15, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme, self.formats, self.slot_minutes = theme, formats, slot
        self.board = Board((), 8 * 60, 18 * 60, by_day=False)
        self.row_units = COMFORTABLE
        self.now = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
        self.cursor_at: tuple[int, int] = (0, 8 * 60)
        self.selected_id = 0
        self.ghost: Ghost | None = None
        self.pending_id = 0
        self.matching: frozenset[int] | None = None
        self._least = 170.0
        self._painter: BoardPainter | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(_("Appointment book"))
        self.geometry_: Geometry = self._laid_out()
        theme.changed.connect(self._theme_changed)

    def set_now(self, instant: datetime) -> None:
        """Move the now-line."""
        self.now = instant
        self.viewport().update()

    def set_rows(self, units: int) -> None:
        """Make rows comfortable (24) or compact (19)."""
        self.row_units = units
        self.lay_out()
        self.viewport().update()

    def set_least(self, units: float) -> None:
        """Set how narrow a column may be; thin lanes of a week may be narrower than a day's."""
        self._least = units
        self.lay_out()

    def reach(self, column: int, start: int, end: int) -> None:
        """Scroll until a span of a column is in sight."""
        at, body = self.geometry_, self.geometry_.body_box()
        top, bottom = at.y_of(start), at.y_of(end)
        bar = self.verticalScrollBar()
        if top < body.y:
            bar.setValue(bar.value() - round(body.y - top))
        elif bottom > body.bottom:
            bar.setValue(bar.value() + round(min(bottom - body.bottom, top - body.y)))
        left = at.x_of(column)
        right, along = left + at.column_width, self.horizontalScrollBar()
        if left < at.sizes.gutter:
            along.setValue(along.value() - round(at.sizes.gutter - left))
        elif right > at.view_width:
            along.setValue(
                along.value() + round(min(right - at.view_width, left - at.sizes.gutter))
            )

    def in_the_way(self, ghost: Ghost) -> Place | None:
        """Return what else takes time where a ghost is, or None; nobody where it came from."""
        own = 0 if ghost.card is None else ghost.card.id
        came_from = self.board.find(own) if own else None
        if came_from is not None and (came_from[0], came_from[1].start, came_from[1].end) == (
            ghost.column,
            ghost.start,
            ghost.end,
        ):
            return None
        return next(
            (
                place
                for place in self.board.columns[ghost.column].places
                if place.start < ghost.end
                and ghost.start < place.end
                and place.card.id != own
                and place.card.booking in ACTIVE
            ),
            None,
        )

    def clashes(self, ghost: Ghost) -> bool:
        """Tell whether something else that takes time is where a ghost is."""
        return self.in_the_way(ghost) is not None

    def card_box(self, card_id: int) -> Box | None:
        """Return where a card is in the viewport."""
        found = self.board.find(card_id)
        if found is None:
            return None
        column, place = found
        return self.geometry_.card_box(column, place.start, place.end, place.lane)

    def hit(self, x: float, y: float) -> tuple[int, Place] | None:
        """Return the card at a point of the viewport; background is never in its way."""
        if not self.geometry_.body_box().holds(x, y) or not self.board.columns:
            return None
        column = self.geometry_.column_at(x)
        for place in reversed(self.board.columns[column].places):
            box = self.geometry_.card_box(column, place.start, place.end, place.lane)
            if box.holds(x, y):
                return column, place
        return None

    def slot_of(self, column: int, minute: int, length: int) -> Slot:
        """Return the slot at a place of the board."""
        return self.board.slot(column, minute, length, self.formats.zone)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        if self._painter is None:
            self._painter = BoardPainter(
                self.theme, self.formats, right_to_left=self.isRightToLeft()
            )
        geometry = self.geometry_
        geometry.scroll_x = self.horizontalScrollBar().value()
        geometry.scroll_y = self.verticalScrollBar().value()
        scene = Scene(
            now=utc_minute(self.now),
            today=self.formats.zone.day(self.now),
            selected=self.selected_id,
            cursor=self.cursor_at,
            matching=self.matching,
            ghost=self.ghost,
            pending=self.pending_id,
            focused=self.hasFocus(),
        )
        pen = QPainter(self.viewport())
        self._painter.paint(pen, self.board, geometry, scene)
        pen.end()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Say where within the board the focus is, so that nothing is put over it."""
        if query == Qt.InputMethodQuery.ImCursorRectangle and self.board.columns:
            column, minute = self.cursor_at
            slot = self.geometry_.span_box(column, minute, minute + self.slot_minutes)
            return QRectF(*(self.card_box(self.selected_id) or slot))
        return super().inputMethodQuery(query)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        super().resizeEvent(event)
        self.lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint anew: heading and gutter do not scroll along."""
        self.geometry_.scroll_x = self.horizontalScrollBar().value()
        self.geometry_.scroll_y = self.verticalScrollBar().value()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the reading direction."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange and hasattr(self, "geometry_"):
            self._theme_changed()

    def _theme_changed(self) -> None:
        self._painter = None
        self.lay_out()
        self.viewport().update()

    def _sizes(self) -> Sizes:
        px = self.theme.px
        widest = self.formats.time(datetime(2026, 1, 1, 22, 28))  # noqa: DTZ001 -- only measured
        measure = QFontMetricsF(self.theme.font(9, QFont.Weight.Bold))
        gutter = round(measure.horizontalAdvance(widest)) + px(20)
        return Sizes(
            gutter=max(px(56), gutter),
            head=px(47),
            row=px(self.row_units),
            least=px(self._least),
            inset=px(3),
            tail=px(9),
            gap=px(2),
        )

    def _laid_out(self) -> Geometry:
        view = self.viewport().size()
        return Geometry(
            self._sizes(),
            len(self.board.columns),
            (self.board.first, self.board.last),
            self.slot_minutes,
            (view.width(), view.height()),
            right_to_left=self.isRightToLeft(),
        )

    def lay_out(self) -> None:
        self.geometry_ = geometry = self._laid_out()
        down, along = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, geometry.most_y)
        down.setPageStep(max(1, geometry.view_height - geometry.sizes.head))
        down.setSingleStep(geometry.sizes.row)
        along.setRange(0, geometry.most_x)
        along.setPageStep(max(1, geometry.view_width - geometry.sizes.gutter))
        along.setSingleStep(geometry.sizes.least // 4)
        geometry.scroll_x, geometry.scroll_y = along.value(), down.value()
