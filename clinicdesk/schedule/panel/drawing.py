# SPDX-License-Identifier: Apache-2.0
"""How a card of the book is drawn: fill, bar, glyph, words, flags. Colours only from tokens."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from clinicdesk.desktop.theme import Theme
from clinicdesk.schedule.model import Look
from clinicdesk.schedule.queries.rows import CardRow
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

# looks that share another's colours
_INKS = {"message": "booked", "arrived": "waiting"}


def ink_name(look: Look) -> str:
    """Return the name of a look's colours among the tokens."""
    return _INKS.get(look.value, look.value)


@dataclass(frozen=True, slots=True)
class CardPen:
    """Draws cards in one theme and language.

    Attributes:
        rtl: reading direction.
    """

    theme: Theme
    formats: Formats
    rtl: bool

    def card(self, pen: QPainter, card: CardRow, rect: QRectF, *, selected: bool) -> None:
        """Draw one appointment or block."""
        theme, look = self.theme, card.look
        ink = theme.status(ink_name(look))
        bar, text = QColor(ink.bar), QColor(ink.text)
        radius = theme.px(4)
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        pen.save()
        pen.setClipPath(path, Qt.ClipOperation.IntersectClip)
        pen.fillPath(path, QColor(ink.fill))
        if look in {Look.CANCELLED, Look.NO_SHOW, Look.BLOCK}:
            hatch(pen, rect, bar, theme.px(7), 70 if theme.tokens.dark else 55)
        bar_width = 0 if look is Look.BLOCK else theme.px(5)
        if bar_width:
            x = rect.right() - bar_width if self.rtl else rect.x()
            pen.fillRect(QRectF(x, rect.y(), bar_width, rect.height()), bar)
        pen.restore()
        self._edge(pen, card, path, rect, selected=selected)
        self._words(pen, card, rect, bar_width, text, bar)

    def _edge(
        self, pen: QPainter, card: CardRow, path: QPainterPath, rect: QRectF, *, selected: bool
    ) -> None:
        theme = self.theme
        pen.setBrush(Qt.BrushStyle.NoBrush)
        if theme.tokens.edge > 1:
            pen.setPen(QPen(theme.colour("text"), theme.tokens.edge))
            pen.drawPath(path)
        elif card.look is Look.DONE:
            pen.setPen(QPen(theme.colour("border"), 1))
            pen.drawPath(path)
        if card.overbook:
            dashes = QPen(theme.colour("control"), 1.5, Qt.PenStyle.DashLine)
            pen.setPen(dashes)
            pen.drawPath(path)
        if selected:
            pen.setPen(QPen(theme.colour("focus"), 2))
            pen.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), theme.px(5), theme.px(5))

    def _words(
        self,
        pen: QPainter,
        card: CardRow,
        rect: QRectF,
        bar_width: int,
        text: QColor,
        bar: QColor,
    ) -> None:
        theme, px = self.theme, self.theme.px
        line = min(rect.height(), px(21))
        lead: float = bar_width + px(6)
        if card.look is not Look.BLOCK:
            size = min(px(13), line - 2)
            spot = self._at(rect, lead, (line - size) / 2, size, size)
            glyph(pen, card.look, spot, bar)
            lead += size + px(6)
        flags = self._flags(pen, card, rect, line, text)
        room = rect.width() - lead - px(4) - flags
        quiet = card.look in {Look.DONE, Look.CANCELLED, Look.BLOCK}
        weight = QFont.Weight.Normal if quiet else QFont.Weight.DemiBold
        font = theme.font(9.5, weight, struck=card.look is Look.CANCELLED)
        pen.setFont(font)
        pen.setPen(text)
        used = self._line(pen, spoken_name(card.name), self._at(rect, lead, 0, room, line))
        if card.look is Look.BLOCK and not rect.height() > px(34):
            return
        pen.setFont(theme.font(9))
        start = self.formats.time(card.starts)
        length = self.formats.minutes(card.minutes)
        if rect.height() > px(34):
            words = " · ".join(isolated(part) for part in (start, length, card.type) if part)
            below = self._at(rect, lead, px(19), rect.width() - lead - px(4), px(17))
            self._line(pen, words, below)
        elif card.type and room - used > px(34):
            gap = used + px(7)
            self._line(pen, card.type, self._at(rect, lead + gap, 0, room - gap, line))

    def _line(self, pen: QPainter, words: str, spot: QRectF) -> float:
        if spot.width() <= 4:
            return 0.0
        metrics = QFontMetricsF(pen.font())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, spot.width())
        side = Qt.AlignmentFlag.AlignRight if self.rtl else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        pen.drawText(spot, int(flags), shown)
        return metrics.horizontalAdvance(shown)

    def _flags(
        self, pen: QPainter, card: CardRow, rect: QRectF, line: float, text: QColor
    ) -> float:
        px, theme, used = self.theme.px, self.theme, 0.0
        if rect.width() < px(110):
            return used
        danger, surface = theme.colour("danger"), theme.colour("surface")
        height = min(px(15), line - 3)
        if card.alert:
            spot = self._from_end(rect, px(4) + used, (line - height) / 2, px(16), height)
            centre, half = spot.center(), height / 2
            pen.setPen(Qt.PenStyle.NoPen)
            pen.setBrush(danger)
            pen.drawPolygon(
                [
                    centre + QPointF(0, -half),
                    centre + QPointF(half + 1, half),
                    centre + QPointF(-half - 1, half),
                ]
            )
            pen.setPen(surface)
            pen.setFont(theme.font(8, QFont.Weight.Black))
            pen.drawText(spot.adjusted(0, 2, 0, 2), int(Qt.AlignmentFlag.AlignCenter), "!")
            used += px(19)
        if card.due_minor > 0:
            spot = self._from_end(rect, px(4) + used, (line - height) / 2, px(16), height)
            pen.setPen(QPen(danger, 1.2))
            pen.setBrush(surface)
            pen.drawRoundedRect(spot, px(4), px(4))
            pen.setFont(theme.font(8.5, QFont.Weight.Bold))
            sign = _sign(self.formats)
            pen.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), sign)
            used += px(19)
        if card.new_patient:
            pen.setFont(theme.font(7.5, QFont.Weight.Bold))
            words = _("NEW")
            width = QFontMetricsF(pen.font()).horizontalAdvance(words) + px(7)
            spot = self._from_end(rect, px(4) + used, (line - height) / 2, width, height)
            pen.setPen(QPen(text, 1))
            pen.setBrush(Qt.BrushStyle.NoBrush)
            pen.drawRoundedRect(spot, px(4), px(4))
            pen.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), words)
            used += width + px(3)
        return used

    def _at(self, rect: QRectF, lead: float, top: float, width: float, height: float) -> QRectF:
        x = rect.right() - lead - width if self.rtl else rect.x() + lead
        return QRectF(x, rect.y() + top, width, height)

    def _from_end(
        self, rect: QRectF, trail: float, top: float, width: float, height: float
    ) -> QRectF:
        x = rect.x() + trail if self.rtl else rect.right() - trail - width
        return QRectF(x, rect.y() + top, width, height)


def spoken_name(name: str) -> str:
    """Return "Given Family" of "Family, Given": given names tell people apart sooner."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma else name


def _sign(formats: Formats) -> str:
    """Return the currency's sign, one character."""
    marks = [c for c in formats.money(0) if not (c.isdigit() or c.isspace() or c in ".,−-")]
    return marks[0] if marks else "¤"


def isolated(words: str) -> str:
    """Keep a piece of text from being re-ordered by its neighbours."""
    return f"\u2068{words}\u2069"


def hatch(pen: QPainter, rect: QRectF, colour: QColor, step: int, alpha: int) -> None:
    """Draw slanted lines over a rectangle."""
    faint = QColor(colour)
    faint.setAlpha(alpha)
    pen.save()
    pen.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    pen.setPen(QPen(faint, 1))
    height = rect.height()
    for offset in range(-int(height), int(rect.width()) + step, max(3, step)):
        x = rect.x() + offset
        pen.drawLine(QPointF(x, rect.bottom()), QPointF(x + height, rect.y()))
    pen.restore()


def glyph(pen: QPainter, look: Look, spot: QRectF, colour: QColor) -> None:
    """Draw a state's sign; each differs in shape, not only in colour."""
    x, y, w, h = spot.x(), spot.y(), spot.width(), spot.height()

    def at(a: float, b: float) -> QPointF:
        return QPointF(x + a * w, y + b * h)

    pen.save()
    pen.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = QPen(colour, max(1.5, w * 0.13))
    line.setCapStyle(Qt.PenCapStyle.RoundCap)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setPen(line)
    pen.setBrush(Qt.BrushStyle.NoBrush)
    name = look.value
    if name in {"booked", "message"}:
        pen.drawEllipse(spot.adjusted(w * 0.12, h * 0.12, -w * 0.12, -h * 0.12))
        if name == "message":
            pen.drawPoint(at(0.5, 0.5))
    elif name == "confirmed":
        pen.drawPolyline([at(0.15, 0.55), at(0.4, 0.8), at(0.87, 0.22)])
    elif name == "arrived":
        pen.drawEllipse(spot.adjusted(w * 0.05, h * 0.05, -w * 0.05, -h * 0.05))
        pen.drawPolyline([at(0.5, 0.25), at(0.5, 0.53), at(0.7, 0.65)])
    elif name == "in_room":
        pen.setBrush(colour)
        pen.drawPolygon([at(0.25, 0.15), at(0.82, 0.5), at(0.25, 0.85)])
    elif name == "checkout":
        pen.drawRoundedRect(spot.adjusted(w * 0.02, h * 0.2, -w * 0.02, -h * 0.2), 2, 2)
        pen.drawEllipse(at(0.5, 0.5), w * 0.12, h * 0.12)
    elif name == "done":
        pen.drawPolyline([at(0.02, 0.55), at(0.22, 0.78), at(0.58, 0.25)])
        pen.drawPolyline([at(0.42, 0.7), at(0.5, 0.78), at(0.95, 0.22)])
    elif name == "no_show":
        pen.drawLine(at(0.2, 0.2), at(0.8, 0.8))
        pen.drawLine(at(0.8, 0.2), at(0.2, 0.8))
    elif name == "cancelled":
        pen.drawEllipse(spot.adjusted(w * 0.08, h * 0.08, -w * 0.08, -h * 0.08))
        pen.drawLine(at(0.24, 0.24), at(0.76, 0.76))
    pen.restore()
