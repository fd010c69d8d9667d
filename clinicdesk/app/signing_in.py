# SPDX-License-Identifier: Apache-2.0
"""The program's life: choose a clinic, sign in, sit, leave, and again."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.lanes import Lane, Outcome
from clinicdesk.desktop.login import LoginWindow, load_meanwhile
from clinicdesk.desktop.single_instance import SingleInstance, socket_name
from clinicdesk.desktop.view_choices import kept_theme
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.kernel.settings import Setting
from clinicdesk.wording import text
from clinicdesk.wording.text import N_, _

if TYPE_CHECKING:
    from clinicdesk.app.sitting import Sitting
    from clinicdesk.assembly import Clinic
    from clinicdesk.storage.locks import WindowLock

LAST_CLINIC = Setting("app.clinic", "", N_("The clinic file opened last."))
LAST_USER = Setting("app.user", "", N_("Who signed in last."))
LANGUAGE = Setting("app.language", "", N_("Language of the window; empty follows the system."))
_ROOMS = ("clinicdesk.assembly", "clinicdesk.app.sitting")


def _open(path: Path, user: str, password: str) -> Clinic:
    """Unlock and open; on a lane, since the key takes its time by design."""
    from clinicdesk.assembly import open_clinic

    return open_clinic(path, user, password)


class Program(QObject):
    """From the first window to the last."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        super().__init__()
        existing = QApplication.instance()
        self._application = (
            existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
        )
        self._application.setApplicationName("ClinicDesk")
        self._application.setQuitOnLastWindowClosed(False)
        self._settings = DeskSettings.of_this_machine()
        text.use(self._settings.get(LANGUAGE) or os.environ.get("LANG", "en").split(".")[0])
        self._theme = kept_theme(self._settings)
        self._arguments = arguments
        self._path: Path | None = arguments.clinic
        self._login: LoginWindow | None = None
        self._sitting: Sitting | None = None
        self._lane = Lane("opening")
        self._lane.ended.connect(self._tried)
        self._lock: WindowLock | None = None
        self._instance: SingleInstance | None = None

    def run(self) -> int:
        """Show the sign-in window and run until the last window is closed."""
        if self._path is None:
            kept = self._settings.get(LAST_CLINIC)
            self._path = Path(kept) if kept and Path(kept).exists() else self._choose()
        if self._path is None:
            return 0
        person = os.environ.get("USER") or os.environ.get("USERNAME") or ""
        self._instance = SingleInstance(socket_name(self._path, person), self)
        if self._instance.call_first("raise"):
            return 0
        self._instance.listen()
        self._instance.called.connect(self._raise)
        self._ask()
        load_meanwhile(_ROOMS)
        return int(self._application.exec())

    def _choose(self) -> Path | None:
        name, _filter = QFileDialog.getOpenFileName(
            None, _("Open a clinic"), "", _("Clinic files") + " (*.clinic)"
        )
        return Path(name) if name else None

    def _ask(self) -> None:
        path = self._path
        if path is None:
            return
        user = self._arguments.user or self._settings.get(LAST_USER)
        login = LoginWindow(self._theme, path.stem, user=user)
        login.sign_in_wanted.connect(self._sign_in)
        login.other_clinic_wanted.connect(self._other)
        login.left.connect(self._left)
        self._login = login
        login.show()

    def _other(self) -> None:
        chosen = self._choose()
        if chosen is not None and self._login is not None:
            self._path = chosen
            self._login.left.disconnect(self._left)
            self._login.close()
            self._ask()

    def _sign_in(self, user: str, password: str) -> None:
        from clinicdesk.storage.files import desk_folder
        from clinicdesk.storage.locks import WindowLock

        if self._path is None or self._login is None:
            return
        self._login.set_busy(busy=True)
        try:
            if self._lock is None and self._path.exists():
                self._lock = WindowLock.take(self._path, desk_folder())
        except (Refusal, Trouble) as failure:
            self._refused(failure)
            return
        self._lane.submit(1, partial(_open, self._path, user, password))
        self._settings.put(LAST_USER, user)

    def _tried(self, outcome: Outcome) -> None:
        if isinstance(outcome.failure, Refusal | Trouble):
            self._refused(outcome.failure)
        elif outcome.failure is not None:
            raise outcome.failure
        else:
            self._opened(outcome.value)

    def _refused(self, failure: Refusal | Trouble) -> None:
        if self._login is not None:
            self._login.set_busy(busy=False)
            places = {key: str(value) for key, value in failure.fields.items()}
            if isinstance(failure, Refusal):
                words = _(failure.wording).format(**places)
            else:
                parts = (failure.what, failure.safe, failure.do)
                words = " ".join(_(part).format(**places) for part in parts if part)
            self._login.refuse(words)

    def _opened(self, clinic: Clinic) -> None:
        from clinicdesk.app.sitting import Sitting

        self._settings.put(LAST_CLINIC, str(clinic.path.resolve()))
        self._sitting = Sitting(
            clinic,
            self._theme,
            self._settings,
            check_password=clinic.opened.ring.is_password,
            reset_layout=self._arguments.reset_layout,
        )
        self._sitting.over.connect(self._over)
        self._sitting.start()
        if self._login is not None:
            self._login.left.disconnect(self._left)
            self._login.close()
            self._login = None

    def _over(self, another: bool) -> None:  # noqa: FBT001 -- a signal's value
        self._sitting = None
        if another:
            self._ask()
        else:
            self._left()

    def _left(self) -> None:
        if self._lock is not None:
            self._lock.release()
        if self._instance is not None:
            self._instance.close()
        self._application.quit()

    def _raise(self) -> None:
        window = self._sitting.shell if self._sitting is not None else self._login
        if window is not None:
            window.showNormal() if window.isMinimized() else window.show()
            window.raise_()
            window.activateWindow()
