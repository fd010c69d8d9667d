# SPDX-License-Identifier: Apache-2.0
"""Tables on paper, from the same column lists as the screen and the CSV file.

Drawn line by line, so that a ledger of 20,000 rows costs twice what 10,000 cost (ReportLab's
own table is quadratic: performance.md §6.7). Heads repeat on each page, rows are never parted,
totals are ruled and stay with the last row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import zip_longest
from typing import Any, Generic

from clinicdesk.kernel.columns import Align, Column, Kind, Row
from clinicdesk.printing import fonts, ink_tokens
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.pen import Pen
from clinicdesk.printing.sheet import Piece
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

_FIGURES = {Kind.NUMBER, Kind.MONEY, Kind.PERCENT}
_GAP = 7.0
_PAUSE = 200  # rows
Place = tuple[float, Align]


class RowStyle(Enum):
    """How a row stands out."""

    PLAIN = "plain"
    STRONG = "strong"  # bold: a result within the table
    GROUP = "group"  # a heading row: the first column only, on a band
    SUBTOTAL = "subtotal"  # ruled above, bold
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A table.

    Attributes:
        columns: shared column list.
        rows: frozen rows.
        formats: the reader's.
        totals: values by column key for the ruled last row; None sums columns marked ``total``.
        has_totals: whether there is such a row.
        total_label: translated word in the first column of it.
        style: how a row stands out.
        empty: translated line when there are no rows.
        size: of the text, in points.
        lines: most lines of a text cell before it is shortened.
        banded: faint bands help the eye across wide tables.
        pause: called every few hundred rows; it may raise to stop a long paper.
    """

    columns: Sequence[Column[Row]]
    rows: Sequence[Row]
    formats: Formats
    totals: Mapping[str, Any] | None = None
    has_totals: bool = False
    total_label: str = ""
    style: Callable[[Row], RowStyle] = field(default=lambda _row: RowStyle.PLAIN)
    empty: str = ""
    size: float = 8.5
    lines: int = 3
    banded: bool = False
    pause: Callable[[], None] = field(default=lambda: None)

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        size = self.size * scale
        cells = []
        for index, row in enumerate(self.rows):
            if index % _PAUSE == 0:
                self.pause()
            cells.append([self.formats.cell(column, row) for column in self.columns])
        styles = [self.style(row) for row in self.rows]
        last = self._total_cells()
        widths, size = self._widths([*cells, *([last] if last else [])], styles, size, width)
        places = _places(self.columns, widths)
        head = self._head(widths, places, size, width)
        setting = _Setting(widths, places, size, width, head)
        if not cells:
            says = self.empty or self.formats.word(N_("Nothing in this period."))
            return [_nothing(says, size, head)]
        pieces = []
        for index, (texts, style) in enumerate(zip(cells, styles, strict=True)):
            if index % _PAUSE == 0:
                self.pause()
            end = index == len(cells) - 1
            glued = style is RowStyle.GROUP or (end and bool(last))
            band = self.banded and index % 2 == 1
            pieces.append(self._line(texts, style, setting, glued=glued, band=band))
        if last:
            pieces.append(self._line(last, RowStyle.SUBTOTAL, setting, glued=False, band=False))
        return pieces

    # ── layout ───────────────────────────────────────────────────────────────────────────────

    def _total_cells(self) -> list[str]:
        if not self.has_totals:
            return []
        texts = []
        for index, column in enumerate(self.columns):
            if self.totals is not None:
                value = self.totals.get(column.key)
            else:
                parts = [column.value(row) for row in self.rows] if column.total else None
                value = None if parts is None else sum(part for part in parts if part is not None)
            texts.append(self.formats.value(column.kind, value))
            if index == 0 and not texts[0]:
                texts[0] = self.total_label or self.formats.word(N_("Total"))
        return texts

    def _widths(
        self, cells: list[list[str]], styles: list[RowStyle], size: float, room: float
    ) -> tuple[list[float], float]:
        """Give figures what they need and share the rest among texts; shrink if even that fails."""
        count = len(self.columns)
        figures = [
            texts for texts, style in zip_longest(cells, styles) if style is not RowStyle.GROUP
        ]
        while True:
            need = [
                max(
                    self._longest_word(self._title(column), size * 0.92),
                    size * 4
                    if column.kind is Kind.TEXT
                    else max(
                        (fonts.width(texts[i], Face.BOLD, size) for texts in figures), default=0.0
                    ),
                )
                for i, column in enumerate(self.columns)
            ]
            gaps = _GAP * (count - 1)
            texts = [i for i, c in enumerate(self.columns) if c.kind is Kind.TEXT]
            left = room - gaps - sum(need)
            if left >= 0 or size <= 5.5:
                break
            size -= 0.25
        widths = list(need)
        growing = texts or list(range(count))
        natural = {
            i: max((fonts.width(row[i], Face.REGULAR, size) for row in cells), default=0.0)
            for i in growing
        }
        for i in sorted(growing, key=lambda i: natural[i] - widths[i]):  # short ones first
            share = left / max(1, sum(1 for j in growing if widths[j] == need[j]))
            extra = max(0.0, min(natural[i] + 2 - widths[i], share))
            widths[i] += extra
            left -= extra
        if left > 0:  # what is over goes between the columns, by weight
            weights = [column.weight for column in self.columns]
            widths = [w + left * k / sum(weights) for w, k in zip(widths, weights, strict=True)]
        return widths, size

    def _title(self, column: Column[Row]) -> str:
        return self.formats.word(column.title)

    @staticmethod
    def _longest_word(title: str, size: float) -> float:
        return max(fonts.width(word, Face.BOLD, size) for word in title.split(" "))

    def _head(
        self, widths: list[float], places: Sequence[Place], size: float, width: float
    ) -> Piece:
        small = size * 0.92
        titles = [
            fonts.wrapped(self._title(c), Face.BOLD, small, w)
            for c, w in zip(self.columns, widths, strict=True)
        ]
        tallest = max(len(lines) for lines in titles)
        high = tallest * small * 1.3 + 7

        def draw(pen: Pen, x: float, y: float) -> None:
            for (at, align), lines in zip(places, titles, strict=True):
                for index, line in enumerate(lines):
                    base = y + (tallest - len(lines) + index) * small * 1.3 + small * 1.15
                    pen.text(x + at, base, line, small, Face.BOLD, ink_tokens.MUTED, align)
            pen.line(x, y + high - 3, x + width, y + high - 3, ink_tokens.RULE, 0.8)

        return Piece(high, draw)

    def _line(
        self, texts: list[str], style: RowStyle, setting: _Setting, *, glued: bool, band: bool
    ) -> Piece:
        size, width = setting.size, setting.width
        strong = style in {RowStyle.STRONG, RowStyle.SUBTOTAL, RowStyle.GROUP}
        face = Face.BOLD if strong else Face.REGULAR
        ink = ink_tokens.MUTED if style is RowStyle.MUTED else ink_tokens.BLACK
        if style is RowStyle.GROUP:
            cells = [[fonts.shortened(texts[0], face, size, width)], *([[]] * (len(texts) - 1))]
        else:
            cells = [
                self._cell(column, text, face, size, wide)
                for column, text, wide in zip(self.columns, texts, setting.widths, strict=True)
            ]
        tallest = max(1, *(len(lines) for lines in cells))
        above = 3.0 if style is RowStyle.SUBTOTAL else 1.2
        high = tallest * size * 1.32 + above + 2.4

        def draw(pen: Pen, x: float, y: float) -> None:
            if band or style is RowStyle.GROUP:
                pen.box(x - 3, y, width + 6, high, ink_tokens.BAND)
            if style is RowStyle.SUBTOTAL:
                pen.line(x, y + 0.8, x + width, y + 0.8, ink_tokens.RULE, 0.7)
            first = y + above + size * 1.05
            for (at, align), lines in zip(setting.places, cells, strict=True):
                for index, line in enumerate(lines):
                    pen.text(x + at, first + size * 1.32 * index, line, size, face, ink, align)

        return Piece(high, draw, with_next=glued, head=setting.head)

    def _cell(
        self, column: Column[Row], text: str, face: Face, size: float, wide: float
    ) -> list[str]:
        if not text:
            return []
        if column.kind is not Kind.TEXT:
            return [text]
        lines = fonts.wrapped(text, face, size, wide)
        if len(lines) > self.lines:
            rest = " ".join(lines[self.lines - 1 :])
            lines = [*lines[: self.lines - 1], fonts.shortened(rest, face, size, wide)]
        return lines


@dataclass(frozen=True, slots=True)
class _Setting:
    """How all rows of a table are set.

    Attributes:
        widths: of the columns; ``places`` where their texts are anchored.
        size: of the text.
        width: of the whole table.
        head: repeated above it on each page.
    """

    widths: Sequence[float]
    places: Sequence[Place]
    size: float
    width: float
    head: Piece


def _places(columns: Sequence[Column[Any]], widths: Sequence[float]) -> list[Place]:
    """Return where each column's text is anchored, from the table's left edge."""
    places: list[Place] = []
    left = 0.0
    for column, wide in zip(columns, widths, strict=True):
        align = Align.END if column.kind in _FIGURES else column.align
        offset = {Align.START: 0.0, Align.CENTER: wide / 2, Align.END: wide}[align]
        places.append((left + offset, align))
        left += wide + _GAP
    return places


def _nothing(says: str, size: float, head: Piece) -> Piece:
    def draw(pen: Pen, x: float, y: float) -> None:
        pen.text(x, y + size * 1.3, says, size, Face.ITALIC, ink_tokens.MUTED)

    return Piece(size * 2.2, draw, head=head)
