# SPDX-License-Identifier: Apache-2.0
"""The fixed parts around the panels: menus, top bar, banners, rail, status bar."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QMenuBar, QToolBar, QToolButton, QVBoxLayout, QWidget

from clinicdesk.desktop import layout
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.rail import Rail
from clinicdesk.desktop.status_bar import StatusBar
from clinicdesk.desktop.theme import Theme
from clinicdesk.desktop.toasts import BannerArea
from clinicdesk.desktop.top_bar import TopBar
from clinicdesk.wording.text import _


class Frame(QMainWindow):
    """A window with its fixed parts, as yet without panels.

    Attributes:
        menus: the menu bar.
        top: the bar of the page in front.
        banners: under the top bar.
        rail: the pages' names.
        status: the lower edge.
    """

    def __init__(self, theme: Theme, notices: Notices) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("shell")
        self.setDockNestingEnabled(True)
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.menus = QMenuBar()
        for more in self.menus.findChildren(QToolButton):  # where menus go that have no room
            theme.give_icon(more, "chevrons-right")
            more.setAccessibleName(_("More menus"))
            more.setToolTip(_("More menus"))
        self.top = TopBar(theme)
        self.banners = BannerArea(notices, theme)
        for part in (self.menus, self.top, self.banners):
            column.addWidget(part)
        self.setMenuWidget(head)
        self.rail = Rail(theme)
        leading, _trailing = self._edges()
        self.rail_holder = self._bar(_("Pages"), "rail-holder", self.rail)
        self.addToolBar(leading, self.rail_holder)
        self.status = StatusBar(notices, theme)
        self.setStatusBar(self.status)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def add_trailing(self, title: str, name: str, inside: QWidget) -> QToolBar:
        """Put a narrow column at the trailing edge."""
        bar = self._bar(title, name, inside)
        self.addToolBar(self._edges()[1], bar)
        return bar

    def sizeHint(self) -> QSize:
        return layout.FIRST_SIZE

    def _edges(self) -> tuple[Qt.ToolBarArea, Qt.ToolBarArea]:
        """Return the leading and the trailing edge; Qt does not mirror tool bar areas."""
        edges = Qt.ToolBarArea.LeftToolBarArea, Qt.ToolBarArea.RightToolBarArea
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return edges[::-1] if mirrored else edges

    def _bar(self, title: str, name: str, inside: QWidget) -> QToolBar:
        bar = QToolBar(title)
        bar.setObjectName(name)
        bar.setMovable(False)
        bar.setFloatable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.addWidget(inside)
        return bar
