# SPDX-License-Identifier: Apache-2.0
"""R1: the desk's program is killed at random moments; nothing acknowledged is ever missing."""

from __future__ import annotations

import os
import random
import select
import signal
import time
from pathlib import Path

import pytest

from clinicdesk.ledger.service import Ledger
from clinicdesk.storage.records import Reading, Records
from clinicdesk.storage.verify import VERSION, run_checks
from tests.drills.day_at_the_desk import a_clinic_to_work_in, in_a_child, work_until_killed
from tests.support.clinics import open_records

pytestmark = pytest.mark.slow

_FILES_OWN = {VERSION}  # this file was made from the tables, not by the steps


def killed_while_working(
    path: Path, data_key: bytes, first: int, chance: random.Random
) -> list[str]:
    """Let the desk work, kill it, and return what it acknowledged."""
    pid, hears = in_a_child(lambda said: work_until_killed(path, data_key, first, said))
    heard = b""
    select.select([hears], [], [], 30)  # it has begun
    end = time.perf_counter() + chance.uniform(0, 0.1)
    while (left := end - time.perf_counter()) > 0:
        if select.select([hears], [], [], left)[0]:
            part = os.read(hears, 65536)
            if not part:
                break
            heard += part
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), "the desk must not have failed by itself"
    while part := os.read(hears, 65536):
        heard += part
    os.close(hears)
    return heard.decode().split()


def count(reading: Reading, statement: str) -> int:
    return int(reading.connection.exec_driver_sql(statement).scalar_one())


def check_whole(records: Records, acknowledged: set[str]) -> set[str]:
    """Check that each act is there wholly or not at all; return the keys that are there."""
    with records.read() as reading:
        kept = {
            str(key) for (key,) in reading.connection.exec_driver_sql("SELECT key FROM command")
        }
        done = {key for key in kept if key.split("-")[0] in {"book", "check_out", "pay", "receive"}}
        assert acknowledged <= done
        number = {
            kind: sum(key.startswith(f"{kind}-") for key in done)
            for kind in ("book", "check_out", "pay", "receive")
        }
        assert count(reading, "SELECT count(*) FROM appointment") == number["book"]
        assert count(reading, "SELECT count(*) FROM charge") == 2 * number["check_out"]
        receipts = number["check_out"] + number["pay"]
        assert count(reading, "SELECT count(*) FROM receipt") == receipts
        assert (
            count(reading, "SELECT coalesce(sum(last), 0) FROM series WHERE key = 'receipt'")
            == receipts
        )
        assert count(reading, "SELECT count(*) FROM movement") == number["receive"]
        assert count(reading, "SELECT coalesce(sum(amount_minor), 0) FROM posting") == 0
        checks = run_checks(reading, (Ledger(records).checks,))
    wrong = [check for check in checks if not check.holds and check.name not in _FILES_OWN]
    assert not wrong
    return done


def test_nothing_acknowledged_is_lost_and_nothing_is_half_done(tmp_path: Path, kills: int) -> None:
    path, data_key = a_clinic_to_work_in(tmp_path)
    chance = random.Random(1)
    acknowledged: set[str] = set()
    done: set[str] = set()
    unheard = 0
    for _ in range(kills):
        acknowledged.update(killed_while_working(path, data_key, len(done), chance))
        records = open_records(path, data_key)
        done = check_whole(records, acknowledged)
        records.close()
        # What was committed but not heard of any more is no loss; at most one act per kill.
        assert 0 <= len(done - acknowledged) - unheard <= 1
        unheard = len(done - acknowledged)
    print(f"{kills} kills, {len(acknowledged)} acts acknowledged, 0 lost, {unheard} unheard")
    assert len(acknowledged) > kills
