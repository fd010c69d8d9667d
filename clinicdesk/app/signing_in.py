# SPDX-License-Identifier: Apache-2.0
"""The program's life: choose a clinic, sign in, sit, leave, and again."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from clinicdesk.app.claim import Claim
from clinicdesk.app.demo_making import made_demo, told_after_removing
from clinicdesk.app.front_work import FrontWork, in_words
from clinicdesk.app.leaving import Entrance, Leaving, Next
from clinicdesk.app.places import Places, demo_file
from clinicdesk.app.restoring import FrontRestore
from clinicdesk.app.speaking import speak
from clinicdesk.desktop.desk import Cancelled, Errand
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.dialogs import ConfirmDialog
from clinicdesk.desktop.login import LoginWindow, load_meanwhile
from clinicdesk.desktop.login_recovery import RecoveryDialog
from clinicdesk.desktop.start_window import Offer, StartWindow
from clinicdesk.desktop.view_choices import LANGUAGE, kept_theme
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.kernel.settings import Setting
from clinicdesk.storage.nameplate import name_of
from clinicdesk.wording.text import N_, _

if TYPE_CHECKING:
    from clinicdesk.app.first_run.coming import NewClinic
    from clinicdesk.app.sitting import Sitting
    from clinicdesk.assembly import Clinic

LAST_USER = Setting("app.user", "", N_("Who signed in last."))
_ROOMS = ("clinicdesk.assembly", "clinicdesk.app.sitting")
_RECENT = "recent:"

Way = tuple[Offer, Callable[[], None]]


class Program(QObject):
    """From the first window to the last.

    Other ways to come to a clinic (a wizard that makes one) are added in ``_ways`` and end by
    calling ``enter_with``.
    """

    def __init__(self, arguments: argparse.Namespace) -> None:
        super().__init__()
        existing = QApplication.instance()
        self._application = (
            existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
        )
        self._application.setApplicationName("ClinicDesk")
        self._application.setQuitOnLastWindowClosed(False)
        self._settings = DeskSettings.of_this_machine()
        speak(self._settings.get(LANGUAGE) or os.environ.get("LANG", "en").split(".")[0])
        self._theme = kept_theme(self._settings)
        self._arguments = arguments
        self._places = Places(self._settings)
        self._front = FrontWork(self._theme, self)
        self._restoring = FrontRestore(self._theme, self._front, self)
        self._restoring.restored.connect(self.enter_with)
        self._new: NewClinic | None = None
        self._claim = Claim(self)
        self._claim.called.connect(self._raise)
        self._window: QWidget | None = None  # the start or sign-in window
        self._sitting: Sitting | None = None

    def run(self) -> int:
        """Show the first window and run until the last one is closed."""
        path = self._arguments.clinic or self._places.last()
        if path is None:
            self.show_start()
        elif not self.enter(path):
            return 0
        load_meanwhile(_ROOMS)
        return int(self._application.exec())

    # ── choosing a clinic ────────────────────────────────────────────────────────────────────

    def show_start(self, note: str = "") -> None:
        """Ask which clinic."""
        self._claim.let_go()
        recent = [
            Offer(f"{_RECENT}{path}", name_of(path), _shortened(path), "database")
            for path in self._places.recent()
        ]
        start = StartWindow(self._theme, recent, [offer for offer, _act in self._ways()])
        start.chosen.connect(self._chosen)
        start.left.connect(self._left)
        self._show(start)
        start.refuse(note)

    def enter(self, path: Path) -> bool:
        """Ask who is there; False if another window has the clinic, which is raised instead."""
        if not self._claim.take(path):
            return False
        self._ask()
        return True

    def enter_with(self, path: Path, entrance: Entrance, note: str = "") -> None:
        """Open a clinic for somebody whose name and password are known already."""
        if self._claim.path != path and not self._claim.take(path):
            self.show_start(_raised_words())
            return
        self._put_away()
        self._front.shown(
            _("Opening {clinic}").format(clinic=name_of(path)),
            partial(self._unlock, path, entrance),
            partial(self._opened, note=note),
            self._not_entered,
        )

    def _ways(self) -> tuple[Way, ...]:
        new_words = _("A few pages, about three minutes.")
        demo_words = _("A clinic of invented people, to look around in.")
        return (
            (Offer("new", _("Set up a new clinic"), new_words, "plus"), self._set_up),
            (
                Offer("open", _("Open a clinic…"), _("A file ending in .clinic."), "folder-open"),
                self._open_other,
            ),
            (Offer("demo", _("Try the demo clinic"), demo_words, "play"), self._try_demo),
            (
                Offer(
                    "restore",
                    _("Restore a backup…"),
                    _("From another disk, with the recovery code if need be."),
                    "database-backup",
                ),
                self._restore,
            ),
        )

    def _chosen(self, offer_id: str) -> None:
        if offer_id.startswith(_RECENT):
            self._go_in(Path(offer_id.removeprefix(_RECENT)))
            return
        next(act for offer, act in self._ways() if offer.id == offer_id)()

    def _open_other(self) -> None:
        name, _filter = QFileDialog.getOpenFileName(
            self._window, _("Open a clinic"), "", _("Clinic files") + " (*.clinic)"
        )
        if name:
            self._go_in(Path(name))

    def _go_in(self, path: Path) -> None:
        if not self.enter(path) and isinstance(self._window, StartWindow):
            self._window.refuse(_raised_words())

    def _try_demo(self) -> None:
        path = demo_file()
        self._put_away()
        self._front.shown(
            _("Making the demo clinic"),
            partial(made_demo, path),
            self._demo_made,
            self._no_demo,
            cancel=_("Cancel"),
            note=_("A year of invented appointments and payments; about half a minute."),
        )

    def _demo_made(self, path: Path) -> None:
        from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER

        self.enter_with(path, Entrance(DEMO_USER, DEMO_PASSWORD))

    def _no_demo(self, failure: Refusal | Trouble | Cancelled) -> None:
        self.show_start("" if isinstance(failure, Cancelled) else in_words(failure))

    def _set_up(self) -> None:
        from clinicdesk.app.first_run.coming import NewClinic

        if self._new is None:
            self._new = NewClinic(self._theme, self._settings, self._front, self)
            self._new.made.connect(self.enter_with)
            self._new.given_up.connect(self.show_start)
            self._new.left.connect(self._left)
        self._put_away()
        self._new.begin()

    def _restore(self) -> None:
        if self._window is not None:
            self._restoring.ask(self._window)

    # ── signing in ───────────────────────────────────────────────────────────────────────────

    def _ask(self, note: str = "", refused: str = "") -> None:
        path = self._claim.path
        if path is None:
            return
        demo = path == demo_file()
        user = self._arguments.user or ("owner" if demo else self._settings.get(LAST_USER))
        if demo and not note:
            note = _("Invented people only. Sign in as owner with demo-clinic-demo.")
        login = LoginWindow(self._theme, name_of(path), user=user, note=note)
        login.sign_in_wanted.connect(self._sign_in)
        login.other_clinic_wanted.connect(self._other)
        login.recovery_wanted.connect(self._lost)
        login.left.connect(self._left)
        self._show(login)
        if refused:
            login.refuse(refused)

    def _other(self) -> None:
        self._places.forget_last()
        self.show_start()

    def _sign_in(self, user: str, password: str) -> None:
        if self._claim.path is None:
            return
        self._settings.put(LAST_USER, user)
        entrance = Entrance(user, password)
        self._front.quietly(
            partial(self._unlock, self._claim.path, entrance), self._opened, self._refused
        )

    def _lost(self) -> None:
        if self._claim.path is None or self._window is None:
            return
        dialog = RecoveryDialog(self._theme, name_of(self._claim.path), self._window)
        dialog.recovery_wanted.connect(partial(self._recover, dialog))
        dialog.open()

    def _recover(self, dialog: RecoveryDialog, code: str, password: str) -> None:
        if self._claim.path is not None:
            self._front.quietly(
                partial(self._unlock, self._claim.path, Entrance("", password, code)),
                partial(self._recovered, dialog),
                partial(_not_recovered, dialog),
            )

    def _recovered(self, dialog: RecoveryDialog, clinic: Clinic) -> None:
        dialog.accept()
        self._opened(clinic)

    def _refused(self, failure: Refusal | Trouble | Cancelled) -> None:
        if isinstance(self._window, LoginWindow):
            self._window.refuse(in_words(failure))

    def _not_entered(self, failure: Refusal | Trouble | Cancelled) -> None:
        self._ask(refused=in_words(failure))

    # ── sitting ──────────────────────────────────────────────────────────────────────────────

    def _opened(self, clinic: Clinic, note: str = "") -> None:
        self._places.remember(clinic.path)
        self._sit(clinic, note)

    def _sit(self, clinic: Clinic, note: str = "") -> None:
        from clinicdesk.app.sitting import Sitting

        self._sitting = Sitting(
            clinic,
            self._theme,
            self._settings,
            check_password=clinic.is_my_password,
            reset_layout=self._arguments.reset_layout,
            farewell=True,
        )
        self._sitting.over.connect(self._over)
        self._sitting.start()
        if note:
            self._sitting.room.notices.banner(note, "ok")
        self._put_away()

    def _over(self, leaving: Leaving) -> None:
        sitting, self._sitting = self._sitting, None
        if sitting is not None:
            sitting.shell.deleteLater()  # and with it whatever it showed to who left
        if sitting is not None and leaving.backup_to is not None:
            self._say_farewell(sitting, leaving.backup_to)
            return
        match leaving.next:
            case Next.SIGN_IN:
                self._ask(leaving.note)
            case Next.START:
                self._other()
            case Next.SWITCH if self._claim.path is not None:
                self._settings.put(LAST_USER, leaving.entrance.user)
                self.enter_with(self._claim.path, leaving.entrance)
            case Next.RENEW if sitting is not None and leaving.actor is not None:
                self._sit(replace(sitting.clinic, actor=leaving.actor), leaving.note)
            case Next.REMOVE_DEMO if self._claim.path is not None:
                self._claim.release()
                self.show_start(told_after_removing(self._claim.path, self._places))
            case Next.RESTORE if self._claim.path is not None and leaving.backup is not None:
                self._claim.release()
                self._restoring.put_back(
                    leaving.backup, self._claim.path, leaving.entrance, self._undone
                )
            case _:
                self._left()

    def _say_farewell(self, sitting: Sitting, folder: Path) -> None:
        """Make the backup that is due while the last window closes."""
        from clinicdesk.app.backups import farewell

        self._front.shown(
            _("The daily backup, before ClinicDesk closes"),
            partial(farewell, sitting.clinic, folder),
            partial(self._farewell_said, sitting),
            partial(self._not_backed_up, sitting, folder),
            cancel=_("Close without it"),
        )

    def _farewell_said(self, sitting: Sitting, _done: object) -> None:
        sitting.end()
        self._left()

    def _not_backed_up(
        self, sitting: Sitting, folder: Path, failure: Refusal | Trouble | Cancelled
    ) -> None:
        if isinstance(failure, Cancelled):
            self._farewell_said(sitting, None)
            return
        dialog = ConfirmDialog(
            self._theme,
            question=_("The daily backup was not made. Try again?"),
            detail=in_words(failure),
            verb=_("Close without it"),
            keep=_("Try again"),
        )
        dialog.accepted.connect(partial(self._farewell_said, sitting, None))
        dialog.rejected.connect(partial(self._say_farewell, sitting, folder))
        dialog.open()

    def _undone(self, failure: Refusal | Trouble | Cancelled) -> None:
        self._ask(refused=in_words(failure))

    def _left(self) -> None:
        self._claim.let_go()
        self._application.quit()

    # ── windows ──────────────────────────────────────────────────────────────────────────────

    def _unlock(self, path: Path, entrance: Entrance, _errand: Errand | None = None) -> Clinic:
        """Take the window's lock and open; on the front's lane."""
        self._claim.lock(path)
        return _open(path, entrance)

    def _show(self, window: StartWindow | LoginWindow) -> None:
        self._put_away()
        self._window = window
        window.show()

    def _put_away(self) -> None:
        window, self._window = self._window, None
        if isinstance(window, StartWindow | LoginWindow):
            window.left.disconnect(self._left)
            window.close()
            window.deleteLater()

    def _raise(self) -> None:
        sitting = self._sitting
        own = self._new.window if self._new is not None else None
        window = sitting.shell if sitting is not None else self._window or self._front.window or own
        if window is not None:
            window.showNormal() if window.isMinimized() else window.show()
            window.raise_()
            window.activateWindow()


def _open(path: Path, entrance: Entrance) -> Clinic:
    """Unlock and open; on a lane, since the key takes its time by design."""
    from clinicdesk.assembly import open_clinic, recover_clinic

    user = entrance.user
    if entrance.code:
        from clinicdesk.storage.keys import RecoveryCode

        user = recover_clinic(path, RecoveryCode.read(entrance.code), entrance.password)
    return open_clinic(path, user, entrance.password)


def _not_recovered(dialog: RecoveryDialog, failure: Refusal | Trouble | Cancelled) -> None:
    dialog.refuse(in_words(failure))


def _raised_words() -> str:
    return _("This clinic is open in another window, which was brought to the front.")


def _shortened(path: Path) -> str:
    """Return a path with the home folder left out."""
    home = str(Path.home())
    told = str(path)
    return "~" + told[len(home) :] if told.startswith(home + os.sep) else told
