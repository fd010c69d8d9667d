# SPDX-License-Identifier: Apache-2.0
"""How items, lots and quantities are written on the screen."""

from __future__ import annotations

from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.stock.model import EXPIRING_DAYS, in_packs, is_low
from clinicdesk.stock.queries import ItemRow, LevelRow, ShelfRow
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, Term, _

PAR = "par"
STATES = (
    Term(N_("Empty")),
    Term(N_("Low")),
    Term(N_("Expired lot")),
    Term(N_("Expires soon")),
    Term(N_("Enough")),
)
COMING = Term(N_("On its way"))


def level_columns(formats: Formats) -> tuple[Column[LevelRow], ...]:
    """Return the columns of the list of items."""
    number, money, end = Kind.NUMBER, Kind.MONEY, Align.END
    return (
        Column("item", N_("Item"), lambda r: r.item.name, weight=18),
        Column("unit", N_("Unit"), lambda r: r.item.unit, weight=5),
        Column("on_hand", N_("On hand"), lambda r: r.on_hand, number, end, 6),
        Column(PAR, N_("Least and most"), lambda r: par_words(r, formats), weight=14),
        Column("state", N_("State"), state_words, weight=11),
        Column("lot", N_("Lot and last day"), lambda r: lot_words(r, formats), weight=22),
        Column("on_order", N_("On order"), lambda r: r.on_order or None, number, end, 6),
        Column("suggest", N_("Suggest"), lambda r: r.suggest or None, number, end, 6),
        Column("value", N_("Value"), lambda r: r.value_minor, money, end, 9, total=True),
    )


def level_ink(row: LevelRow, key: str) -> str:
    """Return the colour of a cell; its words say the same."""
    if key == "lot" and row.days is not None and row.days <= EXPIRING_DAYS:
        return "danger" if row.days < 0 else "warn"
    if key in {"state", "on_hand"}:
        return ("danger", "warn", "danger", "warn", "")[row.rank] if key == "state" else ""
    return ""


def state_words(row: LevelRow) -> Term:
    """Say in words what the bar shows."""
    return COMING if row.rank == len(STATES) - 1 and is_short(row) else STATES[row.rank]


def is_short(row: LevelRow) -> bool:
    """Tell whether so little is there that it would be low if nothing were ordered."""
    return is_low(row.usable, 0, row.item.par_min, row.item.par_max)


def par_words(row: LevelRow, formats: Formats) -> str:
    """Say what the bar shows."""
    one = row.item
    if not one.par_max:
        return _("{usable}; no par").format(usable=formats.number(row.usable))
    return _("{usable} of {least} to {most}").format(
        usable=formats.number(row.usable),
        least=formats.number(one.par_min),
        most=formats.number(one.par_max),
    )


def lot_words(row: LevelRow, formats: Formats) -> str:
    """Write the lot that goes first and how long it keeps."""
    if row.expires_on is None or row.days is None:
        return row.lot
    day = formats.day(row.expires_on, "short")
    if row.days > EXPIRING_DAYS:
        return _("{lot} · {day}").format(lot=row.lot, day=day)
    left = _("expired")
    if row.days >= 0:
        left = _("{days} d").format(days=formats.number(row.days))
    return _("{lot} · {day} · {left}").format(lot=row.lot, day=day, left=left)


def quantity_words(item: ItemRow, quantity: int, formats: Formats) -> str:
    """Write a quantity in packs and units, as one orders."""
    packs, loose = in_packs(quantity, item.pack_size)
    if not item.pack_unit or item.pack_size == 1 or not packs:
        return f"{formats.number(quantity)} {item.unit}"
    words = f"{formats.number(packs)} {item.pack_unit}"
    return f"{words} + {formats.number(loose)} {item.unit}" if loose else words


def shelf_words(row: ShelfRow, formats: Formats) -> str:
    """Write a shelf in a list of choices."""
    parts = [row.lot] if row.lot else []
    if row.expires_on is not None:
        parts.append(formats.day(row.expires_on, "short"))
    parts += [row.place, formats.number(row.quantity)]
    return " · ".join(parts)
