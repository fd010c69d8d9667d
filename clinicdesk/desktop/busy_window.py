# SPDX-License-Identifier: Apache-2.0
"""A small window for long work while no other window is open: making, restoring, a last backup."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from clinicdesk.desktop.desk import Errand
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.theme import SECTION, Theme
from clinicdesk.wording.text import _


class BusyWindow(QWidget):
    """Shows one errand's steps.

    Attributes:
        cancelled: the button was pressed, or the window closed; the errand is told already.
    """

    cancelled = Signal()

    def __init__(self, theme: Theme, errand: Errand, note: str = "", cancel: str = "") -> None:
        """Show an errand; without words for ``cancel`` it cannot be stopped."""
        super().__init__()
        self.setObjectName("curtain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("ClinicDesk")
        self._errand = errand
        px = theme.px
        self.resize(px(460), px(220))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(16), px(16), px(16), px(16))
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(10))
        title = plain_label(errand.title)
        title.setFont(theme.font(SECTION, QFont.Weight.DemiBold))
        column.addWidget(title)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(errand.title)
        column.addWidget(self.bar)
        self.words = plain_label(note, muted=True)
        column.addWidget(self.words)
        line = QHBoxLayout()
        line.addStretch(1)
        self.button = QPushButton(cancel or _("Cancel"))
        self.button.setVisible(bool(cancel))
        self.button.clicked.connect(self._cancel)
        line.addWidget(self.button)
        column.addLayout(line)
        outside.addStretch(1)
        outside.addWidget(card)
        outside.addStretch(1)
        errand.progressed.connect(self._step)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it is cancelling; where that cannot be, it stays."""
        if self.button.isHidden():
            event.ignore()
            return
        super().closeEvent(event)
        self._cancel()

    def put_away(self) -> None:
        """The work is over."""
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: object) -> None:
        """Esc cancels."""
        if event.key() == Qt.Key.Key_Escape and not self.button.isHidden():  # type: ignore[attr-defined]
            self._cancel()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]

    def _step(self, done: int, of: int, words: str) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        if words:
            self.words.setText(words)

    def _cancel(self) -> None:
        if self.button.isEnabled():
            self.button.setEnabled(False)
            self.words.setText(_("Stopping…"))
            self._errand.cancel()
            self.cancelled.emit()
