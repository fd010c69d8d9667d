# SPDX-License-Identifier: Apache-2.0
"""Headline figures and identities of a month end, beside its pages."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from clinicdesk.closing.model import MonthEnd, ProofLine, SummaryRow
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import HEADING, SECONDARY
from clinicdesk.kernel.columns import Kind
from clinicdesk.wording.text import N_, _

_HEADLINES = (
    ("net_production", N_("Net production")),
    ("net_receipts", N_("Net receipts")),
    ("closing_receivables", N_("Receivables")),
    ("net_collection", N_("Net collection rate")),
    ("visits", N_("Visits")),
    ("new_patients", N_("New patients")),
)


class ProofList(QWidget):
    """What the paper says in short: figures, then each identity with tick or cross."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._outside = QVBoxLayout(self)
        self._outside.setContentsMargins(0, 0, 0, 0)
        self._inside: QWidget | None = None

    def show_report(self, report: MonthEnd | None) -> None:
        """Show a report, or nothing."""
        if self._inside is not None:
            self._outside.removeWidget(self._inside)
            self._inside.deleteLater()
            self._inside = None
        if report is None:
            return
        self._inside = QWidget(self)
        px = self._room.theme.px
        rows = QVBoxLayout(self._inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(px(6))
        rows.addLayout(self._figures(report))
        rows.addSpacing(px(8))
        rows.addWidget(self._heading(_("Proof")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(1, 1)
        for place, line in enumerate(report.proof):
            self._add_line(grid, place, line)
        rows.addLayout(grid)
        self._outside.addWidget(self._inside)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _heading(self, text: str) -> QLabel:
        label = plain_label(text)
        label.setFont(self._room.theme.font(HEADING, QFont.Weight.DemiBold))
        return label

    def _figures(self, report: MonthEnd) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._room.theme.px(8))
        grid.setVerticalSpacing(self._room.theme.px(4))
        grid.setColumnStretch(0, 1)
        by_key = report.by_key
        for place, (key, title) in enumerate(_HEADLINES):
            value = plain_label(self._written(by_key[key]), wrap=False)
            value.setFont(self._room.theme.font(weight=QFont.Weight.DemiBold))
            value.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
            value.setAccessibleName(f"{_(title)}: {value.text()}")
            grid.addWidget(plain_label(_(title), muted=True), place, 0)
            grid.addWidget(value, place, 1)
        return grid

    def _written(self, row: SummaryRow) -> str:
        if row.this is None:
            return "–"
        if row.kind is Kind.MONEY:
            return self._room.formats.money(int(row.this))
        if row.kind is Kind.PERCENT:
            return self._room.formats.percent(Decimal(row.this))
        return self._room.formats.number(row.this)

    def _add_line(self, grid: QGridLayout, place: int, line: ProofLine) -> None:
        theme, formats = self._room.theme, self._room.formats
        write = formats.amount if line.kind is Kind.MONEY else formats.number
        mark = QLabel()
        icon, ink = ("ok", "ok") if line.holds else ("error", "danger")
        mark.setPixmap(theme.pixmap(icon, 16, ink, self.devicePixelRatioF()))
        says = _("holds") if line.holds else _("does not hold")
        mark.setAccessibleName(says)
        title = plain_label(_(line.title))
        title.setFont(theme.font(SECONDARY))
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        sides = f"{write(line.left)} = {write(line.right)}"
        if not line.holds:
            sides = f"{write(line.left)} ≠ {write(line.right)}"
        title.setToolTip(f"{sides}\n{_(line.detail)}")
        title.setAccessibleName(f"{_(line.title)}: {says}, {sides}")
        grid.addWidget(mark, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(title, place, 1)
