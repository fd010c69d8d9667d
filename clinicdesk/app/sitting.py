# SPDX-License-Identifier: Apache-2.0
"""One sitting: a signed-in person, their room and their window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QUrl, Signal

from clinicdesk import __version__
from clinicdesk.access.columns import role_words
from clinicdesk.access.panel import CHANGE_PASSWORD
from clinicdesk.app.backups import ACTIONS as BACKUP_ACTIONS
from clinicdesk.app.backups import Backups
from clinicdesk.app.clinic_page import clinic_page
from clinicdesk.app.demo_mark import REMOVE_DEMO, DemoMark
from clinicdesk.app.finding import add_sources
from clinicdesk.app.helping import ACTIONS as HELP_ACTIONS
from clinicdesk.app.helping import Helping
from clinicdesk.app.keeping_drafts import DraftKeeper
from clinicdesk.app.layouts import LAYOUTS
from clinicdesk.app.leaving import Leaving, Next
from clinicdesk.app.lists import ACTIONS as LIST_ACTIONS
from clinicdesk.app.lists import ListPapers
from clinicdesk.app.locking import Locking
from clinicdesk.app.moving_in import ACTION as BRING_IN
from clinicdesk.app.moving_in import handlers as bringing_in
from clinicdesk.app.panels import panels
from clinicdesk.app.preferences import preference_pages
from clinicdesk.assembly import Clinic
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.crash import CrashNet
from clinicdesk.desktop.desk import Desk, Errand
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.idle import IdleWatch
from clinicdesk.desktop.log_file import log_folder
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.desktop.view_choices import IDLE_MINUTES
from clinicdesk.kernel.changes import Changes
from clinicdesk.schedule.panel.specs import day_source
from clinicdesk.storage.clinic import CLINIC
from clinicdesk.storage.clinic_file.surroundings import sync_service
from clinicdesk.storage.verify import MAY_VERIFY
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, _, language

ACTIONS = (
    ActionSpec(
        "clinic.other",
        N_("&Open another clinic…"),
        "clinic",
        (),
        "folder-open",
        section=1,
        aliases=N_("new clinic, demo clinic"),
    ),
    ActionSpec(
        "clinic.verify",
        N_("Check the clinic &file"),
        "clinic",
        (),
        "shield-check",
        MAY_VERIFY,
        section=3,
        aliases=N_("verify, proof"),
    ),
    ActionSpec(
        "clinic.switch_user",
        N_("&Switch user…"),
        "clinic",
        ("Ctrl+Shift+U",),
        "users-round",
        section=8,
    ),
    ActionSpec(
        "help.log",
        N_("Open &log folder"),
        "help",
        (),
        "folder-open",
        section=2,
        aliases=N_("log file, trouble, support"),
    ),
    ActionSpec("help.about", N_("&About ClinicDesk"), "help", (), "info", section=9, role="about"),
)


class Sitting(QObject):
    """Everything of one person's stay at the desk.

    Attributes:
        over: the person left; how, and what comes next.
    """

    over = Signal(object)  # a Leaving

    def __init__(
        self,
        clinic: Clinic,
        theme: Theme,
        settings: DeskSettings,
        *,
        check_password: Callable[[str], bool],
        reset_layout: bool = False,
        farewell: bool = False,
    ) -> None:
        """Make the window.

        Args:
            clinic: open; closed with the window.
            theme: of this desk.
            settings: of this desk.
            check_password: tells whether it is that of whoever sits here.
            reset_layout: begin with the designed layout.
            farewell: whoever listens to ``over`` makes the backup that is due, and then
                calls ``end``.
        """
        super().__init__()
        self._farewell = farewell
        self.clinic, self._theme = clinic, theme
        profile = clinic.records.profile
        formats = Formats(language(), profile.country, profile.currency, profile.zone)
        notices = Notices(theme, formats)
        desk = Desk(notices, formats)
        feed = ChangeFeed()
        clinic.records.on_commit(feed.announce)
        self._net = CrashNet(notices, self)
        self._net.install()
        desk.bug_found.connect(self._net.found)
        room = Room(
            desk=desk,
            feed=feed,
            spotlight=Spotlight(),
            notices=notices,
            theme=theme,
            formats=formats,
            actor=clinic.actor,
            clock=clinic.records.clock,
            settings=settings,
        )
        self.shell = Shell(
            room,
            panels(clinic),
            (
                *ACTIONS,
                *BACKUP_ACTIONS,
                *LIST_ACTIONS,
                BRING_IN,
                CHANGE_PASSWORD,
                *_only_here(clinic),
                *HELP_ACTIONS,
            ),
            self._handlers(),
            clinic=profile.name,
            primary=("schedule.book", "schedule.forward", "billing.take_payment"),
            preferences=(*preference_pages(), clinic_page(clinic, room)),
            layouts=LAYOUTS,
            reset_layout=reset_layout,
        )
        self.room = self.shell.room
        self.shell.add_handlers(ListPapers(clinic, self.shell).handlers())
        self.shell.add_handlers(bringing_in(clinic, self.shell))
        add_sources(self.shell, clinic)
        self.shell.palette_box.add_source(day_source(self.room))
        self.room.spotlight.wanted.connect(self._wanted)
        self.shell.closing.connect(self._closing)
        self.shell.curtain.other_wanted.connect(self._leave_for_another)
        self._idle = IdleWatch(settings.get(IDLE_MINUTES), self)
        settings.changed.connect(self._setting_changed)
        self._idle.warned.connect(self._warn)
        self._leaving = Leaving(Next.QUIT)
        self._backups = Backups(clinic, self.shell, settings, self.leave)
        self._keeper = DraftKeeper(clinic, self.shell)
        self._idle.used.connect(self._keeper.journal.touched)
        self._locking = Locking(
            clinic, self.shell, self._idle, self._keeper.journal, check_password, self.leave
        )
        feed.changed.connect(self._heard)
        self._helping = Helping(clinic, self.shell, self._backups.order)
        self._demo = DemoMark(clinic, self.shell, self.leave)
        self._fill_status()

    def start(self) -> None:
        """Show the book and watch for idleness."""
        self.shell.show()
        self.shell.go_to("schedule")
        self._idle.start()
        self._backups.begin()
        self._keeper.begin()
        self._locking.begin()
        self._helping.started.begin()
        self._warn_of_place()

    # ── acts of the application ──────────────────────────────────────────────────────────────

    def _handlers(self) -> dict[str, Callable[[], None]]:
        return {
            "clinic.lock": self._lock,
            "clinic.back_up": self._back_up,
            "clinic.daily_backup": self._daily_backup,
            "clinic.restore": self._restore,
            "clinic.other": self._leave_for_another_clinic,
            "clinic.verify": self._verify,
            "clinic.switch_user": self._leave_for_another,
            "help.about": self._about,
            "help.log": self._open_log,
            CHANGE_PASSWORD.id: self._change_password,
        }

    def _back_up(self) -> None:
        self._backups.back_up()

    def _daily_backup(self) -> None:
        self._backups.ask_order()

    def _restore(self) -> None:
        self._backups.restore()

    def _verify(self) -> None:
        def work(errand: Errand) -> tuple[str, ...]:
            checks = self.clinic.verify(errand.step)
            return tuple(f"{check.name}: {check.detail}" for check in checks if not check.holds)

        self.room.desk.run_errand(_("Checking"), work, self._verified, owner=self)

    def _verified(self, faults: tuple[str, ...]) -> None:
        if not faults:
            self.room.notices.toast(_("Every check of the clinic file holds."))
        else:
            self.room.notices.tell(
                _("The clinic file did not pass every check."),
                _("Nothing was changed by checking."),
                _("Make a backup to another disk and call support with the details below."),
                "\n".join(faults),
            )

    def _change_password(self) -> None:
        from clinicdesk.access.dialogs import ChangePasswordDialog  # loaded when first needed

        ChangePasswordDialog(self.room, self.clinic.access, self.shell).open()

    def _about(self) -> None:
        import platform  # loaded when first needed

        from PySide6 import __version__ as qt  # loaded when first needed

        self.room.notices.tell(
            f"ClinicDesk {__version__}",
            _("Licensed under Apache-2.0. Uses Qt under the LGPL."),
            str(self.clinic.path),
            f"Python {platform.python_version()}\nQt {qt}",
        )

    def _open_log(self) -> None:
        from PySide6.QtGui import QDesktopServices  # loaded when first needed

        folder = log_folder()
        if not folder.is_dir() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.room.notices.toast(_("The log is in {folder}").format(folder=folder))

    # ── locking and leaving ──────────────────────────────────────────────────────────────────

    def _wanted(self, kind: str, _record_id: int, verb: str) -> None:
        """Open the card of a patient: it follows the spotlight, but may be behind or hidden."""
        if kind == "patient" and verb == "open":
            self.shell.go_to("patient")

    def _lock(self) -> None:
        self._locking.lock()

    def _setting_changed(self, key: str) -> None:
        if key == IDLE_MINUTES.key:
            self._idle.set_minutes(self.room.settings.get(IDLE_MINUTES))

    def _warn(self, seconds: int) -> None:
        words = _("Locks in {n} s").format(n=seconds) if seconds else ""
        self.shell.status.set_cell("lock", words, tone="warn")

    def leave(self, leaving: Leaving) -> None:
        """Close the window; ``over`` tells how."""
        self._leaving = leaving
        self.shell.close()

    def _heard(self, changes: Changes) -> None:
        if CLINIC in changes.ids:
            self.shell.rename(self.clinic.records.profile.name)

    def _leave_for_another(self) -> None:
        self.leave(Leaving(Next.SIGN_IN))

    def _leave_for_another_clinic(self) -> None:
        self.leave(Leaving(Next.START))

    def _closing(self) -> None:
        self._idle.stop()
        self._net.remove()
        self.room.feed.stop()
        self._keeper.journal.end()
        self.room.desk.close()
        self.clinic.records.not_on_commit(self.room.feed.announce)
        if self._farewell and self._leaving.next is Next.QUIT:
            folder = self._backups.due_at_leaving()
            if folder is not None:
                self.over.emit(replace(self._leaving, backup_to=folder))
                return
        if self._farewell and self._leaving.next is Next.RENEW:
            self._keeper.end()  # the clinic stays open for the next window
        else:
            self.end()
        self.over.emit(self._leaving)

    def end(self) -> None:
        """Sign out and let go of the clinic; any thread."""
        self._keeper.end()
        self.clinic.access.sign_out(self.clinic.actor)
        self.clinic.close()

    def _warn_of_place(self) -> None:
        service = sync_service(self.clinic.path)
        if service:
            self.room.notices.banner(
                _("The clinic file lies in a folder of {service}, which copies it while it is in "
                  "use: work can get lost. Close ClinicDesk and move the clinic with its .keys "
                  "files to another folder; backups may go here.").format(service=service)
            )  # fmt: skip

    def _fill_status(self) -> None:
        status, actor = self.shell.status, self.clinic.actor
        role = self.room.formats.word(role_words(actor.role, ""))
        status.set_cell("user", f"{actor.name} · {role}", self._leave_for_another)
        status.set_cell("version", f"v{__version__}")


def _only_here(clinic: Clinic) -> tuple[ActionSpec, ...]:
    """Return the actions that only some clinics have."""
    return (REMOVE_DEMO,) if clinic.records.profile.demo else ()
