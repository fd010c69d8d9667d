# SPDX-License-Identifier: Apache-2.0
"""The only place that connects to the file: raw key, pragmas, explicit transactions.

Writers begin with BEGIN IMMEDIATE, so a check and the row it allows cannot be split by another
writer; readers begin a snapshot and may not write. The key never stands in a URL.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from clinicdesk.kernel.refusals import Trouble

SQLITE_FLOOR = (3, 51, 3)  # the WAL-reset defect is repaired from here on (trust.md §0.1)

_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "mmap_size=0",
    "cell_size_check=ON",
    "busy_timeout=5000",
    "wal_autocheckpoint=500",
    "journal_size_limit=16777216",
    "cache_size=-65536",
)


class LibraryTooOld(Trouble):
    """The bundled SQLite has a known way to corrupt files."""

    what = "The database library is too old ({version})."
    do = "Install ClinicDesk again; it brings the right one."


class DiskFull(Trouble):
    """No room for the write."""

    what = "The disk is full, so the last action was not saved."
    safe = "Everything confirmed before it is safe."
    do = "Free some space and do it again."


class DiskFailed(Trouble):
    """The disk refused to read or write."""

    what = "The disk reported an error, so the last action was not saved."
    safe = "Everything confirmed before it is safe."
    do = "Check the disk, then make a backup to another one."


class FileBusy(Trouble):
    """Another program held the file too long."""

    what = "The clinic file is busy with another task."
    do = "Wait a moment and try again."


class FileDamaged(Trouble):
    """Pages fail their check, or the key does not fit."""

    what = "The clinic file is damaged or was changed outside the program."
    safe = "Nothing was deleted or repaired."
    do = "Restore the newest backup; keep the damaged file for support."


class FileReadOnly(Trouble):
    """No permission to write."""

    what = "The clinic file cannot be written to."
    do = "Ask for permission to write to its folder."


# sqlcipher3 gives no error codes, only SQLite's English messages.
_TROUBLES: tuple[tuple[str, type[Trouble]], ...] = (
    ("database or disk is full", DiskFull),
    ("disk i/o error", DiskFailed),
    ("database is locked", FileBusy),
    ("malformed", FileDamaged),
    ("not a database", FileDamaged),
    ("hmac", FileDamaged),
    ("readonly database", FileReadOnly),
    ("unable to open", FileReadOnly),
)


def trouble_of(error: BaseException) -> Trouble | None:
    """Return the trouble behind a database error, or None when it is a bug of ours."""
    message = str(getattr(error, "orig", error)).lower()
    return next((kind() for text, kind in _TROUBLES if text in message), None)


def guard_library() -> None:
    """Refuse to run on a SQLite below the floor; raise ``LibraryTooOld``."""
    if dbapi2.sqlite_version_info < SQLITE_FLOOR:
        raise LibraryTooOld(version=dbapi2.sqlite_version)


def connect(path: Path, data_key: bytes, *, create: bool = False, read_only: bool = False) -> Any:
    """Open one raw connection; it exists only if the key fits.

    Raises:
        Trouble: the file is missing, damaged, busy, or the key is wrong.
    """
    guard_library()
    mode = "rwc" if create else "rw"
    try:
        raw = dbapi2.connect(
            f"{path.resolve().as_uri()}?mode={mode}",
            uri=True,
            timeout=10,
            isolation_level=None,
            check_same_thread=False,
        )
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(f"PRAGMA key=\"x'{data_key.hex()}'\"")
        raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if create:
            raw.execute("PRAGMA journal_mode=WAL")
        for pragma in _PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        if read_only:
            raw.execute("PRAGMA query_only=ON")
    except dbapi2.Error as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise trouble from error
    return raw


def connect_engine(path: Path, data_key: bytes, *, read_only: bool = False) -> sa.Engine:
    """Return a pooled engine on an existing file; connections may move between threads."""
    engine = sa.create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, data_key, read_only=read_only),
        poolclass=sa.pool.QueuePool,
        pool_size=4 if read_only else 1,
        max_overflow=4 if read_only else 0,
        hide_parameters=True,
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        driver: Any = connection.connection.driver_connection
        if not read_only:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        elif not driver.in_transaction:
            driver.execute("BEGIN")

    return engine


def begin_snapshot(connection: sa.Connection) -> Any:
    """Begin a snapshot of a reader past SQLAlchemy and return the driver's connection.

    SQLAlchemy joins it with the first statement it is given; many short reads give it none.
    Where the driver is not SQLite's, SQLAlchemy begins as ever, and None is returned.
    """
    if connection.dialect.name != "sqlite":
        return None
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN")
    return driver
