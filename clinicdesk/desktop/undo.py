# SPDX-License-Identifier: Apache-2.0
"""The undo shelf: the last acts of this sitting that have a reverse command.

Undoing carries out an ordinary command, with its rights, rules and audit entry; it may be
refused. The shelf is emptied at lock and at a change of user: nobody undoes another's act.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from clinicdesk.kernel.outcomes import Done

KEPT: Final = 20


@dataclass(frozen=True, slots=True)
class Reversal:
    """A way back.

    Attributes:
        label: what was done, in the reader's language, without "Undo".
        carry_out: the reverse command; its ``Done`` may again have a way back.
    """

    label: str
    carry_out: Callable[[], Done[Any]]


class UndoShelf(QObject):
    """Two piles: what can be undone and what can be done again."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._undo: deque[Reversal] = deque(maxlen=KEPT)
        self._redo: deque[Reversal] = deque(maxlen=KEPT)

    def put(self, label: str, done: Done[Any]) -> None:
        """Keep the way back of a fresh act; what was undone before can no longer be redone."""
        self._redo.clear()
        if done.undo is not None:
            self._undo.append(Reversal(label, done.undo))
        self.changed.emit()

    def take_undo(self) -> Reversal | None:
        """Take the latest act to undo; give its outcome back with ``undone`` or ``keep``."""
        taken = self._undo.pop() if self._undo else None
        self.changed.emit()
        return taken

    def take_redo(self) -> Reversal | None:
        """Take the latest act that was undone."""
        taken = self._redo.pop() if self._redo else None
        self.changed.emit()
        return taken

    def undone(self, reversal: Reversal, done: Done[Any]) -> None:
        """Put what was undone on the other pile, if it can be done again."""
        if done.undo is not None:
            self._redo.append(Reversal(reversal.label, done.undo))
        self.changed.emit()

    def redone(self, reversal: Reversal, done: Done[Any]) -> None:
        """Put what was done again back."""
        if done.undo is not None:
            self._undo.append(Reversal(reversal.label, done.undo))
        self.changed.emit()

    def clear(self) -> None:
        """Forget everything: lock or another user."""
        self._undo.clear()
        self._redo.clear()
        self.changed.emit()

    @property
    def next_undo(self) -> str:
        """What Undo would undo, or nothing."""
        return self._undo[-1].label if self._undo else ""

    @property
    def next_redo(self) -> str:
        """What Redo would do again, or nothing."""
        return self._redo[-1].label if self._redo else ""
