# SPDX-License-Identifier: Apache-2.0
"""Where the docks stand: first as designed, then as somebody left them, and back again.

The layout belongs to the person and the machine, never to the data. A state of another version, or
a damaged one, leaves the designed layout; a window that would open off every screen is moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import QByteArray, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.dock import Area, Dock
from clinicdesk.desktop.theme import Theme

LAYOUT_VERSION: Final = 1
FIRST_SIZE: Final = QSize(1440, 900)
_STATE, _FRAME, _MAXIMISED = "window.state", "window.frame", "window.maximised"


def arrange(window: QMainWindow, docks: Sequence[Dock]) -> None:
    """Put the docks where they were designed to stand.

    Splitting comes before tabbing: against a tabbed dock a split would only add a tab.
    """
    pages = [dock for dock in docks if dock.spec.area is Area.PAGE]
    sides = [dock for dock in docks if dock.spec.area is Area.SIDE]
    strips = [dock for dock in docks if dock.spec.area is Area.STRIP]
    for dock in docks:
        dock.setFloating(False)
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        dock.show()
    if not pages:
        return
    first = pages[0]
    if sides:  # the card at the trailing edge; Qt does not mirror where docks stand
        pair = (first, sides[0])
        if window.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            pair = (sides[0], first)
        window.splitDockWidget(*pair, Qt.Orientation.Horizontal)
    for strip in strips:
        window.splitDockWidget(first, strip, Qt.Orientation.Vertical)
    for group in (pages, sides):
        for dock in group[1:]:
            window.tabifyDockWidget(group[0], dock)


def size(
    window: QMainWindow,
    docks: Sequence[Dock],
    theme: Theme,
    front: str,
    meant: Mapping[str, float] = MappingProxyType({}),
) -> None:
    """Give side panels and strips their size, and the page in front the rest.

    Args:
        window: that holds them.
        docks: all of them.
        theme: gives the unit.
        front: the page in front.
        meant: units by id where somebody chose another size than the designed one.
    """
    page = next((dock for dock in docks if dock.spec.id == front), None)
    sides = [d for d in docks if d.spec.area is Area.SIDE and d.isVisible()]
    strips = [d for d in docks if d.spec.area is Area.STRIP and d.isVisible()]
    if page is None:
        return
    for others, whole, way in (
        (sides, window.width(), Qt.Orientation.Horizontal),
        (strips, window.height(), Qt.Orientation.Vertical),
    ):
        if others:
            wanted = [theme.px(meant.get(o.spec.id, o.spec.width)) for o in others]
            window.resizeDocks([page, *others], [max(1, whole - sum(wanted)), *wanted], way)


def keep(window: QMainWindow, settings: DeskSettings) -> None:
    """Remember the layout and the frame on this desk."""
    state = bytes(window.saveState(LAYOUT_VERSION).toBase64().data()).decode()
    settings.put_text(_STATE, state)
    frame = window.normalGeometry() if window.isMaximized() else window.geometry()
    settings.put_text(_FRAME, ",".join(str(n) for n in frame.getRect()))  # type: ignore[attr-defined]
    settings.put_text(_MAXIMISED, "yes" if window.isMaximized() else "no")


def restore(window: QMainWindow, settings: DeskSettings) -> bool:
    """Put the docks as they were left; tell whether that was possible."""
    kept = settings.text(_STATE)
    return bool(kept) and window.restoreState(QByteArray.fromBase64(kept.encode()), LAYOUT_VERSION)


def restore_frame(window: QMainWindow, settings: DeskSettings) -> None:
    """Open where and as large as last time, on a screen that is there."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    parts = settings.text(_FRAME).split(",")
    if len(parts) == 4 and all(part.lstrip("-").isdigit() for part in parts):
        wanted = QRect(*(int(part) for part in parts))
    else:
        wanted = QRect(screens[0].topLeft(), FIRST_SIZE) if screens else QRect(0, 0, 1440, 900)
        if screens:
            wanted.moveCenter(screens[0].center())
    window.setGeometry(clamped(wanted, screens))
    if settings.text(_MAXIMISED) == "yes":
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def forget(settings: DeskSettings) -> None:
    """Forget the kept layout; the next start is as designed."""
    settings.forget("window.")


def clamped(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """Return the frame moved and shrunk so that the screen nearest to it shows all of it."""
    if not screens:
        return wanted
    best = max(screens, key=lambda screen: _shared(screen, wanted))
    if not _shared(best, wanted):
        best = screens[0]
    size = wanted.size().boundedTo(best.size()).expandedTo(QSize(640, 480).boundedTo(best.size()))
    left = max(best.left(), min(wanted.left(), best.right() + 1 - size.width()))
    top = max(best.top(), min(wanted.top(), best.bottom() + 1 - size.height()))
    return QRect(left, top, size.width(), size.height())


def _shared(screen: QRect, frame: QRect) -> int:
    both = screen.intersected(frame)
    return max(0, both.width()) * max(0, both.height())


def within(dialog: QWidget, wide: int, high: int) -> None:
    """Give a dialog its size, or as much of it as the window it stands over has."""
    parent = dialog.parentWidget()
    whole = parent.window().size() if parent is not None else QSize(wide, high)
    dialog.resize(QSize(wide, high).boundedTo(whole))
