# SPDX-License-Identifier: Apache-2.0
"""The menus: every action in exactly one, and only menus that have something."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QMenuBar

from clinicdesk.desktop.actions import MENUS, ActionBook
from clinicdesk.desktop.mnemonics import deal
from clinicdesk.wording.text import _


def fill_menus(bar: QMenuBar, book: ActionBook) -> None:
    """Make the menus from the actions, with mnemonics that differ within each."""
    filled = {
        key: sorted((s for s in book.specs() if s.menu == key), key=lambda spec: spec.section)
        for key, _title in MENUS
    }
    shown = [(key, _(title)) for key, title in MENUS if filled[key]]
    titles = deal([title for _key, title in shown])
    for (key, _old), title in zip(shown, titles, strict=True):
        menu = QMenu(title, bar)
        menu.setObjectName(f"menu.{key}")
        menu.setToolTipsVisible(True)
        captions = deal([_(spec.text) for spec in filled[key]])
        before = filled[key][0].section
        for spec, caption in zip(filled[key], captions, strict=True):
            if spec.section != before:
                menu.addSeparator()
            before = spec.section
            action = book.action(spec.id)
            action.setText(caption)
            menu.addAction(action)
        bar.addMenu(menu)
