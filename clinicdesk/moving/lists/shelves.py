# SPDX-License-Identifier: Apache-2.0
"""A list of supplies: items, and what of them lies where.

An item with several lots has several lines; the first of them says what the item is.
"""

from __future__ import annotations

from typing import Final

from clinicdesk.kernel.folding import fold
from clinicdesk.moving import queries
from clinicdesk.moving.departments import Clinic
from clinicdesk.moving.lists.planning import Keep, Known, Told
from clinicdesk.moving.lists.report import LEFT, REPEATS, TAKEN, LineOutcome
from clinicdesk.moving.lists.rows import NO_AMOUNT, Bad, Row
from clinicdesk.moving.report import ALREADY_HERE
from clinicdesk.stock.model import Receive, SaveItem
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.text import N_, _

NAME_HERE: Final = N_("is an item that is here already")
NAME_TWICE: Final = N_("is another item of the name in line {value}")
LOT_MISSING: Final = N_("has no lot, though line {value} of the same item has one")
LOT_TOO_MUCH: Final = N_("has a lot, though line {value} of the same item has none")
PAR_BACKWARDS: Final = N_("fills up to less than it orders at: {value}")
NO_PACK: Final = N_("has packs of nothing")
WORTH_NOTHING: Final = N_("says no cost; it is kept as worth nothing")
USUAL_UNIT: Final = N_("says no unit; it is counted in pieces")
USUAL_PLACE: Final = N_("says no place; it lies in “{value}”")


class ShelfPlan:
    """Checks and puts supplies on the shelves."""

    def __init__(self, reading: Reading, known: Known) -> None:
        self._items, self._lines = known.get("items", {}), known.get("shelves", {})
        self._here = queries.item_names(reading)
        self._tracked = queries.items_by_lot(reading)
        self._new: dict[str, SaveItem] = {}
        self._names: dict[str, tuple[str, int]] = {}
        self._first: dict[str, int] = {}
        self._seen: dict[str, int] = {}
        self._received: list[tuple[str, str, Receive]] = []

    def check(self, row: Row) -> LineOutcome:
        """Say what becomes of a line; see ``Plan``."""
        name = row.needed("name")
        key = row.text("key")
        mine = f"key:{key}" if key else f"name:{fold(name)}"
        lot = row.text("lot")
        place = row.text("place")
        identity = "|".join((mine, lot, fold(place)))
        if identity in self._lines:
            return LineOutcome(row.line, LEFT, name, ALREADY_HERE)
        if identity in self._seen:
            return LineOutcome(row.line, LEFT, name, REPEATS, str(self._seen[identity]))
        known = self._items.get(mine)
        if known is None and mine not in self._new and fold(name) in self._here:
            return LineOutcome(row.line, LEFT, name, NAME_HERE)
        fresh = self._item(row, name, mine) if known is None else None
        quantity = row.whole("quantity") or 0
        self._check_lot(row, mine, known, fresh, lot if quantity else None)
        cost, expires_on = row.minor("unit_cost"), row.day("expires_on", past=False)
        if cost is not None and cost < 0:
            raise Bad(NO_AMOUNT, row.text("unit_cost"))
        if quantity:
            if cost is None:
                row.notes.append((WORTH_NOTHING, ""))
            if not place:
                place = _("Store")
                row.notes.append((USUAL_PLACE, place))
            wanted = Receive(
                0, quantity, cost or 0, place, lot, expires_on if lot else None, expired_too=True
            )
            self._received.append((identity, mine, wanted))
        elif fresh is None:
            return LineOutcome(row.line, LEFT, name, ALREADY_HERE)
        elif mine in self._new:
            return LineOutcome(row.line, LEFT, name, REPEATS, str(self._first[mine]))
        if fresh is not None and mine not in self._new:
            self._new[mine] = fresh
            self._names[fold(name)] = (mine, row.line)
            self._first[mine] = row.line
        self._seen[identity] = row.line
        return LineOutcome(row.line, TAKEN, name, notes=tuple(row.notes))

    def write(self, work: UnitOfWork, clinic: Clinic, keep: Keep, told: Told) -> int:
        """Make the items and receive what lies there; see ``Plan``."""
        made = {mine: clinic.stock.save_item_in(work, one) for mine, one in self._new.items()}
        keep("items", made)
        ids = {**self._items, **made}
        lines: dict[str, int] = {}
        value = 0
        for done, (identity, mine, wanted) in enumerate(self._received, 1):
            command = Receive(
                ids[mine],
                wanted.quantity,
                wanted.unit_cost_minor,
                wanted.place,
                wanted.lot,
                wanted.expires_on,
                expired_too=True,
            )
            lines[identity] = clinic.stock.receive_in(work, command)[0]
            value += wanted.quantity * (wanted.unit_cost_minor or 0)
            told(done, len(self._received))
        for identity in self._seen:
            lines.setdefault(identity, ids[identity.split("|")[0]])
        keep("shelves", lines)
        return value

    def _item(self, row: Row, name: str, mine: str) -> SaveItem:
        if mine in self._new:
            return self._new[mine]
        other = self._names.get(fold(name))
        if other is not None:
            raise Bad(NAME_TWICE, str(other[1]))
        unit = row.text("unit")
        if not unit:
            unit = _("piece")
            row.notes.append((USUAL_UNIT, ""))
        size = row.whole("pack_size")
        if size == 0:
            raise Bad(NO_PACK)
        least = row.whole("par_min") or 0
        most = row.whole("par_max")
        if most is not None and most < least:
            raise Bad(PAR_BACKWARDS, f"{most} < {least}")
        return SaveItem(
            name,
            unit,
            row.text("pack_unit"),
            size or 1,
            least,
            least if most is None else most,
            row.text("supplier"),
            tracks_lots=bool(row.text("lot")),
            code=row.text("code"),
        )

    def _check_lot(
        self, row: Row, mine: str, known: int | None, fresh: SaveItem | None, lot: str | None
    ) -> None:
        """Lots of one item are told on every line of it or on none."""
        if lot is None:
            return
        tracked = fresh.tracks_lots if fresh else known in self._tracked
        first = str(self._first.get(mine, row.line))
        if tracked and not lot:
            raise Bad(LOT_MISSING, first)
        if lot and not tracked:
            raise Bad(LOT_TOO_MUCH, first)
