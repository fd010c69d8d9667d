# SPDX-License-Identifier: Apache-2.0
"""The change feed: what a commit touched, told to the panels on the window's thread.

``announce`` is given to ``Records.on_commit`` and may be called from any thread. What other
programs commit is seen by watching a number that is another one after each of their acts.
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
        changed: ``Changes``, always on the window's thread, once per commit; not while it is held,
            because what is covered must not fill with patients again.
        heard: the same, held or not.
    """

    changed = Signal(object)
    heard = Signal(object)
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
        self._looking = False
        self._held = False

    def announce(self, changes: Changes) -> None:
        """Tell what a commit touched; any thread."""
        self._arrived.emit(changes)

    def watch(self, desk: Desk, version: Callable[[], int]) -> None:
        """Look every two seconds whether another program wrote to the same clinic.

        ``version`` is called on the records lane and must not count this window's own acts.
        """
        self._desk, self._version_of = desk, version
        self._timer.start()
        self._look()

    def stop(self) -> None:
        """Stop looking."""
        self._timer.stop()

    def hold(self) -> None:
        """Tell the panels nothing until ``let_go``; they ask everything anew then."""
        self._held = True

    def let_go(self) -> None:
        """Tell the panels again."""
        self._held = False

    def _deliver(self, changes: Changes) -> None:
        self.heard.emit(changes)
        if not self._held:
            self.changed.emit(changes)

    def _look(self) -> None:
        if self._desk is not None and self._version_of is not None and not self._looking:
            self._looking = True
            self._desk.ask(self._version_of, self._seen, self._not_seen, owner=self)

    def _seen(self, version: int) -> None:
        self._looking = False
        moved = self._version is not None and version != self._version
        self._version = version
        if moved:
            self._deliver(Changes.everything())

    def _not_seen(self, _failure: BaseException) -> None:
        self._looking = False
