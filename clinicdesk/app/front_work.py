# SPDX-License-Identifier: Apache-2.0
"""Work while no sitting is open: opening, making, restoring; off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from clinicdesk.desktop.busy_window import BusyWindow
from clinicdesk.desktop.desk import Cancelled, Errand
from clinicdesk.desktop.lanes import Lane, Outcome
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.refusals import Refusal, Trouble

Done = Callable[[Any], None]
Failed = Callable[[Refusal | Trouble | Cancelled], None]


class FrontWork(QObject):
    """Carries one piece of work out on a lane and tells how it ended, in the window's thread.

    Attributes:
        window: what shows it, if anything does.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lane = Lane("front")
        self._lane.ended.connect(self._ended)
        self._number = 0
        self._waiting: dict[int, tuple[Done, Failed]] = {}
        self.window: BusyWindow | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._waiting)

    def quietly(self, work: Callable[[], Any], done: Done, failed: Failed) -> None:
        """Do it while another window says that it waits."""
        self._number += 1
        self._waiting[self._number] = (done, failed)
        self._lane.submit(self._number, work)

    def shown(
        self,
        title: str,
        work: Callable[[Errand], Any],
        done: Done,
        failed: Failed,
        *,
        cancel: str = "",
        note: str = "",
    ) -> None:
        """Do it in a window of its own; ``work`` is given the errand, whose step may raise."""
        errand = Errand(title)
        self.window = BusyWindow(self._theme, errand, note, cancel)
        self.window.show()
        self.quietly(partial(work, errand), done, failed)

    def _ended(self, outcome: Outcome) -> None:
        done, failed = self._waiting.pop(outcome.ticket)
        if self.window is not None and not self._waiting:
            self.window.put_away()
            self.window = None
        if outcome.failure is None:
            done(outcome.value)
        elif isinstance(outcome.failure, Refusal | Trouble | Cancelled):
            failed(outcome.failure)
        else:
            raise outcome.failure


def in_words(failure: Refusal | Trouble | Cancelled) -> str:
    """Return a failure in the reader's language, without any clinic's formats."""
    from clinicdesk.wording.text import _

    if isinstance(failure, Cancelled):
        return _("Cancelled. Nothing was changed.")
    places = {key: str(value) for key, value in failure.fields.items()}
    if isinstance(failure, Refusal):
        return _(failure.wording).format(**places)
    parts = (failure.what, failure.safe, failure.do)
    return " ".join(_(part).format(**places) for part in parts if part)
