# SPDX-License-Identifier: Apache-2.0
"""Tables of other programs: encodings, delimiters, spreadsheets, and what is refused."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from clinicdesk.exchange.delimited import NoSuchFile, Unreadable
from clinicdesk.exchange.tabular import Cell, Limits, TooBig, Unsafe, as_text, open_table
from clinicdesk.exchange.tabular.text_file import TextTable

_CALM = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_HEADS = ["Nachname", "Größe", "Prénom"]
_ROW = ["Müller", "1,80", "Zoë"]


def _texts(path: Path, limits: Limits | None = None) -> list[list[str]]:
    table = open_table(path, limits)
    return [[as_text(cell) for cell in record.cells] for record in table.records()]


def _sheet(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_encoding_and_delimiter_are_found_in_the_content(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([_HEADS, _ROW, _ROW])
    path = tmp_path / "list.dat"
    path.write_bytes(text.getvalue().encode(encoding))
    assert _texts(path) == [_HEADS, _ROW, _ROW]


def test_a_comma_in_amounts_does_not_part_a_list_of_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Code;Preis\n1;12,50\n2;1.234,00\n3;7,00\n", "utf-8")
    assert _texts(path)[1] == ["1", "12,50"]


def test_excels_own_first_line_names_the_delimiter_and_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=|\na|b,c\n1|2,3\n", "utf-8")
    table = open_table(path)
    assert [record.line for record in table.records()] == [2, 3]
    assert _texts(path) == [["a", "b,c"], ["1", "2,3"]]


def test_a_cell_of_several_lines_is_told_by_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,"x\ny"\n2,z\n', "utf-8")
    assert [record.line for record in open_table(path).records()] == [1, 2, 4]


def test_bytes_of_no_encoding_name_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b\nM\xfcller;\x81\n")
    with pytest.raises(Unreadable, match="Windows-1252"):
        _texts(path)


def test_a_sheet_gives_numbers_days_and_texts_as_what_they_are(tmp_path: Path) -> None:
    path = _sheet(
        tmp_path / "a.xlsx",
        [["id", "born", "price", "phone"], [7, date(1980, 3, 4), 12.5, "=0+1"], [None, None, None]],
    )
    rows = list(open_table(path).records())
    assert len(rows) == 2, "a blank row is none"
    assert rows[1].cells[:3] == (Decimal(7), date(1980, 3, 4), Decimal("12.5"))


def test_a_formula_is_never_evaluated(tmp_path: Path) -> None:
    path = _sheet(tmp_path / "a.xlsx", [["a", "b"], ["x", "=1+1"]])
    assert _texts(path) == [["a", "b"], ["x"]], "no result was kept, so there is none"
    assert "1 formula without a result" in open_table(path).told
    assert "formula" not in open_table(_sheet(tmp_path / "b.xlsx", [["a"], [1]])).told


def test_the_first_sheet_with_anything_on_it_is_read(tmp_path: Path) -> None:
    book = Workbook()
    filled = book.create_sheet("Patienten")
    filled.append(["a", "b"])
    book.save(tmp_path / "a.xlsx")
    table = open_table(tmp_path / "a.xlsx")
    assert "Patienten" in table.told


def _packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
    return path


def test_a_bomb_ends_at_the_limit(tmp_path: Path) -> None:
    bomb = _packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": bytes(64 << 20)})
    assert bomb.stat().st_size < 100_000
    with pytest.raises(TooBig):
        open_table(bomb)


def test_many_parts_that_are_small_each_end_at_the_limit_together(tmp_path: Path) -> None:
    body = bytes(range(256)) * 2_000
    bomb = _packed(tmp_path / "a.xlsx", {f"xl/{n}.bin": body for n in range(40)})
    with pytest.raises(TooBig):
        open_table(bomb, Limits(unpacked_bytes=10 << 20))


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"xl/vbaProject.bin": b"x"}, "macros"),
        ({"xl/macrosheets/sheet1.xml": b"x"}, "macros"),
        ({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "doctype"),
        ({"xl/workbook.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, "doctype"),
        ({"word/document.xml": b"<a/>"}, "no spreadsheet"),
    ],
)
def test_what_a_list_never_needs_is_refused_plainly(
    tmp_path: Path, parts: dict[str, bytes], what: str
) -> None:
    with pytest.raises(Unsafe, match=what):
        open_table(_packed(tmp_path / "a.xlsx", parts))


@pytest.mark.parametrize(
    ("head", "what"), [(b"\xd0\xcf\x11\xe0\xa1\xb1", "old or a locked"), (b"%PDF-1.7", "PDF")]
)
def test_files_that_are_no_tables_are_named(tmp_path: Path, head: bytes, what: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(head + bytes(100))
    with pytest.raises(Unsafe, match=what):
        open_table(path)


def test_nothing_and_nobody_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    with pytest.raises(Unreadable, match="empty"):
        open_table(tmp_path / "empty.csv")
    with pytest.raises(NoSuchFile):
        open_table(tmp_path / "gone.csv")


@pytest.mark.parametrize(
    "limits", [Limits(rows=5), Limits(columns=2), Limits(cell_characters=3), Limits(file_bytes=20)]
)
def test_each_limit_holds_for_text(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n" + "1234,2,3\n" * 9, "utf-8")
    with pytest.raises(TooBig):
        _texts(path, limits)


@pytest.mark.parametrize("limits", [Limits(rows=5), Limits(columns=2)])
def test_each_limit_holds_for_sheets(tmp_path: Path, limits: Limits) -> None:
    path = _sheet(tmp_path / "a.xlsx", [["a", "b", "c"]] * 10)
    with pytest.raises(TooBig):
        _texts(path, limits)


def test_a_line_without_end_is_not_taken_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" + b"x" * (4 << 20))
    with pytest.raises(Unreadable):
        _texts(path)


@_CALM
@given(st.binary(min_size=1, max_size=400))
@example(b"PK\x03\x04" + bytes(40))
@example(b"\xff\xfea")
def test_any_bytes_are_a_table_or_a_refusal(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(body)
    try:
        for record in open_table(path).records():
            assert record.line >= 1
    except Unreadable as refusal:
        assert refusal.fields["file"] == "any.csv"  # noqa: PT017 -- either is right


@_CALM
@given(st.data())
def test_a_damaged_spreadsheet_is_a_table_or_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    body = bytearray(_sheet(tmp_path / "good.xlsx", [["a", "b"], ["c", 1]]).read_bytes())
    for _time in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, 9_999)) % len(body)  # the stamps in it change its size
        body[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "bad.xlsx"
    path.write_bytes(bytes(body))
    try:
        list(open_table(path).records())
    except Unreadable as refusal:
        assert refusal.fields["file"] == "bad.xlsx"  # noqa: PT017 -- either is right


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co"]),
    min_size=1,
    max_size=12,
)


@_CALM
@given(st.lists(st.lists(_WORDS, min_size=3, max_size=3), min_size=2, max_size=8))
@example([["=1+1", "+2", "@x"], ["'a", "-b", "ﬁ"]])
def test_what_is_written_is_read_again(tmp_path: Path, rows: list[list[str]]) -> None:
    seed = tmp_path / "seed.csv"
    seed.write_text("a;b;c\n1;2;3\n", "utf-8")
    sheet = _sheet(tmp_path / "seed.xlsx", [["a"]])
    for source, name in ((seed, "out.csv"), (sheet, "out.xlsx")):
        cells: list[list[Cell]] = [[*row] for row in (["h1", "h2", "h3"], *rows)]
        open_table(source).write(tmp_path / name, cells)
        assert _texts(tmp_path / name) == [["h1", "h2", "h3"], *rows]


def test_an_encoding_that_lacks_a_letter_gives_way_to_one_that_has_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Größe;b\n1;2\n".encode("cp1252"))
    TextTable(path).write(tmp_path / "b.csv", [["Größe", "理由"]])
    assert _texts(tmp_path / "b.csv") == [["Größe", "理由"]]
