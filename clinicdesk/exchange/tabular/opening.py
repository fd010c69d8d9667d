# SPDX-License-Identifier: Apache-2.0
"""Finds out what a file is by its first bytes and opens it accordingly."""

from __future__ import annotations

from pathlib import Path

from clinicdesk.exchange.delimited import NoSuchFile, Unreadable
from clinicdesk.exchange.tabular.text_file import TextTable
from clinicdesk.exchange.tabular.words import Limits, Table, TooBig, Unsafe
from clinicdesk.exchange.tabular.workbook import WorkbookTable
from clinicdesk.wording.text import N_, Term

TABLE_ENDINGS = (".csv", ".xlsx", ".txt", ".tsv")
_ZIP, _OLD_OFFICE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def open_table(path: Path, limits: Limits | None = None) -> Table:
    """Open a table in a file.

    Raises:
        NoSuchFile: it is not there.
        Unreadable: it is no table, is empty, too big, or carries macros.
    """
    limits = limits or Limits()
    if not path.is_file():
        raise NoSuchFile(file=path.name, folder=str(path.parent))
    size = path.stat().st_size
    if size > limits.file_bytes:
        raise TooBig(file=path.name, what=Term(N_("more bytes than a list has")))
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise Unreadable(N_("{file} is empty."), file=path.name, line=0)
    if head.startswith(_ZIP):
        return WorkbookTable(path, limits)
    if head.startswith(_OLD_OFFICE):
        what = Term(N_("it is an old or a locked spreadsheet"))
        raise Unsafe(file=path.name, what=what)
    if head.startswith(_PDF):
        raise Unsafe(file=path.name, what=Term(N_("it is a PDF, not a table")))
    return TextTable(path, limits)
