# SPDX-License-Identifier: Apache-2.0
"""Reads of the shelves: for the panel, for papers, and for proof."""

from __future__ import annotations

from clinicdesk.stock.queries.checks import checks
from clinicdesk.stock.queries.orders import (
    kit_of_visit,
    kits,
    on_order,
    orders,
    patient_named,
    visit_types,
    visits_today,
)
from clinicdesk.stock.queries.rows import (
    ExpiringRow,
    ItemRow,
    KitRow,
    LevelRow,
    MovementRow,
    OrderRow,
    ShelfRow,
    StockView,
    ValuationRow,
    VisitChoice,
)
from clinicdesk.stock.queries.shelves import (
    expiring,
    history,
    items,
    levels,
    levels_of,
    on_hand_at,
    places,
    shelves,
    suppliers,
    usual_places,
)
from clinicdesk.stock.queries.valuation import account_and_movements, postings_of, valuation
from clinicdesk.storage.records import Reading

__all__ = [
    "ExpiringRow",
    "ItemRow",
    "KitRow",
    "LevelRow",
    "MovementRow",
    "OrderRow",
    "ShelfRow",
    "StockView",
    "ValuationRow",
    "VisitChoice",
    "account_and_movements",
    "checks",
    "expiring",
    "history",
    "items",
    "kit_of_visit",
    "kits",
    "levels",
    "levels_of",
    "on_hand_at",
    "on_order",
    "orders",
    "places",
    "postings_of",
    "shelves",
    "suppliers",
    "usual_places",
    "valuation",
    "view",
    "visit_types",
    "visits_today",
]


def view(reading: Reading, *, visits: bool = True, patient_id: int = 0) -> StockView:
    """Return all that the panel shows; patients only for who may see them."""
    there = shelves(reading)
    today = visits_today(reading) if visits else ()
    known = not visits or not patient_id or any(one.patient_id == patient_id for one in today)
    return StockView(
        today=reading.today,
        levels=levels_of(
            items(reading), there, on_order(reading), reading.today, usual_places(reading)
        ),
        shelves=there,
        orders=orders(reading),
        places=places(reading),
        suppliers=suppliers(reading),
        visits=today,
        patient=None if known else patient_named(reading, patient_id),
    )
