# SPDX-License-Identifier: Apache-2.0
"""Opens a clinic: diagnosis, throttled password, key, schema; and makes a new one."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.kernel.moments import Clock
from clinicdesk.storage.clinic import ClinicProfile, insert_profile
from clinicdesk.storage.clinic_file.diagnosis import diagnose, inspect, remember_connected
from clinicdesk.storage.clinic_file.moving_in import finish_moving_in
from clinicdesk.storage.clinic_file.surroundings import refuse_network
from clinicdesk.storage.clinic_file.troubles import (
    AlreadyThere,
    NoFolder,
    NoPermission,
    disk_troubles,
)
from clinicdesk.storage.engine import connect, connect_engine
from clinicdesk.storage.files import (
    HEADER_BYTES,
    SIDECARS,
    beside,
    desk_folder,
    sync_file,
    sync_folder,
    write_new,
)
from clinicdesk.storage.keys import (
    STRONG,
    ByPassword,
    KdfCost,
    KeyRing,
    NewKeys,
    RecoveryCode,
    Way,
    open_ring,
)
from clinicdesk.storage.keys.slots import who_tag
from clinicdesk.storage.locks import refuse_other_name
from clinicdesk.storage.migrations import migrate, newest
from clinicdesk.storage.records import Records
from clinicdesk.storage.throttle import Throttle


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A clinic whose key was found.

    Attributes:
        path: the clinic file.
        ring: its keys, and the means to change them.
        version: schema version of the file.
    """

    path: Path
    ring: KeyRing
    version: int

    @property
    def data_key(self) -> bytes:
        """The key of the file."""
        return self.ring.data_key

    @property
    def slot_id(self) -> str:
        """Whose slot opened; ``access`` knows the person."""
        return self.ring.slot_id

    @property
    def by_recovery(self) -> bool:
        """Whether the recovery code opened it, which stands for the owner."""
        return self.ring.kind == "recovery"

    def records(self, clock: Clock, *, back_up_first: bool = True) -> Records:
        """Connect; a file of an earlier program is backed up and brought up to date first.

        ``back_up_first=False`` is for a file that is a backup's copy itself.
        """
        if self.version < newest():
            _bring_up_to_date(self, clock, back_up_first=back_up_first)
        writing = connect_engine(self.path, self.data_key)
        reading = connect_engine(self.path, self.data_key, read_only=True)
        remember_connected(self.path, writing, reading)
        return Records(writing, reading, clock)


@dataclass(frozen=True, slots=True, repr=False)
class Created:
    """A new clinic, open, without any user yet: ``access`` makes the owner.

    Attributes:
        records: the way in.
        recovery: to be shown once and written down.
        opened: as if the owner had just unlocked it.
    """

    records: Records
    recovery: RecoveryCode
    opened: Opened


def unlock(
    path: Path,
    way: Way,
    *,
    cost: KdfCost = STRONG,
    desk: Path | None = None,
    throttle: Throttle | None = None,
) -> Opened:
    """Find the key; changes nothing of the clinic unless it succeeds.

    ``way`` is ``ByPassword(login, password)`` or ``ByCode(RecoveryCode.read(text))``. Wrong
    passwords are counted per name (``storage.throttle``).

    Raises:
        Refusal: wrong password or code, or too many of them.
        Trouble: the path is no clinic that can be opened, its own class for each case.
    """
    path, desk = _real(path), desk or desk_folder()
    finish_moving_in(path)
    ring = recognise(path, way, cost=cost, desk=desk, throttle=throttle)
    version = inspect(ring)
    with disk_troubles(path):
        ring.mend()
    return Opened(path, ring, version)


def recognise(
    path: Path,
    way: Way,
    *,
    cost: KdfCost = STRONG,
    desk: Path | None = None,
    throttle: Throttle | None = None,
) -> KeyRing:
    """Find out whose key it is without connecting: the idle lock and the change of user.

    Raises: as ``unlock``.
    """
    path, desk = _real(path), desk or desk_folder()
    documents = diagnose(path, cost)
    refuse_network(path)
    refuse_other_name(path, desk)
    if not isinstance(way, ByPassword):
        return open_ring(path, documents, way, cost)
    throttle = throttle or Throttle(path, desk)
    with throttle.one_try(who_tag(documents[0].clinic, way.login)):
        return open_ring(path, documents, way, cost)


def create(
    path: Path,
    profile: ClinicProfile,
    owner: ByPassword,
    clock: Clock,
    *,
    cost: KdfCost = STRONG,
    code: RecoveryCode | None = None,
) -> Created:
    """Make an encrypted clinic file with its key slots; all of it or nothing.

    The slots come before the file, so a clinic never stands without them. ``code`` is a recovery
    code that was written down already; else one is drawn.

    Raises:
        AlreadyThere: the path or something that would belong to it exists.
        Trouble: the folder or the disk prevents it.
    """
    for name in (path, *(beside(path, suffix) for suffix in SIDECARS)):
        if name.exists() or name.is_symlink():
            raise AlreadyThere(name=name.name, field="path")
    if not path.parent.is_dir():
        raise NoFolder(path)
    if not os.access(path.parent, os.W_OK):
        raise NoPermission(path)
    refuse_network(path)
    keys = NewKeys.make(path, profile.uuid, owner, cost, code)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    try:
        with disk_troubles(path):
            write_new(partial, b"")
            _fill(partial, keys.ring.data_key, profile, clock)
            with partial.open("rb") as file:
                header = file.read(HEADER_BYTES)
            keys.write(header.hex(), profile.name)
            partial.rename(path)
            sync_folder(path.parent)
    except BaseException:
        for suffix in ("", "-wal", "-shm", "-journal"):
            beside(partial, suffix).unlink(missing_ok=True)
        if not path.exists():
            for suffix in (".keys", ".keys2"):
                beside(path, suffix).unlink(missing_ok=True)
        raise
    opened = Opened(path, keys.ring, newest())
    return Created(opened.records(clock), keys.code, opened)


def _real(path: Path) -> Path:
    """Follow a symbolic link: slots and log stand beside the file itself."""
    return path.resolve() if path.is_symlink() else path


def _fill(partial: Path, data_key: bytes, profile: ClinicProfile, clock: Clock) -> None:
    raw = connect(partial, data_key, create=True)
    try:
        migrate(raw)
    finally:
        raw.close()
    engine = connect_engine(partial, data_key)
    with engine.begin() as connection:
        insert_profile(connection, profile, clock.now())
    engine.dispose()
    fold_log(partial, data_key)


def fold_log(path: Path, data_key: bytes) -> None:
    """Fold the write-ahead log into the file, so that one file is all there is."""
    raw = connect(path, data_key)
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()
    sync_file(path)


def _bring_up_to_date(opened: Opened, clock: Clock, *, back_up_first: bool) -> None:
    """Back the file up, proved good, beside itself; then take the steps it lacks."""
    from clinicdesk.storage.backup import write_backup

    raw = connect(opened.path, opened.data_key)
    try:
        if back_up_first:
            write_backup(raw, opened.ring, opened.path.parent, clock.now())
        migrate(raw)
    finally:
        raw.close()
