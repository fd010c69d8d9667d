# SPDX-License-Identifier: Apache-2.0
"""Charts on paper from ``kernel.charts``: values and names stand at the data, not in a legend."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clinicdesk.kernel.charts import Chart, ChartKind
from clinicdesk.kernel.columns import Align, Kind
from clinicdesk.printing import fonts, ink_tokens
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.pen import Pen
from clinicdesk.printing.sheet import Piece
from clinicdesk.wording.formats import Formats

_SMALL = 7.2
Plot = Callable[[Pen, float, float, float, float], None]
Height = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart.

    Attributes:
        chart: its data.
        formats: the reader's.
        height: of the plot, in points; horizontal bars take what they need.
    """

    chart: Chart
    formats: Formats
    height: float = 130.0

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        draw_plot: Plot
        if self.chart.kind is ChartKind.SORTED_BARS:
            inner, draw_plot = self._across()
        else:
            inner, draw_plot = self.height * scale, self._upright
        title, note = 20.0, 12.0 if self.chart.note else 0.0

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.text(x, y + 11, self.chart.title, 9.0, Face.BOLD)
            draw_plot(pen, x, y + title, width, inner)
            if self.chart.note:
                at = y + title + inner + 10
                pen.text(x, at, self.chart.note, _SMALL, ink=ink_tokens.MUTED)

        return [Piece(title + inner + note + 10, draw)]

    # ── bars from the side ───────────────────────────────────────────────────────────────────

    def _across(self) -> tuple[float, Plot]:
        series = self.chart.series[0]
        rows = sorted(
            ((v or 0, label) for v, label in zip(series.values, self.chart.labels, strict=True)),
            key=lambda row: -row[0],
        )
        step = 16.0

        def draw(pen: Pen, x: float, y: float, width: float, _high: float) -> None:
            names = min(width * 0.35, max(fonts.width(n, Face.REGULAR, 8) for _, n in rows) + 8)
            values = max(fonts.width(self._value(v), Face.REGULAR, 8) for v, _ in rows) + 8
            longest = max(1, *(abs(v) for v, _ in rows))
            room = width - names - values
            for index, (value, name) in enumerate(rows):
                base = y + index * step + 11
                shown = fonts.shortened(name, Face.REGULAR, 8, names - 6)
                pen.text(x, base, shown, 8)
                wide = max(0.0, room * value / longest)
                pen.box(x + names, base - 9, wide, 11, ink_tokens.SERIES[0])
                pen.text(x + names + wide + 5, base, self._value(value), 8)

        return step * max(1, len(rows)), draw

    # ── upright: bars, stacks, lines ─────────────────────────────────────────────────────────

    def _upright(self, pen: Pen, x: float, y: float, width: float, high: float) -> None:
        top, base = self._range()
        steps = _steps(base, top)
        base, top = steps[0], steps[-1]
        axis = max(fonts.width(self._short(s), Face.REGULAR, _SMALL) for s in steps) + 6
        names = self._name_room() if len(self.chart.series) > 1 else 4.0
        left, right = x + axis, x + width - names
        floor = y + high - 14

        def height_of(value: float) -> float:
            return floor - (value - base) / (top - base) * (floor - y - 12)

        for step in steps:
            at = height_of(step)
            pen.line(left, at, right, at, ink_tokens.BLACK if step == 0 else ink_tokens.HAIRLINE)
            text = self._short(step)
            pen.text(left - 5, at + 2.5, text, _SMALL, ink=ink_tokens.MUTED, align=Align.END)
        slot = (right - left) / max(1, len(self.chart.labels))
        self._label_axis(pen, left, floor, slot)
        if self.chart.kind is ChartKind.LINE:
            self._draw_lines(pen, left, slot, height_of)
        else:
            self._draw_bars(pen, left, slot, height_of)
        self._name_series(pen, right, height_of)

    def _range(self) -> tuple[float, float]:
        if self.chart.kind is ChartKind.STACKED:
            columns = list(zip(*(s.values for s in self.chart.series), strict=True))
            highs = [sum(v for v in c if v and v > 0) for c in columns]
            lows = [sum(v for v in c if v and v < 0) for c in columns]
        else:
            highs = lows = [v for s in self.chart.series for v in s.values if v is not None]
        return float(max(0, *highs, 0)), float(min(0, *lows, 0))

    def _label_axis(self, pen: Pen, left: float, floor: float, slot: float) -> None:
        widest = max((fonts.width(t, Face.REGULAR, _SMALL) for t in self.chart.labels), default=0)
        every = max(1, math.ceil((widest + 4) / slot))
        for index, label in enumerate(self.chart.labels):
            if index % every == 0:
                at = left + slot * (index + 0.5)
                pen.text(at, floor + 10, label, _SMALL, ink=ink_tokens.MUTED, align=Align.CENTER)

    def _draw_bars(self, pen: Pen, left: float, slot: float, height_of: Height) -> None:
        stacked = self.chart.kind is ChartKind.STACKED
        many = 1 if stacked else len(self.chart.series)
        wide = slot * 0.72 / many
        single = many == 1 and not stacked and slot > 34
        for index in range(len(self.chart.labels)):
            up = down = 0.0
            for number, series in enumerate(self.chart.series):
                value = series.values[index]
                if not value:
                    continue
                ink = ink_tokens.SERIES[number % len(ink_tokens.SERIES)]
                at = left + slot * index + slot * 0.14 + (0 if stacked else number * wide)
                start = (up if value > 0 else down) if stacked else 0.0
                a, b = height_of(start), height_of(start + value)
                pen.box(at, min(a, b), wide - (0 if stacked else 1), abs(a - b), ink)
                up, down = (start + value, down) if value > 0 else (up, start + value)
                if single:
                    beyond = b - 2.5 if value > 0 else b + 7.5
                    pen.text(at + wide / 2, beyond, self._short(value), _SMALL, align=Align.CENTER)

    def _draw_lines(self, pen: Pen, left: float, slot: float, height_of: Height) -> None:
        for number, series in enumerate(self.chart.series):
            points = [
                (left + slot * (i + 0.5), height_of(v))
                for i, v in enumerate(series.values)
                if v is not None
            ]
            if len(points) > 1:
                pen.polyline(points, ink_tokens.SERIES[number % len(ink_tokens.SERIES)])

    def _name_series(self, pen: Pen, right: float, height_of: Height) -> None:
        """Write each series' name at its end, moved apart where they would touch."""
        if len(self.chart.series) < 2:
            return
        wanted = []
        stack = 0.0
        for number, series in enumerate(self.chart.series):
            last = next((v for v in reversed(series.values) if v is not None), 0)
            if self.chart.kind is ChartKind.STACKED:
                wanted.append((height_of(stack + last / 2), number, series.name))
                stack += last
            else:
                wanted.append((height_of(last), number, series.name))
        lowest = -math.inf
        for at, number, name in sorted(wanted):
            base = max(at + 2.5, lowest + _SMALL * 1.3)
            lowest = base
            ink = ink_tokens.SERIES[number % len(ink_tokens.SERIES)]
            pen.text(right + 6, base, name, _SMALL, Face.BOLD, ink)

    def _name_room(self) -> float:
        return max(fonts.width(s.name, Face.BOLD, _SMALL) for s in self.chart.series) + 8

    def _value(self, value: int) -> str:
        return self.formats.value(self.chart.unit, value)

    def _short(self, value: float) -> str:
        """Write an axis value without decimals, in thousands where it is long."""
        if self.chart.unit is not Kind.MONEY:
            return self.formats.number(round(value))
        major = Decimal(round(value)).scaleb(-self.formats.currency.decimals)
        if abs(major) >= 10_000:
            return self.formats.say("{n} k", {"n": self.formats.number(round(major / 1000))})
        return self.formats.number(round(major))


def _steps(low: float, high: float) -> list[float]:
    """Return round values from at or below ``low`` to at or above ``high``."""
    span = max(high - low, 1.0)
    raw = span / 4
    power = 10 ** math.floor(math.log10(raw)) if raw >= 1 else 1.0
    step = next(power * f for f in (1, 2, 2.5, 5, 10) if power * f >= raw)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * n for n in range(first, max(last, first + 1) + 1)]
