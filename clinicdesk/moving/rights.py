# SPDX-License-Identifier: Apache-2.0
"""Who may bring in another system's data, and how an importer tells of its work."""

from __future__ import annotations

from collections.abc import Callable

from clinicdesk.kernel.actors import Permission
from clinicdesk.wording.text import N_

MAY_IMPORT = Permission("moving.import", N_("Bring in data of another system"))
PERMISSIONS = (MAY_IMPORT,)

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


def silent(_done: int, _total: int, _words: str) -> None:
    """Show no progress."""


def never() -> bool:
    """Never cancel."""
    return False
