# SPDX-License-Identifier: Apache-2.0
"""The bar that says what would be ordered, before it is: Enter orders, Esc keeps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.stock.model import MakeOrder
from clinicdesk.stock.panel.words import quantity_words
from clinicdesk.stock.queries import LevelRow
from clinicdesk.wording.text import _


class OrderBar(QFrame):
    """Asks whether what is suggested shall be ordered.

    Attributes:
        given: (MakeOrder) by Enter or the button.
        left: Esc or Keep.
    """

    given = Signal(object)
    left = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.room = room
        self._command: MakeOrder | None = None
        px = room.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(8))
        self.words = plain_label("")
        self.verb = verb_button(_("Make the order"), primary=True)
        self.keep = verb_button(_("Not now"))
        row.addWidget(self.words, 1)
        row.addWidget(self.verb)
        row.addWidget(self.keep)
        self.verb.clicked.connect(self.commit)
        self.keep.clicked.connect(self.leave)
        self.hide()

    def ask(self, rows: Sequence[LevelRow]) -> None:
        """Say what of the rows is suggested, by supplier."""
        wanted = [row for row in rows if row.suggest]
        self._command = MakeOrder(tuple((row.id, row.suggest) for row in wanted))
        parts = []
        for supplier in dict.fromkeys(row.item.supplier for row in wanted):
            lines = ", ".join(
                f"{row.item.name} {quantity_words(row.item, row.suggest, self.room.formats)}"
                for row in wanted
                if row.item.supplier == supplier
            )
            named = supplier or _("Without supplier")
            parts.append(_("{supplier}: {lines}.").format(supplier=named, lines=lines))
        self.words.setText(" ".join([_("Order?"), *parts]))
        self.verb.setAccessibleDescription(self.words.text())
        self.show()
        self.verb.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.room.notices.announce(self.words.text())

    def commit(self) -> None:
        """Order."""
        command, self._command = self._command, None
        self.hide()
        if command is not None:
            self.given.emit(command)

    def leave(self) -> None:
        """Order nothing."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter orders, Esc keeps; on the other button Enter keeps."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.keep.hasFocus():
                self.leave()
            else:
                self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
