# SPDX-License-Identifier: Apache-2.0
"""What is listed under the patient's field: who was found, a new patient, a walk-in; as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import SECONDARY, Theme
from clinicdesk.patients.queries import PatientHit
from clinicdesk.schedule.panel.spoken import dotted
from clinicdesk.wording.text import _

_Index = QModelIndex | QPersistentModelIndex
PARTS: Final = int(Qt.ItemDataRole.UserRole) + 1
"""Role of a row's three parts: icon, words, what stands muted after them."""


@dataclass(frozen=True, slots=True)
class NewPatient:
    """Somebody who is not in the records yet, by the name that was typed."""

    name: str


@dataclass(frozen=True, slots=True)
class WalkInStart:
    """The letter of a walk-in was typed into the empty field."""


@dataclass(frozen=True, slots=True)
class WalkInFor:
    """After that letter somebody was meant: this one stands at the desk."""

    who: PatientHit | NewPatient


Choice = PatientHit | NewPatient | WalkInStart | WalkInFor


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found by a text; and by what follows it if it may begin with the letter."""

    hits: tuple[PatientHit, ...]
    walking: tuple[PatientHit, ...] = ()


class Hits(QAbstractListModel):
    """The rows.

    Attributes:
        choices: what each row stands for.
    """

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.choices: list[Choice] = []

    def show(self, choices: Sequence[Choice]) -> None:
        """List these."""
        self.beginResetModel()
        self.choices = list(choices)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self.choices[index.row()]
        if role == PARTS:
            return self.parts(choice)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.words(choice)
        return None

    def words(self, choice: Choice) -> str:
        """Return a row as a screen reader says it."""
        _icon, words, more = self.parts(choice)
        return dotted((words, more)) if more else words

    def parts(self, choice: Choice) -> tuple[str, str, str]:
        """Return a row's icon, words and details."""
        formats = self._room.formats
        if isinstance(choice, WalkInStart):
            return "arrive", _("Walk-in: here now, no appointment; go on with the name"), ""
        if isinstance(choice, WalkInFor):
            _icon, words, more = self.parts(choice.who)
            return "arrive", _("Walk-in: {who}").format(who=words), more
        if isinstance(choice, NewPatient):
            return "user-plus", _("New patient “{name}”").format(name=choice.name), ""
        born = formats.day(choice.born_on) if choice.born_on else ""
        return "patient", choice.name, dotted((born, f"#{choice.chart_number}", choice.phone))


class HitList(QListView):
    """The list; never takes the focus."""

    def __init__(self, room: Room, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("hits")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(_("Patients found"))
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Row(room.theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)


class _Row(QStyledItemDelegate):
    """Icon, name, and the identifiers after it."""

    def __init__(self, theme: Theme, parent: HitList) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(28))

    def paint(self, pen: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        icon, words, more = index.data(PARTS)
        theme, px, frame = self._theme, self._theme.px, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        pen.save()
        if chosen:
            pen.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen.setPen(Qt.PenStyle.NoPen)
            pen.setBrush(theme.colour("selection"))
            pen.drawRoundedRect(frame.adjusted(px(3), 1, -px(3), -1), px(5), px(5))
        inside = frame.adjusted(px(10), 0, -px(10), 0)
        pen.setLayoutDirection(option.direction)
        place = QRect(inside.left(), inside.center().y() - px(8) + 1, px(16), px(16))
        ink = "on_selection" if chosen else "muted"
        theme.icon(icon, ink).paint(pen, QStyle.visualRect(option.direction, inside, place))
        leading = int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        left, room = inside.left() + px(24), inside.width() - px(24)
        for text, font, token in (
            (words, theme.font(weight=QFont.Weight.Medium), "on_selection" if chosen else "text"),
            (more, theme.font(SECONDARY), ink),
        ):
            pen.setFont(font)
            fitted = pen.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
            used = min(room, pen.fontMetrics().horizontalAdvance(fitted) + 2)
            pen.setPen(theme.colour(token))
            box = QRect(left, inside.top(), used, inside.height())
            pen.drawText(QStyle.visualRect(option.direction, inside, box), leading, fitted)
            left, room = left + used + px(8), max(0, room - used - px(8))
        pen.restore()
