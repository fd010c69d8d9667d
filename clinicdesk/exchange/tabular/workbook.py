# SPDX-License-Identifier: Apache-2.0
"""XLSX: the first sheet that has anything on it, read through openpyxl.

The container is measured before the library sees it: every part is unpacked once, counted and
thrown away, so a bomb ends at the limit whatever sizes it declares. Macros, doctype declarations
and encryption are refused. Formulas are never evaluated: what a spreadsheet program kept as their
result is read, and a formula without one is an empty cell.
"""

from __future__ import annotations

import os
import re
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

from clinicdesk.exchange.delimited import Unreadable
from clinicdesk.exchange.tabular.words import Cell, Limits, Record, TooBig, Unsafe
from clinicdesk.wording.text import N_, Term, _, ngettext

_CHUNK: Final = 1 << 16
_FREE: Final = 1 << 20  # a part below this size may be packed as tightly as it likes
_PARTS: Final = 5_000
_BATCH: Final = 500
_WIDEST: Final = 16_384
_ALL_CELLS: Final = 30_000_000
_DOCTYPES: Final = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_BARE: Final = re.compile(rb"(?:</f>|<f[^<>]{0,60}/>)(?:<v\s?/>|<v></v>)?</c>")
_ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
)


class WorkbookTable:
    """A sheet of a workbook."""

    ending = ".xlsx"

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self.path = path
        self._limits = limits or Limits()
        self._without_result = _measure(path, self._limits)
        self._sheet = self._filled_sheet()

    @property
    def told(self) -> str:
        """Name of the sheet, for a person."""
        told = _("Spreadsheet, sheet {name}").format(name=self._sheet)
        if self._without_result:
            words = ngettext(
                "{n} formula without a result is read as empty: save it once in the spreadsheet",
                "{n} formulas without a result are read as empty: save it once in the spreadsheet",
                self._without_result,
            )
            told += f" · {words.format(n=self._without_result)}"
        return told

    def records(self) -> Iterator[Record]:
        """Yield the rows; see ``Table``."""
        for count, record in enumerate(self._rows(self._sheet)):
            if count > self._limits.rows:
                raise TooBig(file=self.path.name, what=Term(N_("it has too many lines")))
            yield record

    def write(self, path: Path, rows: Sequence[Sequence[Cell]]) -> None:
        """Write rows as a workbook of one sheet; text stays text, whatever it begins with."""
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell

        book = Workbook(write_only=True)
        sheet = book.create_sheet(self._sheet[:31] or "1")
        for row in rows:
            cells = []
            for value in row:
                cell = WriteOnlyCell(sheet, value=_storable(value))
                if isinstance(value, str):
                    cell.data_type = "s"  # never a formula
                cells.append(cell)
            sheet.append(cells)
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=".", delete=False) as file:
            book.save(file)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)

    def _filled_sheet(self) -> str:
        with self._opened() as book:
            names = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for name in names:
            if next(self._rows(name), None) is not None:
                return str(name)
        raise Unreadable(N_("{file} is empty."), file=self.path.name, line=0)

    def _rows(self, name: str) -> Iterator[Record]:
        seen = 0
        with self._opened() as book:
            sheet = book[name]
            sheet.reset_dimensions()  # a declared size is a claim
            rows = sheet.iter_rows(values_only=True)
            line = 0
            while batch := self._batch(rows):
                for values in batch:
                    line += 1
                    seen += len(values)
                    if len(values) > _WIDEST or seen > _ALL_CELLS:
                        raise TooBig(file=self.path.name, what=Term(N_("it has too many cells")))
                    record = Record(line, tuple(_cell(value) for value in _trimmed(values)))
                    if record.is_blank:
                        continue
                    if len(record.cells) > self._limits.columns:
                        what = Term(N_("it has too many columns"))
                        raise TooBig(file=self.path.name, what=what)
                    yield record

    def _batch(self, rows: Iterator[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Take some rows; what openpyxl warns of is nobody's business here."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return list(islice(rows, _BATCH))
            except _DAMAGE as failure:
                raise self._damaged() from failure

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        """Open the book; the file is closed however that ends, which openpyxl does not promise."""
        from openpyxl import load_workbook

        with self.path.open("rb") as file:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
                except _DAMAGE as failure:
                    raise self._damaged() from failure
            try:
                yield book
            finally:
                book.close()

    def _damaged(self) -> Unreadable:
        return Unreadable(
            N_("{file} is no spreadsheet, or is damaged."), file=self.path.name, line=0
        )


# What openpyxl lets through from a file that is not what it says.
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, SyntaxError, OSError, EOFError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, OverflowError, NotImplementedError,
)  # fmt: skip


def _measure(path: Path, limits: Limits) -> int:
    """Unpack every part once, keeping nothing, and refuse what is too big or unsafe.

    Returns how many formulas have no kept result.
    """
    name, total, bare = path.name, 0, 0
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if len(parts) > _PARTS:
                raise TooBig(file=name, what=Term(N_("it has too many parts")))
            for part in parts:
                lowered = part.filename.lower()
                if "vba" in lowered or "macrosheets" in lowered:
                    raise Unsafe(file=name, what=Term(N_("it carries macros")))
                if part.flag_bits & 1:
                    raise Unsafe(file=name, what=Term(N_("it is locked by a password")))
                size, formulas = _unpacked(
                    packed, part, limits.unpacked_bytes - total, name, limits
                )
                total, bare = total + size, bare + formulas
            if "[Content_Types].xml" not in packed.namelist():
                raise Unsafe(file=name, what=Term(N_("it is no spreadsheet")))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        raise Unreadable(
            N_("{file} is no spreadsheet, or is damaged."), file=name, line=0
        ) from None
    return bare


def _unpacked(
    packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, name: str, limits: Limits
) -> tuple[int, int]:
    """Return the size of a part, and its formulas without a result."""
    size, bare, tail = 0, 0, b""
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    with packed.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            tight = size > _FREE and size > part.compress_size * limits.part_ratio
            if size > left or tight:
                raise TooBig(file=name, what=Term(N_("it unpacks to more than a list has")))
            if not is_xml:
                continue
            window = tail + chunk
            # A doctype stands before everything else.
            if size <= 2 * _CHUNK and any(mark in window for mark in _DOCTYPES):
                raise Unsafe(file=name, what=Term(N_("it declares a doctype")))
            bare += sum(1 for found in _BARE.finditer(window) if found.end() > len(tail))
            tail = chunk[-32:]
    return size, bare


def _trimmed(values: tuple[Any, ...]) -> tuple[Any, ...]:
    end = len(values)
    while end and values[end - 1] in {None, ""}:
        end -= 1
    return values[:end]


def _cell(value: Any) -> Cell:
    """Say a cell in our types; a number or day stays one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(round(value, 10)))  # 0.1 + 0.2 is what somebody meant by 0.3
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date() if is_day else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, timedelta):
        return str(value)
    text = str(value)
    return "" if text in _ERRORS else text


def _storable(value: Cell) -> Cell:
    """Leave out control characters, which a workbook cannot hold."""
    if isinstance(value, str):
        return "".join(sign for sign in value if sign >= " " or sign in "\n\t\r")
    return value
