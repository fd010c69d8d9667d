# SPDX-License-Identifier: Apache-2.0
"""Column lists of the book, written for a reader as screen, CSV and paper do it."""

from __future__ import annotations

from pathlib import Path

import pytest

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.schedule.columns import HISTORY, LIST, TYPES, WAITLIST
from clinicdesk.schedule.model import AddToWaitlist, BlockTime, CancelAppointment, Look
from clinicdesk.schedule.model.words import ACTION_WORDS, CANCEL_REASONS, LOOK_WORDS
from clinicdesk.wording.formats import Formats
from tests.schedule.clinic import CHECK_UP, OSEI, PARK, TODAY, Clinic, a_clinic, at, booking
from tests.support.clinics import an_actor

ADA = an_actor()


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return a_clinic(tmp_path)


@pytest.fixture
def formats(clinic: Clinic) -> Formats:
    profile = clinic.records.profile
    return Formats("en", "GB", profile.currency, profile.zone)


def test_the_list_tells_reason_and_state_in_words(clinic: Clinic, formats: Formats) -> None:
    placed = clinic.schedule.book(booking(type_id=CHECK_UP, note="by phone"), ADA).value
    own = AppointmentId(placed.appointment_id)
    clinic.schedule.cancel(CancelAppointment(own, 1, "illness"), ADA)
    clinic.schedule.block(BlockTime(OSEI, at(16), "Lunch"), ADA)
    first, block = clinic.schedule.list(TODAY, TODAY, ADA)
    cells = {column.key: formats.cell(column, first) for column in LIST}
    assert cells["name"] == "Ruiz, Elena"
    assert cells["state"] == "Cancelled"
    assert cells["reason"] == "Patient ill"
    assert cells["note"] == "by phone"
    assert cells["due_minor"] == ""
    cells = {column.key: formats.cell(column, block) for column in LIST}
    assert (cells["name"], cells["note"], cells["state"]) == ("Lunch", "", "Kept free")
    told = clinic.schedule.history(own, ADA)
    rows = [[formats.cell(column, row) for column in HISTORY] for row in told]
    assert [row[1] for row in rows] == ["Booked", "Cancelled"]


def test_every_list_can_be_written(clinic: Clinic, formats: Formats) -> None:
    clinic.schedule.add_to_waitlist(AddToWaitlist(PARK, urgent=True), ADA)
    (wish,) = clinic.schedule.waitlist(ADA)
    (kind,) = clinic.schedule.types(ADA)
    assert "Urgent" in [formats.cell(column, wish) for column in WAITLIST]
    assert "Check-up" in [formats.cell(column, kind) for column in TYPES]


def test_every_look_and_action_has_a_word() -> None:
    assert set(LOOK_WORDS) == set(Look)
    assert {"booked", "moved", "state", "cancelled", "restored"} <= set(ACTION_WORDS)
    assert "mistake" in CANCEL_REASONS
