# SPDX-License-Identifier: Apache-2.0
"""The clinic's name as it can be read before anybody signs in.

It stands in the key slots, whose MAC is checked only when somebody opens them: until then it is
something to show and nothing to rely on. Needs the standard library alone, because the sign-in
window is there before the rest of the program is loaded.
"""

from __future__ import annotations

import json
from pathlib import Path

from clinicdesk.storage.files import beside

_LARGEST = 1_000_000
_LONGEST = 80


def name_of(clinic_file: Path) -> str:
    """Return the name in the key slots, or one made of the file's own."""
    real = clinic_file.resolve() if clinic_file.is_symlink() else clinic_file
    for suffix in (".keys", ".keys2"):
        name = _name_in(beside(real, suffix))
        if name:
            return name
    words = clinic_file.stem.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]


def _name_in(path: Path) -> str:
    try:
        with path.open("rb") as file:
            kept = json.loads(file.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return ""
    name = kept.get("name") if isinstance(kept, dict) else None
    if not isinstance(name, str):
        return ""
    return "".join(letter for letter in name if letter.isprintable())[:_LONGEST].strip()
