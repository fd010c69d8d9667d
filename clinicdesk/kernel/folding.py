# SPDX-License-Identifier: Apache-2.0
"""How names are folded for search and sorting: case, accents and punctuation do not count."""

from __future__ import annotations

import unicodedata

# Letters that decompose to nothing: what people type for them.
_SPELT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i", "þ": "th", "ð": "d"}
)


def fold(text: str) -> str:
    """Return text without case and accents, punctuation as single blanks."""
    if text.isascii() and text.isalnum():  # most words; the rest is for the others
        return text.lower()
    spelt = text.casefold().translate(_SPELT)
    plain = unicodedata.normalize("NFKD", spelt)
    kept = (
        c if c.isalnum() else "" if unicodedata.combining(c) or c in "'’" else " " for c in plain
    )
    return " ".join("".join(kept).split())


def digits(text: str) -> str:
    """Return the decimal digits of a text, in any script, as 0-9."""
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def clean(text: str) -> str:
    """Return text as it may be kept: NFC, no control or direction-override marks, trimmed."""
    normal = unicodedata.normalize("NFC", text)
    kept = (c for c in normal if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})
    unsafe = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"
    return "".join(c for c in kept if c not in unsafe).strip()
