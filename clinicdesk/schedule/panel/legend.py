# SPDX-License-Identifier: Apache-2.0
"""The legend under the board: each state's glyph with its word; and what a filter leaves."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicdesk.desktop.theme import SECONDARY, Theme
from clinicdesk.schedule.model import LOOK_WORDS, Look
from clinicdesk.schedule.panel.glyphs import INK, draw_glyph
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

SHOWN: Final = (
    Look.BOOKED,
    Look.MESSAGE,
    Look.CONFIRMED,
    Look.ARRIVED,
    Look.IN_ROOM,
    Look.CHECKOUT,
    Look.DONE,
    Look.NO_SHOW,
    Look.CANCELLED,
)


class Legend(QWidget):
    """One line; what does not fit is left out from the end, the states being named on cards too."""

    def __init__(self, theme: Theme, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._formats = theme, formats
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        words = ", ".join(formats.word(LOOK_WORDS[look]) for look in SHOWN)
        self.setAccessibleName(_("Legend: {states}").format(states=words))
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(500), self._theme.px(26))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._theme.px(26))

    def show_note(self, note: str) -> None:
        """Show what is being searched for, at the trailing edge."""
        self._note = note
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint glyphs and words."""
        theme, px = self._theme, self._theme.px
        pen = QPainter(self)
        pen.fillRect(self.rect(), theme.colour("surface2"))
        font = theme.font(SECONDARY)
        pen.setFont(font)
        metrics = QFontMetricsF(font)
        room = float(self.width() - px(12))
        mirrored = self.isRightToLeft()
        side = Qt.AlignmentFlag
        lead, trail = (
            (side.AlignRight, side.AlignLeft)
            if mirrored
            else (
                side.AlignLeft,
                side.AlignRight,
            )
        )
        flags = side.AlignAbsolute | side.AlignVCenter
        if self._note:
            bold = theme.font(SECONDARY, QFont.Weight.DemiBold)
            room -= QFontMetricsF(bold).horizontalAdvance(self._note) + px(20)
            pen.setFont(bold)
            pen.setPen(theme.colour("link"))
            inside = QRectF(self.rect()).adjusted(px(12), 0, -px(12), 0)
            pen.drawText(inside, int(trail | flags), self._note)
            pen.setFont(font)
        x, size, tall = float(px(14)), px(12), self.height()
        for look in SHOWN:
            words = self._formats.word(LOOK_WORDS[look])
            width = metrics.horizontalAdvance(words) + 1
            if x + px(18) + width > room:
                break
            at = self.width() - x - size if mirrored else x
            ink = QColor(theme.status(INK[look]).bar)
            draw_glyph(pen, look, QRectF(at, (tall - size) / 2, size, size), ink)
            pen.setPen(theme.colour("muted"))
            at = self.width() - x - px(18) - width if mirrored else x + px(18)
            pen.drawText(QRectF(at, 0, width, tall), int(lead | flags), words)
            x += px(18) + width + px(20)
        pen.end()
