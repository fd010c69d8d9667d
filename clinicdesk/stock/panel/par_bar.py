# SPDX-License-Identifier: Apache-2.0
"""The par bar: what can be used against the least and the most, as painted in a cell."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_model import Role
from clinicdesk.stock.panel.words import is_short
from clinicdesk.stock.queries import LevelRow

_Index = QModelIndex | QPersistentModelIndex
_FREE = 0.12  # beyond the most, so that more than it can be seen


class ParBar(QStyledItemDelegate):
    """Paints a level, the least and the most written beside it.

    Low is told by the bar's ink, by the tick it does not reach, and by the column of states.
    Expired units are hatched behind the usable ones.
    """

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint background, bar, ticks and numbers."""
        row = index.data(Role.ROW)
        if not isinstance(row, LevelRow) or option.widget is None:
            super().paint(painter, option, index)
            return
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, option.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        self._draw(painter, QRectF(option.rect), row, selected=selected)
        painter.restore()

    def _draw(self, pen: QPainter, cell: QRectF, row: LevelRow, *, selected: bool) -> None:
        theme, px = self._room.theme, self._room.theme.px
        least, most = row.item.par_min, row.item.par_max
        text = theme.colour("on_selection" if selected else "muted")
        pen.setFont(theme.font(9.0))
        box = cell.adjusted(px(8), 0, -px(8), 0)
        if not most:
            return
        formats = self._room.formats
        words = f"{formats.number(least)}–{formats.number(most)}"
        room_for_words = pen.fontMetrics().horizontalAdvance(words)
        mirrored = pen.layoutDirection() == Qt.LayoutDirection.RightToLeft
        pen.setPen(text)
        side = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        pen.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), words)
        height, taken = px(8), room_for_words + px(10)
        bar = QRectF(
            box.left() + (taken if mirrored else 0),
            cell.center().y() - height / 2,
            max(float(px(30)), box.width() - taken),
            height,
        )
        scale = bar.width() / max(most * (1 + _FREE), row.on_hand, 1)
        pen.setPen(Qt.PenStyle.NoPen)
        pen.setBrush(theme.colour("closed"))
        pen.drawRoundedRect(bar, px(3), px(3))
        usable = self._part(bar, 0, row.usable * scale, mirrored=mirrored)
        pen.setBrush(self._ink(row))
        if row.usable:
            pen.drawRoundedRect(usable, px(3), px(3))
        if row.expired:
            old = self._part(bar, row.usable * scale, row.expired * scale, mirrored=mirrored)
            ink = theme.colour("danger")
            pen.setPen(QPen(ink, 1))
            pen.setBrush(Qt.BrushStyle.NoBrush)
            pen.drawRect(old)
            pen.fillRect(old, QBrush(ink, Qt.BrushStyle.BDiagPattern))
        pen.setPen(QPen(theme.colour("on_selection" if selected else "text"), px(1.5)))
        for tick in (least, most):
            x = tick * scale
            x = bar.right() - x if mirrored else bar.left() + x
            pen.drawLine(int(x), int(bar.top() - px(3)), int(x), int(bar.bottom() + px(3)))

    def _ink(self, row: LevelRow) -> QColor:
        bars = self._room.theme.status
        if is_short(row):
            return QColor(bars("waiting").bar)
        return QColor(bars("checkout").bar)

    @staticmethod
    def _part(bar: QRectF, start: float, width: float, *, mirrored: bool) -> QRectF:
        left = bar.right() - start - width if mirrored else bar.left() + start
        return QRectF(left, bar.top(), max(2.0, width), bar.height())
