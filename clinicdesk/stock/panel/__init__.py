# SPDX-License-Identifier: Apache-2.0
"""The page of supplies: what is low, what expires, deliveries, use, counts, orders."""

from __future__ import annotations

from functools import partial

from clinicdesk.desktop.dock import Area, PanelSpec
from clinicdesk.stock.model import MAY_ISSUE
from clinicdesk.stock.panel.actions import ACTIONS, PANEL
from clinicdesk.stock.panel.page import StockPanel
from clinicdesk.stock.service import Stock
from clinicdesk.wording.text import N_


def stock_spec(stock: Stock, key: str = "") -> PanelSpec:
    """Declare the page; the application lists it."""
    return PanelSpec(
        PANEL,
        N_("Stock"),
        "boxes",
        Area.PAGE,
        key,
        MAY_ISSUE,
        partial(StockPanel, stock=stock),
        ACTIONS,
    )


__all__ = ["ACTIONS", "PANEL", "StockPanel", "stock_spec"]
