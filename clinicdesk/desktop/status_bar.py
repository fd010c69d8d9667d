# SPDX-License-Identifier: Apache-2.0
"""The status bar: the last act with its Undo, errands under way, and cells that can be pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStatusBar, QWidget

from clinicdesk.desktop.desk import Errand
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.theme import Theme
from clinicdesk.wording.text import _


class ErrandBar(QWidget):
    """Shows one errand's steps, with Cancel; goes away with it."""

    def __init__(self, errand: Errand, theme: Theme) -> None:
        super().__init__()
        self._errand = errand
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        line.setSpacing(theme.px(6))
        self.words = plain_label(errand.title, muted=True, wrap=False)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setFixedWidth(theme.px(120))
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(errand.title)
        self.button = QPushButton(_("Cancel"))
        self.button.setProperty("cell", True)
        self.button.clicked.connect(self._cancel)
        for widget in (self.words, self.bar, self.button):
            line.addWidget(widget)
        errand.progressed.connect(self._step)
        errand.ended.connect(self.deleteLater)

    def _step(self, done: int, of: int, words: str) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)
        self.words.setText(words or self._errand.title)

    def _cancel(self) -> None:
        self.button.setEnabled(False)
        self.words.setText(_("Stopping…"))
        self._errand.cancel()


class StatusBar(QStatusBar):
    """The lower edge of the window."""

    def __init__(self, notices: Notices, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._notices = theme, notices
        self.setSizeGripEnabled(False)
        self.setAccessibleName(_("Status"))
        self._last = plain_label("", muted=True, wrap=False)
        self._last.setMinimumWidth(1)
        self._undo = QPushButton()
        self._undo.setProperty("link", True)
        self._undo.clicked.connect(self._pressed)
        self._undo.hide()
        self._way = ""
        self.addWidget(self._last)
        self.addWidget(self._undo)
        # Errands have a place of their own: Qt counts it among all items where one is inserted.
        self._errands = QWidget()
        errands = QHBoxLayout(self._errands)
        errands.setContentsMargins(0, 0, 0, 0)
        self.addPermanentWidget(self._errands)
        self._cells: dict[str, QPushButton] = {}
        self._acts: dict[str, Callable[[], None]] = {}
        notices.toasted.connect(self._said)
        theme.changed.connect(self._measure)
        self._measure()

    @property
    def last(self) -> str:
        """The last act as shown."""
        return self._last.text()

    def forget(self) -> None:
        """Take the last act away: lock or another user."""
        self._said("", "")

    def shelf_emptied(self) -> None:
        """Take the way back away but keep the sentence."""
        self._way = ""
        self._undo.hide()

    def set_cell(
        self,
        cell: str,
        words: str,
        act: Callable[[], None] | None = None,
        *,
        tone: str = "",
        tip: str = "",
    ) -> None:
        """Show a cell at the trailing edge; empty words hide it. Cells stand as first set."""
        button = self._cells.get(cell)
        if button is None:
            button = QPushButton()
            button.setProperty("cell", True)
            button.setObjectName(f"cell.{cell}")
            button.clicked.connect(self._cell_pressed)
            self._cells[cell] = button
            self.addPermanentWidget(button)
        button.setText(words.replace("&", "&&"))
        button.setAccessibleName(words)
        button.setToolTip(tip)
        if act is not None:
            self._acts[button.objectName()] = act
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if act else Qt.FocusPolicy.NoFocus)
        if button.property("tone") != tone:
            button.setProperty("tone", tone)
            button.style().unpolish(button)
            button.style().polish(button)
        button.setVisible(bool(words))

    def cell(self, cell: str) -> QPushButton:
        """Return a cell's button."""
        return self._cells[cell]

    def show_errand(self, errand: Errand) -> None:
        """Show an errand until it ends."""
        line = self._errands.layout()
        if line is not None:
            line.addWidget(ErrandBar(errand, self._theme))

    def _said(self, sentence: str, way: str) -> None:
        self._way = way
        self._last.setText(sentence)
        self._last.setToolTip(sentence)
        self._undo.setText(_("Undo (Ctrl+Z)") if way == "undo" else _("Redo (Ctrl+Y)"))
        self._undo.setVisible(bool(way))

    def _pressed(self) -> None:
        if self._way == "undo":
            self._notices.undo_wanted.emit()
        elif self._way == "redo":
            self._notices.redo_wanted.emit()

    def _cell_pressed(self) -> None:
        button = self.sender()
        if button.objectName() in self._acts:
            self._acts[button.objectName()]()

    def _measure(self) -> None:
        px = self._theme.px
        self.setContentsMargins(px(8), 0, px(4), 0)
        self.setMinimumHeight(px(28))
