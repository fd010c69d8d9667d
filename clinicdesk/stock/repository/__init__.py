# SPDX-License-Identifier: Apache-2.0
"""The only writers of the stock tables; each within a unit of work."""

from __future__ import annotations

from clinicdesk.stock.repository.items import Item, ItemRepository, Lot
from clinicdesk.stock.repository.movements import Kept, MovementRepository
from clinicdesk.stock.repository.orders import OpenLine, OrderRepository

__all__ = [
    "Item",
    "ItemRepository",
    "Kept",
    "Lot",
    "MovementRepository",
    "OpenLine",
    "OrderRepository",
]
