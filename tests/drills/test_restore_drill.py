# SPDX-License-Identifier: Apache-2.0
"""D1 and D5: backups taken while the desk works all restore; a killed restore is no blend."""

from __future__ import annotations

import os
import random
import signal
import time
from functools import partial
from pathlib import Path

import pytest

from clinicdesk.kernel.moments import FixedClock
from clinicdesk.storage.backup import back_up, restore
from clinicdesk.storage.keys import ByCode
from clinicdesk.storage.verify import run_checks
from tests.drills.day_at_the_desk import in_a_child
from tests.storage.opened import CHEAP, OWNER, Whole, a_whole_clinic, act, enter, signed_in
from tests.support.clinics import NOON

pytestmark = pytest.mark.slow


@pytest.fixture
def clinic(tmp_path: Path) -> Whole:
    home = tmp_path / "home"
    home.mkdir()
    whole = a_whole_clinic(home)
    act(whole.records, whole.owner, 40)
    return whole


def entries(path: Path, desk: Path) -> int:
    """Open, check everything, and return how long the trail is."""
    records = enter(path, desk).records(FixedClock(NOON))
    with records.read() as reading:
        assert not [check for check in run_checks(reading) if not check.holds]
        count = reading.connection.exec_driver_sql("SELECT count(*) FROM audit").scalar_one()
    records.close()
    return int(count)


def test_backups_taken_while_the_desk_works_all_restore_with_the_code_alone(
    clinic: Whole, tmp_path: Path
) -> None:
    path, data_key, actor = clinic.path, clinic.opened.data_key, clinic.owner
    clinic.records.close()
    opened = enter(path, tmp_path / "desk")

    def work(said: int) -> None:
        records = opened.records(FixedClock(NOON))
        while True:
            act(records, actor)

    pid, hears = in_a_child(work)
    records = opened.records(FixedClock(NOON))
    made = [back_up(records, opened.ring, tmp_path / "usb", actor) for _ in range(8)]
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(hears)
    records.close()
    assert len({backup.audit_seq for backup in made}) > 1, "the desk was at work meanwhile"
    for number, backup in enumerate(made):
        to = tmp_path / "else" / f"{number}.clinic"
        to.parent.mkdir(exist_ok=True)
        code = ByCode(clinic.created.recovery)
        clock = FixedClock(NOON)
        restore(backup.path, to, code, signed_in, clock, cost=CHEAP, desk=tmp_path / "desk")
        # Signing in and restoring are entries of their own.
        assert entries(to, tmp_path / "desk") == backup.audit_seq + 2
    assert data_key == opened.data_key


def test_a_restore_killed_at_any_moment_leaves_the_old_or_the_new_clinic(
    clinic: Whole, tmp_path: Path
) -> None:
    backup = back_up(clinic.records, clinic.opened.ring, tmp_path / "usb", clinic.owner)
    act(clinic.records, clinic.owner, 7)
    clinic.records.close()
    desk = tmp_path / "desk"
    chance = random.Random(3)
    old, new = backup.audit_seq + 8, backup.audit_seq + 2

    def put_back(said: int, to: Path = clinic.path) -> None:
        os.write(said, b"begun\n")
        restore(backup.path, to, OWNER, signed_in, FixedClock(NOON), cost=CHEAP, desk=desk)
        os.write(said, b"done\n")

    began = time.perf_counter()
    pid, hears = in_a_child(partial(put_back, to=tmp_path / "trial.clinic"))
    os.waitpid(pid, 0)
    os.close(hears)
    whole = time.perf_counter() - began  # as long as it takes on this machine just now
    seen = set()
    for _ in range(25):
        pid, hears = in_a_child(put_back)
        os.read(hears, 6)
        time.sleep(chance.uniform(0, 1.5 * whole))  # noqa: TID251 -- a random moment of a child
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(hears)
        found = entries(clinic.path, desk)
        assert found in {old, new}
        seen.add(found)
        if found == new:
            old = new
    assert new in seen
