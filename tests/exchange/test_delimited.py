# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from clinicdesk.exchange.delimited import NoSuchFile, Unreadable, lines


def _file(folder: Path, text: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_finds_the_delimiter_in_the_heading(tmp_path: Path, delimiter: str) -> None:
    path = _file(tmp_path, f"a{delimiter}b\n1{delimiter}2\n")
    assert [line.cells for line in lines(path, ("a", "b"))] == [{"a": "1", "b": "2"}]


def test_reads_a_byte_order_mark_quotes_and_blank_lines(tmp_path: Path) -> None:
    path = _file(tmp_path, '\ufeffa,b\r\n"x, ""y""",2\r\n\r\nlast,3\r\n')
    found = list(lines(path, ("a",)))
    assert [line.text("a") for line in found] == ['x, "y"', "last"]
    assert [line.number for line in found] == [2, 4]


def test_names_the_line_of_a_quoted_cell_with_line_breaks(tmp_path: Path) -> None:
    path = _file(tmp_path, 'a,b\n"one\ntwo",x\n3,y\nfour,z\n')
    found = list(lines(path, ("a",)))
    assert found[-1].number == 5
    with pytest.raises(Unreadable) as caught:
        found[-1].whole("a")
    assert "line 5" in str(caught.value)
    assert "four" in str(caught.value)


def test_says_which_column_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="the column c is missing"):
        list(lines(_file(tmp_path, "a,b\n1,2\n"), ("a", "c")))


def test_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile, match=r"gone\.csv"):
        list(lines(tmp_path / "gone.csv", ("a",)))


def test_refuses_a_line_of_another_width(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"line 3: 3 values where 2"):
        list(lines(_file(tmp_path, "a,b\n1,2\n1,2,3\n"), ("a",)))


def test_refuses_what_is_not_text(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="UTF-8"):
        list(lines(_file(tmp_path, b"a,b\n\xff\xfe,2\n"), ("a",)))


def test_refuses_a_gzip_bomb_at_the_limit(tmp_path: Path) -> None:
    path = _file(tmp_path, gzip.compress(b"a,b\n" + b"1,2\n" * 100_000), "a.csv.gz")
    with pytest.raises(Unreadable, match="too big"):
        list(lines(path, ("a",), max_bytes=10_000))


@pytest.mark.parametrize("cut", [10, 40])
def test_refuses_a_cut_off_gzip(tmp_path: Path, cut: int) -> None:
    packed = gzip.compress(b"a,b\n" + bytes(range(48, 58)) * 50 + b",2\n")
    with pytest.raises(Unreadable):
        list(lines(_file(tmp_path, packed[:cut], "a.csv.gz"), ("a",)))


@pytest.mark.parametrize(
    ("text", "decimals", "minor"), [("85.55", 2, 8555), ("85.5", 2, 8550), ("", 2, 0), ("7", 0, 7)]
)
def test_reads_amounts_as_whole_minor_units(
    tmp_path: Path, text: str, decimals: int, minor: int
) -> None:
    (line,) = lines(_file(tmp_path, f"a,b\n{text},x\n"), ("a",))
    assert line.minor("a", decimals) == minor


@pytest.mark.parametrize("text", ["85.555", "1e99", "NaN", "Infinity", "five", "1,5"])
def test_never_rounds_or_guesses_an_amount(tmp_path: Path, text: str) -> None:
    (line,) = lines(_file(tmp_path, f'a,b\n"{text}",x\n'), ("a",))
    with pytest.raises(Unreadable, match="is not an amount"):
        line.minor("a", 2)
