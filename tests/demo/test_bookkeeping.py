# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.billing.model import (
    Allocation,
    ChargeLine,
    Payment,
    PostCharges,
    Refund,
    TakePayment,
    Transfer,
    WriteOff,
)
from clinicdesk.demo.bookkeeping import Account, Books, Hands, Payers
from clinicdesk.demo.money import Act, Bill, Line
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.patients.model import AddCoverage, AddPayer, Demographics, RegisterPatient
from clinicdesk.staff.model import AddStaff
from tests.support.clinics import NOON
from tests.support.whole_clinics import WholeClinic, a_whole_clinic

DAY = date(2026, 11, 2)
LINES = (Line("CONS15", 8500), Line("LABFEE", 2200))
ACTS = (
    Act(datetime(2026, 11, 2, 9, 30), "charge", 1),  # noqa: DTZ001 -- wall time
    Act(datetime(2026, 11, 20, 11, 0), "insurer", 1, (6000, 1500), (1000, 300), (1500, 400),  # noqa: DTZ001
        "transfer"),
    Act(datetime(2026, 11, 23, 15, 0), "patient", 1, (1500, 0), method="card", extra=500),  # noqa: DTZ001
    Act(datetime(2026, 11, 24, 9, 0), "refund", 1, method="transfer", extra=500),  # noqa: DTZ001
    Act(datetime(2026, 11, 24, 9, 1), "write_off", 1, (0, 400)),  # noqa: DTZ001
)  # fmt: skip


def _clinic(folder: Path) -> WholeClinic:
    """A clinic with one doctor and one insured patient, each with the id 1."""
    folder.mkdir()
    clinic = a_whole_clinic(folder, clock=FixedClock(NOON - timedelta(days=60)))
    clinic.staff.add(AddStaff("Dr Ada", "DA", "gp", True), clinic.actor)
    who = RegisterPatient(Demographics("Berg", "Nina"))
    clinic.patients.register(who, clinic.actor)
    clinic.patients.add_payer(AddPayer("Northern Mutual"), clinic.actor)
    clinic.patients.add_coverage(AddCoverage(1, 1, date(2026, 1, 1)), clinic.actor)
    return clinic


def _in_bulk(clinic: WholeClinic) -> None:
    books = Books(clinic.ledger, clinic.records.profile.zone, Hands(1, 1))
    books.open(Account(Bill(1, 0, 0, LINES), Payers(1, 1, 1, 1), 1, None, DAY))
    with clinic.records.write(clinic.actor, "test.bulk") as work:
        books.post(work, ACTS)


def _by_command(clinic: WholeClinic) -> None:
    billing, actor, clock = clinic.billing, clinic.actor, clinic.records.clock
    assert isinstance(clock, FixedClock)
    insurer, patient = ("payer", 1), ("guarantor", 1)

    def at(act: Act) -> None:
        clock.instant = clinic.records.profile.zone.instant(act.at)

    words = ("Consultation, 15 minutes", "Laboratory handling")
    lines = tuple(ChargeLine(x.code, w, x.minor, 1) for x, w in zip(LINES, words, strict=True))
    at(ACTS[0])
    billing.charge(PostCharges(1, DAY, lines), actor)
    at(ACTS[1])
    parts = (Allocation(1, 6000), Allocation(2, 1500))
    billing.take_payment(
        TakePayment(1, Payment(7500, "transfer", party=insurer, allocations=parts)), actor
    )
    for charge, minor in ((1, 1000), (2, 300)):
        billing.write_off(WriteOff(charge, insurer, minor, "contractual", "contractual"), actor)
    for charge, minor in ((1, 1500), (2, 400)):
        billing.transfer(Transfer(charge, insurer, patient, minor, "patient_share"), actor)
    at(ACTS[2])
    part = (Allocation(1, 1500),)
    billing.take_payment(TakePayment(1, Payment(2000, "card", allocations=part)), actor)
    at(ACTS[3])
    billing.refund(Refund(2, 500, "transfer", "overpaid"), actor)
    at(ACTS[4])
    billing.write_off(WriteOff(2, patient, 400, "write-off", "bad_debt"), actor)


_COMPARED = {
    "charge": "*",
    "receipt": "*",
    "posting": "*",
    "open_amount": "*",
    "credit_amount": "*",
    "day_total": "*",
    "entry": "id, seq, business_on, posted_at, user_id, kind, memo",  # source, key and hash differ
}


@pytest.mark.parametrize("table", list(_COMPARED))
def test_the_plan_posts_what_the_commands_of_the_desk_post(tmp_path: Path, table: str) -> None:
    bulk, desk = _clinic(tmp_path / "bulk"), _clinic(tmp_path / "desk")
    _in_bulk(bulk)
    _by_command(desk)
    found = []
    for clinic in (bulk, desk):
        with clinic.records.read() as reading:
            statement = sa.text(f"SELECT {_COMPARED[table]} FROM {table} ORDER BY 1, 2, 3")  # noqa: S608
            found.append([tuple(row) for row in reading.execute(statement)])
        clinic.records.close()
    assert found[0] == found[1]
    assert found[0]
