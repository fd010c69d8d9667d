# SPDX-License-Identifier: Apache-2.0
"""The pen: draws on a page in points from its top left corner, or mirrored from the top right.

Blocks say START and END and think from left to right; for a reader from right to left the pen
mirrors every place, so that no block needs to know.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

from clinicdesk.kernel.columns import Align
from clinicdesk.printing import fonts, ink_tokens
from clinicdesk.printing.fonts import Face


class Pen:
    """Draws on one page after another.

    Attributes:
        page_width: in points.
        page_height: in points.
        mirrored: right-to-left reading.
    """

    def __init__(
        self, canvas: Any, page_width: float, page_height: float, *, mirrored: bool = False
    ) -> None:
        self._canvas = canvas
        self.page_width = page_width
        self.page_height = page_height
        self.mirrored = mirrored
        self._ink = ""  # what the canvas has; saying it again costs more than a word
        self._font: tuple[str, float] = ("", 0.0)
        self._writing: Any = None  # words that follow each other without a shape between

    def finish(self) -> None:
        """Put down what was written; to be called before the page is turned."""
        if self._writing is not None:
            self._canvas.drawText(self._writing)
            self._writing = None

    def _fill(self, ink: str) -> None:
        self.finish()
        if ink != self._ink:
            self._canvas.setFillColor(_colour(ink))
            self._ink = ink

    def _written(self, ink: str) -> Any:
        """Return where words are written in an ink: opened once for all of a page's rows."""
        if self._writing is None:
            self._writing = self._canvas.beginText()
            self._font = ("", 0.0)
        if ink != self._ink:
            self._writing.setFillColor(_colour(ink))
            self._ink = ink
        return self._writing

    def text(  # noqa: PLR0917 -- what a line of text has
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        face: Face = Face.REGULAR,
        ink: str = ink_tokens.BLACK,
        align: Align = Align.START,
    ) -> None:
        """Write one line; ``x`` is its start, middle or end by ``align``."""
        if not text:
            return
        wide = fonts.width(text, face, size)
        left = x
        if align is not Align.START:
            left -= wide if align is Align.END else wide / 2
        if self.mirrored:
            left = self.page_width - left - wide
        words = self._written(ink)
        parts = fonts.runs(text, face, right_to_left=self.mirrored)
        for font, part in parts:
            if (font, size) != self._font:
                words.setFont(font, size)
                self._font = (font, size)
            words.setTextOrigin(left, self.page_height - baseline)
            words.textLine(part)
            if len(parts) > 1:
                left += self._canvas.stringWidth(part, font, size)

    def line(
        self, x1: float, y1: float, x2: float, y2: float, ink: str = ink_tokens.HAIRLINE,
        thick: float = 0.5,
    ) -> None:  # fmt: skip
        """Draw a straight line."""
        self.finish()
        self._canvas.setStrokeColor(_colour(ink))
        self._canvas.setLineWidth(thick)
        self._canvas.line(
            self._across(x1), self.page_height - y1, self._across(x2), self.page_height - y2
        )

    def polyline(self, points: Sequence[tuple[float, float]], ink: str, thick: float = 1.5) -> None:
        """Draw a line through points."""
        self.finish()
        path = self._canvas.beginPath()
        for index, (x, y) in enumerate(points):
            step = path.lineTo if index else path.moveTo
            step(self._across(x), self.page_height - y)
        self._canvas.setStrokeColor(_colour(ink))
        self._canvas.setLineWidth(thick)
        self._canvas.setLineJoin(1)
        self._canvas.drawPath(path)

    def box(
        self, x: float, y: float, wide: float, high: float, ink: str, radius: float = 0.0
    ) -> None:
        """Fill a box whose top left corner is given."""
        left = self.page_width - x - wide if self.mirrored else x
        self._fill(ink)
        bottom = self.page_height - y - high
        if radius:
            self._canvas.roundRect(left, bottom, wide, high, radius, stroke=0, fill=1)
        else:
            self._canvas.rect(left, bottom, wide, high, stroke=0, fill=1)

    def frame(self, x: float, y: float, wide: float, high: float, ink: str) -> None:
        """Draw the outline of a box."""
        self.finish()
        left = self.page_width - x - wide if self.mirrored else x
        self._canvas.setStrokeColor(_colour(ink))
        self._canvas.setLineWidth(0.5)
        self._canvas.rect(left, self.page_height - y - high, wide, high, stroke=1, fill=0)

    def tick(self, x: float, y: float, size: float, *, holds: bool) -> None:
        """Draw a tick or a cross whose top left corner is given."""
        self.finish()
        self._canvas.setLineCap(1)
        ink = ink_tokens.GOOD if holds else ink_tokens.BAD
        if holds:
            points = [(0.08, 0.55), (0.38, 0.85), (0.95, 0.15)]
            path = [(x + a * size, y + b * size) for a, b in points]
            if self.mirrored:  # a tick is not mirrored
                path = [(2 * x + size - px, py) for px, py in path]
            self.polyline(path, ink, size / 6)
        else:
            self.line(x, y, x + size, y + size, ink, size / 6)
            self.line(x, y + size, x + size, y, ink, size / 6)
        self._canvas.setLineCap(0)

    def watermark(self, text: str) -> None:
        """Write a large pale word across the page, to be drawn before everything else."""
        self.finish()
        turned = math.radians(50)
        room = 0.85 * min(self.page_width / math.cos(turned), self.page_height / math.sin(turned))
        size = min(96.0, room / max(1.0, fonts.width(text, Face.BOLD, 1.0)))
        wide = fonts.width(text, Face.BOLD, size)
        self._canvas.saveState()
        self._canvas.translate(self.page_width / 2, self.page_height / 2)
        self._canvas.rotate(50)
        self._canvas.setFillColor(_colour(ink_tokens.WATERMARK))
        left = -wide / 2
        for font, part in fonts.runs(text, Face.BOLD):
            self._canvas.setFont(font, size)
            self._canvas.drawString(left, -size / 3, part)
            left += self._canvas.stringWidth(part, font, size)
        self._canvas.restoreState()
        self._ink, self._font = "", ("", 0.0)

    def barcode(self, x: float, y: float, wide: float, high: float, text: str) -> None:
        """Draw a Code 128 bar code into a box whose top left corner is given."""
        from reportlab.graphics.barcode.code128 import Code128

        plain = Code128(text, barWidth=1, quiet=0)
        bars = Code128(text, barWidth=min(1.2, wide / plain.width), barHeight=high, quiet=0)
        self._fill(ink_tokens.BLACK)
        left = self.page_width - x - bars.width if self.mirrored else x
        bars.drawOn(self._canvas, left, self.page_height - y - high)

    def bookmark(self, key: str, title: str, top: float) -> None:
        """Add an entry to the reader's table of contents that jumps here."""
        self._canvas.bookmarkHorizontal(key, 0, self.page_height - top + 12)
        self._canvas.addOutlineEntry(title, key, level=0)

    def _across(self, x: float) -> float:
        return self.page_width - x if self.mirrored else x


@cache
def _colour(ink: str) -> Any:
    """Return ReportLab's colour; reading one from text costs more than drawing a word."""
    from reportlab.lib.colors import HexColor

    return HexColor(ink)
