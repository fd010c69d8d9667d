# SPDX-License-Identifier: Apache-2.0
"""The idle watch: locks when nobody touches keyboard or mouse, and warns a minute before."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, QTimer, Signal

WARNING_S: Final = 60
LEAST_MIN, MOST_MIN = 1, 15
_ACTIVITY: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Counts the time since somebody did something.

    Attributes:
        used: a key, a button, a wheel; from a person or from a program that acts as one.
        warned: seconds left, each second of the last minute; 0 when the warning is over.
        expired: nobody did anything for the whole time.
    """

    used = Signal()
    warned = Signal(int)
    expired = Signal()

    def __init__(self, minutes: int = 10, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limit_s = 0
        self.set_minutes(minutes)
        self._since = QElapsedTimer()
        self._warning = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._look)

    def set_minutes(self, minutes: int) -> None:
        """Set the limit, 1 to 15 minutes."""
        self._limit_s = max(LEAST_MIN, min(MOST_MIN, minutes)) * 60

    def start(self) -> None:
        """Begin to watch the whole program."""
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self._since.start()
        self._timer.start()

    def stop(self) -> None:
        """Stop watching: the window is locked already, or closing."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._timer.stop()
        self._end_warning()

    def touched(self) -> None:
        """Somebody did something."""
        self._since.restart()
        self._end_warning()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice what a person does; nothing is held back."""
        if event.type() in _ACTIVITY:
            self.used.emit()
            if event.spontaneous():
                self.touched()
        return False

    def look_after(self, idle_s: float) -> None:
        """Act as is due after so many seconds without a touch."""
        left = self._limit_s - int(idle_s)
        if left <= 0:
            self._end_warning()
            self._since.restart()
            self.expired.emit()
        elif left <= WARNING_S:
            self._warning = True
            self.warned.emit(left)
        else:
            self._end_warning()

    def _look(self) -> None:
        self.look_after(self._since.elapsed() / 1000)

    def _end_warning(self) -> None:
        if self._warning:
            self._warning = False
            self.warned.emit(0)
