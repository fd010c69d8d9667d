# SPDX-License-Identifier: Apache-2.0
"""Backups in the window: now, every day to a chosen folder, their age, and putting one back.

The daily backup is made while the window is open once the last one is a day old, and when the
window is closed. Its folder is this machine's affair and stands in the desk's settings; when the
last one was made is told by the clinic's own trail.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from clinicdesk.app.daily_backup import Age, DailyBackupDialog, StandingOrder
from clinicdesk.app.leaving import Entrance, Leaving, Next
from clinicdesk.app.restoring import RESTORE_WORD, chosen_backup, made_words
from clinicdesk.assembly import Clinic
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.desk import Cancelled, Errand
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.login_recovery import RestoreDialog
from clinicdesk.desktop.shell import Shell
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.storage.backup import MAY_BACK_UP, MAY_RESTORE, Backup, Rotation, check_way
from clinicdesk.storage.keys import ByCode, ByPassword, RecoveryCode, Way
from clinicdesk.wording.text import N_, _, ngettext

_LOOK_MS: Final = 10 * 60_000

ACTIONS: Final = (
    ActionSpec(
        "clinic.back_up",
        N_("&Back up now…"),
        "clinic",
        ("Ctrl+Shift+B",),
        "database-backup",
        MAY_BACK_UP,
        section=3,
    ),
    ActionSpec(
        "clinic.daily_backup",
        N_("&Daily backup…"),
        "clinic",
        (),
        "calendar-clock",
        MAY_BACK_UP,
        section=3,
        aliases=N_("schedule backups, backup folder"),
    ),
    ActionSpec(
        "clinic.restore",
        N_("&Restore a backup…"),
        "clinic",
        (),
        "history",
        MAY_RESTORE,
        section=3,
        aliases=N_("put back"),
    ),
)


class Backups(QObject):
    """What the Clinic menu and the status bar have to do with backups.

    Attributes:
        last: when the latest was made, as far as it is known here.
    """

    def __init__(
        self,
        clinic: Clinic,
        shell: Shell,
        settings: DeskSettings,
        leave: Callable[[Leaving], None],
    ) -> None:
        super().__init__()
        self._clinic, self._shell, self._leave = clinic, shell, leave
        self._room = shell.room
        self.order = StandingOrder(settings, clinic.records.profile.uuid)
        self.last: datetime | None = None
        self._known = False
        self._under_way = False
        self._failed_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        shell.closing.connect(self._timer.stop)  # the cell it writes goes with the window
        shell.destroyed.connect(self._timer.stop)

    def begin(self) -> None:
        """Show the age, and from now on see to the daily backup."""
        self._timer.start()
        self._room.desk.ask(self._clinic.last_backup, self._told, owner=self)

    def due_at_leaving(self) -> Path | None:
        """Return where a backup has to go before the window is closed, if one is due."""
        now = self._room.clock.now()
        return self.order.folder if self._known and self.order.due(self.last, now) else None

    def back_up(self) -> None:
        """Back up to a folder chosen now."""
        start = str(self.order.folder or "")
        folder = QFileDialog.getExistingDirectory(self._shell, _("Back up to"), start)
        if not folder:
            return
        work = partial(_backed_up_to, self._clinic, Path(folder))
        self._room.desk.run_errand(_("Backing up"), work, self._made, owner=self)

    def ask_order(self) -> None:
        """Ask for the folder of the daily backup."""
        dialog = DailyBackupDialog(self._shell, self.order)
        dialog.accepted.connect(self._ordered)
        dialog.open()

    # ── daily ────────────────────────────────────────────────────────────────────────────────

    def _told(self, last: datetime | None) -> None:
        self.last, self._known = last, True
        self._show_age()
        self._run_if_due()

    def _ordered(self) -> None:
        """Make the first one at once, so that it is known that the folder serves."""
        if self.order.daily:
            self._run()
        self._show_age()

    def _look(self) -> None:
        self._show_age()
        self._run_if_due()

    def _run_if_due(self) -> None:
        now = self._room.clock.now()
        again = self._failed_at is None or now - self._failed_at > timedelta(hours=1)
        if again and self.order.due(self.last, now):
            self._run()

    def _run(self) -> None:
        folder = self.order.folder
        if self._under_way or folder is None:
            return
        self._under_way = True
        work = partial(_daily, self._clinic, folder)
        self._room.desk.run_errand(_("Daily backup"), work, self._rotated, self._failed, owner=self)

    def _rotated(self, done: Rotation) -> None:
        self._under_way, self._failed_at = False, None
        self.last = self._room.clock.now()
        self._show_age()
        if done.sound:
            self._room.notices.toast(_("The daily backup is made and checked."))
            return
        names = ", ".join((*done.missing, *done.rotted))
        self._room.notices.banner(
            _("The daily backup is made, but earlier ones are missing or damaged: {names}. "
              "Nothing was removed. Look at the folder, and at the other disk.").format(
                names=names
            ),
            "danger",
        )  # fmt: skip
        words = _("Backups missing ✕")
        self._shell.status.set_cell("backup", words, self._pressed, tone="danger", tip=names)

    def _failed(self, failure: BaseException) -> None:
        self._under_way, self._failed_at = False, self._room.clock.now()
        if isinstance(failure, Cancelled):
            return
        words = _("Backup failed ✕")
        self._shell.status.set_cell("backup", words, self._pressed, tone="danger")
        if isinstance(failure, Trouble):
            sentence = self._room.formats.trouble(failure)
            self._room.notices.banner(sentence, "danger", _("Try again"), self._run)
        else:
            self._room.desk.fail(failure)

    # ── age ──────────────────────────────────────────────────────────────────────────────────

    def _made(self, path: Path) -> None:
        self.last, self._known = self._room.clock.now(), True
        self._room.notices.toast(_("Backed up and checked: {name}").format(name=path.name))
        self._show_age()

    def _show_age(self) -> None:
        age = Age.of(self.last, self._room.clock.now(), self._room.formats)
        may = self._room.actor.may(MAY_BACK_UP)
        needless = self.last is None and self._clinic.records.profile.demo
        words = "" if needless else age.words  # invented people need no backup
        self._shell.status.set_cell(
            "backup", words, self._pressed if may else None, tone=age.tone, tip=age.tip
        )

    def _pressed(self) -> None:
        self._shell.book.trigger("clinic.back_up" if self.order.daily else "clinic.daily_backup")

    # ── restoring ────────────────────────────────────────────────────────────────────────────

    def restore(self) -> None:
        """Choose a backup; nothing happens to the clinic until everything about it fits."""
        path = chosen_backup(self._shell, str(self.order.folder or ""))
        if path is not None:
            work = partial(_looked_at, self._clinic, path)
            self._room.desk.run_errand(_("Reading the backup"), work, self._ask, owner=self)

    def _ask(self, found: tuple[Backup, int, str]) -> None:
        backup, acts, login = found
        facts = [made_words(backup)]
        if acts:
            facts.append(
                ngettext(
                    "{n} act since then is not in it. It stays in the clinic file of now, which "
                    "is kept beside the restored one.",
                    "{n} acts since then are not in it. They stay in the clinic file of now, which "
                    "is kept beside the restored one.",
                    acts,
                ).format(n=self._room.formats.number(acts))
            )
        dialog = RestoreDialog(
            self._room.theme, facts, word=_(RESTORE_WORD), user=login, parent=self._shell
        )
        dialog.restore_wanted.connect(partial(self._check, dialog, backup))
        dialog.open()

    def _check(
        self, dialog: RestoreDialog, backup: Backup, user: str, password: str, code: str
    ) -> None:
        entrance = Entrance(user, password, code)
        self._room.desk.ask(
            partial(_fits, backup, entrance),
            partial(self._go, dialog, backup.path, entrance),
            partial(self._refused, dialog),
            owner=dialog,
        )

    def _go(self, dialog: RestoreDialog, backup: Path, entrance: Entrance, _fits: object) -> None:
        dialog.accept()
        self._leave(Leaving(Next.RESTORE, entrance, backup))

    def _refused(self, dialog: RestoreDialog, failure: BaseException) -> None:
        if isinstance(failure, Refusal):
            dialog.refuse(self._room.formats.refusal(failure))
        elif isinstance(failure, Trouble):
            dialog.refuse(self._room.formats.trouble(failure))
        else:
            dialog.reject()
            self._room.desk.fail(failure)


class OfAnotherClinic(Refusal):
    """A backup never takes another clinic's place from inside it."""

    wording = N_("{name} is a backup of another clinic. Restore it from the start window.")


def farewell(clinic: Clinic, folder: Path, errand: Errand) -> None:
    """Make the daily backup as the last act of a sitting."""
    _daily(clinic, folder, errand)


def _backed_up_to(clinic: Clinic, folder: Path, errand: Errand) -> Path:
    return clinic.back_up(folder, errand.step)


def _daily(clinic: Clinic, folder: Path, errand: Errand) -> Rotation:
    return clinic.daily_backup(folder, errand.step)


def _looked_at(clinic: Clinic, path: Path, _errand: Errand) -> tuple[Backup, int, str]:
    backup = Backup.read(path)
    if backup.manifest.clinic != clinic.records.profile.uuid:
        raise OfAnotherClinic(name=path.name)
    made_at = datetime.fromisoformat(backup.manifest.made_at)
    return backup, clinic.acts_since(made_at), clinic.access.login_of(clinic.actor)


def _fits(backup: Backup, entrance: Entrance) -> None:
    way: Way = ByPassword(entrance.user, entrance.password)
    if entrance.code:
        way = ByCode(RecoveryCode.read(entrance.code))
    check_way(backup, way)
