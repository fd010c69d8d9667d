# SPDX-License-Identifier: Apache-2.0
"""Who may bring in another system's data, and what an importer is handed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from clinicdesk.billing.service import Billing
from clinicdesk.kernel.actors import Permission
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.service import Schedule
from clinicdesk.staff.service import Staff
from clinicdesk.storage.records import Records
from clinicdesk.wording.text import N_

MAY_IMPORT = Permission("moving.import", N_("Bring in data of another system"))
PERMISSIONS = (MAY_IMPORT,)

Progress = Callable[[int, int, str], None]
Cancelled = Callable[[], bool]


class Departments(Protocol):
    """The opened clinic, as ``assembly`` puts it together."""

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


def silent(_done: int, _total: int, _words: str) -> None:
    """Show no progress."""


def never() -> bool:
    """Never cancel."""
    return False
