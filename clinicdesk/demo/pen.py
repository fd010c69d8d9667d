# SPDX-License-Identifier: Apache-2.0
"""How the demo writes: many commands to a transaction, or each in one of its own.

Both give the same rows; only the audit trail groups them differently. The second way is slow and
there to prove that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from clinicdesk.kernel.actors import Actor
from clinicdesk.storage.records import Records, UnitOfWork

T = TypeVar("T")


class Pen:
    """Opens units of work for the demo."""

    def __init__(self, records: Records, actor: Actor, *, one_by_one: bool) -> None:
        self._records = records
        self._actor = actor
        self._one_by_one = one_by_one
        self._work: UnitOfWork | None = None
        self._action = ""

    @contextmanager
    def stretch(self, action: str) -> Iterator[None]:
        """Keep one unit open for the commands inside, unless each shall have its own."""
        self._action = action
        if self._one_by_one:
            yield
            return
        with self._records.write(self._actor, action) as work:
            self._work = work
            try:
                yield
            finally:
                self._work = None

    @contextmanager
    def command(self) -> Iterator[UnitOfWork]:
        """Give the unit for a command, inside a stretch."""
        if self._work is not None:
            yield self._work
            return
        with self._records.write(self._actor, self._action) as work:
            yield work

    def parts(self, items: Sequence[T]) -> Iterator[Sequence[T]]:
        """Yield what is written by one command: all of it, or one after the other."""
        if not self._one_by_one:
            if items:
                yield items
            return
        for place in range(len(items)):
            yield items[place : place + 1]
