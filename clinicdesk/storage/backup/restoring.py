# SPDX-License-Identifier: Apache-2.0
"""Puts a backup in place of a clinic file; what was there moves aside and is never lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from clinicdesk.kernel.actors import Actor, Permission
from clinicdesk.kernel.moments import Clock
from clinicdesk.storage.backup.container import Backup
from clinicdesk.storage.backup.proof import extracted, figures_of, prove_here
from clinicdesk.storage.backup.troubles import BackupDamaged, ClinicInTheWay
from clinicdesk.storage.clinic_file import (
    NEW,
    PLAN,
    NoFolder,
    Opened,
    disk_troubles,
    finish_moving_in,
    fold_log,
    move_in,
)
from clinicdesk.storage.clinic_file.surroundings import refuse_network
from clinicdesk.storage.engine import connect
from clinicdesk.storage.files import HEADER_BYTES, SIDECARS, beside, desk_folder, write_new
from clinicdesk.storage.keys import (
    STRONG,
    ByPassword,
    KdfCost,
    KeyRing,
    Way,
    open_ring,
    write_copies,
)
from clinicdesk.storage.keys.slots import who_tag
from clinicdesk.storage.locks import WindowLock
from clinicdesk.storage.migrations import refuse_newer
from clinicdesk.storage.records import Records
from clinicdesk.storage.tables import clinic
from clinicdesk.storage.throttle import Throttle
from clinicdesk.wording.text import N_

MAY_RESTORE = Permission("storage.restore", N_("Restore a backup"))

# Finds who opened, among the users in the restored file: access.service.Access.sign_in.
ActorOf = Callable[[Records, Opened], Actor]


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup that is the clinic now.

    Attributes:
        path: the clinic file.
        aside: where the one that was there is now, or None.
        epoch: the new epoch of the audit trail.
        made_at: the backup's instant, UTC, ISO.
    """

    path: Path
    aside: Path | None
    epoch: int
    made_at: str


def restore(
    backup_file: Path,
    to: Path,
    way: Way,
    actor_of: ActorOf,
    clock: Clock,
    *,
    cost: KdfCost = STRONG,
    desk: Path | None = None,
) -> Restored:
    """Restore; cut off at any instant, either the old clinic or the new one is there, whole.

    ``way`` fits the key slots of the backup's day: its passwords, or the recovery code.

    Raises:
        Refusal: wrong password or code, no right to restore, or the place is taken by a folder.
        Trouble: the backup is no good, the clinic is in use, or the disk failed.
    """
    desk = desk or desk_folder()
    to = to.resolve() if to.is_symlink() else to
    if to.is_dir():
        raise ClinicInTheWay(name=to.name, field="to")
    if not to.parent.is_dir():
        raise NoFolder(to)
    refuse_network(to)
    finish_moving_in(to)
    backup = Backup.read(backup_file, cost)
    ring = _open(backup, way, cost, desk)
    refuse_newer(backup.manifest.schema)
    prove_here(backup_file, ring.backup_key, to.parent)
    lock = WindowLock.take(to, desk) if to.exists() else None
    try:
        new = beside(to, NEW)
        _clear(new)
        try:
            _lay_out(backup, new, ring)
            epoch = _sign(replace(ring, clinic_file=new), backup, actor_of, clock)
            aside = _free_aside(to, clock)
            moved = move_in(to, aside)
        finally:
            _clear(new)
    finally:
        if lock is not None:
            lock.release()
    return Restored(to, aside if moved else None, epoch, backup.manifest.made_at)


def check_way(backup: Backup, way: Way, cost: KdfCost = STRONG, desk: Path | None = None) -> None:
    """Find out whether somebody could restore a backup, without doing so.

    Raises: a refusal as ``restore`` does.
    """
    _open(backup, way, cost, desk or desk_folder())


def _open(backup: Backup, way: Way, cost: KdfCost, desk: Path) -> KeyRing:
    documents = [backup.keys]
    if isinstance(way, ByPassword):
        with Throttle(backup.path, desk).one_try(who_tag(backup.keys.clinic, way.login)):
            ring = open_ring(backup.path, documents, way, cost)
    else:
        ring = open_ring(backup.path, documents, way, cost)
    if ring.clinic != backup.manifest.clinic or not backup.manifest.is_genuine(ring.backup_key):
        raise BackupDamaged(name=backup.path.name, detail="its manifest is not genuine")
    return ring


def _lay_out(backup: Backup, new: Path, ring: KeyRing) -> None:
    """Write the new clinic file, under the data key again, and its key slots beside it."""
    with disk_troubles(new):
        write_new(new, b"")
    with extracted(backup, new.parent) as copy:
        source = connect(copy, ring.backup_key, read_only=True)
        target = connect(new, ring.data_key, create=True)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode=WAL").fetchone()
            if figures_of(target) != figures_of(source):
                raise BackupDamaged(name=backup.path.name, detail="the copy differs")
        finally:
            target.close()
            source.close()
    fold_log(new, ring.data_key)
    with disk_troubles(new):
        with new.open("rb") as file:
            header = file.read(HEADER_BYTES).hex()
        document = backup.keys.changed(ring.data_key, file=header)
        write_copies(new, document.as_bytes())


def _sign(ring: KeyRing, backup: Backup, actor_of: ActorOf, clock: Clock) -> int:
    """Begin a new epoch in the restored file and say so in its trail."""
    path = ring.clinic_file
    records = Opened(path, ring, backup.manifest.schema).records(clock, back_up_first=False)
    try:
        actor = actor_of(records, Opened(path, ring, backup.manifest.schema))
        actor.require(MAY_RESTORE)
        with records.write(actor, "storage.restore") as work:
            work.execute(clinic.update().values(epoch=clinic.c.epoch + 1))
            epoch = int(work.execute(clinic.select()).one().epoch)
            work.record(
                "clinic",
                1,
                category="security",
                before={"epoch": epoch - 1},
                after={
                    "epoch": epoch,
                    "backup": backup.path.name,
                    "made_at": backup.manifest.made_at,
                },
            )
    finally:
        records.close()
    fold_log(path, ring.data_key)
    return epoch


def _free_aside(to: Path, clock: Clock) -> Path:
    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    aside, number = to.with_name(f"{to.name}.before-{stamp}"), 1
    while any(beside(aside, suffix).exists() for suffix in ("", *SIDECARS)):
        number += 1
        aside = to.with_name(f"{to.name}.before-{stamp}-{number}")
    return aside


def _clear(new: Path) -> None:
    """Remove what a restore left behind, unless a plan stands that still needs it."""
    if beside(new.with_name(new.name.removesuffix(NEW)), PLAN).exists():
        return
    for suffix in ("", *SIDECARS):
        beside(new, suffix).unlink(missing_ok=True)
