# SPDX-License-Identifier: Apache-2.0
"""Paints the roster: a chip for each span, dashed while a draft, solid once published.

Leave is hatched, the usual hours are grey without a frame, what is wrong stands below in words with
its sign. Colour alone says nothing.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinicdesk.desktop.theme import SECONDARY, Theme
from clinicdesk.staff.columns import hours, role_title
from clinicdesk.staff.model import DRAFT, LEAVE, SICK, Cover
from clinicdesk.staff.panel.grid_model import Role, RosterModel
from clinicdesk.staff.queries import CLOSED, USUAL, Cell, PersonWeek
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import Term, _

LINE: Final = 19  # units
_AROUND: Final = 8
Index = QModelIndex | QPersistentModelIndex
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_LEADING: Final = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter


class CellPainter(QStyledItemDelegate):
    """Paints cells and makes their editor.

    Attributes:
        compact: rows are as low as their hours; names stand alone.
    """

    compact = False

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pictures: dict[tuple[str, int, str], QPixmap] = {}
        theme.changed.connect(self._pictures.clear)

    def tall(self, model: RosterModel, row: int) -> int:
        """Return how tall a row has to be."""
        px = self._theme.px
        most = 1
        for column in range(model.columnCount()):
            index = model.index(row, column)
            if isinstance(index.data(Role.SUBJECT), Cell):
                lines = len(index.data(Role.LINES)) + bool(index.data(Role.CLASHES))
                most = max(most, lines)
        if model.person(row) is not None and not self.compact:
            most = max(most, 2)  # a name and a role
        return px(LINE) * most + px(_AROUND)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the line hours are typed into."""
        edit = QLineEdit(parent)
        edit.setAccessibleName(_("Hours"))
        edit.setFrame(True)
        if isinstance(index.data(Role.SUBJECT), Cover):
            edit.setAccessibleName(_("How many are needed"))
        return edit

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        """Let the line be as wide as what is typed may be."""
        box = QRect(option.rect)
        wide = max(box.width(), self._theme.px(150))
        view = editor.parentWidget()
        if view is not None and box.left() + wide > view.width():
            box.setLeft(max(0, view.width() - wide))
        box.setWidth(wide)
        tall = min(box.height(), self._theme.px(30))
        box.setTop(box.center().y() - tall // 2)
        box.setHeight(tall)
        editor.setGeometry(box)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Say how small a cell may be."""
        px = self._theme.px
        return QSize(px(76), px(LINE + _AROUND))

    def paint(self, pen: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        theme, subject = self._theme, index.data(Role.SUBJECT)
        box: QRect = option.rect
        state = option.state
        pen.save()
        pen.setClipRect(box)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        model = index.model()
        today = isinstance(model, RosterModel) and model.day(index.column()) == model.today
        ground = "surface2" if today and index.column() < 7 else "surface"
        if isinstance(subject, Cell) and subject.closed:
            ground = "closed"
        pen.fillRect(box, theme.colour(ground))
        if isinstance(subject, Cell):
            self._paint_cell(pen, box, subject, index)
        elif isinstance(subject, Cover):
            self._paint_cover(pen, box, subject, (str(index.data()), index.data(Role.BRIEF)))
        else:
            self._paint_total(pen, box, index)
        if state & QStyle.StateFlag.State_Selected:
            tint = theme.colour("focus")
            tint.setAlpha(36)
            pen.fillRect(box, tint)
        if state & QStyle.StateFlag.State_HasFocus:
            wide = 2
            pen.setPen(QPen(theme.colour("focus"), wide))
            pen.setBrush(Qt.BrushStyle.NoBrush)
            pen.drawRect(QRectF(box).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2))
        pen.restore()

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _paint_cell(self, pen: QPainter, box: QRect, cell: Cell, index: Index) -> None:
        theme, px = self._theme, self._theme.px
        lines, wrong = index.data(Role.LINES), index.data(Role.CLASHES)
        person = index.data(Role.PERSON)
        gap, tall = px(3), px(LINE)
        if not lines:
            if cell.closed or cell.state == CLOSED:
                self._words(pen, box.adjusted(gap, 0, -gap, 0), cell.closed, "muted")
            return
        count = len(lines) + bool(wrong)
        top = box.top() + (box.height() - count * tall) // 2
        for line in lines:
            chip = QRect(box.left() + gap, top + px(1), box.width() - 2 * gap, tall - px(2))
            self._chip(pen, chip, cell, line, person)
            top += tall
        if wrong:
            size = px(13)
            icon = self._picture("triangle-alert", 13, "warn")
            place = QRect(box.left() + gap, top, box.width() - 2 * gap, tall)
            metrics = QFontMetrics(theme.font(SECONDARY, QFont.Weight.DemiBold))
            room = place.width() - size - px(4)
            words = metrics.elidedText(wrong, Qt.TextElideMode.ElideRight, room)
            wide = size + px(4) + metrics.horizontalAdvance(words)
            left = place.left() + (place.width() - wide) // 2
            mirrored = self._mirrored()
            at = left + wide - size if mirrored else left
            pen.drawPixmap(at, place.center().y() - size // 2, icon)
            pen.setFont(theme.font(SECONDARY, QFont.Weight.DemiBold))
            pen.setPen(theme.colour("warn"))
            start = left if mirrored else left + size + px(4)
            pen.drawText(QRect(start, top, wide - size, tall), _CENTRE, words)

    def _chip(
        self, pen: QPainter, chip: QRect, cell: Cell, line: str, person: PersonWeek | None
    ) -> None:
        theme, px = self._theme, self._theme.px
        edge = QRectF(chip).adjusted(0.5, 0.5, -0.5, -0.5)
        pen.setFont(theme.font(SECONDARY))
        if cell.state == USUAL:
            self._words(pen, chip, line, "muted")
            return
        absent = cell.kind in {LEAVE, SICK}
        ink = theme.status("no_show" if cell.kind == SICK else "waiting" if absent else "booked")
        draft = cell.state == DRAFT
        if not draft:
            pen.fillRect(edge, QColor(ink.fill))
        if absent:
            hatch = QColor(ink.bar)
            hatch.setAlpha(70)
            pen.fillRect(edge, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        style = Qt.PenStyle.DashLine if draft else Qt.PenStyle.SolidLine
        pen.setPen(QPen(QColor(ink.bar), theme.tokens.edge, style))
        pen.setBrush(Qt.BrushStyle.NoBrush)
        pen.drawRect(edge)
        if not absent and person is not None:
            colours = theme.tokens.series
            bar = QRectF(edge.left(), edge.top(), px(4), edge.height())
            if self._mirrored():
                bar.moveRight(edge.right())
            pen.fillRect(bar, QColor(colours[person.person.color % len(colours)]))
        inside = chip.adjusted(px(5), 0, -px(3), 0)
        written = "+ " + line if person is None and cell.spans else line
        pen.setPen(theme.colour("text") if draft else QColor(ink.text))
        words = pen.fontMetrics().elidedText(written, Qt.TextElideMode.ElideRight, inside.width())
        pen.drawText(inside, _CENTRE, words)

    def _paint_cover(self, pen: QPainter, box: QRect, cover: Cover, forms: tuple[str, str]) -> None:
        theme, px = self._theme, self._theme.px
        if cover.need is None:
            self._words(pen, box, forms[0], "muted")
            return
        icon, ink = ("check", "ok") if cover.holds else ("triangle-alert", "warn")
        size = px(14)
        font = theme.font(SECONDARY, QFont.Weight.Normal if cover.holds else QFont.Weight.DemiBold)
        metrics = QFontMetrics(font)
        room = box.width() - size - px(10)
        words = forms[0] if metrics.horizontalAdvance(forms[0]) <= room else forms[1]
        said = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        wide = size + px(4) + metrics.horizontalAdvance(said)
        left = box.left() + (box.width() - wide) // 2
        mirrored = self._mirrored()
        at = left + wide - size if mirrored else left
        pen.drawPixmap(at, box.center().y() - size // 2, self._picture(icon, 14, ink))
        pen.setFont(font)
        pen.setPen(theme.colour("text" if cover.holds else "warn"))
        start = left if mirrored else left + size + px(4)
        pen.drawText(QRect(start, box.top(), wide - size, box.height()), _CENTRE, said)

    def _paint_total(self, pen: QPainter, box: QRect, index: Index) -> None:
        theme = self._theme
        pen.setFont(theme.font(weight=QFont.Weight.DemiBold))
        pen.setPen(theme.colour("text"))
        side = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        pen.drawText(
            box.adjusted(0, 0, 0, 0).adjusted(theme.px(6), 0, -theme.px(8), 0),
            side,
            str(index.data() or ""),
        )

    def _words(self, pen: QPainter, box: QRect, words: str, ink: str) -> None:
        pen.setFont(self._theme.font(SECONDARY))
        pen.setPen(self._theme.colour(ink))
        said = pen.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        pen.drawText(box, _CENTRE, said)

    def _mirrored(self) -> bool:
        parent = self.parent()
        return isinstance(parent, QWidget) and parent.isRightToLeft()

    def _picture(self, icon: str, size: int, ink: str) -> QPixmap:
        """Return an icon, drawn once; drawing one costs as much as ten cells."""
        kept = self._pictures.get((icon, size, ink))
        if kept is None:
            parent = self.parent()
            ratio = parent.devicePixelRatioF() if isinstance(parent, QWidget) else 1.0
            kept = self._theme.pixmap(icon, size, ink, ratio)
            self._pictures[icon, size, ink] = kept
        return kept


class PeopleHeader(QHeaderView):
    """Names down the leading edge: colour, name, role and contract."""

    def __init__(self, theme: Theme, formats: Formats, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme, self._formats = theme, formats
        self.setAccessibleName(_("People"))
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """Be as wide as a name is."""
        return QSize(self._theme.px(188), 0)

    def paintSection(self, pen: QPainter, box: QRect, section: int) -> None:
        """Paint a name."""
        theme, px, model = self._theme, self._theme.px, self.model()
        pen.save()
        pen.fillRect(box, theme.colour("surface"))
        person = model.person(section) if isinstance(model, RosterModel) else None
        leading, trailing = (px(6), px(14)) if self.isRightToLeft() else (px(12), px(6))
        inside = box.adjusted(leading, px(3), -trailing, -px(3))
        name = str(model.headerData(section, Qt.Orientation.Vertical) or "")
        if person is None:
            pen.setFont(theme.font(weight=QFont.Weight.DemiBold))
            pen.setPen(theme.colour("muted"))
            self._line(pen, inside, name)
        else:
            colours = theme.tokens.series
            bar = QRect(box.left() + px(3), box.top() + px(6), px(4), box.height() - px(12))
            if self.isRightToLeft():
                bar.moveRight(box.right() - px(3))
            pen.fillRect(bar, QColor(colours[person.person.color % len(colours)]))
            if box.height() < 2 * px(LINE):
                inside = box.adjusted(leading, 0, -trailing, 0)
                pen.setFont(theme.font(weight=QFont.Weight.DemiBold))
                pen.setPen(theme.colour("text"))
                self._line(pen, inside, name)
                pen.setPen(theme.colour("grid"))
                pen.drawLine(box.bottomLeft(), box.bottomRight())
                pen.restore()
                return
            half = inside.height() // 2
            upper = QRect(inside.left(), inside.top(), inside.width(), half)
            lower = QRect(inside.left(), inside.top() + half, inside.width(), half)
            pen.setFont(theme.font(weight=QFont.Weight.DemiBold))
            pen.setPen(theme.colour("text"))
            self._line(pen, upper, name)
            pen.setFont(theme.font(SECONDARY))
            pen.setPen(theme.colour("muted"))
            self._line(pen, lower, self._below(person))
        pen.setPen(theme.colour("grid"))
        pen.drawLine(box.bottomLeft(), box.bottomRight())
        pen.restore()

    def _below(self, row: PersonWeek) -> str:
        title = role_title(row.person.role)
        role = self._formats.word(title) if isinstance(title, Term) else title
        if not row.person.weekly_minutes:
            return role
        contract = self._formats.number(hours(row.person.weekly_minutes), 1)
        return f"{role} · {contract} h"

    @staticmethod
    def _line(pen: QPainter, box: QRect, words: str) -> None:
        said = pen.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        pen.drawText(box, _LEADING, said)
