# SPDX-License-Identifier: Apache-2.0
"""The guide as it is seen: a field to search, the pages, the page chosen; stays beside the work."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.app.guide.pages import PAGES, GuidePage, matches, page_of, with_keys
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.layout import within
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.theme import SECTION
from clinicdesk.wording.text import _

_PAGE = Qt.ItemDataRole.UserRole


class GuideWindow(QDialog):
    """Shows the guide.

    Attributes:
        search: narrows the list.
        list: the pages found.
    """

    def __init__(self, shell: Shell, panel_id: str = "") -> None:
        super().__init__(shell)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Guide"))
        self._shell, self._theme = shell, shell.room.theme
        px = self._theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(12), px(12), px(12), px(12))
        outside.setSpacing(px(8))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search the guide"))
        self.search.setAccessibleName(_("Search the guide"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        outside.addWidget(self.search)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Pages of the guide"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._show)
        row.addWidget(self.list)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(_("Page of the guide"))
        row.addWidget(self._area, 1)
        outside.addLayout(row, 1)
        line = QHBoxLayout()
        keys = QPushButton(_("&Keys of this page"))
        keys.setAutoDefault(False)
        keys.clicked.connect(shell.acts.show_keys)
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        line.addWidget(keys)
        line.addStretch(1)
        line.addWidget(close)
        outside.addLayout(line)
        self._narrow("")
        self.show_page(panel_id)
        words = [self.fontMetrics().horizontalAdvance(_(page.title)) for page in PAGES]
        self.list.setFixedWidth(max(words) + px(40))
        within(self, px(760), px(520))
        self.search.setFocus()

    @property
    def page(self) -> GuidePage | None:
        """The page shown."""
        place = self.list.currentRow()
        found = self.list.item(place).data(_PAGE) if place >= 0 else None
        return found if isinstance(found, GuidePage) else None

    def show_page(self, panel_id: str) -> None:
        """Show the page about a panel."""
        wanted = page_of(panel_id)
        for place in range(self.list.count()):
            if self.list.item(place).data(_PAGE).id == wanted.id:
                self.list.setCurrentRow(place)

    def said(self, page: GuidePage) -> list[str]:
        """Return the paragraphs of a page in the reader's language, keys written in."""
        return [with_keys(_(text), self._key_of) for text in page.paragraphs]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows choose a page while one types; Enter leaves all as it is."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.search.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            last = self.list.count() - 1
            self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + step)))
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def _key_of(self, action_id: str) -> str:
        book = self._shell.book
        if action_id not in book:
            return _("(not for your role)")
        keys = book.keys(action_id)
        if not keys:
            return f"“{book.spec(action_id).title}”"
        return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)

    def _narrow(self, typed: str) -> None:
        before = self.page
        self.list.blockSignals(True)
        self.list.clear()
        for page in PAGES:
            if matches(typed, (_(page.title), *self.said(page))):
                item = QListWidgetItem(_(page.title))
                item.setData(_PAGE, page)
                item.setSizeHint(QSize(0, self._theme.px(28)))
                self.list.addItem(item)
        self.list.blockSignals(False)
        ids = [self.list.item(place).data(_PAGE).id for place in range(self.list.count())]
        kept = ids.index(before.id) if before is not None and before.id in ids else 0
        self.list.setCurrentRow(kept if ids else -1)
        self._show()

    def _show(self) -> None:
        px, page = self._theme.px, self.page
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(4), 0, px(10), 0)
        column.setSpacing(px(10))
        if page is None:
            column.addWidget(plain_label(_("No page says that. Try another word."), muted=True))
        else:
            title = plain_label(_(page.title))
            title.setFont(self._theme.font(SECTION, QFont.Weight.DemiBold))
            column.addWidget(title)
            for text in self.said(page):
                column.addWidget(plain_label(text))
        column.addStretch(1)
        self._area.setWidget(inside)
