# SPDX-License-Identifier: Apache-2.0
"""A row that goes into as many lines as it needs, so that large text cuts nothing off."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget


class WrapRow(QWidget):
    """Cells side by side, in lines as wide as there is room."""

    def __init__(self, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spacing = spacing
        self._cells: list[tuple[QWidget, int]] = []
        self._lines: list[QHBoxLayout] = []
        self._shape: list[list[QWidget]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(max(2, spacing // 2))

    def add(self, cell: QWidget, stretch: int = 0) -> None:
        """Put a cell behind the others; ``stretch`` takes what is left of its line."""
        cell.setParent(self)
        self._cells.append((cell, stretch))

    def arrange(self) -> None:
        """Lay the cells that are not hidden into lines."""
        lines: list[list[QWidget]] = [[]]
        room, used = self.width(), 0
        for cell in self._shown():
            needed = _width(cell)
            if lines[-1] and used + self._spacing + needed > room:
                lines.append([])
                used = 0
            used += needed + (self._spacing if lines[-1] else 0)
            lines[-1].append(cell)
        if lines != self._shape:
            self._shape = lines
            self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use more lines where it got narrow, fewer where there is room."""
        super().resizeEvent(event)
        self.arrange()

    def minimumSizeHint(self) -> QSize:
        """Give way to any width that the widest cell fits into."""
        widest = max((_width(cell) for cell in self._shown()), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def _shown(self) -> list[QWidget]:
        """Return the cells nobody hid; one that was never shown yet is not hidden."""
        told = Qt.WidgetAttribute.WA_WState_ExplicitShowHide
        return [
            cell
            for cell, _stretch in self._cells
            if not (cell.isHidden() and cell.testAttribute(told))
        ]

    def _lay_out(self) -> None:
        stretches = dict(self._cells)
        for line in self._lines:
            while line.count():
                line.takeAt(0)
            self._column.removeItem(line)
        self._lines = []
        for cells in self._shape:
            line = QHBoxLayout()
            line.setSpacing(self._spacing)
            for cell in cells:
                line.addWidget(cell, stretches[cell], Qt.AlignmentFlag(0))
            if not any(stretches[cell] for cell in cells):
                line.addStretch(1)
            self._column.addLayout(line)
            self._lines.append(line)
        self.updateGeometry()


def _width(cell: QWidget) -> int:
    return max(cell.minimumSizeHint().width(), cell.minimumWidth())


def scrolled(above: QWidget, below: QWidget, name: str) -> QScrollArea:
    """Put a page's parts one below the other; they scroll where large text makes them too tall."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(above)
    column.addWidget(below, 1)
    around = QScrollArea()
    around.setWidgetResizable(True)
    around.setFrameShape(QFrame.Shape.NoFrame)
    around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    around.setAccessibleName(name)
    around.setWidget(inside)
    return around
