# SPDX-License-Identifier: Apache-2.0
"""Which column is what: a mapping, kept for the next list of the same kind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.moving.lists.amounts import COMMA, POINT
from clinicdesk.moving.lists.days import ORDERS
from clinicdesk.moving.lists.fields import ListFormat, Sort
from clinicdesk.wording.text import N_, Term

OWN: Final = "clinicdesk"  # heads of columns that we added ourselves begin so
_JOINED: Final = frozenset({Sort.TEXT, Sort.NAME})


class NoMapping(Refusal):
    """A mapping that cannot be used with a list."""

    wording = N_("Say which column is “{what}”.")


class TwoColumns(Refusal):
    """A field that is one value, and two columns for it."""

    wording = N_("Only one column can be “{what}”.")


class NoSuchColumn(Refusal):
    """A mapping of another list."""

    wording = N_("There is no column “{column}” in this list.")


class BadMapping(Refusal):
    """A file that is no mapping."""

    wording = N_("{file} is no mapping of columns.")


class OrderOpen(Refusal):
    """Day and month cannot be told apart."""

    wording = N_("“{example}” can be read in two ways. Say whether the day or the month is first.")


class SignOpen(Refusal):
    """The sign before the fraction cannot be told."""

    wording = N_("“{example}” can be read in two ways. Say whether a point or a comma stands "
                 "before cents.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ListMapping:
    """What the columns of a list are.

    Attributes:
        columns: field by the head of its column.
        day_order: of ``days.ORDERS``, "" while nobody knows.
        decimal: the sign before fractions, "" while nobody knows.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    day_order: str = ""
    decimal: str = ""

    def heads_of(self, key: str) -> tuple[str, ...]:
        """Return the columns of a field, in the order of the list."""
        return tuple(head for head, kept in self.columns.items() if kept == key)

    def has(self, key: str) -> bool:
        """Tell whether a field has a column."""
        return key in self.columns.values()

    def check(self, form: ListFormat, heads: Iterable[str]) -> None:
        """Raise what keeps it from being used."""
        known = set(heads)
        for head in self.columns:
            if head not in known:
                raise NoSuchColumn(column=head)
        for one in form.fields:
            if one.sort not in _JOINED and len(self.heads_of(one.key)) > 1:
                raise TwoColumns(what=Term(one.title))
        for group in form.either:
            if not any(self.has(key) for key in group):
                raise NoMapping(what=Term(form.field(group[0]).title))

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data; keys are stable."""
        return {
            "columns": dict(self.columns),
            "day_order": self.day_order,
            "decimal": self.decimal,
        }

    def only(self, heads: Iterable[str]) -> ListMapping:
        """Return it for a list that has only some of its columns."""
        known = set(heads)
        return replace(
            self, columns={head: key for head, key in self.columns.items() if head in known}
        )


def mapping_of(text: str, form: ListFormat, file: str) -> ListMapping:
    """Read a mapping; raise ``BadMapping`` for anything else."""
    try:
        told = json.loads(text)
    except ValueError:
        raise BadMapping(file=file) from None
    columns = told.get("columns") if isinstance(told, dict) else None
    if not isinstance(columns, dict) or not all(
        isinstance(key, str) and form.has(key) for key in columns.values()
    ):
        raise BadMapping(file=file)
    order, decimal = told.get("day_order", ""), told.get("decimal", "")
    if order not in {"", *ORDERS} or decimal not in {"", POINT, COMMA}:
        raise BadMapping(file=file)
    return ListMapping(columns, order, decimal)


def fingerprint(form: ListFormat, heads: Iterable[str]) -> str:
    """Return what tells lists of one program from another's: its heads, in any order."""
    words = sorted(fold(head) for head in heads if not fold(head).startswith(OWN))
    digest = hashlib.sha256("\n".join((form.id, *words)).encode()).hexdigest()
    return digest[:16]
