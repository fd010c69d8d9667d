# SPDX-License-Identifier: Apache-2.0
"""The book's controls in the top bar: today, earlier, later, the four views, whose week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from clinicdesk.desktop.editors import ChoiceBox
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.top_bar import BEFORE_TITLE
from clinicdesk.wording.text import N_, _

MODES: Final = (
    ("day", N_("Day")),
    ("week", N_("Week")),
    ("month", N_("Month")),
    ("list", N_("List")),
)


class TopControls(QObject):
    """Makes the controls and tells what was pressed.

    Attributes:
        today_wanted: Today was pressed.
        stepped: −1 earlier, 1 later.
        mode_wanted: the name of a view.
        provider_wanted: whose week; None for everybody.
    """

    today_wanted = Signal()
    stepped = Signal(int)
    mode_wanted = Signal(str)
    provider_wanted = Signal(object)

    def __init__(self, room: Room, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._filling = False
        self.today = QToolButton()
        self.today.setText(_("Today"))
        self.today.setToolTip(_("Today, now (F5)"))
        self.today.clicked.connect(self._today_pressed)
        self.earlier = self._arrow("chevron-left", _("Earlier"), -1)
        self.later = self._arrow("chevron-right", _("Later"), 1)
        self.modes = QWidget()
        line = QHBoxLayout(self.modes)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(room.theme.px(6))
        self.group = QButtonGroup(self)
        for number, (name, words) in enumerate(MODES):
            button = QToolButton()
            button.setText(_(words))
            button.setCheckable(True)
            button.setProperty("mode", name)
            button.clicked.connect(self._mode_pressed)
            self.group.addButton(button, number)
            line.addWidget(button)
        self.provider: ChoiceBox[int | None] = ChoiceBox()
        self.provider.setAccessibleName(_("Whose week"))
        self.provider.setToolTip(_("Whose week"))
        self.provider.understood.connect(self._provider_chosen)
        line.addWidget(self.provider)
        for widget in (self.today, self.earlier, self.later):
            widget.setProperty(BEFORE_TITLE, True)

    def widgets(self) -> tuple[QWidget, ...]:
        """Return all of them in order."""
        return (self.today, self.earlier, self.later, self.modes)

    def show_mode(self, mode: str) -> None:
        """Mark the view in front."""
        for number, (name, _words) in enumerate(MODES):
            self.group.button(number).setChecked(name == mode)
        self.provider.setVisible(mode == "week")

    def set_people(self, people: Sequence[tuple[int, str]], chosen: int | None) -> None:
        """Offer these providers for a week."""
        everybody: list[tuple[int | None, str]] = [(None, _("Everybody"))]
        self._filling = True
        self.provider.set_choices([*everybody, *people])
        self.provider.set_value(chosen)
        self._filling = False

    def _arrow(self, icon: str, name: str, by: int) -> QToolButton:
        button = QToolButton()
        self._room.theme.give_icon(button, icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setProperty("by", by)
        button.clicked.connect(self._step_pressed)
        return button

    def _provider_chosen(self, provider_id: object) -> None:
        if not self._filling:
            self.provider_wanted.emit(provider_id)

    def _today_pressed(self) -> None:
        self.today_wanted.emit()

    def _step_pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.stepped.emit(int(button.property("by")))

    def _mode_pressed(self) -> None:
        button = self.sender()
        if button is not None:
            self.mode_wanted.emit(str(button.property("mode")))
