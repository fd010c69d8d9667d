# SPDX-License-Identifier: Apache-2.0
"""How dear it is to try one password, and the floor below which a file is refused.

The floor is compiled in. A test may pass a cheaper ``KdfCost`` as an argument; no file, setting
or environment can, so nobody who can write the key slots can make guessing cheap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

from clinicdesk.storage.keys.troubles import WeakSlots

KEY_BYTES = 32
SALT_BYTES = 16
_CEILING_KIB = 1024 * 1024
_CEILING_PASSES = 32
_CEILING_LANES = 16


@dataclass(frozen=True, slots=True)
class Argon:
    """Parameters of Argon2id.

    Attributes:
        memory_kib: memory one guess takes.
        passes: times it is gone over.
        lanes: threads it may use.
    """

    memory_kib: int
    passes: int
    lanes: int

    def derive(self, secret: bytes, salt: bytes) -> bytes:
        """Return a key of 32 bytes."""
        return hash_secret_raw(
            secret,
            salt,
            time_cost=self.passes,
            memory_cost=self.memory_kib,
            parallelism=self.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
            version=ARGON2_VERSION,
        )

    def as_json(self) -> dict[str, Any]:
        """Return what a slot records of it."""
        return {
            "name": "argon2id",
            "version": ARGON2_VERSION,
            "memory_kib": self.memory_kib,
            "passes": self.passes,
            "lanes": self.lanes,
        }

    @classmethod
    def accepted(cls, kept: Any, floor: Argon) -> Argon:
        """Read what a slot records; raise ``WeakSlots`` below the floor or beyond reason."""
        if not isinstance(kept, dict) or set(kept) != set(floor.as_json()):
            raise WeakSlots
        found = tuple(kept[name] for name in ("memory_kib", "passes", "lanes"))
        if kept["name"] != "argon2id" or kept["version"] != ARGON2_VERSION:
            raise WeakSlots
        if not all(type(value) is int for value in found):
            raise WeakSlots
        own = cls(*found)
        if not (
            floor.memory_kib <= own.memory_kib <= _CEILING_KIB
            and floor.passes <= own.passes <= _CEILING_PASSES
            and floor.lanes <= own.lanes <= _CEILING_LANES
        ):
            raise WeakSlots
        return own


@dataclass(frozen=True, slots=True)
class KdfCost:
    """What new slots cost, which is also the least an existing one may.

    Attributes:
        user: for passwords; about 0.2 s on an office PC.
        recovery: for the recovery code; about a second.
    """

    user: Argon
    recovery: Argon


STRONG = KdfCost(user=Argon(64 * 1024, 3, 1), recovery=Argon(256 * 1024, 3, 4))
