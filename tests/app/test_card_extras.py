# SPDX-License-Identifier: Apache-2.0
"""Rule: the card says how long somebody has waited and where the next key press leads."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import cast

from clinicdesk.app.card_extras import CardExtras
from clinicdesk.assembly import Clinic as Assembled
from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.patients.model import CardSection
from clinicdesk.schedule.model import StepState
from clinicdesk.wording.formats import Formats
from tests.schedule.clinic import OSEI, RUIZ, Clinic, a_clinic, at, booking
from tests.support.clinics import an_actor

ADA = an_actor("schedule.view", "schedule.book", "patients.view")


def the_box(clinic: Clinic) -> CardSection:
    profile = clinic.records.profile
    formats = Formats("en", "GB", profile.currency, profile.zone)
    extras = CardExtras(cast("Assembled", clinic), ADA, formats)
    return next(section for section in extras(RUIZ, 0) if section.buttons)


def test_the_first_button_names_the_state_it_leads_to(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    placed = clinic.schedule.book(booking(RUIZ, OSEI, at(12, 15)), ADA).value
    box = the_box(clinic)
    assert box.buttons[0].text == "Arrived"
    assert box.remarks[1] == ("Booked", "")
    step = StepState(AppointmentId(placed.appointment_id), placed.version)
    clinic.schedule.step(step, ADA)
    clinic.clock.advance(timedelta(minutes=17))
    box = the_box(clinic)
    assert box.buttons[0].text == "In room"
    assert box.remarks[1] == ("Waiting since 12:00", "warn")
    clinic.records.close()
