# SPDX-License-Identifier: Apache-2.0
"""Files written whole or not at all, and the names of what stands beside a clinic file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

# What belongs to a clinic file and moves with it.
SIDECARS = ("-wal", "-shm", "-journal", ".keys", ".keys2", ".tries")
HEADER_BYTES = 16
PLAIN_HEADER = b"SQLite format 3\x00"


def beside(clinic_file: Path, suffix: str) -> Path:
    """Return the path of a file that stands beside a clinic file, e.g. ``NAME.clinic.keys``."""
    return clinic_file.with_name(clinic_file.name + suffix)


def replace_bytes(path: Path, body: bytes) -> None:
    """Put new bytes in place of a file's: whoever looks sees the old or the new ones whole."""
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}.partial")
    try:
        write_new(partial, body)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def write_new(path: Path, body: bytes) -> None:
    """Write a file that must not exist yet, readable by its owner only, down to the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """Push a closed file's bytes down to the disk."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Push a folder's names down to the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def desk_folder() -> Path:
    """Return where this user's programs on this machine keep what is no part of a clinic."""
    from platformdirs import user_state_path

    return user_state_path("clinicdesk", appauthor=False)
