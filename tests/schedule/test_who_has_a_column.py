# SPDX-License-Identifier: Apache-2.0
"""Who has a column in the book: whoever works, is booked, or looks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from clinicdesk.access.tables import app_user
from clinicdesk.kernel.moments import Month
from tests.schedule.clinic import (
    FISCHER,
    NURSE,
    OSEI,
    TODAY,
    Clinic,
    a_clinic,
    booking,
    without_hours,
)
from tests.support.clinics import an_actor

MONDAY = date(2026, 11, 23)
ADA = an_actor()


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return a_clinic(tmp_path)


def test_columns_are_of_those_who_work_or_are_booked_that_day(clinic: Clinic) -> None:
    without_hours(clinic, FISCHER, NURSE)
    clinic.schedule.book(booking(with_=NURSE), ADA)
    day = clinic.schedule.day(TODAY, ADA)
    assert [column.provider_id for column in day.columns] == [OSEI, NURSE]
    assert day.others == ((FISCHER, "Dr Lena Fischer"),)
    next_day = clinic.schedule.day(TODAY + timedelta(days=1), ADA)
    assert [column.provider_id for column in next_day.columns] == [OSEI]
    week = clinic.schedule.week(MONDAY, ADA)
    assert {tuple(c.provider_id for c in day.columns) for day in week.days} == {(OSEI, NURSE)}
    month = clinic.schedule.month_load(Month.of(TODAY), ADA)
    assert [column.provider_id for column in month.providers] == [OSEI, NURSE]


def test_a_clinician_always_has_their_own_column(clinic: Clinic) -> None:
    without_hours(clinic, FISCHER, NURSE)
    with clinic.records.write(ADA, "test.user") as work:
        work.execute(app_user.update().values(staff_id=FISCHER))
        work.record("app_user", 1)
    assert [c.provider_id for c in clinic.schedule.day(TODAY, ADA).columns] == [OSEI, FISCHER]


def test_a_closed_day_has_the_columns_of_those_with_hours_for_whoever_must_be_seen(
    clinic: Clinic,
) -> None:
    without_hours(clinic, NURSE)
    sunday = clinic.schedule.day(MONDAY + timedelta(days=6), ADA)
    assert [column.provider_id for column in sunday.columns] == [OSEI, FISCHER]
    without_hours(clinic, OSEI, FISCHER)
    fresh = clinic.schedule.day(TODAY, ADA)
    assert [column.provider_id for column in fresh.columns] == [OSEI, FISCHER, NURSE]
