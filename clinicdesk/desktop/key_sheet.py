# SPDX-License-Identifier: Apache-2.0
"""The key sheet: every action that has a key, by menu, as it is in force now."""

from __future__ import annotations

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

from clinicdesk.desktop.actions import MENUS, ActionBook, plain
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.theme import HEADING, Theme
from clinicdesk.wording.text import _


class KeySheet(QDialog):
    """A list of keys to look at."""

    def __init__(self, book: ActionBook, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Keys"))
        self.resize(theme.px(520), theme.px(600))
        outside = QVBoxLayout(self)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(_("Keys"))
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(0, 1)
        row = 0
        for key, title in MENUS:
            specs = [s for s in book.specs() if s.menu == key and book.action(s.id).shortcuts()]
            if not specs:
                continue
            head = plain_label(plain(_(title)))
            head.setFont(theme.font(HEADING, QFont.Weight.DemiBold))
            grid.addWidget(head, row, 0, 1, 2)
            row += 1
            for spec in specs:
                keys = [
                    one.toString(QKeySequence.SequenceFormat.NativeText)
                    for one in book.action(spec.id).shortcuts()
                ]
                grid.addWidget(plain_label(spec.title), row, 0)
                grid.addWidget(plain_label(" · ".join(keys), muted=True, wrap=False), row, 1)
                row += 1
        grid.setRowStretch(row, 1)
        area.setWidget(sheet)
        outside.addWidget(area)
        buttons = QDialogButtonBox()
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        outside.addWidget(buttons)
