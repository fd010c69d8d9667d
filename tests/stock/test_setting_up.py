# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date

import pytest

from clinicdesk.kernel.refusals import NotAllowed, Refusal, StaleCopy
from clinicdesk.stock.model import (
    ArchiveItem,
    CorrectLot,
    LotDiffers,
    NameMissing,
    NameTaken,
    PackFixed,
    ReasonMissing,
    SaveItem,
    WrongPack,
    WrongPar,
)
from tests.stock.shelf import Shelf
from tests.support.clinics import an_actor


def test_an_item_is_changed_and_a_stale_copy_is_not(shelf: Shelf) -> None:
    change = SaveItem(
        "Influenza vaccine", "dose", "box", 10, 5, 30, code="04012345678901",
        item_id=shelf.vaccine, version=1,
    )  # fmt: skip
    shelf.stock.save_item(change, shelf.actor)
    row = shelf.level(shelf.vaccine).item
    assert (row.par_min, row.par_max, row.code, row.supplier) == (5, 30, "04012345678901", "")
    with pytest.raises(StaleCopy):
        shelf.stock.save_item(
            SaveItem("Other", "dose", item_id=shelf.vaccine, version=1), shelf.actor
        )


@pytest.mark.parametrize(
    ("refusal", "command"),
    [
        (NameMissing, SaveItem(" ", "dose")),
        (WrongPack, SaveItem("Swab", "piece", "box", 0)),
        (WrongPar, SaveItem("Swab", "piece", par_min=5, par_max=4)),
        (NameTaken, SaveItem("gloves m", "piece")),
        (PackFixed, SaveItem("Vaccine", "dose", tracks_lots=False, item_id=1, version=1)),
    ],
    ids=["no name", "empty pack", "par upside down", "name taken", "lots given up"],
)
def test_an_item_that_makes_no_sense_is_refused(
    shelf: Shelf, refusal: type[Refusal], command: SaveItem
) -> None:
    with pytest.raises(refusal):
        shelf.stock.save_item(command, shelf.actor)


def test_an_archived_item_is_off_the_lists_and_comes_back(shelf: Shelf) -> None:
    done = shelf.stock.archive_item(ArchiveItem(shelf.gloves, 1), shelf.actor)
    assert [row.id for row in shelf.stock.levels(shelf.actor)] == [shelf.vaccine]
    assert len(shelf.stock.items(shelf.actor, archived=True)) == 2
    assert done.undo is not None
    done.undo()
    assert len(shelf.stock.items(shelf.actor)) == 2


def test_adding_an_item_is_undone_by_archiving_it(shelf: Shelf) -> None:
    done = shelf.stock.save_item(SaveItem("Swab", "piece"), shelf.actor)
    assert done.undo is not None
    done.undo()
    assert len(shelf.stock.items(shelf.actor)) == 2


def test_what_was_misread_on_a_box_is_corrected_with_a_reason(shelf: Shelf) -> None:
    end = date(2028, 1, 31)
    done = shelf.stock.correct_lot(CorrectLot(2, "A7", end, "misread"), shelf.actor)
    assert ("A7", end) in {(row.lot, row.expires_on) for row in shelf.stock.shelves(shelf.actor)}
    assert done.undo is not None
    done.undo()
    assert shelf.level(shelf.vaccine).lot == "A"
    with pytest.raises(ReasonMissing):
        shelf.stock.correct_lot(CorrectLot(2, "A7", end, ""), shelf.actor)
    with pytest.raises(LotDiffers):
        shelf.stock.correct_lot(CorrectLot(2, "B", end, "misread"), shelf.actor)


def test_reception_may_take_but_not_set_up(shelf: Shelf) -> None:
    with pytest.raises(NotAllowed):
        shelf.stock.add_item(
            SaveItem("Glove", "glove"), an_actor("stock.issue", role="receptionist")
        )


def test_who_may_not_take_supplies_sees_none(shelf: Shelf) -> None:
    with pytest.raises(NotAllowed):
        shelf.stock.view(an_actor("billing.view", role="biller"))
