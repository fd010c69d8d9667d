# SPDX-License-Identifier: Apache-2.0
"""Where notices appear: the toast at the lower edge and the banners under the top bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.theme import Theme
from clinicdesk.wording.text import _

STAYS_MS: Final = 10_000


class Toast(QFrame):
    """Says for ten seconds what was done; stays while the mouse rests on it."""

    def __init__(
        self,
        notices: Notices,
        theme: Theme,
        window: QWidget,
        ground: Callable[[], tuple[QRect, Sequence[QRect]]],
    ) -> None:
        """Make it; ``ground`` gives the page's rectangle and what must not be covered."""
        super().__init__(window)
        self._ground = ground
        self.setObjectName("toast")
        self._theme = theme
        self._way = ""
        self._window = window
        self._notices = notices
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(14), theme.px(8), theme.px(8), theme.px(8))
        line.setSpacing(theme.px(10))
        self.words = plain_label("", wrap=False)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        line.addWidget(self.words, 1)
        self.button = QPushButton()
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+Z and the status bar's link do
        self.button.clicked.connect(self._pressed)
        line.addWidget(self.button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS_MS)
        self._timer.timeout.connect(self.hide)
        notices.toasted.connect(self.say)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved_on)
        self.hide()

    def say(self, sentence: str, way: str) -> None:
        """Show a sentence and the way back there is."""
        self._way = way
        px = self._theme.px
        widest = max(px(200), self._window.width() - px(220))
        metrics = self.words.fontMetrics()
        self.words.setText(metrics.elidedText(sentence, Qt.TextElideMode.ElideRight, widest))
        self.words.setToolTip(sentence)
        self.button.setText(_("Undo") if way == "undo" else _("Redo"))
        self.button.setVisible(bool(way))
        self.adjustSize()
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def forget(self) -> None:
        """Go, and keep nothing of what was said: the window is locked."""
        self.hide()
        self.words.clear()
        self.words.setToolTip("")

    def place(self) -> None:
        """Stand at the lower edge of the page, or where it covers nothing that must be seen."""
        ground, kept = self._ground()
        self.move(standing(self.size(), ground, kept, self._theme.px(14)))

    def _moved_on(self, _old: QWidget | None, _now: QWidget | None) -> None:
        if self.isVisible():
            self.place()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Wait while it is read."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        super().leaveEvent(event)
        if self.isVisible():
            self._timer.start()

    def _pressed(self) -> None:
        self.hide()
        if self._way == "undo":
            self._notices.undo_wanted.emit()
        else:
            self._notices.redo_wanted.emit()


def standing(size: QSize, ground: QRect, kept: Sequence[QRect], edge: int) -> QPoint:
    """Return where a toast stands within the ground without covering what is kept.

    The lower edge first: its middle, its ends; then the upper edge; where everything is covered
    by something, the place that covers least.
    """
    inside = ground.adjusted(edge, edge, -edge, -edge)
    middle = inside.left() + (inside.width() - size.width()) // 2
    last = inside.right() + 1 - size.width()
    places = [
        QPoint(x, y)
        for y in (inside.bottom() + 1 - size.height(), inside.top())
        for x in (middle, last, inside.left())
    ]

    def covered(place: QPoint) -> int:
        parts = (QRect(place, size).intersected(one) for one in kept)
        return sum(max(0, part.width()) * max(0, part.height()) for part in parts)

    return min(places, key=covered)


class Banner(QFrame):
    """One sentence under the top bar with what to do about it; stays until dismissed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._theme = theme
        self._act: Callable[[], None] | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(14), theme.px(6), theme.px(8), theme.px(6))
        line.setSpacing(theme.px(10))
        self._picture = QLabel()
        line.addWidget(self._picture)
        self.words = plain_label("")
        line.addWidget(self.words, 1)
        self._do = QPushButton()
        self._do.clicked.connect(self._pressed)
        line.addWidget(self._do)
        self._away = QPushButton(_("Dismiss"))
        self._away.setProperty("flat", True)
        self._away.clicked.connect(self.hide)
        line.addWidget(self._away)
        self.hide()

    def say(
        self, sentence: str, tone: str, button: str = "", act: Callable[[], None] | None = None
    ) -> None:
        """Show a sentence."""
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        icons = {"danger": "circle-alert", "warn": "triangle-alert", "ok": "circle-check"}
        ink = tone if tone in icons else "muted"
        ratio = self.devicePixelRatioF()
        self._picture.setPixmap(self._theme.pixmap(icons.get(tone, "info"), 18, ink, ratio))
        self.words.setText(sentence)
        self._do.setText(button)
        self._do.setVisible(bool(button and act))
        self._act = act
        self.show()

    def forget(self) -> None:
        """Go, and keep nothing of what was said."""
        self.hide()
        self.words.clear()
        self._act = None

    def _pressed(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()


class BannerArea(QWidget):
    """The lasting banner (demo clinic, read-only) and the passing one."""

    def __init__(self, notices: Notices, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.lasting = QFrame()
        self.lasting.setObjectName("banner")
        self.lasting.setProperty("tone", "warn")
        line = QHBoxLayout(self.lasting)
        line.setContentsMargins(theme.px(14), theme.px(1), theme.px(8), theme.px(1))
        line.setSpacing(theme.px(10))
        self.words = plain_label("", wrap=False)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        line.addStretch(1)
        line.addWidget(self.words)
        self.act = QPushButton()
        self.act.setProperty("link", True)
        self.act.clicked.connect(self._pressed)
        line.addWidget(self.act)
        line.addStretch(1)
        self._do: Callable[[], None] | None = None
        self.lasting.hide()
        column.addWidget(self.lasting)
        self.passing = Banner(theme)
        column.addWidget(self.passing)
        notices.bannered.connect(self.passing.say)
        notices.cleared.connect(self.passing.forget)

    def keep(self, sentence: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        """Show a sentence for as long as the window is open; nothing takes it away."""
        self.words.setText(sentence)
        self.act.setText(button)
        self.act.setVisible(bool(button and act))
        self._do = act
        self.lasting.setVisible(bool(sentence))

    def add(self, strip: QWidget) -> None:
        """Put another strip under the lasting one; whoever owns it shows and hides it."""
        column = self.layout()
        if column is not None:
            column.addWidget(strip)

    def _pressed(self) -> None:
        if self._do is not None:
            self._do()
