# SPDX-License-Identifier: Apache-2.0
"""The typefaces of the window: Inter with figures of equal width, Noto for other scripts.

They ship with the program; where a file is missing the system's own faces stand in, so a bare
checkout still opens.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from clinicdesk.kernel.places import resource

BASE_POINTS: Final = 10.0
_FALLBACKS: Final = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans JP")
_TABULAR: Final = "tnum"
_loaded: list[int] = []


def load() -> None:
    """Register the bundled faces, once."""
    folder = resource("fonts")
    if _loaded or not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.name.endswith((".otf", ".ttf")):
            if isinstance(entry, Path):
                _loaded.append(QFontDatabase.addApplicationFont(str(entry)))
            else:
                _loaded.append(QFontDatabase.addApplicationFontFromData(entry.read_bytes()))


def base(percent: int, family: str = "") -> QFont:
    """Return the body font at a text size; ``family`` is a person's own choice."""
    load()
    known = set(QFontDatabase.families())
    wanted = [family] if family else ["Inter"]
    families = [name for name in (*wanted, *_FALLBACKS) if name in known]
    font = QFont()
    if families:
        font.setFamilies(families)
    font.setPointSizeF(BASE_POINTS * percent / 100)
    font.setFeature(QFont.Tag(_TABULAR), 1)
    return font
