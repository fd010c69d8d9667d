# SPDX-License-Identifier: Apache-2.0
"""A clinic's own lists: patients, prices, supplies, staff, as CSV or XLSX.

A list is looked at, its columns are given a meaning, it is tried, and then taken in. Nothing is
guessed silently: what was read from heads and values is offered, and what reads both ways is
asked. Bad lines come back as a file to be mended.

Glossary:
    list: one table of one kind of record.
    head: what stands above a column.
    mapping: which head is which field; kept for the next list with the same heads.
    source: lists with the same heads; what was taken from it is known by its key or its content.
"""

from clinicdesk.moving.lists.bringing import (
    OpenedList,
    bring_in,
    open_list,
    open_points,
    remember,
)
from clinicdesk.moving.lists.fields import FORMATS, Field, ListFormat, Sort
from clinicdesk.moving.lists.guessing import values_of
from clinicdesk.moving.lists.mapping import ListMapping, OrderOpen, SignOpen, mapping_of
from clinicdesk.moving.lists.mending import write_errors
from clinicdesk.moving.lists.planning import Choices
from clinicdesk.moving.lists.report import (
    BAD,
    LEFT,
    LIKELY,
    OUTCOMES,
    TAKEN,
    LineOutcome,
    ListReport,
)

__all__ = [
    "BAD",
    "FORMATS",
    "LEFT",
    "LIKELY",
    "OUTCOMES",
    "TAKEN",
    "Choices",
    "Field",
    "LineOutcome",
    "ListFormat",
    "ListMapping",
    "ListReport",
    "OpenedList",
    "OrderOpen",
    "SignOpen",
    "Sort",
    "bring_in",
    "mapping_of",
    "open_list",
    "open_points",
    "remember",
    "values_of",
    "write_errors",
]
