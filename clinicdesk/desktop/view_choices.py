# SPDX-License-Identifier: Apache-2.0
"""Colours and text size as somebody at this desk chose them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import QObject

from clinicdesk.desktop.actions import ActionBook
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.theme import Mode, Theme
from clinicdesk.kernel.settings import Setting
from clinicdesk.wording.text import N_

MODE: Final = Setting("desktop.colours", "system", N_("Light or dark, or as the system is."))
TEXT_SIZE: Final = Setting("desktop.text_size", 100, N_("Text size in percent, 80 to 200."))
CONTRAST: Final = Setting("desktop.contrast", False, N_("High contrast."))
LANGUAGE: Final = Setting(
    "app.language", "", N_("Language of the window; empty follows the system.")
)
IDLE_MINUTES: Final = Setting(
    "desktop.idle_minutes", 10, N_("Minutes without a touch until the window locks, 1 to 15.")
)


def kept_theme(settings: DeskSettings) -> Theme:
    """Make the theme that was chosen at this desk."""
    mode = settings.get(MODE)
    return Theme(
        cast("Mode", mode if mode in {"light", "dark", "system"} else "system"),
        text_size=settings.get(TEXT_SIZE),
        contrast=settings.get(CONTRAST),
    )


class ViewChoices(QObject):
    """Carries out the View menu's choices and remembers them."""

    def __init__(
        self, book: ActionBook, theme: Theme, settings: DeskSettings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._book, self._theme, self._settings = book, theme, settings
        settings.changed.connect(self._changed)

    def _changed(self, key: str) -> None:
        """Follow what the preferences keep."""
        if key == MODE.key:
            self._theme.set_mode(cast("Mode", self._settings.get(MODE)))
        elif key == TEXT_SIZE.key:
            self._theme.set_text_size(self._settings.get(TEXT_SIZE))
        elif key == CONTRAST.key:
            self._theme.set_contrast(self._settings.get(CONTRAST))

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the View menu's entries do."""
        return {
            "view.light": self._light,
            "view.dark": self._dark,
            "view.system": self._system,
            "view.contrast": self._contrast,
            "view.larger": self._larger,
            "view.smaller": self._smaller,
            "view.normal": self._normal,
        }

    def set_mode(self, mode: Mode) -> None:
        """Switch colours and remember it."""
        self._settings.put(MODE, mode)
        if self._theme.mode != mode:
            self._theme.set_mode(mode)

    def set_text_size(self, percent: int) -> None:
        """Switch the text size and remember it."""
        self._theme.set_text_size(percent)
        self._settings.put(TEXT_SIZE, self._theme.text_size)

    def _light(self) -> None:
        self.set_mode("light")

    def _dark(self) -> None:
        self.set_mode("dark")

    def _system(self) -> None:
        self.set_mode("system")

    def _contrast(self) -> None:
        contrast = self._book.action("view.contrast").isChecked()
        self._settings.put(CONTRAST, contrast)
        if self._theme.contrast != contrast:
            self._theme.set_contrast(contrast)

    def _larger(self) -> None:
        self.set_text_size(self._theme.text_size + 10)

    def _smaller(self) -> None:
        self.set_text_size(self._theme.text_size - 10)

    def _normal(self) -> None:
        self.set_text_size(100)
