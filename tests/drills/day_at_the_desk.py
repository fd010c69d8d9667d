# SPDX-License-Identifier: Apache-2.0
"""The work of a desk, without end: books, checks out, takes money, receives stock.

Each act is acknowledged only after its service returned, which is after its commit. Run in a
child process that is going to be killed.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from clinicdesk.billing.model import ChargeLine, CheckOut, Payment, TakePayment
from clinicdesk.billing.service import Billing
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import PatientId, StaffId
from clinicdesk.kernel.moments import Slot
from clinicdesk.ledger.service import Ledger
from clinicdesk.schedule.model import BookAppointment
from clinicdesk.schedule.service import Schedule
from clinicdesk.staff.service import Staff
from clinicdesk.stock.model import Receive, SaveItem
from clinicdesk.stock.service import Stock
from clinicdesk.storage.records import Records
from tests.schedule.clinic import TODAY, fill
from tests.support.clinics import a_file, an_actor, open_records

ACTS = ("book", "check_out", "pay", "receive")


@dataclass(frozen=True)
class Desk:
    """The services over one open file."""

    records: Records
    actor: Actor
    schedule: Schedule
    billing: Billing
    stock: Stock

    def act(self, kind: str, number: int, key: str) -> None:
        """Carry out one act; it is committed when this returns."""
        patient = 1 + number % 4
        if kind == "book":
            day = TODAY + timedelta(days=1 + number // 3)
            slot = Slot(datetime.combine(day, time(9)), 30)
            who, provider = PatientId(patient), StaffId(1 + number % 3)
            self.schedule.book(BookAppointment(who, provider, slot, key=key), self.actor)
        elif kind == "check_out":
            lines = (
                ChargeLine("99213", "Visit", 9500 + number, 1),
                ChargeLine("81002", "Urine test", 1200, 1, units=2),
            )
            payment = Payment(5000 + number % 700, "cash")
            command = CheckOut(patient, TODAY, lines, payment, key=key)
            self.billing.check_out(command, self.actor)
        elif kind == "pay":
            command_ = TakePayment(patient, Payment(100 + number % 900, "card"), key=key)
            self.billing.take_payment(command_, self.actor)
        else:
            self.stock.receive(
                Receive(1, 1 + number % 9, 890, "Fridge", f"L{number}", TODAY, key=key), self.actor
            )


def a_desk(path: Path, data_key: bytes) -> Desk:
    """Open the file."""
    records = open_records(path, data_key)
    return Desk(
        records,
        an_actor(),
        Schedule(records, Staff(records)),
        Billing(records, Ledger(records)),
        Stock(records),
    )


def a_clinic_to_work_in(folder: Path) -> tuple[Path, bytes]:
    """Make one with staff, patients, accounts and an item."""
    path, data_key = a_file(folder)
    desk = a_desk(path, data_key)
    fill(desk.records)
    with desk.records.write(desk.actor, "test.seed") as work:
        Ledger(desk.records).seed(work)
        work.record("clinic", 1)
    desk.stock.add_item(SaveItem("Vaccine", "dose", "box", 10), desk.actor)
    desk.records.close()
    return path, data_key


def work_until_killed(path: Path, data_key: bytes, first: int, said: int) -> None:
    """Act without end from a number on, acknowledging each act on a pipe."""
    desk = a_desk(path, data_key)
    number = first
    while True:
        kind = ACTS[number % len(ACTS)]
        key = f"{kind}-{number}"
        desk.act(kind, number, key)
        os.write(said, f"{key}\n".encode())
        number += 1


def in_a_child(task: Callable[[int], None]) -> tuple[int, int]:
    """Run a task in a forked child; return its pid and the pipe it speaks on."""
    hears, said = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(hears)
        try:
            task(said)
        finally:
            os._exit(70)
    os.close(said)
    return pid, hears
