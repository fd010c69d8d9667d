# SPDX-License-Identifier: Apache-2.0
"""The key-slots file: one JSON document, authenticated as a whole by the data key."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from clinicdesk.kernel.canonical import canonical
from clinicdesk.storage.keys.cost import KdfCost
from clinicdesk.storage.keys.slots import Slot, check_lock, lock, sub_key, unlock
from clinicdesk.storage.keys.troubles import KeySlotsDamaged, KeySlotsTooNew

FORMAT = "clinicdesk-keys"
VERSION = 1
LARGEST = 1_000_000
_NAMES = {"format", "version", "clinic", "file", "serial", "slots", "backup", "mac"}
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class KeyDocument:
    """What the file says.

    Attributes:
        clinic: the clinic's uuid.
        file: first 16 bytes of the clinic file in hex (its salt, kept for its whole life).
        serial: one more at each change; the higher genuine copy is the present one.
        slots: who may open.
        backup: the backup key, locked by the data key.
        mac: over all of it, with a key derived from the data key.
        name: the clinic's name, readable before anybody signs in; empty in older files.
    """

    clinic: str
    file: str
    serial: int
    slots: tuple[Slot, ...]
    backup: Mapping[str, str]
    mac: str = ""
    name: str = ""

    @classmethod
    def fresh(
        cls,
        clinic: str,
        file: str,
        slots: tuple[Slot, ...],
        data_key: bytes,
        backup_key: bytes,
        name: str = "",
    ) -> KeyDocument:
        """Make the first document of a clinic."""
        kept = lock(sub_key(data_key, "wrap of the backup key"), backup_key, _bound(clinic))
        return cls(clinic, file, 1, slots, kept, name=name[:LONGEST_NAME]).sealed(data_key)

    def changed(self, data_key: bytes, **fields: Any) -> KeyDocument:
        """Return the next document, sealed."""
        return replace(self, serial=self.serial + 1, **fields).sealed(data_key)

    def sealed(self, data_key: bytes) -> KeyDocument:
        """Return it with its MAC."""
        return replace(self, mac=self._mac(data_key))

    def without_name(self, data_key: bytes) -> KeyDocument:
        """Return it for a backup, which may lie in a drawer: it does not say whose it is."""
        return replace(self, name="").sealed(data_key)

    def is_genuine(self, data_key: bytes) -> bool:
        """Tell whether every byte is as the holder of the data key wrote it."""
        return hmac.compare_digest(self.mac, self._mac(data_key))

    def backup_key(self, data_key: bytes) -> bytes:
        """Return the backup key; raise ``KeySlotsDamaged`` when it does not unlock."""
        key = unlock(sub_key(data_key, "wrap of the backup key"), self.backup, _bound(self.clinic))
        if key is None:
            raise KeySlotsDamaged
        return key

    def _mac(self, data_key: bytes) -> str:
        key = sub_key(data_key, "mac of the key slots")
        return hmac.new(key, replace(self, mac="").as_bytes(), hashlib.sha256).hexdigest()

    def as_bytes(self) -> bytes:
        """Return the file's bytes; there is exactly one way to write a document."""
        body = {
            "format": FORMAT,
            "version": VERSION,
            "clinic": self.clinic,
            "file": self.file,
            "serial": self.serial,
            "slots": [slot.as_json() for slot in self.slots],
            "backup": dict(self.backup),
            "mac": self.mac,
            **({"name": self.name} if self.name else {}),
        }
        return json.dumps(body, indent=1, sort_keys=True).encode() + b"\n"

    @classmethod
    def of_bytes(cls, body: bytes, cost: KdfCost) -> KeyDocument:
        """Read a file; nothing but what ``as_bytes`` writes is accepted.

        Raises:
            KeySlotsDamaged: not wholly sound, ``WeakSlots`` below the floor.
            KeySlotsTooNew: of a later version.
        """
        if len(body) > LARGEST:
            raise KeySlotsDamaged
        try:
            kept = json.loads(body)
        except (ValueError, RecursionError):
            raise KeySlotsDamaged from None
        if not isinstance(kept, dict) or kept.get("format") != FORMAT:
            raise KeySlotsDamaged
        version = kept.get("version")
        if type(version) is int and version > VERSION:
            raise KeySlotsTooNew
        name = kept.pop("name", "")
        texts = (kept.get("clinic"), kept.get("file"), kept.get("mac"), name)
        if (
            set(kept) != _NAMES
            or version != VERSION
            or type(kept["serial"]) is not int
            or not all(isinstance(text, str) for text in texts)
            or len(name) > LONGEST_NAME
            or not isinstance(kept["slots"], list)
        ):
            raise KeySlotsDamaged
        check_lock(kept["backup"])
        slots = tuple(Slot.of_json(slot, cost) for slot in kept["slots"])
        document = cls(
            kept["clinic"], kept["file"], kept["serial"], slots, kept["backup"], kept["mac"], name
        )
        if document.as_bytes() != body:
            raise KeySlotsDamaged
        return document


def _bound(clinic: str) -> bytes:
    return canonical(("clinicdesk backup key 1", clinic))
