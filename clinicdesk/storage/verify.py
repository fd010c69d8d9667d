# SPDX-License-Identifier: Apache-2.0
"""Proves that a clinic file is whole: every check by name, each from scratch.

The encrypted pages' own check sees flipped bits but not an older copy of the same page put back
(trust.md §0.2), so the audit chain and the ledger's (added by that room) are recomputed from
their rows and never taken on trust.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.canonical import chain
from clinicdesk.kernel.checks import Check
from clinicdesk.storage.audit import CHAINED, GENESIS
from clinicdesk.storage.migrations import APPLICATION_ID, newest, released_schema, schema_of
from clinicdesk.storage.records import Reading
from clinicdesk.storage.tables import audit, clinic, command
from clinicdesk.wording.text import N_

MAY_VERIFY = Permission("storage.verify", N_("Check the clinic file"))
_NAMED = 3  # how many findings a detail names

VERSION = "version"
SCHEMA = "schema"
TRAIL = "audit_chain"

# The trail as it is stored, not as its types read it: a million rows are checked.
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_AT, _EPOCH = CHAINED.index("at"), CHAINED.index("epoch")
_STORED: dict[str, sa.types.TypeEngine[Any]] = {"at": sa.BigInteger(), "business_on": sa.Text()}
_TRAIL = sa.select(
    audit.c.previous_hash,
    audit.c.hash,
    *(
        sa.type_coerce(audit.c[name], _STORED[name]) if name in _STORED else audit.c[name]
        for name in CHAINED
    ),
).order_by(audit.c.seq)


RoomChecks = Callable[[Reading], Iterable[Check]]


def run_checks(reading: Reading, room_checks: Sequence[RoomChecks] = ()) -> tuple[Check, ...]:
    """Run the file's own checks and those of the rooms, all over the reading's one snapshot."""
    checks: list[Check] = []
    if reading.connection.dialect.name == "sqlite":
        checks.extend(file_checks(reading.connection.connection.driver_connection))
    checks.extend((audit_chain(reading), clinic_row(reading), kept_results(reading)))
    for room in room_checks:
        checks.extend(room(reading))
    return tuple(checks)


def file_checks(raw: Any) -> Iterable[Check]:
    """Check pages, structure, references and schema of an open SQLCipher connection."""
    status = raw.execute("PRAGMA cipher_status").fetchone()
    encrypted = status is not None and str(status[0]) == "1"
    yield Check(
        "encrypted",
        encrypted,
        "every page" if encrypted else "the file is not encrypted",
    )
    yield _silent(raw, "cipher_integrity_check", "cipher_pages", "")
    found = [str(row[0]) for row in raw.execute("PRAGMA integrity_check(100)")]
    yield Check("structure", found == ["ok"], _said(found if found != ["ok"] else []))
    yield _silent(raw, "foreign_key_check", "references", "")
    application = raw.execute("PRAGMA application_id").fetchone()[0]
    version = raw.execute("PRAGMA user_version").fetchone()[0]
    right = application == APPLICATION_ID and version == newest()
    yield Check(VERSION, right, f"schema {version}, this program writes {newest()}")
    yield _schema(raw)


def audit_chain(reading: Reading) -> Check:
    """Recompute the audit trail's chain from its first row."""
    previous, expected, epoch = GENESIS, 1, 0
    kept = reading.execute(_TRAIL.execution_options(yield_per=5000))
    for row in kept:
        previous_kept, hash_kept, *fields = tuple(row)
        seq = fields[0]
        fields[_AT] = (_FIRST + timedelta(microseconds=fields[_AT])).isoformat()
        wrong = (
            "a number is missing before"
            if seq != expected
            else "the row before was changed or replaced at"
            if previous_kept != previous
            else "the row was changed at"
            if hash_kept != chain(previous, fields)
            else "the epoch goes back at"
            if fields[_EPOCH] < epoch
            else ""
        )
        if wrong:
            return Check(TRAIL, False, f"{wrong} {seq}")
        previous, expected, epoch = hash_kept, seq + 1, fields[_EPOCH]
    return Check(TRAIL, True, f"{expected - 1} entries, head {previous.hex()[:16]}")


def clinic_row(reading: Reading) -> Check:
    """The clinic's own row is there, and its epoch is not behind the trail's."""
    epochs = reading.execute(sa.select(clinic.c.epoch)).scalars().all()
    highest = reading.execute(sa.select(sa.func.max(audit.c.epoch))).scalar() or 0
    holds = len(epochs) == 1 and epochs[0] >= highest
    return Check("clinic_epoch", holds, f"epoch {epochs[0] if epochs else 'missing'}")


def kept_results(reading: Reading) -> Check:
    """Every result kept for an idempotency key belongs to an act in the trail."""
    acts = sa.select(audit.c.action).where(audit.c.at == command.c.at)
    statement = sa.select(command.c.key).where(~acts.exists()).limit(_NAMED)
    orphans = [str(key) for key in reading.execute(statement).scalars()]
    count = reading.execute(sa.select(sa.func.count()).select_from(command)).scalar_one()
    return Check("kept_results", not orphans, _said(orphans) or f"{count} commands")


def _silent(raw: Any, pragma: str, name: str, well: str) -> Check:
    """Run a check that says nothing when all is well."""
    found = [" ".join(str(part) for part in row) for row in raw.execute(f"PRAGMA {pragma}")]
    return Check(name, not found, _said(found) or well)


def _schema(raw: Any) -> Check:
    """Compare tables, indexes and triggers with what the released steps make."""
    own, released = schema_of(raw), released_schema()
    odd = sorted(name for name in {*own, *released} if own.get(name) != released.get(name))
    return Check(SCHEMA, not odd, _said(odd) or f"{len(released)} objects as released")


def _said(found: Sequence[str]) -> str:
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return "; ".join(found[:_NAMED]) + more
