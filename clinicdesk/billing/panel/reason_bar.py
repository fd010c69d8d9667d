# SPDX-License-Identifier: Apache-2.0
"""The bar that asks for a reason where the entry stands, instead of a dialog over it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import TextEdit, verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.wording.text import _


class ReasonBar(QFrame):
    """Asks why an entry is to be reversed.

    Attributes:
        given: the reason, by Enter or the button.
        left: Esc or Keep.
    """

    given = Signal(str)
    left = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("tone", "warn")
        row = QHBoxLayout(self)
        edge = room.theme.px(8)
        row.setContentsMargins(room.theme.px(12), edge, room.theme.px(12), edge)
        row.setSpacing(room.theme.px(8))
        self.words = plain_label("")
        self.reason = TextEdit(room.formats)
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("Reason"))
        self.reason.setMinimumWidth(room.theme.px(180))
        self.verb = verb_button(_("Reverse"), danger=True)
        self.keep = verb_button(_("Keep"))
        row.addWidget(self.words, 1)
        row.addWidget(self.reason)
        row.addWidget(self.verb)
        row.addWidget(self.keep)
        self.verb.clicked.connect(self.commit)
        self.keep.clicked.connect(self.leave)
        self.hide()

    def ask(self, question: str) -> None:
        """Show the question with the usual reason, selected."""
        self.words.setText(question)
        self.reason.setText(_("Entered in error"))
        self.show()
        self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.reason.selectAll()

    def commit(self) -> None:
        """Give the reason; without one stay and ask."""
        reason = self.reason.text_value()
        if reason:
            self.hide()
            self.given.emit(reason)
        else:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Keep the entry."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter reverses, Esc keeps; on Keep Enter keeps."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.keep.hasFocus():
                self.leave()
            else:
                self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
