# SPDX-License-Identifier: Apache-2.0
"""The audit trail: data, not sentences, chained by hashes, in the transaction of what it tells."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from clinicdesk import __version__
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.canonical import Field, chain
from clinicdesk.storage.tables import audit, clinic

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class AuditDraft:
    """What one audit row will tell, before it has its place in the chain."""

    action: str
    object_kind: str
    object_id: int | None
    patient_id: int | None
    category: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    reason: str | None
    outcome: str = "done"


def as_json(fields: Mapping[str, Any] | None) -> str | None:
    """Return typed fields as compact JSON in a fixed key order; dates as ISO text."""
    if fields is None:
        return None
    return json.dumps(
        fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )


def append(
    connection: sa.Connection, drafts: Sequence[AuditDraft], actor: Actor, now: datetime, day: date
) -> None:
    """Write rows at the end of the chain."""
    last = connection.execute(_LAST).one_or_none()
    seq, previous = (last.seq, last.hash) if last else (0, GENESIS)
    epoch = connection.execute(_EPOCH).scalar_one()
    rows = []
    for draft in drafts:
        seq += 1
        row = {
            "seq": seq,
            "epoch": epoch,
            "at": now,
            "business_on": day,
            "user_id": actor.user_id,
            "user_name": actor.name,
            "role": actor.role,
            "sitting": actor.sitting,
            "action": draft.action,
            "object_kind": draft.object_kind,
            "object_id": draft.object_id,
            "patient_id": draft.patient_id,
            "category": draft.category,
            "before": as_json(draft.before),
            "after": as_json(draft.after),
            "reason": draft.reason,
            "outcome": draft.outcome,
            "program": __version__,
            "previous_hash": previous,
        }
        previous = row["hash"] = chain(previous, chained_fields(row))
        rows.append(row)
    connection.execute(_INSERT, rows)


def chained_fields(row: Mapping[str, Any]) -> Iterable[Field]:
    """Return the fields of a row that its hash covers, in order."""
    for name in CHAINED:
        value = row[name]
        yield value.isoformat() if isinstance(value, date) else value


CHAINED = (
    "seq", "epoch", "at", "business_on", "user_id", "user_name", "role", "sitting", "action",
    "object_kind", "object_id", "patient_id", "category", "before", "after", "reason", "outcome",
    "program",
)  # fmt: skip
_LAST = sa.select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)
_EPOCH = sa.select(clinic.c.epoch)
_INSERT = audit.insert()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"an audit field cannot hold {type(value).__name__}")
