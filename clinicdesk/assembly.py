# SPDX-License-Identifier: Apache-2.0
"""Puts the services of one clinic together, without Qt: command line, window, tests, demo.

Plain constructor calls in the order of the rooms; the one list of who heeds which fact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from clinicdesk.access.service import Access
from clinicdesk.billing.service import Billing
from clinicdesk.closing.service import Closing
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.checks import Check
from clinicdesk.kernel.moments import Clock, SystemClock
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.model import VisitWithdrawn
from clinicdesk.schedule.service import Schedule
from clinicdesk.staff.service import Staff
from clinicdesk.stock.service import Stock
from clinicdesk.storage import backup, clinic_file
from clinicdesk.storage.clinic import ClinicProfile
from clinicdesk.storage.clinic_file import Opened
from clinicdesk.storage.engine import guard_library
from clinicdesk.storage.keys import STRONG, ByPassword, KdfCost, RecoveryCode
from clinicdesk.storage.records import Records
from clinicdesk.storage.verify import MAY_VERIFY, run_checks
from clinicdesk.wording import text

Progress = Callable[[int, int, str], None]


def _silent(_done: int, _total: int, _words: str = "") -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Clinic:
    """One clinic, open, with its services; closing it folds the log into the file.

    Attributes:
        actor: who signed in.
    """

    path: Path
    opened: Opened
    records: Records
    actor: Actor
    access: Access
    ledger: Ledger
    patients: Patients
    staff: Staff
    schedule: Schedule
    stock: Stock
    billing: Billing
    closing: Closing

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.records.close()

    def verify(self, progress: Progress = _silent) -> tuple[Check, ...]:
        """Run every check of the file and of the rooms; the running is audited."""
        self.actor.require(MAY_VERIFY)
        progress(0, 1, text._("Checking"))
        with self.records.read() as reading:
            checks = run_checks(
                reading, (self.ledger.checks, self.billing.checks, self.closing.checks)
            )
        failed = sum(1 for check in checks if not check.holds)
        with self.records.write(self.actor, "storage.verify") as work:
            work.record(
                "clinic", 1, category="security", after={"checks": len(checks), "failed": failed}
            )
        progress(1, 1, text._("Checking"))
        return checks

    def back_up(self, folder: Path, progress: Progress = _silent) -> Path:
        """Write a checked backup into a folder and return its path."""

        def shown(done: int, total: int) -> None:
            progress(done, total, text._("Backing up"))

        return backup.back_up(self.records, self.opened.ring, folder, self.actor, shown).path


def open_clinic(
    path: Path, login: str, password: str, clock: Clock | None = None, cost: KdfCost = STRONG
) -> Clinic:
    """Unlock a clinic and sign in; a failed opening changes nothing.

    Raises:
        Refusal: the name and password do not open it.
        Trouble: there is no such clinic, or it cannot be opened; each case its own class.
    """
    guard_library()
    opened = clinic_file.unlock(path, ByPassword(login, password), cost=cost)
    records = opened.records(clock or SystemClock())
    return _assembled(path, opened, records, Access(records, opened.ring).sign_in(opened))


def create_clinic(
    path: Path,
    profile: ClinicProfile,
    owner: str,
    login: str,
    password: str,
    *,
    clock: Clock | None = None,
    cost: KdfCost = STRONG,
) -> tuple[Clinic, RecoveryCode]:
    """Make an encrypted clinic file with its owner and chart of accounts."""
    guard_library()
    made = clinic_file.create(
        path, profile, ByPassword(login, password), clock or SystemClock(), cost=cost
    )
    access = Access(made.records, made.opened.ring)
    actor = access.establish(made.opened, login, owner)
    clinic = _assembled(path, made.opened, made.records, actor)
    with made.records.write(actor, "ledger.seed") as work:
        clinic.ledger.seed(work)
        work.record("account", None)
    return clinic, made.recovery


def restore_clinic(
    backup_file: Path, to: Path, login: str, password: str, progress: Progress = _silent
) -> Path | None:
    """Put a backup in place of a clinic file; return where the earlier one went, if any."""
    guard_library()
    progress(0, 1, text._("Restoring"))

    def actor_of(records: Records, opened: Opened) -> Actor:
        return Access(records, opened.ring).sign_in(opened)

    done = backup.restore(backup_file, to, ByPassword(login, password), actor_of, SystemClock())
    progress(1, 1, text._("Restoring"))
    return done.aside


def _assembled(path: Path, opened: Opened, records: Records, actor: Actor) -> Clinic:
    ledger = Ledger(records)
    staff = Staff(records)
    billing = Billing(records, ledger)
    # Who heeds which fact; this is the only place.
    records.facts.heed(VisitWithdrawn, billing.heed_withdrawal)
    return Clinic(
        path=path,
        opened=opened,
        records=records,
        actor=actor,
        access=Access(records, opened.ring),
        ledger=ledger,
        patients=Patients(records, ledger),
        staff=staff,
        schedule=Schedule(records, staff),
        stock=Stock(records),
        billing=billing,
        closing=Closing(records, ledger),
    )
