# SPDX-License-Identifier: Apache-2.0
"""Words on paper: letterhead, headings, paragraphs, lines, signatures, blocks side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clinicdesk.kernel.columns import Align
from clinicdesk.printing import fonts, ink_tokens
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.pen import Pen
from clinicdesk.printing.sheet import Block, Letterhead, Piece

_LEADING = 1.38


@dataclass(frozen=True, slots=True)
class Space:
    """Room between blocks.

    Attributes:
        height: in points.
    """

    height: float = 8.0

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        return [Piece(self.height * scale, lambda *_: None, with_next=True)]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across.

    Attributes:
        thick: in points.
        ink: its colour.
    """

    thick: float = 0.5
    ink: str = ink_tokens.HAIRLINE

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        def draw(pen: Pen, x: float, y: float) -> None:
            pen.line(x, y + 3 * scale, x + width, y + 3 * scale, self.ink, self.thick)

        return [Piece(6 * scale, draw, with_next=True)]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text.

    Attributes:
        text: translated.
        size: in points at full scale.
        face: regular, bold or italic.
        ink: its colour.
        align: where its lines stand.
        after: room below, in points.
        with_next: stays on the page of what follows.
    """

    text: str
    size: float = 9.5
    face: Face = Face.REGULAR
    ink: str = ink_tokens.BLACK
    align: Align = Align.START
    after: float = 4.0
    with_next: bool = False

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        size = self.size * scale
        lines = fonts.wrapped(self.text, self.face, size, width)
        return [
            Piece(
                size * _LEADING + (self.after * scale if last else 0.0),
                self._line(line, size, width),
                with_next=self.with_next or (not last and len(lines) < 8),
            )
            for line, last in ((line, n == len(lines)) for n, line in enumerate(lines, start=1))
        ]

    def _line(self, line: str, size: float, width: float) -> Callable[[Pen, float, float], None]:
        at = {Align.START: 0.0, Align.CENTER: width / 2, Align.END: width}[self.align]

        def draw(pen: Pen, x: float, y: float) -> None:
            pen.text(x + at, y + size * 1.05, line, size, self.face, self.ink, self.align)

        return draw


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it also becomes an entry of the reader's table of contents.

    Attributes:
        text: translated.
        note: small text at its end, e.g. which date the report goes by.
        level: 1 for a report, 2 for a part of one (no entry).
    """

    text: str
    note: str = ""
    level: int = 1

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        size = (14.0 if self.level == 1 else 10.5) * scale
        above = (10.0 if self.level == 1 else 8.0) * scale
        key = hashlib.sha256(self.text.encode()).hexdigest()[:12]

        def draw(pen: Pen, x: float, y: float) -> None:
            if self.level == 1:
                pen.bookmark(key, self.text, y)
            base = y + above + size
            pen.text(x, base, self.text, size, Face.BOLD, ink_tokens.BLACK)
            if self.note:
                room = width - fonts.width(self.text, Face.BOLD, size) - 14
                small = 8.0 * scale
                note = fonts.shortened(self.note, Face.REGULAR, small, room)
                pen.text(x + width, base, note, small, ink=ink_tokens.MUTED, align=Align.END)

        return [Piece(above + size * 1.55, draw, with_next=True)]


@dataclass(frozen=True, slots=True)
class Head:
    """The whole letterhead, for papers that leave the house.

    Attributes:
        letterhead: who sends it.
        centred: as on a till receipt.
    """

    letterhead: Letterhead
    centred: bool = False

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        align = Align.CENTER if self.centred else Align.START
        blocks: list[Block] = [
            Paragraph(self.letterhead.name, 13, Face.BOLD, align=align, after=1, with_next=True)
        ]
        blocks += [
            Paragraph(line, 8, ink=ink_tokens.MUTED, align=align, after=0, with_next=True)
            for line in self.letterhead.lines
            if line
        ]
        blocks.append(Space(6))
        return [piece for block in blocks for piece in block.pieces(width, scale)]


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks side by side, never parted by a page break.

    Attributes:
        columns: blocks of each column.
        weights: relative widths.
        gap: in points.
    """

    columns: tuple[tuple[Block, ...], ...]
    weights: tuple[int, ...]
    gap: float = 18.0

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        room = width - self.gap * (len(self.columns) - 1)
        placed: list[tuple[float, float, Piece]] = []
        left, tallest = 0.0, 0.0
        for blocks, weight in zip(self.columns, self.weights, strict=True):
            wide, top = room * weight / sum(self.weights), 0.0
            for block in blocks:
                heads: set[int] = set()
                for piece in block.pieces(wide, scale):
                    if piece.head is not None and id(piece.head) not in heads:
                        heads.add(id(piece.head))
                        placed.append((left, top, piece.head))
                        top += piece.head.height
                    placed.append((left, top, piece))
                    top += piece.height
            tallest = max(tallest, top)
            left += wide + self.gap

        def draw(pen: Pen, x: float, y: float) -> None:
            for across, down, piece in placed:
                piece.draw(pen, x + across, y + down)

        return [Piece(tallest, draw)]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on.

    Attributes:
        names: translated words below each line.
    """

    names: tuple[str, ...]

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        gap = 24.0
        wide = (width - gap * (len(self.names) - 1)) / len(self.names)

        def draw(pen: Pen, x: float, y: float) -> None:
            for index, name in enumerate(self.names):
                left = x + index * (wide + gap)
                pen.line(left, y + 34 * scale, left + wide, y + 34 * scale, ink_tokens.BLACK)
                pen.text(left, y + 44 * scale, name, 7.5 * scale, ink=ink_tokens.MUTED)

        return [Piece(52 * scale, draw)]


@dataclass(frozen=True, slots=True)
class Barcode:
    """A machine-readable number, for the slip that comes back with the money.

    Attributes:
        text: ASCII.
    """

    text: str

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        def draw(pen: Pen, x: float, y: float) -> None:
            pen.barcode(x, y + 4 * scale, min(width, 190 * scale), 22 * scale, self.text)
            pen.text(x, y + 36 * scale, self.text, 7.5 * scale, ink=ink_tokens.MUTED)

        return [Piece(42 * scale, draw)]
