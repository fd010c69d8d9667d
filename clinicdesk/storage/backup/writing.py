# SPDX-License-Identifier: Apache-2.0
"""Makes a backup of an open clinic; it gets its name only after it was proved good."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from clinicdesk.kernel.actors import Actor, Permission
from clinicdesk.storage.backup.container import Manifest, digest_of, write_container
from clinicdesk.storage.backup.proof import figures_of, prove
from clinicdesk.storage.backup.troubles import SpaceShort
from clinicdesk.storage.clinic_file import NoFolder, disk_troubles
from clinicdesk.storage.engine import connect, trouble_of
from clinicdesk.storage.files import beside, sync_folder, write_new
from clinicdesk.storage.keys import KeyRing
from clinicdesk.storage.records import Records
from clinicdesk.wording.text import N_

MAY_BACK_UP = Permission("storage.backup", N_("Make a backup"))
SUFFIX = ".clinicbackup"
_PAGES_AT_ONCE = 2000
_LONG_AGO = 6 * 3600
_COPIES = 3  # the copy, the backup made of it, and the one the proof opens

Progress = Callable[[int, int], None]  # pages done, pages in all


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was proved good.

    Attributes:
        path: the one file.
        rows: how many rows it holds.
        audit_seq: the last entry of the trail in it.
        sha256: digest of the database inside.
    """

    path: Path
    rows: int
    audit_seq: int
    sha256: str


def back_up(
    records: Records,
    ring: KeyRing,
    folder: Path,
    actor: Actor,
    progress: Progress | None = None,
    *,
    standing_order: bool = False,
) -> BackedUp:
    """Back up while the clinic is in use, and note it in the trail.

    ``standing_order`` is for the daily backup: somebody who may ordered it once, and it is made
    whoever is signed in.

    Raises:
        Trouble: the folder, the disk, or the copy did not prove good; nothing is left behind.
    """
    if not standing_order:
        actor.require(MAY_BACK_UP)
    with records.read() as reading:
        raw = reading.connection.connection.driver_connection
        made = write_backup(raw, ring, folder, reading.now, progress)
    with records.write(actor, "storage.backup") as work:
        work.record(
            "backup",
            None,
            category="security",
            after={
                "file": made.path.name,
                "audit_seq": made.audit_seq,
                "sha256": made.sha256,
                "daily": standing_order,
            },
        )
    return made


def write_backup(
    raw: Any, ring: KeyRing, folder: Path, now: datetime, progress: Progress | None = None
) -> BackedUp:
    """Write a proved backup of an open SQLCipher connection's file into a folder.

    Figures and copy come from one snapshot: the transaction the connection is in, or its own.
    """
    _make_ready(folder, ring.clinic_file)
    stamp = now.astimezone(UTC).strftime("%Y%m%d-%H%M%S")
    _sweep(folder, now)
    final = _free_name(folder, f"{ring.clinic_file.name.removesuffix('.clinic')}-{stamp}")
    partial = folder / f".{final.name}.{secrets.token_hex(4)}.partial"
    copy = beside(partial, "-copy")
    try:
        with disk_troubles(partial):
            write_new(copy, b"")
            figures = _copy(raw, copy, ring.backup_key, progress)
            keys = ring.document().without_name(ring.data_key).as_bytes()
            manifest = Manifest.make(
                clinic=ring.clinic,
                made_at=now.astimezone(UTC),
                schema=figures["schema"],
                keys_sha256=_sha256(keys),
                data_sha256=digest_of(copy),
                figures=figures,
                backup_key=ring.backup_key,
            )
            write_new(partial, b"")
            write_container(partial, manifest, keys, copy)
            copy.unlink()
            prove(partial, ring.backup_key)
            partial.rename(final)
            sync_folder(folder)
    finally:
        for leftover in (copy, partial):
            for suffix in ("", "-journal", "-wal", "-shm"):
                beside(leftover, suffix).unlink(missing_ok=True)
    trail = figures["audit"]
    return BackedUp(
        final,
        sum(figures["counts"].values()),
        trail[0][0] if trail else 0,
        manifest.data_sha256,
    )


def _copy(raw: Any, copy: Path, key: bytes, progress: Progress | None) -> dict[str, Any]:
    """Copy the connection's snapshot under another key; return what it holds."""
    target = connect(copy, key, create=True)
    own = not raw.in_transaction
    try:
        if own:
            raw.execute("BEGIN")
        figures = figures_of(raw)

        def report(_status: int, left: int, total: int) -> None:
            if progress is not None:
                progress(total - left, total)

        raw.backup(target, pages=_PAGES_AT_ONCE, progress=report)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        target.execute("PRAGMA journal_mode=DELETE").fetchone()
    except dbapi2.Error as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise trouble from error
    finally:
        if own and raw.in_transaction:
            raw.execute("ROLLBACK")
        target.close()
    return figures


def _make_ready(folder: Path, clinic_file: Path) -> None:
    """Make the folder's last level if it is missing; refuse one without enough room."""
    if not folder.is_dir():
        if not folder.parent.is_dir():  # an unplugged drive must not become a folder here
            raise NoFolder(folder / "backup")
        with disk_troubles(folder):
            folder.mkdir()
    needed = _COPIES * clinic_file.stat().st_size + (1 << 20)
    if shutil.disk_usage(folder).free < needed:
        raise SpaceShort(folder=str(folder), needed=needed // 1_000_000 + 1)


def _sweep(folder: Path, now: datetime) -> None:
    """Remove what backups cut off long ago left behind; one under way is younger."""
    for leftover in folder.glob(f".*{SUFFIX}.*.partial*"):
        try:
            if now.timestamp() - leftover.stat().st_mtime > _LONG_AGO:
                leftover.unlink()
        except OSError:
            continue  # another program was quicker, or it is not ours


def _free_name(folder: Path, name: str) -> Path:
    path, number = folder / f"{name}{SUFFIX}", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{SUFFIX}"
    return path


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
