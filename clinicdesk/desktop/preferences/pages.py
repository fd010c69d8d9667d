# SPDX-License-Identifier: Apache-2.0
"""Pages of preferences as data, and the widget that shows the lines of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QStyle,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import ChoiceBox
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import LARGEST, SMALLEST, STEP
from clinicdesk.desktop.view_choices import CONTRAST, MODE, TEXT_SIZE
from clinicdesk.kernel.settings import Setting
from clinicdesk.wording.text import N_, _

_AIR: Final = 4  # px that drawing and rounding take


@dataclass(frozen=True, slots=True)
class ChoiceLine:
    """One of some values; names of languages are in their own and stay so.

    Attributes:
        setting: what it changes.
        label: English, marked.
        choices: (value, words marked).
        note: what else there is to know, marked.
    """

    setting: Setting[Any]
    label: str
    choices: tuple[tuple[Any, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SwitchLine:
    """On or off."""

    setting: Setting[bool]
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A whole number within bounds, chosen from a list of all."""

    setting: Setting[int]
    label: str
    least: int
    most: int
    step: int = 1
    note: str = ""


Line = ChoiceLine | SwitchLine | NumberLine


@dataclass(frozen=True, slots=True)
class PreferencePage:
    """One page.

    Attributes:
        id: stable.
        title: English, marked.
        icon: beside the title in the list.
        lines: what can be chosen.
        make: makes the page instead, where lines are not enough.
    """

    id: str
    title: str
    icon: str
    lines: tuple[Line, ...] = ()
    make: Callable[[], QWidget] | None = None


def appearance() -> PreferencePage:
    """Return the page of colours and text size."""
    return PreferencePage(
        "appearance",
        N_("Appearance"),
        "eye",
        (
            ChoiceLine(
                MODE,
                N_("Colours"),
                (
                    ("system", N_("As the system")),
                    ("light", N_("Light")),
                    ("dark", N_("Dark")),
                ),
            ),
            SwitchLine(CONTRAST, N_("High contrast"), N_("Thicker edges, no pale fills.")),
            NumberLine(TEXT_SIZE, N_("Text size in percent"), SMALLEST, LARGEST, STEP),
        ),
    )


class _WholeBox(ChoiceBox[Any]):
    """As wide as its longest choice: Qt's hint leaves out what the style sheet pads."""

    def sizeHint(self) -> QSize:
        """Add to Qt's hint what the longest words are short of."""
        hint = super().sizeHint()
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.rect = QRect(QPoint(), hint)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        advance = self.fontMetrics().horizontalAdvance
        longest = max((advance(self.itemText(n)) for n in range(self.count())), default=0)
        return QSize(hint.width() + max(0, longest + _AIR - room.width()), hint.height())


class LinesPage(QWidget):
    """Shows the lines of a page and keeps what is chosen, at once."""

    def __init__(self, page: PreferencePage, room: Room) -> None:
        super().__init__()
        self._room = room
        self._shown: dict[str, QCheckBox | ChoiceBox[Any]] = {}
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(room.theme.px(16))
        grid.setVerticalSpacing(room.theme.px(6))
        grid.setColumnStretch(1, 1)
        for line in page.lines:
            self._add(grid, line)
        outside.addLayout(grid)
        outside.addStretch(1)
        room.settings.changed.connect(self._changed)

    def field(self, key: str) -> QCheckBox | ChoiceBox[Any]:
        """Return the field of a setting by its key."""
        return self._shown[key]

    def _add(self, grid: QGridLayout, line: Line) -> None:
        row, setting = grid.rowCount(), line.setting
        kept = self._room.settings.get(setting)
        field: QCheckBox | ChoiceBox[Any]
        if isinstance(line, SwitchLine):
            field = QCheckBox(_(line.label))
            field.setChecked(bool(kept))
            field.toggled.connect(self._keep)
            grid.addWidget(field, row, 0, 1, 2)
        else:
            caption = plain_label(_(line.label), wrap=False)
            caption.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            field = _WholeBox(_choices(line, kept, self._room))
            field.set_value(kept)
            field.understood.connect(self._keep)
            caption.setBuddy(field)
            grid.addWidget(caption, row, 0)
            grid.addWidget(field, row, 1, Qt.AlignmentFlag.AlignLeading)
        field.setAccessibleName(_(line.label))
        field.setAccessibleDescription(_(line.note) if line.note else "")
        if line.note:
            note = plain_label(_(line.note), muted=True)
            note.setContentsMargins(0, 0, 0, self._room.theme.px(10))
            grid.addWidget(note, row + 1, 0, 1, 2)
        self._shown[setting.key] = field
        field.setProperty("setting", setting)

    def _keep(self, value: Any) -> None:
        field = self.sender()
        if value is not None and isinstance(field, QCheckBox | ChoiceBox):
            self._room.settings.put(field.property("setting"), value)

    def _changed(self, key: str) -> None:
        """Follow a change that was made elsewhere, e.g. in the View menu."""
        field = self._shown.get(key)
        if isinstance(field, QCheckBox):
            field.setChecked(bool(self._room.settings.get(field.property("setting"))))
        elif field is not None:
            field.set_value(self._room.settings.get(field.property("setting")))


def _choices(line: ChoiceLine | NumberLine, kept: Any, room: Room) -> list[tuple[Any, str]]:
    if isinstance(line, NumberLine):
        numbers = set(range(line.least, line.most + 1, line.step))
        numbers |= {kept} if line.least <= kept <= line.most else set()
        return [(number, room.formats.number(number)) for number in sorted(numbers)]
    return [(value, _(words)) for value, words in line.choices]
