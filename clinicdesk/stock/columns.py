# SPDX-License-Identifier: Apache-2.0
"""Columns of the shelves' lists, for the screen, for CSV and for paper."""

from __future__ import annotations

from decimal import Decimal

from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.stock.queries import (
    ExpiringRow,
    LevelRow,
    MovementRow,
    OrderRow,
    ShelfRow,
    ValuationRow,
)
from clinicdesk.wording.text import N_, Term

MOVE_WORDS = {
    "receive": Term(N_("Received")),
    "use": Term(N_("Used")),
    "transfer": Term(N_("Carried")),
    "adjust": Term(N_("Corrected")),
    "discard": Term(N_("Discarded")),
    "count": Term(N_("Counted")),
}
REASON_WORDS = {
    "expired": Term(N_("Expired")),
    "damaged": Term(N_("Damaged or opened")),
    "contaminated": Term(N_("Contaminated")),
    "recalled": Term(N_("Recalled by the maker")),
    "not found": Term(N_("Not found")),
    "kit": Term(N_("Used by a visit")),
    "mistake": Term(N_("Entered in error")),
    "undone": Term(N_("Taken back")),
    "not coming": Term(N_("Not coming any more")),
}
DISCARD_REASONS = ("expired", "damaged", "contaminated", "recalled")

_NUMBER, _MONEY, _END = Kind.NUMBER, Kind.MONEY, Align.END

LEVELS: tuple[Column[LevelRow], ...] = (
    Column("item", N_("Item"), lambda r: r.item.name, weight=26),
    Column("unit", N_("Unit"), lambda r: r.item.unit, weight=8),
    Column("on_hand", N_("On hand"), lambda r: r.on_hand, _NUMBER, _END, 8),
    Column("usable", N_("Usable"), lambda r: r.usable, _NUMBER, _END, 8),
    Column("par_min", N_("Least"), lambda r: r.item.par_min, _NUMBER, _END, 7),
    Column("par_max", N_("Most"), lambda r: r.item.par_max, _NUMBER, _END, 7),
    Column("lot", N_("Lot"), lambda r: r.lot, weight=12),
    Column("expires_on", N_("Expires"), lambda r: r.expires_on, Kind.DAY, weight=10),
    Column("on_order", N_("On order"), lambda r: r.on_order, _NUMBER, _END, 8),
    Column("suggest", N_("Suggest"), lambda r: r.suggest or None, _NUMBER, _END, 8),
    Column("value_minor", N_("Value"), lambda r: r.value_minor, _MONEY, _END, 10, total=True),
    Column("supplier", N_("Supplier"), lambda r: r.item.supplier, weight=16),
    Column("code", N_("Code"), lambda r: r.item.code, weight=14),
)
SHELVES: tuple[Column[ShelfRow], ...] = (
    Column("place", N_("Place"), lambda r: r.place, weight=14),
    Column("item", N_("Item"), lambda r: r.item, weight=26),
    Column("lot", N_("Lot"), lambda r: r.lot, weight=12),
    Column("expires_on", N_("Expires"), lambda r: r.expires_on, Kind.DAY, weight=10),
    Column("quantity", N_("On hand"), lambda r: r.quantity, _NUMBER, _END, 8),
    Column("unit", N_("Unit"), lambda r: r.unit, weight=8),
    Column("value_minor", N_("Value"), lambda r: r.value_minor, _MONEY, _END, 10, total=True),
)
EXPIRING: tuple[Column[ExpiringRow], ...] = (
    Column("item", N_("Item"), lambda r: r.item, weight=26),
    Column("lot", N_("Lot"), lambda r: r.lot, weight=12),
    Column("place", N_("Place"), lambda r: r.place, weight=14),
    Column("expires_on", N_("Expires"), lambda r: r.expires_on, Kind.DAY, weight=10),
    Column("days", N_("Days left"), lambda r: r.days, _NUMBER, _END, 8),
    Column("quantity", N_("On hand"), lambda r: r.quantity, _NUMBER, _END, 8),
    Column("unit", N_("Unit"), lambda r: r.unit, weight=8),
    Column("value_minor", N_("Value"), lambda r: r.value_minor, _MONEY, _END, 10, total=True),
)
MOVEMENTS: tuple[Column[MovementRow], ...] = (
    Column("at", N_("When"), lambda r: r.at, Kind.INSTANT, weight=17),
    Column("kind", N_("What"), lambda r: MOVE_WORDS.get(r.kind, r.kind), weight=9),
    Column("quantity", N_("Quantity"), lambda r: r.quantity, _NUMBER, _END, 7),
    Column("balance", N_("Balance"), lambda r: r.balance, _NUMBER, _END, 7),
    Column("lot", N_("Lot"), lambda r: r.lot, weight=11),
    Column("place", N_("Place"), lambda r: r.place, weight=12),
    Column("value_minor", N_("Value"), lambda r: r.value_minor, _MONEY, _END, 8),
    Column("patient", N_("For"), lambda r: r.patient, weight=13),
    Column("reason", N_("Reason"), lambda r: REASON_WORDS.get(r.reason, r.reason), weight=12),
    Column("order", N_("Order"), lambda r: r.order, weight=6),
    Column("by", N_("By"), lambda r: r.by, weight=11),
)
ORDERS: tuple[Column[OrderRow], ...] = (
    Column("number", N_("Order"), lambda r: r.number, weight=8),
    Column("ordered_on", N_("Ordered"), lambda r: r.ordered_on, Kind.DAY, weight=10),
    Column("supplier", N_("Supplier"), lambda r: r.supplier, weight=18),
    Column("item", N_("Item"), lambda r: r.item, weight=26),
    Column("quantity", N_("Quantity"), lambda r: r.quantity, _NUMBER, _END, 8),
    Column("came", N_("Came"), lambda r: r.came, _NUMBER, _END, 8),
    Column("outstanding", N_("To come"), lambda r: r.outstanding, _NUMBER, _END, 8),
    Column("unit", N_("Unit"), lambda r: r.unit, weight=8),
    Column("by", N_("By"), lambda r: r.by, weight=14),
)


def _months(row: ValuationRow) -> Decimal | None:
    return row.months


R24: tuple[Column[ValuationRow], ...] = (
    Column("item", N_("Item"), lambda r: r.item, weight=26),
    Column("unit", N_("Unit"), lambda r: r.unit, weight=8),
    Column("opening", N_("Opening"), lambda r: r.opening, _NUMBER, _END, 8),
    Column("received", N_("Received"), lambda r: r.received, _NUMBER, _END, 8),
    Column("used", N_("Used"), lambda r: r.used, _NUMBER, _END, 8),
    Column("wasted", N_("Wasted"), lambda r: r.wasted, _NUMBER, _END, 8),
    Column("expired", N_("Expired"), lambda r: r.expired, _NUMBER, _END, 8),
    Column("adjusted", N_("Count difference"), lambda r: r.adjusted, _NUMBER, _END, 8),
    Column("closing", N_("Closing"), lambda r: r.closing, _NUMBER, _END, 8),
    Column("closing_minor", N_("Value"), lambda r: r.closing_minor, _MONEY, _END, 10, total=True),
    Column("months", N_("Months of stock"), _months, _NUMBER, _END, 8),
)
