# SPDX-License-Identifier: Apache-2.0
"""Figures that stand alone: tiles, pairs of label and value, checks with both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clinicdesk.kernel.columns import Align
from clinicdesk.printing import fonts, ink_tokens
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.pen import Pen
from clinicdesk.printing.sheet import Piece


@dataclass(frozen=True, slots=True)
class Tile:
    """One key figure.

    Attributes:
        label: what it is.
        value: formatted.
        note: compared with what.
    """

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """A row of key figures.

    Attributes:
        tiles: three to five.
    """

    tiles: tuple[Tile, ...]

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        gap, high = 8.0, (66.0 if any(tile.note for tile in self.tiles) else 50.0) * scale
        wide = (width - gap * (len(self.tiles) - 1)) / len(self.tiles)
        inner = wide - 20 * scale
        longest = max(fonts.width(tile.value, Face.BOLD, 1.0) for tile in self.tiles)
        size = min(19.0 * scale, inner / longest)

        def draw(pen: Pen, x: float, y: float) -> None:
            for index, tile in enumerate(self.tiles):
                left = x + index * (wide + gap)
                pen.box(left, y, wide, high, ink_tokens.TILE, radius=5)
                text = left + 10 * scale
                label = fonts.shortened(tile.label, Face.REGULAR, 8 * scale, inner)
                pen.text(text, y + 17 * scale, label, 8 * scale, ink=ink_tokens.MUTED)
                pen.text(text, y + 39 * scale, tile.value, size, Face.BOLD, ink_tokens.ACCENT)
                note = fonts.shortened(tile.note, Face.REGULAR, 7.5 * scale, inner)
                pen.text(text, y + 55 * scale, note, 7.5 * scale, ink=ink_tokens.MUTED)

        return [Piece(high + 10 * scale, draw)]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with values, one a line; the last may be ruled off as the sum.

    Attributes:
        pairs: label and formatted value.
        strong: how many at the end are ruled and bold.
        size: of the text, in points.
    """

    pairs: tuple[tuple[str, str], ...]
    strong: int = 0
    size: float = 9.0

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        size = self.size * scale
        first_strong = len(self.pairs) - self.strong
        return [
            self._piece(
                pair, size, width, strong=index >= first_strong, ruled=index == first_strong
            )
            for index, pair in enumerate(self.pairs)
        ]

    @staticmethod
    def _piece(
        pair: tuple[str, str], size: float, width: float, *, strong: bool, ruled: bool
    ) -> Piece:
        label, value = pair
        face = Face.BOLD if strong else Face.REGULAR
        room = max(width * 0.3, width - fonts.width(value, face, size) - 8)
        lines = fonts.wrapped(label, face, size, room)
        above = 3.0 if ruled else 0.0

        def draw(pen: Pen, x: float, y: float) -> None:
            if ruled:
                pen.line(x, y + 1, x + width, y + 1, ink_tokens.RULE, 0.7)
            ink = ink_tokens.BLACK if strong else ink_tokens.MUTED
            for index, line in enumerate(lines):
                pen.text(x, y + above + size * (1.1 + 1.35 * index), line, size, face, ink)
            pen.text(x + width, y + above + size * 1.1, value, size, face, align=Align.END)

        return Piece(above + size * (1.5 + 1.35 * (len(lines) - 1)), draw, with_next=True)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One identity with both of its sides.

    Attributes:
        title: what must equal what.
        left: formatted.
        right: formatted.
        difference: formatted, "" when it holds.
        holds: whether the sides agree.
        detail: where each side comes from, and what to do when they differ.
    """

    title: str
    left: str
    right: str
    difference: str
    holds: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Checks:
    """Identities, each with a tick or a cross, its two figures and where they come from.

    Attributes:
        lines: the identities.
        headings: translated: identity, left, right.
        says: translated: "holds" and "differs by {difference}" written beside tick and cross.
    """

    lines: tuple[CheckLine, ...]
    headings: tuple[str, str, str]
    says: tuple[str, str]

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        size, small, figure = 9.0 * scale, 7.5 * scale, 88.0 * scale
        word = max(fonts.width(says, Face.BOLD, small) for says in self.says[:1])
        room = width - 2 * figure - 20 * scale
        right, left = width, width - figure

        def head(pen: Pen, x: float, y: float) -> None:
            base = y + 10 * scale
            pen.text(x + 18 * scale, base, self.headings[0], small, ink=ink_tokens.MUTED)
            for at, text in ((left, self.headings[1]), (right, self.headings[2])):
                pen.text(x + at, base, text, small, ink=ink_tokens.MUTED, align=Align.END)
            pen.line(x, y + 15 * scale, x + width, y + 15 * scale, ink_tokens.RULE, 0.8)

        repeated = Piece(18 * scale, head)
        return [
            self._piece(line, (size, small, room, left, right, width, word), scale, repeated)
            for line in self.lines
        ]

    def _piece(self, line: CheckLine, sizes: tuple[float, ...], scale: float, head: Piece) -> Piece:
        size, small, room, left, right, width, _word = sizes
        title = fonts.wrapped(line.title, Face.BOLD, size, room)
        detail = fonts.wrapped(line.detail, Face.REGULAR, small, room) if line.detail else []
        high = len(title) * size * 1.4 + len(detail) * small * 1.4 + 11 * scale
        says = self.says[0] if line.holds else self.says[1].format(difference=line.difference)

        def draw(pen: Pen, x: float, y: float) -> None:
            top = y + 4 * scale
            pen.tick(x + 2, top + size * 0.25, size * 0.95, holds=line.holds)
            text = x + 18 * scale
            for index, part in enumerate(title):
                pen.text(text, top + size * (1.05 + 1.4 * index), part, size, Face.BOLD)
            below = top + len(title) * size * 1.4
            for index, part in enumerate(detail):
                at = below + small * (1.05 + 1.4 * index)
                pen.text(text, at, part, small, ink=ink_tokens.MUTED)
            for at, value in ((left, line.left), (right, line.right)):
                pen.text(x + at, top + size * 1.05, value, size, align=Align.END)
            ink = ink_tokens.GOOD if line.holds else ink_tokens.BAD
            pen.text(
                x + right, top + size * 1.05 + small * 1.5, says, small, Face.BOLD, ink, Align.END
            )
            pen.line(x, y + high - 1, x + width, y + high - 1)

        return Piece(max(high, 34 * scale), draw, head=head)
