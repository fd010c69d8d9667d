# SPDX-License-Identifier: Apache-2.0
"""What can be done on the shelves, as menus, keys and the palette offer it."""

from __future__ import annotations

from typing import Final

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.stock.model import MAY_ADJUST, MAY_ISSUE
from clinicdesk.wording.text import N_

PANEL: Final = "stock"
USE, RECEIVE, TRANSFER = "stock.use", "stock.receive", "stock.transfer"
DISCARD, CORRECT, ORDER = "stock.discard", "stock.adjust", "stock.order"
LIST, COUNT, ORDERS, HISTORY = "stock.list", "stock.count", "stock.orders", "stock.history"
NEW_ITEM, EDIT_ITEM, ARCHIVE = "stock.new_item", "stock.edit_item", "stock.archive"
LOT, KITS, CLOSE_ORDER = "stock.correct_lot", "stock.kits", "stock.close_order"
TAKE_BACK = "stock.take_back"
LOW, EXPIRING, FILTER = "stock.low", "stock.expiring", "stock.filter"

ACTIONS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(USE, N_("&Use supplies"), "stock", ("Ctrl+U",), "package-minus",
               MAY_ISSUE, PANEL, N_("take, issue, material, dispense"), 1),
    ActionSpec(RECEIVE, N_("&Receive a delivery"), "stock", ("Ctrl+Shift+R", "Ctrl+N"),
               "package-plus", MAY_ISSUE, PANEL, N_("goods, arrive, supplier"), 1),
    ActionSpec(COUNT, N_("&Count a shelf"), "stock", ("Ctrl+Shift+K",), "list-checks",
               MAY_ADJUST, PANEL, N_("stock-take, inventory"), 1),
    ActionSpec(TRANSFER, N_("Carry to another &place"), "stock", (), "arrow-left-right",
               MAY_ISSUE, PANEL, N_("transfer, move, room"), 2),
    ActionSpec(DISCARD, N_("&Discard"), "stock", (), "trash-2",
               MAY_ADJUST, PANEL, N_("throw away, waste, expired, broken"), 2),
    ActionSpec(CORRECT, N_("Corre&ct the stock"), "stock", (), "scale",
               MAY_ADJUST, PANEL, N_("adjust, lost, found"), 2),
    ActionSpec(TAKE_BACK, N_("Take the &movement back"), "stock", ("Ctrl+R",), "undo-2",
               MAY_ISSUE, PANEL, N_("reverse, wrong, mistake"), 2),
    ActionSpec(ORDER, N_("&Make an order"), "stock", ("Ctrl+Return",), "send",
               MAY_ADJUST, PANEL, N_("purchase, reorder, supplier"), 3),
    ActionSpec(CLOSE_ORDER, N_("Clos&e the order"), "stock", (), "circle-x",
               MAY_ADJUST, PANEL, N_("back order, cancel"), 3),
    ActionSpec(LIST, N_("&Items"), "stock", (), "boxes",
               MAY_ISSUE, PANEL, N_("supplies, stock, on hand"), 4),
    ActionSpec(LOW, N_("Items &below par"), "stock", (), "trending-down",
               MAY_ISSUE, PANEL, N_("reorder, low, suggestions"), 4),
    ActionSpec(EXPIRING, N_("What e&xpires"), "stock", (), "hourglass",
               MAY_ISSUE, PANEL, N_("expiry, too old, lots"), 4),
    ActionSpec(ORDERS, N_("&Orders"), "stock", (), "clipboard-list",
               MAY_ISSUE, PANEL, N_("purchase orders, to come"), 4),
    ActionSpec(HISTORY, N_("Mo&vements of the item"), "stock", ("Ctrl+H",), "history",
               MAY_ISSUE, PANEL, N_("who took, book, recall"), 4),
    ActionSpec(FILTER, N_("&Filter the items"), "stock", ("Ctrl+F",), "filter",
               MAY_ISSUE, PANEL, N_("search, find"), 4),
    ActionSpec(NEW_ITEM, N_("&New item…"), "stock", (), "plus",
               MAY_ADJUST, PANEL, N_("add, catalogue"), 6),
    ActionSpec(EDIT_ITEM, N_("Edit i&tem…"), "stock", (), "pencil",
               MAY_ADJUST, PANEL, N_("par, pack, supplier, unit"), 6),
    ActionSpec(LOT, N_("Correct the &lot…"), "stock", (), "tag",
               MAY_ADJUST, PANEL, N_("expiry, batch, number"), 6),
    ActionSpec(ARCHIVE, N_("T&ake the item off the lists"), "stock", (), "archive",
               MAY_ADJUST, PANEL, N_("archive, delete"), 6),
    ActionSpec(KITS, N_("What visits u&se up…"), "stock", (), "layers",
               MAY_ADJUST, PANEL, N_("kit, recipe, appointment type"), 6),
)  # fmt: skip
