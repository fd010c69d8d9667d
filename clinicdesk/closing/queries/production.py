# SPDX-License-Identifier: Apache-2.0
"""R4 and R6: production and income by day, from the postings; by month, from the day totals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.closing.model import CREDITS, OWED
from clinicdesk.closing.model.pack import ProductionRow
from clinicdesk.closing.queries.movements import ADJUSTED, APPLIED, WRITTEN_OFF, income_accounts
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.tables import day_total, entry, posting
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Day, Text

MONTHS = 12
_AVERAGED = 3

FIRST = sa.bindparam("first", type_=Day)
LAST = sa.bindparam("last", type_=Day)


def among(column: sa.ColumnElement[Any], values: Sequence[str]) -> sa.ColumnElement[bool]:
    """Return that a column is one of some codes of ours, written out: a place each binds none."""
    return column.in_([sa.literal_column(f"'{value}'") for value in values])


def is_(column: sa.ColumnElement[Any], value: str) -> sa.ColumnElement[bool]:
    """Return that a column is a code of ours, written out."""
    return column == sa.literal_column(f"'{value}'")


def _sums(source: Any, party_kind: sa.ColumnElement[Any]) -> list[sa.ColumnElement[Any]]:
    """Return the amounts of a row, over postings or over day totals."""
    owed = among(source.account, OWED)
    applied = sa.and_(owed, among(source.cause, APPLIED))
    insurer = is_(party_kind, "payer")

    def amount(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        met = sa.case((sa.and_(*conditions), source.amount_minor), else_=sa.literal_column("0"))
        return sa.func.sum(met)

    return [
        -amount(source.account.in_(income_accounts()), is_(source.cause, "charge")),
        amount(owed, among(source.cause, ADJUSTED)),
        amount(owed, among(source.cause, WRITTEN_OFF)),
        -amount(applied, sa.not_(insurer)),
        -amount(applied, insurer),
        -amount(among(source.account, CREDITS)),
    ]


_on = sa.type_coerce(entry.c.business_on, Text)
_BY_DAY = Prepared(
    sa.select(
        _on, *_sums(posting.c, sa.func.coalesce(posting.c.party_kind, sa.literal_column("''")))
    )
    .join_from(entry, posting, posting.c.entry_id == entry.c.id)
    .where(entry.c.business_on.between(FIRST, LAST))
    .group_by(_on)
    .order_by(_on)
)
_month = sa.func.substr(
    sa.type_coerce(day_total.c.business_on, Text), sa.literal_column("1"), sa.literal_column("7")
)
_BY_MONTH = Prepared(
    sa.select(_month, *_sums(day_total.c, day_total.c.party_kind))
    .where(day_total.c.business_on.between(FIRST, LAST))
    .group_by(_month)
    .order_by(_month)
)


def by_day(reading: Reading, first: date, last: date) -> tuple[ProductionRow, ...]:
    """Return R4: the days on which anything was produced, taken off or received."""
    rows = _BY_DAY.rows(reading, first=first, last=last)
    return tuple(ProductionRow(date.fromisoformat(day), *sums) for day, *sums in rows if any(sums))


def by_month(reading: Reading, month: Month, as_of: date) -> tuple[ProductionRow, ...]:
    """Return R6: twelve months up to one, each with the average of the three that end there."""
    months = [month]
    while len(months) < MONTHS + _AVERAGED - 1:
        months.append(months[-1].previous)
    months.reverse()
    found = {
        name: sums for name, *sums in _BY_MONTH.rows(reading, first=months[0].first, last=as_of)
    }
    nothing = [0] * 6
    rows = [ProductionRow(one.first, *found.get(str(one), nothing)) for one in months]
    begun = next((place for place, one in enumerate(months) if str(one) in found), len(months))
    return tuple(_averaged(rows, place, begun) for place in range(_AVERAGED - 1, len(rows)))


def _averaged(rows: Sequence[ProductionRow], place: int, begun: int) -> ProductionRow:
    row = rows[place]
    if place - _AVERAGED + 1 < begun:
        return row  # fewer than three months are known
    three = rows[place - _AVERAGED + 1 : place + 1]
    average = round(sum(one.net_minor for one in three) / _AVERAGED)
    return ProductionRow(
        row.on,
        row.production_minor,
        row.adjustment_minor,
        row.write_off_minor,
        row.patient_income_minor,
        row.insurer_income_minor,
        row.unearned_minor,
        average,
    )
