# SPDX-License-Identifier: Apache-2.0
"""Rights, topics, kinds of movement, and what the shelves refuse."""

from __future__ import annotations

from enum import StrEnum

from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

MAY_ISSUE = Permission("stock.issue", N_("Take supplies from stock and receive deliveries"))
MAY_ADJUST = Permission("stock.adjust", N_("Count, discard and order supplies, set up items"))
PERMISSIONS = (MAY_ISSUE, MAY_ADJUST)

STOCK = Topic("stock")
ITEMS = Topic("stock_items")
ORDERS = Topic("stock_orders")

KIT = "kit"  # reason of what a visit's kit takes
EXPIRED = "expired"  # reason of discarding what is too old
EXPIRING_DAYS = 60


class Move(StrEnum):
    """Why units come or go."""

    RECEIVE = "receive"
    USE = "use"
    TRANSFER = "transfer"
    ADJUST = "adjust"
    DISCARD = "discard"
    COUNT = "count"


class NotEnough(Refusal):
    """Fewer units lie there than are to be taken."""

    wording = N_("Only {there} of {item} are there; {wanted} cannot be taken.")


class WrongQuantity(Refusal):
    """A quantity is a whole number above zero."""

    wording = N_("Give a whole number above zero.")


class WrongCount(Refusal):
    """A shelf holds nothing or something."""

    wording = N_("Give a whole number, zero or more.")


class WrongPar(Refusal):
    """The most cannot be less than the least."""

    wording = N_("The most to keep is at least as much as the least.")


class WrongPack(Refusal):
    """A pack holds whole units."""

    wording = N_("A pack holds one unit or more.")


class NameMissing(Refusal):
    """An item has a name and a unit."""

    wording = N_("Give a name and a unit.")


class NameTaken(Refusal):
    """Two items of one name would be taken for each other."""

    wording = N_("There is already an item called {item}.")


class PackFixed(Refusal):
    """What was counted in units of one kind stays counted so."""

    wording = N_("{item} has movements: whether it is kept by lot cannot be changed any more.")


class LotMissing(Refusal):
    """The item is kept by lot."""

    wording = N_("{item} is kept by lot: name the lot.")


class LotDiffers(Refusal):
    """One lot number has one expiry date."""

    wording = N_("Lot {lot} is known to expire on {day}. Check the box.")


class IsExpired(Refusal):
    """What is too old is neither received nor used."""

    wording = N_("Lot {lot} expired on {day}. It can only be discarded.")


class NoSuchItem(Refusal):
    """There is no such item, lot or place."""

    wording = N_("What was chosen is no longer there. Choose again.")


class ReasonMissing(Refusal):
    """Whoever corrects or throws away says why."""

    wording = N_("Give a reason.")


class PlaceMissing(Refusal):
    """Supplies lie somewhere."""

    wording = N_("Name the place.")


class SamePlace(Refusal):
    """A transfer goes somewhere else."""

    wording = N_("It lies there already. Choose another place.")


class MovedMeanwhile(Refusal):
    """Something came or went after the shelf was looked at."""

    wording = N_("There were {seen} when you counted, and now {there} by the book. Count again.")


class AlreadyReversed(Refusal):
    """A movement is taken back once."""

    wording = N_("This was taken back already.")


class NothingToOrder(Refusal):
    """An order has lines."""

    wording = N_("Nothing is to be ordered.")


class OrderClosed(Refusal):
    """The order is closed or everything came."""

    wording = N_("Order {number} is closed.")
