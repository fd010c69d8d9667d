# SPDX-License-Identifier: Apache-2.0
"""Finds a patient while somebody types; the last row takes a new one on.

The list hangs under the field inside the window, so that the focus never leaves the field. Enter
and Tab both take the highlighted row.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.folding import fold
from clinicdesk.patients.queries import PatientHit
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.panel.board_access import announce
from clinicdesk.schedule.panel.patient_hits import (
    Choice,
    Found,
    HitList,
    Hits,
    NewPatient,
    WalkInFor,
    WalkInStart,
)
from clinicdesk.wording.text import _

_WAIT_MS, _MOST = 40, 8


class PatientFinder(QLineEdit):
    """A field that finds patients.

    Attributes:
        picked: a ``PatientHit``, a ``NewPatient``, or None when the text was changed again.
        walk_in: somebody typed ``w``, and a name or a space: this one stands at the desk.
        walking: that is known already; ``w`` is a letter of the name.
    """

    picked = Signal(object)
    walk_in = Signal()

    def __init__(self, room: Room, patients: Patients, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._patients = room, patients
        self.choice: PatientHit | NewPatient | None = None
        self.walking = False
        self.setPlaceholderText(_("Name, phone, birth date or number"))
        self._hits = Hits(room)
        self.list: QListView | None = None
        self._asked = self._answered = 0
        self._hasty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)

    # ── choosing ─────────────────────────────────────────────────────────────────────────────

    def choose(self, choice: PatientHit | NewPatient | None) -> None:
        """Show a choice in the field."""
        self.choice = choice
        if choice is None:
            self.clear()
        else:
            self.setText(choice.name)
            self.setCursorPosition(0)
        self.close_list()
        self.picked.emit(choice)

    def take(self) -> bool:
        """Take the highlighted row; tell whether there was one."""
        if self.list is None or not self.list.isVisible():
            return self.choice is not None
        row = max(0, self.list.currentIndex().row())
        if row >= len(self._hits.choices):
            return False
        return self._take(self._hits.choices[row])

    @property
    def searching(self) -> bool:
        """Whether what was typed last is still being looked for."""
        return self._timer.isActive() or self._answered != self._asked

    def take_soon(self) -> None:
        """Take the first row as soon as it is there: Enter came faster than the answer."""
        self._hasty = True

    @property
    def listing(self) -> bool:
        """Whether the list is open."""
        return self.list is not None and self.list.isVisible()

    def close_list(self) -> None:
        """Close the list under the field."""
        self._timer.stop()
        self._asked += 1
        self._answered, self._hasty = self._asked, False
        if self.list is not None:
            self.list.hide()

    # ── Qt's events ──────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        """Let Tab take what is highlighted."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Tab and self.listing:
                self.take()
            elif event.key() == Qt.Key.Key_Escape and self.listing:
                self.close_list()
                return True
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.listing
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer the list without leaving the field."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            if self.listing and self.list is not None:
                rows = len(self._hits.choices)
                step = 1 if key == Qt.Key.Key_Down else -1
                row = (self.list.currentIndex().row() + step) % max(1, rows)
                self._highlight(row)
            elif self.text():
                self._ask()
            return
        if key == Qt.Key.Key_Space and self.text().casefold() == "w" and not self.walking:
            self._begin_walk_in()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.close_list()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close the list when the window changes its size."""
        if event.type() == QEvent.Type.Resize:
            self.close_list()
        return super().eventFilter(watched, event)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _typed(self, text: str) -> None:
        if self.choice is not None:
            self.choice = None
            self.picked.emit(None)
        self._hasty = False
        if text.strip():
            self._timer.start()
        else:
            self.close_list()

    def _begin_walk_in(self) -> None:
        self.clear()
        self.close_list()
        self.walk_in.emit()

    def _ask(self) -> None:
        text = self.text().strip()
        if not text:
            return
        self._asked += 1
        rest = "" if self.walking or text[0].casefold() != "w" else text[1:].strip()
        question = partial(_find, self._patients, text, rest, self._room.actor)
        answer = _Answer(self, self._asked, text)
        self._room.desk.ask(question, answer.take, owner=self)

    def show_hits(self, asked: int, text: str, found: Found) -> None:
        """Show the answer to the latest question.

        Whoever is called what was typed comes before a walk-in of who is called what follows ``w``.
        """
        if asked != self._asked or self.window().focusWidget() is not self:
            return
        choices: list[Choice] = []
        letter = not self.walking and text[:1].casefold() == "w"
        if letter and len(text) == 1:
            choices.append(WalkInStart())
        called = [hit for hit in found.hits if _called(hit.name, text)] if letter else []
        choices += called
        choices += [WalkInFor(hit) for hit in found.walking if _called(hit.name, text[1:])]
        choices += [hit for hit in found.hits if hit not in called]
        choices = choices[:_MOST]
        if any(one.isalpha() for one in text):
            choices.append(NewPatient(text))
            if letter and not called and len(text) > 2:
                choices.append(WalkInFor(NewPatient(text[1:].strip())))
        self._answered = asked
        self._hits.show(choices)
        self._open_list()
        self._highlight(0)
        if self._hasty:
            self._hasty = False
            self.take()

    def _open_list(self) -> None:
        window = self.window()
        if self.list is None:
            self.list = HitList(self._room, window)
            self.list.setModel(self._hits)
            self.list.clicked.connect(self._clicked)
            window.installEventFilter(self)
        theme, rows = self._room.theme, len(self._hits.choices)
        if not rows:
            self.list.hide()
            return
        width = max(self.width(), theme.px(470))
        tall = rows * self.list.sizeHintForRow(0) + 2 * theme.px(5)
        corner = self.mapTo(window, QPoint(0, self.height() + 2))
        if self.isRightToLeft():
            corner.setX(corner.x() + self.width() - width)
        left = max(0, min(corner.x(), window.width() - width))
        self.list.setGeometry(left, corner.y(), width, tall)
        self.list.show()
        self.list.raise_()

    def _highlight(self, row: int) -> None:
        if self.list is None or not self._hits.choices:
            return
        self.list.setCurrentIndex(self._hits.index(row))
        announce(self, self._hits.words(self._hits.choices[row]))

    def _clicked(self, index: QModelIndex) -> None:
        self._take(self._hits.choices[index.row()])

    def _take(self, choice: Choice) -> bool:
        """Take a row; tell whether that chose somebody."""
        if isinstance(choice, WalkInStart):
            self._begin_walk_in()
            return False
        if isinstance(choice, WalkInFor):
            self.walk_in.emit()
            choice = choice.who
        self.choose(choice)
        return True


class _Answer:
    """One question of the field, with the number by which a late answer is known."""

    def __init__(self, finder: PatientFinder, asked: int, text: str) -> None:
        self._finder, self._asked, self._text = finder, asked, text

    def take(self, found: Found) -> None:
        self._finder.show_hits(self._asked, self._text, found)


def _find(patients: Patients, text: str, rest: str, actor: Actor) -> Found:
    hits = tuple(patients.search(text, actor, _MOST))
    return Found(hits, tuple(patients.search(rest, actor, _MOST)) if len(rest) > 1 else ())


def _called(name: str, text: str) -> bool:
    """Tell whether every word of a text begins a word of a name."""
    words = fold(name).split()
    return all(any(own.startswith(word) for own in words) for word in fold(text).split())
