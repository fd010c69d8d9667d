# SPDX-License-Identifier: Apache-2.0
"""Tells each new minute of the clinic's clock, on the minute; midnight is a minute like others."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from clinicdesk.kernel.moments import Clock

_MINUTE_MS = 60_000


class MinuteTick(QObject):
    """Ticks.

    Attributes:
        ticked: the instant, an aware datetime.
    """

    ticked = Signal(object)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)
        self._aim()

    def tick(self) -> None:
        """Tell the present minute and aim at the next."""
        self.ticked.emit(self._clock.now())
        self._aim()

    def _aim(self) -> None:
        now = self._clock.now()
        passed = now.second * 1000 + now.microsecond // 1000
        self._timer.start(_MINUTE_MS - passed + 5)
