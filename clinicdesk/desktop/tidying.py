# SPDX-License-Identifier: Apache-2.0
"""Garbage is collected on the window's thread only.

Python collects wherever an allocation happens to cross its threshold. In a lane that would destroy
widgets and timers of the window there, which Qt answers with a crash.
"""

from __future__ import annotations

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 400


class Tidier(QObject):
    """Collects while the event loop runs; until the last one stops nobody else does."""

    _at_work: ClassVar[int] = 0
    _frozen: ClassVar[bool] = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._tidy)
        self._timer.start()
        self._stopped = False
        if not Tidier._frozen:
            Tidier._frozen = True
            gc.collect()
            gc.freeze()  # what was imported stays anyway, and makes each look longer
        Tidier._at_work += 1
        gc.disable()

    def stop(self) -> None:
        """Let Python collect by itself again once no lane is left."""
        if not self._stopped:
            self._stopped = True
            self._timer.stop()
            Tidier._at_work -= 1
            if not Tidier._at_work:
                gc.enable()

    def _tidy(self) -> None:
        """Collect as far as Python itself would by now."""
        for generation, (count, most) in enumerate(
            zip(gc.get_count(), gc.get_threshold(), strict=True)
        ):
            if count <= most:
                return
            gc.collect(generation)
