# SPDX-License-Identifier: Apache-2.0
"""What a use case gives back: its value, the sentence for the toast, and how to undo it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """A use case that was carried out and committed.

    Attributes:
        value: what was asked for, usually an id or a frozen record.
        wording: English sentence with ``{field}`` places, marked for translation.
        fields: values for those places, unformatted (dates, naive wall times, Money, text).
        undo: carries out the reverse command, or None where there is none. It may refuse.
    """

    value: T
    wording: str
    fields: Mapping[str, object] = field(default_factory=dict)
    undo: Callable[[], Done[Any]] | None = None
