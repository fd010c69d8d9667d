# SPDX-License-Identifier: Apache-2.0
"""The lock of one sitting: who unlocks, who takes over, and whether somebody may still be here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from clinicdesk.access.columns import role_words
from clinicdesk.access.model import USERS, NotActive
from clinicdesk.access.queries import UserRow
from clinicdesk.app.leaving import Entrance, Leaving, Next
from clinicdesk.assembly import Clinic
from clinicdesk.desktop.curtain import Person
from clinicdesk.desktop.drafts import DraftJournal
from clinicdesk.desktop.idle import IdleWatch
from clinicdesk.desktop.shell import Shell
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.changes import Changes
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.storage.others import OthersActs
from clinicdesk.wording.text import _

_USERS = frozenset({USERS})


class Locking(QObject):
    """Draws the curtain and opens it again, for the right person."""

    def __init__(
        self,
        clinic: Clinic,
        shell: Shell,
        idle: IdleWatch,
        journal: DraftJournal,
        check_password: Callable[[str], bool],
        leave: Callable[[Leaving], None],
    ) -> None:
        super().__init__()
        self._clinic, self._shell, self._room = clinic, shell, shell.room
        self._idle, self._journal = idle, journal
        self._check_password, self._leave = check_password, leave
        self._renewed: Leaving | None = None
        shell.curtain.unlock_wanted.connect(self._unlock)
        shell.curtain.switch_wanted.connect(self._switch)
        shell.locked.connect(self._locked)
        idle.expired.connect(self.lock)
        self._room.feed.heard.connect(self._heard)

    def begin(self) -> None:
        """Learn who may sign in here, and hear what others do."""
        self._ask_people()
        room = self._room
        room.feed.watch(room.desk, OthersActs(self._clinic.records, self._clinic.actor))

    def lock(self) -> None:
        """Hold what is unfinished, then cover everything."""
        if not self._shell.is_locked:
            self._journal.hold()
            self._room.feed.hold()
            self._shell.lock()

    # ── the curtain ──────────────────────────────────────────────────────────────────────────

    def _locked(self) -> None:
        self._idle.stop()
        self._room.spotlight.go_dark()

    def _unlock(self, password: str) -> None:
        self._room.desk.ask(
            partial(self._check_password, password), self._checked, self._not_checked, owner=self
        )

    def _checked(self, right: bool) -> None:  # noqa: FBT001 -- an answer
        if not right:
            self._shell.curtain.refuse(_("The password is not right."))
            return
        self._shell.curtain.set_busy(busy=False)
        if self._renewed is not None:
            self._leave(self._renewed)
            return
        self._room.feed.let_go()
        self._shell.unlock()
        self._journal.give_back()
        self._idle.start()

    def _switch(self, login: str, password: str) -> None:
        self._room.desk.ask(
            partial(self._clinic.recognise, login, password),
            partial(self._take_over, Entrance(login, password)),
            self._not_checked,
            owner=self,
        )

    def _take_over(self, entrance: Entrance, _right: object) -> None:
        self._leave(Leaving(Next.SWITCH, entrance))

    def _not_checked(self, failure: BaseException) -> None:
        self._shell.curtain.set_busy(busy=False)
        if isinstance(failure, Refusal):
            self._shell.curtain.refuse(self._room.formats.refusal(failure))
        else:
            self._room.desk.fail(failure)

    # ── who may be here ──────────────────────────────────────────────────────────────────────

    def _heard(self, changes: Changes) -> None:
        if changes.touch(_USERS):
            self._ask_people()
            self._room.desk.ask(
                partial(self._clinic.access.refreshed, self._clinic.actor),
                self._refreshed,
                self._gone,
                owner=self,
            )

    def _ask_people(self) -> None:
        self._room.desk.ask(self._clinic.access.at_this_desk, self._show_people, owner=self)

    def _show_people(self, users: tuple[UserRow, ...]) -> None:
        own = self._clinic.actor.user_id
        self._shell.curtain.set_people(
            [
                Person(
                    user.login,
                    user.name,
                    self._room.formats.word(role_words(user.role, user.role_name)),
                    user.id == own,
                )
                for user in users
            ]
        )

    def _refreshed(self, actor: Actor) -> None:
        """Begin anew with other rights; under the curtain, once it is opened."""
        now = self._clinic.actor
        if (actor.role, actor.rights) == (now.role, now.rights):
            self._renewed = None
            return
        note = _("What you may do here was changed, so the window was opened anew.")
        leaving = Leaving(Next.RENEW, actor=actor, note=note)
        if self._shell.is_locked:
            self._renewed = leaving
        else:
            self._leave(leaving)

    def _gone(self, failure: BaseException) -> None:
        if isinstance(failure, NotActive):
            self._leave(Leaving(Next.SIGN_IN, note=self._room.formats.refusal(failure)))
        else:
            self._room.desk.fail(failure)
