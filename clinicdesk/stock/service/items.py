# SPDX-License-Identifier: Apache-2.0
"""Use cases that set up the shelves: items, lots, kits."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.stock.model import (
    MAY_ADJUST,
    ArchiveItem,
    CorrectLot,
    LotDiffers,
    NameMissing,
    NameTaken,
    NoSuchItem,
    PackFixed,
    ReasonMissing,
    SaveItem,
    SaveKit,
    WrongPack,
    WrongPar,
    positive,
)
from clinicdesk.stock.repository import ItemRepository
from clinicdesk.stock.service.book import BookDesk
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import N_

ADDED = N_("{item} added.")
CHANGED = N_("{item} changed.")
ARCHIVED = N_("{item} is off the lists.")
RESTORED = N_("{item} is on the lists again.")
LOT_CORRECTED = N_("Lot {lot} corrected.")
KIT_SAVED = N_("What the visit uses up is kept.")


class ItemDesk(BookDesk):
    """Sets up."""

    def save_item(self, command: SaveItem, actor: Actor) -> Done[int]:
        """Add an item, or change one.

        Raises:
            NameTaken: another item is called so.
            StaleCopy: somebody else changed it.
        """
        actor.require(MAY_ADJUST)
        action = "stock.add_item" if command.item_id is None else "stock.edit_item"
        wording = ADDED if command.item_id is None else CHANGED
        with self._records.write(actor, action, command.key) as work:
            if work.earlier is not None:
                return Done(int(work.earlier["id"]), wording, {"item": command.name})
            item_id = self.save_item_in(work, command)
            work.remember({"id": item_id})
        undo = None
        if command.item_id is None:
            undo = partial(self.archive_item, ArchiveItem(item_id, 1), actor)
        return Done(item_id, wording, {"item": command.name}, undo)

    def add_item(self, command: SaveItem, actor: Actor) -> Done[int]:
        """Add an item to the catalogue."""
        return self.save_item(command, actor)

    def save_item_in(self, work: UnitOfWork, command: SaveItem) -> int:
        """Add or change an item within another's transaction."""
        command = replace(command, name=command.name.strip(), unit=command.unit.strip())
        if not command.name or not command.unit:
            raise NameMissing(field="name" if not command.name else "unit")
        if command.pack_size < 1:
            raise WrongPack(field="pack_size")
        if command.par_min < 0 or command.par_max < command.par_min:
            raise WrongPar(field="par_max")
        repository = ItemRepository(work)
        if repository.named(command.name) not in {None, command.item_id}:
            raise NameTaken(field="name", item=command.name)
        if command.item_id is None:
            item_id = repository.add(command)
            work.record("item", item_id, action="stock.add_item", after=_told(command))
            return item_id
        kept = self._item(work, command.item_id)
        if kept.tracks_lots != command.tracks_lots and repository.has_moved(kept.id):
            raise PackFixed(field="tracks_lots", item=kept.name)
        repository.change(command)
        work.record(
            "item",
            kept.id,
            action="stock.edit_item",
            before={"name": kept.name},
            after=_told(command),
        )
        return kept.id

    def add_item_in(self, work: UnitOfWork, command: SaveItem) -> int:
        """Add an item within another's transaction."""
        return self.save_item_in(work, command)

    def archive_item(self, command: ArchiveItem, actor: Actor) -> Done[int]:
        """Take an item off the lists, or put it back."""
        actor.require(MAY_ADJUST)
        with self._records.write(actor, "stock.archive_item", command.key) as work:
            kept = self._item(work, command.item_id)
            if work.earlier is None:
                ItemRepository(work).archive(
                    command.item_id, command.version, archived=command.archived
                )
                work.record(
                    "item",
                    kept.id,
                    before={"archived": not command.archived},
                    after={"name": kept.name, "archived": command.archived},
                )
                work.remember({"id": kept.id})
        back = ArchiveItem(kept.id, command.version + 1, archived=not command.archived)
        return Done(
            kept.id,
            ARCHIVED if command.archived else RESTORED,
            {"item": kept.name},
            partial(self.archive_item, back, actor),
        )

    def correct_lot(self, command: CorrectLot, actor: Actor) -> Done[int]:
        """Correct the number or the expiry date of a lot."""
        actor.require(MAY_ADJUST)
        if not command.reason.strip():
            raise ReasonMissing(field="reason")
        with self._records.write(actor, "stock.correct_lot", command.key) as work:
            repository = ItemRepository(work)
            kept = repository.lot(command.lot_id)
            if kept is None or not command.number.strip():
                raise NoSuchItem(field="lot")
            if work.earlier is None:
                other = repository.lot_of(kept.item_id, command.number)
                if other is not None and other.id != kept.id:
                    raise LotDiffers(field="lot", lot=other.number, day=other.expires_on)
                repository.correct_lot(kept, command.number, command.expires_on)
                work.record(
                    "lot",
                    kept.id,
                    before={"number": kept.number, "expires_on": kept.expires_on},
                    after={"number": command.number, "expires_on": command.expires_on},
                    reason=command.reason,
                )
                work.remember({"id": kept.id})
        back = CorrectLot(kept.id, kept.number, kept.expires_on, command.reason)
        return Done(
            kept.id,
            LOT_CORRECTED,
            {"lot": command.number},
            partial(self.correct_lot, back, actor),
        )

    def save_kit(self, command: SaveKit, actor: Actor) -> Done[int]:
        """Say what a visit of a type uses up."""
        actor.require(MAY_ADJUST)
        with self._records.write(actor, "stock.save_kit", command.key) as work:
            if work.earlier is None:
                self.save_kit_in(work, command)
                work.remember({"id": command.type_id})
        return Done(int(command.type_id), KIT_SAVED)

    def save_kit_in(self, work: UnitOfWork, command: SaveKit) -> None:
        """Set a kit within another's transaction."""
        for item_id, quantity in command.lines:
            self._item(work, item_id)
            positive(quantity)
        ItemRepository(work).set_kit(command.type_id, command.lines)
        work.record(
            "appointment_type",
            command.type_id,
            action="stock.save_kit",
            after={"kit": "; ".join(f"{item_id} {n}" for item_id, n in command.lines)},
        )


def _told(command: SaveItem) -> dict[str, object]:
    return {
        "name": command.name,
        "code": command.code,
        "unit": command.unit,
        "pack_unit": command.pack_unit,
        "pack_size": command.pack_size,
        "par_min": command.par_min,
        "par_max": command.par_max,
        "supplier": command.supplier,
        "tracks_lots": command.tracks_lots,
    }
