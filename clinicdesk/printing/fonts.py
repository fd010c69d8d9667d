# SPDX-License-Identifier: Apache-2.0
"""Fonts on paper: Noto Sans, embedded; other scripts fall back letter by letter.

Patients' names come from everywhere. Each run of letters is set in the first font that has them;
Arabic is joined and both it and Hebrew are put into visual order. A letter that no font has shows
as an empty box rather than as a wrong letter.
"""

from __future__ import annotations

import threading
import unicodedata
from enum import StrEnum
from functools import lru_cache
from importlib.resources import as_file

from clinicdesk.kernel.places import resource

Run = tuple[str, str]  # font name, text in visual order


class Face(StrEnum):
    """A style of the paper's one typeface."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"


_FAMILIES = (
    "NotoSans", "NotoSansArabic", "NotoSansHebrew", "NotoSansDevanagari", "NotoSansThai",
    "DroidSansHan", "DroidSansHangul",
)  # fmt: skip
_registering = threading.Lock()
_glyphs: dict[str, frozenset[int]] = {}
_loaded: set[str] = set()


def register() -> None:
    """Make the paper's own typeface known to ReportLab; cheap when done before."""
    _load(_FAMILIES[0])


def _load(family: str) -> None:
    """Register a family's faces; the others wait until a letter needs them."""
    if family in _loaded:
        return
    with _registering:
        if family in _loaded:
            return
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        for face in Face:
            source = resource(f"fonts/{family}-{face}.ttf")
            if not source.is_file():
                continue
            name = f"{family}-{face}"
            with as_file(source) as path:
                font = TTFont(name, str(path))
            pdfmetrics.registerFont(font)
            _glyphs[name] = frozenset(font.face.charToGlyph)
        _loaded.add(family)


@lru_cache(maxsize=20_000)
def runs(text: str, face: Face, *, right_to_left: bool = False) -> tuple[Run, ...]:
    """Part a line into runs of one font each, in the order they are drawn."""
    register()
    own = f"{_FAMILIES[0]}-{face}"
    if text.isascii() or (_glyphs[own].issuperset(map(ord, text)) and not _is_special(text)):
        return ((own, text),)
    found: list[Run] = []
    for character in _visual(text, right_to_left=right_to_left):
        font = _font_for(character, face, found[-1][0] if found else "")
        if found and found[-1][0] == font:
            found[-1] = (font, found[-1][1] + character)
        else:
            found.append((font, character))
    return tuple(found)


def width(text: str, face: Face, size: float) -> float:
    """Return how wide a line is, in points."""
    return _width_of_one_point(text, face) * size


@lru_cache(maxsize=50_000)
def _width_of_one_point(text: str, face: Face) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(sum(stringWidth(part, font, 1) for font, part in runs(text, face)))


def wrapped(text: str, face: Face, size: float, room: float) -> list[str]:
    """Break a text into lines that fit; a word longer than a line is broken too."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if width(longer, face, size) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            line = word
            while width(line, face, size) > room and len(line) > 1:
                cut = _cut(line, face, size, room)
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line)
    return lines


def shortened(text: str, face: Face, size: float, room: float) -> str:
    """Return the text, or its beginning and an ellipsis, so that it fits."""
    if width(text, face, size) <= room:
        return text
    cut = _cut(text, face, size, room - width("…", face, size))
    return text[:cut].rstrip() + "…"


def _cut(text: str, face: Face, size: float, room: float) -> int:
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle], face, size) <= room:
            low = middle
        else:
            high = middle - 1
    return low


def _font_for(character: str, face: Face, current: str) -> str:
    code = ord(character)
    if current and code in _glyphs[current] and character.isspace():
        return current
    fallback = ""
    for family in _FAMILIES:
        _load(family)
        own = f"{family}-{face}"
        name = own if own in _glyphs else f"{family}-Regular"
        fallback = fallback or name
        if code in _glyphs[name]:
            return name
    return fallback


def _is_special(text: str) -> bool:
    """Tell whether a text has marks of direction, or blanks that must be changed."""
    return any(unicodedata.category(c) == "Cf" or c == "\u202f" for c in text)


def _visual(text: str, *, right_to_left: bool) -> str:
    """Put right-to-left text into the order of drawing; leave the rest untouched."""
    # Narrow blanks of French numbers are missing in the font; a no-break space looks the same.
    text = text.replace("\u202f", "\u00a0")
    if all(unicodedata.bidirectional(c) not in {"R", "AL", "AN", "RLE", "RLO"} for c in text):
        return "".join(c for c in text if unicodedata.category(c) != "Cf")
    from arabic_reshaper import reshape
    from bidi import get_display

    shown = get_display(reshape(text), base_dir="R" if right_to_left else None)
    return "".join(c for c in str(shown) if unicodedata.category(c) != "Cf")
