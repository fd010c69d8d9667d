# SPDX-License-Identifier: Apache-2.0
"""What a new clinic does next: a list that ticks itself from what is in the file.

A strip under the top bar tells how far it is until somebody dismisses it or all is done; it never
comes back by itself. The Help menu opens the list at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton

from clinicdesk.access.model import MAY_MANAGE_USERS
from clinicdesk.app.daily_backup import StandingOrder
from clinicdesk.assembly import Clinic
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.shell import Shell
from clinicdesk.wording.text import N_, _, ngettext


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do.

    Attributes:
        id: stable; what ``done_steps`` names.
        actions: what does it, the first that this window has.
    """

    id: str
    title: str
    sentence: str
    actions: tuple[str, ...]


STEPS: Final = (
    Step(
        "patients",
        N_("Bring in your patients"),
        N_("From a list of another program, or one by one."),
        ("clinic.import_lists", "patients.new"),
    ),
    Step(
        "prices",
        N_("Add your prices"),
        N_("What a visit costs. A whole list comes from a file, in the Billing menu."),
        ("billing.add_price",),
    ),
    Step(
        "people",
        N_("Invite the people you work with"),
        N_("Each signs in with a name and password of their own."),
        ("access.add_user",),
    ),
    Step(
        "backup",
        N_("Set up the daily backup"),
        N_("To a stick, or to a disk of another computer."),
        ("clinic.daily_backup",),
    ),
    Step(
        "recovery",
        N_("Keep a recovery code"),
        N_("On paper, away from this computer."),
        ("clinic.recovery_code",),
    ),
    Step(
        "test_page",
        N_("Print a test page"),
        N_("To see the head of your papers, and that the printer answers."),
        ("tools.test_page",),
    ),
)


class Marks:
    """What this desk knows of one clinic's first days."""

    def __init__(self, settings: DeskSettings, clinic_uuid: str) -> None:
        self._settings, self._uuid = settings, clinic_uuid

    def has(self, mark: str) -> bool:
        """Tell whether something was noted: ``dismissed``, ``test_page``, ``no_code``."""
        return bool(self._settings.text(f"start.{mark}.{self._uuid}"))

    def note(self, mark: str, *, on: bool = True) -> None:
        """Note it, or strike it out."""
        self._settings.put_text(f"start.{mark}.{self._uuid}", "yes" if on else "")


def done_steps(clinic: Clinic, marks: Marks, order: StandingOrder) -> frozenset[str]:
    """Return the ids of what is done, by the facts in the file; on the records lane."""
    actor = clinic.actor
    facts = {
        "patients": bool(clinic.patients.browse(actor, 1)),
        "prices": bool(clinic.billing.fees("", actor, 1)),
        "people": len(clinic.access.users(actor)) > 1,
        "backup": order.daily or clinic.last_backup() is not None,
        "recovery": not marks.has("no_code"),
        "test_page": marks.has("test_page"),
    }
    return frozenset(step for step, done in facts.items() if done)


class GettingStarted(QObject):
    """The strip and the list.

    Attributes:
        strip: under the top bar.
        done: what was done when it was asked last.
    """

    def __init__(self, clinic: Clinic, shell: Shell, order: StandingOrder) -> None:
        super().__init__(shell)
        self._clinic, self._shell, self._order = clinic, shell, order
        self.marks = Marks(shell.room.settings, clinic.records.profile.uuid)
        self.done: frozenset[str] = frozenset()
        self._dialog: StepsDialog | None = None
        px = shell.room.theme.px
        self.strip = QFrame()
        self.strip.setObjectName("banner")
        line = QHBoxLayout(self.strip)
        line.setContentsMargins(px(14), px(2), px(8), px(2))
        line.setSpacing(px(10))
        self.words = plain_label("", wrap=False)
        self.open = QPushButton(_("Show the list"))
        self.open.setProperty("link", True)
        self.open.clicked.connect(self.show_list)
        self.dismiss = QPushButton(_("Dismiss"))
        self.dismiss.setProperty("flat", True)
        self.dismiss.clicked.connect(self._dismissed)
        line.addWidget(self.words)
        line.addWidget(self.open)
        line.addStretch(1)
        line.addWidget(self.dismiss)
        self.strip.hide()
        shell.banners.add(self.strip)

    def begin(self) -> None:
        """Look how far the clinic is, unless nobody wants to know."""
        wanted = (
            self._shell.room.actor.may(MAY_MANAGE_USERS)
            and not self._clinic.records.profile.demo
            and not self.marks.has("dismissed")
        )
        if wanted:
            self._shell.room.feed.changed.connect(self.look)
            self._shell.room.settings.changed.connect(self._setting_changed)
            self.look()

    def look(self, _changes: object = None) -> None:
        """Ask the file again."""
        ask = partial(done_steps, self._clinic, self.marks, self._order)
        self._shell.room.desk.ask(ask, self._told, owner=self)

    def show_list(self) -> None:
        """Open the list."""
        self._dialog = StepsDialog(self._shell, self.done)
        self._dialog.finished.connect(self._closed)
        self._dialog.open()
        self.look()

    def _told(self, done: frozenset[str]) -> None:
        self.done = done
        count = len(done)
        words = ngettext(
            "Getting started: {n} of {of} is done.", "Getting started: {n} of {of} are done.", count
        )
        self.words.setText(words.format(n=count, of=len(STEPS)))
        may = self._shell.room.actor.may(MAY_MANAGE_USERS)
        real = not self._clinic.records.profile.demo
        shown = may and real and count < len(STEPS) and not self.marks.has("dismissed")
        self.strip.setVisible(shown)
        if self._dialog is not None:
            self._dialog.tick(done)

    def _setting_changed(self, key: str) -> None:
        if key.startswith(("start.", "backup.")):
            self.look()

    def _dismissed(self) -> None:
        self.marks.note("dismissed")
        self.strip.hide()
        told = _("You find the list again under Help, Getting started.")
        self._shell.room.notices.toast(told)

    def _closed(self) -> None:
        self._dialog = None


class StepsDialog(QDialog):
    """The list: what it is, whether it is done, and a button that does it.

    Attributes:
        buttons: by step.
    """

    def __init__(self, shell: Shell, done: frozenset[str]) -> None:
        super().__init__(shell)
        self.setWindowTitle(_("Getting started"))
        self._shell, self._theme = shell, shell.room.theme
        px = self._theme.px
        self.setMinimumWidth(px(520))
        grid = QGridLayout(self)
        grid.setContentsMargins(px(20), px(18), px(20), px(16))
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(1, 1)
        self._ticks: dict[str, QLabel] = {}
        self.buttons: dict[str, QPushButton] = {}
        for row, step in enumerate(STEPS):
            tick = QLabel()
            title = plain_label(_(step.title))
            title.setFont(self._theme.font(weight=QFont.Weight.DemiBold))
            sentence = plain_label(_(step.sentence), muted=True)
            sentence.setContentsMargins(0, 0, 0, px(8))
            grid.addWidget(tick, row * 2, 0)
            grid.addWidget(title, row * 2, 1)
            grid.addWidget(sentence, row * 2 + 1, 1)
            self._ticks[step.id] = tick
            action = next((one for one in step.actions if one in shell.book), "")
            if action:
                button = QPushButton(_("Begin"))
                button.setAccessibleName(f"{_('Begin')}: {_(step.title)}")
                button.setAutoDefault(False)
                button.clicked.connect(partial(self._begin, action))
                grid.addWidget(button, row * 2, 2, 2, 1)
                self.buttons[step.id] = button
        close = QPushButton(_("Close"))
        close.setDefault(True)
        close.clicked.connect(self.reject)
        grid.addWidget(close, len(STEPS) * 2, 2)
        self.tick(done)
        wide = px(560)  # wrapped sentences need their height told
        self.resize(wide, grid.totalHeightForWidth(wide))

    def tick(self, done: frozenset[str]) -> None:
        """Show what is done: a mark, and the word for whoever does not see it."""
        for step in STEPS:
            is_done, label = step.id in done, self._ticks[step.id]
            icon, ink = ("circle-check", "ok") if is_done else ("circle", "muted")
            label.setPixmap(self._theme.pixmap(icon, 20, ink, self.devicePixelRatioF()))
            label.setAccessibleName(_("Done") if is_done else _("To do"))
            label.setToolTip(_("Done") if is_done else _("To do"))

    def _begin(self, action: str) -> None:
        self.accept()
        self._shell.book.trigger(action)
