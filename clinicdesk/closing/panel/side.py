# SPDX-License-Identifier: Apache-2.0
"""The side of the page of reports: month, what can be done, the list, the proof."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.closing.panel.proof_list import ProofList
from clinicdesk.closing.panel.report_list import ReportList
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import ChoiceBox
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import PAGE_TITLE
from clinicdesk.printing.sheet import Paper
from clinicdesk.wording.text import _

STEPS: Final = 100
_WIDTH: Final = 290  # units
_LETTER_COUNTRIES: Final = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})


class Side(QScrollArea):
    """Widgets without a will of their own; the page connects them.

    Attributes:
        earlier: month before; ``later`` the one after.
        title: name of the month; ``status`` whether it is closed.
        make: makes what the list stands on; ``stop`` and ``bar`` show while it does.
        list: the reports.
        proof: figures and identities of the pack.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.earlier = self._arrow("chevron-left", _("Earlier month"))
        self.later = self._arrow("chevron-right", _("Later month"))
        self.title = plain_label("", wrap=False)
        self.title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.status = plain_label("", muted=True)
        self.make = self._button(_("Make the report"), "file-text")
        self.make.setProperty("primary", True)
        self.make.setAutoDefault(True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(_("Progress of the report"))
        self.bar.setRange(0, STEPS)
        self.stop = self._button(_("Cancel"), "x")
        self.print = self._button(_("Print…"), "printer")
        self.save = self._button(_("Save…"), "file-down")
        self.list = ReportList(room)
        self.paper: ChoiceBox[Paper] = ChoiceBox(
            [(Paper.A4, _("Paper: A4")), (Paper.LETTER, _("Paper: Letter"))]
        )
        self.paper.setAccessibleName(_("Paper"))
        letter = room.formats.territory in _LETTER_COUNTRIES
        self.paper.set_value(Paper.LETTER if letter else Paper.A4)
        self.proof = ProofList(room)
        self.close_month = self._button(_("Close the month…"), "lock")
        self.reopen = self._button(_("Open again…"), "unlock")
        self._lay_out()
        self.setAccessibleName(_("Month and proof"))
        room.theme.changed.connect(self._measure)
        self._measure()

    def _lay_out(self) -> None:
        px = self._room.theme.px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(8))
        months = QHBoxLayout()
        months.addWidget(self.earlier)
        months.addWidget(self.title, 1)
        months.addWidget(self.later)
        outputs = QHBoxLayout()
        outputs.setSpacing(px(8))
        outputs.addWidget(self.print, 1)
        outputs.addWidget(self.save, 1)
        column.addLayout(months)
        column.addWidget(self.status)
        column.addWidget(self.make)
        for widget in (self.bar, self.stop):
            widget.hide()
            column.addWidget(widget)
        column.addLayout(outputs)
        column.addWidget(self.paper)
        column.addWidget(self.list)
        column.addWidget(self.close_month)
        column.addWidget(self.reopen)
        column.addSpacing(px(6))
        column.addWidget(self.proof)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def _measure(self) -> None:
        self.setFixedWidth(self._room.theme.px(_WIDTH))
        self.title.setFont(self._room.theme.font(PAGE_TITLE, QFont.Weight.DemiBold))
        self.list.updateGeometry()

    def _arrow(self, icon: str, name: str) -> QToolButton:
        button = QToolButton()
        self._room.theme.give_icon(button, icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def _button(self, text: str, icon: str) -> QPushButton:
        button = QPushButton(text)
        self._room.theme.give_icon(button, icon, "on_accent" if icon == "file-text" else "text")
        return button
