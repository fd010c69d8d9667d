# SPDX-License-Identifier: Apache-2.0
"""The curtain: covers the live window while it is locked.

Nothing below it is closed or reloaded: drafts and scroll positions stay. It shows the clinic, the
time and who locked, never anything of a patient; the window's title changes too.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.theme import FIGURE, PAGE_TITLE, Theme
from clinicdesk.kernel.moments import Clock
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _


class Curtain(QFrame):
    """Covers its window.

    Attributes:
        unlock_wanted: the password typed; answer with ``open_up`` or ``refuse``.
        other_wanted: another person wants to sign in.
    """

    unlock_wanted = Signal(str)
    other_wanted = Signal()

    def __init__(self, theme: Theme, formats: Formats, clock: Clock, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("curtain")
        self._theme, self._formats, self._clock = theme, formats, clock
        self._window = window
        outside = QVBoxLayout(self)
        outside.addStretch(2)
        self.time = plain_label("")
        self.time.setFont(theme.font(FIGURE, QFont.Weight.DemiBold))
        self.clinic = plain_label("")
        self.clinic.setFont(theme.font(PAGE_TITLE, QFont.Weight.DemiBold))
        self.who = plain_label("", muted=True)
        for label in (self.time, self.clinic, self.who):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            outside.addWidget(label)
        outside.addSpacing(theme.px(16))
        column = QVBoxLayout()
        column.setSpacing(theme.px(8))
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setPlaceholderText(_("Password"))
        self.field.setAccessibleName(_("Password"))
        self.field.setFixedWidth(theme.px(300))
        self.field.returnPressed.connect(self._typed)
        column.addWidget(self.field)
        self.show_box = QCheckBox(_("Show the password"))
        self.show_box.toggled.connect(self._show_password)
        column.addWidget(self.show_box)
        self.hint = plain_label("")
        self.hint.setProperty("tone", "danger")
        self.hint.setFixedWidth(theme.px(300))
        column.addWidget(self.hint)
        column.addLayout(self._buttons())
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(column)
        middle.addStretch(1)
        outside.addLayout(middle)
        outside.addStretch(3)
        self._minute = QTimer(self)
        self._minute.setInterval(1000)
        self._minute.timeout.connect(self._tick)
        window.installEventFilter(self)
        self.hide()

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.button = QPushButton(_("Unlock"))
        self.button.setProperty("primary", True)
        self.button.clicked.connect(self._typed)
        self.other = QPushButton(_("Someone else…"))
        self.other.clicked.connect(self.other_wanted)
        line.addWidget(self.button)
        line.addWidget(self.other)
        return line

    def close_down(self, clinic: str, who: str) -> None:
        """Cover the window and wait for the password."""
        self.clinic.setText(clinic)
        self.who.setText(_("Locked by {name}").format(name=who))
        self.hint.clear()
        self.field.clear()
        self._tick()
        self._minute.start()
        self.setGeometry(self._window.rect())
        self.set_busy(busy=False)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_up(self) -> None:
        """Uncover the window."""
        self._minute.stop()
        self.field.clear()
        self.hide()

    def refuse(self, sentence: str) -> None:
        """Say why the window stays locked."""
        self.set_busy(busy=False)
        self.hint.setText(sentence)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Wait while the password is looked at."""
        self.field.setEnabled(not busy)
        self.button.setEnabled(not busy)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
            self.raise_()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let no key through to what is covered."""
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 -- Qt's signature
        """Keep Tab on this side of the curtain."""
        order: list[QWidget] = [self.field, self.show_box, self.button, self.other]
        order = [one for one in order if one.isEnabled()]
        now = self.focusWidget()
        place = order.index(now) if now in order else -1
        order[(place + (1 if next else -1)) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _typed(self) -> None:
        if self.field.text():
            self.hint.clear()
            self.set_busy(busy=True)
            self.unlock_wanted.emit(self.field.text())

    def _show_password(self, shown: bool) -> None:  # noqa: FBT001 -- Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)

    def _tick(self) -> None:
        wall = self._formats.zone.wall(self._clock.now())
        self.time.setText(self._formats.time(wall))
