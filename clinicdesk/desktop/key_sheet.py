# SPDX-License-Identifier: Apache-2.0
"""The key sheet: keys of the panel with the focus first, then all, as they are in force now."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.actions import INNER_MENUS, MENUS, ActionBook, plain
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.dock import Dock
from clinicdesk.desktop.layout import within
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.desktop.theme import HEADING, Theme
from clinicdesk.wording.text import _

Line = tuple[str, str]


class KeySheet(QDialog):
    """A list of keys to look at."""

    def __init__(self, book: ActionBook, theme: Theme, dock: Dock | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys"))
        within(self, theme.px(560), theme.px(620))
        self._theme = theme
        outside = QVBoxLayout(self)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(_("Keys"))
        sheet = QWidget()
        self._grid = QGridLayout(sheet)
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setColumnStretch(0, 1)
        if dock is not None:
            self._block(_(dock.spec.title), panel_keys(book, dock))
        for key, title in MENUS:
            inner = {one for one in INNER_MENUS if one.partition("/")[0] == key}
            ids = [s.id for s in book.specs() if s.menu == key or s.menu in inner]
            self._block(plain(_(title)), _lines(book, ids))
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        area.setWidget(sheet)
        outside.addWidget(area)
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        outside.addWidget(buttons)
        area.setFocus(Qt.FocusReason.OtherFocusReason)

    def _block(self, title: str, lines: Iterable[Line]) -> None:
        grid, rows = self._grid, list(lines)
        if not rows:
            return
        head = plain_label(title)
        head.setFont(self._theme.font(HEADING, QFont.Weight.DemiBold))
        head.setContentsMargins(0, self._theme.px(8) if grid.rowCount() > 1 else 0, 0, 0)
        grid.addWidget(head, grid.rowCount(), 0, 1, 2)
        for words, keys in rows:
            row = grid.rowCount()
            grid.addWidget(plain_label(words), row, 0)
            grid.addWidget(plain_label(keys, muted=True, wrap=False), row, 1)


def panel_keys(book: ActionBook, dock: Dock) -> tuple[Line, ...]:
    """Return the lines of one panel: its actions, its own keys, and what its lists understand."""
    ids = [spec.id for spec in dock.spec.actions if spec.id in book]
    lines = list(_lines(book, ids))
    panel = dock.panel
    if panel is not None:
        lines += [(words, keys) for keys, words in panel.own_keys()]
        if any(table.isVisible() for table in panel.findChildren(RowTable)):
            native = QKeySequence.SequenceFormat.NativeText
            copy, headed = QKeySequence("Ctrl+C"), QKeySequence("Ctrl+Shift+C")
            lines += [
                (_("Copy the selected rows"), copy.toString(native)),
                (_("Copy them with headings"), headed.toString(native)),
                (_("Open the row"), QKeySequence("Return").toString(native)),
                (_("Menu of the list"), QKeySequence("Shift+F10").toString(native)),
            ]
    return tuple(lines)


def _lines(book: ActionBook, ids: Iterable[str]) -> Iterable[Line]:
    for action_id in ids:
        held = book.action(action_id).shortcuts()
        keys = [
            QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            for key in book.keys(action_id)
            if QKeySequence(key) in held  # another panel in front may have it
        ]
        if keys:
            yield book.spec(action_id).title, " · ".join(keys)
