# SPDX-License-Identifier: Apache-2.0
"""The base of every panel; it owns what is hard about refreshing, once.

A panel says which topics it shows, how to ask, and how to fill its widgets. When and whether to
ask is decided here: at first sight, and when stale and visible; several changes make one question;
a late answer to an old question is dropped; after 150 ms a thin bar shows that something is under
way; a failure is told in place, with a way to try again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final, Generic, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from clinicdesk.desktop.placards import Placard
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.desktop.top_bar import TitleForm
from clinicdesk.kernel.changes import Changes, Topic
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.wording.text import _

Answer = TypeVar("Answer")
BUSY_AFTER_MS: Final = 150


class Panel(QWidget, Generic[Answer]):
    """A page, card or strip of the window.

    A subclass puts its widgets into ``self.body`` in ``__init__``.

    Attributes:
        shows: topics whose change makes this panel stale.
        keys_here: keys that count with the focus in here only: (key, words), both marked.
        room: what it was given.
        body: where its widgets go.
        answered: after ``show_answer``, for tests and for selecting what was just made.
        title_changed: the title in the top bar should be read again.
        abilities_changed: ``why_not`` may answer differently now.
        badge_changed: count on the rail; 0 for none.
    """

    shows: ClassVar[frozenset[Topic]] = frozenset()
    keys_here: ClassVar[tuple[tuple[str, str], ...]] = ()

    answered = Signal()
    title_changed = Signal()
    abilities_changed = Signal()
    badge_changed = Signal(int)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self._stale = True
        self._serial = 0
        self._pending = False
        self._waiting = False
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        self._busy_bar = QFrame(self)
        self._busy_bar.setObjectName("busy")
        self._busy_bar.hide()
        self._stack = QStackedLayout()
        outside.addLayout(self._stack, 1)
        content = QWidget(self)
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._placard = Placard(room.theme, self)
        self._stack.addWidget(content)
        self._stack.addWidget(self._placard)
        self._busy_timer = QTimer(self)
        self._busy_timer.setSingleShot(True)
        self._busy_timer.setInterval(BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._show_busy)
        room.feed.changed.connect(self._changed)

    # ── what a subclass says ─────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], Answer] | None:
        """Return what to ask, holding plain values only; None if there is nothing to ask."""
        return None

    def show_answer(self, answer: Answer) -> None:
        """Fill the widgets; the only place that does."""

    def perform(self, action_id: str) -> None:
        """Carry out one of the panel's actions."""

    def why_not(self, action_id: str) -> str:
        """Return why an action cannot be chosen now, translated; nothing if it can."""
        return ""

    def title(self) -> str:
        """Return what the top bar shows while this panel is in front; nothing for its name."""
        return ""

    def titles(self) -> tuple[TitleForm, ...]:
        """Return the title in several forms, the longest first, where it changes with the page."""
        title = self.title()
        return (TitleForm(title),) if title else ()

    def top_widgets(self) -> tuple[QWidget, ...]:
        """Return the panel's own controls for the top bar, made once, in order."""
        return ()

    def own_keys(self) -> tuple[tuple[str, str], ...]:
        """Return keys that work only with the focus in here: (key, what it does), translated."""
        return tuple((_(key), _(words)) for key, words in self.keys_here)

    def focus_first(self) -> None:
        """Put the focus where work begins."""
        self.setFocus()

    def forget(self) -> None:
        """Drop what is of patients from widgets and models: the window is locked.

        Tables are emptied here and keep their place; a panel that paints rows itself drops those.
        Drafts in fields stay.
        """
        self.mark_stale()
        for table in self.findChildren(RowTable):
            table.forget()

    # ── what a subclass may call ─────────────────────────────────────────────────────────────

    def refresh(self) -> None:
        """Ask again, soon: the question changed (another day, another patient)."""
        self.mark_stale()
        if self.isVisible():
            self._ask_soon()

    def mark_stale(self) -> None:
        """Ask again when next seen; an answer under way is dropped."""
        self._stale = True
        self._serial += 1

    def show_empty(
        self,
        sentence: str,
        button: str = "",
        act: Callable[[], None] | None = None,
        *,
        icon: str = "",
    ) -> None:
        """Show that there is nothing, in one sentence with one thing to do."""
        self._placard.show_words(sentence, button, act, icon=icon)
        self._stack.setCurrentWidget(self._placard)

    def show_content(self) -> None:
        """Show the widgets again after ``show_empty``."""
        self._stack.setCurrentIndex(0)

    @property
    def stale(self) -> bool:
        """Whether what is shown may be out of date."""
        return self._stale

    @property
    def waiting(self) -> bool:
        """Whether a question is under way."""
        return self._waiting

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def showEvent(self, event: QShowEvent) -> None:
        """Ask what was missed while hidden."""
        super().showEvent(event)
        if self._stale:
            self._ask_soon()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop showing that something is under way."""
        super().hideEvent(event)
        self._busy_timer.stop()
        self._busy_bar.hide()

    def _changed(self, changes: Changes) -> None:
        if changes.touch(self.shows):
            self.refresh()

    def _ask_soon(self) -> None:
        if not self._pending:
            self._pending = True
            QTimer.singleShot(0, self._ask)

    def _ask(self) -> None:
        self._pending = False
        if not self._stale or not self.isVisible():
            return
        question = self.question()
        self._stale = False
        if question is None:
            return
        self._serial += 1
        self._waiting = True
        self._busy_timer.start()
        asked = _Asked(self, self._serial)
        self.room.desk.ask(question, asked.answered, asked.failed, owner=self)

    def _show_busy(self) -> None:
        height = self.room.theme.px(3)
        self._busy_bar.setGeometry(0, 0, self.width(), height)
        self._busy_bar.raise_()
        self._busy_bar.show()

    def take_answer(self, serial: int, answer: Answer) -> None:
        """Show an answer unless a newer question was asked since."""
        if serial != self._serial:
            return
        self._rest()
        if self._stack.currentWidget() is self._placard:
            self.show_content()
        self.show_answer(answer)
        self.answered.emit()

    def take_failure(self, serial: int, failure: BaseException) -> None:
        """Show a failure in place unless a newer question was asked since."""
        if serial != self._serial:
            return
        self._rest()
        if isinstance(failure, Refusal):
            sentence = self.room.formats.refusal(failure)
        elif isinstance(failure, Trouble):
            sentence = self.room.formats.trouble(failure)
        else:
            sentence = _("This page could not be read. Your data is not affected.")
            self.room.desk.fail(failure)
        self._placard.show_words(sentence, _("Try again"), self.refresh, icon="circle-alert")
        self._stack.setCurrentWidget(self._placard)

    def _rest(self) -> None:
        self._waiting = False
        self._busy_timer.stop()
        self._busy_bar.hide()


class _Asked:
    """One question of a panel, with the number by which a late answer is known."""

    def __init__(self, panel: Panel, serial: int) -> None:
        self._panel, self._serial = panel, serial

    def answered(self, answer: object) -> None:
        self._panel.take_answer(self._serial, answer)

    def failed(self, failure: BaseException) -> None:
        self._panel.take_failure(self._serial, failure)
