# SPDX-License-Identifier: Apache-2.0
"""Glyphs and flags, drawn: they differ in shape, so that a state can be told without colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from clinicdesk.desktop.theme import SECONDARY, Theme
from clinicdesk.schedule.model import Look
from clinicdesk.wording.text import _

INK: Final = {
    Look.BOOKED: "booked",
    Look.MESSAGE: "booked",
    Look.CONFIRMED: "confirmed",
    Look.ARRIVED: "waiting",
    Look.IN_ROOM: "in_room",
    Look.CHECKOUT: "checkout",
    Look.DONE: "done",
    Look.NO_SHOW: "no_show",
    Look.CANCELLED: "cancelled",
    Look.BLOCK: "block",
}


class _Pad:
    """A unit square laid over a rectangle."""

    def __init__(self, pen: QPainter, box: QRectF) -> None:
        self.pen, self.box = pen, box

    def at(self, x: float, y: float) -> QPointF:
        return QPointF(self.box.x() + x * self.box.width(), self.box.y() + y * self.box.height())

    def lines(self, *points: tuple[float, float]) -> None:
        self.pen.drawPolyline([self.at(x, y) for x, y in points])

    def ring(self, inset: float) -> None:
        side = inset * self.box.width()
        self.pen.drawEllipse(self.box.adjusted(side, side, -side, -side))

    def shape(self, *points: tuple[float, float]) -> None:
        self.pen.drawPolygon([self.at(x, y) for x, y in points])


def _booked(pad: _Pad) -> None:
    pad.ring(0.12)


def _message(pad: _Pad) -> None:
    pad.shape((0.06, 0.2), (0.94, 0.2), (0.94, 0.82), (0.06, 0.82))
    pad.lines((0.06, 0.24), (0.5, 0.58), (0.94, 0.24))


def _confirmed(pad: _Pad) -> None:
    pad.lines((0.13, 0.55), (0.4, 0.82), (0.89, 0.22))


def _arrived(pad: _Pad) -> None:
    pad.ring(0.05)
    pad.lines((0.5, 0.25), (0.5, 0.53), (0.7, 0.65))


def _in_room(pad: _Pad) -> None:
    pad.pen.setBrush(pad.pen.pen().color())
    pad.shape((0.25, 0.13), (0.85, 0.5), (0.25, 0.87))


def _checkout(pad: _Pad) -> None:
    box, w, h = pad.box, pad.box.width(), pad.box.height()
    pad.pen.drawRoundedRect(box.adjusted(0, h * 0.18, 0, -h * 0.18), w * 0.14, w * 0.14)
    pad.pen.drawEllipse(pad.at(0.5, 0.5), w * 0.12, h * 0.12)


def _done(pad: _Pad) -> None:
    pad.lines((0.0, 0.55), (0.22, 0.8), (0.6, 0.25))
    pad.lines((0.42, 0.72), (0.5, 0.8), (1.0, 0.22))


def _no_show(pad: _Pad) -> None:
    pad.lines((0.18, 0.18), (0.82, 0.82))
    pad.lines((0.82, 0.18), (0.18, 0.82))


def _cancelled(pad: _Pad) -> None:
    pad.ring(0.06)
    pad.lines((0.22, 0.22), (0.78, 0.78))


def _block(pad: _Pad) -> None:
    for y in (0.25, 0.5, 0.75):
        pad.lines((0.1, y), (0.9, y))


_DRAWN: Final[dict[Look, Callable[[_Pad], None]]] = {
    Look.BOOKED: _booked,
    Look.MESSAGE: _message,
    Look.CONFIRMED: _confirmed,
    Look.ARRIVED: _arrived,
    Look.IN_ROOM: _in_room,
    Look.CHECKOUT: _checkout,
    Look.DONE: _done,
    Look.NO_SHOW: _no_show,
    Look.CANCELLED: _cancelled,
    Look.BLOCK: _block,
}


def draw_glyph(pen: QPainter, look: Look, box: QRectF, colour: QColor) -> None:
    """Draw the glyph of a state into a square."""
    pen.save()
    pen.setRenderHint(QPainter.RenderHint.Antialiasing)
    style = QPen(colour, max(1.4, box.width() * 0.13))
    style.setCapStyle(Qt.PenCapStyle.RoundCap)
    style.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setPen(style)
    pen.setBrush(Qt.BrushStyle.NoBrush)
    _DRAWN[look](_Pad(pen, box))
    pen.restore()


def hatch(pen: QPainter, box: QRectF, colour: QColor, step: float) -> None:
    """Draw slanting lines over a rectangle; they run through from one rectangle to the next."""
    pen.save()
    pen.setClipRect(box, Qt.ClipOperation.IntersectClip)
    pen.setPen(QPen(colour, 1))
    tall = box.height()
    for n in range(int((box.width() + tall) / step) + 2):
        x = box.x() - tall + n * step
        pen.drawLine(QPointF(x, box.bottom()), QPointF(x + tall, box.top()))
    pen.restore()


# ── flags ────────────────────────────────────────────────────────────────────────────────────


def flag_widths(theme: Theme, flags: str) -> list[tuple[str, float]]:
    """Return the flags of a card with their widths: alert, due, new, series, note."""
    small, wide = theme.px(16), theme.px(12)
    widths = []
    for flag in flags:
        if flag == "n":
            font = theme.font(7.5, QFont.Weight.Bold)
            from PySide6.QtGui import QFontMetricsF

            width = QFontMetricsF(font).horizontalAdvance(_("NEW")) + theme.px(6)
            widths.append((flag, width))
        else:
            widths.append((flag, small if flag in "ad" else wide))
    return widths


def draw_flag(
    pen: QPainter, theme: Theme, flag: str, box: QRectF, text: QColor, *, sign: str = ""
) -> None:
    """Draw one flag into its rectangle; ``sign`` is the currency's, a coin stands for none."""
    pen.save()
    centre = Qt.AlignmentFlag.AlignCenter
    danger, surface, r = theme.colour("danger"), theme.colour("surface"), theme.px(4)
    if flag == "d":
        pen.setPen(QPen(danger, 1.2))
        pen.setBrush(surface)
        pen.drawRoundedRect(box, r, r)
        if sign:
            pen.setPen(danger)
            pen.setFont(theme.font(SECONDARY, QFont.Weight.Bold))
            pen.drawText(box, centre, sign)
        else:
            _coin(pen, box, danger)
    elif flag == "a":
        half, tall = box.width() / 2, box.height() / 2
        middle = box.center()
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(danger)
        pen.drawPolygon(
            [
                middle + QPointF(0, -tall + 0.5),
                middle + QPointF(half, tall - 0.5),
                middle + QPointF(-half, tall - 0.5),
            ]
        )
        style = QPen(surface, max(1.4, box.width() * 0.11))
        style.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setPen(style)
        pen.drawLine(middle + QPointF(0, -tall * 0.2), middle + QPointF(0, tall * 0.3))
        pen.drawPoint(middle + QPointF(0, tall * 0.66))
    elif flag == "n":
        pen.setPen(QPen(text, 1))
        pen.setBrush(Qt.BrushStyle.NoBrush)
        pen.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), r, r)
        pen.setFont(theme.font(7.5, QFont.Weight.Bold))
        pen.drawText(box, centre, _("NEW"))
    else:
        style = QPen(text, max(1.2, box.width() * 0.11))
        style.setCapStyle(Qt.PenCapStyle.RoundCap)
        style.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setPen(style)
        pen.setBrush(Qt.BrushStyle.NoBrush)
        pad = _Pad(pen, box)
        if flag == "s":
            _turn(pad)
        else:
            _pencil(pad)
    pen.restore()


def _coin(pen: QPainter, box: QRectF, colour: QColor) -> None:
    """Draw a banknote's coin: a flag for money in any currency."""
    style = QPen(colour, max(1.3, box.width() * 0.1))
    style.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setPen(style)
    pen.setBrush(Qt.BrushStyle.NoBrush)
    r = box.height() * 0.3
    pen.drawEllipse(box.center(), r, r)
    pen.drawLine(box.center() - QPointF(0, r * 0.45), box.center() + QPointF(0, r * 0.45))


def _turn(pad: _Pad) -> None:
    """Draw two arrows that chase each other: one of a series."""
    pad.lines((0.1, 0.45), (0.1, 0.32), (0.9, 0.32))
    pad.lines((0.7, 0.16), (0.9, 0.32), (0.7, 0.48))
    pad.lines((0.9, 0.58), (0.9, 0.72), (0.1, 0.72))
    pad.lines((0.3, 0.56), (0.1, 0.72), (0.3, 0.88))


def _pencil(pad: _Pad) -> None:
    """Draw a sheet with two lines: there is a note."""
    pad.shape((0.14, 0.1), (0.86, 0.1), (0.86, 0.9), (0.14, 0.9))
    pad.lines((0.34, 0.38), (0.66, 0.38))
    pad.lines((0.34, 0.62), (0.66, 0.62))
