# SPDX-License-Identifier: Apache-2.0
"""Rules of the shelves: what is low, what to order, which lot goes first, what it is worth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinicdesk.kernel.folding import fold
from clinicdesk.stock.model.words import WrongQuantity

_PART = re.compile(r"(\d+)\s*([^\W\d_][^\d+,.-]*)?")


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


def is_expired(expires_on: date | None, today: date) -> bool:
    """Tell whether a lot may not be used any more; on its last day it still may."""
    return expires_on is not None and expires_on < today


def is_low(usable: int, on_order: int, par_min: int, par_max: int) -> bool:
    """Tell whether an item is to be ordered: the one rule for lists, badges and tiles.

    ``usable`` leaves out what is expired: a shelf of expired goods is an empty shelf.
    """
    return par_max > 0 and usable + on_order <= par_min


def suggestion(usable: int, on_order: int, par_min: int, par_max: int, pack_size: int) -> int:
    """Return how many units to order: up to the most, in whole packs; 0 unless it is low."""
    if not is_low(usable, on_order, par_min, par_max):
        return 0
    missing = max(0, par_max - usable - on_order)
    return -(-missing // pack_size) * pack_size


def first_to_expire(lots: Iterable[LotOnHand], quantity: int, today: date) -> list[LotOnHand]:
    """Return how much to take of which lots: first to expire first, expired ones never.

    The quantities of the answer may add up to less than asked when there is not enough.
    """
    fit = [lot for lot in lots if lot.quantity > 0 and not is_expired(lot.expires_on, today)]
    fit.sort(key=lambda lot: (lot.expires_on or date.max, lot.lot_id or 0, lot.place_id))
    taken: list[LotOnHand] = []
    for lot in fit:
        if quantity <= 0:
            break
        some = min(quantity, lot.quantity)
        taken.append(LotOnHand(lot.lot_id, lot.place_id, some, lot.expires_on))
        quantity -= some
    return taken


def share_of(value_minor: int, quantity: int, taken: int) -> int:
    """Return what so many of the units on a shelf cost: half up; the last unit takes the rest."""
    if taken >= quantity:
        return value_minor
    return (2 * value_minor * taken + quantity) // (2 * quantity)


def in_packs(quantity: int, pack_size: int) -> tuple[int, int]:
    """Return whole packs and loose units."""
    return divmod(quantity, pack_size)


def in_units(packs: int, loose: int, pack_size: int) -> int:
    """Return smallest units."""
    return packs * pack_size + loose


def read_quantity(typed: str, unit: str, pack_unit: str, pack_size: int) -> int:
    """Return smallest units of what was typed: ``30``, ``2 box``, ``2p 15``, ``1 box + 20``.

    A number alone counts units. After a number stands the pack's word, or any beginning of it,
    or ``p`` or ``x``; or the unit's word.

    Raises:
        WrongQuantity: it is something else, or nothing.
    """
    text = typed.strip()
    parts = _PART.findall(text)
    told = "".join(number + word for number, word in parts)
    if not parts or re.sub(r"[\s+]", "", told) != re.sub(r"[\s+]", "", text):
        raise WrongQuantity(field="quantity")
    total = 0
    for number, word in parts:
        folded = fold(word)
        if not folded or fold(unit).startswith(folded):
            total += int(number)
        elif folded in {"p", "x"} or (pack_unit and fold(pack_unit).startswith(folded)):
            total += int(number) * pack_size
        else:
            raise WrongQuantity(field="quantity")
    return positive(total)
