# SPDX-License-Identifier: Apache-2.0
"""One clinic file: made, diagnosed, unlocked.

``create`` makes one with its key slots. ``unlock`` finds the key and tells apart everything that
can be wrong; a failed opening changes nothing. The window also takes ``storage.locks.WindowLock``
first; the command line may work beside it.
"""

from clinicdesk.storage.clinic_file.diagnosis import BACKUP_MAGIC, diagnose, inspect
from clinicdesk.storage.clinic_file.moving_in import NEW, PLAN, finish_moving_in, move_in
from clinicdesk.storage.clinic_file.opening import (
    Created,
    Opened,
    create,
    fold_log,
    recognise,
    unlock,
)
from clinicdesk.storage.clinic_file.troubles import (
    AlreadyThere,
    CannotOpen,
    ClinicCutShort,
    ClinicDamaged,
    ClinicEmpty,
    ClinicIsFolder,
    ClinicMissing,
    IsABackup,
    NoFolder,
    NoPermission,
    NotAClinic,
    OldCipher,
    PlainDatabase,
    disk_troubles,
)

__all__ = [
    "BACKUP_MAGIC",
    "NEW",
    "PLAN",
    "AlreadyThere",
    "CannotOpen",
    "ClinicCutShort",
    "ClinicDamaged",
    "ClinicEmpty",
    "ClinicIsFolder",
    "ClinicMissing",
    "Created",
    "IsABackup",
    "NoFolder",
    "NoPermission",
    "NotAClinic",
    "OldCipher",
    "Opened",
    "PlainDatabase",
    "create",
    "diagnose",
    "disk_troubles",
    "finish_moving_in",
    "fold_log",
    "inspect",
    "move_in",
    "recognise",
    "unlock",
]
