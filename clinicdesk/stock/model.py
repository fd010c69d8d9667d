# SPDX-License-Identifier: Apache-2.0
"""Words and rules of the shelves. Pure; any thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.identity import VisitId, new_key
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

MAY_ISSUE = Permission("stock.issue", N_("Take supplies from stock and receive deliveries"))
MAY_ADJUST = Permission("stock.adjust", N_("Correct stock and set up items"))
PERMISSIONS = (MAY_ISSUE, MAY_ADJUST)

STOCK = Topic("stock")
ITEMS = Topic("stock_items")


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


class LotMissing(Refusal):
    """The item is kept by lot."""

    wording = N_("{item} is kept by lot: name the lot.")


class NoSuchItem(Refusal):
    """There is no such item, lot or place."""

    wording = N_("What was chosen is no longer there. Choose again.")


@dataclass(frozen=True, slots=True)
class SaveItem:
    """Add an item.

    Attributes:
        unit: the smallest unit that is counted; ``pack_size`` of them make a ``pack_unit``.
        par_min: below this it is to be ordered, up to ``par_max``.
        supplier: name; made if new.
    """

    name: str
    unit: str
    pack_unit: str = ""
    pack_size: int = 1
    par_min: int = 0
    par_max: int = 0
    supplier: str = ""
    tracks_lots: bool = True
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Receive:
    """Put a delivery on the shelf.

    Attributes:
        lot: number on the box, "" if the item is not kept by lot.
        place: name of the place; made if new.
    """

    item_id: int
    quantity: int
    unit_cost_minor: int
    place: str
    lot: str = ""
    expires_on: date | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Use:
    """Take units for a patient or the clinic.

    Attributes:
        lot_id: None only for an item that is not kept by lot.
    """

    item_id: int
    quantity: int
    place_id: int
    lot_id: int | None = None
    visit_id: VisitId | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Discard:
    """Throw units away, with a reason."""

    item_id: int
    quantity: int
    place_id: int
    reason: str
    lot_id: int | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Movement:
    """A line for the book of movements.

    Attributes:
        quantity: signed, in smallest units.
    """

    item_id: int
    lot_id: int | None
    place_id: int
    kind: Move
    quantity: int
    unit_cost_minor: int
    business_on: date
    at: datetime
    by_user_id: int
    visit_id: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LotOnHand:
    """What lies in one place of one lot."""

    lot_id: int | None
    place_id: int
    quantity: int
    expires_on: date | None


def positive(quantity: int) -> int:
    """Return the quantity; raise ``WrongQuantity`` unless it is above zero."""
    if quantity <= 0:
        raise WrongQuantity(field="quantity")
    return quantity


def first_to_expire(lots: Iterable[LotOnHand], quantity: int, today: date) -> list[LotOnHand]:
    """Return how much to take of which lots: first to expire first, expired ones never.

    The quantities of the answer may add up to less than asked when there is not enough.
    """
    fit = [
        lot
        for lot in lots
        if lot.quantity > 0 and (lot.expires_on is None or lot.expires_on >= today)
    ]
    fit.sort(key=lambda lot: (lot.expires_on or date.max, lot.lot_id or 0, lot.place_id))
    taken: list[LotOnHand] = []
    for lot in fit:
        if quantity <= 0:
            break
        some = min(quantity, lot.quantity)
        taken.append(LotOnHand(lot.lot_id, lot.place_id, some, lot.expires_on))
        quantity -= some
    return taken
