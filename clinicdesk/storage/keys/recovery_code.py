# SPDX-License-Identifier: Apache-2.0
"""The recovery code on paper: 160 random bits, made to be typed by a worried person.

Eight groups of five characters of Crockford's base 32 (no I, L, O, U): four carry data, the
fifth checks them. The check is linear over the field of 32 elements with distinct weights and a
constant of the group's place, so any one wrong character, any two neighbours swapped inside a
group and any two groups swapped are caught, and the group is named.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from clinicdesk.storage.keys.troubles import CodeIncomplete, GroupMistyped

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)}
_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GROUPS = 8
_DATA = 4
_WEIGHTS = (2, 4, 8, 16)  # distinct powers of the field's generator


def _times(left: int, right: int) -> int:
    """Multiply in the field of 32 elements, modulo x^5 + x^2 + 1."""
    product = 0
    while right:
        if right & 1:
            product ^= left
        right >>= 1
        left <<= 1
        if left & 0b100000:
            left ^= 0b100101
    return product


def _check(place: int, data: str) -> str:
    total = place + 1
    for weight, letter in zip(_WEIGHTS, data, strict=True):
        total ^= _times(weight, _VALUE[letter])
    return _ALPHABET[total]


@dataclass(frozen=True, slots=True, repr=False)
class RecoveryCode:
    """One code.

    Attributes:
        data: its 32 data characters, the secret.
    """

    data: str

    @classmethod
    def fresh(cls) -> RecoveryCode:
        """Make a new one."""
        return cls("".join(secrets.choice(_ALPHABET) for _ in range(_GROUPS * _DATA)))

    @classmethod
    def read(cls, text: str) -> RecoveryCode:
        """Read what was typed, with or without hyphens, in either case.

        Raises:
            GroupMistyped: names the first group that cannot be right.
            CodeIncomplete: too few or too many characters.
        """
        typed = text.upper().translate(_MEANT)
        groups = typed.replace("-", " ").split()
        if len(groups) == _GROUPS:
            for number, group in enumerate(groups, start=1):
                if len(group) != _DATA + 1:
                    raise GroupMistyped(number)
        joined = "".join(groups)
        if len(joined) != _GROUPS * (_DATA + 1):
            raise CodeIncomplete(len(joined))
        data = []
        for place in range(_GROUPS):
            group = joined[place * (_DATA + 1) : (place + 1) * (_DATA + 1)]
            fits = all(letter in _VALUE for letter in group)
            if not fits or _check(place, group[:_DATA]) != group[_DATA]:
                raise GroupMistyped(place + 1)
            data.append(group[:_DATA])
        return cls("".join(data))

    @property
    def groups(self) -> tuple[str, ...]:
        """The eight groups as printed."""
        parts = [self.data[start : start + _DATA] for start in range(0, len(self.data), _DATA)]
        return tuple(part + _check(place, part) for place, part in enumerate(parts))

    @property
    def text(self) -> str:
        """The code as printed, groups joined by hyphens."""
        return "-".join(self.groups)

    @property
    def secret(self) -> bytes:
        """What the key is derived from."""
        return self.data.encode("ascii")
