# SPDX-License-Identifier: Apache-2.0
"""Writes again, by the bare driver, the rows that a command of ClinicDesk has just written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.bench.place import Place

Row = dict[str, Any]


class Replay:
    """The rows one command wrote, as templates.

    Attributes:
        rows: by table, in the order they were written.
    """

    def __init__(self, place: Place, tables: tuple[str, ...], act: Callable[[], object]) -> None:
        self._raw = place.raw
        before = {table: place.newest(table) for table in tables}
        act()
        self.rows = {table: self._since(table, before[table]) for table in tables}
        self._sql = {table: _insert(table, rows[0]) for table, rows in self.rows.items() if rows}

    def put(self, table: str, row: Row, changed: Mapping[str, object]) -> int:
        """Insert a row, changed here and there, and return its id."""
        given: int = self._raw.execute(
            self._sql[table], tuple({**row, **changed}.values())
        ).lastrowid
        return given

    def _since(self, table: str, last: int) -> list[Row]:
        query = f"SELECT * FROM {table} WHERE id > ? ORDER BY id"  # noqa: S608 -- own names
        cursor = self._raw.execute(query, (last,))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) | {"id": None} for row in cursor]


def _insert(table: str, row: Row) -> str:
    columns = ", ".join(f'"{name}"' for name in row)
    return f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608
