# SPDX-License-Identifier: Apache-2.0
"""The change feed: what a commit touched, told to the panels on the window's thread.

``announce`` is given to ``Records.on_commit`` and may be called from any thread. Another
program's commits are seen by watching the file's version; what our own commits explain is not
announced twice.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from clinicdesk.desktop.desk import Desk
from clinicdesk.kernel.changes import Changes

WATCH_EVERY_MS = 2000


class ChangeFeed(QObject):
    """Tells ``Changes`` to whoever shows records.

    Attributes:
        changed: ``Changes``, always on the window's thread, once per commit.
    """

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(WATCH_EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._desk: Desk | None = None
        self._version_of: Callable[[], int] | None = None
        self._version: int | None = None
        self._own = 0
        self._looking = False

    def announce(self, changes: Changes) -> None:
        """Tell what a commit touched; any thread."""
        self._arrived.emit(changes)

    def watch(self, desk: Desk, version: Callable[[], int]) -> None:
        """Look every two seconds whether another program wrote to the same clinic."""
        self._desk, self._version_of = desk, version
        self._timer.start()

    def stop(self) -> None:
        """Stop looking."""
        self._timer.stop()

    def _deliver(self, changes: Changes) -> None:
        self._own += 1
        self.changed.emit(changes)

    def _look(self) -> None:
        if self._desk is not None and self._version_of is not None and not self._looking:
            self._looking = True
            self._desk.ask(self._version_of, self._seen, self._not_seen, owner=self)

    def _seen(self, version: int) -> None:
        self._looking = False
        moved = self._version is not None and version != self._version
        self._version = version
        if moved and not self._own:
            self.changed.emit(Changes.everything())
        self._own = 0

    def _not_seen(self, _failure: BaseException) -> None:
        self._looking = False
