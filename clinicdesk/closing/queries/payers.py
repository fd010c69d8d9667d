# SPDX-License-Identifier: Apache-2.0
"""R11: who pays, by share of visits, charges, payments and of what is owed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.closing.model import RECEIVABLE
from clinicdesk.closing.model.pack import PayerRow
from clinicdesk.closing.queries.movements import APPLIED
from clinicdesk.closing.queries.production import FIRST, LAST, among, is_
from clinicdesk.ledger.tables import day_total, entry, posting
from clinicdesk.patients.tables import coverage, payer
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Text

_zero: sa.ColumnElement[Any] = sa.literal_column("0")
_TENTH = Decimal("0.1")
_d = day_total.c


def _amount(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.func.sum(sa.case((sa.and_(*conditions), _d.amount_minor), else_=_zero))


_FLOWS = Prepared(
    sa.select(
        _d.payer_id,
        _amount(is_(_d.cause, "charge")),
        -_amount(among(_d.cause, APPLIED)),
    )
    .where(among(_d.account, RECEIVABLE), _d.business_on.between(FIRST, LAST))
    .group_by(_d.payer_id)
)
_OWED = Prepared(
    sa.select(_d.payer_id, sa.func.sum(_d.amount_minor))
    .where(among(_d.account, RECEIVABLE), _d.business_on <= LAST)
    .group_by(_d.payer_id)
)
_first_payer: sa.ColumnElement[Any] = sa.func.coalesce(coverage.c.payer_id, _zero)
_VISITS = Prepared(
    sa.select(_first_payer, sa.func.count(sa.distinct(charge.c.visit_id)).label("visits"))
    .select_from(charge.outerjoin(coverage, coverage.c.id == charge.c.coverage_id))
    .where(
        charge.c.business_on.between(FIRST, LAST),
        charge.c.visit_id.is_not(None),
        charge.c.reversed == _zero,
    )
    .group_by(_first_payer)
)
_whose: sa.ColumnElement[Any] = sa.case(
    (is_(posting.c.party_kind, "payer"), posting.c.party_id), else_=_zero
)
_served, _paid = charge.c.service_on, entry.c.business_on
_PAID = Prepared(
    sa.select(
        _whose,
        sa.type_coerce(_served, Text),
        sa.type_coerce(_paid, Text),
        sa.func.sum(-posting.c.amount_minor),
    )
    .select_from(entry.join(posting, posting.c.entry_id == entry.c.id))
    .join(charge, charge.c.id == posting.c.charge_id)
    .where(
        entry.c.business_on.between(FIRST, LAST),
        among(posting.c.account.concat(sa.literal_column("''")), RECEIVABLE),
        is_(posting.c.cause, "payment"),
    )
    .group_by(_whose, _served, _paid)
)
_NAMES = Prepared(sa.select(payer.c.id, payer.c.name))


def payers(reading: Reading, first: date, last: date) -> tuple[PayerRow, ...]:
    """Return R11, who was charged most first, the patients themselves last."""
    span = {"first": first, "last": last}
    flows = {who: (charged, paid) for who, charged, paid in _FLOWS.rows(reading, **span)}
    owed = dict(_OWED.rows(reading, last=last))
    visits = dict(_VISITS.rows(reading, **span))
    names = dict(_NAMES.rows(reading))
    days = _days_to_pay(reading, first, last)
    rows = [
        PayerRow(
            who,
            names.get(who, ""),
            visits.get(who, 0),
            *flows.get(who, (0, 0)),
            owed.get(who, 0),
            days.get(who),
        )
        for who in flows.keys() | owed.keys() | visits.keys()
    ]
    rows = [row for row in rows if row.visits or row.charges_minor or _money(row)]
    rows.sort(key=lambda row: (not row.name, -row.charges_minor, row.name))
    return tuple(_with_shares(row, rows) for row in rows)


def _money(row: PayerRow) -> bool:
    return bool(row.payments_minor or row.owed_minor)


def _with_shares(row: PayerRow, rows: list[PayerRow]) -> PayerRow:
    return replace(
        row,
        visit_share=_share(row.visits, sum(one.visits for one in rows)),
        charge_share=_share(row.charges_minor, sum(one.charges_minor for one in rows)),
        payment_share=_share(row.payments_minor, sum(one.payments_minor for one in rows)),
        owed_share=_share(row.owed_minor, sum(one.owed_minor for one in rows)),
    )


def _days_to_pay(reading: Reading, first: date, last: date) -> dict[int, Decimal]:
    """Return days from service to payment, each payment counting as much as it is."""
    weights: Counter[int] = Counter()
    weighted: Counter[int] = Counter()
    for who, served_on, paid_on, amount in _PAID.rows(reading, first=first, last=last):
        if amount > 0:
            late = (date.fromisoformat(paid_on) - date.fromisoformat(served_on)).days
            weights[who] += amount
            weighted[who] += amount * late
    return {
        who: (Decimal(weighted[who]) / weight).quantize(_TENTH) for who, weight in weights.items()
    }


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole > 0 else None
