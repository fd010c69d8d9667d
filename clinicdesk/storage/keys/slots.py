# SPDX-License-Identifier: Apache-2.0
"""One key slot: the data key locked by one password or by the recovery code.

Everything a slot says of itself (clinic, id, kind, normal form, every parameter of the key
derivation, salt) is associated data of the lock, so a changed or swapped slot does not open.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from clinicdesk.kernel.canonical import canonical
from clinicdesk.storage.keys.cost import KEY_BYTES, SALT_BYTES, Argon, KdfCost
from clinicdesk.storage.keys.recovery_code import RecoveryCode
from clinicdesk.storage.keys.troubles import KeySlotsDamaged

_NONCE_BYTES = 12
_TAG_BYTES = 16
_NORMAL = "NFC"


def sub_key(key: bytes, purpose: str) -> bytes:
    """Derive a key for one purpose only."""
    info = f"clinicdesk 1 {purpose}".encode()
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)


def who_tag(clinic: str, login: str) -> str:
    """Return the opaque mark by which a login's slot is found without naming the person."""
    folded = unicodedata.normalize("NFC", login).casefold().strip()
    return hmac.new(clinic.encode(), folded.encode(), hashlib.sha256).hexdigest()[:32]


def password_bytes(password: str) -> bytes:
    """Return the bytes a password stands for, the same however its accents were typed."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def lock(key: bytes, secret: bytes, bound: bytes) -> dict[str, str]:
    """Encrypt a key under another, bound to what is said about it."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return {"nonce": nonce.hex(), "wrapped": AESGCM(key).encrypt(nonce, secret, bound).hex()}


def unlock(key: bytes, kept: Any, bound: bytes) -> bytes | None:
    """Decrypt it again; None when the key does not fit or a byte was changed."""
    nonce = _hex(kept, "nonce", _NONCE_BYTES)
    wrapped = _hex(kept, "wrapped", KEY_BYTES + _TAG_BYTES)
    try:
        return AESGCM(key).decrypt(nonce, wrapped, bound)
    except InvalidTag:
        return None


def check_lock(kept: Any) -> None:
    """Raise ``KeySlotsDamaged`` unless it has the form that ``lock`` gives."""
    if not isinstance(kept, dict) or set(kept) != {"nonce", "wrapped"}:
        raise KeySlotsDamaged
    _hex(kept, "nonce", _NONCE_BYTES)
    _hex(kept, "wrapped", KEY_BYTES + _TAG_BYTES)


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot as kept.

    Attributes:
        slot_id: random; the user's row in the clinic file names it.
        kind: ``user`` or ``recovery``.
        who: finds a login's slot; empty for recovery.
        argon: cost of one guess.
        salt: fresh at each lock.
        lock: the data key, locked.
        backup_lock: the backup key, locked; recovery only.
    """

    slot_id: str
    kind: str
    who: str
    argon: Argon
    salt: bytes
    lock: Mapping[str, str]
    backup_lock: Mapping[str, str] | None = None

    def opened_by(self, clinic: str, secret: bytes) -> bytes | None:
        """Return the data key, or None when the secret does not fit."""
        derived = self.argon.derive(secret, self.salt)
        return unlock(sub_key(derived, "data key"), self.lock, self.bound_to(clinic))

    def backup_key_by(self, clinic: str, secret: bytes) -> bytes | None:
        """Return the backup key by the recovery code alone, or None."""
        if self.backup_lock is None:
            return None
        derived = self.argon.derive(secret, self.salt)
        return unlock(sub_key(derived, "backup key"), self.backup_lock, self.bound_to(clinic))

    def bound_to(self, clinic: str) -> bytes:
        """Return what the lock is bound to: all that the slot says of itself."""
        kdf = self.argon.as_json()
        return canonical(
            (
                "clinicdesk key slot 1", clinic, self.slot_id, self.kind, self.who, _NORMAL,
                kdf["name"], kdf["version"], kdf["memory_kib"], kdf["passes"], kdf["lanes"],
                self.salt,
            )
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Return what the file keeps."""
        kept: dict[str, Any] = {
            "id": self.slot_id,
            "kind": self.kind,
            "who": self.who,
            "normal": _NORMAL,
            "kdf": self.argon.as_json(),
            "salt": self.salt.hex(),
            "lock": dict(self.lock),
        }
        if self.backup_lock is not None:
            kept["backup_lock"] = dict(self.backup_lock)
        return kept

    @classmethod
    def of_json(cls, kept: Any, cost: KdfCost) -> Slot:
        """Read a slot; raise ``KeySlotsDamaged`` or ``WeakSlots`` unless it is wholly sound."""
        names = {"id", "kind", "who", "normal", "kdf", "salt", "lock"}
        if not isinstance(kept, dict) or kept.get("kind") not in {"user", "recovery"}:
            raise KeySlotsDamaged
        recovery = kept["kind"] == "recovery"
        if set(kept) != names | ({"backup_lock"} if recovery else set()):
            raise KeySlotsDamaged
        if kept["normal"] != _NORMAL or not isinstance(kept["who"], str):
            raise KeySlotsDamaged
        _hex(kept, "id", 8)
        check_lock(kept["lock"])
        if recovery:
            check_lock(kept["backup_lock"])
        return cls(
            kept["id"],
            kept["kind"],
            kept["who"],
            Argon.accepted(kept["kdf"], cost.recovery if recovery else cost.user),
            _hex(kept, "salt", SALT_BYTES),
            kept["lock"],
            kept["backup_lock"] if recovery else None,
        )


def user_slot(
    clinic: str, login: str, password: str, data_key: bytes, cost: KdfCost, slot_id: str = ""
) -> Slot:
    """Lock the data key with a password; a slot made anew may keep its id."""
    bare = Slot(
        slot_id or secrets.token_hex(8), "user", who_tag(clinic, login), cost.user,
        secrets.token_bytes(SALT_BYTES), {},
    )  # fmt: skip
    derived = bare.argon.derive(password_bytes(password), bare.salt)
    kept = lock(sub_key(derived, "data key"), data_key, bare.bound_to(clinic))
    return Slot(bare.slot_id, bare.kind, bare.who, bare.argon, bare.salt, kept)


def recovery_slot(
    clinic: str, code: RecoveryCode, data_key: bytes, backup_key: bytes, cost: KdfCost
) -> Slot:
    """Lock the data key and the backup key with a recovery code."""
    bare = Slot(
        secrets.token_hex(8), "recovery", "", cost.recovery, secrets.token_bytes(SALT_BYTES), {}
    )
    derived = bare.argon.derive(code.secret, bare.salt)
    bound = bare.bound_to(clinic)
    return Slot(
        bare.slot_id, bare.kind, bare.who, bare.argon, bare.salt,
        lock(sub_key(derived, "data key"), data_key, bound),
        lock(sub_key(derived, "backup key"), backup_key, bound),
    )  # fmt: skip


def _hex(kept: Any, name: str, length: int) -> bytes:
    text = kept.get(name) if isinstance(kept, Mapping) else None
    if not isinstance(text, str) or len(text) != 2 * length or text != text.lower():
        raise KeySlotsDamaged
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise KeySlotsDamaged from None
