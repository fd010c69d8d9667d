# SPDX-License-Identifier: Apache-2.0
"""Draws ``kernel.charts`` on screen: names and values at the data, a pattern for each series.

Places are reckoned from the leading edge, so that a mirrored window has mirrored charts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from clinicdesk.desktop.theme import SECONDARY, Theme
from clinicdesk.kernel.charts import Chart, ChartKind
from clinicdesk.kernel.columns import Kind
from clinicdesk.wording.formats import Formats

_PATTERNS: Final = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense5Pattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.HorPattern,
)
_STROKES: Final = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
)
_START = Qt.AlignmentFlag.AlignLeft
_END = Qt.AlignmentFlag.AlignRight
_CENTER = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class _Label:
    """Words at a height, moved apart from others."""

    at: float
    number: int
    words: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """From values to heights: ``base`` stands at ``floor``, ``top`` at ``head``."""

    base: float
    top: float
    head: float
    floor: float

    def at(self, value: float) -> float:
        """Return the height of a value."""
        return self.floor - (value - self.base) / (self.top - self.base) * (self.floor - self.head)


class ChartPainter:
    """Draws one chart into a rectangle."""

    def __init__(
        self, pen: QPainter, theme: Theme, formats: Formats, area: QRectF, *, mirrored: bool
    ) -> None:
        self._pen, self._theme, self._formats = pen, theme, formats
        self._area, self._mirrored = area, mirrored
        self._font = theme.font(SECONDARY)
        self._measure = QFontMetricsF(self._font)
        self._line = self._measure.height()
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        pen.setFont(self._font)

    def draw(self, chart: Chart) -> None:
        """Draw it; the title is whoever shows it's."""
        if chart.kind is ChartKind.SORTED_BARS:
            self._across(chart)
        elif chart.kind is ChartKind.STACKED and len(chart.labels) == 1:
            self._one_stack(chart)
        else:
            self._upright(chart)

    @staticmethod
    def height(chart: Chart, theme: Theme) -> int:
        """Return how high a chart wants to be, in px."""
        if chart.kind is ChartKind.SORTED_BARS:
            return theme.px(26) * max(2, len(chart.labels)) + theme.px(4)
        if chart.kind is ChartKind.STACKED and len(chart.labels) == 1:
            return theme.px(30 + 24 * len(chart.series))
        return theme.px(168)

    # ── bars from the side ───────────────────────────────────────────────────────────────────

    def _across(self, chart: Chart) -> None:
        values = [value or 0 for value in chart.series[0].values]
        rows = sorted(zip(values, chart.labels, strict=True), key=lambda row: -row[0])
        if not rows:
            return
        px = self._theme.px
        step = min(self._area.height() / len(rows), px(26))
        names = min(self._area.width() * 0.4, self._widest(name for _v, name in rows) + px(8))
        said = self._widest(self._value(chart, value) for value, _n in rows) + px(8)
        longest = max(1, *(abs(value) for value, _n in rows))
        room = max(px(10), self._area.width() - names - said)
        for index, (value, name) in enumerate(rows):
            top = self._area.top() + index * step
            self._text(QRectF(0, top, names - px(8), step), name, _START)
            wide = max(0.0, room * value / longest)
            self._bar(QRectF(names, top + step * 0.18, wide, step * 0.64), 0)
            self._text(QRectF(names + wide + px(6), top, said, step), self._value(chart, value))

    # ── one bar in parts ─────────────────────────────────────────────────────────────────────

    def _one_stack(self, chart: Chart) -> None:
        """Draw one bar along the width, and under it each part with its name and value."""
        px = self._theme.px
        parts = [(series.name, series.values[0] or 0) for series in chart.series]
        whole = sum(max(0, value) for _name, value in parts)
        at, high = 0.0, px(24)
        for number, (_name, value) in enumerate(parts):
            wide = self._area.width() * max(0, value) / whole if whole else 0.0
            self._bar(QRectF(at, self._area.top(), max(0.0, wide - px(1)), high), number)
            at += wide
        names = self._widest(name for name, _v in parts) + px(16)
        said = self._widest(self._value(chart, value) for _n, value in parts) + px(16)
        for number, (name, value) in enumerate(parts):
            top = self._area.top() + high + px(6) + number * px(24)
            self._bar(QRectF(0, top + px(5), px(14), px(14)), number)
            self._text(QRectF(px(22), top, names, px(24)), name)
            self._text(QRectF(px(22) + names, top, said, px(24)), self._value(chart, value), _END)
            share = Decimal(value) / whole if whole and value > 0 else Decimal(0)
            place = QRectF(px(22) + names + said, top, px(64), px(24))
            self._text(place, self._formats.percent(share, 0), _END, "muted")

    # ── upright: bars, stacks, lines ─────────────────────────────────────────────────────────

    def _upright(self, chart: Chart) -> None:
        px, area = self._theme.px, self._area
        steps = round_steps(*_range(chart))
        axis = self._widest(self._short(chart, step) for step in steps) + px(8)
        many = len(chart.series) > 1
        names = self._widest(series.name for series in chart.series) + px(8) if many else px(4)
        names = min(names, area.width() * 0.3)
        left, right = axis, area.width() - names
        floor = area.bottom() - self._line - px(4)
        scale = _Scale(steps[0], steps[-1], area.top() + self._line, floor)

        for step in steps:
            at = scale.at(step)
            ink = self._theme.colour("control" if step == 0 else "grid")
            self._pen.setPen(QPen(ink, 1))
            self._pen.drawLine(QPointF(self._x(left), at), QPointF(self._x(right), at))
            place = QRectF(0, at - self._line / 2, axis - px(6), self._line)
            self._text(place, self._short(chart, step), _END, "muted")
        slot = (right - left) / max(1, len(chart.labels))
        self._label_axis(chart, left, floor + px(3), slot)
        if chart.kind is ChartKind.LINE:
            ends = self._lines(chart, left, slot, scale)
        else:
            ends = self._bars(chart, left, slot, scale)
        if many:
            self._name_series(ends, right + px(6), names, scale.head)

    def _label_axis(self, chart: Chart, left: float, top: float, slot: float) -> None:
        widest = self._widest(chart.labels) + self._theme.px(6)
        every = max(1, math.ceil(widest / max(1.0, slot)))
        last = len(chart.labels) - 1
        for index, label in enumerate(chart.labels):
            if (last - index) % every == 0:
                middle = left + slot * (index + 0.5)
                place = QRectF(middle - widest / 2, top, widest, self._line)
                self._text(place, label, _CENTER, "muted")

    def _bars(self, chart: Chart, left: float, slot: float, scale: _Scale) -> list[_Label]:

        stacked = chart.kind is ChartKind.STACKED
        many = 1 if stacked else len(chart.series)
        wide = slot * 0.72 / many
        single = many == 1 and not stacked
        ends: dict[int, float] = {}
        for index in range(len(chart.labels)):
            up = 0.0
            for number, series in enumerate(chart.series):
                value = series.values[index]
                if not value:
                    continue
                start = up if stacked else 0.0
                a, b = scale.at(start), scale.at(start + value)
                at = left + slot * index + slot * 0.14 + (0 if stacked else number * wide)
                self._bar(QRectF(at, min(a, b), max(1.0, wide - 1), abs(a - b)), number)
                ends[number] = (a + b) / 2 if stacked else b
                up += value if stacked else 0
                if single:
                    words = self._short(chart, value)
                    if self._measure.horizontalAdvance(words) <= slot:
                        over = b - self._line if value > 0 else b
                        place = QRectF(left + slot * index, over, slot, self._line)
                        self._text(place, words, _CENTER)
        return [_Label(at, number, chart.series[number].name) for number, at in ends.items()]

    def _lines(self, chart: Chart, left: float, slot: float, scale: _Scale) -> list[_Label]:
        zero = scale.at(0)

        ends = []
        for number, series in enumerate(chart.series):
            points = [
                QPointF(self._x(left + slot * (index + 0.5)), scale.at(value))
                for index, value in enumerate(series.values)
                if value is not None
            ]
            if not points:
                continue
            ink = self._ink(number)
            if number == 1 and len(points) > 1:  # what it is held against: a band down to zero
                pale = QColor(ink)
                pale.setAlpha(34)
                self._pen.setPen(Qt.PenStyle.NoPen)
                self._pen.setBrush(pale)
                foot = [QPointF(points[-1].x(), zero), QPointF(points[0].x(), zero)]
                self._pen.drawPolygon([*points, *foot])
            stroke = QPen(ink, self._theme.px(2), _STROKES[number % len(_STROKES)])
            self._pen.setPen(stroke)
            self._pen.setBrush(Qt.BrushStyle.NoBrush)
            if len(points) > 1:
                self._pen.drawPolyline(points)
            self._pen.setBrush(ink)
            self._pen.setPen(Qt.PenStyle.NoPen)
            self._pen.drawEllipse(points[-1], self._theme.px(3), self._theme.px(3))
            ends.append(_Label(points[-1].y(), number, series.name))
        return ends

    def _name_series(self, ends: list[_Label], at: float, wide: float, head: float) -> None:
        """Write each series' name at its end, moved apart where they would touch."""
        lowest = head - self._line
        for end in sorted(ends, key=lambda one: one.at):
            top = max(end.at - self._line / 2, lowest)
            lowest = top + self._line
            place = QRectF(at, top, wide, self._line)
            self._text(place, end.words, _START, strong=True)

    # ── small things ─────────────────────────────────────────────────────────────────────────

    def _x(self, at: float) -> float:
        """Return the place at a distance from the leading edge."""
        return self._area.right() - at if self._mirrored else self._area.left() + at

    def _placed(self, place: QRectF) -> QRectF:
        left = self._x(place.left())
        if self._mirrored:
            left -= place.width()
        return QRectF(left, place.top(), place.width(), place.height())

    def _ink(self, number: int) -> QColor:
        series = self._theme.tokens.series
        return QColor(series[number % len(series)])

    def _bar(self, place: QRectF, number: int) -> None:
        ink = self._ink(number)
        pattern = _PATTERNS[number % len(_PATTERNS)]
        self._pen.setPen(QPen(ink, 1) if number else Qt.PenStyle.NoPen)
        if pattern is not Qt.BrushStyle.SolidPattern:
            self._pen.setBrush(self._theme.colour("surface"))
            self._pen.drawRect(self._placed(place))
        self._pen.setBrush(QBrush(ink, pattern))
        self._pen.drawRect(self._placed(place))

    def _text(
        self,
        place: QRectF,
        words: str,
        align: Qt.AlignmentFlag = _START,
        ink: str = "text",
        *,
        strong: bool = False,
    ) -> None:
        if self._mirrored and align is not _CENTER:
            align = _END if align is _START else _START
        self._pen.setPen(self._theme.colour(ink))
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        self._pen.setFont(self._theme.font(SECONDARY, weight))
        shown = self._pen.fontMetrics().elidedText(
            words, Qt.TextElideMode.ElideRight, math.ceil(place.width())
        )
        flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        self._pen.drawText(self._placed(place), int(flags), shown)

    def _widest(self, words: object) -> float:
        return max((self._measure.horizontalAdvance(str(one)) for one in words), default=0.0)  # type: ignore[attr-defined]

    def _value(self, chart: Chart, value: int) -> str:
        return self._formats.value(chart.unit, value)

    def _short(self, chart: Chart, value: float) -> str:
        """Write an axis value without decimals, in thousands where it is long."""
        if chart.unit is not Kind.MONEY:
            return self._formats.number(round(value))
        major = Decimal(round(value)).scaleb(-self._formats.currency.decimals)
        if abs(major) >= 10_000:
            return self._formats.say("{n} k", {"n": self._formats.number(round(major / 1000))})
        return self._formats.number(round(major))


def _range(chart: Chart) -> tuple[float, float]:
    if chart.kind is ChartKind.STACKED:
        columns = list(zip(*(series.values for series in chart.series), strict=True))
        highs = [sum(value for value in column if value and value > 0) for column in columns]
        lows = [sum(value for value in column if value and value < 0) for column in columns]
    else:
        highs = [value for one in chart.series for value in one.values if value is not None]
        lows = highs
    return float(min(0, *lows, 0)), float(max(0, *highs, 0))


def round_steps(low: float, high: float) -> list[float]:
    """Return a few round values from at or below ``low`` to at or above ``high``."""
    span = max(high - low, 1.0)
    raw = span / 4
    power = 10 ** math.floor(math.log10(raw)) if raw >= 1 else 1.0
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= raw)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * number for number in range(first, max(last, first + 1) + 1)]
