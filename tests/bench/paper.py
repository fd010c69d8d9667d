# SPDX-License-Identifier: Apache-2.0
"""W6: the month end as a pack of forty pages, beside a bare canvas of as many pages and rows."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import cycle, islice
from typing import Any

from pypdf import PdfReader
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from clinicdesk.closing.model import AgingRow, MonthEnd
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.places import resource
from tests.bench.pairs import Measured, measure
from tests.bench.place import Place

_PAGES = 40
_CHARTS = 6
_FONT = "bench-text"
_EDGES = (36, 76, 210, 290, 350, 410, 470, 530, 560)


def _pages(body: bytes) -> int:
    return len(PdfReader(BytesIO(body)).pages)


def packing(place: Place, pairs: int = 7) -> Measured:
    """Return the figures; the list of debts is cut or repeated until the pack has its pages."""
    closing, actor = place.clinic.closing, place.actor
    formats = closing.formats()
    report = closing.month_end(Month.of(place.today).previous, actor)
    own = report.aging

    def pack(rows: int) -> MonthEnd:
        return replace(report, aging=tuple(islice(cycle(own), rows)))

    few, many = 100, 600
    low = _pages(closing.pdf(pack(few), actor, formats))
    high = _pages(closing.pdf(pack(many), actor, formats))
    chosen = pack(few + max(0, _PAGES - low) * (many - few) // max(1, high - low))
    pages = _pages(closing.pdf(chosen, actor, formats))
    with resource("fonts/NotoSans-Regular.ttf").open("rb") as face:
        pdfmetrics.registerFont(TTFont(_FONT, BytesIO(face.read())))

    def same(ours: Any, limit: Any) -> bool:
        return (
            isinstance(ours, bytes) and isinstance(limit, bytes) and _pages(ours) == _pages(limit)
        )

    return measure(
        f"W6 month end, {pages} pages, {len(chosen.aging)} rows",
        lambda: closing.pdf(chosen, actor, formats),
        lambda: bare(chosen.aging, pages),
        bar=2.5,
        same=same,
        pairs=pairs,
    )


def bare(rows: tuple[AgingRow, ...], pages: int) -> bytes:
    """Draw the same rows by the hand of the library, nine columns, on as many pages."""
    target = BytesIO()
    canvas = Canvas(target, pagesize=A4)
    tables = pages - _CHARTS
    each = -(-len(rows) // tables)
    for page in range(tables):
        canvas.setFont(_FONT, 7.5)
        for line, row in enumerate(rows[page * each : (page + 1) * each]):
            y = 790 - line * (740 / max(each, 1))
            canvas.drawString(_EDGES[0], y, row.account)
            canvas.drawString(_EDGES[1], y, row.name)
            canvas.drawString(_EDGES[2], y, row.phone)
            for edge, minor in zip(_EDGES[4:], row.buckets, strict=True):
                canvas.drawRightString(edge, y, f"{minor / 100:,.2f}")
            canvas.line(36, y - 2, 560, y - 2)
        canvas.showPage()
    for page in range(_CHARTS):
        canvas.setFont(_FONT, 9)
        for bar in range(24):
            height = 40 + (bar * 37 + page * 11) % 300
            canvas.rect(60 + bar * 20, 300, 14, height, fill=1)
            canvas.drawCentredString(67 + bar * 20, 286, str(bar + 1))
            canvas.line(60 + bar * 20, 300 + height, 80 + bar * 20, 320 + height)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
