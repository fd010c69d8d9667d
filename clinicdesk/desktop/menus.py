# SPDX-License-Identifier: Apache-2.0
"""The menus: every action in exactly one, and only menus that have something.

A menu that would not fit a small screen at large text has menus within it; ``view/colours`` is the
key of one.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from clinicdesk.desktop.actions import INNER_MENUS, MENUS, ActionBook, ActionSpec
from clinicdesk.desktop.mnemonics import deal
from clinicdesk.wording.text import _


def fill_menus(bar: QMenuBar, book: ActionBook) -> None:
    """Make the menus from the actions, with mnemonics that differ within each."""
    shown = [(key, _(title)) for key, title in MENUS if _entries(key, book)]
    titles = deal([title for _key, title in shown])
    for (key, _old), title in zip(shown, titles, strict=True):
        menu = QMenu(title, bar)
        menu.setObjectName(f"menu.{key}")
        fill(menu, book)
        bar.addMenu(menu)


def fill(menu: QMenu, book: ActionBook) -> None:
    """Make the entries of one menu, anew if it had some."""
    menu.clear()
    menu.setToolTipsVisible(True)
    entries = _entries(menu.objectName().removeprefix("menu."), book)
    captions = deal([_(text) for _section, _key, text in entries])
    before = entries[0][0] if entries else 0
    for (section, key, _text), caption in zip(entries, captions, strict=True):
        if section != before:
            menu.addSeparator()
        before = section
        if key in book:
            action = book.action(key)
            action.setText(caption)
            menu.addAction(action)
        else:
            menu.addMenu(_inner(menu, key, caption, book))


def refill(bar: QMenuBar, key: str, book: ActionBook) -> None:
    """Make the entries of one menu anew: an action came or went."""
    for menu in bar.findChildren(QMenu):
        if menu.objectName() == f"menu.{key}":
            fill(menu, book)


def menu_of(parent: QWidget, acts: Sequence[QAction | None]) -> QMenu:
    """Return a menu of some actions over a part of a page; None parts them."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setToolTipsVisible(True)
    for act in acts:
        if act is None:
            menu.addSeparator()
        else:
            menu.addAction(act)
    return menu


def plain_entries(menu: QMenu) -> list[QAction]:
    """Return the entries of a menu without separators."""
    return [action for action in menu.actions() if not action.isSeparator()]


def _inner(menu: QMenu, key: str, caption: str, book: ActionBook) -> QMenu:
    name = f"menu.{key}"
    inner = next((one for one in menu.findChildren(QMenu) if one.objectName() == name), None)
    if inner is None:
        inner = QMenu(caption, menu)
        inner.setObjectName(name)
    inner.setTitle(caption)
    fill(inner, book)
    return inner


def _entries(menu: str, book: ActionBook) -> Sequence[tuple[int, str, str]]:
    """Return (section, id of an action or key of a menu within, caption), in order."""
    specs: tuple[ActionSpec, ...] = book.specs()
    found = [(spec.section, spec.id, book.caption(spec.id)) for spec in specs if spec.menu == menu]
    found += [
        (section, key, title)
        for key, (title, section) in INNER_MENUS.items()
        if key.rpartition("/")[0] == menu and any(spec.menu == key for spec in specs)
    ]
    return sorted(found, key=lambda entry: entry[0])
