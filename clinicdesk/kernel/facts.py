# SPDX-License-Identifier: Apache-2.0
"""Facts: what one department tells the others inside the same transaction.

A fact travels up the order of rooms without an import from below: schedule tells
``VisitCompleted``, billing heeds it, schedule knows neither. If a listener fails, the
whole use case rolls back. Wired in ``assembly`` only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, named in the past tense by its subclass."""


F = TypeVar("F", bound=Fact)


class FactBook:
    """Who heeds which fact, in which order."""

    def __init__(self) -> None:
        self._heeded: dict[type[Fact], list[Callable[[Any, Any], None]]] = defaultdict(list)

    def heed(self, kind: type[F], listener: Callable[[Any, F], None]) -> None:
        """Call ``listener(work, fact)`` for each fact of a kind."""
        self._heeded[kind].append(listener)

    def tell(self, work: Any, fact: Fact) -> None:
        """Hand a fact to its listeners, in order of wiring."""
        for listener in self._heeded[type(fact)]:
            listener(work, fact)
