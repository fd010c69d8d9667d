# SPDX-License-Identifier: Apache-2.0
"""The yard: all docks of a window, which page is in front, and the way back to former pages.

While panels are locked, the pages behind the front one are hidden, so that no tab bar and no title
bar is seen; the rail does their work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QMainWindow, QWidget

from clinicdesk.desktop import layout
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.dock import Area, Dock
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.rail import Rail
from clinicdesk.desktop.theme import Theme


class DockYard(QObject):
    """The docks of one window.

    Attributes:
        fronted: id of the page that came to the front.
        locked: whether panels stay where they are.
        one_side_always: the first side panel takes the place of another that is put away.
        front: id of the page in front.
    """

    fronted = Signal(str)

    def __init__(self, window: QMainWindow, theme: Theme, settings: DeskSettings) -> None:
        super().__init__(window)
        self._window, self._theme, self._settings = window, theme, settings
        self._docks: dict[str, Dock] = {}
        self._trail: list[str] = []
        self._ahead: list[str] = []
        self.locked = True
        self.one_side_always = True
        self.front = ""
        self._as_designed = True
        self._meant: dict[str, float] = {}
        self._settled = False
        theme.changed.connect(self.keep_sizes)

    def add(self, dock: Dock) -> None:
        """Take a dock in."""
        self._docks[dock.spec.id] = dock
        dock.raised.connect(self._raised)
        dock.resized.connect(self._resized)

    def __contains__(self, panel_id: str) -> bool:
        return panel_id in self._docks

    def __getitem__(self, panel_id: str) -> Dock:
        return self._docks[panel_id]

    def __iter__(self) -> Iterator[Dock]:
        return iter(self._docks.values())

    def panels(self) -> tuple[Panel, ...]:
        """Return the panels made so far."""
        return tuple(dock.panel for dock in self if dock.panel is not None)

    # ── coming to the front ──────────────────────────────────────────────────────────────────

    def go_to(self, panel_id: str) -> None:
        """Bring a panel to the front, remember where from, and focus it."""
        dock = self._docks[panel_id]
        if dock.spec.area is Area.PAGE and self.front and panel_id != self.front:
            self._trail.append(self.front)
            self._ahead.clear()
        self.bring(dock)
        self.focus(dock)

    def focus(self, dock: Dock) -> None:
        """Put the focus where work in a panel begins."""
        widget = dock.make()
        if isinstance(widget, Panel):
            widget.focus_first()
        else:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring(self, dock: Dock) -> None:
        """Bring a dock to the front.

        Shown together for a moment, two pages and their tab bar may ask for more height than there
        is; the window takes back the height it had.
        """
        window, height = self._window, self._window.height()
        window.setUpdatesEnabled(False)
        dock.show()
        if self.locked and dock.spec.area is not Area.STRIP:
            for other in window.tabifiedDockWidgets(dock):
                if isinstance(other, Dock) and other.spec.area is dock.spec.area:
                    other.hide()
        dock.raise_()
        inside = window.layout()
        if window.height() > height and inside is not None:
            inside.activate()
            window.resize(window.width(), height)
        window.setUpdatesEnabled(True)
        self._raised(dock.spec.id)

    def toggle(self, panel_id: str) -> None:
        """Show a side panel, or hide it."""
        dock = self._docks[panel_id]
        if dock.isVisible():
            dock.hide()
            first = next((side for side in self if side.spec.area is Area.SIDE), None)
            other = first is not None and first is not dock and self.one_side_always
            if first is not None and dock.spec.area is Area.SIDE and other:
                self.bring(first)
        else:
            self.bring(dock)

    def back(self) -> None:
        """Back to the former page."""
        if self._trail:
            self._ahead.append(self.front)
            self.bring(self._docks[self._trail.pop()])

    def forward(self) -> None:
        """Forward again."""
        if self._ahead:
            self._trail.append(self.front)
            self.bring(self._docks[self._ahead.pop()])

    def ground(self) -> tuple[QRect, tuple[QRect, ...]]:
        """Return the rectangle of the page in front, and what a notice over it must not cover."""
        window = self._window
        page = self._docks[self.front] if self.front in self else None
        if page is None or page.isFloating():
            return window.rect(), ()
        kept = [_within(window, d) for d in self if d is not page and d.isVisible()]
        now: QWidget | None = window.focusWidget()
        if now is not None and now.isVisible():
            kept.append(_focused(window, now))
            kept.extend(_within(window, line) for line in _entry_line(now))
        return _within(window, page), tuple(kept)

    # ── where they stand ─────────────────────────────────────────────────────────────────────

    def arrange(self, *, kept: bool) -> None:
        """Put the docks as designed, then, if asked, as they were left."""
        if not self._window.isVisible():
            layout.restore_frame(self._window, self._settings)
        layout.arrange(self._window, list(self))
        self._as_designed = not (kept and layout.restore(self._window, self._settings))
        self.set_locked(locked=self.locked)

    def shown(self) -> None:
        """Give the docks their designed sizes now that the window has its own."""
        if self._as_designed:
            QTimer.singleShot(0, self._size)
        else:
            QTimer.singleShot(0, self._take_sizes)

    def reset(self) -> None:
        """Back to the designed layout, locked, and forget the kept one."""
        layout.forget(self._settings)
        self.locked = True
        self._meant.clear()
        self.arrange(kept=False)
        self.shown()

    def put_back(self, front: str) -> None:
        """Take over where another state of the window has put the docks."""
        self.front = front if front in self else self.front
        self.set_locked(locked=self.locked)
        self._take_sizes()

    def set_locked(self, *, locked: bool) -> None:
        """Keep panels where they are without title bars, or let them be moved."""
        self.locked = locked
        for dock in self:
            dock.set_locked(locked=locked)
        pages = [dock for dock in self if dock.spec.area is Area.PAGE]
        if not locked:
            for page in pages:
                page.show()
        front = self._docks.get(self.front) or next(
            (page for page in pages if not page.isHidden() and not self._behind(page)),
            pages[0] if pages else None,
        )
        if front is not None:
            self.bring(front)
        sides = [dock for dock in self if dock.spec.area is Area.SIDE and not dock.isHidden()]
        if locked and sides:
            self.bring(sides[0])

    def move_pane(self, step: int, before: Sequence[QWidget], after: Sequence[QWidget]) -> None:
        """Move the focus to the next pane: parts before the docks, docks, parts after."""
        docks = [dock for dock in self if dock.isVisible() and not self._behind(dock)]
        panes: list[QWidget] = [*before, *docks, *after]
        now = self._window.focusWidget()
        here = next((n for n, pane in enumerate(panes) if pane.isAncestorOf(now)), 0)
        for ahead in range(1, len(panes) + 1):
            if focus_into(panes[(here + step * ahead) % len(panes)]):
                return

    def _behind(self, dock: Dock) -> bool:
        return dock.spec.area is Area.PAGE and bool(self.front) and dock.spec.id != self.front

    def keep_sizes(self) -> None:
        """Give side panels and strips the size that was meant, in the unit of the text now.

        By itself Qt spreads another size of the window over all panels, and what larger text
        pushed wider stays wide when the text is small again.
        """
        if self._settled:
            QTimer.singleShot(0, self._size)

    def _size(self) -> None:
        self._settled = True
        layout.size(self._window, list(self), self._theme, self.front, self._meant)

    def _take_sizes(self) -> None:
        self._settled = True
        for dock in self:
            self._take_size(dock)

    def _take_size(self, dock: Dock) -> None:
        side, strip = dock.spec.area is Area.SIDE, dock.spec.area is Area.STRIP
        if (side or strip) and dock.isVisible() and not dock.isFloating():
            length = dock.width() if side else dock.height()
            self._meant[dock.spec.id] = length / self._theme.u

    def _resized(self) -> None:
        """Take a size that a hand gives by dragging the line between two panels."""
        dock = self.sender()
        held = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if held and isinstance(dock, Dock):
            self._take_size(dock)

    def _raised(self, panel_id: str) -> None:
        dock = self._docks[panel_id]
        if dock.spec.area is Area.PAGE and not dock.isHidden():
            self.front = panel_id
            self.fronted.emit(panel_id)


def _within(window: QWidget, part: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def _entry_line(widget: QWidget) -> tuple[QWidget, ...]:
    """Return the line of fields a field belongs to: the next one is typed into soon."""
    line: QWidget | None = widget
    while line is not None and line.objectName() != "entry":
        line = line.parentWidget()
    return () if line is None else (line,)


def _focused(window: QWidget, widget: QWidget) -> QRect:
    """Return where the focus is seen: in a list or a painted page, its current item."""
    inside = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    if isinstance(widget, QAbstractItemView):
        place = widget.visualRect(widget.currentIndex())
    elif widget.height() > window.height() // 3:
        cursor = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        place = cursor.toRect() if isinstance(cursor, QRectF) else QRect()
    else:
        return _within(window, widget)
    place = place.intersected(inside.rect())
    return QRect(inside.mapTo(window, place.topLeft()), place.size())


def focus_into(pane: QWidget) -> bool:
    """Put the focus on the first widget of a pane that takes it; tell whether there is one."""
    panel = pane.panel if isinstance(pane, Dock) else None
    if panel is not None:
        panel.focus_first()
        now = panel.window().focusWidget()
        if now is panel or panel.isAncestorOf(now):
            return True
    if isinstance(pane, Rail):
        pane.focus_first()
        return True
    for widget in pane.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
