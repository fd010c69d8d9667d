# SPDX-License-Identifier: Apache-2.0
"""What can be asked of the shelves. Quantities are whole smallest units."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from clinicdesk.kernel.identity import AppointmentTypeId, PatientId, VisitId, new_key
from clinicdesk.stock.model.words import Move


@dataclass(frozen=True, slots=True)
class SaveItem:
    """Add an item, or change the one of an id.

    Attributes:
        unit: the smallest unit that is counted; ``pack_size`` of them make a ``pack_unit``.
        par_min: at this and below it is to be ordered, up to ``par_max``; both 0 = never.
        supplier: name; made if new.
        code: what a scanner reads, GTIN or the supplier's number.
        version: as read, for a change.
    """

    name: str
    unit: str
    pack_unit: str = ""
    pack_size: int = 1
    par_min: int = 0
    par_max: int = 0
    supplier: str = ""
    tracks_lots: bool = True
    code: str = ""
    item_id: int | None = None
    version: int = 0
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class ArchiveItem:
    """Take an item off the lists, or put it back."""

    item_id: int
    version: int
    archived: bool = True
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Receive:
    """Put a delivery on the shelf; it fills the oldest open order of the item first.

    Attributes:
        unit_cost_minor: of the smallest unit; ``total_minor``, if given, is what it cost together.
            None of both costs what the last delivery did.
        lot: number on the box, "" if the item is not kept by lot.
        place: name of the place; made if new.
        expired_too: take in what is too old already: what a clinic brings along when it moves in.
    """

    item_id: int
    quantity: int
    unit_cost_minor: int | None
    place: str
    lot: str = ""
    expires_on: date | None = None
    total_minor: int | None = None
    expired_too: bool = False
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Use:
    """Take units for a patient or the clinic.

    Attributes:
        place_id: None takes from wherever the first to expire lies.
        lot_id: None takes the first to expire.
    """

    item_id: int
    quantity: int
    place_id: int | None = None
    lot_id: int | None = None
    visit_id: VisitId | None = None
    patient_id: PatientId | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class PastUse:
    """Units that another system says were used; they came and went there, at no value here.

    Attributes:
        on: the day it happened.
    """

    item_id: int
    quantity: int
    on: date
    visit_id: int | None = None
    patient_id: int | None = None


@dataclass(frozen=True, slots=True)
class Discard:
    """Throw units away, with a reason; ``EXPIRED`` for what is too old."""

    item_id: int
    quantity: int
    place_id: int
    reason: str
    lot_id: int | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Carry units to another place, by name; made if new. Without a lot, the first to expire."""

    item_id: int
    quantity: int
    place_id: int
    to: str
    lot_id: int | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Adjust:
    """Correct what the book says by a signed difference, with a reason."""

    item_id: int
    difference: int
    place_id: int
    reason: str
    lot_id: int | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Count:
    """Say how many lie there; the difference becomes a movement.

    Attributes:
        seen: what the book said when the counting began; something that moved since is refused.
    """

    item_id: int
    counted: int
    place_id: int
    seen: int
    lot_id: int | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Reverse movements of one act."""

    movement_ids: tuple[int, ...]
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class CorrectLot:
    """Correct what was misread on a box."""

    lot_id: int
    number: str
    expires_on: date | None
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class SaveKit:
    """Say what a visit of a type uses up: pairs of item and quantity, none to clear it."""

    type_id: AppointmentTypeId
    lines: tuple[tuple[int, int], ...]
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class MakeOrder:
    """Order items, pairs of item and quantity; one order to each supplier."""

    lines: tuple[tuple[int, int], ...]
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class CloseOrder:
    """Expect nothing more of an order."""

    order_id: int
    version: int
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class ReopenOrder:
    """Expect the rest of a closed order again."""

    order_id: int
    version: int
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Movement:
    """A line for the book of movements.

    Attributes:
        quantity: signed, in smallest units.
        value_minor: signed likewise; None is what the shelf's units cost on average.
        follows: worth what the movement before it took away: the other side of a transfer.
    """

    item_id: int
    lot_id: int | None
    place_id: int
    kind: Move
    quantity: int
    value_minor: int | None = None
    visit_id: int | None = None
    patient_id: int | None = None
    order_line_id: int | None = None
    reason: str | None = None
    reverses_id: int | None = None
    follows: bool = False
