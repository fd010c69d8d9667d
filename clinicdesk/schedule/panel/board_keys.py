# SPDX-License-Identifier: Apache-2.0
"""The board's keyboard: a slot cursor, steps through cards, move mode, nudges, letters.

Single letters count only while the board has the focus, and once a name is being typed they are
letters of it. Keys are told by the character they give, not by where they lie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from clinicdesk.schedule.model import PRESENT, Booking
from clinicdesk.schedule.panel.board import Place
from clinicdesk.schedule.panel.board_painter import Ghost
from clinicdesk.schedule.panel.spoken import given_first
from clinicdesk.wording.text import _

if TYPE_CHECKING:
    from clinicdesk.schedule.panel.board_view import BoardView
    from clinicdesk.schedule.queries import CardRow

_Key = Qt.Key
_Mod = Qt.KeyboardModifier
_ENTER: Final = frozenset({_Key.Key_Return, _Key.Key_Enter})
_ARROWS: Final = {
    _Key.Key_Up: (0, -1),
    _Key.Key_Down: (0, 1),
    _Key.Key_Left: (-1, 0),
    _Key.Key_Right: (1, 0),
}
_VERBS: Final = {"m": "move", "c": "copy", "v": "paste", "d": "duplicate", "n": "note"}
_MODIFIERS: Final = _Mod.ShiftModifier | _Mod.ControlModifier | _Mod.AltModifier | _Mod.MetaModifier


class Keys:
    """What keys do on a board.

    Attributes:
        letters: what was typed to find a name.
        carried: the card in move mode.
    """

    def __init__(self, view: BoardView) -> None:
        self._view = view
        self.letters = ""
        self._finding = False
        self.carried: CardRow | None = None
        self._carried_to: tuple[int, int] = (0, 0)  # provider, row minute

    # ── what belongs to the board ────────────────────────────────────────────────────────────

    def owns(self, event: QKeyEvent) -> bool:
        """Tell whether a key that is also a shortcut of the window means something here."""
        key, held = event.key(), event.modifiers() & _MODIFIERS
        if key in _ARROWS:
            return True
        if held in {_Mod.NoModifier, _Mod.ShiftModifier}:
            plain = (_Key.Key_Escape, _Key.Key_Delete, _Key.Key_Home, _Key.Key_End)
            return bool(event.text().strip()) or key in plain
        return False

    def tabbed(self, event: QKeyEvent) -> bool:
        """Step through the cards; at the ends Tab leaves the board."""
        back = event.key() == _Key.Key_Backtab
        if event.key() != _Key.Key_Tab and not back:
            return False
        if event.modifiers() & (_Mod.ControlModifier | _Mod.AltModifier):
            return False
        view = self._view
        cards = [
            (n, place)
            for n, place in view.board.in_order()
            if view.matching is None or place.card.id in view.matching
        ]
        ids = [place.card.id for _n, place in cards]
        if view.selected_id in ids:
            at = ids.index(view.selected_id) + (-1 if back else 1)
        elif back:
            at = self._before(cards) - 1
        else:
            at = self._before(cards)
        if not 0 <= at < len(ids):
            return False
        view.select(ids[at])
        return True

    def _before(self, cards: list[tuple[int, Place]]) -> int:
        """Return how many cards lie before the cursor."""
        column, minute = self._view.cursor_at
        if self._view.board.by_day:
            return sum((n, place.start) < (column, minute) for n, place in cards)
        return sum((place.start, n) < (minute, column) for n, place in cards)

    def pressed(self, event: QKeyEvent) -> bool:
        """Act on a key; tell whether it meant something."""
        if not self._view.board.columns and event.key() not in {
            _Key.Key_PageUp,
            _Key.Key_PageDown,
        }:
            return False
        if self.carried is not None:
            return self._pressed_carrying(event)
        held = event.modifiers() & _MODIFIERS
        if event.key() in _ARROWS:
            return self._arrow(event.key(), held)
        if held & (_Mod.ControlModifier | _Mod.AltModifier | _Mod.MetaModifier):
            return self._peek(event, held)
        return self._plain(event)

    # ── plain keys ───────────────────────────────────────────────────────────────────────────

    def _plain(self, event: QKeyEvent) -> bool:
        view, key = self._view, event.key()
        chosen = view.selected()
        if key in _ENTER:
            if chosen is not None:
                view.opened.emit(chosen[1].card)
            else:
                view.slot_wanted.emit(*view.cursor_at, 0)
        elif key == _Key.Key_PageUp:
            view.paged.emit(-1)
        elif key == _Key.Key_PageDown:
            view.paged.emit(1)
        elif key == _Key.Key_Home:
            view.put_cursor(view.cursor_at[0], self._bounds()[0])
        elif key == _Key.Key_End:
            view.put_cursor(view.cursor_at[0], self._bounds()[1])
        elif key == _Key.Key_Escape:
            return self.escape()
        elif key == _Key.Key_Delete:
            if chosen is not None:
                view.verb.emit("cancel", chosen[1].card)
        elif key == _Key.Key_Backspace and self._finding:
            view.filter_names(self.letters[:-1])
        else:
            return self._letter(event.text(), chosen)
        return True

    def _letter(self, text: str, chosen: tuple[int, Place] | None) -> bool:
        view, letter = self._view, text.casefold()
        if not text or not text.isprintable():
            return False
        if letter == "/" and not self._finding:
            self.start_finding()
            return True
        if not self._finding and letter in _VERBS:
            if chosen is not None or letter == "v":
                view.verb.emit(_VERBS[letter], None if chosen is None else chosen[1].card)
            return True
        if not self._finding and letter == " ":
            if chosen is not None:
                view.show_tip(chosen)
            return True
        self._finding = True
        view.filter_names(self.letters + text)
        return True

    def start_finding(self) -> None:
        """Take the next letters for a name."""
        self._finding = True
        self._view.filtered.emit("/")

    def escape(self) -> bool:
        """Give up, one thing at a time: the drag, the filter, the selection."""
        view = self._view
        if view.mouse.cancel():
            return True
        if self._finding or self.letters:
            self.leave()
            return True
        if view.selected_id:
            view.select(0)
            return True
        return False

    def leave(self) -> None:
        """Leave move mode and the search for a name."""
        self._finding = False
        if self.carried is not None:
            self.put_down(keep=False)
        if self.letters:
            self._view.filter_names("")
        else:
            self._view.filtered.emit("")

    # ── arrows ───────────────────────────────────────────────────────────────────────────────

    def _arrow(self, key: int, held: Qt.KeyboardModifier) -> bool:
        view = self._view
        along, down = _ARROWS[_Key(key)]
        along *= -1 if view.isRightToLeft() else 1
        chosen = view.selected()
        if held == _Mod.AltModifier:
            return chosen is not None and self._nudge(chosen, along, down)
        if held == _Mod.ShiftModifier:
            return bool(down) and chosen is not None and self._stretch(chosen[1].card, down)
        if held & ~(_Mod.ControlModifier):
            return False
        column, minute = view.cursor_at
        if down and chosen is not None:
            at, place = chosen
            slot = view.slot_minutes
            beyond = place.end if down > 0 else place.start - 1
            view.put_cursor(at, beyond // slot * slot if down < 0 else -(-beyond // slot) * slot)
        else:
            view.put_cursor(column + along, minute + down * view.slot_minutes)
        return True

    def _nudge(self, chosen: tuple[int, Place], along: int, down: int) -> bool:
        """Move the selected card by a slot or a provider, on from where it is under way to."""
        view = self._view
        column, place = chosen
        start, length = place.start, place.card.minutes
        if not may_move(place.card):
            view.told.emit(_("This appointment can no longer be moved."))
            return True
        under_way = view.ghost
        if under_way is not None and under_way.card is not None and view.pending_id:
            column, start = under_way.column, under_way.start
        column = max(0, min(len(view.board.columns) - 1, column + along))
        slot = view.slot_minutes
        if down:
            start = (start // slot + down) * slot if down > 0 else -(-start // slot) * slot - slot
        start = max(0, start)
        ghost = Ghost(column, start, start + length, place.card)
        view.reach(column, start, start + length)
        view.wish(Ghost(column, start, start + length, place.card, blocked=view.clashes(ghost)))
        return True

    def _stretch(self, card: CardRow, down: int) -> bool:
        view = self._view
        minutes = card.minutes + down * view.slot_minutes
        if minutes >= min(view.slot_minutes, 5):
            view.resize_wished.emit(card, max(5, minutes))
        return True

    # ── move mode ────────────────────────────────────────────────────────────────────────────

    def carry(self, column: int, place: Place) -> None:
        """Take a card up: arrows carry it, Enter puts it down, Esc puts it back."""
        view = self._view
        self.carried = place.card
        self._carried_to = (view.board.columns[column].provider_id, place.start)
        view.moving.emit(place.card)
        self._show_carried(column, place.start)

    def put_down(self, *, keep: bool) -> None:
        """End move mode; ``keep`` asks for the new place."""
        view, ghost = self._view, self._view.ghost
        card, self.carried = self.carried, None
        view.moving.emit(None)
        if keep and ghost is not None and card is not None:
            view.wish(ghost)
        else:
            view.rest()

    def board_changed(self) -> None:
        """Carry on over another day's columns."""
        if self.carried is None:
            return
        view = self._view
        provider, minute = self._carried_to
        columns = view.board.columns
        at = next((n for n, one in enumerate(columns) if one.provider_id == provider), 0)
        if columns:
            self._show_carried(at, minute)

    def _pressed_carrying(self, event: QKeyEvent) -> bool:
        view, key = self._view, event.key()
        held = event.modifiers() & _MODIFIERS
        ghost = view.ghost
        if key in _ENTER:
            self.put_down(keep=True)
        elif key == _Key.Key_Escape:
            self.put_down(keep=False)
        elif key in {_Key.Key_PageUp, _Key.Key_PageDown}:
            self._carry_days(-7 if key == _Key.Key_PageUp else 7)
        elif key in _ARROWS and ghost is not None:
            along, down = _ARROWS[_Key(key)]
            along *= -1 if view.isRightToLeft() else 1
            if along and not view.board.by_day and not held & _Mod.ControlModifier:
                self._carry_days(along)  # the neighbouring day; Ctrl is for the neighbour's column
                return True
            column = max(0, min(len(view.board.columns) - 1, ghost.column + along))
            if self._elsewhere(column):
                return True
            slot = view.slot_minutes
            start = ghost.start + down * slot
            start = max(0, start // slot * slot if down else start)
            self._show_carried(column, start)
        return True

    def _carry_days(self, days: int) -> None:
        """Carry the card to another day, unless its patient is here."""
        if self.carried is not None and is_here(self.carried):
            self._view.told.emit(bound_words(self.carried))
        else:
            self._view.paged.emit(days)

    def _elsewhere(self, column: int) -> bool:
        """Tell whether a column of the week is another day than the patient is here on."""
        card, view = self.carried, self._view
        if card is None or not is_here(card) or view.board.columns[column].on == card.starts.date():
            return False
        view.told.emit(bound_words(card))
        return True

    def _show_carried(self, column: int, start: int) -> None:
        view, card = self._view, self.carried
        if card is None:
            return
        end = start + card.minutes
        ghost = Ghost(column, start, end, card)
        ghost = Ghost(column, start, end, card, blocked=view.clashes(ghost))
        view.ghost, view.pending_id = ghost, card.id
        self._carried_to = (view.board.columns[column].provider_id, start)
        view.reach(column, start, end)
        view.carried.emit(ghost)
        view.viewport().update()

    def _bounds(self) -> tuple[int, int]:
        """Return the first and last slot in which the cursor's column is open."""
        view = self._view
        column, slot = view.board.columns[view.cursor_at[0]], view.slot_minutes
        inside = [
            minute
            for minute in range(view.board.first, view.board.last, slot)
            if not any(start <= minute < end for start, end in column.closed)
        ]
        return (inside[0], inside[-1]) if inside else (view.board.first, view.board.last - slot)

    def _peek(self, event: QKeyEvent, held: Qt.KeyboardModifier) -> bool:
        chosen = self._view.selected()
        if held == _Mod.ControlModifier and event.key() == _Key.Key_Space and chosen is not None:
            self._view.show_tip(chosen)
            return True
        return False


def may_move(card: CardRow) -> bool:
    """Tell whether a card may be moved at all."""
    return card.booking not in {Booking.DONE, Booking.CHECKOUT, Booking.NO_SHOW}


def is_here(card: CardRow) -> bool:
    """Tell whether the patient is in the clinic: such a card stays on its day."""
    return card.booking in PRESENT


def bound_words(card: CardRow) -> str:
    """Say why a card cannot go to another day."""
    return _("{name} is here already: only time and provider can change, not the day.").format(
        name=given_first(card.name)
    )
