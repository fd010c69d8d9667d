# SPDX-License-Identifier: Apache-2.0
"""Drafts of one sitting: kept as they are typed, held while locked, offered the next time."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from clinicdesk.assembly import Clinic
from clinicdesk.desktop.desk import Errand
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.drafts import Draft, Drafting, DraftJournal
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.theme import SECTION, Theme
from clinicdesk.storage.drafts import Drafts, Left
from clinicdesk.wording.text import N_, _

# What a panel's draft is called.
_NAMES: Final = {
    "schedule": N_("an unfinished booking"),
    "checkout": N_("an unfinished check-out or payment"),
    "billing": N_("an unfinished entry in the register"),
}


class DraftOffer(QDialog):
    """Offers what was left unfinished; Esc leaves it for later.

    Attributes:
        opened: put it back into the panels.
        discarded: throw it away.
    """

    opened = Signal()
    discarded = Signal()

    def __init__(
        self, theme: Theme, what: str, kept: str, check: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("ClinicDesk")
        self.setMinimumWidth(theme.px(440))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(theme.px(20), theme.px(18), theme.px(20), theme.px(16))
        outside.setSpacing(theme.px(10))
        title = plain_label(what)
        title.setFont(theme.font(SECTION, QFont.Weight.DemiBold))
        outside.addWidget(title)
        outside.addWidget(plain_label(kept))
        self.check = plain_label(check, muted=True)
        self.check.setVisible(bool(check))
        outside.addWidget(self.check)
        outside.addStretch(1)
        box = QDialogButtonBox()
        self.open_button = box.addButton(_("Open"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.open_button.setProperty("primary", True)
        self.open_button.setDefault(True)
        self.discard = box.addButton(_("Discard"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.discard.setAutoDefault(False)
        later = box.addButton(_("Later"), QDialogButtonBox.ButtonRole.RejectRole)
        later.setAutoDefault(False)
        box.accepted.connect(self._open)
        box.rejected.connect(self.reject)
        self.discard.clicked.connect(self._discard)
        outside.addWidget(box)
        self.open_button.setFocus()

    def _open(self) -> None:
        self.accept()
        self.opened.emit()

    def _discard(self) -> None:
        self.accept()
        self.discarded.emit()


class DraftKeeper(QObject):
    """Everything of a sitting that has to do with drafts.

    Attributes:
        journal: told of touches and locks.
    """

    def __init__(self, clinic: Clinic, shell: Shell) -> None:
        super().__init__()
        self._clinic, self._shell, self._room = clinic, shell, shell.room
        self._drafts = Drafts(clinic.records)
        keep = partial(self._drafts.keep, clinic.actor)
        self.journal = DraftJournal(shell.room.desk, self._panels, keep, self)
        self._left: Left | None = None
        self._offer: DraftOffer | None = None

    def begin(self) -> None:
        """Note that the window is open, and offer what the last one left."""
        question = partial(self._drafts.begin, self._clinic.actor)
        self._room.desk.ask(question, self._told, owner=self)

    def end(self) -> None:
        """Note that the window was closed; its drafts are kept already. Any thread."""
        self._drafts.end(self._clinic.actor)

    def _panels(self) -> Iterable[tuple[str, object]]:
        return [(dock.spec.id, dock.panel) for dock in self._shell.yard if dock.panel is not None]

    def _told(self, left: Left) -> None:
        self._left = left
        self.journal.already({one.panel: one.body for one in left.drafts})
        formats = self._room.formats
        if left.ended_at is not None:
            when = formats.instant(left.ended_at)
            what = _("ClinicDesk closed unexpectedly at {when}.").format(when=when)
        elif left.drafts:
            when = formats.instant(max(one.at for one in left.drafts))
            what = _("Not finished at {when}:").format(when=when)
        else:
            return
        if left.drafts:
            names = "; ".join(formats.word(_NAMES.get(d.panel, d.panel)) for d in left.drafts)
            kept = _("Kept: {names}.").format(names=names)
            check = _("Checking the clinic file…") if left.ended_at is not None else ""
            self._offer = DraftOffer(self._room.theme, what, kept, check, self._shell)
            self._offer.opened.connect(self.open)
            self._offer.discarded.connect(self.discard)
            self._offer.finished.connect(self._answered)
            self._offer.open()
        if left.ended_at is not None:
            self._room.desk.run_errand(
                _("Checking the clinic file"), self._check, partial(self._checked, what), owner=self
            )

    def open(self) -> None:
        """Put the drafts back into their panels."""
        for one in self._left.drafts if self._left is not None else ():
            if one.panel not in self._shell.yard:
                continue  # the role has no such page any more
            self._shell.go_to(one.panel)
            QTimer.singleShot(0, partial(self._give, self._shell.panel(one.panel), one.body))

    def _give(self, panel: QWidget, body: Draft) -> None:
        """Put a draft back, after the answer to what the panel is asking just now."""
        take = partial(_take, panel, body)
        if isinstance(panel, Panel) and panel.waiting:
            panel.answered.connect(take, Qt.ConnectionType.SingleShotConnection)
        else:
            take()

    def discard(self) -> None:
        """Throw the drafts away."""
        if self._left is not None:
            gone = {one.panel: None for one in self._left.drafts}
            keep = partial(self._drafts.keep, self._clinic.actor, gone)
            self._room.desk.ask(keep, self._thrown_away, owner=self)

    def _thrown_away(self, _nothing: object) -> None:
        self._room.notices.toast(_("What was unfinished is discarded."))

    def _check(self, _errand: Errand) -> tuple[str, ...]:
        return self._clinic.faults()

    def _checked(self, what: str, faults: tuple[str, ...]) -> None:
        if not faults:
            words = _("The clinic file was checked and is whole.")
            if self._offer is not None:
                self._offer.check.setText(words)
            else:
                self._room.notices.banner(f"{what} {words}", "ok")
            return
        self._room.notices.tell(
            _("The clinic file did not pass every check."),
            _("Nothing was changed by checking."),
            _("Make a backup to another disk and call support with the details below."),
            "\n".join(faults),
        )

    def _answered(self) -> None:
        self._offer = None


def _take(panel: QWidget, body: Draft) -> None:
    if isinstance(panel, Drafting):
        panel.take_draft(body)
