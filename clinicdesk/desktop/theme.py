# SPDX-License-Identifier: Apache-2.0
"""The theme: Fusion with our own palette, because no platform's dark mode can be relied on.

Everything on screen is measured in ``u``, a sixteenth of the body font's height, and written in
points, so text size and screen density change both together. GUI thread only.
"""

from __future__ import annotations

import weakref
from typing import Final, Literal, Protocol

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QPushButton

from clinicdesk.desktop import fonts, icons
from clinicdesk.desktop.style_sheet import palette, style_sheet
from clinicdesk.desktop.tokens import (
    DARK,
    DARK_CONTRAST,
    LIGHT,
    LIGHT_CONTRAST,
    StatusInk,
    Tokens,
)

Mode = Literal["light", "dark", "system"]
SMALLEST, LARGEST, STEP = 80, 200, 10
SECONDARY: Final = 9.0
BODY: Final = 10.0
HEADING: Final = 10.5
SECTION: Final = 12.0
PAGE_TITLE: Final = 14.0
FIGURE: Final = 24.0


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...


class Theme(QObject):
    """Colours, fonts, sizes and icons of the moment.

    Attributes:
        tokens: the colours in force.
        u: the unit of measure in px; 1.0 is Inter at 10 pt on a plain screen.
        text_size: in percent, 80 to 200.
        mode: ``light``, ``dark``, or as the system says where it does.
        contrast: whether high contrast is asked for.
    """

    changed = Signal()
    """After colours, fonts or sizes changed; custom painting and fixed sizes follow it."""

    def __init__(
        self,
        mode: Mode = "system",
        *,
        text_size: int = 100,
        contrast: bool = False,
        family: str = "",
    ) -> None:
        super().__init__()
        self.mode: Mode = mode
        self.text_size = _bounded(text_size)
        self.contrast = contrast
        self.family = family
        self.tokens: Tokens = LIGHT
        self.u = 1.0
        self._base = QFont()
        self._icons: dict[tuple[str, str], QIcon] = {}
        self._iconed: list[tuple[weakref.ref[QObject], str, str]] = []
        application = _application()
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply()

    # ── switching ────────────────────────────────────────────────────────────────────────────

    def set_mode(self, mode: Mode) -> None:
        """Switch colours, live."""
        self.mode = mode
        self.apply()

    def set_contrast(self, contrast: bool) -> None:  # noqa: FBT001 -- a check box's signal
        """Switch high contrast, live."""
        self.contrast = contrast
        self.apply()

    def set_text_size(self, percent: int) -> None:
        """Set the text size within 80 to 200 percent, live."""
        if self.text_size != _bounded(percent):
            self.text_size = _bounded(percent)
            self.apply()

    def larger(self) -> None:
        """One step larger."""
        self.set_text_size(self.text_size + STEP)

    def smaller(self) -> None:
        """One step smaller."""
        self.set_text_size(self.text_size - STEP)

    def normal_size(self) -> None:
        """Back to 100 percent."""
        self.set_text_size(100)

    def apply(self) -> None:
        """Put palette, font and style sheet in force."""
        application = _application()
        self.tokens = self._chosen()
        self._base = fonts.base(self.text_size, self.family)
        self.u = QFontMetricsF(self._base).height() / 16
        self._icons.clear()
        application.setFont(self._base)
        application.setPalette(palette(self.tokens))
        application.setStyleSheet(style_sheet(self.tokens, self.px))
        self._redraw_icons()
        self.changed.emit()

    # ── asking ───────────────────────────────────────────────────────────────────────────────

    def px(self, units: float) -> int:
        """Return a length in px, grown with the text; what was not nothing never becomes it."""
        grown = round(units * self.u)
        return max(1, grown) if units > 0 else grown

    def font(
        self,
        points: float = BODY,
        weight: QFont.Weight = QFont.Weight.Normal,
        *,
        italic: bool = False,
        struck: bool = False,
    ) -> QFont:
        """Return the body font at a size in points at 100 %, figures of equal width."""
        font = QFont(self._base)
        font.setPointSizeF(points * self.text_size / 100)
        font.setWeight(weight)
        font.setItalic(italic)
        font.setStrikeOut(struck)
        return font

    def colour(self, token: str) -> QColor:
        """Return a token's colour by its name, e.g. ``muted``."""
        return QColor(getattr(self.tokens, token))

    def status(self, name: str) -> StatusInk:
        """Return the colours of a status, e.g. ``in_room``."""
        return self.tokens.status[name]

    def icon(self, name: str, ink: str = "text") -> QIcon:
        """Return an icon in a token's colour; it does not follow a theme change by itself."""
        if (name, ink) not in self._icons:
            self._icons[name, ink] = icons.icon(
                name, self.tokens, ink, self.u, mirrored=self._mirrored
            )
        return self._icons[name, ink]

    def pixmap(self, name: str, size: float = 20, ink: str = "text", ratio: float = 1) -> QPixmap:
        """Return an icon as a picture of ``size`` units."""
        return icons.pixmap(name, self.colour(ink), self.px(size), ratio, mirrored=self._mirrored)

    def give_icon(self, owner: QObject, name: str, ink: str = "text") -> None:
        """Set an icon on an action or button and keep it in step with the theme.

        On a primary button it is written in the ink of its words, and it keeps off words beside it.
        """
        self._iconed.append((weakref.ref(owner), name, ink))
        self._put_icon(owner, name, ink)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    @property
    def _mirrored(self) -> bool:
        return _application().layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _chosen(self) -> Tokens:
        dark = self.mode == "dark"
        if self.mode == "system":
            scheme = _application().styleHints().colorScheme()
            dark = scheme == Qt.ColorScheme.Dark
        if self.contrast:
            return DARK_CONTRAST if dark else LIGHT_CONTRAST
        return DARK if dark else LIGHT

    def _system_changed(self) -> None:
        if self.mode == "system":
            self.apply()

    def _redraw_icons(self) -> None:
        import shiboken6

        kept = []
        for reference, name, ink in self._iconed:
            owner = reference()
            if owner is not None and shiboken6.isValid(owner):
                self._put_icon(owner, name, ink)
                kept.append((reference, name, ink))
        self._iconed = kept

    def _put_icon(self, owner: QObject, name: str, ink: str) -> None:
        if ink == "text" and owner.property("primary"):
            ink = "on_accent"
        if isinstance(owner, QPushButton) and owner.text():
            size, gap = round(icons.SIZES[0] * self.u), self.px(4)
            owner.setIconSize(QSize(size + gap, size))
            owner.setIcon(
                icons.icon(name, self.tokens, ink, self.u, mirrored=self._mirrored, gap=gap)
            )
        else:
            _set_icon(owner, self.icon(name, ink))


def _set_icon(owner: QObject, icon: QIcon) -> None:
    setter: _HasIcon = owner  # type: ignore[assignment]
    setter.setIcon(icon)


def _bounded(percent: int) -> int:
    return max(SMALLEST, min(LARGEST, percent))


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("a theme needs a QApplication")
    return application
