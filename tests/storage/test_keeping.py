# SPDX-License-Identifier: Apache-2.0
"""Which backups stay: enough of every age, never too few, never by the clock alone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.kernel.moments import FixedClock
from clinicdesk.storage.backup import back_up, found_in, last_backup, rotate
from clinicdesk.storage.backup.keeping import AT_LEAST, keeping
from tests.storage.opened import Whole, a_whole_clinic
from tests.support.clinics import NOON

TODAY = date(2026, 11, 25)


def simulate(steps: list[int]) -> tuple[list[date], date]:
    """Make a backup after each jump of days and rotate; return what is left, newest first."""
    kept: list[date] = []
    today = TODAY
    for step in steps:
        today += timedelta(days=step)
        kept = sorted([*kept, today], reverse=True)
        places = keeping(kept, today)
        kept = [day for place, day in enumerate(kept) if place in places]
    return kept, today


def test_ten_years_of_days_leave_enough_of_every_age() -> None:
    kept, today = simulate([1] * 3650)
    assert len(kept) <= 14 + 8 + 24 + 7 + 2
    assert all(today - timedelta(days=n) in kept for n in range(14))
    months = {(day.year, day.month) for day in kept}
    assert len(months) >= 24
    assert len({day.year for day in kept}) == 7


@given(st.lists(st.integers(-4000, 4000), min_size=1, max_size=60))
def test_no_jump_of_the_clock_leaves_too_few_or_loses_todays(steps: list[int]) -> None:
    kept, today = simulate(steps)
    assert len(kept) >= min(AT_LEAST, len(steps))
    assert today in kept


@given(st.lists(st.integers(0, 40), min_size=1, max_size=80))
def test_rotating_again_removes_nothing_more(steps: list[int]) -> None:
    kept, today = simulate(steps)
    assert keeping(kept, today) == set(range(len(kept)))


@pytest.fixture
def clinic(tmp_path: Path) -> Whole:
    home = tmp_path / "home"
    home.mkdir()
    return a_whole_clinic(home)


def days_of_backups(clinic: Whole, folder: Path, count: int) -> None:
    for day in range(count):
        clinic.records.clock = FixedClock(NOON + timedelta(days=day))
        back_up(clinic.records, clinic.opened.ring, folder, clinic.owner, standing_order=True)


def test_old_backups_go_and_foreign_files_stay(clinic: Whole, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    days_of_backups(clinic, usb, 20)
    (usb / "holiday.clinicbackup").write_bytes(b"not one")
    done = rotate(clinic.records, clinic.opened.ring, usb, clinic.owner)
    assert len(done.removed) >= 1
    assert done.sound
    assert done.kept == len(found_in(usb, clinic.opened.ring)) >= 14
    assert (usb / "holiday.clinicbackup").exists()
    assert last_backup(clinic.records) == NOON + timedelta(days=19)


def test_a_folder_somebody_emptied_is_reported_and_left_alone(
    clinic: Whole, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    days_of_backups(clinic, usb, 18)
    assert rotate(clinic.records, clinic.opened.ring, usb, clinic.owner).sound
    before = found_in(usb, clinic.opened.ring)
    for one in before[:4]:
        one.path.write_bytes(b"ransom")
    clinic.records.clock = FixedClock(NOON + timedelta(days=30))
    back_up(clinic.records, clinic.opened.ring, usb, clinic.owner, standing_order=True)
    done = rotate(clinic.records, clinic.opened.ring, usb, clinic.owner)
    assert set(done.missing) == {one.path.name for one in before[:4]}
    assert done.removed == ()


def test_a_backup_that_rots_is_found_within_a_week(clinic: Whole, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    days_of_backups(clinic, usb, 2)
    old = found_in(usb, clinic.opened.ring)[1].path
    body = bytearray(old.read_bytes())
    body[-100] ^= 1
    old.write_bytes(bytes(body))
    found: list[str] = []
    for day in range(2, 9):
        clinic.records.clock = FixedClock(NOON + timedelta(days=day))
        found += rotate(clinic.records, clinic.opened.ring, usb, clinic.owner).rotted
    assert found == [old.name]
