# SPDX-License-Identifier: Apache-2.0
"""Where clinics are on this machine: those opened before, the demo clinic, the usual folder."""

from __future__ import annotations

import json
from pathlib import Path

from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.kernel.settings import Setting
from clinicdesk.wording.text import N_

LAST_CLINIC = Setting("app.clinic", "", N_("The clinic file opened last."))
_RECENT = "app.recent"
_MOST = 5


def data_folder() -> Path:
    """Return where new clinics go unless somebody chooses: local, never a roaming profile."""
    from platformdirs import user_data_path

    return user_data_path("clinicdesk", appauthor=False)


def demo_file() -> Path:
    """Return where "Try the demo clinic" makes it."""
    return data_folder() / "demo" / "demo.clinic"


class Places:
    """The clinics of this desk, the last opened first."""

    def __init__(self, settings: DeskSettings) -> None:
        self._settings = settings

    def last(self) -> Path | None:
        """Return the clinic opened last, if it is still there."""
        kept = self._settings.get(LAST_CLINIC)
        return Path(kept) if kept and Path(kept).exists() else None

    def recent(self) -> tuple[Path, ...]:
        """Return clinics that are there."""
        found = [Path(kept) for kept in self._kept()]
        return tuple(path for path in found if path.exists())

    def remember(self, path: Path) -> None:
        """Note that a clinic was opened."""
        here = str(path.resolve())
        self._settings.put(LAST_CLINIC, here)
        others = [kept for kept in self._kept() if kept != here]
        self._settings.put_text(_RECENT, json.dumps([here, *others][:_MOST]))

    def forget(self, path: Path) -> None:
        """Offer a clinic no more: its file is gone."""
        here = str(path.resolve())
        others = [kept for kept in self._kept() if kept not in {here, str(path)}]
        self._settings.put_text(_RECENT, json.dumps(others))
        self.forget_last()

    def forget_last(self) -> None:
        """Begin with the start window next time."""
        self._settings.put(LAST_CLINIC, "")

    def _kept(self) -> list[str]:
        try:
            kept = json.loads(self._settings.text(_RECENT) or "[]")
        except ValueError:
            kept = []
        own = [one for one in kept if isinstance(one, str)] if isinstance(kept, list) else []
        last = self._settings.get(LAST_CLINIC)
        return own if own or not last else [last]
