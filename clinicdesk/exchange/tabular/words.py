# SPDX-License-Identifier: Apache-2.0
"""What a table is, whatever file it came in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from clinicdesk.exchange.delimited import Unreadable
from clinicdesk.wording.text import N_

Cell = str | Decimal | date


class TooBig(Unreadable):
    """A file beyond the limits; nothing of it was kept."""

    wording = N_("{file} is too big to be read: {what}.")


class Unsafe(Unreadable):
    """A file that carries what a list never needs."""

    wording = N_("{file} is not read: {what}. Save it as a plain .xlsx or .csv file.")


@dataclass(frozen=True, slots=True)
class Limits:
    """Where reading stops.

    Attributes:
        file_bytes: of the file as it lies on the disk.
        unpacked_bytes: of everything in a packed one together.
        part_ratio: how many times smaller a packed part may be than what comes out of it.
        rows: data rows of one table.
        columns: of its widest row.
        cell_characters: of its longest cell.
    """

    file_bytes: int = 256 << 20
    unpacked_bytes: int = 160 << 20
    part_ratio: int = 400
    rows: int = 500_000
    columns: int = 200
    cell_characters: int = 32_767


@dataclass(frozen=True, slots=True)
class Record:
    """One row and where it stands.

    Attributes:
        line: of the file as an editor or a spreadsheet counts, from 1.
        cells: text as written, or a number or day where the file itself says that it is one.
    """

    line: int
    cells: tuple[Cell, ...]

    def text(self, column: int) -> str:
        """Return a cell as text, "" beyond the row's end."""
        return as_text(self.cells[column]) if column < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(as_text(cell) for cell in self.cells)


class Table(Protocol):
    """A table in a file; each pass opens the file anew.

    Attributes:
        told: how it was understood, in words for a person: encoding and delimiter, or the sheet.
    """

    @property
    def path(self) -> Path: ...
    @property
    def told(self) -> str: ...
    @property
    def ending(self) -> str: ...

    def records(self) -> Iterator[Record]:
        """Yield the rows that have anything written in them, the heading included.

        Raises:
            Unreadable: the file is damaged, or beyond its limits.
        """
        ...

    def write(self, path: Path, rows: Sequence[Sequence[Cell]]) -> None:
        """Write rows into a new file of the same dialect, whole or not at all."""
        ...


def as_text(cell: Cell) -> str:
    """Return what a cell says, trimmed; numbers without exponent, days as YYYY-MM-DD."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, Decimal):
        plain = f"{cell:f}"
        return (plain.rstrip("0").rstrip(".") or "0") if "." in plain else plain
    return cell.isoformat()
