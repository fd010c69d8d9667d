# SPDX-License-Identifier: Apache-2.0
"""Reads delimited text, plain or gzipped, line by line, within limits.

The delimiter is found in the heading line. Rows are handed out as ``Line`` objects that know
where they stand, so that every complaint can name the place.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import BinaryIO

from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

MAX_BYTES = 1 << 30  # unpacked; a gzip bomb ends here
MAX_LINE = 1 << 20
MAX_ROWS = 5_000_000
_DELIMITERS = (",", ";", "\t", "|")


class Unreadable(Refusal):
    """A foreign file does not say what its format promises.

    Attributes:
        fields: ``file``, ``line`` (0 = the file as a whole) and what the wording names.
    """

    wording = N_("{file}, line {line}: this line cannot be read.")


class NoSuchFile(Refusal):
    """A file of the set is missing."""

    wording = N_("{file} is not in the folder {folder}.")


@dataclass(frozen=True, slots=True)
class Line:
    """One data line with its place.

    Attributes:
        file: name, for messages.
        number: line of the file, from 1.
        cells: value by column, trimmed.
    """

    file: str
    number: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """Return a cell, "" if empty."""
        return self.cells[column]

    def needed(self, column: str) -> str:
        """Return a cell that may not be empty."""
        value = self.cells[column]
        if not value:
            raise self.wrong(column, N_("{file}, line {line}: {column} is empty."))
        return value

    def whole(self, column: str, default: int | None = None) -> int:
        """Return a whole number."""
        value = self.cells[column]
        if not value and default is not None:
            return default
        if not value.isascii() or not value.lstrip("-").isdigit() or len(value) > 15:
            raise self.wrong(
                column, N_("{file}, line {line}: {column} is not a whole number: {value}")
            )
        return int(value)

    def minor(self, column: str, decimals: int) -> int:
        """Return an amount in minor units, 0 if empty; never rounded."""
        value = self.cells[column]
        if not value:
            return 0
        try:
            scaled = Decimal(value).scaleb(decimals)
        except InvalidOperation:
            scaled = Decimal("NaN")
        if not scaled.is_finite() or scaled.adjusted() > 15 or scaled != scaled.to_integral_value():
            raise self.wrong(column, N_("{file}, line {line}: {column} is not an amount: {value}"))
        return int(scaled)

    def day(self, column: str) -> date | None:
        """Return the date of ``YYYY-MM-DD``, None if empty."""
        value = self.cells[column]
        if not value:
            return None
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            raise self.wrong(
                column, N_("{file}, line {line}: {column} is not a date: {value}")
            ) from None

    def clock_time(self, column: str) -> time | None:
        """Return the time of day of ``HH:MM:SS``, None if empty."""
        value = self.cells[column]
        if not value:
            return None
        try:
            return time.fromisoformat(value)
        except ValueError:
            raise self.wrong(
                column, N_("{file}, line {line}: {column} is not a time: {value}")
            ) from None

    def instant(self, column: str) -> datetime | None:
        """Return the UTC instant of ``YYYY-MM-DDTHH:MM:SSZ``, None if empty."""
        value = self.cells[column]
        if not value:
            return None
        try:
            told = datetime.fromisoformat(value)
        except ValueError:
            raise self.wrong(
                column, N_("{file}, line {line}: {column} is not an instant: {value}")
            ) from None
        return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)

    def wrong(self, column: str, wording: str) -> Unreadable:
        """Return the complaint about a cell."""
        value = self.cells.get(column, "")
        return Unreadable(
            wording, file=self.file, line=self.number, column=column, value=value[:60]
        )


def lines(path: Path, columns: Iterable[str], *, max_bytes: int = MAX_BYTES) -> Iterator[Line]:
    """Yield the data lines of a delimited file that has at least the named columns.

    Raises:
        NoSuchFile: it is not there.
        Unreadable: too big, not text, a column missing, or a line of another width.
    """
    wanted = tuple(columns)
    if not path.is_file():
        raise NoSuchFile(file=path.name, folder=str(path.parent))
    with _opened(path) as raw:
        counted = _Limited(raw, path.name, max_bytes)
        text = io.TextIOWrapper(io.BufferedReader(counted, 1 << 16), "utf-8-sig", newline="")
        yield from _parsed(text, path.name, wanted)


def _parsed(text: io.TextIOWrapper, name: str, wanted: tuple[str, ...]) -> Iterator[Line]:
    number = 1
    try:
        heading = text.readline(MAX_LINE)
        delimiter = max(_DELIMITERS, key=heading.count)
        header = [cell.strip() for cell in next(csv.reader([heading], delimiter=delimiter), [])]
        for column in wanted:
            if column not in header:
                raise Unreadable(
                    N_("{file}: the column {column} is missing."), file=name, line=1, column=column
                )
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        for count, cells in enumerate(reader):
            number = reader.line_num + 1
            if not cells:
                continue
            if len(cells) != len(header):
                raise Unreadable(
                    N_("{file}, line {line}: {found} values where {expected} were expected."),
                    file=name,
                    line=number,
                    found=len(cells),
                    expected=len(header),
                )
            if count >= MAX_ROWS:
                raise Unreadable(N_("{file} has too many lines."), file=name, line=number)
            yield Line(name, number, dict(zip(header, map(str.strip, cells), strict=True)))
    except UnicodeDecodeError:
        raise Unreadable(
            N_("{file}, line {line}: this is not text in UTF-8."), file=name, line=number
        ) from None
    except csv.Error:
        raise Unreadable(
            N_("{file}, line {line}: the quotes or the line are damaged."), file=name, line=number
        ) from None
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise Unreadable(N_("{file} is damaged or cut off."), file=name, line=number) from None


def _opened(path: Path) -> BinaryIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rb")  # type: ignore[return-value]  # GzipFile reads like a file
    return path.open("rb")


class _Limited(io.RawIOBase):
    """Counts what is unpacked and stops at the limit."""

    def __init__(self, source: BinaryIO, name: str, limit: int) -> None:
        super().__init__()
        self._source = source
        self._name = name
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]  # a writable buffer by contract
        data = self._source.read(len(view))
        self._left -= len(data)
        if self._left < 0:
            raise Unreadable(N_("{file} is too big to be read."), file=self._name, line=0)
        view[: len(data)] = data
        return len(data)
