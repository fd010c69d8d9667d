# SPDX-License-Identifier: Apache-2.0
"""Report R24: what came, went and is left, in units and in value, by business day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from clinicdesk.ledger.model import SUPPLIES
from clinicdesk.ledger.tables import entry, posting
from clinicdesk.stock.model import Move
from clinicdesk.stock.queries.rows import ValuationRow
from clinicdesk.stock.tables import item, lot, movement
from clinicdesk.storage.records import Reading

_USE_DAYS = 90
_TENTH = Decimal("0.1")


def valuation(reading: Reading, first: date, last: date) -> tuple[ValuationRow, ...]:
    """Return a line of each item that was there or moved in a span of business days."""
    _m = movement.c
    inside = _m.business_on >= first
    too_old = sa.and_(
        _m.kind == Move.DISCARD.value,
        lot.c.expires_on.is_not(None),
        lot.c.expires_on < _m.business_on,
    )
    kinds: dict[str, sa.ColumnElement[bool]] = {
        "opening": sa.not_(inside),
        "received": sa.and_(inside, _m.kind == Move.RECEIVE.value),
        "used": sa.and_(inside, _m.kind == Move.USE.value),
        "expired": sa.and_(inside, too_old),
        "wasted": sa.and_(
            inside,
            _m.kind == Move.DISCARD.value,
            sa.or_(lot.c.expires_on.is_(None), lot.c.expires_on >= _m.business_on),
        ),
        "adjusted": sa.and_(inside, _m.kind.in_((Move.ADJUST.value, Move.COUNT.value))),
        "lately": sa.and_(
            _m.kind == Move.USE.value, _m.business_on > last - timedelta(days=_USE_DAYS)
        ),
    }
    sums = [
        sa.func.coalesce(sa.func.sum(sa.case((which, column), else_=0)), 0).label(name + suffix)
        for name, which in kinds.items()
        for suffix, column in (("", _m.quantity), ("_minor", _m.value_minor))
    ]
    rows = reading.execute(
        sa.select(
            item.c.id,
            item.c.name,
            item.c.unit,
            sa.func.sum(_m.quantity).label("closing"),
            sa.func.sum(_m.value_minor).label("closing_minor"),
            *sums,
        )
        .join_from(movement, item, item.c.id == _m.item_id)
        .outerjoin(lot, lot.c.id == _m.lot_id)
        .where(_m.business_on <= last)
        .group_by(item.c.id, item.c.name, item.c.unit, item.c.folded_name)
        .order_by(item.c.folded_name, item.c.id)
    )
    return tuple(line for line in map(_line, rows) if _lives(line))


def account_and_movements(reading: Reading, last: date) -> tuple[int, int]:
    """Return the balance of account 1200 by its postings, and the value of all movements.

    Two statements over different tables, up to a business day: they are equal.
    """
    by_postings = reading.execute(
        sa.select(sa.func.coalesce(sa.func.sum(posting.c.amount_minor), 0))
        .join_from(posting, entry, entry.c.id == posting.c.entry_id)
        .where(posting.c.account == SUPPLIES, entry.c.business_on <= last)
    ).scalar_one()
    by_movements = reading.execute(
        sa.select(sa.func.coalesce(sa.func.sum(movement.c.value_minor), 0)).where(
            movement.c.business_on <= last
        )
    ).scalar_one()
    return int(by_postings), int(by_movements)


def postings_of(reading: Reading, entry_id: int) -> list[int]:
    """Return the ids of an entry's postings, in order of its lines."""
    ids = reading.execute(
        sa.select(posting.c.id).where(posting.c.entry_id == entry_id).order_by(posting.c.line)
    ).scalars()
    return [int(number) for number in ids]


def _line(row: sa.Row[Any]) -> ValuationRow:
    closing, lately = int(row.closing), -int(row.lately)
    months = None
    if lately > 0:
        months = (Decimal(closing * _USE_DAYS) / Decimal(lately * 30)).quantize(_TENTH)
    return ValuationRow(
        account=SUPPLIES,
        item_id=row.id,
        item=row.name,
        unit=row.unit,
        opening=int(row.opening),
        received=int(row.received),
        used=-int(row.used),
        wasted=-int(row.wasted),
        expired=-int(row.expired),
        adjusted=int(row.adjusted),
        closing=closing,
        opening_minor=int(row.opening_minor),
        received_minor=int(row.received_minor),
        used_minor=-int(row.used_minor),
        wasted_minor=-int(row.wasted_minor),
        expired_minor=-int(row.expired_minor),
        adjusted_minor=int(row.adjusted_minor),
        closing_minor=int(row.closing_minor),
        months=months,
    )


def _lives(line: ValuationRow) -> bool:
    parts = (line.opening, line.received, line.used, line.wasted, line.expired, line.adjusted)
    return any(parts) or bool(line.closing)
