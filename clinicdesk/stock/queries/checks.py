# SPDX-License-Identifier: Apache-2.0
"""Checks: what is on hand is what was moved, and worth what the books say."""

from __future__ import annotations

import json
from collections.abc import Iterator

import sqlalchemy as sa

from clinicdesk.kernel.checks import Check
from clinicdesk.ledger.model import SUPPLIES
from clinicdesk.ledger.tables import posting
from clinicdesk.stock.queries.valuation import account_and_movements
from clinicdesk.stock.tables import movement, on_hand
from clinicdesk.storage.records import Reading
from clinicdesk.storage.tables import audit

_SHOWN = 5
_m = movement.c
_LOT = sa.func.coalesce(_m.lot_id, 0).label("lot_id")


def checks(reading: Reading) -> tuple[Check, ...]:
    """Prove the shelves from the movements, the movements from the audit trail and the books."""
    moved, kept = _moved(reading), _kept(reading)
    wrong = [
        f"item {key[0]}, lot {key[1]}, place {key[2]}: {kept.get(key, (0, 0))} kept, "
        f"{moved.get(key, (0, 0))} moved"
        for key in sorted(moved.keys() | kept.keys())
        if kept.get(key, (0, 0)) != moved.get(key, (0, 0))
    ]
    below = [
        f"item {key[0]}, lot {key[1]}: {quantity} worth {value}"
        for key, (quantity, value) in moved.items()
        if quantity < 0 or value < 0 or (quantity == 0 and value)
    ]
    count = reading.execute(sa.select(sa.func.count()).select_from(movement)).scalar()
    last = reading.execute(sa.select(sa.func.coalesce(sa.func.max(_m.seq), 0))).scalar()
    gaps = [] if count == last else [f"{count} movements, the last is number {last}"]
    return (
        _check("stock_on_hand", wrong, f"{len(kept)} rows"),
        _check("stock_not_negative", below, ""),
        _check("stock_movements_without_gaps", gaps, f"{count} movements"),
        _check("stock_movements_audited", list(_unaudited(reading)), f"{count} movements"),
        _check("stock_movements_posted", list(_unposted(reading)), f"{count} movements"),
        _account(reading),
    )


def _moved(reading: Reading) -> dict[tuple[int, int, int], tuple[int, int]]:
    rows = reading.execute(
        sa.select(
            _m.item_id,
            _LOT,
            _m.place_id,
            sa.func.sum(_m.quantity).label("quantity"),
            sa.func.sum(_m.value_minor).label("value"),
        ).group_by(_m.item_id, _LOT, _m.place_id)
    )
    return {(r.item_id, r.lot_id, r.place_id): (int(r.quantity), int(r.value)) for r in rows}


def _kept(reading: Reading) -> dict[tuple[int, int, int], tuple[int, int]]:
    rows = reading.execute(sa.select(on_hand))
    return {(r.item_id, r.lot_id, r.place_id): (r.quantity, r.value_minor) for r in rows}


def _unaudited(reading: Reading) -> Iterator[str]:
    """Compare each movement with what the chained audit trail tells of it."""
    told: set[str] = set()
    for after in reading.execute(
        sa.select(audit.c.after).where(audit.c.object_kind == "movement")
    ).scalars():
        told.update(json.loads(after or "{}").get("moves", "").split("; "))
    rows = reading.execute(
        sa.select(_m.seq, _m.item_id, _LOT, _m.place_id, _m.quantity, _m.value_minor)
    )
    written = {" ".join(map(str, row)) for row in rows}
    for line in sorted(written ^ (told - {""})):
        yield f"movement {line}: {'not told' if line in written else 'told, not there'}"


def _unposted(reading: Reading) -> Iterator[str]:
    """Compare each movement with its posting."""
    rows = reading.execute(
        sa.select(_m.seq, _m.value_minor, posting.c.amount_minor)
        .join_from(movement, posting, posting.c.id == _m.posting_id, isouter=True)
        .where(
            sa.or_(
                sa.func.coalesce(posting.c.amount_minor, 0) != _m.value_minor,
                posting.c.account != SUPPLIES,
                posting.c.stock_item_id != _m.item_id,
            )
        )
    )
    for row in rows:
        yield f"movement {row.seq}: worth {row.value_minor}, posted {row.amount_minor}"


def _account(reading: Reading) -> Check:
    end = reading.execute(sa.select(sa.func.max(_m.business_on))).scalar() or reading.today
    booked, moved = account_and_movements(reading, end)
    faults = [] if booked == moved else [f"{booked} on account 1200, {moved} by movements"]
    return _check("stock_account", faults, str(moved))


def _check(name: str, faults: list[str], counted: str) -> Check:
    return Check(name, not faults, "; ".join(faults[:_SHOWN]) or counted)
