# SPDX-License-Identifier: Apache-2.0
"""The preferences as they are seen: a list of pages and the page chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.layout import within
from clinicdesk.desktop.preferences.pages import LinesPage, PreferencePage
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import SECTION
from clinicdesk.wording.text import _


class PreferencesDialog(QDialog):
    """All pages; what is changed counts at once.

    Attributes:
        list: the pages' names.
        stack: the pages.
    """

    def __init__(
        self, room: Room, pages: Sequence[PreferencePage], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Preferences"))
        self._room = room
        px = room.theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(12), px(12), px(12), px(12))
        row = QHBoxLayout()
        row.setSpacing(px(16))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Pages of preferences"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = QStackedWidget()
        for page in pages:
            item = QListWidgetItem(_(page.title))
            item.setData(Qt.ItemDataRole.UserRole, page)
            self.list.addItem(item)
            self.stack.addWidget(self._framed(page))
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        outside.addLayout(row, 1)
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        outside.addWidget(buttons)
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.list.setCurrentRow(0)
        room.theme.changed.connect(self._measure)
        self._measure()
        within(self, px(860), px(540))

    def show_page(self, page_id: str) -> None:
        """Show a page by its id."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole).id == page_id:
                self.list.setCurrentRow(row)

    def page(self, page_id: str) -> QWidget:
        """Return the widget of a page."""
        found = self.stack.findChild(QWidget, f"preferences.{page_id}")
        if not isinstance(found, QWidget):
            raise KeyError(page_id)
        return found

    def open(self) -> None:
        """Show it with the focus in the list of pages."""
        super().open()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _framed(self, page: PreferencePage) -> QWidget:
        """Put a page under its title, in a scroll area: large text needs more than the dialog."""
        px = self._room.theme.px
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(4), px(4), px(8), px(4))
        column.setSpacing(px(10))
        title = plain_label(_(page.title), wrap=False)
        title.setFont(self._room.theme.font(SECTION, QFont.Weight.DemiBold))
        column.addWidget(title)
        inside = page.make() if page.make is not None else LinesPage(page, self._room)
        inside.setObjectName(f"preferences.{page.id}")
        column.addWidget(inside, 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        return area

    def _measure(self) -> None:
        theme = self._room.theme
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setIcon(theme.icon(item.data(Qt.ItemDataRole.UserRole).icon))
            item.setSizeHint(QSize(0, theme.px(32)))
        wide = self.list.sizeHintForColumn(0)
        words = max((self.fontMetrics().horizontalAdvance(self.list.item(row).text())
                     for row in range(self.list.count())), default=0)  # fmt: skip
        self.list.setFixedWidth(max(wide, words) + theme.px(64))
