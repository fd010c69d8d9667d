# SPDX-License-Identifier: Apache-2.0
"""Keeps a second window off a clinic file.

The lock is the operating system's, so it is gone when its program is, however that ended. It is
held on a small file named by the clinic file's device and inode, which a symbolic or hard link
does not change: one in the clinic file's folder, for other users of the machine, and one in this
user's state folder, for a hard link in another folder. SQLite names its log by the path, so
through a second hard link two logs would come to be; therefore every program, not only a second
window, is kept off a file that is in use under another name.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from clinicdesk.kernel.refusals import Trouble
from clinicdesk.wording.text import N_

if os.name == "nt":  # pragma: no cover -- tested with a fake on other systems
    import msvcrt

    def _try_lock(handle: int) -> bool:
        """Lock the first byte; False when another program holds it."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        """Lock the file; False when another program holds it."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class ClinicInUse(Trouble):
    """Another window has the file open, or another name of it."""

    what = N_("This clinic is already open in another window on this computer.")
    safe = N_("That window is not disturbed.")
    do = N_("Use that window, or close it first.")


class LockImpossible(Trouble):
    """Neither place of the lock can be written."""

    what = N_("The program cannot mark this clinic as open, so it is not opened.")
    safe = N_("Nothing was changed.")
    do = N_("Ask for permission to write to the clinic's folder.")


class WindowLock:
    """Held by the window for as long as it has a clinic open."""

    def __init__(self, held: list[tuple[int, Path]]) -> None:
        self._held = held

    @classmethod
    def take(
        cls, clinic_file: Path, desk: Path, try_lock: Callable[[int], bool] = _try_lock
    ) -> WindowLock:
        """Take the lock, at once or not at all.

        Raises:
            ClinicInUse: somebody has it.
            LockImpossible: it can be written nowhere.
        """
        held: list[tuple[int, Path]] = []
        own = cls(held)
        for path in _places(clinic_file, desk):
            try:
                handle = _lock_file(path, try_lock)
            except OSError:
                continue  # not ours to write, or a planted link: the other place remains
            if handle is None:
                own.release()
                raise ClinicInUse
            held.append((handle, path))
            with suppress(OSError):  # another user's file, opened for reading: locked all the same
                os.ftruncate(handle, 0)
                os.write(handle, b" " + _name_of(clinic_file))
        if not held:
            raise LockImpossible
        return own

    def release(self) -> None:
        """Let go; the small files are removed while still locked."""
        while self._held:
            handle, path = self._held.pop()
            if os.name == "nt":
                os.close(handle)
            with suppress(OSError):
                path.unlink(missing_ok=True)
            if os.name != "nt":
                os.close(handle)


def is_held(clinic_file: Path, desk: Path, try_lock: Callable[[int], bool] = _try_lock) -> bool:
    """Tell whether a window has the file open; leaves no trace."""
    return any(_is_locked(path, try_lock) for path in _places(clinic_file, desk))


def refuse_other_name(
    clinic_file: Path, desk: Path, try_lock: Callable[[int], bool] = _try_lock
) -> None:
    """Raise ``ClinicInUse`` if a window has the file open under another of its hard links."""
    if clinic_file.stat().st_nlink < 2:
        return
    own = _name_of(clinic_file)
    for path in _places(clinic_file, desk):
        if _is_locked(path, try_lock) and path.read_bytes()[1:] != own:
            raise ClinicInUse


def _name_of(clinic_file: Path) -> bytes:
    return str(clinic_file.resolve()).encode("utf-8", "surrogateescape")


def _places(clinic_file: Path, desk: Path) -> tuple[Path, Path]:
    real = clinic_file.resolve()
    status = real.stat()
    name = f"clinicdesk-{status.st_dev:x}-{status.st_ino:x}.lock"
    return real.with_name(f".{name}"), desk / "locks" / name


def _lock_file(path: Path, try_lock: Callable[[int], bool]) -> int | None:
    """Open and lock the file under this name, not one that was just removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o666)
        except PermissionError:
            handle = os.open(path, os.O_RDONLY | _NO_LINK)
        if not try_lock(handle):
            os.close(handle)
            return None
        try:
            if os.path.samestat(path.stat(), os.fstat(handle)):
                return handle
        except FileNotFoundError:
            pass
        os.close(handle)


def _is_locked(path: Path, try_lock: Callable[[int], bool]) -> bool:
    try:
        handle = os.open(path, os.O_RDONLY | _NO_LINK)
    except OSError:
        return False
    try:
        return not try_lock(handle)
    finally:
        os.close(handle)
