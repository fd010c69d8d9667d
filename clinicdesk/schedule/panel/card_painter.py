# SPDX-License-Identifier: Apache-2.0
"""Paints one card: bar, glyph, name, type, flags. Nothing overlaps, the name yields last."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from clinicdesk.desktop.theme import SECONDARY, Theme
from clinicdesk.schedule.model import Kind, Look
from clinicdesk.schedule.panel.geometry import Box
from clinicdesk.schedule.panel.glyphs import INK, draw_flag, draw_glyph, flag_widths, hatch
from clinicdesk.schedule.panel.spoken import flags_of, given_first, second_line
from clinicdesk.schedule.queries import CardRow
from clinicdesk.wording.formats import Formats

_HATCHED: Final = frozenset({Look.CANCELLED, Look.NO_SHOW, Look.BLOCK})
_QUIET: Final = frozenset({Look.DONE, Look.CANCELLED, Look.BLOCK})
NAME_POINTS: Final = 9.5


class CardPainter:
    """Paints cards with the theme of the moment; made anew when the theme changes.

    Attributes:
        words: rectangles of the texts painted for the last card, so that a test can see that
            none overlap.
    """

    def __init__(self, theme: Theme, formats: Formats, *, right_to_left: bool) -> None:
        self.theme, self.formats = theme, formats
        self.right_to_left = right_to_left
        self.words: list[QRectF] = []
        weight = QFont.Weight
        self._strong = theme.font(NAME_POINTS, weight.DemiBold)
        self._plain = theme.font(NAME_POINTS)
        self._struck = theme.font(NAME_POINTS, struck=True)
        self._small = theme.font(SECONDARY)
        self._metrics = {
            id(font): QFontMetricsF(font)
            for font in (self._strong, self._plain, self._struck, self._small)
        }
        self._elided = lru_cache(2048)(self._elide)
        side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
        self._align = int(
            side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        ) | int(Qt.TextFlag.TextSingleLine)

    def paint(
        self, pen: QPainter, box: Box, card: CardRow, *, selected: bool = False, dim: bool = False
    ) -> None:
        """Paint a card into its rectangle."""
        self.words = []
        theme, look = self.theme, card.look
        ink = theme.status(INK[look])
        fill, bar, text = QColor(ink.fill), QColor(ink.bar), QColor(ink.text)
        area = QRectF(*box)
        round_ = theme.px(4)
        path = QPainterPath()
        path.addRoundedRect(area, round_, round_)
        pen.save()
        if dim:
            pen.setOpacity(0.28)
        pen.save()
        pen.setClipPath(path, Qt.ClipOperation.IntersectClip)
        pen.fillPath(path, fill)
        if look in _HATCHED:
            line = QColor(bar)
            line.setAlpha(70 if theme.tokens.dark else 55)
            hatch(pen, area, line, theme.px(7))
        width = 0 if look is Look.BLOCK else theme.px(5)
        if width:
            pen.fillRect(self._from_start(area, 0, area.y(), width, area.height()), bar)
        pen.restore()
        self._edge(pen, path, card, bar)
        if selected:
            pen.setPen(QPen(theme.colour("focus"), 4 if theme.contrast else 2))
            pen.setBrush(Qt.BrushStyle.NoBrush)
            pen.drawRoundedRect(area.adjusted(-0.5, -0.5, 0.5, 0.5), round_ + 1, round_ + 1)
        self._content(pen, area, card, width, bar, text)
        pen.restore()

    def _edge(self, pen: QPainter, path: QPainterPath, card: CardRow, bar: QColor) -> None:
        theme = self.theme
        pen.setBrush(Qt.BrushStyle.NoBrush)
        if card.overbook:
            pen.setPen(QPen(bar, 1.4, Qt.PenStyle.DashLine))
            pen.drawPath(path)
        elif card.look is Look.DONE or theme.contrast:
            pen.setPen(QPen(theme.colour("border"), theme.tokens.edge))
            pen.drawPath(path)

    def _content(
        self,
        pen: QPainter,
        area: QRectF,
        card: CardRow,
        bar_width: float,
        bar: QColor,
        text: QColor,
    ) -> None:
        px, look = self.theme.px, card.look
        size = px(13)
        two = area.height() >= px(34)
        line = px(19) if two else min(area.height(), px(21))
        start = bar_width + px(5) if bar_width else px(8)
        glyph = look is not Look.BLOCK
        if glyph and area.width() > px(34):
            where = self._from_start(area, start, area.y() + (line - size) / 2, size, size)
            draw_glyph(pen, look, where, bar)
            start += size + px(5)
        room = area.width() - start - px(4)
        font = self._plain if look in _QUIET else self._strong
        if look is Look.CANCELLED:
            font = self._struck
        flags = self._fitting(card, room)
        taken = sum(width + px(3) for _flag, width in flags)
        whole = given_first(card.name)
        # A name is read before a time: where both do not fit, the flags go down to the time.
        low = two and self._metrics[id(font)].horizontalAdvance(whole) > room - taken
        tall = min(px(17), area.height() - px(19))
        if low:
            self._flags(pen, area, flags, text, area.y() + px(19), tall)
        else:
            self._flags(pen, area, flags, text, area.y(), line)
        beside_flags = room - taken
        name_room = room if low else beside_flags
        name = self._elided(whole, id(font), int(name_room))
        pen.setPen(text)
        used = self._write(
            pen, self._from_start(area, start, area.y(), name_room, line), name, font
        )
        if two:
            words_room = beside_flags if low else room
            below = self._from_start(area, start, area.y() + px(19), words_room, tall)
            words = self._elided(second_line(card, self.formats), id(self._small), int(words_room))
            self._write(pen, below, words, self._small)
        elif card.kind is Kind.VISIT and card.type:
            left = name_room - used - px(7)
            if left > px(30):
                beside = self._from_start(area, start + used + px(7), area.y(), left, line)
                self._write(
                    pen, beside, self._elided(card.type, id(self._small), int(left)), self._small
                )

    def _fitting(self, card: CardRow, room: float) -> list[tuple[str, float]]:
        """Return the flags there is room for, with their widths, from the trailing edge."""
        px, taken, fitting = self.theme.px, 0.0, []
        for flag, width in flag_widths(self.theme, flags_of(card)):
            if taken + width + px(3) <= room * 0.45:
                fitting.append((flag, width))
                taken += width + px(3)
        return fitting

    def _flags(
        self,
        pen: QPainter,
        area: QRectF,
        flags: list[tuple[str, float]],
        text: QColor,
        top: float,
        line: float,
    ) -> None:
        """Paint flags from the trailing edge into a line."""
        px, at = self.theme.px, area.width() - self.theme.px(4)
        tall = min(px(15), line - 2)
        for flag, width in flags:
            at -= width
            box = self._from_start(area, at, top + (line - tall) / 2, width, tall)
            draw_flag(pen, self.theme, flag, box, text, sign=self.formats.currency_sign)
            self.words.append(box)
            at -= px(3)

    def _write(self, pen: QPainter, box: QRectF, words: str, font: QFont) -> float:
        """Write a line and return its width."""
        pen.setFont(font)
        pen.drawText(box, self._align, words)
        width = self._metrics[id(font)].horizontalAdvance(words)
        self.words.append(self._from_start(box, 0, box.y(), min(width, box.width()), box.height()))
        return width

    def _from_start(
        self, area: QRectF, offset: float, y: float, width: float, height: float
    ) -> QRectF:
        """Return a rectangle at a distance from the leading edge."""
        if self.right_to_left:
            return QRectF(area.right() - offset - width, y, width, height)
        return QRectF(area.x() + offset, y, width, height)

    def _elide(self, words: str, font: int, width: int) -> str:
        return self._metrics[font].elidedText(words, Qt.TextElideMode.ElideRight, max(0, width))
