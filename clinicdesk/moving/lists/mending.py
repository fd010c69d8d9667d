# SPDX-License-Identifier: Apache-2.0
"""The error file: the lines that were not taken, as they were, with the reason beside them.

It is a file of the same dialect with the same heads and one more column. Mended and brought in
again, its lines are known as lines of the same source.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from clinicdesk.exchange.tabular import Cell, Record
from clinicdesk.moving.lists.bringing import OpenedList
from clinicdesk.moving.lists.looking import data_of, heading_of, is_own
from clinicdesk.moving.lists.report import ListReport
from clinicdesk.wording.text import N_, _

REASON_HEAD: Final = N_("ClinicDesk: line and reason")


def write_errors(opened: OpenedList, report: ListReport, path: Path) -> int:
    """Write the lines to be mended; return how many there are.

    Raises:
        OSError: the file cannot be written.
    """
    reasons = {told.line: told.said() for told in report.to_mend}
    own = {place for place, head in enumerate(opened.look.heads) if is_own(head)}
    width = len(opened.look.heads)
    rows: list[list[Cell]] = []
    heading = heading_of(opened.table, opened.look)
    if heading is not None:
        rows.append([*_cells(heading, width, own), _head()])
    for record in data_of(opened.table, opened.look):
        if record.line in reasons:
            words = f"{record.line}: {reasons[record.line]}"
            rows.append([*_cells(record, width, own), words])
    opened.table.write(path, rows)
    return len(reasons)


def _head() -> str:
    told = _(REASON_HEAD)
    return told if is_own(told) else f"ClinicDesk: {told}"


def _cells(record: Record, width: int, own: set[int]) -> list[Cell]:
    cells = (*record.cells, *([""] * (width - len(record.cells))))
    return [cell for place, cell in enumerate(cells) if place not in own]
