# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import datetime

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.identity import AppointmentId, AppointmentTypeId, PatientId, StaffId
from clinicdesk.kernel.moments import Slot
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.schedule.model import BookAppointment, Booking, SaveType, StepState
from clinicdesk.stock.model import MAY_ISSUE, SaveKit, Use
from clinicdesk.storage.tables import audit
from tests.stock.shelf import Shelf
from tests.support.clinics import RIGHTS, an_actor


class Visit:
    """A booked vaccination, to be stepped."""

    def __init__(self, shelf: Shelf, lines: tuple[tuple[int, int], ...]) -> None:
        self.shelf = shelf
        type_id = shelf.schedule.save_type(SaveType("Vaccination", 15), shelf.actor).value
        shelf.stock.save_kit(SaveKit(AppointmentTypeId(type_id), lines), shelf.actor)
        slot = Slot(datetime(2026, 11, 25, 10, 0), 15)  # noqa: DTZ001 -- wall time
        placed = shelf.schedule.book(
            BookAppointment(
                PatientId(shelf.practice.anna),
                StaffId(shelf.practice.doctor),
                slot,
                AppointmentTypeId(type_id),
            ),
            shelf.actor,
        ).value
        self.id, self.version = placed.appointment_id, placed.version

    def step(self, to: Booking) -> object:
        """Step to a state as reception, who need not have a right to supplies."""
        rosa = an_actor(*(RIGHTS - {MAY_ISSUE.key, "stock.adjust"}), role="receptionist")
        done = self.shelf.schedule.step(
            StepState(AppointmentId(self.id), self.version, to=to), rosa
        )
        self.version = done.value.version
        return done


def test_a_visit_that_is_done_uses_up_its_kit_and_gives_it_back_when_undone(shelf: Shelf) -> None:
    before, balances = shelf.there(), shelf.practice.balances()
    visit = Visit(shelf, ((shelf.vaccine, 1), (shelf.gloves, 2)))
    visit.step(Booking.ARRIVED)
    assert shelf.there() == before
    visit.step(Booking.DONE)
    assert shelf.level(shelf.vaccine).on_hand == 19
    assert shelf.level(shelf.gloves).on_hand == 498
    assert shelf.practice.balances()["5000"] == 800 + 10
    (row, *_) = shelf.stock.history(shelf.vaccine, shelf.actor)
    assert (row.patient, row.reason, row.lot) == ("Weber, Anna", "kit", "A")
    visit.step(Booking.CHECKOUT)
    assert shelf.there() == before
    assert shelf.practice.balances() == balances
    visit.step(Booking.DONE)
    assert shelf.level(shelf.vaccine).on_hand == 19
    assert shelf.failed_checks() == []


def test_a_visit_that_did_not_take_place_gives_its_kit_back(shelf: Shelf) -> None:
    before = shelf.there()
    visit = Visit(shelf, ((shelf.vaccine, 1),))
    visit.step(Booking.DONE)
    visit.step(Booking.BOOKED)
    assert shelf.there() == before


def test_an_empty_shelf_keeps_nobody_from_finishing_and_is_told(shelf: Shelf) -> None:
    shelf.stock.use(Use(shelf.vaccine, 19), shelf.actor)
    visit = Visit(shelf, ((shelf.vaccine, 3),))
    visit.step(Booking.DONE)
    assert shelf.level(shelf.vaccine).on_hand == 0
    with shelf.records.read() as reading:
        told = reading.execute(
            sa.select(audit.c.after).where(audit.c.action == "stock.kit_short")
        ).scalar_one()
    assert "Influenza vaccine: 2" in told
    visit.step(Booking.CHECKOUT)
    assert shelf.level(shelf.vaccine).on_hand == 1


def test_a_visit_and_its_kit_are_one_transaction(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = Visit(shelf, ((shelf.vaccine, 1),))
    visit.step(Booking.ARRIVED)
    before = shelf.there()

    def refuse(*_: object, **__: object) -> None:
        raise Refusal

    monkeypatch.setattr(shelf.practice.ledger, "post", refuse)
    with pytest.raises(Refusal):
        visit.step(Booking.DONE)
    monkeypatch.undo()
    assert shelf.there() == before
    visit.step(Booking.DONE)  # the version is still that of the arrival


def test_a_type_without_kit_uses_nothing(shelf: Shelf) -> None:
    before = shelf.there()
    Visit(shelf, ()).step(Booking.DONE)
    assert shelf.there() == before
    assert shelf.stock.kits(shelf.actor)[1] == ()
