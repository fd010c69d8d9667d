# SPDX-License-Identifier: Apache-2.0
"""The board as a widget: painted by hand, scrolled, chosen from by mouse, keys and screen reader.

It shows a ``Board`` and tells what somebody wants; it asks nothing and changes nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.moments import Slot, utc_minute
from clinicdesk.schedule.panel.board import Board, Place, bare_day
from clinicdesk.schedule.panel.board_access import announce, board_changed, card_focused
from clinicdesk.schedule.panel.board_canvas import BoardCanvas
from clinicdesk.schedule.panel.board_keys import Keys
from clinicdesk.schedule.panel.board_mouse import Mouse
from clinicdesk.schedule.panel.board_painter import Ghost
from clinicdesk.schedule.panel.spoken import cursor_words, spoken, tooltip
from clinicdesk.schedule.queries import CardRow
from clinicdesk.wording.formats import Formats

LATE_MS: Final = 200  # rows that come sooner replace the old day without a flash


@dataclass(frozen=True, slots=True)
class Wish:
    """Where a card shall go."""

    card: CardRow
    provider_id: int
    slot: Slot


class BoardView(BoardCanvas):
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
        carried: where the card in move mode would go: a ``Ghost``.
        told: why something cannot be done.
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
    carried = Signal(object)
    told = Signal(str)
    menu_wanted = Signal(QPoint)

    def __init__(
        self, theme: Theme, formats: Formats, slot: int = 15, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, formats, slot, parent)
        self._settled = False
        self._expected: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.keys, self.mouse = Keys(self), Mouse(self)

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def show_board(self, board: Board) -> None:
        """Show other rows; selection, cursor and scroll position stay."""
        same = board.by_day == self.board.by_day and board.first == self.board.first
        self.board, self._expected = board, None
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
        self.lay_out()
        if not (self._settled and same):
            self._settled = True
            self.show_now()
        self.keys.board_changed()
        board_changed(self)
        self.viewport().update()

    def expect(self, on: date) -> None:
        """Let go of the shown day if another one's rows are late.

        A card in move mode goes on at once: Enter may follow before the rows do.
        """
        self._expected = on
        if self.keys.carried is not None:
            self.clear_old_day()
        else:
            QTimer.singleShot(LATE_MS, self, self.clear_old_day)

    def clear_old_day(self) -> None:
        """Show no card of one day under another's name."""
        board, on = self.board, self._expected
        if on is not None and not board.by_day and board.columns and board.columns[0].on != on:
            self.show_board(bare_day(board, on, self.formats.zone))

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

    def follow(self, patient_id: int) -> bool:
        """Let the keys act on this patient: select their card, or nobody's; tell if it changed."""
        here = self.selected()
        if not patient_id or (here is not None and here[1].card.patient_id in {patient_id, None}):
            return False
        card_id = self.board.card_of(patient_id)
        if not card_id and here is None:
            return False
        self.select(card_id)
        return True

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

    def put_at(self, wall: datetime) -> None:
        """Put the cursor on the slot of a wall time, in the cursor's column or the day's first."""
        columns = self.board.columns
        here = [n for n, column in enumerate(columns) if column.on == wall.date()]
        if here:
            at = self.cursor_at[0] if self.cursor_at[0] in here else here[0]
            noon = self.formats.zone.instant(datetime.combine(wall.date(), time(12)))
            from_noon = (wall.hour - 12) * 60 + wall.minute  # a time in the gap of a night as well
            minute = utc_minute(noon) - columns[at].zero + from_noon
            self.put_cursor(at, minute // self.slot_minutes * self.slot_minutes)

    def filter_names(self, letters: str) -> None:
        """Fade every card whose name has no word that begins with the letters."""
        self.keys.letters = letters
        self._filter_again()
        if self.matching:
            first = next(p for _n, p in self.board.in_order() if p.card.id in self.matching)
            self.select(first.card.id)
        self.filtered.emit(letters)
        self.viewport().update()

    # ── asking for places ────────────────────────────────────────────────────────────────────

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

    def speak(self, column: int, place: Place) -> str:
        """Return a card as a sentence."""
        return spoken(place.card, self.board.columns[column], self.formats, self.now)

    # ── Qt's events ──────────────────────────────────────────────────────────────────────────

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
        lines = "<br>".join(escape(line) for line in words.split("\n"))
        QToolTip.showText(where, f"<p style='white-space:pre'>{lines}</p>", self.viewport(), area)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _filter_again(self) -> None:
        letters = fold(self.keys.letters)
        if not letters:
            self.matching = None
            return
        self.matching = frozenset(
            place.card.id
            for _number, place in self.board.in_order()
            if any(word.startswith(letters) for word in _words(place.card.name))
        )


def _words(name: str) -> list[str]:
    folded = fold(name)
    words = folded.split()
    return [folded, *(" ".join(words[n:]) for n in range(1, len(words)))]
