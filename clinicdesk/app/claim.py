# SPDX-License-Identifier: Apache-2.0
"""One window per clinic and person: the name a second start calls, and the lock on the file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from clinicdesk.desktop.single_instance import SingleInstance, socket_name

if TYPE_CHECKING:
    from clinicdesk.storage.locks import WindowLock


class Claim(QObject):
    """What this program holds of a clinic.

    Attributes:
        path: the clinic; None while none is chosen.
        called: another start wants this window to come forward.
    """

    called = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._lock: WindowLock | None = None
        self._instance: SingleInstance | None = None

    @property
    def locked(self) -> bool:
        """Whether the file's lock is held."""
        return self._lock is not None

    def take(self, path: Path) -> bool:
        """Stand for a clinic from now on; False if another window does, which is raised."""
        person = os.environ.get("USER") or os.environ.get("USERNAME") or ""
        instance = SingleInstance(socket_name(path, person), self)
        if instance.call_first("raise"):
            return False
        self.let_go()
        instance.listen()
        instance.called.connect(self.called)
        self._instance, self.path = instance, path
        return True

    def lock(self, path: Path) -> None:
        """Lock the file against other windows, unless that is done already; any thread.

        Raises:
            Trouble: somebody else has it.
        """
        from clinicdesk.storage.files import desk_folder
        from clinicdesk.storage.locks import WindowLock

        if self._lock is None and path.exists():
            self._lock = WindowLock.take(path, desk_folder())

    def release(self) -> None:
        """Unlock the file, e.g. so that a backup can take its place."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def let_go(self) -> None:
        """Stand for no clinic any more."""
        self.release()
        if self._instance is not None:
            self._instance.close()
        self._instance, self.path = None, None
