# SPDX-License-Identifier: Apache-2.0
"""Changes: which records a commit touched; the screen re-asks what it shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NewType

Topic = NewType("Topic", str)


@dataclass(frozen=True, slots=True)
class Changes:
    """What one commit touched.

    Attributes:
        ids: record ids by topic; an empty set means "any of them".
        all: True when another program wrote and nothing more is known.
    """

    ids: Mapping[Topic, frozenset[int]]
    all: bool = False

    @classmethod
    def everything(cls) -> Changes:
        """Return the change that makes every panel stale."""
        return cls({}, all=True)

    def touch(self, topics: Iterable[Topic]) -> bool:
        """Tell whether any of the topics was touched."""
        return self.all or any(topic in self.ids for topic in topics)
