# SPDX-License-Identifier: Apache-2.0
"""R16: money held for patients and insurers as of a day: deposits, overpayments, packages."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import package
from clinicdesk.closing.model import CREDITS
from clinicdesk.closing.model.pack import CreditKind, CreditRow
from clinicdesk.closing.queries.production import LAST, among, is_
from clinicdesk.ledger.model.chart import PACKAGES
from clinicdesk.ledger.tables import credit_amount, entry, posting, receipt
from clinicdesk.patients.tables import patient, payer
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Text

_nothing: sa.ColumnElement[Any] = sa.literal_column("''")
_zero: sa.ColumnElement[Any] = sa.literal_column("0")
_LAST_TEXT = sa.bindparam("last_text", type_=sa.Text)
_c, _p = credit_amount.c, posting.c

# What is left now; what was posted after the day is taken off again.
_NOW = Prepared(
    sa.select(_c.receipt_id, _c.party_kind, _c.party_id, _c.amount_minor).where(
        _c.amount_minor != _zero
    )
)
_LATER = Prepared(
    sa.select(_p.receipt_id, _p.party_kind, _p.party_id, _p.amount_minor)
    .join_from(entry, posting, _p.entry_id == entry.c.id)
    .where(entry.c.business_on > LAST, among(_p.account.concat(_nothing), CREDITS))
)
_RECEIPT = Prepared(
    sa.select(sa.type_coerce(receipt.c.received_on, Text), receipt.c.amount_minor).where(
        receipt.c.id == sa.bindparam("receipt")
    )
)
_PATIENT = Prepared(
    sa.select(patient.c.family_name, patient.c.given_name, patient.c.chart_number).where(
        patient.c.id == sa.bindparam("patient")
    )
)
_PAYERS = Prepared(sa.select(payer.c.id, payer.c.name))
_unearned = -sa.func.sum(_p.amount_minor)
_PACKAGES = Prepared(
    sa.select(
        patient.c.family_name,
        patient.c.given_name,
        patient.c.chart_number,
        _unearned,
        sa.type_coerce(package.c.sold_on, Text),
    )
    .select_from(posting.join(entry, entry.c.id == _p.entry_id))
    .join(package, package.c.id == _p.package_id)
    .join(patient, patient.c.id == package.c.patient_id)
    # Worded so that the index of accounts serves it, and not the one of days.
    .where(
        is_(_p.account, PACKAGES),
        sa.type_coerce(entry.c.business_on, Text).concat(_nothing) <= _LAST_TEXT,
    )
    .group_by(
        package.c.id,
        package.c.sold_on,
        patient.c.family_name,
        patient.c.given_name,
        patient.c.chart_number,
    )
    .having(_unearned != _zero)
)


def held(reading: Reading, as_of: date) -> tuple[CreditRow, ...]:
    """Return R16, largest first; a row of each owner and kind."""
    sums: defaultdict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0, ""])
    for (receipt_id, party_kind, party_id), amount in _of_receipts(reading, as_of).items():
        received_on, whole = _receipt(reading, receipt_id)
        if party_kind == "payer":
            kind = CreditKind.INSURER
        else:
            kind = CreditKind.DEPOSIT if amount == whole else CreditKind.LEFT_OVER
        row = sums[party_kind, party_id, kind]
        row[0] += amount
        row[1] = min(row[1] or received_on, received_on)
    insurers = dict(_PAYERS.rows(reading))
    rows = [
        CreditRow(*_owner(reading, insurers, who[0], who[1]), who[2], amount, _day(oldest, as_of))
        for who, (amount, oldest) in sums.items()
        if amount
    ]
    rows += [
        CreditRow(
            f"{family}, {given}", account, CreditKind.PACKAGE, amount, date.fromisoformat(sold_on)
        )
        for family, given, account, amount, sold_on in _PACKAGES.rows(
            reading, last_text=as_of.isoformat()
        )
    ]
    return tuple(sorted(rows, key=lambda row: (-row.amount_minor, row.name, row.kind.value)))


def _of_receipts(reading: Reading, as_of: date) -> dict[tuple[int, str, int], int]:
    """Return what is left of each receipt, and whose it is."""
    left: defaultdict[tuple[int, str, int], int] = defaultdict(int)
    for statement in (_NOW, _LATER):
        for receipt_id, party_kind, party_id, amount in statement.rows(reading, last=as_of):
            left[receipt_id, party_kind, party_id] += amount
    return {whose: amount for whose, amount in left.items() if amount}


def _receipt(reading: Reading, receipt_id: int | None) -> tuple[str, int]:
    found = _RECEIPT.rows(reading, receipt=receipt_id)
    return found[0] if found else ("", 0)


def _owner(
    reading: Reading, insurers: dict[int, str], party_kind: str, party_id: int
) -> tuple[str, str]:
    if party_kind != "guarantor":
        return insurers.get(party_id, ""), ""
    found = _PATIENT.rows(reading, patient=party_id)
    family, given, account = found[0] if found else ("", "", "")
    return f"{family}, {given}", account


def _day(text: str, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise
