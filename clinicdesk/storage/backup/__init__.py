# SPDX-License-Identifier: Apache-2.0
"""Backups: one encrypted file each, proved good before it gets its name; and restoring them.

A backup is never a copy of the live file: it is made by SQLite's own backup from one snapshot,
under the clinic's backup key, and carries the key slots of its day. Restoring moves what was
there aside, together with its log and key slots, and begins a new epoch of the audit trail.
"""

from clinicdesk.storage.backup.container import Backup
from clinicdesk.storage.backup.keeping import (
    Rotation,
    acts_since,
    found_in,
    last_backup,
    rotate,
)
from clinicdesk.storage.backup.restoring import (
    MAY_RESTORE,
    ActorOf,
    Restored,
    check_way,
    restore,
)
from clinicdesk.storage.backup.troubles import (
    BackupDamaged,
    BackupMissing,
    BackupNotProved,
    BackupTooNew,
    NotABackup,
    SpaceShort,
)
from clinicdesk.storage.backup.writing import MAY_BACK_UP, BackedUp, back_up, write_backup

__all__ = [
    "MAY_BACK_UP",
    "MAY_RESTORE",
    "ActorOf",
    "BackedUp",
    "Backup",
    "BackupDamaged",
    "BackupMissing",
    "BackupNotProved",
    "BackupTooNew",
    "NotABackup",
    "Restored",
    "Rotation",
    "SpaceShort",
    "acts_since",
    "back_up",
    "check_way",
    "found_in",
    "last_backup",
    "restore",
    "rotate",
    "write_backup",
]
