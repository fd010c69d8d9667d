# SPDX-License-Identifier: Apache-2.0
"""Sheets: pages, heads, totals, letters of every script, the same bytes each time."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from clinicdesk.kernel.charts import Chart, ChartKind, Series
from clinicdesk.kernel.columns import Column, Kind
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.printing import fonts, preview
from clinicdesk.printing.blocks import ChartBlock, Heading, Paragraph, Table
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.sheet import Letterhead, PageBreak, Paper, Sheet, printed_foot
from clinicdesk.printing.spool import CannotWrite, write_whole
from clinicdesk.wording.formats import Formats

FORMATS = Formats("en", "GB", Currency.of("GBP"), ClinicZone("Europe/London"))
CLINIC = Letterhead("Maple Clinic", ("1 High Street",))


@dataclass(frozen=True)
class Row:
    name: str
    amount_minor: int


COLUMNS: tuple[Column[Row], ...] = (
    Column("name", "Name", lambda row: row.name),
    Column("amount", "Amount", lambda row: row.amount_minor, Kind.MONEY, total=True),
)


def a_sheet(
    paper: Paper = Paper.A4, *, letterhead: Letterhead = CLINIC, watermark: str = ""
) -> Sheet:
    """Return an empty sheet."""
    foot = printed_foot(FORMATS, datetime(2026, 11, 25, 10, 22, tzinfo=UTC), "RB")
    return Sheet(paper, "A list", letterhead, FORMATS, foot=foot, watermark=watermark)


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_long_table_repeats_its_head_and_ends_with_the_total() -> None:
    rows = [Row(f"Person {n}", n * 100) for n in range(200)]
    pages = texts(a_sheet().add(Table(COLUMNS, rows, FORMATS, has_totals=True)).render())
    assert len(pages) > 3
    assert all("Name" in page and "Amount" in page for page in pages)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert "19,900.00" in pages[-1]
    assert "Person 199" in pages[-1], "the total never stands alone"


@pytest.mark.parametrize("count", range(30, 60))
def test_every_row_is_printed_once_and_a_total_never_stands_alone(count: int) -> None:
    rows = [Row(f"P{n:03}.", 100) for n in range(count)]
    pages = texts(a_sheet().add(Table(COLUMNS, rows, FORMATS, has_totals=True)).render())
    assert "".join(pages).count("P0") == count
    assert f"P{count - 1:03}." in pages[-1]


@pytest.mark.parametrize("count", range(36, 48))
def test_a_heading_stands_with_what_it_is_above_of(count: int) -> None:
    sheet = a_sheet()
    for number in range(count):
        sheet.add(Paragraph(f"line {number}"))
    sheet.add(Heading("Owing", level=2), Table(COLUMNS, [Row("Ada", 1)], FORMATS))
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(sheet.render())).pages]
    (page,) = [text for text in pages if "Owing" in text]
    assert "Ada" in page


def test_the_same_content_gives_the_same_bytes() -> None:
    rows = [Row("Ada", 5)]
    one, two = (a_sheet().add(Table(COLUMNS, rows, FORMATS)).render() for _ in range(2))
    assert one == two


def test_only_our_own_fonts_are_in_it_and_they_are_embedded() -> None:
    pdf = (
        a_sheet()
        .add(Heading("Names"), Paragraph("Zoë محمد דוד नाम ไทย 王秀英 山田花子 김민준"))
        .render()
    )
    found = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            described = font.get_object()
            found.add(str(described["/BaseFont"]))
            if "/FontDescriptor" in described:
                assert "/FontFile2" in described["/FontDescriptor"]
    used = {name for name in found if "Noto" in name or "Droid" in name}
    assert len(used) == 7


def test_letters_of_other_scripts_are_set_in_fonts_that_have_them() -> None:
    used = [font for font, _ in fonts.runs("Ada محمد", Face.BOLD)]
    assert used[0] == "NotoSans-Bold"
    assert "NotoSansArabic-Bold" in used


def test_a_roll_is_as_long_as_its_text() -> None:
    short, long = (
        PdfReader(io.BytesIO(a_sheet(Paper.ROLL_80).add(*[Paragraph("A line.")] * n).render()))
        for n in (1, 30)
    )
    assert len(long.pages) == 1
    assert long.pages[0].mediabox.height > short.pages[0].mediabox.height + 200


def test_a_page_may_lie_across() -> None:
    sheet = a_sheet().add(Paragraph("one"), PageBreak(Paper.A4_LANDSCAPE), Paragraph("two"))
    pages = PdfReader(io.BytesIO(sheet.render())).pages
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True]


def test_a_demo_clinic_and_a_copy_say_so_on_every_page() -> None:
    demo = Letterhead("Maple Clinic", demo=True)
    sheet = a_sheet(letterhead=demo, watermark="COPY").add(*[Paragraph("Text. " * 99)] * 30)
    pages = texts(sheet.render())
    assert len(pages) > 1
    assert all("COPY · DEMO" in page for page in pages)


def test_a_chart_names_its_values() -> None:
    chart = Chart(
        ChartKind.SORTED_BARS, "Payers", ("Mercury", "Venus"), (Series("x", (100, 90_000)),),
        Kind.MONEY,
    )  # fmt: skip
    (page,) = texts(a_sheet().add(ChartBlock(chart, FORMATS)).render())
    assert page.index("Venus") < page.index("Mercury"), "the longest bar is on top"
    assert "900.00" in page


@pytest.mark.parametrize("kind", ChartKind)
@pytest.mark.parametrize("values", [(0, 0), (None, 5), (-7, 3), (10**9, -(10**9))], ids=str)
def test_every_chart_takes_any_values(kind: ChartKind, values: tuple[int | None, ...]) -> None:
    chart = Chart(kind, "t", ("a", "b"), (Series("x", values), Series("y", values)), Kind.MONEY)
    assert a_sheet().add(ChartBlock(chart, FORMATS)).render()


def test_right_to_left_papers_are_mirrored() -> None:
    mirrored = Formats("ar_XB", "GB", Currency.of("GBP"), ClinicZone("Europe/London"))
    places = {}
    for formats in (FORMATS, mirrored):
        sheet = Sheet(Paper.A4, "t", CLINIC, formats, running_head=False).add(Paragraph("Start"))

        def remember(text, _cm, tm, *_font, right=formats.right_to_left):  # type: ignore[no-untyped-def]
            if text.strip() == "Start":
                places[right] = tm[4]

        PdfReader(io.BytesIO(sheet.render())).pages[0].extract_text(visitor_text=remember)
    assert places[False] < 100
    assert places[True] > 400


def test_the_preview_is_a_picture_of_the_page() -> None:
    pdf = a_sheet().add(Paragraph("Text")).render()
    assert preview.page_count(pdf) == 1
    page = preview.page_image(pdf, 0, dots_per_inch=72)
    assert (page.width, page.height) == (596, 842)
    assert page.png().startswith(b"\x89PNG")
    assert len(set(page.pixels)) > 2


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    write_whole(target, b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    with pytest.raises(CannotWrite):
        write_whole(tmp_path / "no" / "a.pdf", b"x")
