# SPDX-License-Identifier: Apache-2.0
"""Who pays for a patient: guarantor and coverages of a day, and the payers there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.patients.tables import coverage, guarantor, patient, payer
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Day


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A coverage, current or past."""

    id: int
    payer_id: int
    payer: str
    plan: str
    member_id: str
    rank: int
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class PayerRow:
    """An insurer or agency."""

    id: int
    name: str
    kind: str


def coverages(reading: Reading, number: int) -> tuple[CoverageRow, ...]:
    """Return every coverage a patient has or had, the newest first."""
    rows: Any = reading.execute(_COVERAGES, {"patient_id": number})
    return tuple(CoverageRow(*row) for row in rows)


_COVERAGES = (
    sa.select(
        coverage.c.id,
        coverage.c.payer_id,
        payer.c.name,
        coverage.c.plan,
        coverage.c.member_id,
        coverage.c.rank,
        coverage.c.from_on,
        coverage.c.to_on,
    )
    .join(payer, payer.c.id == coverage.c.payer_id)
    .where(coverage.c.patient_id == sa.bindparam("patient_id"))
    .order_by(coverage.c.from_on.desc(), coverage.c.rank)
)


def guarantor_on(reading: Reading, patient_id: int, on: date) -> int:
    """Return who pays for the patient on a day; the patient where nothing is said.

    Of a guarantor's record merged into another, the one that stays.
    """
    found = reading.execute(_GUARANTOR, {"patient_id": patient_id, "on": on}).scalar()
    return int(found) if found is not None else patient_id


_on = sa.bindparam("on", type_=Day())
_GUARANTOR = (
    sa.select(sa.func.coalesce(patient.c.survivor_id, patient.c.id))
    .join_from(guarantor, patient, patient.c.id == guarantor.c.guarantor_id)
    .where(
        guarantor.c.patient_id == sa.bindparam("patient_id"),
        guarantor.c.from_on <= _on,
        sa.or_(guarantor.c.to_on.is_(None), guarantor.c.to_on >= _on),
    )
    .order_by(guarantor.c.from_on.desc(), guarantor.c.id.desc())
    .limit(1)
)


def coverages_on(reading: Reading, patient_id: int, on: date) -> tuple[CoverageRow, ...]:
    """Return the coverages of a day, rank 1 first."""
    rows = [
        row
        for row in coverages(reading, patient_id)
        if row.from_on <= on and (row.to_on is None or row.to_on >= on)
    ]
    return tuple(sorted(rows, key=lambda row: row.rank))


def payers(reading: Reading) -> tuple[PayerRow, ...]:
    """Return insurers and agencies in use, by name."""
    rows = reading.execute(
        sa.select(payer.c.id, payer.c.name, payer.c.kind)
        .where(payer.c.archived == sa.literal_column("0"))
        .order_by(payer.c.folded_name)
    )
    return tuple(PayerRow(row.id, row.name, row.kind) for row in rows)
