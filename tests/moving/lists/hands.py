# SPDX-License-Identifier: Apache-2.0
"""Bringing lists in, and counting what became of them."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from openpyxl import Workbook

from clinicdesk.moving import lists
from clinicdesk.moving.lists import FORMATS, Choices, ListReport
from clinicdesk.moving.lists.mapping import ListMapping
from tests.support.whole_clinics import WholeClinic


def bring(
    clinic: WholeClinic,
    form: str,
    path: Path,
    *,
    good_lines: bool = False,
    likely_too: bool = False,
    dry_run: bool = False,
    mapping: ListMapping | None = None,
) -> tuple[lists.OpenedList, ListReport]:
    opened = lists.open_list(clinic, FORMATS[form], path, clinic.actor)
    report = lists.bring_in(
        clinic,
        opened,
        mapping or opened.mapping,
        clinic.actor,
        choices=Choices(good_lines, likely_too),
        dry_run=dry_run,
    )
    return opened, report


def count(clinic: WholeClinic, table: str) -> int:
    with clinic.records.read() as reading:
        return int(reading.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() or 0)  # noqa: S608


def written(clinic: WholeClinic) -> int:
    """Return how much was ever written: every unit of work leaves audit rows."""
    return count(clinic, "audit")


def outcomes(report: ListReport) -> list[tuple[int, str]]:
    return [(told.line, told.outcome) for told in report.outcomes]


def a_list(tmp_path: Path, text: str, encoding: str = "cp1252", name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def a_workbook(path: Path, rows: list[list[str]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path
