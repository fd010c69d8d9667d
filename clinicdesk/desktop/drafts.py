# SPDX-License-Identifier: Apache-2.0
"""The journal of drafts: what stands unfinished in the panels, kept 250 ms after a touch.

A panel that has something to lose is ``Drafting``: it says what stands in its fields as plain
values, and can put them back. Nothing here knows what they mean. While the window is locked the
panels are empty and the journal holds what they had.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Protocol, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, QTimer

from clinicdesk.desktop.desk import Desk

PAUSE_MS: Final = 250
Draft = dict[str, Any]
Keep = Callable[[dict[str, Draft | None]], None]


@runtime_checkable
class Drafting(Protocol):
    """A panel with something to lose."""

    def draft(self) -> Draft | None:
        """Return what stands unfinished, as plain values that JSON can hold; None if nothing."""
        ...

    def take_draft(self, draft: Draft) -> None:
        """Put it back into the fields; what cannot be put back any more is left out."""
        ...


class DraftJournal(QObject):
    """Watches the panels and keeps what changed."""

    def __init__(
        self,
        desk: Desk,
        panels: Callable[[], Iterable[tuple[str, object]]],
        keep: Keep,
        parent: QObject | None = None,
    ) -> None:
        """Make the journal.

        Args:
            desk: carries the keeping out, in order with the commands.
            panels: the panels made so far, by id.
            keep: keeps drafts by panel; None removes one. Called on the records lane.
            parent: owns it.
        """
        super().__init__(parent)
        self._desk, self._panels, self._keep = desk, panels, keep
        self._kept: dict[str, Draft] = {}
        self._held: dict[str, Draft] | None = None
        self._is_over = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.write)
        desk.busy_changed.connect(self._rested)

    def already(self, drafts: Mapping[str, Draft]) -> None:
        """Say what is kept from an earlier time, so that it goes when it is done with."""
        self._kept.update(drafts)

    def touched(self) -> None:
        """Somebody did something: look in a moment."""
        if self._held is None and not self._is_over and not self._timer.isActive():
            self._timer.start()

    def write(self) -> None:
        """Keep what changed since the last time."""
        self._timer.stop()
        if self._held is not None or self._is_over:
            return
        now = self._now()
        changed: dict[str, Draft | None] = {
            panel: body for panel, body in now.items() if self._kept.get(panel) != body
        }
        seen = {panel for panel, _panel in self._alive()}
        changed.update({panel: None for panel in self._kept if panel in seen and panel not in now})
        if changed:
            unseen = {panel: body for panel, body in self._kept.items() if panel not in seen}
            self._kept = {**unseen, **now}
            self._desk.ask(_Keeping(self._keep, changed), self._written, owner=self)

    def end(self) -> None:
        """Write for the last time: the window closes, and its panels go with it."""
        self.write()
        self._is_over = True

    def hold(self) -> None:
        """Write, and hold the drafts while the panels forget them: the window is about to lock."""
        self.write()
        self._held = self._now()

    def give_back(self) -> None:
        """Put what was held back into the panels: the same person unlocked."""
        held, self._held = self._held or {}, None
        for panel_id, panel in self._alive():
            if panel_id in held and isinstance(panel, Drafting):
                panel.take_draft(held[panel_id])

    def _now(self) -> dict[str, Draft]:
        found = {}
        for panel_id, panel in self._alive():
            if isinstance(panel, Drafting):
                body = panel.draft()
                if body is not None:
                    found[panel_id] = body
        return found

    def _alive(self) -> Iterable[tuple[str, object]]:
        """Return the panels without those whose widget went with its window."""
        return [(name, panel) for name, panel in self._panels() if shiboken6.isValid(panel)]

    def _written(self, _nothing: object) -> None:
        """The file has it."""

    def _rested(self, busy: int) -> None:
        if busy == 0:
            self.touched()  # a command may have finished what was a draft


class _Keeping:
    """One turn of keeping, for the records lane."""

    def __init__(self, keep: Keep, drafts: dict[str, Draft | None]) -> None:
        self._keep, self._drafts = keep, drafts

    def __call__(self) -> None:
        self._keep(self._drafts)
