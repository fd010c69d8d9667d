# SPDX-License-Identifier: Apache-2.0
"""The top bar: the page's own controls and title, the search field, the primary acts.

At every width the search field and the first primary act are there: first the keys are dropped
from the buttons, then the title shortens, then the other acts go (they stay in the menu).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFont,
    QFontMetrics,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from clinicdesk.desktop.actions import plain
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.theme import Theme
from clinicdesk.wording.text import _

BEFORE_TITLE = "before_title"
"""Property of a page's control that stands before the title, as Today and the arrows do."""


@dataclass(frozen=True, slots=True)
class TitleForm:
    """One way to write a page's title.

    Attributes:
        words: the title now.
        widest: titles this page may have in this form; the place kept is as wide as the widest of
            them, so that what stands after the title does not move when the title changes.
    """

    words: str
    widest: Sequence[str] = ()


def leading_edge(field: QWidget) -> Qt.AlignmentFlag:
    """Return where text begins; Qt asks the keyboard for the direction of an empty field."""
    mirrored = field.layoutDirection() == Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


class SearchField(QLineEdit):
    """Looks like a field; what is typed goes into the palette.

    Attributes:
        wanted: the text typed so far, empty when clicked.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        words = _("Find patient, phone, invoice or command")
        self._hints = (words, _("Find patient"), _("Find"))
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({self._key})")
        self.setAlignment(leading_edge(self))
        self.textEdited.connect(self._typed)

    @property
    def _key(self) -> str:
        return QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the palette."""
        super().mousePressEvent(event)
        self.wanted.emit("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hint in as many words as there is room for."""
        super().resizeEvent(event)
        metrics, room = QFontMetrics(self._theme.font()), self.width() - self._theme.px(26)
        fitting = (words for words in self._hints if metrics.horizontalAdvance(words) <= room)
        self.setPlaceholderText(next(fitting, self._hints[-1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the key at the trailing edge where there is room for both."""
        super().paintEvent(event)
        theme = self._theme
        metrics = QFontMetrics(theme.font())
        needed = metrics.horizontalAdvance(self.placeholderText() + self._key) + theme.px(30)
        if self.width() >= needed:
            pen = QPainter(self)
            pen.setLayoutDirection(self.layoutDirection())
            pen.setPen(theme.colour("muted"))
            pen.drawText(
                self.rect().adjusted(theme.px(12), 0, -theme.px(12), 0),
                int(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter),
                self._key,
            )
            pen.end()

    def _typed(self, text: str) -> None:
        self.clear()
        self.wanted.emit(text)


class _ActButton(QPushButton):
    """A primary act with its key, following its action."""

    def __init__(self, action: QAction, theme: Theme, *, first: bool) -> None:
        super().__init__()
        self.action = action
        self._theme = theme
        self.setProperty("primary", first)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self.with_key = True
        self._follow()

    def show_key(self, *, shown: bool) -> None:
        self.with_key = shown
        self._follow()

    def wide(self, *, keys: bool) -> int:
        """Return how wide the button is with or without its key."""
        font = QFont(self._theme.font(weight=QFont.Weight.DemiBold))
        words = QFontMetrics(font).horizontalAdvance(self._caption(keys=keys))
        return words + self._theme.px(30)

    def _caption(self, *, keys: bool) -> str:
        title = plain(self.action.text())
        key = self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return f"{title}  {key}" if key and keys else title

    def _follow(self) -> None:
        title = plain(self.action.text())
        self.setText(self._caption(keys=self.with_key).replace("&", "&&"))
        self.setAccessibleName(title)
        self.setToolTip(self.action.toolTip())
        self.setEnabled(self.action.isEnabled())


class TopBar(QFrame):
    """One line over the whole window."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self._theme = theme
        self._line = QHBoxLayout(self)
        self._before = self._holder()
        self.title = plain_label("", wrap=False)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.title.setMinimumWidth(1)
        self._after = self._holder()
        self.search = SearchField(theme)
        self._acts: list[_ActButton] = []
        self._forms: tuple[TitleForm, ...] = (TitleForm(""),)
        self._fitting = False
        self._line.addWidget(self._before)
        self._line.addWidget(self.title)
        self._line.addWidget(self._after)
        self._line.addStretch(1)
        self._line.addWidget(self.search)
        theme.changed.connect(self._measure)
        self._measure()

    def set_acts(self, actions: Sequence[QAction]) -> None:
        """Show the primary acts; the first never goes."""
        for number, action in enumerate(actions):
            button = _ActButton(action, self._theme, first=not number)
            self._acts.append(button)
            self._line.addWidget(button)
        self._fit()

    def acts(self) -> tuple[QPushButton, ...]:
        """Return the buttons of the primary acts."""
        return tuple(self._acts)

    def show_page(self, title: str | Sequence[TitleForm], widgets: Sequence[QWidget]) -> None:
        """Show a page's title and controls instead of the former page's.

        Of several forms of the title the first that fits is shown.
        """
        for holder in (self._before, self._after):
            line = holder.layout()
            while line is not None and line.count():
                item = line.takeAt(0)
                gone = item.widget() if item is not None else None
                if gone is not None and gone not in widgets:
                    gone.setVisible(False)
        for widget in widgets:
            holder = self._before if widget.property(BEFORE_TITLE) else self._after
            line = holder.layout()
            if line is not None:
                line.addWidget(widget)
                widget.show()
        for holder in (self._before, self._after):
            line = holder.layout()
            holder.setVisible(line is not None and line.count() > 0)
        self.set_title(title)

    def set_title(self, title: str | Sequence[TitleForm]) -> None:
        """Show another title."""
        forms = (TitleForm(title),) if isinstance(title, str) else tuple(title)
        self._forms = forms or (TitleForm(""),)
        self.title.setToolTip(self._forms[0].words)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the parts into the width."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(320), super().minimumSizeHint().height())

    def _holder(self) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        holder.setMinimumWidth(1)
        holder.hide()
        return holder

    def _measure(self) -> None:
        px = self._theme.px
        self._line.setContentsMargins(px(10), px(6), px(10), px(6))
        self._line.setSpacing(px(6))
        for holder in (self._before, self._after):
            line = holder.layout()
            if line is not None:
                line.setSpacing(px(6))
        self.title.setFont(self._theme.font(13, QFont.Weight.DemiBold))
        self._fit()

    def _fit(self) -> None:
        """Take away in order until everything fits."""
        px, room = self._theme.px, self.width() - self._theme.px(32)
        page = sum(h.sizeHint().width() for h in (self._before, self._after) if not h.isHidden())
        wide, narrow, slim = px(330), px(170), px(98)
        if self._fitting:
            return
        forms = [(form, self._place_of(form)) for form in self._forms]
        (full, longest), (brief, _shortest) = forms[0], forms[-1]
        own = self._place_of(TitleForm(brief.words))  # without the place for others
        for keys, search, extra, form, words in (  # noqa: B007 -- the first that fits is used below
            (True, wide, 9, full, longest),
            (False, wide, 9, full, longest),
            *(
                (False, search, 9, form, place)
                for form, place in forms
                for search in (narrow, slim)
            ),
            # With fewer acts the title stays brief: what stands after it keeps its place from
            # one view of a page to another.
            *((False, search, 1, *forms[-1]) for search in (narrow, slim)),
            (False, slim, 1, brief, own),
            (False, slim, 1, brief, min(own, px(120))),
            (False, slim, 1, brief, 0),
        ):
            acts = sum(button.wide(keys=keys) + px(6) for button in self._acts[:extra])
            if page + words + search + acts <= room:
                break
        self._fitting = True  # arranging may resize the window, which would fit again
        self._arrange(form, keys=keys, search=search, extra=extra, words=words)
        self._fitting = False

    def _place_of(self, form: TitleForm) -> int:
        """Return how wide a title's place is."""
        metrics = QFontMetrics(self.title.font())
        return max(map(metrics.horizontalAdvance, (form.words, *form.widest))) + self._theme.px(16)

    def _arrange(self, form: TitleForm, *, keys: bool, search: int, extra: int, words: int) -> None:
        for number, button in enumerate(self._acts):
            if button.with_key != keys:
                button.show_key(shown=keys)
            button.setVisible(number < extra)
        self.search.setFixedWidth(search)
        metrics = QFontMetrics(self.title.font())
        pad = self._theme.px(16)
        self.title.setText(
            metrics.elidedText(form.words, Qt.TextElideMode.ElideRight, max(0, words - pad) + 1)
        )
        self.title.setMargin(self._theme.px(6) if words else 0)
        self.title.setMinimumWidth(words if form.widest else 1)
        self.title.setVisible(bool(words and form.words))
