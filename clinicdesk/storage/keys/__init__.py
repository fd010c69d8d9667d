# SPDX-License-Identifier: Apache-2.0
"""Who can open a clinic file: key slots, passwords, the recovery code and the backup key.

The clinic file is encrypted with a random data key that never changes. ``NAME.clinic.keys`` and
its second copy ``NAME.clinic.keys2`` hold that key, locked once per user by their password and
once by the recovery code, so a new password re-locks 32 bytes and not the file. Backups have a
key of their own, locked by the data key and by the recovery code. The clinic's name stands in the
open, so that the sign-in window can show it; names of people are nowhere in the slots.
"""

from clinicdesk.storage.keys.cost import STRONG, Argon, KdfCost
from clinicdesk.storage.keys.document import KeyDocument
from clinicdesk.storage.keys.key_ring import (
    ByCode,
    ByPassword,
    KeyRing,
    NewKeys,
    Way,
    candidates,
    copies_of,
    open_ring,
    write_copies,
)
from clinicdesk.storage.keys.recovery_code import RecoveryCode
from clinicdesk.storage.keys.troubles import (
    CodeIncomplete,
    GroupMistyped,
    KeySlotsDamaged,
    KeySlotsForeign,
    KeySlotsMissing,
    KeySlotsTooNew,
    LoginTaken,
    WeakSlots,
    WrongPassword,
    WrongRecoveryCode,
)

__all__ = [
    "STRONG",
    "Argon",
    "ByCode",
    "ByPassword",
    "CodeIncomplete",
    "GroupMistyped",
    "KdfCost",
    "KeyDocument",
    "KeyRing",
    "KeySlotsDamaged",
    "KeySlotsForeign",
    "KeySlotsMissing",
    "KeySlotsTooNew",
    "LoginTaken",
    "NewKeys",
    "RecoveryCode",
    "Way",
    "WeakSlots",
    "WrongPassword",
    "WrongRecoveryCode",
    "candidates",
    "copies_of",
    "open_ring",
    "write_copies",
]
