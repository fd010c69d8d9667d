# SPDX-License-Identifier: Apache-2.0
"""Two questions before a clinic is open: a new password by the recovery code, and a restore.

Both need Qt, the theme and words only. What is typed is handed out; whether it fits is decided
elsewhere, and told back through ``refuse``.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.theme import SECTION, Theme
from clinicdesk.kernel.folding import fold
from clinicdesk.wording.text import _


class _Question(QDialog):
    """A title, some words, fields with a label each, and a verb."""

    def __init__(self, theme: Theme, title: str, verb: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(580))
        self._verb = verb
        px = theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(20), px(18), px(20), px(16))
        outside.setSpacing(px(10))
        heading = plain_label(title)
        heading.setFont(theme.font(SECTION, QFont.Weight.DemiBold))
        outside.addWidget(heading)
        self.words = QVBoxLayout()
        self.words.setSpacing(px(6))
        outside.addLayout(self.words)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnStretch(1, 1)
        outside.addLayout(self._grid)
        self.hint = plain_label("")
        self.hint.setProperty("tone", "danger")
        self.hint.hide()
        outside.addWidget(self.hint)
        outside.addStretch(1)
        box = QDialogButtonBox()
        self.button = box.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.button.setProperty("primary", True)
        self.button.setDefault(True)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.submit)
        box.rejected.connect(self.reject)
        outside.addWidget(box)
        self._labels: dict[QWidget, QLabel] = {}
        self._secret: list[QLineEdit] = []

    def add(self, words: str, field: QLineEdit, *, secret: bool = False) -> None:
        """Add a field with its label."""
        row = self._grid.rowCount()
        label = plain_label(words, wrap=False)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        label.setBuddy(field)
        field.setAccessibleName(words.replace("&", ""))
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
            self._secret.append(field)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        self._labels[field] = label

    def add_show_box(self) -> None:
        """Let what is typed be seen."""
        self.show_box = QCheckBox(_("&Show the password"))
        self.show_box.toggled.connect(self._show)
        self._grid.addWidget(self.show_box, self._grid.rowCount(), 1)

    def set_shown(self, fields: Sequence[QLineEdit], *, shown: bool) -> None:
        """Show or hide fields with their labels."""
        for field in fields:
            field.setVisible(shown)
            self._labels[field].setVisible(shown)

    def refuse(self, sentence: str) -> None:
        """Say why not, and let it be tried again."""
        self.set_busy(busy=False)
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))

    def set_busy(self, *, busy: bool) -> None:
        """Wait while it is looked at."""
        self.button.setEnabled(not busy)
        self.button.setText(_("One moment…") if busy else self._verb)

    def submit(self) -> None:
        """Hand out what was typed, or say what is missing."""

    def missing(self, fields: Sequence[QLineEdit]) -> bool:
        """Go to the first field that is empty; tell whether there is one."""
        for field in fields:
            if not field.isHidden() and not field.text().strip():
                self.refuse(_("This is needed: {field}.").format(field=field.accessibleName()))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def _show(self, shown: bool) -> None:  # noqa: FBT001 -- Qt's signal
        for field in self._secret:
            mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
            field.setEchoMode(mode)


class RecoveryDialog(_Question):
    """Opens a clinic with the recovery code and sets the owner's password.

    Attributes:
        recovery_wanted: (code as typed, new password).
    """

    recovery_wanted = Signal(str, str)

    def __init__(self, theme: Theme, clinic: str, parent: QWidget | None = None) -> None:
        title = _("A new password for the owner of {clinic}").format(clinic=clinic)
        super().__init__(theme, title, _("Set password and open"), parent)
        words = _(
            "Anyone but the owner: ask the owner or manager, who can set you a new password "
            "under People. The owner needs the recovery code, which was written down or printed "
            "when the clinic was made."
        )
        self.words.addWidget(plain_label(words, muted=True))
        self.code, self.password, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self.code.setPlaceholderText(_("8 groups of 5 characters"))
        self.add(_("&Recovery code"), self.code)
        self.add(_("&New password"), self.password, secret=True)
        self.add(_("The same &again"), self.again, secret=True)
        self.add_show_box()
        self.code.setFocus()

    def submit(self) -> None:
        """Hand out the code and the password."""
        if self.missing((self.code, self.password, self.again)):
            return
        if self.password.text() != self.again.text():
            self.refuse(_("The two are not the same."))
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.refuse("")
        self.set_busy(busy=True)
        self.recovery_wanted.emit(self.code.text(), self.password.text())


class RestoreDialog(_Question):
    """Asks who restores a backup, and makes sure that it is meant.

    Attributes:
        restore_wanted: (user, password, code); either the first two or the last with a new
            password in the second.
    """

    restore_wanted = Signal(str, str, str)

    def __init__(
        self,
        theme: Theme,
        facts: Sequence[str],
        *,
        word: str = "",
        user: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            theme: of this desk.
            facts: sentences about the backup and about what it replaces.
            word: must be typed where something is replaced.
            user: who restores, already filled in.
            parent: the window it stands over.
        """
        super().__init__(theme, _("Restore a backup"), _("Restore"), parent)
        for fact in facts:
            self.words.addWidget(plain_label(fact))
        note = _("The password is the one of the day the backup was made.")
        self.note = plain_label(note, muted=True)
        self.words.addWidget(self.note)
        self.user, self.password = QLineEdit(user), QLineEdit()
        self.code, self.again = QLineEdit(), QLineEdit()
        self.code.setPlaceholderText(_("8 groups of 5 characters"))
        self.add(_("&Name"), self.user)
        self.add(_("&Recovery code"), self.code)
        self.add(_("&Password"), self.password, secret=True)
        self.add(_("The same &again"), self.again, secret=True)
        self.add_show_box()
        self.turn = QPushButton()
        self.turn.setProperty("link", True)
        self.turn.clicked.connect(self._turn)
        self._grid.addWidget(self.turn, self._grid.rowCount(), 1, Qt.AlignmentFlag.AlignLeft)
        self._word = word
        self.sure = QLineEdit()
        self.add(_("Type “{word}”").format(word=word), self.sure)
        self.set_shown((self.sure,), shown=bool(word))
        self._by_code = False
        self._arrange()
        (self.password if user else self.user).setFocus()

    def submit(self) -> None:
        """Hand out who restores."""
        if self.missing((self.user, self.code, self.password, self.again, self.sure)):
            return
        if self._by_code and self.password.text() != self.again.text():
            self.refuse(_("The two are not the same."))
            return
        if self._word and fold(self.sure.text()) != fold(self._word):
            self.refuse(_("Type “{word}” to go on.").format(word=self._word))
            self.sure.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.refuse("")
        user, code = self.user.text().strip(), self.code.text()
        if self._by_code:
            user = ""
        else:
            code = ""
        self.set_busy(busy=True)
        self.restore_wanted.emit(user, self.password.text(), code)

    def _turn(self) -> None:
        self._by_code = not self._by_code
        self._arrange()
        (self.code if self._by_code else self.user).setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        self.set_shown((self.user,), shown=not self._by_code)
        self.set_shown((self.code, self.again), shown=self._by_code)
        self.note.setVisible(not self._by_code)
        label = self._labels[self.password]
        label.setText(_("&New password") if self._by_code else _("&Password"))
        self.password.setAccessibleName(label.text().replace("&", ""))
        self.turn.setText(
            _("Use a password instead") if self._by_code else _("Use the recovery code instead")
        )
        self.refuse("")
