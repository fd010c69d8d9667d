# SPDX-License-Identifier: Apache-2.0
"""Looks at a list before anything is done with it: its heads, some of its values, how long it is.

A spreadsheet may begin with a title, and a list may have no heads at all; both are found out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from clinicdesk.exchange.delimited import Unreadable
from clinicdesk.exchange.tabular import Record, Table, as_text
from clinicdesk.kernel.folding import fold
from clinicdesk.moving.lists.amounts import looks_like_number
from clinicdesk.moving.lists.days import looks_like_day
from clinicdesk.moving.lists.mapping import OWN
from clinicdesk.moving.rights import Progress, silent
from clinicdesk.wording.text import N_, _

_LOOKED_AT: Final = 4_000  # rows that guessing sees
_TOP: Final = 12  # rows among which the heads are sought
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What a list looks like.

    Attributes:
        heads: of its columns, each once; made up where there is no heading.
        heading_line: of the file, 0 if the list has no heading.
        values: of each column, of the first some thousand rows, empty ones left out.
        rows: how many there are.
    """

    heads: tuple[str, ...]
    heading_line: int
    values: tuple[tuple[str, ...], ...]
    rows: int

    def samples(self, column: int) -> tuple[str, ...]:
        """Return some different values of a column."""
        return tuple(islice(dict.fromkeys(self.values[column]), _SHOWN))

    def of_head(self, head: str) -> tuple[str, ...]:
        """Return the looked-at values of a column."""
        return self.values[self.heads.index(head)]


def look_at(table: Table, progress: Progress = silent) -> Look:
    """Read a table once.

    Raises:
        Unreadable: it is damaged, too big, or holds no list.
    """
    records = table.records()
    top = list(islice(records, _TOP))
    if not top:
        raise Unreadable(N_("{file} is empty."), file=table.path.name, line=0)
    place, has_heading = _heading(top)
    width = max(len(record.cells) for record in top[place:])
    heading = top[place] if has_heading else None
    rest = top[place + has_heading :]
    values: list[list[str]] = [[] for _one in range(width)]
    rows = 0
    for record in chain(rest, records):
        rows += 1
        if rows <= _LOOKED_AT:
            for column in range(len(record.cells)):
                if column == len(values):
                    values.append([])
                text = record.text(column)
                if text:
                    values[column].append(text)
        if rows % 2_000 == 0:
            progress(rows, 0, _("Reading"))
    heads = _heads(heading, len(values))
    return Look(
        heads, heading.line if heading else 0, tuple(tuple(column) for column in values), rows
    )


def data_of(table: Table, look: Look) -> Iterator[Record]:
    """Yield the rows below the heading."""
    started = look.heading_line == 0
    for record in table.records():
        if started:
            yield record
        elif record.line == look.heading_line:
            started = True


def heading_of(table: Table, look: Look) -> Record | None:
    """Return the heading, if there is one."""
    return next((one for one in table.records() if one.line == look.heading_line), None)


def is_own(head: str) -> bool:
    """Tell whether we added a column ourselves, to say what was wrong."""
    return fold(head).startswith(OWN)


def _heading(top: Sequence[Record]) -> tuple[int, bool]:
    """Return the place of the first row of the list proper, and whether it is a heading."""
    widths = [sum(1 for cell in record.cells if as_text(cell)) for record in top]
    wide = max(widths) * 0.6
    place = next(n for n, width in enumerate(widths) if width >= wide)
    told = [as_text(cell) for cell in top[place].cells if as_text(cell)]
    is_heading = len(told) == len(set(map(fold, told))) and not any(map(_is_value, told))
    return place, is_heading


def _is_value(text: str) -> bool:
    is_number = looks_like_number(text) and not any(sign.isalpha() for sign in text)
    return "@" in text or looks_like_day(text) or is_number


def _heads(heading: Record | None, width: int) -> tuple[str, ...]:
    """Return one name for each column: a repeated one gets a number."""
    heads: list[str] = []
    for column in range(width):
        told = " ".join(heading.text(column).split()) if heading else ""
        name = told[:80] or _("Column {n}").format(n=column + 1)
        wanted, number = name, 2
        while wanted in heads:
            wanted, number = f"{name} ({number})", number + 1
        heads.append(wanted)
    return tuple(heads)
