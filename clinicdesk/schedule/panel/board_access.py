# SPDX-License-Identifier: Apache-2.0
"""What assistive technology is told of the board: a list whose items are the cards.

Qt asks the factory for an interface of each widget; for boards it gets one with virtual children.
Python keeps the interfaces alive as long as their board lives, because Qt does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from clinicdesk.schedule.panel.board_view import BoardView

_kept: dict[int, BoardInterface] = {}
_installed: list[Any] = []


class CardInterface(QAccessibleInterface):
    """One card, as a list item; it looks up what it is each time it is asked."""

    def __init__(self, board: BoardInterface, index: int) -> None:
        super().__init__()
        self._board, self._index = board, index

    def isValid(self) -> bool:
        return self._board.place(self._index) is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def parent(self) -> QAccessibleInterface:
        return self._board

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        """Return the card as a sentence."""
        found = self._board.place(self._index)
        if found is None or kind != QAccessible.Text.Name:
            return ""
        return self._board.view.speak(*found)

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:
        """Cards are not edited in place."""

    def rect(self) -> QRect:
        """Return where it is on the screen."""
        found, view = self._board.place(self._index), self._board.view
        box = None if found is None else view.card_box(found[1].card.id)
        if box is None:
            return QRect()
        corner = view.viewport().mapToGlobal(QPoint(int(box.x), int(box.y)))
        return QRect(corner.x(), corner.y(), int(box.width), int(box.height))

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Say whether it is chosen, and out of sight."""
        state, view = QAccessible.State(), self._board.view
        found = self._board.place(self._index)
        state.focusable = state.selectable = True
        if found is not None and found[1].card.id == view.selected_id:
            state.selected = True
            state.focused = view.hasFocus()
        return state


class BoardInterface(QAccessibleWidget):
    """A board, as a list of its cards by time."""

    def __init__(self, view: BoardView) -> None:
        super().__init__(view, QAccessible.Role.List, view.accessibleName())
        self.view = view
        self._cards: list[CardInterface] = []

    def place(self, index: int) -> Any:
        """Return the column and place of the card at an index, or None."""
        if not shiboken6.isValid(self.view):
            return None
        cards = self.view.board.in_order()
        return cards[index] if 0 <= index < len(cards) else None

    def childCount(self) -> int:
        if not shiboken6.isValid(self.view):
            return 0
        return sum(len(column.places) for column in self.view.board.columns)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the card at an index."""
        if not 0 <= index < self.childCount():
            return None
        while len(self._cards) <= index:
            self._cards.append(CardInterface(self, len(self._cards)))
        return self._cards[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the card at a point of the screen."""
        point = self.view.viewport().mapFromGlobal(QPoint(x, y))
        found = self.view.hit(point.x(), point.y())
        if found is None:
            return None
        return self.child(self.index_of(found[1].card.id))

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return self._cards.index(child) if child in self._cards else -1

    def index_of(self, card_id: int) -> int:
        """Return the index of a card, -1 if it is not shown."""
        for index, (_column, place) in enumerate(self.view.board.in_order()):
            if place.card.id == card_id:
                return index
        return -1

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the selected card."""
        index = self.index_of(self.view.selected_id) if self.view.selected_id else -1
        return self.child(index) if index >= 0 else None


def install() -> None:
    """Tell Qt once how boards describe themselves."""
    if not _installed:
        _installed.append(_made)
        QAccessible.installFactory(_made)


def announce(widget: QWidget, sentence: str) -> None:
    """Tell a screen reader something, politely."""
    if sentence and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


def card_focused(view: BoardView, card_id: int) -> None:
    """Tell a screen reader that another card has the focus."""
    if not QAccessible.isActive():
        return
    interface = QAccessible.queryAccessibleInterface(view)
    if isinstance(interface, BoardInterface):
        event = QAccessibleEvent(view, QAccessible.Event.Focus)
        event.setChild(interface.index_of(card_id))
        QAccessible.updateAccessibility(event)


def board_changed(view: BoardView) -> None:
    """Tell a screen reader that the list has other items."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.ObjectReorder))


def _made(_class_name: str, subject: QObject) -> QAccessibleInterface | None:
    from clinicdesk.schedule.panel.board_view import BoardView

    if not isinstance(subject, BoardView):
        return None
    key = id(subject)
    interface = BoardInterface(subject)
    _kept[key] = interface
    subject.destroyed.connect(lambda: _kept.pop(key, None))
    return interface
