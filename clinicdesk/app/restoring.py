# SPDX-License-Identifier: Apache-2.0
"""Restoring a backup while no clinic is open: after a loss, on another machine, over a closed one.

What the place held moves aside with its log and key slots; it is never deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from clinicdesk.app.front_work import FrontWork, in_words
from clinicdesk.app.leaving import Entrance
from clinicdesk.app.places import data_folder
from clinicdesk.desktop.desk import Cancelled, Errand
from clinicdesk.desktop.login_recovery import RestoreDialog
from clinicdesk.desktop.start_window import StartWindow
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.wording.text import N_, _

if TYPE_CHECKING:
    from clinicdesk.assembly import RestoredClinic
    from clinicdesk.storage.backup import Backup

RESTORE_WORD = N_("restore")
Failed = Callable[[Refusal | Trouble | Cancelled], None]


class FrontRestore(QObject):
    """Asks which backup and whereto, and puts it there.

    Attributes:
        restored: (clinic file, ``Entrance`` of who restored it, what to tell).
    """

    restored = Signal(object, object, str)

    def __init__(self, theme: Theme, front: FrontWork, parent: QObject) -> None:
        super().__init__(parent)
        self._theme, self._front = theme, front

    def ask(self, window: QWidget) -> None:
        """Let a backup be chosen over the start window."""
        name = chosen_backup(window, "")
        if name is not None:
            self._front.quietly(
                partial(_read, name), partial(self._whereto, window), partial(_say, window)
            )

    def put_back(self, backup: Path, to: Path, entrance: Entrance, failed: Failed) -> None:
        """Restore over a clinic that nobody has open any more."""
        self._front.shown(
            _("Restoring the backup"),
            partial(_restore, backup, to, entrance),
            partial(self._done, entrance),
            failed,
            note=_("What is there now is kept beside it."),
        )

    def _whereto(self, window: QWidget, backup: Backup) -> None:
        data_folder().mkdir(parents=True, exist_ok=True)
        stem = backup.path.name.split("-", 1)[0] or "clinic"
        name, _filter = QFileDialog.getSaveFileName(
            window,
            _("Restore to"),
            str(data_folder() / f"{stem}.clinic"),
            _("Clinic files") + " (*.clinic)",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not name:
            return
        to = Path(name if name.endswith(".clinic") else f"{name}.clinic")
        facts = [made_words(backup), _("It will be {path}.").format(path=to)]
        if to.exists():
            facts.append(_("The clinic file that is there now is kept beside it."))
        word = _(RESTORE_WORD) if to.exists() else ""
        dialog = RestoreDialog(self._theme, facts, word=word, parent=window)
        dialog.restore_wanted.connect(partial(self._begin, dialog, backup.path, to))
        dialog.open()

    def _begin(
        self, dialog: RestoreDialog, backup: Path, to: Path, user: str, password: str, code: str
    ) -> None:
        entrance = Entrance(user, password, code)
        errand = Errand("")
        self._front.quietly(
            partial(_restore, backup, to, entrance, errand),
            partial(self._accepted, dialog, entrance),
            partial(_refused, dialog),
        )

    def _accepted(self, dialog: RestoreDialog, entrance: Entrance, done: RestoredClinic) -> None:
        dialog.accept()
        self._done(entrance, done)

    def _done(self, entrance: Entrance, done: RestoredClinic) -> None:
        note = _("The backup is restored.")
        if done.aside is not None:
            note = _("The backup is restored. What was there is kept as {name}.").format(
                name=done.aside.name
            )
        self.restored.emit(done.path, Entrance(done.login, entrance.password), note)


def chosen_backup(window: QWidget, folder: str) -> Path | None:
    """Ask for a backup file."""
    name, _filter = QFileDialog.getOpenFileName(
        window, _("Restore a backup"), folder, _("Backups") + " (*.clinicbackup)"
    )
    return Path(name) if name else None


def made_words(backup: Backup) -> str:
    """Say which backup it is and when it was made."""
    made = QDateTime.fromSecsSinceEpoch(
        round(datetime.fromisoformat(backup.manifest.made_at).timestamp())
    )
    when = QLocale().toString(made, QLocale.FormatType.LongFormat)
    return _("{name}, made on {when}.").format(name=backup.path.name, when=when)


def _read(path: Path) -> Backup:
    from clinicdesk.storage.backup import Backup

    return Backup.read(path)


def _restore(backup: Path, to: Path, entrance: Entrance, errand: Errand) -> RestoredClinic:
    from clinicdesk.assembly import restore_clinic
    from clinicdesk.storage.keys import ByCode, ByPassword, RecoveryCode, Way

    way: Way = ByPassword(entrance.user, entrance.password)
    new_password = ""
    if entrance.code:
        way, new_password = ByCode(RecoveryCode.read(entrance.code)), entrance.password
    return restore_clinic(backup, to, way, errand.step, new_password=new_password)


def _say(window: QWidget, failure: Refusal | Trouble | Cancelled) -> None:
    if isinstance(window, StartWindow):
        window.refuse(in_words(failure))


def _refused(dialog: RestoreDialog, failure: Refusal | Trouble | Cancelled) -> None:
    dialog.refuse(in_words(failure))
