# SPDX-License-Identifier: Apache-2.0
"""Icons: the SVGs of ``resources/icons``, drawn in the colours of the theme.

The papers name icons by what they mean (``patient``, ``arrive``); the set names them by what they
show. Both names work.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from clinicdesk.desktop.tokens import Tokens
from clinicdesk.kernel.places import resource

MEANINGS: Final = {
    "patient": "user",
    "patients": "users",
    "ledger": "receipt-text",
    "claim": "file-text",
    "roster": "calendar-range",
    "chat": "message-square",
    "book": "calendar-plus",
    "arrive": "user-check",
    "room": "door-open",
    "pay": "banknote",
    "done": "check-check",
    "cross": "x",
    "reverse": "undo-2",
    "print": "printer",
    "statement": "file-text",
    "unlock": "lock-open",
    "backup": "database-backup",
    "restore": "rotate-ccw",
    "undo": "undo-2",
    "redo": "redo-2",
    "columns": "columns-3",
    "alert": "triangle-alert",
    "note": "sticky-note",
    "swap": "arrow-left-right",
    "drawer": "vault",
    "key": "key-round",
    "help": "circle-help",
    "back": "chevron-left",
    "forward": "chevron-right",
    "error": "circle-x",
    "warning": "triangle-alert",
    "ok": "circle-check",
}
SIZES: Final = (16, 20, 24, 32)
_MIRRORED: Final = frozenset(
    {"arrow-left", "arrow-right", "chevron-left", "chevron-right", "chevrons-left"}
    | {"chevrons-right", "log-in", "log-out", "undo-2", "redo-2", "send"}
)


@cache
def source(name: str) -> bytes:
    """Return the SVG of an icon by either name.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    return resource(f"icons/{MEANINGS.get(name, name)}.svg").read_bytes()


def pixmap(
    name: str, colour: QColor, size: int, ratio: float, *, mirrored: bool, gap: int = 0
) -> QPixmap:
    """Draw an icon in one colour, sharp on a screen with that many pixels to a unit.

    ``gap`` is kept free behind it, towards the words of a button.
    """
    svg = source(name).replace(b"currentColor", colour.name().encode())
    picture = QPixmap(round((size + gap) * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    pen = QPainter(picture)
    if mirrored:
        pen.translate(gap, 0)
    if mirrored and MEANINGS.get(name, name) in _MIRRORED:
        pen.translate(size, 0)
        pen.scale(-1, 1)
    QSvgRenderer(QByteArray(svg)).render(pen, QRectF(0, 0, size, size))
    pen.end()
    return picture


def icon(
    name: str, tokens: Tokens, ink: str, scale: float, *, mirrored: bool, gap: int = 0
) -> QIcon:
    """Make an icon in all its sizes and states; ``ink`` is the name of a token."""
    made = QIcon()
    colours = {
        QIcon.Mode.Normal: getattr(tokens, ink),
        QIcon.Mode.Active: getattr(tokens, ink),
        QIcon.Mode.Selected: getattr(tokens, ink),
        QIcon.Mode.Disabled: tokens.disabled,
    }
    for size in SIZES:
        for ratio in (1.0, 2.0):
            drawn: dict[str, QPixmap] = {}
            for mode, colour in colours.items():
                if colour not in drawn:
                    drawn[colour] = pixmap(
                        name,
                        QColor(colour),
                        round(size * scale),
                        ratio,
                        mirrored=mirrored,
                        gap=gap,
                    )
                made.addPixmap(drawn[colour], mode)
    return made
