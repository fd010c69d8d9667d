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
    out: list[bytes] = []
    for field in fields:
        if field is None:
            out.append(b"n")
        elif isinstance(field, str):
            payload = field.encode()
            out.append(b"s%d:%b" % (len(payload), payload))
        elif isinstance(field, bool):
            raise TypeError("canonical bytes take integers, not truth values")
        elif isinstance(field, int):
            payload = b"%d" % field
            out.append(b"i%d:%b" % (len(payload), payload))
        else:
            out.append(b"b%d:%b" % (len(field), bytes(field)))
    return b"".join(out)


def chain(previous: bytes, fields: Iterable[Field]) -> bytes:
    """Return the SHA-256 link over the previous hash and a record's canonical bytes."""
    return hashlib.sha256(previous + canonical(fields)).digest()
