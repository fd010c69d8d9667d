# SPDX-License-Identifier: Apache-2.0
"""Puts the services of one clinic together, without Qt: command line, window, tests, demo.

Plain constructor calls in the order of the rooms; the one list of who heeds which fact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from clinicdesk.access.model import ResetPassword
from clinicdesk.access.service import Access
from clinicdesk.billing.service import Billing
from clinicdesk.closing.service import Closing
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.checks import Check
from clinicdesk.kernel.moments import Clock, SystemClock
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.model import VisitCompleted, VisitReopened, VisitWithdrawn
from clinicdesk.schedule.service import Schedule
from clinicdesk.spending.service import Spending
from clinicdesk.staff.service import Staff
from clinicdesk.stock.service import Stock
from clinicdesk.storage import backup, clinic_file
from clinicdesk.storage.clinic import ClinicProfile
from clinicdesk.storage.clinic_file import Opened
from clinicdesk.storage.engine import guard_library
from clinicdesk.storage.keys import STRONG, ByCode, ByPassword, KdfCost, RecoveryCode, Way
from clinicdesk.storage.records import Records
from clinicdesk.storage.verify import MAY_VERIFY, file_checks, run_checks
from clinicdesk.wording import text

Progress = Callable[[int, int, str], None]
_PATIENTS_PER_YEAR = 1_500


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
    spending: Spending
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

    def recognise(self, login: str, password: str) -> bool:
        """Tell that a password is somebody's, slowing down whoever guesses.

        Raises:
            Refusal: it is not, or too many were wrong before.
        """
        clinic_file.recognise(self.path, ByPassword(login, password), cost=self.opened.ring.cost)
        return True

    def is_my_password(self, password: str) -> bool:
        """Tell that a password is that of whoever signed in; as ``recognise``."""
        return self.recognise(self.access.login_of(self.actor), password)

    def verify(self, progress: Progress = _silent) -> tuple[Check, ...]:
        """Run every check of the file and of the rooms; the running is audited."""
        self.actor.require(MAY_VERIFY)
        progress(0, 1, text._("Checking"))
        with self.records.read() as reading:
            checks = run_checks(
                reading,
                (
                    self.ledger.checks,
                    self.billing.checks,
                    self.stock.checks,
                    self.spending.checks,
                    self.closing.checks,
                ),
            )
        failed = sum(1 for check in checks if not check.holds)
        with self.records.write(self.actor, "storage.verify") as work:
            work.record(
                "clinic", 1, category="security", after={"checks": len(checks), "failed": failed}
            )
        progress(1, 1, text._("Checking"))
        return checks

    def faults(self) -> tuple[str, ...]:
        """Check pages, structure and references after a sudden end; nothing is written."""
        with self.records.read() as reading:
            raw = reading.connection.connection.driver_connection
            return tuple(
                f"{check.name}: {check.detail}" for check in file_checks(raw) if not check.holds
            )

    def back_up(self, folder: Path, progress: Progress = _silent) -> Path:
        """Write a checked backup into a folder and return its path."""

        def shown(done: int, total: int) -> None:
            progress(done, total, text._("Backing up"))

        return backup.back_up(self.records, self.opened.ring, folder, self.actor, shown).path

    def daily_backup(self, folder: Path, progress: Progress = _silent) -> backup.Rotation:
        """Carry out the standing order: a checked backup, then old ones that have served go."""

        def shown(done: int, total: int) -> None:
            progress(done, total, text._("Backing up"))

        ring = self.opened.ring
        backup.back_up(self.records, ring, folder, self.actor, shown, standing_order=True)
        return backup.rotate(self.records, ring, folder, self.actor)

    def last_backup(self) -> datetime | None:
        """Return when the latest backup was made, as the file's own trail tells."""
        return backup.last_backup(self.records)

    def acts_since(self, instant: datetime) -> int:
        """Return how many acts a backup of that instant would not have."""
        return backup.acts_since(self.records, instant)


@dataclass(frozen=True, slots=True)
class RestoredClinic:
    """A backup that is the clinic now.

    Attributes:
        aside: where what was there is now, or None.
        login: the name under which whoever restored signs in.
    """

    path: Path
    aside: Path | None
    login: str


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
    actor = Access(records, opened.ring).sign_in(opened)
    with clinic_file.disk_troubles(path):
        opened.ring.set_name(records.profile.name)
    return _assembled(path, opened, records, actor)


def create_clinic(
    path: Path,
    profile: ClinicProfile,
    owner: str,
    login: str,
    password: str,
    *,
    clock: Clock | None = None,
    cost: KdfCost = STRONG,
    code: RecoveryCode | None = None,
) -> tuple[Clinic, RecoveryCode]:
    """Make an encrypted clinic file with its owner and chart of accounts.

    ``code`` is a recovery code that the owner has on paper already; else one is drawn.
    """
    guard_library()
    made = clinic_file.create(
        path, profile, ByPassword(login, password), clock or SystemClock(), cost=cost, code=code
    )
    access = Access(made.records, made.opened.ring)
    actor = access.establish(made.opened, login, owner)
    clinic = _assembled(path, made.opened, made.records, actor)
    with made.records.write(actor, "ledger.seed") as work:
        clinic.ledger.seed(work)
        work.record("account", None)
    return clinic, made.recovery


def make_demo_clinic(
    path: Path,
    *,
    years: int = 1,
    patients: int | None = None,
    providers: int = 4,
    seed: int = 1,
    until: date | None = None,
    progress: Progress = _silent,
) -> None:
    """Make a clinic of invented people; ``progress`` may raise to stop the making.

    Raises:
        Refusal: a file is in the way.
    """
    from clinicdesk.demo.clinic import demo_clock, demo_profile
    from clinicdesk.demo.making import DEMO_PASSWORD, DEMO_USER, make_demo

    profile = demo_profile(seed)
    until = until or profile.zone.day(SystemClock().now())
    if patients is None:
        patients = _PATIENTS_PER_YEAR * max(1, years)
    clock = demo_clock(profile, until, years)
    clinic, _code = create_clinic(
        path, profile, "Demo Owner", DEMO_USER, DEMO_PASSWORD, clock=clock
    )
    with clinic:
        make_demo(
            clinic,
            years=years,
            patients=patients,
            providers=providers,
            seed=seed,
            until=until,
            progress=progress,
        )


def recover_clinic(
    path: Path, code: RecoveryCode, new_password: str, cost: KdfCost = STRONG
) -> str:
    """Set the first owner's password by the recovery code; return the name they sign in with.

    Raises:
        Refusal: the code is another clinic's, or the password will not do.
        Trouble: as ``open_clinic``.
    """
    guard_library()
    opened = clinic_file.unlock(path, ByCode(code), cost=cost)
    records = opened.records(SystemClock())
    try:
        access = Access(records, opened.ring)
        actor = access.sign_in(opened)
        access.reset_password(ResetPassword(actor.user_id, new_password), actor)
        access.sign_out(actor)
        return access.login_of(actor)
    finally:
        records.close()


def restore_clinic(
    backup_file: Path,
    to: Path,
    way: Way,
    progress: Progress = _silent,
    *,
    new_password: str = "",
    cost: KdfCost = STRONG,
) -> RestoredClinic:
    """Put a backup in place of a clinic file; what was there moves aside.

    ``way`` fits the backup's day. ``new_password`` is set for whoever restores.

    Raises: as ``storage.backup.restore``; with a new password, that it will not do.
    """
    guard_library()
    progress(0, 1, text._("Restoring"))
    login = ""

    def actor_of(records: Records, opened: Opened) -> Actor:
        nonlocal login
        access = Access(records, opened.ring)
        actor = access.sign_in(opened)
        login = access.login_of(actor)
        if new_password:
            actor.require(backup.MAY_RESTORE)
            access.reset_password(ResetPassword(actor.user_id, new_password), actor)
        return actor

    done = backup.restore(backup_file, to, way, actor_of, SystemClock(), cost=cost)
    progress(1, 1, text._("Restoring"))
    return RestoredClinic(done.path, done.aside, login)


def _assembled(path: Path, opened: Opened, records: Records, actor: Actor) -> Clinic:
    ledger = Ledger(records)
    staff = Staff(records)
    billing = Billing(records, ledger)
    stock = Stock(records, ledger)
    # Who heeds which fact; this is the only place.
    records.facts.heed(VisitWithdrawn, billing.heed_withdrawal)
    # What the roster asks of the rooms above it.
    access, schedule = Access(records, opened.ring), Schedule(records, staff)
    staff.booked, staff.who_is = schedule.booked_spans, access.staff_of
    records.facts.heed(VisitCompleted, stock.heed_completion)
    records.facts.heed(VisitReopened, stock.heed_reopening)
    records.facts.heed(VisitWithdrawn, stock.heed_withdrawal)
    return Clinic(
        path=path,
        opened=opened,
        records=records,
        actor=actor,
        access=access,
        ledger=ledger,
        patients=Patients(records, ledger),
        staff=staff,
        schedule=schedule,
        stock=stock,
        spending=Spending(records, ledger, stock),
        billing=billing,
        closing=Closing(records, ledger),
    )
