# SPDX-License-Identifier: Apache-2.0
"""Questions asked in place, above the grid: publish, approve, ask for leave, swap a shift."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import ChoiceBox, DayEdit, TextEdit
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.staff.panel.words import Line
from clinicdesk.wording.text import _

MOST_LINES = 7
LINE = 22


class Bar(QFrame):
    """A question in place; Enter answers it, Esc takes it away.

    Attributes:
        closed: it went away; the focus belongs where it was.
    """

    closed = Signal()

    def __init__(self, room: Room, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self.setObjectName("bar")
        self.setAccessibleName(name)
        self.lines = QVBoxLayout(self)
        self._measure()
        room.theme.changed.connect(self._measure)
        self.hide()

    def answer(self) -> None:
        """Do what the bar is for."""

    def forget(self) -> None:
        """The window is locked: drop what is of patients. Fields stay."""

    def close_bar(self) -> None:
        """Go away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Esc and Enter for the bar."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer on Enter, close on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.answer()
        else:
            super().keyPressEvent(event)

    def _measure(self) -> None:
        px, tokens = self.room.theme.px, self.room.theme.tokens
        self.lines.setContentsMargins(px(12), px(8), px(12), px(8))
        self.lines.setSpacing(px(6))
        self.setStyleSheet(
            f"#bar {{ background: {tokens.surface2}; color: {tokens.text}; border: 0;"
            f" border-bottom: {tokens.edge}px solid {tokens.control}; }}"
            f" #said {{ background: {tokens.surface2}; }}"
        )


class SummaryBar(Bar):
    """What an act would mean, and whether to do it.

    Attributes:
        agreed: the first button, or Enter.
        declined: the second one, where there is one.
    """

    agreed = Signal()
    declined = Signal()

    def __init__(self, room: Room, name: str, parent: QWidget | None = None) -> None:
        super().__init__(room, name, parent)
        self.title = plain_label("")
        self.lines.addWidget(self.title)
        inside = QWidget()
        inside.setObjectName("said")
        self._said = QGridLayout(inside)
        self._said.setContentsMargins(0, 0, 0, 0)
        self._said.setColumnStretch(1, 1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAccessibleName(_("What it means"))
        self._scroll.setWidget(inside)
        self.lines.addWidget(self._scroll)
        row = QHBoxLayout()
        self.yes = verb_button("", primary=True)
        self.yes.clicked.connect(self.answer)
        self.no = verb_button("")
        self.no.clicked.connect(self._declined)
        self.later = verb_button("")
        self.later.clicked.connect(self.close_bar)
        for button in (self.yes, self.no, self.later):
            button.hide()
            row.addWidget(button)
        row.addStretch(1)
        self.lines.addLayout(row)

    def open_bar(
        self, title: str, lines: Sequence[Line], yes: str, no: str = "", later: str = ""
    ) -> None:
        """Show what would happen; the focus goes to the first button."""
        theme = self.room.theme
        self.title.setText(title)
        self.title.setFont(theme.font(weight=QFont.Weight.DemiBold))
        self._empty()
        for number, line in enumerate(lines):
            icon = QLabel()
            icon.setPixmap(theme.pixmap(line.icon, 16, line.ink, self.devicePixelRatioF()))
            self._said.addWidget(icon, number, 0)
            self._said.addWidget(plain_label(line.words), number, 1)
        page = self.parentWidget()
        small = page is not None and page.height() < theme.px(640)
        most = MOST_LINES // 2 if small else MOST_LINES
        wide = (self.width() if page is None else page.width()) - theme.px(40)
        needed = self._said.totalHeightForWidth(wide)
        tall = min(needed if needed > 0 else theme.px(LINE), theme.px(LINE) * most)
        self._scroll.setFixedHeight(tall + theme.px(2))
        for button, words in ((self.yes, yes), (self.no, no), (self.later, later)):
            button.setText(words)
            button.setVisible(bool(words))
        self.yes.setEnabled(True)
        self.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)
        said = ". ".join([title, *(line.words for line in lines)])
        self.setAccessibleDescription(said)
        self.room.notices.announce(said)

    def answer(self) -> None:
        """Agree, once; Enter on another button presses that one."""
        if self.no.hasFocus():
            self._declined()
        elif self.later.hasFocus():
            self.close_bar()
        elif self.yes.isEnabled():
            self.yes.setEnabled(False)
            self.agreed.emit()

    def forget(self) -> None:
        """Go away with every name."""
        self.hide()
        self._empty()
        self.title.setText("")
        self.setAccessibleDescription("")

    def _declined(self) -> None:
        self.declined.emit()

    def _empty(self) -> None:
        while self._said.count():
            item = self._said.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class LeaveBar(Bar):
    """Asks for days off.

    Attributes:
        wanted: (staff id, first day, last day, note).
    """

    wanted = Signal(int, object, object, str)

    def __init__(
        self, room: Room, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(room, _("Ask for leave"), parent)
        row = QHBoxLayout()
        self.who: ChoiceBox[int] = ChoiceBox(parent=self)
        self.who.setAccessibleName(_("Who"))
        self.first = DayEdit(room.formats, today)
        self.first.setAccessibleName(_("First day"))
        self.last = DayEdit(room.formats, today)
        self.last.setAccessibleName(_("Last day"))
        self.note = TextEdit(room.formats)
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("Note"))
        self.verb = verb_button(_("Ask for leave"), primary=True)
        self.verb.clicked.connect(self.answer)
        self.first.understood.connect(self._first_known)
        for label, widget, stretch in (
            (_("Leave of"), self.who, 0),
            (_("from"), self.first, 1),
            (_("to"), self.last, 1),
            ("", self.note, 2),
            ("", self.verb, 0),
        ):
            if label:
                row.addWidget(plain_label(label, wrap=False))
            row.addWidget(widget, stretch)
        self.lines.addLayout(row)
        self.problem = plain_label("")
        self.problem.setProperty("tone", "danger")
        self.problem.hide()
        self.lines.addWidget(self.problem)

    def open_bar(self, people: Sequence[tuple[int, str]], who: int, first: date) -> None:
        """Offer people; the focus goes to the first day."""
        self.who.set_choices(people)
        self.who.set_value(who)
        self.who.setEnabled(len(people) > 1)
        self.problem.hide()
        self.note.set_value("")
        self.first.set_value(first)
        self.last.set_value(first)
        self.show()
        self.first.setFocus(Qt.FocusReason.TabFocusReason)
        self.first.selectAll()

    def answer(self) -> None:
        """Ask, unless a day is not understood."""
        for field in (self.first, self.last):
            trouble = field.problem() or ("" if field.value() else _("This is needed."))
            if trouble:
                self.show_problem(trouble, field)
                return
        who, first, last = self.who.value(), self.first.value(), self.last.value()
        if who is not None:
            self.wanted.emit(who, first, last, self.note.text_value())

    def show_problem(self, words: str, field: QWidget | None = None) -> None:
        """Say what is wrong, under the fields."""
        self.problem.setText(words)
        self.problem.show()
        self.room.notices.announce(words)
        (field or self.last).setFocus(Qt.FocusReason.TabFocusReason)

    def _first_known(self, first: object) -> None:
        last = None if self.last.problem() else self.last.value()
        if isinstance(first, date) and (last is None or last < first):
            self.last.set_value(first)


class SwapBar(Bar):
    """Asks to exchange a day with somebody.

    Attributes:
        wanted: (other's staff id, the day in return or None, note).
    """

    wanted = Signal(int, object, str)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, _("Swap a shift"), parent)
        self._days: Callable[[int], Sequence[tuple[date | None, str]]] = lambda _who: ()
        row = QHBoxLayout()
        self.whose = plain_label("", wrap=False)
        self.other: ChoiceBox[int] = ChoiceBox(parent=self)
        self.other.setAccessibleName(_("With whom"))
        self.back: ChoiceBox[date | None] = ChoiceBox(parent=self)
        self.back.setAccessibleName(_("For which day"))
        self.note = TextEdit(room.formats)
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("Note"))
        self.verb = verb_button(_("Ask for the swap"), primary=True)
        self.verb.clicked.connect(self.answer)
        self.other.understood.connect(self._other_chosen)
        row.addWidget(self.whose)
        row.addWidget(plain_label(_("with"), wrap=False))
        row.addWidget(self.other)
        row.addWidget(plain_label(_("for"), wrap=False))
        row.addWidget(self.back)
        row.addWidget(self.note, 1)
        row.addWidget(self.verb)
        self.lines.addLayout(row)

    def open_bar(
        self,
        whose: str,
        people: Sequence[tuple[int, str]],
        days: Callable[[int], Sequence[tuple[date | None, str]]],
    ) -> None:
        """Offer people; the focus goes to them, so that a letter chooses."""
        self._days = days
        self.whose.setText(whose)
        self.other.set_choices(people)
        if people:
            self.other.set_value(people[0][0])
            self._other_chosen(people[0][0])
        self.note.set_value("")
        self.verb.setEnabled(bool(people))
        self.show()
        self.other.setFocus(Qt.FocusReason.TabFocusReason)

    def answer(self) -> None:
        """Ask."""
        other = self.other.value()
        if other is not None:
            self.wanted.emit(other, self.back.value(), self.note.text_value())

    def _other_chosen(self, other: object) -> None:
        if isinstance(other, int):
            self.back.set_choices(self._days(other))
            self.back.setCurrentIndex(0)
