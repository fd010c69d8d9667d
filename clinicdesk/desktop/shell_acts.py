# SPDX-License-Identifier: Apache-2.0
"""What the window does from its menus beside going somewhere: preferences, the sheet of keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.dock import Dock
from clinicdesk.desktop.preferences.pages import PreferencePage
from clinicdesk.wording.text import N_

if TYPE_CHECKING:
    from clinicdesk.desktop.shell import Shell


class ShellActs(QObject):
    """Carries out the window's own actions that open something."""

    def __init__(self, shell: Shell, pages: Sequence[PreferencePage]) -> None:
        super().__init__(shell)
        self._shell, self._pages = shell, tuple(pages)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the actions do, by id."""
        return {
            "help.keys": self.show_keys,
            "tools.preferences": self.show_preferences,
        }

    def show_preferences(self, page: str = "") -> None:
        """Open the preferences, on a page."""
        from clinicdesk.desktop.preferences import PreferencesDialog, appearance
        from clinicdesk.desktop.preferences.keys_page import KeysPage

        shell = self._shell
        make = partial(KeysPage, shell.room, shell.book, shell.keys)
        own = PreferencePage("keys", N_("Keys"), "keyboard", make=make)
        pages = (*self._pages[:1], appearance(), *self._pages[1:], own)
        dialog = PreferencesDialog(shell.room, pages, shell)
        if page:
            dialog.show_page(page)
        dialog.open()

    def show_keys(self) -> None:
        """Open the sheet of keys, the panel with the focus first."""
        from clinicdesk.desktop.key_sheet import KeySheet

        shell = self._shell
        KeySheet(shell.book, shell.room.theme, self.focused_dock(), shell).open()

    def focused_dock(self) -> Dock | None:
        """Return the panel with the focus, else the page in front."""
        now: QWidget | None = self._shell.focusWidget()
        for dock in self._shell.yard:
            if now is not None and dock.isAncestorOf(now):
                return dock
        return self._shell.yard[self._shell.front] if self._shell.front else None
