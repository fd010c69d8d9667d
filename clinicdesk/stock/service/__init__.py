# SPDX-License-Identifier: Apache-2.0
"""The use cases of the shelves. Any thread; called by panels through the desk.

Every method that writes is one transaction, checks the right first, and gives ``Done`` with the
sentence for the toast and the way back.
"""

from __future__ import annotations

from clinicdesk.stock.service.items import ItemDesk
from clinicdesk.stock.service.kits import KitDesk
from clinicdesk.stock.service.looking import LookingDesk
from clinicdesk.stock.service.moving import UNDONE, MovingDesk
from clinicdesk.stock.service.ordering import OrderingDesk
from clinicdesk.stock.service.past import PastDesk


class Stock(ItemDesk, KitDesk, OrderingDesk, PastDesk, LookingDesk):
    """The shelves, as everybody who takes from them or fills them uses them."""


__all__ = ["UNDONE", "MovingDesk", "Stock"]
