# SPDX-License-Identifier: Apache-2.0
"""Fields that understand what is typed: amounts, days, times, choices, plain text.

A field keeps what was typed until it is left; then it shows how it was understood, or why it was
not. Nothing is rewritten while somebody types.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from clinicdesk.kernel.folding import clean
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, _

Value = TypeVar("Value")


class _Typed(QLineEdit, Generic[Value]):
    """A line whose text means something.

    Attributes:
        understood: the value changed; None while empty or not understood.
    """

    understood = Signal(object)

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formats = formats
        self._last: Any = None
        self.textEdited.connect(self._tell)

    def read(self, text: str) -> Value:
        """Return what a text means, or refuse it."""
        raise NotImplementedError

    def write(self, value: Value) -> str:
        """Return the text that means a value."""
        raise NotImplementedError

    def value(self) -> Value | None:
        """Return the value, None if the field is empty.

        Raises:
            Refusal: what is typed means nothing.
        """
        text = self.text().strip()
        return self.read(text) if text else None

    def set_value(self, value: Value | None) -> None:
        """Show a value."""
        self.setText("" if value is None else self.write(value))
        self._tell()

    def problem(self) -> str:
        """Return why what is typed means nothing, translated; nothing if all is well."""
        try:
            self.value()
        except Refusal as refusal:
            return self.formats.refusal(refusal)
        return ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that typing replaces."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()
        else:
            QTimer.singleShot(0, self.selectAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show how the text was understood."""
        super().focusOutEvent(event)
        self.settle()

    def settle(self) -> None:
        """Write the value as it was understood; leave what means nothing as typed."""
        try:
            value = self.value()
        except Refusal:
            return
        if value is not None and self.text() != self.write(value):
            self.setText(self.write(value))
        self._tell()

    def _tell(self) -> None:
        try:
            value = self.value()
        except Refusal:
            value = None
        if value != self._last:
            self._last = value
            self.understood.emit(value)


class MoneyEdit(_Typed[int]):
    """An amount in minor units; understands ``12.5``, ``12,50 €`` and ``=12.5*3``."""

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(formats, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)

    def read(self, text: str) -> int:
        return self.formats.parse_money(text)

    def write(self, value: int) -> str:
        return self.formats.amount_to_edit(value)


class DayEdit(_Typed[date]):
    """A day; understands ``t``, ``+3``, ``12``, ``12/3``, ISO and the country's order."""

    def __init__(
        self,
        formats: Formats,
        today: Callable[[], date],
        *,
        past: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(formats, parent)
        self._today, self._past = today, past
        self.setPlaceholderText(formats.day_example)

    def read(self, text: str) -> date:
        return self.formats.parse_day(text, self._today(), past=self._past)

    def write(self, value: date) -> str:
        return self.formats.day(value, "short")


class TimeEdit(_Typed[time]):
    """A wall time; understands ``9``, ``930``, ``9.30`` and ``9pm``."""

    def read(self, text: str) -> time:
        return self.formats.parse_time(text)

    def write(self, value: time) -> str:
        return self.formats.time(value)


class NumberEdit(_Typed[int]):
    """A whole number within bounds."""

    def __init__(
        self,
        formats: Formats,
        least: int = 0,
        most: int = 1_000_000,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(formats, parent)
        self._least, self._most = least, most
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)

    def read(self, text: str) -> int:
        number = self.formats.parse_number(text)
        if number != int(number) or not self._least <= number <= self._most:
            raise Refusal(
                N_("Give a whole number from {least} to {most}."),
                least=self._least,
                most=self._most,
            )
        return int(number)

    def write(self, value: int) -> str:
        return str(value)


class TextEdit(_Typed[str]):
    """A line of text, kept trimmed and without invisible marks."""

    def read(self, text: str) -> str:
        return clean(text)

    def write(self, value: str) -> str:
        return value

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keep the cursor where it was: text is more often mended than replaced."""
        QLineEdit.focusInEvent(self, event)

    def text_value(self) -> str:
        """Return the text, empty if there is none."""
        return self.value() or ""


class NoteEdit(QPlainTextEdit):
    """Some lines of text; Tab leaves it."""

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formats = formats
        self.setTabChangesFocus(True)

    def value(self) -> str:
        """Return the text, trimmed."""
        return clean(self.toPlainText())

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self.setPlainText(value or "")

    def problem(self) -> str:
        """Any text is good."""
        return ""


class ChoiceBox(QComboBox, Generic[Value]):
    """One of some values; the wheel changes it only while it has the focus.

    Attributes:
        understood: the chosen value changed.
    """

    understood = Signal(object)

    def __init__(
        self, choices: Sequence[tuple[Value, str]] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._values: list[Value] = []
        self.set_choices(choices)
        self.currentIndexChanged.connect(self._tell)

    def set_choices(self, choices: Sequence[tuple[Value, str]]) -> None:
        """Offer other values (value, translated words); the chosen one stays if it is there."""
        before = self.value()
        self.blockSignals(True)
        self.clear()
        self._values = [value for value, _words in choices]
        for _value, words in choices:
            self.addItem(words)
        self.blockSignals(False)
        self.set_value(before)

    def value(self) -> Value | None:
        """Return the chosen value."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: Value | None) -> None:
        """Choose a value; the first if it is not offered."""
        index = self._values.index(value) if value in self._values else 0
        self.setCurrentIndex(index if self._values else -1)

    def problem(self) -> str:
        """What is chosen is always one of the choices."""
        return "" if self._values else _("There is nothing to choose from.")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow too: a styled box of Qt has none, and then looks like a text field.

        Words that do not fit end in dots, which Qt's own box leaves out.
        """
        self._draw_words()
        size = self.fontMetrics().height() * 0.22
        edge = self.fontMetrics().height() * 0.75
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = edge if right_to_left else self.width() - edge
        y = self.height() / 2
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QPen(self.palette().color(QPalette.ColorRole.Text), 1.6)
        ink.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setPen(ink)
        low, high = y + size / 2, y - size / 2
        pen.drawPolyline([QPointF(x - size, high), QPointF(x, low), QPointF(x + size, high)])
        pen.end()

    def shown_words(self) -> str:
        """Return the words as they are drawn, elided where they do not fit."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        box = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        end = Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.currentText(), end, max(0, box.width() - 2))

    def _draw_words(self) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_words()
        pen = QStylePainter(self)
        pen.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        pen.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        pen.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless this box has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _tell(self) -> None:
        self.understood.emit(self.value())
