# SPDX-License-Identifier: Apache-2.0
"""What the demo and the importers are handed: the opened clinic, as ``assembly`` puts it together.

It stands here because billing is the lowest room that knows every department named.
"""

from __future__ import annotations

from typing import Protocol

from clinicdesk.billing.service import Billing
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.service import Schedule
from clinicdesk.staff.service import Staff
from clinicdesk.storage.records import Records


class Departments(Protocol):
    """Departments that people, visits and money of another system, or of the demo, go into."""

    @property
    def records(self) -> Records: ...
    @property
    def patients(self) -> Patients: ...
    @property
    def staff(self) -> Staff: ...
    @property
    def schedule(self) -> Schedule: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def billing(self) -> Billing: ...
