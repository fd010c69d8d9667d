# SPDX-License-Identifier: Apache-2.0
"""Settings of this desk: theme, text size, widths, window layout. Never anything of a patient.

One JSON file in the platform's folder for settings, replaced as a whole: a power cut leaves the
old one or the new one. A damaged file counts as none, and is kept aside.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from clinicdesk.kernel.settings import Setting

_log = logging.getLogger(__name__)
T = TypeVar("T", str, int, bool)
Value = str | int | bool | list[str] | dict[str, int]


def settings_folder() -> Path:
    """Return the folder of this person's settings on this machine."""
    from platformdirs import user_config_path

    return user_config_path("clinicdesk", appauthor=False)


class DeskSettings(QObject):
    """Reads once, writes at every ``put``.

    Attributes:
        path: the file; ``None`` keeps everything in memory, for tests and the tour.
        changed: key of a value that is another one now.
    """

    changed = Signal(str)

    def __init__(self, path: Path | None = None) -> None:
        super().__init__()
        self.path = path
        self._values: dict[str, Value] = {}
        if path is not None:
            self._values = _read(path)

    @classmethod
    def of_this_machine(cls) -> DeskSettings:
        """Return the settings in their usual place."""
        return cls(settings_folder() / "desk.json")

    def get(self, setting: Setting[T]) -> T:
        """Return the kept value, or the default if there is none of that type."""
        value = self._values.get(setting.key)
        return value if type(value) is type(setting.default) else setting.default

    def put(self, setting: Setting[T], value: T) -> None:
        """Keep a value."""
        self._put(setting.key, value)

    def text(self, key: str) -> str:
        """Return a kept text that is no declared setting, such as a header's state."""
        value = self._values.get(key)
        return value if isinstance(value, str) else ""

    def put_text(self, key: str, value: str) -> None:
        """Keep a text."""
        self._put(key, value)

    def forget(self, prefix: str) -> None:
        """Forget every value whose key begins so."""
        self._values = {k: v for k, v in self._values.items() if not k.startswith(prefix)}
        self._write()

    def _put(self, key: str, value: Value) -> None:
        if self._values.get(key) == value and key in self._values:
            return
        self._values[key] = value
        self._write()
        self.changed.emit(key)

    def _write(self) -> None:
        if self.path is None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", dir=self.path.parent, prefix=".desk-", delete=False, encoding="utf-8"
            ) as file:
                json.dump(self._values, file, ensure_ascii=False, indent=1, sort_keys=True)
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(self.path)
        except OSError as failure:  # a full disk must not stop the work at the desk
            _log.error("the desk's settings were not kept: %s", failure.strerror)


def _read(path: Path) -> dict[str, Value]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, json.JSONDecodeError):
        values = None
    if isinstance(values, dict):
        return {str(key): value for key, value in values.items()}
    try:
        path.replace(path.with_suffix(".damaged.json"))
    except OSError:
        _log.info("a damaged settings file could not be put aside")
    return {}
