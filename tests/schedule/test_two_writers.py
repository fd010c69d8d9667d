# SPDX-License-Identifier: Apache-2.0
"""Two programs on one file want the same slot at the same moment (trust.md C3)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest

from clinicdesk.kernel.identity import AppointmentId, PatientId, StaffId
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.schedule.model import (
    Contact,
    MoveAppointment,
    Placed,
    SetContact,
    SlotTaken,
    overlapping,
)
from clinicdesk.schedule.queries import checks
from clinicdesk.schedule.service import Schedule
from clinicdesk.storage.records import Records
from tests.schedule.clinic import (
    FISCHER,
    OSEI,
    PARK,
    ROOM_1,
    RUIZ,
    TODAY,
    another_desk,
    at,
    booking,
    fill,
)
from tests.support.clinics import NOON, a_file, an_actor

ADA = an_actor()
PAIRS = 200


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Records, Schedule, Schedule]]:
    path, key = a_file(tmp_path)
    one, first = another_desk(path, key, FixedClock(NOON))
    fill(one)
    two, second = another_desk(path, key, FixedClock(NOON))
    yield one, first, second
    two.close()
    one.close()


def _unflagged(records: Records) -> int:
    with records.read() as reading:
        taken = list(checks.taken_spans(reading, 0, 1 << 40))
    return len(list(overlapping(taken)))


@pytest.mark.slow
def test_of_two_who_book_one_slot_exactly_one_wins_and_the_other_hears_by_whom(
    desks: tuple[Records, Schedule, Schedule],
) -> None:
    records, *schedules = desks
    barrier = Barrier(2)

    def book(desk: int, n: int) -> Placed | SlotTaken:
        on = TODAY + timedelta(days=n)
        slot = at(10, 10 * desk if n % 2 else 0, on=on)  # the very same, or half beside it
        command = booking((RUIZ, PARK)[desk], slot=slot)
        barrier.wait()
        try:
            return schedules[desk].book(command, ADA).value
        except SlotTaken as refused:
            return refused

    with ThreadPoolExecutor(2) as pool:
        for n in range(PAIRS):
            answers = list(pool.map(book, (0, 1), (n, n)))
            won = [a for a in answers if isinstance(a, Placed)]
            lost = [a for a in answers if isinstance(a, SlotTaken)]
            assert (len(won), len(lost)) == (1, 1)
            assert lost[0].fields["appointment_id"] == won[0].appointment_id
            assert lost[0].fields["by"] == "Ada Owner"
            assert lost[0].fields["who"] in {"Ruiz, Elena", "Park, Min"}
    assert _unflagged(records) == 0


@pytest.mark.slow
def test_what_two_book_at_random_at_once_never_shares_a_slot(
    desks: tuple[Records, Schedule, Schedule], pytestconfig: pytest.Config
) -> None:
    """G5; the number of the bar is ``--bookings 10000``."""
    records, *schedules = desks
    tries = pytestconfig.getoption("--bookings", default=400) // 2
    days = 1 + tries // 100  # so that about every other try meets a taken slot

    def book(desk: int) -> int:
        chance, booked = random.Random(desk), 0
        for _ in range(tries):
            slot = at(
                chance.randrange(24),
                5 * chance.randrange(12),
                minutes=chance.choice((10, 15, 20, 45)),
                on=TODAY + timedelta(days=chance.randrange(days)),
            )
            who = PatientId(chance.randint(1, 4))
            command = booking(who, StaffId(chance.randint(1, 3)), slot, room_id=ROOM_1)
            try:
                schedules[desk].book(command, ADA)
            except SlotTaken:
                continue
            booked += 1
        return booked

    with ThreadPoolExecutor(2) as pool:
        booked = list(pool.map(book, (0, 1)))
    assert min(booked) > 0
    assert sum(booked) < 2 * tries
    with records.read() as reading:
        taken = list(checks.taken_spans(reading, 0, 1 << 40))
    assert len(taken) == 2 * sum(booked)  # somebody's time and a room's
    assert list(overlapping(taken)) == []


def test_of_two_who_move_one_appointment_the_second_has_a_stale_copy(
    desks: tuple[Records, Schedule, Schedule],
) -> None:
    _, first, second = desks
    own = AppointmentId(first.book(booking(), ADA).value.appointment_id)
    seen = second.day(TODAY, ADA).cards[0]
    first.move(MoveAppointment(own, 1, FISCHER, at(16)), ADA)
    with pytest.raises(StaleCopy):
        second.move(MoveAppointment(own, seen.version, OSEI, at(10)), ADA)
    with pytest.raises(StaleCopy):
        second.set_contact(SetContact(own, seen.version, Contact.CONFIRMED), ADA)
    assert second.day(TODAY, ADA).cards[0].starts == at(16).starts


def test_a_key_sent_by_both_is_carried_out_once(
    desks: tuple[Records, Schedule, Schedule],
) -> None:
    _, *schedules = desks
    command = booking()
    with ThreadPoolExecutor(2) as pool:
        ids = set(pool.map(lambda s: s.book(command, ADA).value.appointment_id, schedules))
    assert len(ids) == 1
