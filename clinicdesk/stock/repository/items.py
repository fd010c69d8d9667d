# SPDX-License-Identifier: Apache-2.0
"""Items, suppliers, places, lots and kits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.stock.model import ITEMS, SaveItem
from clinicdesk.stock.tables import item, kit_line, lot, movement, place, supplier
from clinicdesk.storage.records import UnitOfWork

# Told once: a delivery or a week of the demo asks for many.
_ITEM = sa.select(
    item.c.id,
    item.c.name,
    item.c.pack_size,
    item.c.tracks_lots,
    item.c.supplier_id,
    item.c.archived,
).where(item.c.id == sa.bindparam("item_id"))


@dataclass(frozen=True, slots=True)
class Item:
    """What a use case has to know of an item."""

    id: int
    name: str
    pack_size: int
    tracks_lots: bool
    supplier_id: int | None
    archived: bool


@dataclass(frozen=True, slots=True)
class Lot:
    """A batch."""

    id: int
    item_id: int
    number: str
    expires_on: date | None


class ItemRepository:
    """Writes what the shelves are made of."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def item(self, item_id: int) -> Item | None:
        """Return an item, or None."""
        row = self._work.execute(_ITEM, {"item_id": item_id}).one_or_none()
        return None if row is None else Item(*tuple(row))

    def named(self, name: str) -> int | None:
        """Return the id of the item of a name, however it is written."""
        found = self._work.execute(
            sa.select(item.c.id)
            .where(item.c.folded_name == fold(name), item.c.archived == sa.literal_column("0"))
            .limit(1)
        ).scalar()
        return None if found is None else int(found)

    def add(self, command: SaveItem) -> int:
        """Add an item; return its id."""
        item_id = _new_id(self._work.execute(item.insert().values(**self._values(command))))
        self._work.note(ITEMS, item_id)
        return item_id

    def change(self, command: SaveItem) -> None:
        """Change an item; raise ``StaleCopy`` if somebody else did."""
        self._put(command.item_id or 0, command.version, self._values(command))

    def archive(self, item_id: int, version: int, *, archived: bool) -> None:
        """Take an item off the lists, or put it back."""
        self._put(item_id, version, {"archived": archived})

    def has_moved(self, item_id: int) -> bool:
        """Tell whether anything of the item ever moved."""
        found = self._work.execute(
            sa.select(movement.c.id).where(movement.c.item_id == item_id).limit(1)
        ).scalar()
        return found is not None

    def place(self, name: str) -> int:
        """Return the place's id; make it if it is new."""
        return self._named(place, name)

    def supplier(self, name: str) -> int:
        """Return the supplier's id; make it if it is new."""
        return self._named(supplier, name)

    def place_name(self, place_id: int) -> str | None:
        """Return the name of a place, or None."""
        found = self._work.execute(sa.select(place.c.name).where(place.c.id == place_id)).scalar()
        return None if found is None else str(found)

    def lot(self, lot_id: int) -> Lot | None:
        """Return a lot, or None."""
        row = self._work.execute(
            sa.select(lot.c.id, lot.c.item_id, lot.c.number, lot.c.expires_on).where(
                lot.c.id == lot_id
            )
        ).one_or_none()
        return None if row is None else Lot(*tuple(row))

    def lot_of(self, item_id: int, number: str) -> Lot | None:
        """Return the item's lot of a number, or None."""
        row = self._work.execute(
            sa.select(lot.c.id, lot.c.item_id, lot.c.number, lot.c.expires_on).where(
                lot.c.item_id == item_id, lot.c.number == number
            )
        ).one_or_none()
        return None if row is None else Lot(*tuple(row))

    def add_lot(self, item_id: int, number: str, expires_on: date | None) -> int:
        """Add a lot; return its id."""
        values = {"item_id": item_id, "number": number, "expires_on": expires_on}
        return _new_id(self._work.execute(lot.insert().values(**values)))

    def correct_lot(self, kept: Lot, number: str, expires_on: date | None) -> None:
        """Write what the box really says."""
        self._work.execute(
            lot.update().where(lot.c.id == kept.id).values(number=number, expires_on=expires_on)
        )
        self._work.note(ITEMS, kept.item_id)

    def set_kit(self, type_id: int, lines: Sequence[tuple[int, int]]) -> None:
        """Write what a visit of a type uses up."""
        self._work.execute(kit_line.delete().where(kit_line.c.type_id == type_id))
        if lines:
            self._work.execute(
                kit_line.insert(),
                [{"type_id": type_id, "item_id": i, "quantity": n} for i, n in lines],
            )
        self._work.note(ITEMS, 0)

    def _put(self, item_id: int, version: int, values: dict[str, Any]) -> None:
        changed = self._work.execute(
            item.update()
            .where(item.c.id == item_id, item.c.version == version)
            .values(**values, version=version + 1)
        )
        if not changed.rowcount:
            raise StaleCopy
        self._work.note(ITEMS, item_id)

    def _values(self, command: SaveItem) -> dict[str, Any]:
        return {
            "name": command.name,
            "folded_name": fold(command.name),
            "code": command.code,
            "unit": command.unit,
            "pack_unit": command.pack_unit,
            "pack_size": command.pack_size,
            "par_min": command.par_min,
            "par_max": command.par_max,
            "supplier_id": self._named(supplier, command.supplier) if command.supplier else None,
            "tracks_lots": command.tracks_lots,
        }

    def _named(self, table: sa.Table, name: str) -> int:
        found = self._work.execute(sa.select(table.c.id).where(table.c.name == name)).scalar()
        if found is not None:
            return int(found)
        return _new_id(self._work.execute(table.insert().values(name=name)))


def _new_id(result: sa.CursorResult[Any]) -> int:
    key = result.inserted_primary_key
    assert key is not None  # noqa: S101 -- a single-row insert always has its key
    return int(key[0])
