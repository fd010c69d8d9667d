# SPDX-License-Identifier: Apache-2.0
"""R10 and R20: what was taken off without money, and what money went back."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.access.tables import app_user
from clinicdesk.billing.tables import charge
from clinicdesk.closing.model import MONEY, OWED
from clinicdesk.closing.model.pack import (
    AdjustmentRow,
    Adjustments,
    ContractualRow,
    RefundRow,
)  # fmt: skip
from clinicdesk.closing.queries.movements import ADJUSTED, APPLIED
from clinicdesk.closing.queries.production import FIRST, LAST, among, is_
from clinicdesk.ledger.tables import entry, posting, receipt
from clinicdesk.patients.tables import patient, payer
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Text

_p, _e = posting.c, entry.c
_nothing: sa.ColumnElement[Any] = sa.literal_column("''")
# Worded so that no index of accounts serves it: a month has few postings (queries.movements).
_owed = among(_p.account.concat(_nothing), OWED)
_money = among(_p.account.concat(_nothing), MONEY)
_days = entry.c.business_on.between(FIRST, LAST)
_postings = entry.join(posting, _p.entry_id == _e.id)
_user = sa.func.coalesce(app_user.c.name, _nothing)

_CONTRACTUAL = Prepared(
    sa.select(payer.c.name, sa.func.count(), sa.func.sum(_p.amount_minor))
    .select_from(_postings)
    .outerjoin(payer, sa.and_(is_(_p.party_kind, "payer"), payer.c.id == _p.party_id))
    .where(_days, _owed, is_(_p.cause, "contractual"))
    .group_by(payer.c.name)
    .order_by(sa.func.sum(_p.amount_minor), payer.c.name)
)
_DECIDED = Prepared(
    sa.select(
        sa.type_coerce(_e.business_on, Text),
        patient.c.chart_number,
        patient.c.family_name,
        patient.c.given_name,
        _p.cause,
        sa.func.coalesce(_p.reason_code, _nothing),
        sa.func.coalesce(charge.c.code, _nothing),
        sa.type_coerce(charge.c.service_on, Text),
        _user,
        _p.amount_minor,
    )
    .select_from(_postings)
    .outerjoin(patient, patient.c.id == _p.patient_id)
    .outerjoin(charge, charge.c.id == _p.charge_id)
    .outerjoin(app_user, app_user.c.id == _e.user_id)
    .where(_days, _owed, among(_p.cause, (*ADJUSTED, "write-off")))
    .order_by(_e.business_on, _e.seq, _p.line)
)
_REFUNDS = Prepared(
    sa.select(
        sa.type_coerce(_e.business_on, Text),
        payer.c.name,
        patient.c.family_name,
        patient.c.given_name,
        sa.func.coalesce(receipt.c.number, _nothing),
        sa.func.coalesce(_p.method, receipt.c.method, _nothing),
        _p.cause,
        sa.func.coalesce(_p.reason_code, _nothing),
        _user,
        _p.amount_minor,
    )
    .select_from(_postings)
    .outerjoin(receipt, receipt.c.id == _p.receipt_id)
    .outerjoin(payer, sa.and_(is_(_p.party_kind, "payer"), payer.c.id == _p.party_id))
    .outerjoin(patient, patient.c.id == sa.func.coalesce(_p.patient_id, receipt.c.patient_id))
    .outerjoin(app_user, app_user.c.id == _e.user_id)
    .where(
        _days,
        _money,
        among(_p.cause, APPLIED),
        sa.or_(_e.reverses_id.is_not(None), sa.not_(is_(_p.cause, "payment"))),
    )
    .order_by(_e.business_on, _e.seq, _p.line)
)


def adjustments(reading: Reading, first: date, last: date) -> Adjustments:
    """Return R10: contracts by insurer, everything else line by line."""
    contractual = tuple(
        ContractualRow(name or "", lines, amount)
        for name, lines, amount in _CONTRACTUAL.rows(reading, first=first, last=last)
    )
    decided = tuple(
        AdjustmentRow(
            date.fromisoformat(on),
            account or "",
            _name(family, given),
            cause,
            reason,
            code,
            date.fromisoformat(service_on) if service_on else None,
            user,
            amount,
        )
        for (
            on, account, family, given, cause, reason, code, service_on, user, amount,
        ) in _DECIDED.rows(reading, first=first, last=last)
    )  # fmt: skip
    return Adjustments(contractual, decided)


def refunds(reading: Reading, first: date, last: date) -> tuple[RefundRow, ...]:
    """Return R20."""
    return tuple(
        RefundRow(
            date.fromisoformat(on), insurer or _name(family, given), number, method, cause, reason,
            user, amount,
        )
        for (
            on, insurer, family, given, number, method, cause, reason, user, amount,
        ) in _REFUNDS.rows(reading, first=first, last=last)
    )  # fmt: skip


def _name(family: str | None, given: str | None) -> str:
    return ", ".join(part for part in (family, given) if part)
