# SPDX-License-Identifier: Apache-2.0
"""The line that names the signs of the book's states, and the bar that asks for a reason."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import ChoiceBox
from clinicdesk.desktop.room import Room
from clinicdesk.schedule.model import CANCEL_REASONS, LOOK_WORDS, Look
from clinicdesk.schedule.panel.drawing import glyph, ink_name
from clinicdesk.schedule.queries.rows import CardRow
from clinicdesk.wording.text import _

_NAMED = (Look.BOOKED, Look.CONFIRMED, Look.ARRIVED, Look.IN_ROOM, Look.CHECKOUT, Look.DONE,
          Look.NO_SHOW, Look.CANCELLED)  # fmt: skip


class Legend(QWidget):
    """Sign and word of every state."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        words = [room.formats.word(str(LOOK_WORDS[look])) for look in _NAMED]
        self.setAccessibleName(", ".join(words))
        room.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self._room.theme.px(300), self._room.theme.px(26))

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as many as fit."""
        theme, px = self._room.theme, self._room.theme.px
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        pen = QPainter(self)
        pen.fillRect(self.rect(), theme.colour("surface2"))
        pen.setFont(theme.font(9))
        metrics, x, size = QFontMetricsF(pen.font()), float(px(14)), px(12)
        for look in _NAMED:
            words = self._room.formats.word(str(LOOK_WORDS[look]))
            width = metrics.horizontalAdvance(words) + 2
            if x + px(18) + width > self.width():
                break
            at = self.width() - x - size if rtl else x
            bar = QColor(theme.status(ink_name(look)).bar)
            glyph(pen, look, QRectF(at, (self.height() - size) / 2, size, size), bar)
            pen.setPen(theme.colour("muted"))
            text_x = at - px(6) - width if rtl else at + px(18)
            side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            spot = QRectF(text_x, 0, width, self.height())
            pen.drawText(spot, int(side | Qt.AlignmentFlag.AlignAbsolute), words)
            x += px(18) + width + px(18)
        pen.end()


class ReasonBar(QFrame):
    """Asks for a cancellation's reason, inline; the first letter chooses one."""

    def __init__(self, room: Room, cancel: Callable[[CardRow, str], None]) -> None:
        super().__init__()
        self.setObjectName("entry")
        self._cancel, self._card = cancel, None
        px = room.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(10))
        self._words = plain_label("", wrap=False)
        row.addWidget(self._words)
        choices = [(key, room.formats.word(str(term))) for key, term in CANCEL_REASONS.items()]
        self.reason: ChoiceBox[str] = ChoiceBox(choices)
        self.reason.setAccessibleName(_("Reason"))
        row.addWidget(self.reason)
        button = QPushButton(_("Cancel appointment"))
        button.setProperty("danger", True)
        button.clicked.connect(self.commit)
        row.addWidget(button)
        keep = QPushButton(_("Keep"))
        keep.clicked.connect(self.hide)
        row.addWidget(keep)
        row.addStretch()
        self.hide()

    def open_for(self, card: CardRow) -> None:
        """Ask about one appointment."""
        self._card = card  # type: ignore[assignment]  # None until the first
        self._words.setText(_("Cancel {name}?").format(name=card.name))
        self.show()
        self.reason.setFocus()

    def commit(self) -> None:
        """Cancel for the chosen reason."""
        reason = self.reason.value()
        if self._card is not None and reason:
            self._cancel(self._card, reason)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter cancels the appointment, Escape keeps it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
