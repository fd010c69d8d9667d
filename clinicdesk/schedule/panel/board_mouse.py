# SPDX-License-Identifier: Apache-2.0
"""The board's mouse: click chooses, ten px make a drag, Esc takes it back, edges scroll.

Each drag has an equal on the keyboard (move mode, Alt+arrows, Shift+arrows).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from clinicdesk.schedule.model import ACTIVE, Booking
from clinicdesk.schedule.panel.board import Place
from clinicdesk.schedule.panel.board_painter import Ghost

if TYPE_CHECKING:
    from clinicdesk.schedule.panel.board_view import BoardView

THRESHOLD: Final = 10
_EDGE, _SCROLL_MS = 26, 30


class _Way(Enum):
    MOVE = "move"
    STRETCH = "stretch"
    DRAW = "draw"


@dataclass(slots=True)
class _Press:
    at: QPointF
    column: int
    minute: float
    place: Place | None
    way: _Way
    started: bool = False


class Mouse(QObject):
    """What the mouse does on a board."""

    def __init__(self, view: BoardView) -> None:
        super().__init__(view)
        self._view = view
        self._press: _Press | None = None
        self._last = QPointF()
        self._scroll = QTimer(self)
        self._scroll.setInterval(_SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)

    @property
    def dragging(self) -> bool:
        """Whether a drag is under way."""
        return self._press is not None and self._press.started

    # ── Qt's events ──────────────────────────────────────────────────────────────────────────

    def pressed(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer; a drag may begin here."""
        view, at = self._view, event.position()
        if event.button() != Qt.MouseButton.LeftButton or not view.board.columns:
            return
        if view.keys.carried is not None:
            self._put_down(at)
            return
        geometry = view.geometry_
        if at.y() < geometry.sizes.head or geometry.column_at(at.x()) < 0:
            return
        found = view.hit(at.x(), at.y())
        column, minute = geometry.column_at(at.x()), geometry.minute_at(at.y())
        place = None if found is None else found[1]
        way = _Way.DRAW if place is None else _Way.MOVE
        if found is not None and self._at_end(found, at):
            way = _Way.STRETCH
        if found is not None:
            view.select(found[1].card.id, reach=False)
        else:
            view.select(0)
            view.cursor_at = (column, geometry.snapped(minute))
            view.viewport().update()
        self._press = _Press(QPointF(at), column, minute, place, way)

    def moved(self, event: QMouseEvent) -> None:
        """Show where a drag would end."""
        press, at = self._press, event.position()
        self._last = QPointF(at)
        if press is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover(at)
            return
        if not press.started:
            if (at - press.at).manhattanLength() < self._view.theme.px(THRESHOLD):
                return
            if press.place is not None and not _movable(press.place, press.way):
                return
            press.started = True
            self._scroll.start()
        self._show(at)

    def released(self, event: QMouseEvent) -> None:
        """Ask for what was dragged; a press that did not move chose something and no more."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        press, self._press = self._press, None
        self._scroll.stop()
        view = self._view
        view.viewport().unsetCursor()
        if press is None or not press.started or view.ghost is None:
            return
        ghost = view.ghost
        if press.way is _Way.DRAW:
            view.rest()
            view.slot_wanted.emit(ghost.column, ghost.start, ghost.end - ghost.start)
        elif press.way is _Way.STRETCH and ghost.card is not None:
            minutes = ghost.end - ghost.start
            if minutes == ghost.card.minutes:
                view.rest()
            else:
                view.resize_wished.emit(ghost.card, minutes)
        elif press.place is not None:
            if (ghost.column, ghost.start) == (press.column, press.place.start):
                view.rest()
            else:
                view.wish(ghost)

    def double_clicked(self, event: QMouseEvent) -> None:
        """Open a card, or book where nothing is."""
        view, at = self._view, event.position()
        if event.button() != Qt.MouseButton.LeftButton or not view.board.columns:
            return
        self._press = None
        if not view.geometry_.body_box().holds(at.x(), at.y()):
            return
        found = view.hit(at.x(), at.y())
        if found is not None:
            view.opened.emit(found[1].card)
        else:
            view.slot_wanted.emit(*view.cursor_at, 0)

    def cancel(self) -> bool:
        """Give a drag up; tell whether there was one."""
        if not self.dragging:
            return False
        self._press = None
        self._scroll.stop()
        self._view.viewport().unsetCursor()
        self._view.rest()
        return True

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _show(self, at: QPointF) -> None:
        press, view = self._press, self._view
        if press is None:
            return
        geometry, slot = view.geometry_, view.slot_minutes
        minute = geometry.minute_at(at.y())
        if press.way is _Way.DRAW:
            start = geometry.snapped(min(press.minute, minute))
            end = geometry.snapped(max(press.minute, minute)) + slot
            ghost = Ghost(press.column, start, end)
        elif press.place is None:
            return
        elif press.way is _Way.STRETCH:
            start = press.place.start
            end = max(start + min(slot, 5), geometry.nearest(minute))
            ghost = Ghost(press.column, start, max(end, start + 5), press.place.card)
        else:
            column = geometry.column_at(at.x())
            column = press.column if column < 0 else column
            moved = press.place.start + minute - press.minute
            start = max(0, geometry.nearest(moved))
            ghost = Ghost(column, start, start + press.place.card.minutes, press.place.card)
            view.pending_id = press.place.card.id
        view.ghost = Ghost(
            ghost.column, ghost.start, ghost.end, ghost.card, blocked=view.clashes(ghost)
        )
        shape = Qt.CursorShape.SizeVerCursor
        if press.way is _Way.MOVE:
            shape = Qt.CursorShape.ClosedHandCursor
        view.viewport().setCursor(shape)
        view.viewport().update()

    def _hover(self, at: QPointF) -> None:
        view = self._view
        found = view.hit(at.x(), at.y())
        if found is not None and self._at_end(found, at) and _movable(found[1], _Way.STRETCH):
            view.viewport().setCursor(Qt.CursorShape.SizeVerCursor)
        else:
            view.viewport().unsetCursor()

    def _at_end(self, found: tuple[int, Place], at: QPointF) -> bool:
        view = self._view
        column, place = found
        box = view.geometry_.card_box(column, place.start, place.end, place.lane)
        reach = min(view.theme.px(5), box.height * 0.25)
        return at.y() >= box.bottom - reach

    def _put_down(self, at: QPointF) -> None:
        """Put a carried card where somebody clicks."""
        view = self._view
        carried, geometry = view.keys.carried, view.geometry_
        if carried is None or not geometry.body_box().holds(at.x(), at.y()):
            return
        column, start = geometry.column_at(at.x()), geometry.snapped(geometry.minute_at(at.y()))
        ghost = Ghost(column, start, start + carried.minutes, carried)
        view.ghost = Ghost(column, start, ghost.end, carried, blocked=view.clashes(ghost))
        view.keys.put_down(keep=True)

    def _scroll_on(self) -> None:
        """Scroll while the pointer is held at an edge."""
        view, at = self._view, self._last
        if not self.dragging:
            self._scroll.stop()
            return
        body, edge = view.geometry_.body_box(), view.theme.px(_EDGE)
        down, along = view.verticalScrollBar(), view.horizontalScrollBar()
        before = (down.value(), along.value())
        step = max(2, view.geometry_.sizes.row // 3)
        if at.y() < body.y + edge:
            down.setValue(down.value() - step)
        elif at.y() > body.bottom - edge:
            down.setValue(down.value() + step)
        sign = -1 if view.isRightToLeft() else 1
        if at.x() < body.x + edge:
            along.setValue(along.value() - sign * step)
        elif at.x() > body.right - edge:
            along.setValue(along.value() + sign * step)
        if (down.value(), along.value()) != before:
            self._show(at)


def _movable(place: Place, way: _Way) -> bool:
    booking = place.card.booking
    if booking not in ACTIVE or booking is Booking.DONE:
        return False
    return way is _Way.STRETCH or booking is not Booking.CHECKOUT
