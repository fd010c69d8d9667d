# SPDX-License-Identifier: Apache-2.0
"""The backup file: an encrypted copy of the database, its key slots, and a manifest, in one.

Layout: a line naming the format, three lengths of 8 bytes (manifest, key slots, database), then
the three parts, then nothing. The manifest holds the digests of the other two and a MAC made
with the backup key; what would tell of the clinic's size and money is sealed inside it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clinicdesk import __version__
from clinicdesk.storage.backup.troubles import (
    BackupDamaged,
    BackupMissing,
    BackupTooNew,
    NotABackup,
)
from clinicdesk.storage.clinic_file import BACKUP_MAGIC, disk_troubles
from clinicdesk.storage.keys import STRONG, KdfCost, KeyDocument
from clinicdesk.storage.keys.slots import sub_key

VERSION = 1
_LINE = BACKUP_MAGIC + b" 1\n"
_LENGTHS = struct.Struct(">QQQ")
_LARGEST_MANIFEST = 4_000_000
_LARGEST_KEYS = 1_000_000
_BLOCK = 1 << 20
_NAMES = {
    "version", "clinic", "made_at", "program", "schema", "keys_sha256", "data_sha256",
    "figures", "mac",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    Attributes:
        clinic: the clinic's uuid.
        made_at: UTC, ISO.
        program: version that wrote it.
        schema: version of the database's tables.
        keys_sha256: digest of the key slots.
        data_sha256: digest of the encrypted database.
        figures: what the source held at that instant, sealed.
        mac: over all of it, by the backup key.
    """

    clinic: str
    made_at: str
    program: str
    schema: int
    keys_sha256: str
    data_sha256: str
    figures: str
    mac: str = ""

    @classmethod
    def make(
        cls,
        *,
        clinic: str,
        made_at: datetime,
        schema: int,
        keys_sha256: str,
        data_sha256: str,
        figures: dict[str, Any],
        backup_key: bytes,
    ) -> Manifest:
        """Seal the figures and sign the whole."""
        nonce = secrets.token_bytes(12)
        body = json.dumps(figures, sort_keys=True).encode()
        sealed = nonce + AESGCM(sub_key(backup_key, "figures")).encrypt(
            nonce, body, clinic.encode()
        )
        bare = cls(
            clinic, made_at.isoformat(), __version__, schema, keys_sha256, data_sha256,
            sealed.hex(),
        )  # fmt: skip
        return cls(**{**bare.fields(), "mac": bare.mac_by(backup_key)})

    def fields(self) -> dict[str, Any]:
        """Return the fields by name."""
        return {name: getattr(self, name) for name in self.__slots__}

    def mac_by(self, backup_key: bytes) -> str:
        """Return what the MAC has to be."""
        body = json.dumps({**self.fields(), "mac": ""}, sort_keys=True).encode()
        key = sub_key(backup_key, "mac of the backup")
        return hmac.new(key, body, hashlib.sha256).hexdigest()

    def is_genuine(self, backup_key: bytes) -> bool:
        """Tell whether it is as the holder of the backup key wrote it."""
        return hmac.compare_digest(self.mac, self.mac_by(backup_key))

    def read_figures(self, backup_key: bytes) -> dict[str, Any] | None:
        """Return what the source held, or None when the key does not fit."""
        sealed = bytes.fromhex(self.figures)
        box = AESGCM(sub_key(backup_key, "figures"))
        try:
            body = box.decrypt(sealed[:12], sealed[12:], self.clinic.encode())
        except InvalidTag:
            return None
        figures: dict[str, Any] = json.loads(body)
        return figures

    def as_bytes(self) -> bytes:
        """Return the one way to write it."""
        return json.dumps({"version": VERSION, **self.fields()}, sort_keys=True).encode()

    @classmethod
    def of_bytes(cls, body: bytes) -> Manifest | None:
        """Read it; None unless every byte is as ``as_bytes`` writes."""
        try:
            kept = json.loads(body)
        except (ValueError, RecursionError):
            return None
        if not isinstance(kept, dict) or set(kept) != _NAMES or kept.pop("version") != VERSION:
            return None
        texts = [value for name, value in kept.items() if name != "schema"]
        if not all(isinstance(text, str) for text in texts) or type(kept["schema"]) is not int:
            return None
        own = cls(**kept)
        return own if own.as_bytes() == body and _is_hex(own.figures) else None


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file whose form and digests are right; whether it is genuine needs a key.

    Attributes:
        path: the file.
        manifest: what it says of itself.
        keys: the key slots of its day.
    """

    path: Path
    manifest: Manifest
    keys: KeyDocument
    data_at: int
    data_bytes: int

    @classmethod
    def read(cls, path: Path, cost: KdfCost = STRONG) -> Backup:
        """Read a backup and check form and digests.

        Raises:
            Trouble: missing, foreign, newer or damaged.
        """
        if not path.is_file():
            raise BackupMissing(name=path.name, folder=str(path.parent))
        with disk_troubles(path), path.open("rb") as file:
            manifest, keys, data_bytes = _heads(path, file)
            data_at = file.tell()
            digest = hashlib.sha256()
            for block in _blocks(file, data_bytes):
                digest.update(block)
            if file.read(1) or file.tell() != data_at + data_bytes:
                raise _damaged(path, "its length is wrong")
        if digest.hexdigest() != manifest.data_sha256:
            raise _damaged(path, "the database in it was changed")
        return cls(path, manifest, KeyDocument.of_bytes(keys, cost), data_at, data_bytes)

    @classmethod
    def manifest_of(cls, path: Path) -> Manifest:
        """Read what a backup says of itself, and not its contents.

        Raises:
            Trouble: as ``read``, but for contents that do not agree.
        """
        with disk_troubles(path), path.open("rb") as file:
            return _heads(path, file)[0]

    def extract(self, target: Path) -> None:
        """Write the encrypted database into a file that exists and is empty."""
        with disk_troubles(target), self.path.open("rb") as file, target.open("wb") as out:
            file.seek(self.data_at)
            for block in _blocks(file, self.data_bytes):
                out.write(block)


def _heads(path: Path, file: IO[bytes]) -> tuple[Manifest, bytes, int]:
    line = file.read(len(_LINE))
    if not line.startswith(BACKUP_MAGIC):
        raise NotABackup(name=path.name)
    if line != _LINE:
        raise BackupTooNew(name=path.name)
    lengths = file.read(_LENGTHS.size)
    if len(lengths) != _LENGTHS.size:
        raise _damaged(path, "it is cut short")
    manifest_bytes, keys_bytes, data_bytes = _LENGTHS.unpack(lengths)
    total = len(_LINE) + _LENGTHS.size + manifest_bytes + keys_bytes + data_bytes
    if (
        manifest_bytes > _LARGEST_MANIFEST
        or keys_bytes > _LARGEST_KEYS
        or total != path.stat().st_size
    ):
        raise _damaged(path, "its length is wrong")
    manifest = Manifest.of_bytes(file.read(manifest_bytes))
    keys = file.read(keys_bytes)
    if manifest is None:
        raise _damaged(path, "its manifest was changed")
    if hashlib.sha256(keys).hexdigest() != manifest.keys_sha256:
        raise _damaged(path, "its key slots were changed")
    return manifest, keys, data_bytes


def write_container(target: Path, manifest: Manifest, keys: bytes, database: Path) -> None:
    """Write the three parts into a file that exists and is empty, down to the disk."""
    body = manifest.as_bytes()
    size = database.stat().st_size
    with target.open("wb") as out, database.open("rb") as file:
        out.write(_LINE + _LENGTHS.pack(len(body), len(keys), size) + body + keys)
        for block in _blocks(file, size):
            out.write(block)
        out.flush()
        os.fsync(out.fileno())


def digest_of(path: Path) -> str:
    """Return a file's SHA-256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _blocks(file: IO[bytes], count: int) -> Iterator[bytes]:
    while count > 0:
        block = file.read(min(_BLOCK, count))
        if not block:
            return
        count -= len(block)
        yield block


def _is_hex(text: str) -> bool:
    try:
        return len(bytes.fromhex(text)) > 28
    except ValueError:
        return False


def _damaged(path: Path, detail: str) -> BackupDamaged:
    return BackupDamaged(name=path.name, detail=detail)
