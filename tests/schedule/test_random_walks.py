# SPDX-License-Identifier: Apache-2.0
"""Whatever is done to the book, nobody is booked twice at once unless it is flagged (G5)."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from clinicdesk.kernel.identity import AppointmentId, PatientId, StaffId
from clinicdesk.kernel.moments import Slot
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.schedule.model import (
    ACTIVE,
    BlockTime,
    BookSeries,
    Busy,
    CancelAppointment,
    MarkNoShow,
    MoveAppointment,
    ResizeAppointment,
    RestoreAppointment,
    StepState,
    overlapping,
)
from clinicdesk.schedule.queries import CardRow, checks
from tests.schedule.clinic import TODAY, Clinic, a_clinic, at, booking
from tests.support.clinics import an_actor

ADA = an_actor()
STEPS = 500


class Walk:
    """Does random things to the book of a few days, from a seed."""

    def __init__(self, clinic: Clinic, seed: int) -> None:
        self.clinic = clinic
        self.chance = random.Random(seed)
        self.schedule = clinic.schedule

    def slot(self) -> Slot:
        """Pick a slot; few hours, so that it is often taken."""
        on = TODAY + timedelta(days=self.chance.randrange(3))
        lengths = (5, 10, 15, 30, 45, 90)
        return at(
            self.chance.choice((9, 10, 23)),
            5 * self.chance.randrange(12),
            minutes=self.chance.choice(lengths),
            on=on,
        )

    def provider(self) -> StaffId:
        """Pick a provider."""
        return StaffId(self.chance.randint(1, 2))

    def card(self) -> CardRow | None:
        """Pick an appointment of one of the days."""
        on = TODAY + timedelta(days=self.chance.randrange(3))
        cards = self.schedule.day(on, ADA).cards
        return self.chance.choice(cards) if cards else None

    def step(self) -> None:
        """Do one thing; being refused is as good as being done."""
        overbook = self.chance.random() < 0.1
        who = PatientId(self.chance.randint(1, 4))
        act = self.chance.randrange(9)
        new = booking(who, self.provider(), self.slot(), overbook=overbook)
        if act in {0, 1}:
            self.schedule.book(new, ADA)
            return
        if act == 2:
            if self.chance.random() < 0.3:
                self.schedule.book_series(BookSeries(new, 1, 2), ADA)
            else:
                self.schedule.block(BlockTime(self.provider(), self.slot(), "Lunch", overbook), ADA)
            return
        card = self.card()
        if card is None:
            return
        own, version = AppointmentId(card.id), card.version
        if act in {3, 4}:
            move = MoveAppointment(own, version, self.provider(), self.slot(), overbook)
            done = self.schedule.move(move, ADA)
            if done.undo is not None and self.chance.random() < 0.3:
                done.undo()
        elif act == 5:
            minutes = self.chance.choice((5, 20, 60, 120))
            self.schedule.resize(ResizeAppointment(own, version, minutes, overbook), ADA)
        elif act == 6:
            self.schedule.cancel(CancelAppointment(own, version, "called"), ADA)
        elif act == 7:
            self.schedule.restore(RestoreAppointment(own, version, overbook), ADA)
        elif self.chance.random() < 0.5:
            self.schedule.no_show(MarkNoShow(own, version), ADA)
        else:
            self.schedule.step(StepState(own, version, self.chance.random() < 0.6), ADA)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_two_unflagged_appointments_ever_overlap(tmp_path: Path, seed: int) -> None:
    clinic = a_clinic(tmp_path)
    walk = Walk(clinic, seed)
    done, taken = 0, list[Busy]()
    for _ in range(STEPS):
        try:
            walk.step()
            done += 1
        except Refusal:
            continue
        with clinic.records.read() as reading:
            taken = list(checks.taken_spans(reading, 0, 1 << 40))
        assert not list(overlapping(taken))
    assert done > STEPS / 5
    shown = {
        card.id: card
        for n in range(-1, 12)
        for card in clinic.schedule.day(TODAY + timedelta(days=n), ADA).cards
    }
    held = {s.owner for s in taken if s.owner > 0}
    assert held <= {1, 2}
    assert sum(card.booking in ACTIVE for card in shown.values()) == sum(s.owner > 0 for s in taken)
