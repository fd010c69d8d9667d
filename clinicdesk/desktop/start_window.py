# SPDX-License-Identifier: Apache-2.0
"""The first window when no clinic is known: clinics opened before, and ways to come to one.

It knows none of the ways by name: each is an ``Offer`` of whoever shows the window, who is told
which was chosen. A clinic is shown by its name and its folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.theme import PAGE_TITLE, SECONDARY, SECTION, Theme
from clinicdesk.wording.text import _


@dataclass(frozen=True, slots=True)
class Offer:
    """One line that can be chosen.

    Attributes:
        id: what ``StartWindow.chosen`` tells.
        title: a verb, or a clinic's name; translated.
        sentence: what it means, or where the file is.
        icon: name of an icon.
    """

    id: str
    title: str
    sentence: str
    icon: str


class OfferButton(QPushButton):
    """A picture, a title and a sentence, pressed as one."""

    def __init__(self, offer: Offer, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(offer.title)
        self.setAccessibleDescription(offer.sentence)
        self.setToolTip(offer.sentence)
        px = theme.px
        line = QHBoxLayout(self)
        line.setContentsMargins(px(12), px(8), px(12), px(8))
        line.setSpacing(px(12))
        picture = QLabel()
        picture.setPixmap(theme.pixmap(offer.icon, 20, "accent", self.devicePixelRatioF()))
        line.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(px(1))
        title = plain_label(offer.title, wrap=False)
        title.setFont(theme.font(weight=QFont.Weight.DemiBold))
        self._sentence = plain_label("", muted=True, wrap=False)
        self._sentence.setFont(theme.font(SECONDARY))
        self._whole = offer.sentence
        words.addWidget(title)
        words.addWidget(self._sentence)
        line.addLayout(words, 1)
        for label in (picture, title, self._sentence):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._sentence.setMinimumWidth(1)

    def sizeHint(self) -> QSize:
        """As high as its two lines."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Narrower is possible, lower is not."""
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Cut a long folder in its middle: its end says most."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        metrics = self._sentence.fontMetrics()
        room = self._sentence.width()
        mode = Qt.TextElideMode.ElideMiddle
        self._sentence.setText(metrics.elidedText(self._whole, mode, room))


class StartWindow(QWidget):
    """Asks which clinic.

    Attributes:
        chosen: the id of an offer.
        left: the window was closed without choosing.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, recent: Sequence[Offer], offers: Sequence[Offer]) -> None:
        """Make the window: clinics opened before on top, ways to others below."""
        super().__init__()
        self.setObjectName("curtain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("ClinicDesk")
        self._theme = theme
        px = theme.px
        self.resize(px(560), px(600 if recent else 480))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(16), px(16), px(16), px(16))
        outside.addStretch(1)
        card = QFrame()
        card.setObjectName("card")
        card.setFixedWidth(px(480))
        column = QVBoxLayout(card)
        column.setContentsMargins(px(24), px(22), px(24), px(22))
        column.setSpacing(px(8))
        title = plain_label("ClinicDesk", wrap=False)
        title.setFont(theme.font(PAGE_TITLE, QFont.Weight.DemiBold))
        column.addWidget(title)
        self.buttons: dict[str, OfferButton] = {}
        if recent:
            column.addWidget(self._heading(_("Clinics on this computer")))
            self._fill(column, recent)
            column.addSpacing(px(8))
            column.addWidget(self._heading(_("Another clinic")))
        else:
            words = _("Open your clinic, or look around in one of invented people first.")
            column.addWidget(plain_label(words, muted=True))
        self._fill(column, offers)
        self.hint = plain_label("")
        self.hint.setProperty("tone", "danger")
        self.hint.hide()
        column.addWidget(self.hint)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outside.addLayout(middle)
        outside.addStretch(1)
        next(iter(self.buttons.values())).setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why it did not come to a clinic, in the reader's language."""
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that nothing was chosen."""
        super().closeEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses; the arrows go from one to the next; Esc leaves."""
        order = list(self.buttons.values())
        now = next((n for n, button in enumerate(order) if button.hasFocus()), -1)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and now >= 0:
            order[now].click()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            order[(now + step) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _heading(self, words: str) -> QLabel:
        heading = plain_label(words, wrap=False)
        heading.setFont(self._theme.font(SECTION, QFont.Weight.DemiBold))
        return heading

    def _fill(self, column: QVBoxLayout, offers: Sequence[Offer]) -> None:
        for offer in offers:
            button = OfferButton(offer, self._theme)
            button.clicked.connect(partial(self.chosen.emit, offer.id))
            self.buttons[offer.id] = button
            column.addWidget(button)
