# SPDX-License-Identifier: Apache-2.0
"""Narrow windows: side panels wait in a drawer at the trailing edge, the rail shows icons only.

The widths grow with the text: at 150 % a window of 1680 px is a narrow one. Nothing is done while
panels are unlocked, when a person arranges them.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout

from clinicdesk.desktop.actions import ActionBook
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.dock import Area, Dock
from clinicdesk.desktop.frame import Frame
from clinicdesk.desktop.theme import Theme
from clinicdesk.desktop.yard import DockYard
from clinicdesk.wording.text import _

DRAWER_BELOW: Final = 1500  # px at 100 %
ICONS_BELOW: Final = 1280
_KEPT: Final = "window.side"
_NOBODY: Final = "none"


class Drawer(QObject):
    """Puts side panels away in a narrow window, and back in a wide one.

    Attributes:
        narrow: whether they are away unless asked for.
        bar: the buttons that pull them out.
    """

    def __init__(
        self, window: Frame, yard: DockYard, book: ActionBook, theme: Theme, settings: DeskSettings
    ) -> None:
        super().__init__(window)
        self._window, self._yard, self._book = window, yard, book
        self._theme, self._settings = theme, settings
        self.narrow = False
        self._fitted = False
        self._buttons: dict[str, QToolButton] = {}
        self.bar = bar = QFrame()
        bar.setObjectName("drawer")
        bar.setAccessibleName(_("Side panels"))
        self._line = QVBoxLayout(bar)
        for dock in self._sides():
            self._add(dock)
        self._line.addStretch(1)
        self._holder = window.add_trailing(_("Side panels"), "drawer-holder", bar)
        self._holder.hide()
        theme.changed.connect(self._measure)
        self._measure()

    def fit(self) -> None:
        """Look at the width of the window."""
        scale, width = self._theme.text_size / 100, self._window.width()
        self._window.rail.set_collapsed(collapsed=width < ICONS_BELOW * scale)
        narrow = width < DRAWER_BELOW * scale
        if not self._yard.locked or (self._fitted and narrow == self.narrow):
            return
        self._fitted, self.narrow = True, narrow
        self._yard.one_side_always = not narrow
        self._holder.setVisible(narrow and bool(self._buttons))
        if narrow:
            for dock in self._sides():
                dock.hide()
        else:
            self._show_kept()
        self._yard.keep_sizes()

    def refit(self) -> None:
        """Look again as if for the first time: the layout was reset or restored."""
        self._fitted = False
        self.fit()

    def pull(self) -> None:
        """Show the first side panel, if all of them are away."""
        sides = self._sides()
        if self.narrow and sides and not any(dock.isVisible() for dock in sides):
            self._yard.bring(sides[0])

    def _add(self, dock: Dock) -> None:
        button = QToolButton()
        button.setObjectName(dock.spec.id)
        button.setCheckable(True)
        button.setProperty("flat", True)
        button.setAccessibleName(_(dock.spec.title))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._theme.give_icon(button, dock.spec.icon)
        button.clicked.connect(self._pressed)
        dock.visibilityChanged.connect(self._seen)
        dock.left.connect(self._left)
        self._buttons[dock.spec.id] = button
        self._line.addWidget(button)

    def _pressed(self) -> None:
        self._book.trigger(f"view.{self.sender().objectName()}")

    def _seen(self) -> None:
        """Mark what is out of the drawer; in a wide window, remember what a person shows."""
        if not self._window.isVisible():
            return  # being made, or going away part by part
        shown = [dock.spec.id for dock in self._sides() if dock.isVisible()]
        for side, button in self._buttons.items():
            button.setChecked(side in shown)
            button.setToolTip(self._book.action(f"view.{side}").toolTip())
        if self._fitted and not self.narrow and self._yard.locked:
            self._settings.put_text(_KEPT, shown[0] if shown else _NOBODY)

    def _left(self) -> None:
        """Put a panel back into the drawer and go on in the page."""
        dock = self.sender()
        if self.narrow and isinstance(dock, Dock) and not dock.isFloating():
            dock.hide()
            if self._yard.front:
                self._yard.focus(self._yard[self._yard.front])

    def _show_kept(self) -> None:
        kept = self._settings.text(_KEPT)
        sides = {dock.spec.id: dock for dock in self._sides()}
        if kept != _NOBODY and sides:
            self._yard.bring(sides.get(kept) or next(iter(sides.values())))

    def _sides(self) -> list[Dock]:
        return [
            dock for dock in self._yard if dock.spec.area is Area.SIDE and not dock.isFloating()
        ]

    def _measure(self) -> None:
        px = self._theme.px
        self._line.setContentsMargins(px(4), px(8), px(4), px(8))
        self._line.setSpacing(px(6))
        for button in self._buttons.values():
            button.setIconSize(QSize(px(18), px(18)))
        if self._window.isVisible():
            self.fit()
