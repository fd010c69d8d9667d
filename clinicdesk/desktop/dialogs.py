# SPDX-License-Identifier: Apache-2.0
"""The few dialogs of the shell: trouble, and the question before what cannot be undone.

Verbs on buttons, the safe one is the default, Esc is the safe one. Opened, never executed: no
second event loop runs while a question stands.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.theme import HEADING, Theme
from clinicdesk.kernel.folding import fold
from clinicdesk.wording.text import _


def plain_label(text: str, *, muted: bool = False, wrap: bool = True) -> QLabel:
    """Make a label whose text is never read as markup, and can be selected."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    label.setProperty("muted", muted)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class _Spoken(QDialog):
    """A dialog of a picture and some paragraphs; goes away by itself when answered."""

    def __init__(self, theme: Theme, icon: str, ink: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setMinimumWidth(theme.px(420))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(theme.px(20), theme.px(20), theme.px(20), theme.px(16))
        outside.setSpacing(theme.px(16))
        row = QHBoxLayout()
        row.setSpacing(theme.px(16))
        picture = QLabel()
        picture.setPixmap(theme.pixmap(icon, 32, ink, self.devicePixelRatioF()))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        self.words = QVBoxLayout()
        self.words.setSpacing(theme.px(8))
        row.addLayout(self.words, 1)
        outside.addLayout(row)
        self.buttons = QDialogButtonBox()
        outside.addWidget(self.buttons)
        self._theme = theme

    def say(self, text: str, *, strong: bool = False, muted: bool = False) -> None:
        if not text:
            return
        label = plain_label(text, muted=muted)
        if strong:
            label.setFont(self._theme.font(HEADING, QFont.Weight.DemiBold))
        self.words.addWidget(label)


class TroubleDialog(_Spoken):
    """What happened, what is safe, what to do; a short code, and details folded away.

    Only code and details are copied: the sentences may name a file or a folder of somebody's.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        what: str,
        safe: str,
        do: str,
        details: str = "",
        code: str = "",
        parent: QWidget | None = None,
        again: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(theme, "triangle-alert", "danger", parent)
        self.setWindowTitle(_("Something went wrong"))
        self.say(what, strong=True)
        self.say(safe)
        self.say(do)
        if code:
            self.say(_("Code for support: {code}").format(code=code), muted=True)
        self._text = details or code
        self._details = plain_label(details, muted=True)
        self._details.setVisible(False)
        self.words.addWidget(self._details)
        if details:
            more = self.buttons.addButton(_("Details"), QDialogButtonBox.ButtonRole.HelpRole)
            more.setCheckable(True)
            more.toggled.connect(self._details.setVisible)
            copy = self.buttons.addButton(_("Copy details"), QDialogButtonBox.ButtonRole.HelpRole)
            copy.clicked.connect(self._copy)
        close = self.buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.reject)
        first: QPushButton = close
        if again is not None:
            first = self.buttons.addButton(_("Try again"), QDialogButtonBox.ButtonRole.AcceptRole)
            self.buttons.accepted.connect(self.accept)
            self.accepted.connect(again)
        first.setDefault(True)
        first.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)


class ConfirmDialog(_Spoken):
    """Asks before what cannot be undone."""

    def __init__(
        self,
        theme: Theme,
        *,
        question: str,
        detail: str,
        verb: str,
        keep: str,
        typed: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "circle-alert", "warn", parent)
        self.setWindowTitle(verb)
        self.say(question, strong=True)
        self.say(detail)
        self._word = typed
        self._act = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        safe = self.buttons.addButton(keep, QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._act.setAutoDefault(False)
        safe.setDefault(True)
        if typed:
            ask = plain_label(_("Type “{word}” to go on.").format(word=typed), muted=True)
            self.words.addWidget(ask)
            edit = QLineEdit()
            edit.setAccessibleName(ask.text())
            edit.textChanged.connect(self._typed)
            self.words.addWidget(edit)
            self._act.setEnabled(False)
            edit.setFocus()
        else:
            safe.setFocus()

    def _typed(self, text: str) -> None:
        self._act.setEnabled(fold(text) == fold(self._word))
