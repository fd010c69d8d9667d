# SPDX-License-Identifier: Apache-2.0
"""The spotlight: which record the window is about, so that panels follow without knowing another.

The schedule shines it on ``("patient", 12)``; the patient card and the account, which import
neither the schedule nor each other, show patient 12. Kinds are the rooms' words: ``patient``,
``appointment``, ``invoice``, ``day``.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

Subject = tuple[str, int]


class Spotlight(QObject):
    """The current subject of each kind.

    Attributes:
        shown: (kind, id) when a subject changes; id 0 means none.
        wanted: (kind, id, verb): somebody asks the panel that owns this kind to act, e.g.
            ``("patient", 12, "pay")``; the panel that can, does.
    """

    shown = Signal(str, int)
    wanted = Signal(str, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current: dict[str, int] = {}
        self._recent: dict[str, list[int]] = {}

    def show(self, kind: str, record_id: int) -> None:
        """Shine on a record; repeated shining on the same one tells nobody."""
        if self._current.get(kind) == record_id:
            return
        self._current[kind] = record_id
        if record_id:
            recent = self._recent.setdefault(kind, [])
            if record_id in recent:
                recent.remove(record_id)
            recent.insert(0, record_id)
            del recent[20:]
        self.shown.emit(kind, record_id)

    def ask_for(self, kind: str, record_id: int, verb: str) -> None:
        """Shine on a record and ask for an act on it."""
        self.show(kind, record_id)
        self.wanted.emit(kind, record_id, verb)

    def current(self, kind: str) -> int:
        """Return the id of a kind's subject, 0 for none."""
        return self._current.get(kind, 0)

    def recent(self, kind: str, count: int = 5) -> tuple[int, ...]:
        """Return the latest subjects of a kind, newest first."""
        return tuple(self._recent.get(kind, ())[:count])

    def go_dark(self) -> None:
        """Forget everything: lock or another user."""
        kinds = [kind for kind, record_id in self._current.items() if record_id]
        self._current.clear()
        self._recent.clear()
        for kind in kinds:
            self.shown.emit(kind, 0)
