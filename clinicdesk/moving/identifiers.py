# SPDX-License-Identifier: Apache-2.0
"""Foreign identifiers: which of our records a foreign one became. What makes repeating safe."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.storage.tables import external_id


def known(reading: Reading, source: str) -> dict[str, dict[str, int]]:
    """Return our ids by kind and foreign value, of everything a source brought."""
    found: dict[str, dict[str, int]] = {}
    rows = reading.execute(
        sa.select(external_id.c.kind, external_id.c.value, external_id.c.object_id).where(
            external_id.c.source == source
        )
    )
    for row in rows:
        found.setdefault(row.kind, {})[row.value] = row.object_id
    return found


def keep(work: UnitOfWork, source: str, kind: str, ids: Mapping[str, int]) -> None:
    """Note what foreign records became."""
    if ids:
        work.execute(
            external_id.insert(),
            [
                {"source": source, "kind": kind, "value": value, "object_id": object_id}
                for value, object_id in ids.items()
            ],
        )
