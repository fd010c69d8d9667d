# SPDX-License-Identifier: Apache-2.0
"""What is read of the shelves; frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of the catalogue."""

    id: int
    version: int
    name: str
    code: str
    unit: str
    pack_unit: str
    pack_size: int
    par_min: int
    par_max: int
    supplier: str
    tracks_lots: bool
    archived: bool


@dataclass(frozen=True, slots=True)
class LevelRow:
    """An item with what is there.

    Attributes:
        on_hand: all that lies there; ``usable`` of it is not expired.
        expiring: how many of the usable ones expire within 60 days.
        lot: number of the lot that goes first, or that is expired; ``expires_on`` its last day.
        on_order: what open orders still bring.
        suggest: how many units to order; 0 unless ``low``.
        days: until ``expires_on``, negative once it is over.
        rank: 0 is the most urgent.
        usual_place: where its latest lot was put, "" before the first delivery.
    """

    item: ItemRow
    on_hand: int
    usable: int
    expired: int
    expiring: int
    lot: str
    expires_on: date | None
    days: int | None
    on_order: int
    suggest: int
    low: bool
    value_minor: int
    places: tuple[str, ...]
    rank: int
    usual_place: str = ""

    @property
    def id(self) -> int:
        """The item's id."""
        return self.item.id


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """What lies in one place of one lot."""

    item_id: int
    item: str
    unit: str
    lot_id: int | None
    lot: str
    place_id: int
    place: str
    quantity: int
    expires_on: date | None
    value_minor: int = 0

    @property
    def id(self) -> tuple[int, int, int]:
        """Which shelf this is."""
        return (self.item_id, self.lot_id or 0, self.place_id)


@dataclass(frozen=True, slots=True)
class MovementRow:
    """A line of the book of movements.

    Attributes:
        balance: units of the item on hand after it.
        patient: whom it was used for, "" if nobody is named.
        reversed: taken back by a later movement; ``reverses`` takes an earlier one back.
    """

    id: int
    seq: int
    at: datetime
    business_on: date
    kind: str
    quantity: int
    balance: int
    lot: str
    place: str
    value_minor: int
    reason: str
    patient: str
    visit_id: int | None
    order: str
    by: str
    reversed: bool
    reverses: bool


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A line of an order.

    Attributes:
        came: units that came; ``outstanding`` are to come while the order is open.
    """

    id: int
    order_id: int
    version: int
    number: str
    supplier: str
    state: str
    ordered_on: date
    by: str
    item_id: int
    item: str
    unit: str
    quantity: int
    came: int
    outstanding: int


@dataclass(frozen=True, slots=True)
class ExpiringRow:
    """A lot in a place that is expired or soon will be."""

    item_id: int
    item: str
    unit: str
    lot_id: int
    lot: str
    place_id: int
    place: str
    quantity: int
    value_minor: int
    expires_on: date
    days: int
    expired: bool


@dataclass(frozen=True, slots=True)
class KitRow:
    """One line of what a visit of a type uses up."""

    type_id: int
    type: str
    item_id: int
    item: str
    unit: str
    quantity: int


@dataclass(frozen=True, slots=True)
class ValuationRow:
    """One line of report R24: units, and their value in minor units.

    Opening + received - used - wasted - expired + adjusted = closing, in both.

    Attributes:
        used: units that went out for patients and the clinic; what was taken back is off it.
        adjusted: differences of counts and corrections, signed.
        months: how long the closing stock lasts at the use of the last 90 days; None without use.
    """

    account: str
    item_id: int
    item: str
    unit: str
    opening: int
    received: int
    used: int
    wasted: int
    expired: int
    adjusted: int
    closing: int
    opening_minor: int
    received_minor: int
    used_minor: int
    wasted_minor: int
    expired_minor: int
    adjusted_minor: int
    closing_minor: int
    months: Decimal | None


@dataclass(frozen=True, slots=True)
class VisitChoice:
    """A visit of today, to use something for."""

    visit_id: int
    patient_id: int
    patient: str
    provider: str


@dataclass(frozen=True, slots=True)
class StockView:
    """All that the panel shows, from one snapshot.

    Attributes:
        visits: of today, newest first.
        patient: whom the window is about, if not one of those; ``visit_id`` is then 0.
    """

    today: date
    levels: tuple[LevelRow, ...]
    shelves: tuple[ShelfRow, ...]
    orders: tuple[OrderRow, ...]
    places: tuple[str, ...]
    suppliers: tuple[str, ...]
    visits: tuple[VisitChoice, ...]
    patient: VisitChoice | None = None
