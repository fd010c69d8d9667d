# SPDX-License-Identifier: Apache-2.0
"""Clinics with every department, for imports and the demo: real SQLCipher, cheap keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from clinicdesk.access.service import Access
from clinicdesk.billing.service import Billing
from clinicdesk.closing.service import Closing
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Clock
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.model import VisitCompleted, VisitReopened, VisitWithdrawn
from clinicdesk.schedule.service import Schedule
from clinicdesk.spending.service import Spending
from clinicdesk.staff.service import Staff
from clinicdesk.stock.service import Stock
from clinicdesk.storage.clinic import ClinicProfile
from clinicdesk.storage.records import Records
from tests.support.clinics import an_actor, some_records


@dataclass(frozen=True, slots=True)
class WholeClinic:
    """What ``assembly.Clinic`` offers, without keys and users."""

    records: Records
    actor: Actor
    ledger: Ledger
    patients: Patients
    staff: Staff
    schedule: Schedule
    billing: Billing
    closing: Closing
    stock: Stock
    spending: Spending
    access: Access | None = None


def a_whole_clinic(
    folder: Path, *, clock: Clock | None = None, profile: ClinicProfile | None = None
) -> WholeClinic:
    """Return an empty clinic with its chart of accounts."""
    records = some_records(folder, clock=clock, profile=profile)
    ledger, staff, actor = Ledger(records), Staff(records), an_actor()
    with records.write(actor, "ledger.seed") as work:
        ledger.seed(work)
        work.record("account", None)
    stock = Stock(records, ledger)
    records.facts.heed(VisitCompleted, stock.heed_completion)
    records.facts.heed(VisitReopened, stock.heed_reopening)
    records.facts.heed(VisitWithdrawn, stock.heed_withdrawal)
    return WholeClinic(
        records,
        actor,
        ledger,
        Patients(records, ledger),
        staff,
        Schedule(records, staff),
        Billing(records, ledger),
        Closing(records),
        stock,
        Spending(records, ledger, stock),
    )
