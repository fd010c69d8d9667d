# SPDX-License-Identifier: Apache-2.0
"""Signing in: a small window that is there at once, while the rest is still being loaded.

It needs Qt, the theme and words; the heavy rooms are imported on a thread while somebody types
the password. Whether name and password are right is decided elsewhere.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.theme import PAGE_TITLE, Theme
from clinicdesk.wording.text import _


def load_meanwhile(modules: Sequence[str]) -> threading.Thread:
    """Import modules on a thread of their own; importing one again simply waits for it."""
    thread = threading.Thread(
        target=_import_all, args=(tuple(modules),), name="loading", daemon=True
    )
    thread.start()
    return thread


def _import_all(modules: Sequence[str]) -> None:
    for name in modules:
        importlib.import_module(name)


class LoginWindow(QWidget):
    """Asks who is there.

    Attributes:
        sign_in_wanted: (user, password); answer with ``refuse`` or ``close``.
        other_clinic_wanted: somebody wants to open or make another clinic.
        recovery_wanted: the password is lost.
        left: the window was closed without signing in.
    """

    sign_in_wanted = Signal(str, str)
    other_clinic_wanted = Signal()
    recovery_wanted = Signal()
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        clinic: str,
        *,
        user: str = "",
        note: str = "",
        users: Sequence[str] = (),
    ) -> None:
        """Make the window.

        Args:
            theme: of this desk.
            clinic: the clinic's name or its file's.
            user: who signed in last, already filled in.
            note: a sentence above the fields, e.g. that this is the demo clinic.
            users: names offered while typing, where they may be known before signing in.
        """
        super().__init__()
        self.setObjectName("curtain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Sign in — {clinic} — ClinicDesk").format(clinic=clinic))
        self.resize(theme.px(520), theme.px(460))
        px = theme.px
        outside = QVBoxLayout(self)
        outside.addStretch(1)
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(px(400))
        column = QVBoxLayout(card)
        column.setContentsMargins(px(24), px(22), px(24), px(20))
        column.setSpacing(px(10))
        name = plain_label(clinic)
        name.setFont(theme.font(PAGE_TITLE, QFont.Weight.DemiBold))
        column.addWidget(name)
        if note:
            column.addWidget(plain_label(note, muted=True))
        self._fields(column, theme, user, users)
        self.hint = plain_label("")
        self.hint.setProperty("tone", "danger")
        self.hint.hide()
        column.addWidget(self.hint)
        self.button = QPushButton(_("Sign in"))
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self._typed)
        column.addWidget(self.button)
        line = QHBoxLayout()
        for words, signal in (
            (_("Other clinic…"), self.other_clinic_wanted),
            (_("Password lost…"), self.recovery_wanted),
        ):
            link = QPushButton(words)
            link.setProperty("link", True)
            link.clicked.connect(signal)
            line.addWidget(link)
        line.addStretch(1)
        column.addLayout(line)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outside.addLayout(middle)
        outside.addStretch(1)
        (self.password if user else self.user).setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why not, in the reader's language, and let it be tried again."""
        self.set_busy(busy=False)
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))
        self.password.setAccessibleDescription(sentence)
        self.password.selectAll()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Wait while key and password are looked at; deriving the key takes about a second."""
        for field in (self.user, self.password, self.button):
            field.setEnabled(not busy)
        self.button.setText(_("Opening…") if busy else _("Sign in"))

    def closeEvent(self, event: object) -> None:
        """Tell that nobody signed in."""
        super().closeEvent(event)  # type: ignore[arg-type]
        self.left.emit()

    def _fields(self, column: QVBoxLayout, theme: Theme, user: str, users: Sequence[str]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(8))
        self.user = QLineEdit(user)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for row, (words, field) in enumerate(
            ((_("&Name"), self.user), (_("&Password"), self.password))
        ):
            label = plain_label(words, wrap=False)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            field.returnPressed.connect(self._typed)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        if users:
            from PySide6.QtWidgets import QCompleter

            completer = QCompleter(list(users), self.user)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            self.user.setCompleter(completer)
        self.show_box = QCheckBox(_("&Show the password"))
        self.show_box.toggled.connect(self._show_password)
        grid.addWidget(self.show_box, 2, 1)
        column.addLayout(grid)

    def _typed(self) -> None:
        if not self.user.text().strip():
            self.user.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.password.text():
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.hint.hide()
            self.set_busy(busy=True)
            self.sign_in_wanted.emit(self.user.text().strip(), self.password.text())

    def _show_password(self, shown: bool) -> None:  # noqa: FBT001 -- Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.password.setEchoMode(mode)
