# SPDX-License-Identifier: Apache-2.0
"""Delimited text: finds encoding and delimiter, reads and writes.

UTF-8 is believed when the whole file is valid UTF-8: text of another encoding practically never
is. UTF-16 is known by its mark, or by every second byte of the beginning being zero. What is
left is Windows-1252, the encoding of most older programs on Windows; its five unassigned bytes
are a complaint that names the line.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from clinicdesk.exchange.delimited import Unreadable
from clinicdesk.exchange.tabular.words import Cell, Limits, Record, TooBig, as_text
from clinicdesk.wording.text import N_, Term, _

_SAMPLE: Final = 1 << 16
_DELIMITERS: Final = (";", ",", "\t", "|")
_SHOWN: Final = {";": N_("semicolons"), ",": N_("commas"), "\t": N_("tabs"), "|": N_("bars")}
_NAMES: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}
_SEPARATOR_HINT: Final = re.compile(r"^sep=(.)\r?\n?$", re.IGNORECASE)  # Excel's own first line


class TextTable:
    """A delimited text file.

    Attributes:
        encoding: Python's name.
        delimiter: one character.
        ending: of a file written in the same dialect.
    """

    ending = ".csv"

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self.path = path
        self._limits = limits or Limits()
        self.encoding = _encoding(path)
        self._hinted = False
        self.delimiter = self._delimiter()

    @property
    def told(self) -> str:
        """Encoding and delimiter, for a person."""
        words = _("{encoding}, parted by {signs}")
        return words.format(encoding=_NAMES[self.encoding], signs=_(_SHOWN[self.delimiter]))

    def records(self) -> Iterator[Record]:
        """Yield the rows; see ``Table``."""
        name, line, count = self.path.name, 1, 0
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                if self._hinted:
                    file.readline()
                reader = csv.reader(_within(file, name, self._limits), delimiter=self.delimiter)
                before = 0
                for cells in reader:
                    line = before + 1 + self._hinted
                    before = reader.line_num
                    record = Record(line, tuple(cells))
                    if record.is_blank:
                        continue
                    self._check(record)
                    count += 1
                    if count > self._limits.rows + 1:
                        raise TooBig(file=name, what=Term(N_("it has too many lines")))
                    yield record
        except UnicodeError:
            raise Unreadable(
                N_("{file}, line {line}: this is not text in {encoding}."),
                file=name,
                line=line + 1,
                encoding=_NAMES[self.encoding],
            ) from None
        except csv.Error:
            raise Unreadable(
                N_("{file}, line {line}: the quotes or the line are damaged."), file=name, line=line
            ) from None

    def write(self, path: Path, rows: Sequence[Sequence[Cell]]) -> None:
        """Write rows in the same dialect; see ``Table``."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator="\r\n")
        writer.writerows([as_text(cell) for cell in row] for row in rows)
        encoding = "utf-8-sig" if self.encoding == "utf-8" else self.encoding
        try:
            body = text.getvalue().encode(encoding)
        except UnicodeEncodeError:  # the reasons are in the reader's language, not the file's
            body = text.getvalue().encode("utf-8-sig")
        if encoding in {"utf-16-le", "utf-16-be"}:
            body = text.getvalue().encode("utf-16")
        with tempfile.NamedTemporaryFile("wb", dir=path.parent, prefix=".", delete=False) as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)

    def _check(self, record: Record) -> None:
        limits, name = self._limits, self.path.name
        if len(record.cells) > limits.columns:
            raise TooBig(file=name, what=Term(N_("it has too many columns")))
        if any(len(str(cell)) > limits.cell_characters for cell in record.cells):
            raise TooBig(file=name, what=Term(N_("a single cell is longer than any spreadsheet's")))
        if any("\0" in str(cell) for cell in record.cells):
            raise Unreadable(
                N_("{file}, line {line}: this is no text."), file=name, line=record.line
            )

    def _delimiter(self) -> str:
        with self.path.open("rb") as file:
            sample = file.read(_SAMPLE)
        decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        lines = decoder.decode(sample).splitlines(keepends=True)
        if len(sample) == _SAMPLE and len(lines) > 1:
            lines.pop()  # cut off
        hint = _SEPARATOR_HINT.match(lines[0]) if lines else None
        if hint and hint[1] in _DELIMITERS:
            self._hinted = True
            return hint[1]
        return max(_DELIMITERS, key=lambda sign: _fit(lines, sign))


def _fit(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    """Tell how well a delimiter parts the lines: evenly, and into many columns."""
    try:
        rows = [row for row in csv.reader(lines[:200], delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0.0, 0
    if not rows:
        return 0.0, 0
    width, times = Counter(len(row) for row in rows).most_common(1)[0]
    first = len(rows[0])
    if width < 2 and first < 2:
        return 0.0, 0
    return (times / len(rows)) * (1.5 if first == width else 1.0), first


def _within(file: io.TextIOWrapper, name: str, limits: Limits) -> Iterator[str]:
    """Yield lines; an endless one is not taken into memory."""
    longest = limits.columns * limits.cell_characters // 8
    while line := file.readline(longest):
        if len(line) >= longest:
            raise TooBig(file=name, what=Term(N_("a line of it has no end")))
        yield line


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        zeros = head[0::2].count(0), head[1::2].count(0)
        if max(zeros) > len(head) // 5:
            return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while chunk := file.read(1 << 20):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"
