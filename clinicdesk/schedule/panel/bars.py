# SPDX-License-Identifier: Apache-2.0
"""Bars: questions asked in place, above the board, never over it.

A bar opens under the top bar, takes the focus, and gives it back when it closes. Esc closes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.schedule.model import CANCEL_REASONS
from clinicdesk.schedule.panel.board_access import announce
from clinicdesk.wording.text import _


class Bar(QFrame):
    """A question in place.

    Attributes:
        opened: it came; there is only ever one.
        closed: it went away; the focus belongs where it was.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, room: Room, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self.setObjectName("bar")
        self.setAccessibleName(name)
        self.lines = QVBoxLayout(self)
        self._measure()
        room.theme.changed.connect(self._measure)
        self.hide()

    def close_bar(self) -> None:
        """Go away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Tell that it came."""
        super().showEvent(event)
        self.opened.emit()

    def close_button(self) -> QToolButton:
        """Make the cross at the end."""
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setAccessibleName(_("Close"))
        button.setToolTip(_("Close (Esc)"))
        self.room.theme.give_icon(button, "x")
        button.clicked.connect(self.close_bar)
        return button

    def event(self, event: QEvent) -> bool:
        """Keep Esc for closing the bar."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        px, theme = self.room.theme.px, self.room.theme
        self.lines.setContentsMargins(px(12), px(7), px(8), px(7))
        self.lines.setSpacing(px(6))
        tokens = theme.tokens
        self.setStyleSheet(
            f"#bar {{ background: {tokens.surface2}; color: {tokens.text}; border: 0;"
            f" border-bottom: {tokens.edge}px solid {tokens.control}; }}"
        )


class HintBar(Bar):
    """One sentence and perhaps one answer: move mode, a taken slot.

    Attributes:
        answered: the button, or Enter.
    """

    answered = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, _("Hint"), parent)
        line = QHBoxLayout()
        self.words: QLabel = plain_label("", wrap=True)
        self.button: QPushButton = verb_button("", primary=True)
        self.button.clicked.connect(self._answered)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self.words)
        self.keys = plain_label("", muted=True)
        said.addWidget(self.keys)
        line.addLayout(said, 1)
        line.addWidget(self.button)
        line.addWidget(self.close_button())
        self.lines.addLayout(line)
        self._act: Callable[[], None] | None = None

    @property
    def asks(self) -> bool:
        """Whether it waits for an answer."""
        return self._act is not None and not self.isHidden()

    def show_hint(
        self,
        words: str,
        tone: str = "",
        verb: str = "",
        act: Callable[[], None] | None = None,
        *,
        keys: str = "",
    ) -> None:
        """Put up a sentence, and the keys that count now; with a verb Enter answers it."""
        write_toned(self.words, words, tone)
        self.keys.setText(keys)
        self.keys.setVisible(bool(keys))
        self.button.setText(verb)
        self.button.setVisible(bool(verb))
        self._act = act
        self.show()
        if verb:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._act is not None:
            self._answered()
        else:
            super().keyPressEvent(event)

    def _answered(self) -> None:
        act, self._act = self._act, None
        self.close_bar()
        if act is not None:
            act()


class ReasonBar(Bar):
    """Why an appointment is cancelled: a letter chooses a reason.

    Whoever heeds the reason puts the bar away, or offers the free time in it.

    Attributes:
        reasoned: the key of a reason; ``no_show`` if the patient did not come.
        offered: the number of somebody to whom the free time goes, counted from 0.
    """

    reasoned = Signal(str)
    offered = Signal(int)
    NO_SHOW = "no_show"

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, _("Cancel an appointment"), parent)
        top = QHBoxLayout()
        self.question = plain_label("", wrap=True)
        top.addWidget(self.question, 1)
        top.addWidget(self.close_button())
        self.lines.addLayout(top)
        self._line = FlowLine(room)
        self.lines.addWidget(self._line)
        self.letters: dict[str, str] = {}
        self._buttons: list[QPushButton] = []
        self._offering = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def ask(self, question: str, *, missed: bool) -> None:
        """Ask about an appointment; ``missed`` offers that the patient did not come."""
        self.question.setText(question)
        reasons = [(key, self.room.formats.word(word)) for key, word in CANCEL_REASONS.items()]
        if missed:
            reasons.insert(0, (self.NO_SHOW, _("Did not attend")))
        self._offering = False
        self._clear()
        for key, words in reasons:
            letter = free_letter(words, self.letters)
            self.letters[letter] = key
            button = QPushButton(f"{letter.upper()}  {words}", self)
            button.setAccessibleName(words)
            button.setAccessibleDescription(_("Key {letter}").format(letter=letter.upper()))
            button.setProperty("reason", key)
            button.clicked.connect(self._pressed)
            self._buttons.append(button)
        self._line.show_widgets(self._buttons)
        self.show()
        self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, question)

    def offer(self, words: str, people: Sequence[tuple[str, str]]) -> None:
        """Offer the free time to some people: what each button says, and what it tells.

        No button has the focus, so that nobody is booked by an Enter meant for the reason.
        """
        self._offering = True
        self._clear()
        self.question.setText(words)
        for number, (caption, told) in enumerate(people):
            button = QPushButton(caption.replace("&", "&&"), self)
            button.setAccessibleName(caption)
            button.setAccessibleDescription(told)
            button.setToolTip(told)
            button.setProperty("offer", number)
            button.clicked.connect(self._pressed)
            self._buttons.append(button)
        self._line.show_widgets(self._buttons)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, words)

    @property
    def offering(self) -> bool:
        """Whether it offers a free time."""
        return self._offering and not self.isHidden()

    def _clear(self) -> None:
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons, self.letters = [], {}

    def _step(self, by: int) -> None:
        """Put the focus on the next button, or on the first."""
        focus = self.focusWidget()
        if focus in self._buttons and focus.hasFocus():
            at = (self._buttons.index(focus) + by) % len(self._buttons)
        else:
            at = 0
        self._buttons[at].setFocus(Qt.FocusReason.TabFocusReason)

    def commit(self) -> None:
        """Take the reason in focus, the first one if none is."""
        focus = self.focusWidget()
        button = focus if focus in self._buttons else self._buttons[0]
        self._choose(str(button.property("reason")))

    def event(self, event: QEvent) -> bool:
        """Keep letters from the window's shortcuts."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.text().casefold() in self.letters
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by letter, step by arrows, Enter takes the one in focus."""
        letter = event.text().casefold()
        if letter and letter in self.letters:
            self._choose(self.letters[letter])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not self._offering:
                self.commit()
            elif self.focusWidget() in self._buttons and not self.hasFocus():
                self.offered.emit(int(self.focusWidget().property("offer")))
        elif self._offering and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Right}:
            self._step(1)
        elif self._offering and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Left}:
            self._step(-1)
        elif event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Down}:
            self.focusNextChild()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Up}:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        button = self.sender()
        if button is None:
            return
        if self._offering:
            self.offered.emit(int(button.property("offer")))
        else:
            self._choose(str(button.property("reason")))

    def _choose(self, key: str) -> None:
        self.reasoned.emit(key)


class FlowLine(QWidget):
    """Widgets side by side that break into lines where the width ends."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._shown: Sequence[QWidget] = ()
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show these widgets in this order."""
        self._shown = widgets
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self._arrange()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._flow(width, move=False)

    def resizeEvent(self, event: object) -> None:
        """Break the lines anew."""
        self._arrange()

    def _arrange(self) -> None:
        tall = self._flow(max(1, self.width()), move=True)
        if self.minimumHeight() != tall:
            self.setMinimumHeight(tall)

    def _flow(self, width: int, *, move: bool) -> int:
        gap = self._room.theme.px(6)
        x = y = 0
        tall = max((widget.sizeHint().height() for widget in self._shown), default=0)
        for widget in self._shown:
            size = widget.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + tall + gap
            if move:
                left = width - x - size.width() if self.isRightToLeft() else x
                widget.setGeometry(left, y, size.width(), tall)
            x += size.width() + gap
        return y + tall


class Saying(QLabel):
    """A sentence in a bar, there only while there is something to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def say(self, words: str, tone: str = "") -> None:
        """Say it in a tone, to a screen reader too; nothing hides it."""
        write_toned(self, words, tone)
        self.setVisible(bool(words))
        announce(self, words)


def write_toned(label: QLabel, words: str, tone: str) -> None:
    """Write words in a tone: danger, warn, ok or none."""
    label.setText(words)
    label.setProperty("tone", tone)
    label.style().unpolish(label)
    label.style().polish(label)


def free_letter(words: str, taken: dict[str, str]) -> str:
    """Return a letter for some words that is not taken yet: the first of a word if possible."""
    heads = [word[0] for word in words.casefold().split()]
    for letter in [*heads, *words.casefold(), *"abcdefghijklmnopqrstuvwxyz0123456789"]:
        if letter.isalnum() and letter not in taken:
            return letter
    return "?"
