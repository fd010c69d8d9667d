# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.moving import import_appointments
from clinicdesk.schedule.model import Booking
from tests.support.whole_clinics import WholeClinic, a_whole_clinic

_PATIENTS = """provider,patient_id,name,sex,dob
PROV1,00001,Mrs. Allison Hill,Female,1996-01-22
PROV1,00002,Nancy Rhodes,Female,1972-02-07
PROV2,00001,Hugo Brand,Male,1950-03-01
"""
_SLOTS = """provider,slot_id,appointment_date,appointment_time,is_available
PROV1,1,2026-11-23,08:00:00,False
PROV1,2,2026-11-23,08:20:00,False
PROV1,3,2026-11-23,13:00:00,True
PROV2,1,2026-11-23,08:00:00,False
PROV2,2,2026-11-23,08:30:00,False
"""
_HEAD = (
    "provider,appointment_id,slot_id,scheduling_date,appointment_date,appointment_time,"
    "scheduling_interval,status,check_in_time,appointment_duration,start_time,end_time,"
    "waiting_time,patient_id,sex,age,age_group\n"
)
_BOOK = (
    _HEAD
    + """PROV1,1,1,2026-11-01,2026-11-23,08:00:00,22,attended,\
08:05:19,14.8,08:06:18,08:21:06,1.0,00001,Female,30,30-34
PROV1,2,2,2026-11-01,2026-11-23,08:20:00,22,cancelled,,,,,,00001,Female,30,30-34
PROV1,3,2,2026-11-02,2026-11-23,08:20:00,21,did not attend,,,,,,00002,Female,54,50-54
PROV2,1,1,2026-11-02,2026-11-23,08:00:00,21,unknown,,,,,,00001,Male,76,75-79
PROV2,2,2,2026-11-02,2026-11-23,08:30:00,21,scheduled,,,,,,00001,Male,76,75-79
PROV2,3,2,2026-11-02,2026-11-23,08:30:00,21,vanished,,,,,,00001,Male,76,75-79
PROV2,4,2,2026-11-02,2026-11-23,08:30:00,21,scheduled,,,,,,09999,Male,76,75-79
"""
)


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[WholeClinic]:
    made = a_whole_clinic(tmp_path)
    yield made
    made.records.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    for name, text in (("patients", _PATIENTS), ("slots", _SLOTS), ("appointments", _BOOK)):
        (folder / f"{name}.csv.gz").write_bytes(gzip.compress(text.encode()))
    return folder


def _count(clinic: WholeClinic, table: str) -> int:
    with clinic.records.read() as reading:
        return int(reading.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() or 0)  # noqa: S608


def test_identifiers_are_unique_per_provider_only(clinic: WholeClinic, folder: Path) -> None:
    import_appointments(clinic, folder, clinic.actor)
    cards = clinic.schedule.day(date(2026, 11, 23), clinic.actor).cards
    assert _count(clinic, "patient") == 3
    assert {(card.provider_id, card.name) for card in cards if card.booking is Booking.BOOKED} == {
        (2, "Brand, Hugo")
    }


def test_every_state_is_mapped_by_name(clinic: WholeClinic, folder: Path) -> None:
    report = import_appointments(clinic, folder, clinic.actor)
    rows = clinic.schedule.list(date(2026, 11, 23), date(2026, 11, 23), clinic.actor)
    assert sorted(row.booking.value for row in rows) == [
        "booked", "booked", "cancelled", "done", "no_show",
    ]  # fmt: skip
    assert sum(row.note != "" for row in rows) == 1  # the one whose outcome nobody recorded
    reasons = [
        (g["reason"], g["lines"]) for g in report.as_dict()["lines"] if g["outcome"] == "skipped"
    ]
    assert reasons == [
        ("has the unknown state vanished", "7"),
        ("names a patient who is not in the file: PROV2:09999", "8"),
    ]


def test_shifts_come_from_the_slots(clinic: WholeClinic, folder: Path) -> None:
    import_appointments(clinic, folder, clinic.actor)
    view = clinic.schedule.day(date(2026, 11, 23), clinic.actor)
    lengths = [
        [span.to_min - span.from_min for span in column.open_spans] for column in view.columns
    ]
    assert lengths == [[40, 20], [60]]


def test_attended_ones_are_visits_with_their_instants(clinic: WholeClinic, folder: Path) -> None:
    import_appointments(clinic, folder, clinic.actor)
    with clinic.records.read() as reading:
        rows = reading.execute(
            sa.text(
                "SELECT v.state, a.arrived_at IS NOT NULL, a.done_at - a.roomed_at "
                "FROM visit v JOIN appointment a ON a.id = v.appointment_id"
            )
        ).all()
    assert [tuple(row) for row in rows] == [("finished", 1, (14 * 60 + 48) * 1_000_000)]


def test_repeating_it_changes_nothing(clinic: WholeClinic, folder: Path) -> None:
    import_appointments(clinic, folder, clinic.actor)
    before = [_count(clinic, table) for table in ("patient", "appointment", "shift", "audit")]
    again = import_appointments(clinic, folder, clinic.actor)
    assert again.taken == 0
    assert [
        _count(clinic, table) for table in ("patient", "appointment", "shift", "audit")
    ] == before


def test_a_dry_run_and_a_cancelled_one_write_nothing(clinic: WholeClinic, folder: Path) -> None:
    tried = import_appointments(clinic, folder, clinic.actor, dry_run=True)
    assert tried.kinds["appointments"].taken == 5
    assert import_appointments(clinic, folder, clinic.actor, cancelled=lambda: True).cancelled
    assert _count(clinic, "patient") == _count(clinic, "appointment") == 0


@pytest.mark.slow
@pytest.mark.budget
def test_the_shared_book_comes_in_within_a_minute(clinic: WholeClinic) -> None:
    data = Path("/work/shared/data/appointments")
    if not data.is_dir():
        pytest.skip("the shared data is not here")
    report = import_appointments(clinic, data, clinic.actor)
    assert report.kinds["appointments"].taken == _count(clinic, "appointment") == 58_486
    assert _count(clinic, "visit") == 44_994
    assert _count(clinic, "patient") == 26_139
