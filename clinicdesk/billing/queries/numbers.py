# SPDX-License-Identifier: Apache-2.0
"""Papers and charges by their numbers, as somebody at the desk reads them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.kernel.folding import digits
from clinicdesk.ledger.tables import issued_paper, posting, receipt, series
from clinicdesk.patients.tables import patient
from clinicdesk.storage.records import Reading

RECEIPT, STATEMENT, CHARGE = "receipt", "statement", "charge"
_AFTER_EVERY_DIGIT = ":"


@dataclass(frozen=True, slots=True)
class NumberHit:
    """Something that has a number and stands on a patient's account.

    Attributes:
        kind: receipt, statement or charge.
        id: of the receipt, the issued paper or the charge.
        number: as it is printed.
        amount_minor: taken or charged; None for a statement.
    """

    kind: str
    id: int
    number: str
    patient_id: int
    patient: str
    on: date
    amount_minor: int | None


def by_number(reading: Reading, text: str, limit: int) -> tuple[NumberHit, ...]:
    """Return receipts, statements and charges whose number begins so; with none the latest."""
    number = digits(text)
    letter = next((c for c in text.upper() if c.isalpha()), "")
    hits: list[NumberHit] = []
    if letter in {"", "R"}:
        hits += _receipts(reading, number, limit)
    if number and letter in {"", "S"}:
        hits += _statements(reading, number, limit)
    if number and letter in {"", "V"}:
        hits += _charges(reading, int(number))
    hits.sort(key=lambda hit: digits(hit.number) != number)  # stable: the whole number first
    return tuple(hits[:limit])


def _prefix(reading: Reading, key: str) -> str:
    found = reading.execute(sa.select(series.c.prefix).where(series.c.key == key)).scalar()
    return str(found or "")


def _begins(column: sa.ColumnElement[str], start: str) -> sa.ColumnElement[bool]:
    """Say "begins with" so that an index of the column serves it."""
    return sa.and_(column >= start, column < start + _AFTER_EVERY_DIGIT)


def _receipts(reading: Reading, number: str, limit: int) -> list[NumberHit]:
    of_several = (  # an insurer's receipt has no patient of its own; its first part has
        sa.select(sa.func.min(posting.c.patient_id))
        .where(posting.c.receipt_id == receipt.c.id)
        .correlate(receipt)
        .scalar_subquery()
    )
    statement = (
        sa.select(
            receipt.c.id,
            receipt.c.number,
            patient.c.id.label("patient_id"),
            receipt.c.received_on,
            receipt.c.amount_minor,
            patient.c.given_name,
            patient.c.family_name,
        )
        .select_from(receipt)
        .join(patient, patient.c.id == sa.func.coalesce(receipt.c.patient_id, of_several))
        .order_by(receipt.c.id.desc())
        .limit(limit)
    )
    if number:
        start = _prefix(reading, RECEIPT) + number
        statement = statement.where(_begins(receipt.c.number, start))
        statement = statement.order_by(None).order_by(
            sa.func.length(receipt.c.number), receipt.c.id.desc()
        )
    return [
        NumberHit(
            RECEIPT,
            row.id,
            row.number,
            row.patient_id,
            f"{row.given_name} {row.family_name}",
            row.received_on,
            row.amount_minor,
        )
        for row in reading.execute(statement)
    ]


def _statements(reading: Reading, number: str, limit: int) -> list[NumberHit]:
    rows = reading.execute(
        sa.select(
            issued_paper.c.id,
            issued_paper.c.number,
            issued_paper.c.issued_at,
            patient.c.id.label("patient_id"),
            patient.c.given_name,
            patient.c.family_name,
        )
        .join(patient, patient.c.id == issued_paper.c.object_id)
        .where(
            issued_paper.c.kind == STATEMENT,
            issued_paper.c.object_kind == "patient",
            _begins(issued_paper.c.number, _prefix(reading, STATEMENT) + number),
        )
        .order_by(sa.func.length(issued_paper.c.number), issued_paper.c.id.desc())
        .limit(limit)
    )
    return [
        NumberHit(
            STATEMENT,
            row.id,
            row.number,
            row.patient_id,
            f"{row.given_name} {row.family_name}",
            reading.zone.day(row.issued_at),
            None,
        )
        for row in rows
    ]


def _charges(reading: Reading, number: int) -> list[NumberHit]:
    row = reading.execute(
        sa.select(
            charge.c.id,
            charge.c.patient_id,
            charge.c.service_on,
            charge.c.amount_minor,
            patient.c.given_name,
            patient.c.family_name,
        )
        .join(patient, patient.c.id == charge.c.patient_id)
        .where(charge.c.id == number)
    ).first()
    if row is None:
        return []
    who = f"{row.given_name} {row.family_name}"
    return [
        NumberHit(
            CHARGE, row.id, f"V-{row.id}", row.patient_id, who, row.service_on, row.amount_minor
        )
    ]


def kept_body(reading: Reading, paper_id: int) -> bytes | None:
    """Return the bytes of an issued paper."""
    found: bytes | None = reading.execute(
        sa.select(issued_paper.c.body).where(issued_paper.c.id == paper_id)
    ).scalar()
    return found
