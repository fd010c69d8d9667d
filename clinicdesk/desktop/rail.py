# SPDX-License-Identifier: Apache-2.0
"""The rail: the names of the pages down the leading edge, with counts where something waits."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dock import PanelSpec
from clinicdesk.desktop.theme import SECONDARY, Theme
from clinicdesk.wording.text import _

WIDTH = 146
COLLAPSED = 48


class RailButton(QAbstractButton):
    """A page's name with its icon; the count's place is always reserved."""

    def __init__(self, spec: PanelSpec, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self._theme = theme
        self.badge = 0
        self.collapsed = False
        self.setText(_(spec.title))
        self.setCheckable(True)
        self.setObjectName(f"rail.{spec.id}")
        self.setToolTip(f"{_(spec.title)} ({spec.key})" if spec.key else _(spec.title))
        self.setAccessibleName(_(spec.title))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_badge(self, count: int) -> None:
        """Show how much waits there."""
        self.badge = count
        said = _("{page}, {count} waiting").format(page=self.text(), count=count)
        self.setAccessibleName(said if count else self.text())
        plain = f"{self.text()} ({self.spec.key})" if self.spec.key else self.text()
        self.setToolTip(f"{plain}\n{said}" if count else plain)
        self.update()

    def sizeHint(self) -> QSize:
        if self.collapsed:
            return QSize(self._theme.px(COLLAPSED - 4), self._theme.px(36))
        font = self._theme.font(weight=QFont.Weight.DemiBold)
        words = QFontMetrics(font).horizontalAdvance(self.text())
        return QSize(words + self._theme.px(12 + 20 + 8 + 36 + 16), self._theme.px(36))

    def minimumSizeHint(self) -> QSize:
        """Draw closer together before the rail has to scroll."""
        return QSize(self._theme.px(COLLAPSED - 4), max(24, self._theme.px(29)))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        on = self.isChecked()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(px(8), px(2), self.width() - px(16), self.height() - px(4))
        if on or self.underMouse():
            pen.setPen(Qt.PenStyle.NoPen)
            pen.setBrush(theme.colour("selection" if on else "closed"))
            pen.drawRoundedRect(frame, px(6), px(6))
        if on:
            bar = QRectF(frame.left(), frame.top() + px(7), px(3), frame.height() - px(14))
            if mirrored:
                bar.moveRight(frame.right())
            pen.setBrush(theme.colour("accent"))
            pen.drawRoundedRect(bar, 1.5, 1.5)
        if self.hasFocus():
            pen.setPen(theme.colour("focus"))
            outline = pen.pen()
            outline.setWidth(2)
            pen.setPen(outline)
            pen.setBrush(Qt.BrushStyle.NoBrush)
            pen.drawRoundedRect(frame.adjusted(1, 1, -1, -1), px(5), px(5))
        ink = "on_selection" if on else "text"
        indent = (frame.width() - px(16)) / 2 if self.collapsed else px(12)
        icon = QRectF(frame.left() + indent, frame.center().y() - px(8), px(16), px(16))
        if mirrored:
            icon.moveRight(frame.right() - indent)
        theme.icon(self.spec.icon, ink).paint(pen, icon.toRect())
        if self.collapsed:
            self._paint_mark(pen, icon, mirrored=mirrored)
            pen.end()
            return
        pen.setPen(theme.colour(ink))
        pen.setFont(theme.font(weight=QFont.Weight.DemiBold if on else QFont.Weight.Normal))
        inside = frame.adjusted(px(36), 0, -px(30 if self.badge else 6), 0)
        if mirrored:
            inside = frame.adjusted(px(30 if self.badge else 6), 0, -px(36), 0)
        pen.setLayoutDirection(self.layoutDirection())
        words = pen.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(inside.width())
        )
        pen.drawText(
            inside, int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter), words
        )
        if self.badge:
            self._paint_badge(pen, frame, mirrored=mirrored)
        pen.end()

    def _paint_mark(self, pen: QPainter, icon: QRectF, *, mirrored: bool) -> None:
        """Draw a dot instead of the count where there is no room; the tool tip has the number."""
        if self.badge:
            dot = self._theme.px(8)
            corner = icon.topLeft() if mirrored else icon.topRight()
            pen.setPen(Qt.PenStyle.NoPen)
            pen.setBrush(self._theme.colour("accent"))
            pen.drawEllipse(corner, dot / 2, dot / 2)

    def _paint_badge(self, pen: QPainter, frame: QRectF, *, mirrored: bool) -> None:
        theme, px = self._theme, self._theme.px
        place = QRectF(frame.right() - px(28), frame.center().y() - px(9), px(22), px(18))
        if mirrored:
            place.moveLeft(frame.left() + px(6))
        pen.setPen(theme.colour("control"))
        pen.setBrush(theme.colour("surface"))
        pen.drawRoundedRect(place, px(9), px(9))
        pen.setPen(theme.colour("text"))
        pen.setFont(theme.font(SECONDARY, QFont.Weight.DemiBold))
        pen.drawText(
            place, int(Qt.AlignmentFlag.AlignCenter), str(self.badge) if self.badge < 100 else "99+"
        )


class Rail(QFrame):
    """All pages.

    Attributes:
        chosen: the id of the page somebody pressed.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(_("Pages"))
        self._theme = theme
        self._buttons: dict[str, RailButton] = {}
        self._collapsed = False
        self._group = QButtonGroup(self)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 1, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outside.addWidget(area)
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        self._column.setSpacing(0)
        self._column.addStretch(1)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        theme.changed.connect(self._measure)

    def add(self, spec: PanelSpec) -> None:
        """Add a page below the others."""
        button = RailButton(spec, self._theme)
        button.clicked.connect(self._pressed)
        self._group.addButton(button)
        self._buttons[spec.id] = button
        self._column.insertWidget(self._column.count() - 1, button)
        self._measure()

    def set_collapsed(self, *, collapsed: bool) -> None:
        """Show icons only, or names too."""
        if collapsed != self._collapsed:
            self._collapsed = collapsed
            self._measure()

    def mark(self, page_id: str) -> None:
        """Show which page is in front."""
        if page_id in self._buttons:
            self._buttons[page_id].setChecked(True)

    def button(self, page_id: str) -> RailButton:
        """Return a page's button."""
        return self._buttons[page_id]

    def focus_first(self) -> None:
        """Put the focus on the page in front."""
        for button in self._buttons.values():
            if button.isChecked():
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def _pressed(self) -> None:
        button = self._group.checkedButton()
        if isinstance(button, RailButton):
            self.chosen.emit(button.spec.id)

    def _measure(self) -> None:
        for button in self._buttons.values():
            button.collapsed = self._collapsed
        widest = max((b.sizeHint().width() for b in self._buttons.values()), default=0)
        wide = max(self._theme.px(WIDTH), min(widest, self._theme.px(240)))
        self.setFixedWidth(self._theme.px(COLLAPSED) if self._collapsed else wide)
        for button in self._buttons.values():
            button.updateGeometry()
            button.update()
