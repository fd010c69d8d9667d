# SPDX-License-Identifier: Apache-2.0
"""The standing order of a daily backup: where it goes, when it is due, how old the latest is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.forms import FormDialog
from clinicdesk.desktop.shell import Shell
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _, ngettext

DAY: Final = timedelta(hours=24)
_OLD: Final = timedelta(hours=72)


class StandingOrder:
    """Where the daily backup of one clinic goes, on this machine."""

    def __init__(self, settings: DeskSettings, clinic_uuid: str) -> None:
        self._settings = settings
        self._folder_key = f"backup.folder.{clinic_uuid}"
        self._pause_key = f"backup.paused.{clinic_uuid}"

    @property
    def folder(self) -> Path | None:
        """The folder; None until somebody chose one."""
        kept = self._settings.text(self._folder_key)
        return Path(kept) if kept else None

    @property
    def daily(self) -> bool:
        """Whether it is made at all: with a folder it is, unless somebody turned it off."""
        return self.folder is not None and not self._settings.text(self._pause_key)

    def give(self, folder: str, *, daily: bool) -> None:
        """Order it."""
        self._settings.put_text(self._folder_key, folder)
        self._settings.put_text(self._pause_key, "" if daily else "paused")

    def due(self, last: datetime | None, now: datetime) -> bool:
        """Whether it is time; a clock that was put back makes it time too."""
        return self.daily and (last is None or not timedelta() <= now - last < DAY)


@dataclass(frozen=True, slots=True)
class Age:
    """How old the latest backup is, in words and as a tone."""

    words: str
    tone: str
    tip: str

    @classmethod
    def of(cls, last: datetime | None, now: datetime, formats: Formats) -> Age:
        """Say it as the status bar does."""
        if last is None:
            return cls(_("No backup yet ✕"), "danger", _("This clinic was never backed up."))
        hours = max(0, int((now - last).total_seconds() // 3600))
        if hours == 0:
            told = _("Backup just now")
        elif hours < 48:
            told = ngettext("Backup {n} hour old", "Backup {n} hours old", hours).format(n=hours)
        else:
            days = hours // 24
            told = ngettext("Backup {n} day old", "Backup {n} days old", days).format(n=days)
        old = now - last
        mark, tone = ("✓", "ok") if old < DAY else ("⚠", "warn") if old < _OLD else ("✕", "danger")
        when = formats.instant(last)
        return cls(f"{told} {mark}", tone, _("The latest backup is of {when}.").format(when=when))


class FolderEdit(QWidget):
    """A folder: typed, or chosen."""

    def __init__(self, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self.edit = QLineEdit(folder)
        self.edit.setAccessibleName(_("Folder"))
        self.button = QPushButton(_("Choose…"))
        self.button.clicked.connect(self._choose)
        line.addWidget(self.edit, 1)
        line.addWidget(self.button)
        self.setFocusProxy(self.edit)

    def value(self) -> str:
        """Return the folder."""
        return self.edit.text().strip()

    def problem(self) -> str:
        """Say what is wrong with it."""
        folder = self.value()
        if folder and not Path(folder).is_dir():
            return _("There is no such folder.")
        return ""

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Daily backup"), self.value())
        if folder:
            self.edit.setText(folder)


class DailyBackupDialog(FormDialog):
    """Asks where the daily backup goes."""

    def __init__(self, shell: Shell, order: StandingOrder) -> None:
        super().__init__(
            shell.room,
            _("Daily backup"),
            _("Save"),
            shell,
            note=_(
                "Once a day, while ClinicDesk is open or when it is closed, a checked backup is "
                "written here. Kept are those of the last 14 days, and one for each of 8 weeks, "
                "24 months and 7 years. Choose a disk other than the clinic's, best one that is "
                "carried away in turn."
            ),
        )
        self._order = order
        self._folder = FolderEdit(str(order.folder or ""))
        self._daily = QCheckBox(_("Every day"))
        self._daily.setChecked(order.daily or order.folder is None)
        self.form.add("folder", _("Folder"), self._folder, required=True)
        self.form.add("daily", _("Make it"), self._daily)
        self.submit = self._submit

    def _submit(self) -> None:
        self._order.give(self._folder.value(), daily=self._daily.isChecked())
        self.close_done()
