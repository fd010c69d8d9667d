# SPDX-License-Identifier: Apache-2.0
"""The curtain: covers the live window while it is locked.

Nothing below it is closed or reloaded: drafts and scroll positions stay. It shows the clinic, the
time and who may sign in, never anything of a patient; the window's title changes too. Dialogs and
lists stand in windows of their own: they are hidden with it and come back with their owner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDockWidget,
    QFrame,
    QGridLayout,
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

MOST_TILES: Final = 8
_IN_A_ROW: Final = 4


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in at this desk.

    Attributes:
        role: in words.
        here: whether the locked window is theirs.
    """

    login: str
    name: str
    role: str
    here: bool


class Curtain(QFrame):
    """Covers its window.

    Attributes:
        unlock_wanted: the password typed; answer with ``open_up`` or ``refuse``.
        switch_wanted: (login, password) of another person, whose tile was pressed.
        other_wanted: another person wants to sign in, by name.
    """

    unlock_wanted = Signal(str)
    switch_wanted = Signal(str, str)
    other_wanted = Signal()

    def __init__(self, theme: Theme, formats: Formats, clock: Clock, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("curtain")
        self._theme, self._formats, self._clock = theme, formats, clock
        self._window = window
        self._chosen: Person | None = None
        self._locker = ""
        self._hidden: list[QWidget] = []
        self.tiles: list[QPushButton] = []
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
        outside.addSpacing(theme.px(12))
        self._people = QGridLayout()
        self._people.setSpacing(theme.px(8))
        across = QHBoxLayout()
        across.addStretch(1)
        across.addLayout(self._people)
        across.addStretch(1)
        outside.addLayout(across)
        outside.addSpacing(theme.px(8))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addLayout(self._entry())
        middle.addStretch(1)
        outside.addLayout(middle)
        outside.addStretch(3)
        self._minute = QTimer(self)
        self._minute.setInterval(1000)
        self._minute.timeout.connect(self._tick)
        window.installEventFilter(self)
        self.hide()

    def _entry(self) -> QVBoxLayout:
        theme = self._theme
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
        return column

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

    def set_people(self, people: Sequence[Person]) -> None:
        """Offer a tile to each of these, the locker's first; one alone needs none."""
        for tile in self.tiles:
            self._people.removeWidget(tile)
            tile.deleteLater()
        self.tiles = []
        shown = sorted(people, key=lambda one: not one.here)[:MOST_TILES]
        if len(shown) < 2:
            return
        rows = -(-len(shown) // _IN_A_ROW)
        across = -(-len(shown) // rows)  # rows of one length where that is possible
        for number, person in enumerate(shown):
            tile = QPushButton(person.name.replace("&", "&&"))
            self._theme.give_icon(tile, "circle-user")
            tile.setCheckable(True)
            tile.setChecked(person.here)
            tile.setToolTip(person.role)
            tile.setAccessibleName(f"{person.name}, {person.role}")
            tile.setMinimumWidth(self._theme.px(150))
            tile.setMinimumHeight(self._theme.px(40))
            tile.clicked.connect(partial(self._choose, person, tile))
            self._people.addWidget(tile, number // across, number % across)
            self.tiles.append(tile)

    def _choose(self, person: Person, tile: QPushButton) -> None:
        for other in self.tiles:
            other.setChecked(other is tile)
        self._chosen = None if person.here else person
        self._say_who()
        self.hint.clear()
        self._empty_field()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_who(self) -> None:
        if self._chosen is None:
            self.who.setText(_("Locked by {name}").format(name=self._locker))
            self.button.setText(_("Unlock"))
        else:
            self.who.setText(_("{name} signs in").format(name=self._chosen.name))
            self.button.setText(_("Sign in"))

    def _empty_field(self) -> None:
        """Leave nothing behind, not even to Ctrl+Z."""
        self.show_box.setChecked(False)
        self.field.setText("")

    def close_down(self, clinic: str, who: str) -> None:
        """Cover the window and wait for the password."""
        self._hide_others()
        self.clinic.setText(clinic)
        self._locker, self._chosen = who, None
        for number, tile in enumerate(self.tiles):
            tile.setChecked(number == 0)
        self._say_who()
        self.hint.clear()
        self._empty_field()
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
        self._empty_field()
        self.hide()
        hidden, self._hidden = self._hidden, []
        for window in hidden:
            if shiboken6.isValid(window):
                window.show()

    def keep_back(self, window: QWidget) -> None:
        """Show a window when the curtain opens: what it shows was made while locked."""
        self._hidden.append(window)

    def _hide_others(self) -> None:
        """Hide dialogs, close lists, and empty the clipboard if what is in it is ours."""
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.hide()
            before, popup = popup, QApplication.activePopupWidget()
            popup = None if popup is before else popup
        self._hidden = [
            window
            for window in QApplication.topLevelWidgets()
            if window is not self._window
            and window.isVisible()
            and not isinstance(window, QDockWidget)  # the shell sees to those
        ]
        for window in self._hidden:
            window.hide()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()

    def refuse(self, sentence: str) -> None:
        """Say why the window stays locked."""
        self.set_busy(busy=False)
        self.hint.setText(sentence)
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, *, busy: bool) -> None:
        """Wait while the password is looked at."""
        for widget in (self.field, self.button, *self.tiles):
            widget.setEnabled(not busy)

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
        order: list[QWidget] = [
            *self.tiles,
            self.field,
            self.show_box,
            self.button,
            self.other,
        ]
        order = [one for one in order if one.isEnabled()]
        now = self.focusWidget()
        place = order.index(now) if now in order else -1
        order[(place + (1 if next else -1)) % len(order)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _typed(self) -> None:
        if self.field.text():
            self.hint.clear()
            self.set_busy(busy=True)
            if self._chosen is None:
                self.unlock_wanted.emit(self.field.text())
            else:
                self.switch_wanted.emit(self._chosen.login, self.field.text())

    def _show_password(self, shown: bool) -> None:  # noqa: FBT001 -- Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)

    def _tick(self) -> None:
        wall = self._formats.zone.wall(self._clock.now())
        self.time.setText(self._formats.time(wall))
