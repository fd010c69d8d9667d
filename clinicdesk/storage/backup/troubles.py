# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a backup."""

from __future__ import annotations

from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.wording.text import N_


class BackupMissing(Trouble):
    """No such file."""

    what = N_("There is no backup {name} in {folder}.")
    safe = N_("Nothing was changed.")
    do = N_("Check the name and the folder.")


class NotABackup(Trouble):
    """Some other file."""

    what = N_("{name} is not a backup of a clinic.")
    safe = N_("Nothing was changed.")
    do = N_("Choose a file ending in .clinicbackup.")


class BackupTooNew(Trouble):
    """A later program's."""

    what = N_("{name} was written by a newer version of ClinicDesk.")
    safe = N_("Nothing was changed.")
    do = N_("Restore it with that version, or install it here.")


class BackupDamaged(Trouble):
    """Cut short, changed or put together from two."""

    what = N_("The backup {name} is damaged: {detail}.")
    safe = N_("Nothing was changed.")
    do = N_("Use another backup; keep this one for support.")


class BackupNotProved(Trouble):
    """The copy that was written does not open and check out; it was removed."""

    what = N_("The backup could not be proved good, so it was not kept: {detail}.")
    safe = N_("The clinic file and earlier backups are untouched.")
    do = N_("Try another disk. If it happens again, check the clinic file with clinicdesk verify.")


class SpaceShort(Trouble):
    """Not enough room to write and prove a copy."""

    what = N_("There is too little space in {folder}: {needed} MB are needed.")
    safe = N_("Nothing was changed.")
    do = N_("Free some space, or choose another folder.")


class ClinicInTheWay(Refusal):
    """The place to restore to cannot be moved aside."""

    wording = N_("{name} is a folder. Choose the name of a clinic file.")
