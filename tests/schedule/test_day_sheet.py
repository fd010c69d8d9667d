# SPDX-License-Identifier: Apache-2.0
"""The day sheet on paper, read back from the PDF."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import sqlalchemy as sa

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.schedule.model import BlockTime, CancelAppointment, MarkNoShow
from clinicdesk.schedule.reports import DaySheet
from clinicdesk.storage.tables import audit
from tests.schedule.clinic import (
    CHECK_UP,
    FISCHER,
    LIN,
    OSEI,
    PARK,
    TODAY,
    Clinic,
    a_clinic,
    at,
    booking,
)
from tests.support.clinics import an_actor

ADA = an_actor()


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    clinic = a_clinic(tmp_path)
    clinic.schedule.book(booking(type_id=CHECK_UP, note="first visit"), ADA)
    missed = clinic.schedule.book(booking(PARK, slot=at(10)), ADA).value
    clinic.schedule.no_show(MarkNoShow(AppointmentId(missed.appointment_id), 1), ADA)
    off = clinic.schedule.book(booking(LIN, FISCHER, at(11)), ADA).value
    clinic.schedule.cancel(CancelAppointment(AppointmentId(off.appointment_id), 1, "ill"), ADA)
    clinic.schedule.block(BlockTime(OSEI, at(16), "Team meeting"), ADA)
    return clinic


def _text(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_it_lists_each_provider_with_hours_and_patients(clinic: Clinic) -> None:
    (page,) = _text(clinic.schedule.day_sheet(DaySheet(TODAY), ADA))
    for words in (
        "Day sheet",
        "Wednesday",
        "Dr Amara Osei · Room 1",
        "09:00–12:30, 13:00–17:00",
        "Ruiz, Elena",
        "15:00",
        "Check-up",
        "first visit",
        "07700 900001",
        "Did not attend",
        "Team meeting",
        "Nobody is booked.",
        "Printed",
        "Ada Owner",
    ):
        assert words in page
    assert "Lin, Yara" not in page


def test_a_masked_sheet_for_the_wall_names_nobody(clinic: Clinic) -> None:
    (page,) = _text(clinic.schedule.day_sheet(DaySheet(TODAY, masked=True), ADA))
    assert "E. R." in page
    for secret in ("Ruiz", "07700", "1980", "first visit"):
        assert secret not in page


def test_one_provider_or_each_on_a_page(clinic: Clinic) -> None:
    (own,) = _text(clinic.schedule.day_sheet(DaySheet(TODAY, FISCHER, cancelled=True), ADA))
    assert "Lin, Yara" in own
    assert "Osei" not in own
    assert len(_text(clinic.schedule.day_sheet(DaySheet(TODAY, separate=True), ADA))) == 3


def test_printing_is_audited_and_needs_the_right(clinic: Clinic) -> None:
    clinic.schedule.day_sheet(DaySheet(TODAY), ADA)
    with clinic.records.read() as reading:
        last = reading.execute(sa.select(audit).order_by(audit.c.seq.desc()).limit(1)).one()
    assert last.action == "schedule.print_day_sheet"
    with pytest.raises(NotAllowed):
        clinic.schedule.day_sheet(DaySheet(TODAY), an_actor("staff.view"))


def test_the_same_day_printed_at_the_same_moment_is_the_same_bytes(clinic: Clinic) -> None:
    wish = DaySheet(TODAY)
    assert clinic.schedule.day_sheet(wish, ADA) == clinic.schedule.day_sheet(wish, ADA)
