# SPDX-License-Identifier: Apache-2.0
"""Canonical bytes of a record, for hash chains: length-prefixed fields, never JSON text.

Two different tuples never give the same bytes, whatever their texts hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

Field = str | int | bytes | None


def canonical(fields: Iterable[Field]) -> bytes:
    """Return the bytes of a sequence of fields: type letter, length, payload."""
    out = bytearray()
    for field in fields:
        if field is None:
            out += b"n"
            continue
        if isinstance(field, bool):
            raise TypeError("canonical bytes take integers, not truth values")
        if isinstance(field, int):
            letter, payload = b"i", str(field).encode()
        elif isinstance(field, str):
            letter, payload = b"s", field.encode()
        else:
            letter, payload = b"b", bytes(field)
        out += letter + str(len(payload)).encode() + b":" + payload
    return bytes(out)


def chain(previous: bytes, fields: Iterable[Field]) -> bytes:
    """Return the SHA-256 link over the previous hash and a record's canonical bytes."""
    return hashlib.sha256(previous + canonical(fields)).digest()
