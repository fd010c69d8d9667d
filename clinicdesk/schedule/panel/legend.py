# SPDX-License-Identifier: Apache-2.0
"""The legend under the board: the glyph of each state and flag with its word; what is left."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from clinicdesk.desktop.theme import SECONDARY, Theme
from clinicdesk.schedule.model import LOOK_WORDS, Look
from clinicdesk.schedule.panel.glyphs import INK, draw_flag, draw_glyph
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
_FLAGS: Final = ("d", "a")


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
        entries = self.entries(room)
        tall = self.height()
        for (key, words), x in entries:
            width = metrics.horizontalAdvance(words) + 1
            size = px(15) if key in _FLAGS else px(12)
            at = self.width() - x - size if mirrored else x
            box = QRectF(at, (tall - size) / 2, size, size)
            if isinstance(key, Look):
                draw_glyph(pen, key, box, QColor(theme.status(INK[key]).bar))
            else:
                sign = self._formats.currency_sign
                draw_flag(pen, theme, key, box, theme.colour("text"), sign=sign)
            pen.setFont(font)
            pen.setPen(theme.colour("muted"))
            after = size + px(6)
            at = self.width() - x - after - width if mirrored else x + after
            pen.drawText(QRectF(at, 0, width, tall), int(lead | flags), words)
        pen.end()

    def entries(self, room: float) -> list[tuple[tuple[Look | str, str], float]]:
        """Return what has room, states before flags, each with its distance from the start."""
        px, metrics = self._theme.px, QFontMetricsF(self._theme.font(SECONDARY))
        every: list[tuple[Look | str, str]] = [
            (look, self._formats.word(LOOK_WORDS[look])) for look in SHOWN
        ]
        states = len(every)
        every += [("d", _("Money due")), ("a", _("Alert on file"))]
        widths = [
            (px(15) if key in _FLAGS else px(12)) + px(6) + metrics.horizontalAdvance(words) + 1
            for key, words in every
        ]
        # All of them closer together rather than some of them farther apart.
        gap = px(20) if px(14) + sum(widths) + px(20) * (len(every) - 1) <= room else px(11)
        placed, x = [], float(px(14))
        for number, (entry, width) in enumerate(zip(every, widths, strict=True)):
            if x + width > room and number < states:
                break
            if x + width <= room:
                placed.append((entry, x))
                x += width + gap
        return placed
