# SPDX-License-Identifier: Apache-2.0
"""What the window does from its menus beside going somewhere: preferences, the sheet of keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.dock import Dock
from clinicdesk.desktop.preferences.pages import PreferencePage
from clinicdesk.desktop.row_table import RowTable
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
            "list.copy": self.copy_list,
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

    def copy_list(self) -> None:
        """Copy the list that is meant, or its selected rows, with headings."""
        table = shown_list(self._shell)
        if table is not None:
            rows = table.selected() or tuple(table.rows.rows)
            text = table.as_text(headers=True, rows=rows)
            QGuiApplication.clipboard().setText(text)
            formats = self._shell.room.formats
            self._shell.room.notices.toast(
                formats.count("{n} row copied.", "{n} rows copied.", len(rows))
            )

    def focused_dock(self) -> Dock | None:
        """Return the panel with the focus, else the page in front."""
        now: QWidget | None = self._shell.focusWidget()
        for dock in self._shell.yard:
            if now is not None and dock.isAncestorOf(now):
                return dock
        return self._shell.yard[self._shell.front] if self._shell.front else None


LIST_ACTIONS = ("list.copy", "list.print", "list.save_csv", "list.save_pdf")


def acts_of(shell: Shell, widget: QWidget) -> list[QAction | None]:
    """Return the actions of the panel that holds a widget, then those of lists; None parts them.

    A menu over a row has nothing that the main menus do not have.
    """
    dock = next((dock for dock in shell.yard if dock.isAncestorOf(widget)), None)
    acts: list[QAction | None] = []
    section = None
    for spec in dock.spec.actions if dock is not None else ():
        if spec.id in shell.book and shell.book.action(spec.id).isEnabled():
            if section is not None and (spec.menu, spec.section) != section:
                acts.append(None)
            section = (spec.menu, spec.section)
            acts.append(shell.book.action(spec.id))
    lists = [shell.book.action(one) for one in LIST_ACTIONS if one in shell.book]
    return [*acts, *([None] if acts and lists else []), *lists]


def shown_list(shell: Shell) -> RowTable[Any] | None:
    """Return the list that an act on lists means: the one with the focus, else the first seen."""
    now: QWidget | None = shell.focusWidget()
    if isinstance(now, RowTable):
        return now
    dock = shell.acts.focused_dock()
    tables = dock.findChildren(RowTable) if dock is not None else []
    return next((table for table in tables if table.isVisible()), None)
