# SPDX-License-Identifier: Apache-2.0
"""Sheets: paper sizes, page breaks, the clinic's head on top and the foot with the page numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from io import BytesIO
from typing import Protocol

from clinicdesk import __version__
from clinicdesk.kernel.columns import Align
from clinicdesk.printing import fonts, ink_tokens
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.pen import Pen
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Size:
    """A paper.

    Attributes:
        width: in points.
        height: in points; None for a roll, cut where the text ends.
        margin: left and right, in points.
        scale: of the text, 1 = A4.
    """

    width: float
    height: float | None
    margin: float
    scale: float = 1.0


class Paper(Enum):
    """The papers a clinic has in its printers."""

    A4 = Size(210 * MM, 297 * MM, 18 * MM)
    LETTER = Size(612, 792, 18 * MM)
    A4_LANDSCAPE = Size(297 * MM, 210 * MM, 15 * MM)
    LETTER_LANDSCAPE = Size(792, 612, 15 * MM)
    A5 = Size(148 * MM, 210 * MM, 12 * MM, 0.9)
    ROLL_80 = Size(80 * MM, None, 4 * MM, 0.9)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends the paper.

    Attributes:
        name: of the clinic.
        lines: address, phone, tax number; each already worded.
        demo: marks every page, the people are invented.
    """

    name: str
    lines: tuple[str, ...] = ()
    demo: bool = False

    @classmethod
    def of(
        cls, formats: Formats, *, name: str, address: str, phone: str, tax_number: str, demo: bool
    ) -> Letterhead:
        """Word the clinic's own row for a reader."""
        lines = [", ".join(line.strip() for line in address.splitlines() if line.strip())]
        if phone:
            lines.append(formats.say(N_("Tel. {phone}"), {"phone": phone}))
        if tax_number:
            lines.append(formats.say(N_("Tax no. {number}"), {"number": tax_number}))
        return cls(name, tuple(line for line in lines if line), demo)


def printed_foot(formats: Formats, at: datetime, who: str) -> str:
    """Word the foot of a paper that is no sealed one: when it was printed and by whom."""
    fields = {"when": at, "who": who, "version": __version__}
    return formats.say(N_("Printed {when} by {who} · ClinicDesk {version}"), fields)


@dataclass(frozen=True, slots=True)
class Piece:
    """What stays together on a page.

    Attributes:
        height: in points.
        draw: called with the pen and the top left corner.
        with_next: never last on a page.
        head: drawn above it when it is the first of its table on a page.
    """

    height: float
    draw: Callable[[Pen, float, float], None]
    with_next: bool = False
    head: Piece | None = None


class Block(Protocol):
    """Something that can be set into a column of a given width."""

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        """Return its parts from top to bottom."""
        ...


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Begins a new page.

    Attributes:
        paper: size of the pages from here on, None to keep it.
    """

    paper: Paper | None = None

    def pieces(self, width: float, scale: float) -> Sequence[Piece]:
        return ()


@dataclass(frozen=True, slots=True)
class _Placed:
    piece: Piece
    top: float


@dataclass(slots=True)
class _Page:
    size: Size
    bottom: float
    placed: list[_Placed] = field(default_factory=list)
    tables: set[int] = field(default_factory=set)  # heads already standing on it


class Sheet:
    """A paper in the making.

    Attributes:
        title: of the document, for its properties and the running head.
        formats: the reader's.
    """

    def __init__(
        self,
        paper: Paper,
        title: str,
        letterhead: Letterhead,
        formats: Formats,
        *,
        foot: str = "",
        watermark: str = "",
        running_head: bool = True,
    ) -> None:
        """Begin a sheet.

        Args:
            paper: size and margins.
            title: document title.
            letterhead: who sends it.
            formats: the reader's language and formats.
            foot: stands beside the page number: when and by whom it was printed or sealed.
            watermark: translated word across each page: a draft, a copy.
            running_head: clinic and title small on top of each page; off where the first page
                carries the whole letterhead.
        """
        fonts.register()
        self.title = title
        self.formats = formats
        self._size = paper.value
        self._letterhead = letterhead
        self._foot = foot
        demo = formats.word(N_("DEMO")) if letterhead.demo else ""
        self._watermark = " · ".join(word for word in (watermark, demo) if word)
        self._running_head = running_head and paper is not Paper.ROLL_80
        self._blocks: list[Block] = []

    def add(self, *blocks: Block) -> Sheet:
        """Add blocks below what is there."""
        self._blocks.extend(blocks)
        return self

    def render(self, step: Callable[[int, int], None] = lambda _done, _whole: None) -> bytes:
        """Return the PDF; ``step`` is told each page and may raise to stop."""
        from reportlab.pdfgen.canvas import Canvas

        pages = self._paged()
        out = BytesIO()
        canvas = Canvas(
            out, invariant=1, pageCompression=1, lang=self.formats.language.replace("_", "-")
        )
        canvas.setTitle(self.title)
        canvas.setAuthor(self._letterhead.name)
        canvas.setCreator("ClinicDesk")
        canvas.setSubject(self._foot)
        for number, page in enumerate(pages, start=1):
            height = page.size.height or page.bottom + 2 * page.size.margin
            canvas.setPageSize((page.size.width, height))
            pen = Pen(canvas, page.size.width, height, mirrored=self.formats.right_to_left)
            if self._watermark:
                pen.watermark(self._watermark)
            if page.size.height is not None:
                self._draw_margins(pen, page.size, number, len(pages))
            for placed in page.placed:
                placed.piece.draw(pen, page.size.margin, placed.top)
            pen.finish()
            canvas.showPage()
            step(number, len(pages))
        canvas.save()
        return out.getvalue()

    # ── pages ────────────────────────────────────────────────────────────────────────────────

    def _page(self, size: Size) -> _Page:
        if size.height is None:
            return _Page(size, size.margin)
        return _Page(size, 22 * MM if self._running_head else 12 * MM)

    def _paged(self) -> list[_Page]:
        pages = [self._page(self._size)]
        chain: list[Piece] = []  # goes on from one block to the next: a heading and its table
        for block in self._blocks:
            if isinstance(block, PageBreak):
                self._place(pages, chain)
                chain = []
                size = block.paper.value if block.paper else pages[-1].size
                if pages[-1].placed or size != pages[-1].size:
                    fresh = self._page(size)
                    pages = [*pages, fresh] if pages[-1].placed else [*pages[:-1], fresh]
                continue
            size = pages[-1].size
            for piece in block.pieces(size.width - 2 * size.margin, size.scale):
                chain.append(piece)
                if not piece.with_next:
                    self._place(pages, chain)
                    chain = []
        self._place(pages, chain)
        return pages

    def _place(self, pages: list[_Page], chain: Sequence[Piece]) -> None:
        """Set a chain, which no page break may part, onto the last page or a new one."""
        if not chain:
            return
        page = pages[-1]
        if page.placed and page.bottom + _needed(page, chain) > _lowest(page):
            page = self._page(page.size)
            pages.append(page)
        for piece in chain:
            if page.placed and page.bottom + piece.height > _lowest(page):
                page = self._page(page.size)  # the chain is longer than a page
                pages.append(page)
            if piece.head is not None and id(piece.head) not in page.tables:
                page.tables.add(id(piece.head))
                page.placed.append(_Placed(piece.head, page.bottom))
                page.bottom += piece.head.height
            page.placed.append(_Placed(piece, page.bottom))
            page.bottom += piece.height

    def _draw_margins(self, pen: Pen, size: Size, number: int, count: int) -> None:
        left, right, height = size.margin, size.width - size.margin, pen.page_height
        small = 7.5
        if self._running_head:
            pen.text(left, 13 * MM, self._letterhead.name, small, Face.BOLD, ink_tokens.MUTED)
            pen.text(right, 13 * MM, self.title, small, ink=ink_tokens.MUTED, align=Align.END)
            pen.line(left, 15.5 * MM, right, 15.5 * MM)
        base = height - 10 * MM
        pen.line(left, base - 4 * MM, right, base - 4 * MM)
        of = self.formats.say(N_("Page {x} of {y}"), {"x": number, "y": count})
        pen.text(right, base, of, small, ink=ink_tokens.MUTED, align=Align.END)
        room = right - left - fonts.width(of, Face.REGULAR, small) - 12
        foot = fonts.shortened(self._foot, Face.REGULAR, small, room)
        pen.text(left, base, foot, small, ink=ink_tokens.MUTED)


def _lowest(page: _Page) -> float:
    return float("inf") if page.size.height is None else page.size.height - 17 * MM


def _needed(page: _Page, chain: Sequence[Piece]) -> float:
    heads = {id(p.head): p.head.height for p in chain if p.head is not None}
    missing = sum(height for key, height in heads.items() if key not in page.tables)
    return missing + sum(piece.height for piece in chain)
