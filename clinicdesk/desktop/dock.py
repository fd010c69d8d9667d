# SPDX-License-Identifier: Apache-2.0
"""Docks: where panels stand, what they are called, and that they are made when first seen."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QDockWidget, QWidget

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.actors import Permission
from clinicdesk.wording.text import _

__all__ = ["Area", "Dock", "Panel", "PanelSpec"]
_log = logging.getLogger(__name__)


class Area(Enum):
    """Where a panel stands until somebody moves it."""

    PAGE = "page"  # one of the pages the rail raises
    SIDE = "side"  # the card at the trailing edge
    STRIP = "strip"  # along the bottom


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A panel, as data; the application lists them once.

    Attributes:
        id: stable; the dock's name in the saved layout.
        title: English name, marked for translation.
        icon: name of its icon on the rail.
        area: where it stands at first.
        key: "Ctrl+1" … for pages, or nothing.
        permission: without it the panel does not exist for the person.
        factory: makes it when it is first seen.
        actions: what it can do; ``Panel.perform`` gets their ids.
        width: first width in units for a side panel, height for a strip.
    """

    id: str
    title: str
    icon: str
    area: Area
    key: str
    permission: Permission | None
    factory: Callable[[Room], QWidget]
    actions: tuple[ActionSpec, ...] = ()
    width: int = 300


class Dock(QDockWidget):
    """One panel's place in the window.

    Attributes:
        made: the widget, once it was first seen.
        raised: when it comes to the front.
        resized: its size changed.
        left: Esc, where nothing within had a use for it.
    """

    made = Signal(QWidget)
    raised = Signal(str)
    resized = Signal()
    left = Signal()

    def __init__(self, spec: PanelSpec, room: Room, parent: QWidget) -> None:
        super().__init__(_(spec.title), parent)
        self.spec = spec
        self._room = room
        self._made: QWidget | None = None
        self.setObjectName(spec.id)
        self.setAccessibleName(_(spec.title))
        self._no_title = QWidget(self)
        self._no_title.setMaximumHeight(0)
        self._locked = False
        self.set_locked(locked=True)
        # Docks without content would have no say in the first layout.
        self._blank = QWidget(self)
        self.setWidget(self._blank)
        self.visibilityChanged.connect(self._seen)

    @property
    def panel(self) -> Panel | None:
        """The panel, if it was made and is one of ours."""
        return self._made if isinstance(self._made, Panel) else None

    def make(self) -> QWidget:
        """Return the widget, made now if it was not yet."""
        if self._made is None:
            self._made = self.spec.factory(self._room)
            if not self._made.accessibleName():
                self._made.setAccessibleName(_(self.spec.title))
            self.setWidget(self._made)
            self._blank.deleteLater()
            self.made.emit(self._made)
        return self._made

    def set_locked(self, *, locked: bool) -> None:
        """Hide the title bar so that nothing is moved by accident, or show it."""
        features = QDockWidget.DockWidgetFeature
        self._locked = locked
        if locked:
            self.setTitleBarWidget(self._no_title)
            self.setFeatures(features.NoDockWidgetFeatures)
        else:
            self.setTitleBarWidget(None)  # type: ignore[arg-type]
            self.setFeatures(
                features.DockWidgetMovable
                | features.DockWidgetFloatable
                | features.DockWidgetClosable
            )
        self._no_title.setVisible(locked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _seen(self, visible: bool) -> None:  # noqa: FBT001 -- Qt's signal
        if visible:
            self.make()
            self.raised.emit(self.spec.id)
