# SPDX-License-Identifier: Apache-2.0
"""Settings: each declared once, by the room that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

T = TypeVar("T", str, int, bool)


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """A setting's declaration.

    Attributes:
        key: stable, ``room.name``.
        default: its value until somebody sets one; gives the type.
        help: English sentence for the preferences page, marked for translation.
    """

    key: str
    default: T
    help: str


class Settings(Protocol):
    """Reads and keeps settings: the clinic's in the file, the desk's on the machine."""

    def get(self, setting: Setting[T]) -> T:
        """Return the kept value or the default."""
        ...

    def put(self, setting: Setting[T], value: T) -> None:
        """Keep a value."""
        ...
