# SPDX-License-Identifier: Apache-2.0
"""The placard: one sentence and one button, for what is empty, filtered away or unreadable."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.theme import Theme


class Placard(QWidget):
    """A sentence in the middle, and what to do about it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._act: Callable[[], None] | None = None
        outside = QVBoxLayout(self)
        outside.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        outside.setSpacing(theme.px(12))
        outside.addStretch(2)
        self._icon_name = ""
        self._picture = QLabel()
        outside.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self._words = plain_label("", muted=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        outside.addWidget(self._words)
        self._button = QPushButton()
        self._button.setProperty("primary", True)
        self._button.clicked.connect(self._pressed)
        outside.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        outside.addStretch(3)
        theme.changed.connect(self._draw)

    def show_words(
        self,
        sentence: str,
        button: str = "",
        act: Callable[[], None] | None = None,
        *,
        icon: str = "",
    ) -> None:
        """Put up a sentence, and a button where there is something to do."""
        self._words.setText(sentence)
        self._button.setText(button)
        self._button.setVisible(bool(button and act))
        self._act = act
        self._icon_name = icon
        self._draw()

    def focus_button(self) -> None:
        """Put the focus on what there is to do, if there is something."""
        if self._button.isVisible():
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        self._picture.setVisible(bool(self._icon_name))
        if self._icon_name:
            ratio = self.devicePixelRatioF()
            self._picture.setPixmap(self._theme.pixmap(self._icon_name, 32, "muted", ratio))

    def _pressed(self) -> None:
        if self._act is not None:
            self._act()
