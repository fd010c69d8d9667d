# SPDX-License-Identifier: Apache-2.0
"""From "Set up a new clinic" to being in it: the wizard, the making, the first sign-in."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from clinicdesk.app.daily_backup import StandingOrder
from clinicdesk.app.first_run.making import made_clinic
from clinicdesk.app.first_run.plan import Plan
from clinicdesk.app.first_run.wizard import FirstRun
from clinicdesk.app.front_work import FrontWork, in_words
from clinicdesk.app.getting_started import Marks
from clinicdesk.app.leaving import Entrance
from clinicdesk.desktop.desk import Cancelled, Errand
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.wording.text import _


class NewClinic(QObject):
    """Leads through the first run.

    Attributes:
        made: (clinic file, ``Entrance`` of the owner, what to tell).
        given_up: back to where one came from; nothing was made.
        left: the window was closed.
        window: the wizard, while it is shown.
    """

    made = Signal(object, object, str)
    given_up = Signal()
    left = Signal()

    def __init__(
        self, theme: Theme, settings: DeskSettings, front: FrontWork, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._theme, self._settings, self._front = theme, settings, front
        self.window: FirstRun | None = None

    def begin(self) -> None:
        """Show the first page."""
        self.window = FirstRun(self._theme, self._settings)
        self.window.finished.connect(self._make)
        self.window.given_up.connect(self._given_up)
        self.window.left.connect(self.left)
        self.window.show()

    def _make(self, plan: Plan) -> None:
        if self.window is not None:
            self.window.hide()
        self._front.shown(
            _("Making {clinic}").format(clinic=plan.name),
            partial(_made, plan),
            partial(self._done, plan),
            self._not_made,
        )

    def _done(self, plan: Plan, path: Path) -> None:
        Marks(self._settings, plan.uuid).note("no_code", on=not plan.code_kept)
        if plan.backups:
            StandingOrder(self._settings, plan.uuid).give(plan.backups, daily=True)
        self._put_away()
        self.made.emit(path, Entrance(plan.login, plan.password), _("Your clinic is ready."))

    def _not_made(self, failure: Refusal | Trouble | Cancelled) -> None:
        if self.window is not None:
            self.window.show()
            self.window.refuse(in_words(failure))

    def _given_up(self) -> None:
        self._put_away()
        self.given_up.emit()

    def _put_away(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.left.disconnect(self.left)
            window.close()
            window.deleteLater()


def _made(plan: Plan, errand: Errand) -> Path:
    return made_clinic(plan, errand.step)
