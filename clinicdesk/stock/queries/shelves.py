# SPDX-License-Identifier: Apache-2.0
"""What is there: items, levels, shelves, what expires, and the book of an item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.access.tables import app_user
from clinicdesk.patients.tables import patient
from clinicdesk.stock.model import EXPIRING_DAYS, is_expired, is_low, suggestion
from clinicdesk.stock.queries.orders import on_order
from clinicdesk.stock.queries.rows import ExpiringRow, ItemRow, LevelRow, MovementRow, ShelfRow
from clinicdesk.stock.tables import (
    item,
    lot,
    movement,
    on_hand,
    place,
    purchase_order,
    purchase_order_line,
    supplier,
)
from clinicdesk.storage.records import Reading

_ITEMS = (
    sa.select(
        item.c.id,
        item.c.version,
        item.c.name,
        item.c.code,
        item.c.unit,
        item.c.pack_unit,
        item.c.pack_size,
        item.c.par_min,
        item.c.par_max,
        sa.func.coalesce(supplier.c.name, ""),
        item.c.tracks_lots,
        item.c.archived,
    )
    .join_from(item, supplier, supplier.c.id == item.c.supplier_id, isouter=True)
    .order_by(item.c.folded_name, item.c.id)
)
_SHELVES = (
    sa.select(
        item.c.id,
        item.c.name,
        item.c.unit,
        lot.c.id,
        sa.func.coalesce(lot.c.number, ""),
        place.c.id,
        place.c.name,
        on_hand.c.quantity,
        lot.c.expires_on,
        on_hand.c.value_minor,
    )
    .join_from(on_hand, item, item.c.id == on_hand.c.item_id)
    .join(place, place.c.id == on_hand.c.place_id)
    .join(lot, lot.c.id == on_hand.c.lot_id, isouter=True)
    .where(on_hand.c.quantity > 0)
    .order_by(item.c.folded_name, item.c.id, lot.c.expires_on, lot.c.id, place.c.id)
)
_FAR = 10**6


def items(reading: Reading, *, archived: bool = False) -> tuple[ItemRow, ...]:
    """Return the catalogue by name."""
    rows = (ItemRow(*tuple(row)) for row in reading.execute(_ITEMS))
    return tuple(row for row in rows if archived or not row.archived)


def shelves(reading: Reading) -> tuple[ShelfRow, ...]:
    """Return everything on hand, by item, first to expire first."""
    return tuple(ShelfRow(*tuple(row)) for row in reading.execute(_SHELVES))


def levels(reading: Reading) -> tuple[LevelRow, ...]:
    """Return each item with what is there, most urgent first."""
    return levels_of(
        items(reading),
        shelves(reading),
        on_order(reading),
        reading.today,
        usual_places(reading),
    )


def usual_places(reading: Reading) -> dict[int, str]:
    """Return where the latest lot of each item was put, though it may be used up."""
    rows = reading.execute(
        sa.select(on_hand.c.item_id, place.c.name)
        .join_from(on_hand, place, place.c.id == on_hand.c.place_id)
        .order_by(on_hand.c.item_id, on_hand.c.lot_id, place.c.id.desc())
    )
    return {row.item_id: row.name for row in rows}


def levels_of(
    catalogue: Iterable[ItemRow],
    on_shelves: Iterable[ShelfRow],
    ordered: dict[int, int],
    today: date,
    usual: dict[int, str],
) -> tuple[LevelRow, ...]:
    """Put items and shelves together."""
    by_item: defaultdict[int, list[ShelfRow]] = defaultdict(list)
    for row in on_shelves:
        by_item[row.item_id].append(row)
    rows = [
        replace(
            _level(one, by_item[one.id], ordered.get(one.id, 0), today),
            usual_place=usual.get(one.id, ""),
        )
        for one in catalogue
    ]
    rows.sort(key=_urgency)
    return tuple(rows)


def _level(one: ItemRow, there: list[ShelfRow], ordered: int, today: date) -> LevelRow:
    expired = sum(row.quantity for row in there if is_expired(row.expires_on, today))
    whole = sum(row.quantity for row in there)
    usable = whole - expired
    first = min(
        (row for row in there if row.expires_on is not None),
        key=lambda row: row.expires_on or date.max,
        default=None,
    )
    soon = today + timedelta(days=EXPIRING_DAYS)
    expiring = sum(
        row.quantity for row in there if row.expires_on and today <= row.expires_on <= soon
    )
    low = is_low(usable, ordered, one.par_min, one.par_max)
    expires_on = first.expires_on if first else None
    days = (expires_on - today).days if expires_on else None
    return LevelRow(
        item=one,
        on_hand=whole,
        usable=usable,
        expired=expired,
        expiring=expiring,
        lot=first.lot if first else "",
        expires_on=expires_on,
        days=days,
        on_order=ordered,
        suggest=suggestion(usable, ordered, one.par_min, one.par_max, one.pack_size),
        low=low,
        value_minor=sum(row.value_minor for row in there),
        places=tuple(dict.fromkeys(row.place for row in there)),
        rank=_rank(usable, low=low, expired=expired, expiring=expiring),
    )


def _rank(usable: int, *, low: bool, expired: int, expiring: int) -> int:
    if low:
        return 0 if usable == 0 else 1
    if expired:
        return 2
    return 3 if expiring else 4


def _urgency(row: LevelRow) -> tuple[int, int, int, str]:
    """Empty first, then by how little of the least is left, then by what expires soonest."""
    one = row.item
    left = _FAR
    if row.low:
        left = 1000 * row.usable // max(1, one.par_min)
    return (row.rank, left, _FAR if row.days is None else row.days, one.name.casefold())


def expiring(reading: Reading, days: int, on: date | None = None) -> tuple[ExpiringRow, ...]:
    """Return what lies there and expires within days of a day, soonest first."""
    today = on or reading.today
    last = today + timedelta(days=days)
    rows = [
        ExpiringRow(
            row.item_id,
            row.item,
            row.unit,
            row.lot_id or 0,
            row.lot,
            row.place_id,
            row.place,
            row.quantity,
            row.value_minor,
            row.expires_on,
            (row.expires_on - today).days,
            is_expired(row.expires_on, today),
        )
        for row in shelves(reading)
        if row.expires_on is not None and row.expires_on <= last
    ]
    return tuple(sorted(rows, key=lambda row: (row.expires_on, row.item, row.lot, row.place)))


def history(reading: Reading, item_id: int, limit: int) -> tuple[MovementRow, ...]:
    """Return the item's movements with the running balance, newest first."""
    back, shown = movement.alias("back"), patient.alias("shown")
    balance = sa.func.sum(movement.c.quantity).over(order_by=movement.c.seq)
    rows = reading.execute(
        sa.select(
            movement.c.id,
            movement.c.seq,
            movement.c.at,
            movement.c.business_on,
            movement.c.kind,
            movement.c.quantity,
            balance.label("balance"),
            lot.c.number.label("lot"),
            place.c.name.label("place"),
            movement.c.value_minor,
            movement.c.reason,
            shown.c.family_name,
            shown.c.given_name,
            movement.c.visit_id,
            purchase_order.c.number.label("order_number"),
            app_user.c.name.label("by_name"),
            back.c.id.label("back_id"),
            movement.c.reverses_id,
        )
        .join_from(movement, place, place.c.id == movement.c.place_id)
        .outerjoin(lot, lot.c.id == movement.c.lot_id)
        .outerjoin(back, back.c.reverses_id == movement.c.id)
        .outerjoin(patient, patient.c.id == movement.c.patient_id)
        .outerjoin(shown, shown.c.id == sa.func.coalesce(patient.c.survivor_id, patient.c.id))
        .outerjoin(purchase_order_line, purchase_order_line.c.id == movement.c.order_line_id)
        .outerjoin(purchase_order, purchase_order.c.id == purchase_order_line.c.order_id)
        .outerjoin(app_user, app_user.c.id == movement.c.by_user_id)
        .where(movement.c.item_id == item_id)
        .order_by(movement.c.seq.desc())
        .limit(limit)
    )
    return tuple(_moved(row) for row in rows)


def _moved(row: sa.Row[Any]) -> MovementRow:
    names = [name for name in (row.family_name, row.given_name) if name]
    return MovementRow(
        row.id,
        row.seq,
        row.at,
        row.business_on,
        row.kind,
        row.quantity,
        int(row.balance),
        row.lot or "",
        row.place,
        row.value_minor,
        row.reason or "",
        ", ".join(names),
        row.visit_id,
        row.order_number or "",
        row.by_name or "",
        row.back_id is not None,
        row.reverses_id is not None,
    )


def on_hand_at(reading: Reading, seq: int) -> dict[tuple[int, int, int], int]:
    """Return what lay where after the movement of a number: item, lot or 0, place."""
    lot_id = sa.func.coalesce(movement.c.lot_id, 0).label("lot_id")
    rows = reading.execute(
        sa.select(
            movement.c.item_id,
            lot_id,
            movement.c.place_id,
            sa.func.sum(movement.c.quantity).label("quantity"),
        )
        .where(movement.c.seq <= seq)
        .group_by(movement.c.item_id, lot_id, movement.c.place_id)
    )
    return {(row.item_id, row.lot_id, row.place_id): int(row.quantity) for row in rows}


def places(reading: Reading) -> tuple[str, ...]:
    """Return the names of the places."""
    return tuple(
        reading.execute(
            sa.select(place.c.name)
            .where(place.c.archived == sa.literal_column("0"))
            .order_by(place.c.name)
        ).scalars()
    )


def suppliers(reading: Reading) -> tuple[str, ...]:
    """Return the names of the suppliers."""
    return tuple(
        reading.execute(
            sa.select(supplier.c.name)
            .where(supplier.c.archived == sa.literal_column("0"))
            .order_by(supplier.c.name)
        ).scalars()
    )
