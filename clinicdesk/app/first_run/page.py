# SPDX-License-Identifier: Apache-2.0
"""One page of the first run: a title, a sentence, labelled fields, reasons beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from clinicdesk.app.first_run.plan import Plan
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.theme import PAGE_TITLE, SECONDARY, Theme
from clinicdesk.wording.text import _

Box = TypeVar("Box", bound=QComboBox)


class Page(QWidget):
    """Shows a part of the plan; ``keep`` writes it back.

    Attributes:
        title: of the page, translated.
        skippable: it may be left for later; ``skip`` then says what that means for the plan.
        begin_at: number of the field that has the focus first.
        remake: language or sizes were changed here, the page is to be built again.
    """

    remake = Signal()
    skippable = False

    def __init__(self, plan: Plan, theme: Theme, title: str, sentence: str) -> None:
        super().__init__()
        self.plan, self.theme, self.title = plan, theme, title
        px = theme.px
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, px(6), px(4), 0)
        self.column.setSpacing(px(10))
        heading = plain_label(title)
        heading.setFont(theme.font(PAGE_TITLE, QFont.Weight.DemiBold))
        self.column.addWidget(heading)
        if sentence:
            self.column.addWidget(plain_label(sentence, muted=True))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(4))
        self.grid.setColumnStretch(1, 1)
        self.column.addLayout(self.grid)
        self.fault = plain_label("")  # for what belongs to no single field
        self.fault.setProperty("tone", "danger")
        self.fault.hide()
        self.begin_at = 0
        self._fields: list[QWidget] = []
        self._reasons: dict[QWidget, QLabel] = {}
        self._labels: dict[QWidget, QLabel] = {}

    def add(self, label: str, field: QWidget, *, note: str = "") -> QLabel:
        """Add a field below what is there; return the line of words under it."""
        row = self.grid.rowCount()
        caption = plain_label(label, wrap=False)
        caption.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        caption.setBuddy(field)
        field.setAccessibleName(label.replace("&", ""))
        field.setAccessibleDescription(note)
        under = plain_label(note, muted=True)
        under.setFont(self.theme.font(SECONDARY))
        under.setVisible(bool(note))
        self.grid.addWidget(caption, row, 0)
        self.grid.addWidget(field, row, 1)
        self.grid.addWidget(under, row + 1, 1)
        self._fields.append(field)
        self._labels[field], self._reasons[field] = caption, under
        return under

    def set_shown(self, field: QWidget, *, shown: bool) -> None:
        """Show or hide a field with its label."""
        field.setVisible(shown)
        self._labels[field].setVisible(shown)
        under = self._reasons[field]
        under.setVisible(shown and bool(under.text()))

    def relabel(self, field: QWidget, label: str) -> None:
        """Call a field something else."""
        self._labels[field].setText(label)
        field.setAccessibleName(label.replace("&", ""))

    def say(self, field: QWidget, sentence: str, tone: str = "") -> None:
        """Write something under a field: a reason, or how it stands."""
        under = self._reasons[field]
        under.setText(sentence)
        under.setVisible(bool(sentence) and not field.isHidden())
        under.setProperty("tone", tone)
        under.setProperty("muted", not tone)
        field.setProperty("wrong", tone == "danger")
        field.setAccessibleDescription(sentence)
        for widget in (under, field):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def refuse(self, field: QWidget, sentence: str) -> bool:
        """Write a reason under a field and go there; False, for ``keep`` to return."""
        self.say(field, sentence, "danger")
        field.setFocus(Qt.FocusReason.TabFocusReason)
        return False

    def missing(self, field: QLineEdit) -> bool:
        """Say that a field is needed, if it is empty."""
        if field.text().strip():
            self.say(field, "")
            return False
        self.refuse(field, _("This is needed."))
        return True

    def blame(self, sentence: str) -> None:
        """Say what is wrong where it belongs to no single field."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def begin(self) -> None:
        """Put the focus into the first field."""
        for field in self._fields[self.begin_at :]:
            if field.isEnabled() and not field.isHidden():
                field.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def focus_place(self) -> int:
        """Return the number of the field with the focus."""
        return next((n for n, field in enumerate(self._fields) if field.hasFocus()), 0)

    def keep(self) -> bool:
        """Write what is here into the plan; False, with a reason shown, if it will not do."""
        return True

    def hold(self) -> None:
        """Write what is here into the plan as far as it goes, before going back."""

    def skip(self) -> None:
        """Leave it for later."""

    def before_skip(self) -> tuple[str, str]:
        """Return a question and what it means, to be asked before skipping; nothing if free."""
        return "", ""


class PairRows(QWidget):
    """Rows of two fields each; there is always an empty one more.

    Attributes:
        changed: something was typed.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, titles: tuple[str, str], rows: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__()
        self._titles = titles
        self.rows: list[tuple[QLineEdit, QLineEdit]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)
        for column, title in enumerate(titles):
            self._grid.addWidget(plain_label(title, muted=True, wrap=False), 0, column)
        for row in (*rows, ("", "")):
            self._add(row)
        self.setFocusProxy(self.rows[0][0])

    def values(self) -> list[tuple[str, str]]:
        """Return the rows in which something stands."""
        told = [(first.text().strip(), second.text().strip()) for first, second in self.rows]
        return [row for row in told if row != ("", "")]

    def _add(self, row: tuple[str, str]) -> None:
        number = len(self.rows) + 1
        fields = QLineEdit(row[0]), QLineEdit(row[1])
        for column, field in enumerate(fields):
            field.setAccessibleName(f"{self._titles[column]} {number}")
            field.textEdited.connect(self._typed)
            self._grid.addWidget(field, number, column)
        if self.rows:
            QWidget.setTabOrder(self.rows[-1][1], fields[0])
        QWidget.setTabOrder(fields[0], fields[1])
        self.rows.append(fields)

    def _typed(self) -> None:
        if any(field.text().strip() for field in self.rows[-1]):
            self._add(("", ""))
        self.changed.emit()


def widened(box: Box) -> Box:
    """Let a box of choices be as wide as its column, whatever its longest choice needs."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(18)
    return box
