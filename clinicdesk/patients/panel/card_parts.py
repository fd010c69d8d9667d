# SPDX-License-Identifier: Apache-2.0
"""The parts a patient's card is made of: alert, grid of facts, box, list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import HEADING
from clinicdesk.patients.model import MAY_EDIT_PATIENTS, CardFact, CardLine, CardSection
from clinicdesk.patients.queries import AlertRow
from clinicdesk.wording.text import _


def heading(room: Room, text: str) -> QLabel:
    """Make the heading of a part."""
    label = plain_label(text)
    label.setFont(room.theme.font(HEADING, QFont.Weight.DemiBold))
    return label


def toned(text: str, tone: str, *, muted: bool = False) -> QLabel:
    """Make a label in the colour of a tone."""
    label = plain_label(text, muted=muted and not tone)
    if tone:
        label.setProperty("tone", tone)
    return label


class OneLine(QLabel):
    """A text on one line; what does not fit is elided, and the tooltip tells the whole."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = " ".join(text.split())
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(self._whole)
        self._fit()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(words + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * 15
        return QSize(min(least, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the words into the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        end = Qt.TextElideMode.ElideRight
        told = self.fontMetrics().elidedText(self._whole, end, self.width())
        if told != self.text():
            self.setText(told)
        self.setToolTip(self._whole if told != self._whole else "")


class AlertBox(QFrame):
    """What must be known first, in words on a tinted ground with a bar."""

    def __init__(self, room: Room, alert: AlertRow, kind: str, end: Callable[[int], None]) -> None:
        super().__init__()
        wording = alert.wording
        self.setObjectName("alert")
        self.setAccessibleName(f"{kind}: {wording}")
        row = QHBoxLayout(self)
        side, tall = room.theme.px(9), room.theme.px(6)
        row.setContentsMargins(side, tall, side, tall)
        label = plain_label(wording)
        label.setFont(room.theme.font(weight=QFont.Weight.DemiBold))
        row.addWidget(label, 1)
        if room.actor.may(MAY_EDIT_PATIENTS):
            done = QToolButton()
            done.setObjectName("end_alert")
            done.setProperty("flat", True)
            done.setAccessibleName(_("End this alert: {words}").format(words=wording))
            done.setToolTip(_("End this alert"))
            room.theme.give_icon(done, "cross", "muted")
            done.setFixedSize(room.theme.px(24), room.theme.px(24))
            done.setStyleSheet("padding: 0; min-height: 0;")
            done.clicked.connect(partial(_tell, end, alert.id))
            row.addWidget(done, 0, Qt.AlignmentFlag.AlignTop)


class FactGrid(QWidget):
    """Labels and values; a phone is a button that copies it."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(room.theme.px(12))
        self._grid.setVerticalSpacing(room.theme.px(4))
        self._grid.setColumnStretch(1, 1)

    def add(self, fact: CardFact, copies: str = "", *, one_line: bool = False) -> None:
        """Add a fact; ``copies`` makes the value a button that copies that text."""
        row = self._grid.rowCount()
        label = plain_label(fact.label, muted=True, wrap=False)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        value: QWidget
        if copies:
            value = CopyButton(self._room, fact.text, copies)
            self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignLeading)
        else:
            value = OneLine(fact.text) if one_line else toned(fact.text, fact.tone)
            self._grid.addWidget(value, row, 1)
        value.setAccessibleName(f"{fact.label}: {fact.text}")


class CopyButton(QPushButton):
    """A value that a press copies."""

    def __init__(self, room: Room, text: str, copies: str) -> None:
        super().__init__(text.replace("&", "&&"))
        self._room, self._copies = room, copies
        self.setProperty("link", True)
        self.setStyleSheet("padding-left: 0; padding-right: 0;")  # in line with the other values
        self.setToolTip(_("Copy"))
        self.setAccessibleDescription(_("Copy"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._copies)
        self._room.notices.toast(_("{what} copied.").format(what=self._copies))


class SectionBox(QFrame):
    """A titled box with remarks and buttons, such as today's appointment."""

    def __init__(self, room: Room, section: CardSection) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAccessibleName(section.title)
        inside = QVBoxLayout(self)
        edge = room.theme.px(10)
        inside.setContentsMargins(edge, edge, edge, edge)
        inside.setSpacing(room.theme.px(4))
        inside.addWidget(heading(room, section.title))
        for text, tone in section.remarks:
            label = toned(text, tone, muted=True)
            if tone:
                label.setFont(room.theme.font(weight=QFont.Weight.DemiBold))
            inside.addWidget(label)
        grid = QGridLayout()
        grid.setContentsMargins(0, room.theme.px(4), 0, 0)
        grid.setSpacing(room.theme.px(6))
        made = []
        for told in section.buttons:
            caption = f"{told.text}  {told.key}".rstrip().replace("&", "&&")
            button = QPushButton(caption)
            button.setAccessibleName(told.text)
            button.setProperty("primary", told.primary)
            button.clicked.connect(partial(_run, room.run_action, told.action_id))
            made.append(button)
        # With long words or large text one below the other, so that nothing is cut off.
        beside = 2 if max(one.sizeHint().width() for one in made) <= room.theme.px(128) else 1
        for place, button in enumerate(made):
            grid.addWidget(button, place // beside, place % beside)
        inside.addLayout(grid)


def _tell(end: Callable[[int], None], number: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 -- Qt's signal
    end(number)


def _run(run_action: Callable[[str], None], action_id: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 -- Qt's signal
    run_action(action_id)


class LineList(QWidget):
    """A titled list of lines: when, what, amounts at the trailing edge."""

    def __init__(self, room: Room, title: str, lines: Sequence[CardLine]) -> None:
        super().__init__()
        self.setAccessibleName(title)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(room.theme.px(4))
        inside.addWidget(heading(room, title))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(room.theme.px(8))
        grid.setVerticalSpacing(room.theme.px(4))
        grid.setColumnStretch(1, 1)
        end = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop
        with_amounts = any(line.amount or line.balance for line in lines)
        for row, line in enumerate(lines):
            grid.addWidget(
                plain_label(line.when, muted=True, wrap=False), row, 0, Qt.AlignmentFlag.AlignTop
            )
            # A movement is one line to run the eye down; a note or a name is read whole.
            words = (
                OneLine(line.text)
                if line.amount
                else plain_label(line.text, muted=not with_amounts)
            )
            grid.addWidget(words, row, 1)
            if with_amounts:
                grid.addWidget(plain_label(line.amount, wrap=False), row, 2, end)
                grid.addWidget(plain_label(line.balance, wrap=False), row, 3, end)
        inside.addLayout(grid)
