# SPDX-License-Identifier: Apache-2.0
"""What lay on the shelves on a day and was soon to expire; from the movements, so as it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.closing.model.pack import EXPIRY_DAYS
from clinicdesk.closing.queries.production import LAST
from clinicdesk.stock.queries import ExpiringRow
from clinicdesk.stock.tables import item, lot, movement, place
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Day, Text

_m = movement.c
_left = sa.func.sum(_m.quantity)
_EXPIRING = Prepared(
    sa.select(
        item.c.id,
        item.c.name,
        item.c.unit,
        lot.c.id,
        lot.c.number,
        place.c.id,
        place.c.name,
        _left,
        sa.func.sum(_m.value_minor),
        sa.type_coerce(lot.c.expires_on, Text),
    )
    .select_from(movement.join(lot, lot.c.id == _m.lot_id))
    .join(item, item.c.id == _m.item_id)
    .join(place, place.c.id == _m.place_id)
    .where(_m.business_on <= LAST, lot.c.expires_on <= sa.bindparam("until", type_=Day))
    .group_by(
        item.c.id, item.c.name, item.c.unit, lot.c.id, lot.c.number, place.c.id, place.c.name,
        lot.c.expires_on,
    )
    .having(_left > sa.literal_column("0"))
    .order_by(lot.c.expires_on, item.c.name, lot.c.number, place.c.name)
)  # fmt: skip


def expiring(reading: Reading, on: date) -> tuple[ExpiringRow, ...]:
    """Return what lay there on a day and expires within ``EXPIRY_DAYS``, soonest first."""
    until = on + timedelta(days=EXPIRY_DAYS)
    rows = (
        (*what, date.fromisoformat(expires))
        for *what, expires in _EXPIRING.rows(reading, last=on, until=until)
    )
    return tuple(_line(on, *row) for row in rows)


def _line(on: date, *row: Any) -> ExpiringRow:
    item_id, name, unit, lot_id, number, place_id, where, quantity, value, expires_on = row
    return ExpiringRow(
        item_id=item_id,
        item=name,
        unit=unit,
        lot_id=lot_id,
        lot=number,
        place_id=place_id,
        place=where,
        quantity=quantity,
        value_minor=value,
        expires_on=expires_on,
        days=(expires_on - on).days,
        expired=expires_on < on,
    )
