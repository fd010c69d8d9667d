# SPDX-License-Identifier: Apache-2.0
"""Who owes money to the clinic: what families owe, by the patient it is for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from clinicdesk.ledger.tables import open_amount
from clinicdesk.patients.queries.finding import PatientHit, by_ids
from clinicdesk.patients.tables import patient
from clinicdesk.storage.records import Reading

# What was charged to a record merged into another is of the one that stays.
_whose = sa.func.coalesce(patient.c.survivor_id, patient.c.id)
_owed = sa.func.sum(open_amount.c.amount_minor)
_OPEN = (
    sa.select(_whose.label("id"), _owed.label("owed"))
    .select_from(open_amount.join(patient, patient.c.id == open_amount.c.patient_id))
    .where(
        open_amount.c.party_kind == sa.literal_column("'guarantor'"),
        open_amount.c.amount_minor != sa.literal_column("0"),  # as the partial index says it
    )
    .group_by(_whose)
)
_MOST_FIRST = (
    _OPEN.having(_owed > 0)
    .order_by(sa.desc("owed"), "id")
    .limit(sa.bindparam("limit", type_=sa.BigInteger()))
)
_ids: sa.BindParameter[Any] = sa.bindparam("ids", expanding=True)
_OF_THESE = _OPEN.where(sa.or_(patient.c.id.in_(_ids), patient.c.survivor_id.in_(_ids)))


def owing(reading: Reading, limit: int) -> tuple[PatientHit, ...]:
    """Return patients for whom families owe, those with most first."""
    owed = _amounts(reading, _MOST_FIRST, {"limit": limit})
    return _with(by_ids(reading, tuple(owed)), owed)


def with_debts(reading: Reading, hits: tuple[PatientHit, ...]) -> tuple[PatientHit, ...]:
    """Return the same patients with what is owed for each."""
    if not hits:
        return ()
    return _with(hits, _amounts(reading, _OF_THESE, {"ids": [hit.id for hit in hits]}))


def _with(hits: tuple[PatientHit, ...], owed: dict[int, int]) -> tuple[PatientHit, ...]:
    return tuple(replace(hit, owed_minor=owed.get(hit.id, 0)) for hit in hits)


def _amounts(reading: Reading, statement: sa.Select[Any], values: dict[str, Any]) -> dict[int, int]:
    rows: Any = reading.execute(statement, values)
    return {number: owed for number, owed in rows if owed > 0}
