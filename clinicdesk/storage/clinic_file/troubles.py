# SPDX-License-Identifier: Apache-2.0
"""Every way in which a path is not a clinic that can be opened, each with its own words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.storage.engine import DiskFailed, DiskFull
from clinicdesk.wording.text import N_


class CannotOpen(Trouble):
    """The clinic cannot be opened; nothing was touched."""

    what = N_("{name} cannot be opened.")
    safe = N_("Nothing was changed.")
    do = N_("Choose another file, or restore a backup.")

    def __init__(self, path: Path, **fields: object) -> None:
        super().__init__(name=path.name, folder=str(path.parent), **fields)


class ClinicMissing(CannotOpen):
    """No such file."""

    what = N_("There is no file {name} in {folder}.")
    do = N_("Check the name and the folder, or restore a backup there.")


class ClinicIsFolder(CannotOpen):
    """A folder, not a file."""

    what = N_("{name} is a folder, not a clinic file.")
    do = N_("Choose the file ending in .clinic.")


class ClinicEmpty(CannotOpen):
    """Zero bytes."""

    what = N_("{name} is empty: it has no content at all.")
    do = N_("Restore the newest backup.")


class ClinicCutShort(CannotOpen):
    """Less than one page."""

    what = N_("{name} is cut short: only its first {size} bytes are there.")
    do = N_("Restore the newest backup; keep this file for support.")


class NoPermission(CannotOpen):
    """The file or its folder cannot be written."""

    what = N_("You have no permission to read and write {name}.")
    do = N_("Ask whoever looks after this computer for permission to its folder.")


class NotAClinic(CannotOpen):
    """Some other program's file."""

    what = N_("{name} is not a clinic file.")
    do = N_("Choose the file ending in .clinic.")


class PlainDatabase(NotAClinic):
    """An unencrypted SQLite database."""

    what = N_("{name} is an unencrypted database, not a clinic file.")
    do = N_("Choose the file ending in .clinic; a clinic file is always encrypted.")


class IsABackup(NotAClinic):
    """A backup, to be restored and not opened."""

    what = N_("{name} is a backup, not a clinic that can be opened.")
    do = N_("Restore it: clinicdesk restore BACKUP --to PATH.")


class ClinicDamaged(CannotOpen):
    """The right key, but the pages fail their check."""

    what = N_("{name} is damaged or was changed outside the program.")
    safe = N_("Nothing was deleted or repaired.")
    do = N_("Restore the newest backup; keep the damaged file for support.")


class OldCipher(CannotOpen):
    """Encrypted with the settings of an earlier generation of the library."""

    what = N_("{name} is encrypted in an older way that this program does not write.")
    do = N_("Convert it with the program that wrote it, or restore a backup.")


class AlreadyThere(Refusal):
    """A new clinic never takes an old one's place."""

    wording = N_("{name} is already there. Choose another name for the new clinic.")


class NoFolder(CannotOpen):
    """The folder for a new file is missing."""

    what = N_("There is no folder {folder}.")
    do = N_("Make the folder first, or choose another.")


@contextmanager
def disk_troubles(path: Path) -> Iterator[None]:
    """Turn the operating system's errors about a file into troubles with plain words."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise DiskFull from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise NoPermission(path) from error
        raise DiskFailed from error
