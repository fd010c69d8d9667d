# SPDX-License-Identifier: Apache-2.0
"""Garbage is collected on the window's thread only.

Python collects wherever an allocation happens to cross its threshold. In a lane that would destroy
widgets and timers of the window there, which Qt answers with a crash.

A look at all the rows that a long errand holds would stop the window for a fifth of a second and
find nothing, so while one runs only what is quickly looked at is.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic
from typing import ClassVar, Final

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 400
QUICK: Final = 20_000  # objects looked at within a few milliseconds
LATEST_S: Final = 30.0  # an errand of minutes must not fill the memory with garbage


def _never() -> bool:
    return False


class Tidier(QObject):
    """Collects while the event loop runs; until the last one stops nobody else does."""

    _at_work: ClassVar[int] = 0
    _frozen: ClassVar[bool] = False

    def __init__(
        self, parent: QObject | None = None, *, is_long: Callable[[], bool] = _never
    ) -> None:
        """Begin.

        Args:
            parent: owns it.
            is_long: tells whether long work runs beside the window just now.
        """
        super().__init__(parent)
        self._is_long, self._whole_at = is_long, monotonic()
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
        """Collect as far as Python itself would by now, or only what is quick."""
        if self._is_long() and monotonic() - self._whole_at < LATEST_S:
            if gc.get_threshold()[0] < gc.get_count()[0] < QUICK:
                gc.collect(0)
            return
        self._whole_at = monotonic()
        due = zip(gc.get_count(), gc.get_threshold(), strict=True)
        oldest = [generation for generation, (count, most) in enumerate(due) if count > most][-1:]
        for generation in oldest:  # which takes the younger ones in
            gc.collect(generation)
