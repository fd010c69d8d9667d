# SPDX-License-Identifier: Apache-2.0
"""The board as a widget: painted by hand, scrolled, chosen from by mouse, keys and screen reader.

It shows a ``Board`` and tells what somebody wants; it asks nothing and changes nothing itself.
The heading and the gutter of times stay while the rest scrolls.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.moments import Slot, utc_minute
from clinicdesk.schedule.panel.board import Board, Place
from clinicdesk.schedule.panel.board_access import announce, board_changed, card_focused
from clinicdesk.schedule.panel.board_keys import Keys
from clinicdesk.schedule.panel.board_mouse import Mouse
from clinicdesk.schedule.panel.board_painter import BoardPainter, Ghost, Scene
from clinicdesk.schedule.panel.geometry import Box, Geometry, Sizes
from clinicdesk.schedule.panel.spoken import cursor_words, spoken, tooltip
from clinicdesk.schedule.queries import CardRow
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

COMFORTABLE, COMPACT = 24, 19


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a card shall go."""

    card: CardRow
    provider_id: int
    slot: Slot


class BoardView(QAbstractScrollArea):
    """Shows a board.

    Attributes:
        chosen: another card is selected: the row, or None.
        opened: Enter or a double click on a card.
        slot_wanted: (column, row minute, minutes) Enter, double click or a drawn span on nothing;
            0 minutes leaves the length open.
        move_wished: a ``Wish``: drop, move mode, nudge.
        resize_wished: (card, minutes).
        verb: (name, card or None): cancel, note, copy, paste, duplicate.
        paged: so many days on or back.
        filtered: the letters typed to find a name, or nothing.
        moving: the card in move mode, or None.
        menu_wanted: where a context menu shall open, on the screen.
    """

    chosen = Signal(object)
    opened = Signal(object)
    slot_wanted = Signal(int, int, int)
    move_wished = Signal(object)
    resize_wished = Signal(object, int)
    verb = Signal(str, object)
    paged = Signal(int)
    filtered = Signal(str)
    moving = Signal(object)
    menu_wanted = Signal(QPoint)

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
        self._matching: frozenset[int] | None = None
        self._settled = False
        self._least = 170.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(_("Appointment book"))
        self.keys, self.mouse = Keys(self), Mouse(self)
        self._painter: BoardPainter | None = None
        self.geometry_: Geometry = self._laid_out()
        theme.changed.connect(self._theme_changed)

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def show_board(self, board: Board) -> None:
        """Show other rows; selection, cursor and scroll position stay."""
        same = board.by_day == self.board.by_day and board.first == self.board.first
        self.board = board
        found = board.find(self.selected_id)
        if found is None and self.selected_id:
            self.selected_id = 0
            self.chosen.emit(None)
        column = min(self.cursor_at[0], max(0, len(board.columns) - 1))
        minute = max(board.first, min(self.cursor_at[1], board.last - self.slot_minutes))
        self.cursor_at = (column, minute)
        if not self.mouse.dragging:
            self.ghost, self.pending_id = None, 0
        self._filter_again()
        self._lay_out()
        if not (self._settled and same):
            self._settled = True
            self.show_now()
        self.keys.board_changed()
        board_changed(self)
        self.viewport().update()

    def set_now(self, instant: datetime) -> None:
        """Move the now-line."""
        self.now = instant
        self.viewport().update()

    def set_rows(self, units: int) -> None:
        """Make rows comfortable (24) or compact (19)."""
        self.row_units = units
        self._lay_out()
        self.viewport().update()

    def set_least(self, units: float) -> None:
        """Set how narrow a column may be; thin lanes of a week may be narrower than a day's."""
        self._least = units
        self._lay_out()

    def forget(self) -> None:
        """Drop every name."""
        self.selected_id = 0
        self.keys.leave()
        self.show_board(Board((), 8 * 60, 18 * 60, by_day=False))
        self._settled = False

    def show_now(self) -> None:
        """Scroll so that an hour before now is at the top, or the first row on other days."""
        today = self.formats.zone.day(self.now)
        row = float(self.board.first)
        for number, column in enumerate(self.board.columns):
            if column.on == today:
                row = utc_minute(self.now) - column.zero
                if not self.selected_id:
                    self.cursor_at = (
                        number if self.board.by_day else self.cursor_at[0],
                        self.geometry_.snapped(row),
                    )
                break
        rows = ((row - 60) // 60 * 60 - self.board.first) / self.slot_minutes
        self.verticalScrollBar().setValue(max(0, round(rows * self.geometry_.sizes.row)))

    # ── choosing ─────────────────────────────────────────────────────────────────────────────

    def selected(self) -> tuple[int, Place] | None:
        """Return the selected card with its column."""
        return self.board.find(self.selected_id) if self.selected_id else None

    def select(self, card_id: int, *, reach: bool = True) -> bool:
        """Select a card; tell whether it is shown."""
        found = self.board.find(card_id) if card_id else None
        before = self.selected_id
        self.selected_id = card_id if found is not None else 0
        if found is not None:
            column, place = found
            self.cursor_at = (column, self.geometry_.snapped(place.start))
            if reach:
                self.reach(column, place.start, place.end)
        if self.selected_id != before:
            self.chosen.emit(found[1].card if found is not None else None)
        if found is not None and self.hasFocus():
            card_focused(self, self.selected_id)
        self.viewport().update()
        return found is not None

    def choose(self, card_id: int) -> None:
        """Select a card, if it is shown."""
        self.select(card_id)

    def cards(self) -> list[CardRow]:
        """Return the cards shown, by time."""
        return [place.card for _column, place in self.board.in_order()]

    def put_cursor(self, column: int, minute: int) -> None:
        """Put the cursor on a slot; a card that is there is selected instead."""
        if not self.board.columns:
            return
        column = max(0, min(len(self.board.columns) - 1, column))
        slot = self.slot_minutes
        minute = max(self.board.first, min(self.board.last - slot, minute))
        self.cursor_at = (column, minute)
        place = self.board.at(column, minute)
        self.reach(column, minute, minute + slot)
        if place is not None:
            self.select(place.card.id)
            self.cursor_at = (column, minute)
            return
        self.select(0)
        if self.hasFocus():
            announce(self, cursor_words(self.board, column, minute, self.formats))

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

    def filter_names(self, letters: str) -> None:
        """Fade every card whose name has no word that begins with the letters."""
        self.keys.letters = letters
        self._filter_again()
        if self._matching:
            first = next(p for _n, p in self.board.in_order() if p.card.id in self._matching)
            self.select(first.card.id)
        self.filtered.emit(letters)
        self.viewport().update()

    @property
    def matching(self) -> frozenset[int] | None:
        """Ids that the filter leaves, None without one."""
        return self._matching

    # ── asking for places ────────────────────────────────────────────────────────────────────

    def slot_of(self, column: int, minute: int, length: int) -> Slot:
        """Return the slot at a place of the board."""
        return self.board.slot(column, minute, length, self.formats.zone)

    def clashes(self, ghost: Ghost) -> bool:
        """Tell whether something else that takes time is where a ghost is."""
        own = 0 if ghost.card is None else ghost.card.id
        from clinicdesk.schedule.model import ACTIVE

        return any(
            place.start < ghost.end and ghost.start < place.end
            for place in self.board.columns[ghost.column].places
            if place.card.id != own and place.card.booking in ACTIVE
        )

    def wish(self, ghost: Ghost) -> None:
        """Ask that a card goes where its ghost is."""
        if ghost.card is None:
            return
        self.ghost, self.pending_id = ghost, ghost.card.id
        provider = self.board.columns[ghost.column].provider_id
        slot = self.slot_of(ghost.column, ghost.start, ghost.card.minutes)
        self.move_wished.emit(Wish(ghost.card, provider, slot))
        self.viewport().update()

    def rest(self) -> None:
        """Take a ghost away: what it wished for was refused or is done."""
        self.ghost, self.pending_id = None, 0
        self.viewport().update()

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

    def speak(self, column: int, place: Place) -> str:
        """Return a card as a sentence."""
        return spoken(place.card, self.board.columns[column], self.formats, self.now)

    # ── Qt's events ──────────────────────────────────────────────────────────────────────────

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
            matching=self._matching,
            ghost=self.ghost,
            pending=self.pending_id,
            focused=self.hasFocus(),
        )
        pen = QPainter(self.viewport())
        self._painter.paint(pen, self.board, geometry, scene)
        pen.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out again."""
        super().resizeEvent(event)
        self._lay_out()

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

    def event(self, event: QEvent) -> bool:
        """Keep our single letters from the window's shortcuts, and Tab for stepping cards."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self.keys.owns(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self.keys.tabbed(event):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand keys to the keyboard's part."""
        if not self.keys.pressed(event):
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor and tell a screen reader where it is."""
        super().focusInEvent(event)
        if self.selected_id:
            card_focused(self, self.selected_id)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouse.pressed(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mouse.moved(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.mouse.released(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mouse.double_clicked(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu at the pointer, or at the selected card for the menu key."""
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            box = self.card_box(self.selected_id)
            if box is not None:
                where = self.viewport().mapToGlobal(QPoint(int(box.x) + 8, int(box.bottom)))
        else:
            point = self.viewport().mapFromGlobal(where)
            found = self.hit(point.x(), point.y())
            self.select(found[1].card.id if found is not None else 0, reach=False)
        self.menu_wanted.emit(where)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a card says in full."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self.hit(event.pos().x(), event.pos().y())
            if found is None or self.mouse.dragging:
                QToolTip.hideText()
            else:
                self.show_tip(found, event.globalPos())
            return True
        return super().viewportEvent(event)

    def show_tip(self, found: tuple[int, Place], where: QPoint | None = None) -> None:
        """Show a card's tooltip, at the pointer or at the card."""
        column, place = found
        box = self.geometry_.card_box(column, place.start, place.end, place.lane)
        area = QRect(int(box.x), int(box.y), int(box.width), int(box.height))
        if where is None:
            where = self.viewport().mapToGlobal(area.bottomLeft())
        words = tooltip(place.card, self.board.columns[column], self.formats, self.now)
        from html import escape

        lines = "<br>".join(escape(line) for line in words.split("\n"))
        QToolTip.showText(where, f"<p style='white-space:pre'>{lines}</p>", self.viewport(), area)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _theme_changed(self) -> None:
        self._painter = None
        self._lay_out()
        self.viewport().update()

    def _sizes(self) -> Sizes:
        px = self.theme.px
        widest = self.formats.time(datetime(2026, 1, 1, 22, 28))  # noqa: DTZ001 -- only measured
        from PySide6.QtGui import QFont, QFontMetricsF

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

    def _lay_out(self) -> None:
        self.geometry_ = geometry = self._laid_out()
        down, along = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, geometry.most_y)
        down.setPageStep(max(1, geometry.view_height - geometry.sizes.head))
        down.setSingleStep(geometry.sizes.row)
        along.setRange(0, geometry.most_x)
        along.setPageStep(max(1, geometry.view_width - geometry.sizes.gutter))
        along.setSingleStep(geometry.sizes.least // 4)
        geometry.scroll_x, geometry.scroll_y = along.value(), down.value()

    def _filter_again(self) -> None:
        letters = fold(self.keys.letters)
        if not letters:
            self._matching = None
            return
        self._matching = frozenset(
            place.card.id
            for _number, place in self.board.in_order()
            if any(word.startswith(letters) for word in _words(place.card.name))
        )


def _words(name: str) -> list[str]:
    folded = fold(name)
    words = folded.split()
    return [folded, *(" ".join(words[n:]) for n in range(1, len(words)))]
