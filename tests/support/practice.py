# SPDX-License-Identifier: Apache-2.0
"""A small practice for tests: services on a real file, one doctor, two families, one insurer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clinicdesk.billing.model import ChargeLine, CheckOut, Payment
from clinicdesk.billing.service import Billing, CheckedOut
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients.model import AddCoverage, AddPayer, Demographics, RegisterPatient
from clinicdesk.patients.service import Patients
from clinicdesk.staff.model import AddStaff
from clinicdesk.staff.service import Staff
from clinicdesk.storage.records import Records
from tests.support.clinics import NOON, an_actor, some_records

TODAY = NOON.date()


@dataclass(frozen=True, slots=True)
class Practice:
    """Services and people.

    Attributes:
        anna: pays for herself; ``ben`` is Anna's child and she pays for him.
        cara: insured by ``insurer`` with rank 1.
    """

    records: Records
    clock: FixedClock
    actor: Actor
    ledger: Ledger
    patients: Patients
    staff: Staff
    billing: Billing
    doctor: int
    insurer: int
    anna: int
    ben: int
    cara: int

    def charge(
        self,
        patient: int,
        amount_minor: int,
        paid_minor: int = 0,
        *,
        on: date = TODAY,
        party: tuple[str, int] | None = None,
        tax_minor: int = 0,
    ) -> CheckedOut:
        """Charge one service, with a cash payment if any."""
        line = ChargeLine(
            "CONS", "Consultation", amount_minor, self.doctor, party=party, tax_minor=tax_minor
        )
        payment = Payment(paid_minor, "cash") if paid_minor else None
        return self.billing.check_out(CheckOut(patient, on, (line,), payment), self.actor).value

    def balances(self) -> dict[str, int]:
        """Return every account's balance that is not zero; debit positive."""
        from clinicdesk.ledger import queries

        with self.records.read() as reading:
            rows = queries.trial_balance(reading, date(9999, 1, 1))
        return {row.account: row.amount_minor for row in rows if row.amount_minor}

    def failed_checks(self) -> list[str]:
        """Return the names of the books' checks that do not hold."""
        with self.records.read() as reading:
            return [check.name for check in self.ledger.checks(reading) if not check.holds]


def a_practice(folder: Path) -> Practice:
    """Make a practice in a folder."""
    clock = FixedClock(NOON)
    return practice_on(some_records(folder, clock=clock), clock)


def practice_on(records: Records, clock: FixedClock) -> Practice:
    """Make a practice on an empty clinic, wherever it is kept."""
    actor = an_actor()
    ledger, staff = Ledger(records), Staff(records)
    patients, billing = Patients(records, ledger), Billing(records, ledger)
    with records.write(actor, "seed") as work:
        ledger.seed(work)
        work.record("account", None)
    doctor = staff.add(AddStaff("Dr Amara Osei", "AO", "gp", is_provider=True), actor).value
    insurer = patients.add_payer(AddPayer("Harbour Health"), actor).value

    def person(family: str, given: str, payer: int | None = None) -> int:
        command = RegisterPatient(
            Demographics(family, given, born_on=date(1980, 1, 2)), guarantor_id=payer
        )
        return patients.register(command, actor).value

    anna = person("Weber", "Anna")
    ben, cara = person("Weber", "Ben", anna), person("Ito", "Cara")
    patients.add_coverage(AddCoverage(cara, insurer, date(2020, 1, 1)), actor)
    return Practice(
        records, clock, actor, ledger, patients, staff, billing, doctor, insurer, anna, ben, cara
    )
