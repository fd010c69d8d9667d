# SPDX-License-Identifier: Apache-2.0
"""The palette as it is seen: a field and a list over the window.

Asked of every source at each keystroke; a late answer to an older text is dropped. Commands
appear at once, what has to be read from the file as soon as it comes.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.palette import Commands, Hit, Source, rank, split_prefix
from clinicdesk.desktop.theme import SECONDARY, Theme
from clinicdesk.desktop.top_bar import leading_edge
from clinicdesk.wording.text import _

Index = QModelIndex | QPersistentModelIndex
HIT = int(Qt.ItemDataRole.UserRole) + 1


class _Hits(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.hits: list[Hit] = []

    def replace(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == HIT:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (hit.title, hit.path, hit.key, hit.reason) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class _Row(QStyledItemDelegate):
    """Icon, title, path; the key at the trailing edge, or the reason."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(34))

    def paint(self, pen: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(HIT)
        if not isinstance(hit, Hit):
            return
        theme = self._theme
        px = theme.px
        frame: QRect = option.rect
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ink = "on_selection" if chosen else "muted" if hit.reason else "text"
        soft = "on_selection" if chosen else "muted"
        pen.save()
        if chosen:
            pen.setPen(Qt.PenStyle.NoPen)
            pen.setBrush(theme.colour("selection"))
            pen.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen.drawRoundedRect(frame.adjusted(px(4), 1, -px(4), -1), px(6), px(6))
        direction = option.direction
        inside = frame.adjusted(px(12), 0, -px(12), 0)
        if hit.icon:
            place = QRect(inside.left(), inside.center().y() - px(8) + 1, px(16), px(16))
            theme.icon(hit.icon, ink).paint(pen, QStyle.visualRect(direction, inside, place))
        text = inside.adjusted(px(26), 0, 0, 0)
        tail = hit.reason or hit.key
        pen.setFont(theme.font(SECONDARY))
        tail_width = min(pen.fontMetrics().horizontalAdvance(tail) + 2, text.width() // 2)
        place = QRect(text.right() - tail_width, text.top(), tail_width, text.height())
        trailing = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        pen.setLayoutDirection(direction)
        pen.setPen(theme.colour(soft))
        pen.drawText(
            QStyle.visualRect(direction, inside, place),
            int(trailing),
            pen.fontMetrics().elidedText(tail, Qt.TextElideMode.ElideRight, tail_width),
        )
        room = text.width() - tail_width - px(12)
        pen.setFont(theme.font(weight=QFont.Weight.Medium))
        title = pen.fontMetrics().elidedText(hit.title, Qt.TextElideMode.ElideRight, room)
        used = pen.fontMetrics().horizontalAdvance(title)
        pen.setPen(theme.colour(ink))
        place = QRect(text.left(), text.top(), min(used + 2, room), text.height())
        pen.drawText(QStyle.visualRect(direction, inside, place), int(leading), title)
        left = room - used - px(10)
        if hit.path and left > px(30):
            pen.setFont(theme.font(SECONDARY))
            pen.setPen(theme.colour(soft))
            place = QRect(text.left() + used + px(10), text.top(), left, text.height())
            path = pen.fontMetrics().elidedText(hit.path, Qt.TextElideMode.ElideRight, left)
            pen.drawText(QStyle.visualRect(direction, inside, place), int(leading), path)
        pen.restore()


class PaletteBox(QFrame):
    """The palette over its window; ``open_with`` shows it, Esc and choosing close it.

    Attributes:
        chosen: (kind) after something was chosen and carried out.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, desk: Desk, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.setAccessibleName(_("Find or do"))
        self._theme, self._desk, self._commands, self._window = theme, desk, commands, window
        self._sources: list[Source] = []
        self._found: dict[int, Sequence[Hit]] = {}
        self._serial = 0
        self._awaited = 0
        self._hasty = False
        self._back: QWidget | None = None
        outside = QVBoxLayout(self)
        edge = theme.px(8)
        outside.setContentsMargins(edge, edge, edge, edge)
        outside.setSpacing(theme.px(6))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find patient, phone, invoice or command"))
        self.field.setAccessibleName(_("Find patient, phone, invoice or command"))
        self.field.setAlignment(leading_edge(self))
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        outside.addWidget(self.field)
        self._hits = _Hits()
        self.list = QListView()
        self.list.setModel(self._hits)
        self.list.setItemDelegate(_Row(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Found"))
        self.list.clicked.connect(self._clicked)
        outside.addWidget(self.list, 1)
        self._nothing = plain_label("", muted=True)
        outside.addWidget(self._nothing)
        self._hint = plain_label(
            _("@ patient   > command   # invoice   : day"), muted=True, wrap=False
        )
        self._hint.setFont(theme.font(SECONDARY))
        outside.addWidget(self._hint)
        self.hide()

    def add_source(self, source: Source) -> None:
        """Let a room be found."""
        self._sources.append(source)

    def open_with(self, typed: str = "") -> None:
        """Show the palette with a text already typed, e.g. ``@`` for patients."""
        if not self.isVisible():
            self._back = self.window().focusWidget()
        self.place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.field.text() == typed:
            self._typed(typed)
        else:
            self.field.setText(typed)
        self.field.setCursorPosition(len(typed))

    def close_box(self) -> None:
        """Hide it and give the focus back to where it came from."""
        self.hide()
        self._serial += 1
        if self._back is not None and self._back.isVisible():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._back = None

    def place(self) -> None:
        """Stand in the upper middle of the window, whatever its size."""
        px, whole = self._theme.px, self._window.rect()
        width = min(px(620), whole.width() - px(24))
        height = min(px(440), whole.height() - px(80))
        self.setGeometry((whole.width() - width) // 2, px(64), width, height)

    @property
    def shown(self) -> tuple[Hit, ...]:
        """What is listed, best first."""
        return tuple(self._hits.hits)

    def choose(self) -> None:
        """Carry out the highlighted row; say why not where it cannot be chosen."""
        index = self.list.currentIndex()
        hit = index.data(HIT) if index.isValid() else None
        if not isinstance(hit, Hit):
            return
        if hit.reason:
            self._desk.notices.announce(hit.reason)
            return
        self.close_box()
        hit.act()
        self.chosen.emit(hit.kind)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list while typing goes on in the field."""
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            if self.isVisible() and not self.underMouse():
                self.hide()
                self._serial += 1
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, count = event.key(), len(self._hits.hits)
        if key == Qt.Key.Key_Escape:
            self.close_box()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # What is at the top before the answers are there is not what was looked for.
            self._hasty = self._awaited > 0 and self.list.currentIndex().row() <= 0
            if not self._hasty:
                self.choose()
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._move(1 if key == Qt.Key.Key_Tab else -1)
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._move(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp} and count:
            self._move(8 if key == Qt.Key.Key_PageDown else -8)
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        count = len(self._hits.hits)
        if count:
            place = self.list.currentIndex().row() + by
            row = place % count if abs(by) == 1 else max(0, min(count - 1, place))
            self.list.setCurrentIndex(self._hits.index(row))

    def _clicked(self) -> None:
        self.choose()

    def _typed(self, typed: str) -> None:
        self._serial += 1
        self._awaited, self._hasty = 0, False
        self._found.clear()
        prefix, text = split_prefix(typed)
        for number, source in enumerate(self._sources):
            if prefix and source.prefix != prefix:
                continue
            question = source.question(text)
            if question is not None:
                self._awaited += 1
                asked = _Asked(self, self._serial, number)
                self._desk.ask(question, asked.answered, asked.failed, owner=self)
        self._show()

    def take(self, serial: int, number: int, hits: Sequence[Hit]) -> None:
        """Take what a source found, unless more was typed since."""
        if serial == self._serial:
            self._found[number] = hits
            self._awaited -= 1
            self._show()
            if self._hasty and not self._awaited:
                self.choose()

    def _show(self) -> None:
        prefix, text = split_prefix(self.field.text())
        slow = [hit for _number, hits in sorted(self._found.items()) for hit in hits]
        if text:
            fast = self._commands.hits() if prefix in {"", ">"} else []
            patients = not prefix and sum(c.isalpha() for c in text) >= 2
            hits = rank(text, [*slow, *fast], patients_first=patients)
        elif prefix == ">":
            hits = sorted(self._commands.hits(), key=lambda hit: bool(hit.reason))
        else:
            hits = [*slow[:5], *([] if prefix else self._commands.recent())]
        kept = self.list.currentIndex().row() if self._hits.hits else 0
        same = kept > 0 and kept < len(hits) and hits[: kept + 1] == self._hits.hits[: kept + 1]
        self._hits.replace(hits)
        self.list.setCurrentIndex(self._hits.index(kept if same else 0))
        self._nothing.setVisible(not hits and bool(text))
        self._nothing.setText(_("Nothing matches “{text}”.").format(text=text))


class _Asked:
    """One question to one source, with the number by which a late answer is known."""

    def __init__(self, box: PaletteBox, serial: int, number: int) -> None:
        self._box, self._serial, self._number = box, serial, number

    def answered(self, hits: Sequence[Hit]) -> None:
        self._box.take(self._serial, self._number, hits)

    def failed(self, _failure: BaseException) -> None:
        self._box.take(self._serial, self._number, ())
