# SPDX-License-Identifier: Apache-2.0
"""Tells why a path cannot be opened, without changing a byte or leaving a file behind."""

from __future__ import annotations

import os
import stat
import weakref
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from clinicdesk.storage.clinic_file.troubles import (
    ClinicCutShort,
    ClinicDamaged,
    ClinicEmpty,
    ClinicIsFolder,
    ClinicMissing,
    IsABackup,
    NoPermission,
    NotAClinic,
    OldCipher,
    PlainDatabase,
)
from clinicdesk.storage.engine import guard_library, trouble_of
from clinicdesk.storage.files import HEADER_BYTES, PLAIN_HEADER, beside
from clinicdesk.storage.keys import (
    STRONG,
    KdfCost,
    KeyDocument,
    KeyRing,
    KeySlotsForeign,
    KeySlotsMissing,
    candidates,
)
from clinicdesk.storage.migrations import APPLICATION_ID, refuse_newer

PAGE = 4096
BACKUP_MAGIC = b"CLINICDESK-BACKUP"
_FOREIGN_STARTS = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{")

# Files that this process has connected to. Opening and closing such a file by hand would drop
# the locks SQLite holds on it (a rule of POSIX locks), so its header is not read again.
_connected: dict[tuple[int, int], list[weakref.ref[sa.Engine]]] = {}


def remember_connected(path: Path, *engines: sa.Engine) -> None:
    """Note through what this process connects to a file from now on."""
    status = path.stat()
    _connected[status.st_dev, status.st_ino] = [weakref.ref(engine) for engine in engines]


def _is_connected(file: tuple[int, int]) -> bool:
    engines = [engine() for engine in _connected.get(file, [])]
    pools = [engine.pool for engine in engines if engine is not None]
    return any(
        pool.checkedin() + pool.checkedout() > 0
        for pool in pools
        if isinstance(pool, sa.pool.QueuePool)
    )


def diagnose(path: Path, cost: KdfCost = STRONG) -> list[KeyDocument]:
    """Return the key documents of a clinic that may be tried; needs no password.

    Raises:
        Trouble: what is wrong with the path, its own class for each case.
    """
    guard_library()
    header = _header(path)
    if header is not None:
        _refuse_known(path, header)
    try:
        documents = candidates(path, cost)
    except KeySlotsMissing:
        if header is not None and _looks_foreign(path, header):
            raise NotAClinic(path) from None
        raise
    except PermissionError as error:
        raise NoPermission(path) from error
    if header is not None and all(copy.file != header[:HEADER_BYTES].hex() for copy in documents):
        raise KeySlotsForeign
    return documents


def inspect(ring: KeyRing) -> int:
    """Try the right key on the file and return its schema version.

    Raises:
        ClinicDamaged: the pages do not pass their check.
        OldCipher: they would, with the settings of an earlier library.
        NotAClinic: some other program's encrypted file.
        ClinicTooNew: a later program's.
    """
    path = ring.clinic_file
    found = _look(path, ring.data_key)
    if found is None:  # once more: another program may just have begun to write
        found = _look(path, ring.data_key)
    if found is None:
        if _look(path, ring.data_key, "PRAGMA cipher_compatibility=3") is not None:
            raise OldCipher(path)
        raise ClinicDamaged(path)
    application, version = found
    refuse_newer(version)
    if application != APPLICATION_ID or version < 1:
        raise NotAClinic(path)
    return version


def _header(path: Path) -> bytes | None:
    """Return the first bytes, or None for a file this process is connected to."""
    try:
        status = path.stat()
    except PermissionError as error:
        raise NoPermission(path) from error
    except OSError as error:
        raise ClinicMissing(path) from error
    if stat.S_ISDIR(status.st_mode):
        raise ClinicIsFolder(path)
    if not stat.S_ISREG(status.st_mode):
        raise NotAClinic(path)
    if _is_connected((status.st_dev, status.st_ino)):
        return None
    if status.st_size == 0:
        raise ClinicEmpty(path)
    if not (os.access(path, os.R_OK | os.W_OK) and os.access(path.resolve().parent, os.W_OK)):
        raise NoPermission(path)
    with path.open("rb") as file:
        return file.read(512)


def _refuse_known(path: Path, header: bytes) -> None:
    if header.startswith(PLAIN_HEADER):
        raise PlainDatabase(path)
    if header.startswith(BACKUP_MAGIC):
        raise IsABackup(path)
    if path.stat().st_size < PAGE:
        if _looks_foreign(path, header) and not beside(path, ".keys").exists():
            raise NotAClinic(path)
        raise ClinicCutShort(path, size=path.stat().st_size)


def _looks_foreign(path: Path, header: bytes) -> bool:
    """Tell whether a file cannot be encrypted pages: text, a known start, or no whole pages."""
    readable = all(byte in b"\t\n\r" or 32 <= byte < 127 for byte in header[:256])
    whole = path.stat().st_size % PAGE == 0
    return readable or header.startswith(_FOREIGN_STARTS) or not whole


def _look(path: Path, data_key: bytes, *settings: str) -> tuple[int, int] | None:
    """Return application id and version; None when the key does not fit the first page.

    Without a log the file is read as unchanging, which makes no sidecar. With one it is read
    through the log, read-only, so that a refused file is not folded into by closing it.
    """
    mode = "mode=ro" if beside(path.resolve(), "-wal").exists() else "mode=ro&immutable=1"
    raw: Any = dbapi2.connect(
        f"{path.resolve().as_uri()}?{mode}", uri=True, timeout=5, isolation_level=None
    )
    try:
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f"PRAGMA key=\"x'{data_key.hex()}'\"")
        for setting in settings:
            raw.execute(setting)
        raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        application = raw.execute("PRAGMA application_id").fetchone()[0]
        version = raw.execute("PRAGMA user_version").fetchone()[0]
    except dbapi2.DatabaseError as error:
        message = str(error)
        if "not a database" in message or "malformed" in message:
            return None
        raise (trouble_of(error) or ClinicDamaged(path)) from error
    finally:
        raw.close()
    return application, version
