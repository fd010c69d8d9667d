# SPDX-License-Identifier: Apache-2.0
"""The pages about losing nothing: the recovery code, and where clinic and backups lie."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from clinicdesk.app.daily_backup import FolderEdit
from clinicdesk.app.first_run.kit import Kit, kit_paper, kit_pdf
from clinicdesk.app.first_run.page import Page
from clinicdesk.app.first_run.plan import Plan, asked_groups, is_group
from clinicdesk.app.first_run.who_pages import plan_formats
from clinicdesk.desktop.dialogs import ConfirmDialog, plain_label
from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.desktop.theme import SECONDARY, SECTION, Theme
from clinicdesk.kernel.moments import SystemClock
from clinicdesk.printing.preview import page_image
from clinicdesk.printing.spool import write_whole
from clinicdesk.storage.clinic_file.surroundings import sync_service
from clinicdesk.storage.keys import RecoveryCode
from clinicdesk.wording.text import _


class CodeCard(QFrame):
    """The eight groups, numbered, to be read and copied by hand; never to the clipboard."""

    def __init__(self, code: RecoveryCode, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(_("Recovery code"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        grid = QGridLayout(self)
        px = theme.px
        grid.setContentsMargins(px(16), px(10), px(16), px(10))
        grid.setHorizontalSpacing(px(18))
        large = theme.font(SECTION, QFont.Weight.DemiBold)
        small = theme.font(SECONDARY)
        for place, group in enumerate(code.groups):
            cell = QHBoxLayout()
            cell.setSpacing(px(10))
            number = plain_label(f"{place + 1}.", muted=True, wrap=False)
            number.setFont(small)
            word = QLabel(group)
            word.setTextFormat(Qt.TextFormat.PlainText)
            word.setFont(large)
            word.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            cell.addWidget(number)
            cell.addWidget(word, 1)
            grid.addLayout(cell, place // 4, place % 4)


class KitView(PaperView):
    """The recovery kit before it is printed; a file of it is made only after a warning."""

    def _save_as(self) -> None:
        warning = ConfirmDialog(
            self.kit_theme,
            question=_("Keep the recovery code in a file?"),
            detail=_(
                "Whoever finds the file can open the clinic. A printed page, or one written by "
                "hand, is safer. If it must be a file, put it on a stick that is locked away."
            ),
            verb=_("Save the file"),
            keep=_("Back to printing"),
            parent=self,
        )
        warning.accepted.connect(super()._save_as)
        warning.open()

    def __init__(self, theme: Theme, body: bytes, parent: QWidget) -> None:
        self.kit_theme = theme
        super().__init__(
            theme,
            _("Recovery kit"),
            [page_image(body, 0).png()],
            partial(_written, body),
            _("Recovery kit") + ".pdf",
            parent,
        )


def _written(body: bytes, path: str) -> None:
    write_whole(Path(path), body)


class CodePage(Page):
    """The code that opens the clinic when every password is lost."""

    skippable = True

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__(
            plan,
            theme,
            _("Recovery code"),
            _("Without this code and your password nobody can open your data, and nobody can "
              "help. Print it, or write it down by hand, and keep it away from this computer."),
        )  # fmt: skip
        self.card = CodeCard(plan.code, theme)
        self.column.insertWidget(2, self.card)
        self.print = QPushButton(_("&Print the recovery kit…"))
        self.print.clicked.connect(self.show_kit)
        line = QHBoxLayout()
        line.addWidget(self.print)
        line.addStretch(1)
        self.column.insertLayout(3, line)
        self.asked = asked_groups(plan.code)
        self.column.insertWidget(
            4,
            plain_label(_("Then type two of its groups from your paper, to see that it is right:")),
        )
        self.typed: list[QLineEdit] = []
        for number in self.asked:
            field = QLineEdit(plan.code.groups[number - 1] if plan.code_kept else "")
            field.textEdited.connect(self._look)
            self.typed.append(field)
            self.add(_("Group &{n}").format(n=number), field)
        self.column.addStretch(1)

    def begin(self) -> None:
        self.typed[0].setFocus(Qt.FocusReason.TabFocusReason)

    def keep(self) -> bool:
        for number, field in zip(self.asked, self.typed, strict=True):
            if not is_group(self.plan.code, number, field.text()):
                sentence = _("This is not group {n}. Look at your paper again.")
                return self.refuse(field, sentence.format(n=number))
        self.plan.code_kept = True
        return True

    def before_skip(self) -> tuple[str, str]:
        return (
            _("Go on without the recovery code?"),
            _("If the password is lost before you have one, the data is lost too. You find it "
              "later under Clinic, Recovery code."),
        )  # fmt: skip

    def kit(self) -> bytes:
        """Return the kit as it is printed."""
        plan = self.plan
        today = plan.profile().zone.day(SystemClock().now())
        return made_kit(plan, today)

    def show_kit(self) -> None:
        """Show the kit, to be printed."""
        view = KitView(self.theme, self.kit(), self)
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.open()

    def _look(self) -> None:
        for number, field in zip(self.asked, self.typed, strict=True):
            right = is_group(self.plan.code, number, field.text())
            self.say(field, _("Right.") if right else "", "ok" if right else "")


def made_kit(plan: Plan, today: date) -> bytes:
    """Return the kit of a planned clinic."""
    kit = Kit(plan.name, plan.login, today, plan.code)
    return kit_pdf(kit, plan_formats(plan), kit_paper(plan.pack.paper))


class PlacePage(Page):
    """Where the clinic's file lies, and where its backups go."""

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__(
            plan,
            theme,
            _("Backups"),
            _("A checked backup is written here every day. Choose a disk other than the clinic's: "
              "a stick, or a disk of another computer. It may wait."),
        )  # fmt: skip
        self.backups = FolderEdit(plan.backups)
        self.folder = FolderEdit(str(plan.folder))
        self.add(_("&Backups go to"), self.backups)
        self.add(
            _("The &clinic lies in"),
            self.folder,
            note=_("In a folder of its own there, as one encrypted file with its keys."),
        )
        self.column.addWidget(self.fault)
        self.column.addStretch(1)

    def begin(self) -> None:
        self.backups.edit.setFocus(Qt.FocusReason.TabFocusReason)

    def keep(self) -> bool:
        self.hold()
        if self.backups.problem():
            return self.refuse(self.backups, self.backups.problem())
        return self._keep_place()

    def hold(self) -> None:
        self.plan.backups = self.backups.value()
        if self.folder.value():
            self.plan.folder = Path(self.folder.value())

    def _keep_place(self) -> bool:
        service = sync_service(self.plan.folder)
        if service:
            sentence = _("{service} copies this folder while it is in use. Choose another; the "
                         "backups may go there.")  # fmt: skip
            return self.refuse(self.folder, sentence.format(service=service))
        try:
            self.plan.folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return self.refuse(self.folder, _("This folder cannot be made."))
        return True
