# SPDX-License-Identifier: Apache-2.0
"""The Help menu's acts and what a new clinic needs once: guide, list, code, test page, prices."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QVBoxLayout

from clinicdesk.access.model import OWNER
from clinicdesk.app.daily_backup import StandingOrder
from clinicdesk.app.first_run.kit import Kit, kit_paper, kit_pdf
from clinicdesk.app.first_run.safety_pages import CodeCard, KitView
from clinicdesk.app.getting_started import GettingStarted
from clinicdesk.assembly import Clinic
from clinicdesk.billing.model import MAY_EDIT_FEES, SaveFee
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.desk import Errand
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.file_choice import folder_for, remember_folder
from clinicdesk.desktop.forms import FormDialog, MoneyEdit, TextEdit, verb_button
from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.desktop.shell import Shell
from clinicdesk.kernel.countries import CODES, country_pack
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.printing.blocks.words import Heading, Paragraph
from clinicdesk.printing.preview import page_image
from clinicdesk.printing.sheet import Paper, Sheet, printed_foot
from clinicdesk.printing.spool import write_whole
from clinicdesk.storage.backup import MAY_RESTORE
from clinicdesk.storage.keys import RecoveryCode
from clinicdesk.wording.text import N_, _

ACTIONS: Final = (
    ActionSpec("help.guide", N_("&Guide"), "help", ("F1",), "circle-help", section=1,
               aliases=N_("manual, how to, help")),
    ActionSpec("help.getting_started", N_("Getting &started"), "help", (), "list-checks",
               section=1, aliases=N_("first steps")),
    ActionSpec("clinic.recovery_code", N_("Recovery &code…"), "clinic", (), "key-round",
               MAY_RESTORE, section=7, aliases=N_("recovery kit, lost password")),
    ActionSpec("tools.test_page", N_("Print a &test page…"), "tools", (), "printer", section=8),
    ActionSpec("billing.add_price", N_("Add a &price…"), "billing", (), "tag", MAY_EDIT_FEES,
               section=6, aliases=N_("fee, service")),
    ActionSpec("billing.import_prices", N_("Prices from a &file…"), "billing", (),
               "file-spreadsheet", MAY_EDIT_FEES, section=6, aliases=N_("fee schedule, csv")),
)  # fmt: skip


class Helping(QObject):
    """Carries them out.

    Attributes:
        started: the list of what comes next.
    """

    def __init__(self, clinic: Clinic, shell: Shell, order: StandingOrder) -> None:
        super().__init__(shell)
        self._clinic, self._shell, self._room = clinic, shell, shell.room
        self.started = GettingStarted(clinic, shell, order)
        shell.add_handlers(self.handlers())

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the actions do, by id."""
        return {
            "help.guide": self.show_guide,
            "help.getting_started": self.started.show_list,
            "clinic.recovery_code": self.ask_code,
            "tools.test_page": self.test_page,
            "billing.add_price": self.add_price,
            "billing.import_prices": self.import_prices,
        }

    def show_guide(self) -> None:
        """Open the guide at the panel with the focus."""
        from clinicdesk.app.guide.window import GuideWindow  # loaded when first needed

        open_one = self._shell.findChild(GuideWindow)
        dock = self._shell.acts.focused_dock()
        panel = dock.spec.id if dock is not None else ""
        if isinstance(open_one, GuideWindow):
            open_one.show_page(panel)
            open_one.activateWindow()
            return
        GuideWindow(self._shell, panel).show()

    # ── recovery code ────────────────────────────────────────────────────────────────────────

    def ask_code(self) -> None:
        """Make a new code; the owner's password first."""
        if self._room.actor.role != OWNER:
            self._room.notices.banner(_("Only the owner can make a new recovery code."))
            return
        CodeDialog(self._shell, self._clinic, self._made).open()

    def _made(self, code: RecoveryCode) -> None:
        self.started.marks.note("no_code", on=False)
        NewCodeDialog(self._shell, self._clinic, code).open()

    # ── papers ───────────────────────────────────────────────────────────────────────────────

    def test_page(self) -> None:
        """Show a page with the clinic's head, to be printed."""
        room, clinic = self._room, self._clinic
        formats = room.formats
        sheet = Sheet(
            own_paper(clinic),
            _("Test page"),
            clinic.closing.letterhead(formats),
            formats,
            foot=printed_foot(formats, room.clock.now(), room.actor.name),
        )
        sheet.add(
            Heading(_("Test page")),
            Paragraph(_("This is how the head of your papers looks."), size=11),
            Paragraph(f"{formats.money(123_456)} · {formats.instant(room.clock.now())}", size=11),
        )

        def work(_errand: Errand) -> tuple[bytes, bytes]:
            body = sheet.render()
            return body, page_image(body, 0).png()

        room.desk.run_errand(_("Test page"), work, self._show_page, owner=self)

    def _show_page(self, made: tuple[bytes, bytes]) -> None:
        self.started.marks.note("test_page")
        view = PaperView(
            self._room.theme,
            _("Test page"),
            [made[1]],
            partial(self._save, made[0]),
            _("Test page") + ".pdf",
            self._shell,
        )
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.open()

    def _save(self, body: bytes, path: str) -> None:
        try:
            write_whole(Path(path), body)
        except Trouble as trouble:
            self._room.notices.trouble(trouble)

    # ── prices ───────────────────────────────────────────────────────────────────────────────

    def add_price(self) -> None:
        """Ask for one price."""
        PriceDialog(self._shell, self._clinic).open()

    def import_prices(self) -> None:
        """Take prices from a file with the columns code, description and price."""
        folder = str(folder_for(self._room.settings, "prices"))
        kinds = _("Table") + " (*.csv *.txt)"
        title = _("Prices: columns code, description, price")
        name, _kind = QFileDialog.getOpenFileName(self._shell, title, folder, kinds)
        if not name:
            return
        path = Path(name)
        remember_folder(self._room.settings, "prices", path.parent)
        clinic, room = self._clinic, self._room
        today = room.formats.zone.day(room.clock.now())
        command = partial(clinic.billing.import_fees, path, today, room.actor, room.formats)
        room.desk.carry_out(command, owner=self)


class PriceDialog(FormDialog):
    """Code, what it is, and what it costs from today on."""

    def __init__(self, shell: Shell, clinic: Clinic) -> None:
        super().__init__(shell.room, _("Add a price"), _("Add"), shell)
        self._clinic, formats = clinic, shell.room.formats
        self.code, self.description = TextEdit(formats), TextEdit(formats)
        self.price = MoneyEdit(formats)
        self.form.add("code", _("Code"), self.code, required=True)
        self.form.add("description", _("Description"), self.description, required=True)
        self.form.add("price", _("Price"), self.price, required=True)
        self.submit = self._submit

    def _submit(self) -> None:
        room = self.room
        fee = SaveFee(
            self.code.text_value(),
            self.description.text_value(),
            self.price.value() or 0,
            room.formats.zone.day(room.clock.now()),
        )
        self.set_busy(busy=True)
        command = partial(self._clinic.billing.save_fees, [fee], room.actor)
        room.desk.carry_out(command, self._saved, self._refused, owner=self)

    def _saved(self, _done: Done[int]) -> None:
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)


class CodeDialog(FormDialog):
    """Asks for the owner's password before the recovery code is replaced."""

    def __init__(self, shell: Shell, clinic: Clinic, made: Callable[[RecoveryCode], None]) -> None:
        super().__init__(
            shell.room,
            _("New recovery code"),
            _("Make a new code"),
            shell,
            note=_("The code of before will open this clinic no more; backups made before still "
                   "need it. Keep both papers."),
        )  # fmt: skip
        self._clinic, self._done = clinic, made
        self.password = TextEdit(shell.room.formats)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.form.add("password", _("Your password"), self.password, required=True)
        self.submit = self._submit

    def _submit(self) -> None:
        self.set_busy(busy=True)
        work = partial(self._clinic.access.new_recovery_code, self.password.text(), self.room.actor)
        self.room.desk.ask(work, self._made, self._refused, owner=self)

    def _made(self, code: RecoveryCode) -> None:
        self.close_done()
        self._done(code)

    def _refused(self, failure: BaseException) -> None:
        self.set_busy(busy=False)
        if isinstance(failure, Refusal):
            self.form.show_refusal(failure)
        else:
            self.room.desk.fail(failure)


class NewCodeDialog(QDialog):
    """Shows a new code once, to be printed or written down."""

    def __init__(self, shell: Shell, clinic: Clinic, code: RecoveryCode) -> None:
        super().__init__(shell)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(_("Recovery code"))
        self._shell, self._clinic, self._code = shell, clinic, code
        px = shell.room.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(18), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(
            plain_label(_("It is shown this once. Print it, or write it down by hand, and keep it "
                          "away from this computer."))
        )  # fmt: skip
        column.addWidget(CodeCard(code, shell.room.theme))
        box = QDialogButtonBox()
        show = verb_button(_("Print the recovery kit…"), primary=True)
        box.addButton(show, QDialogButtonBox.ButtonRole.ActionRole)
        show.clicked.connect(self.show_kit)
        box.addButton(_("I have it on paper"), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        column.addWidget(box)

    def show_kit(self) -> None:
        """Show the kit, to be printed."""
        room, profile = self._shell.room, self._clinic.records.profile
        login = self._clinic.access.login_of(room.actor)
        kit = Kit(profile.name, login, profile.zone.day(room.clock.now()), self._code)
        body = kit_pdf(kit, room.formats, own_paper(self._clinic))
        view = KitView(room.theme, body, self)
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.open()


def own_paper(clinic: Clinic) -> Paper:
    """Return the paper of the clinic's country."""
    country = clinic.records.profile.country
    return kit_paper(country_pack(country).paper if country in CODES else "a4")
