# SPDX-License-Identifier: Apache-2.0
"""Rows as text for a spreadsheet: tabs for the clipboard, commas for a file, numbers raw."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from clinicdesk.desktop.row_model import NUMERIC
from clinicdesk.kernel.columns import Column, Kind
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

Row = TypeVar("Row")
_FORMULAS: Final = frozenset("=+-@")
MARKED_AS_UTF_8: Final = "\ufeff"


def tab_separated(
    columns: Sequence[Column[Row]], rows: Sequence[Row], formats: Formats, *, headers: bool
) -> str:
    """Return rows as lines with tabs."""
    lines = ["\t".join(_(column.title) for column in columns)] if headers else []
    lines += ["\t".join(raw(column, row, formats) for column in columns) for row in rows]
    return "\n".join(lines)


def comma_separated(columns: Sequence[Column[Row]], rows: Sequence[Row], formats: Formats) -> str:
    """Return rows as the text of a CSV file with headings.

    A text that a spreadsheet would take for a formula is kept a text by an apostrophe.
    """
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow([_(column.title) for column in columns])
    for row in rows:
        cells = [(column.kind, raw(column, row, formats)) for column in columns]
        write.writerow(
            [f"'{cell}" if kind not in NUMERIC and cell[:1] in _FORMULAS else cell
             for kind, cell in cells]
        )  # fmt: skip
    return MARKED_AS_UTF_8 + out.getvalue()


def raw(column: Column[Any], row: Any, formats: Formats) -> str:
    """Return a cell without what is for the eye only."""
    value = column.value(row)
    if value is None:
        return ""
    if column.kind is Kind.MONEY:
        return formats.amount_to_edit(value)
    if column.kind in NUMERIC:
        return str(value)
    return " ".join(formats.cell(column, row).split())
