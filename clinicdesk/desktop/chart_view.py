# SPDX-License-Identifier: Apache-2.0
"""A chart with its title, as a picture or as the table it is drawn from.

T turns between the two, Ctrl+C copies the table for a spreadsheet. To a screen reader the picture
is an image whose description reads the values out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from clinicdesk.desktop.chart_painter import ChartPainter
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.desktop.table_text import tab_separated
from clinicdesk.desktop.theme import HEADING
from clinicdesk.kernel.charts import Chart
from clinicdesk.kernel.columns import Align, Column
from clinicdesk.wording.text import N_, Term, _

_Line = tuple[Any, ...]
_LABEL: Final = N_("Name")


def lines_of(chart: Chart) -> list[_Line]:
    """Return a chart as rows: the label, then the value of each series."""
    return [
        (label, *(series.values[number] for series in chart.series))
        for number, label in enumerate(chart.labels)
    ]


def columns_of(chart: Chart) -> tuple[Column[_Line], ...]:
    """Return the columns of those rows."""

    def value(number: int) -> Callable[[_Line], Any]:
        return lambda line: line[number]

    numbers = tuple(
        Column(f"series{number}", series.name, value(number), chart.unit, Align.END, 12)
        for number, series in enumerate(chart.series, 1)
    )
    return (Column("label", Term(_LABEL), value(0), weight=18), *numbers)


class _Picture(QWidget):
    """The drawing."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._chart: Chart | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_chart(self, chart: Chart) -> None:
        self._chart = chart
        self.setMinimumHeight(ChartPainter.height(chart, self._room.theme))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._room.theme.px(320), self._room.theme.px(168))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if self._chart is None:
            return
        pen = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        area = QRectF(self.rect())
        ChartPainter(pen, self._room.theme, self._room.formats, area, mirrored=mirrored).draw(
            self._chart
        )
        pen.end()


class ChartView(QFrame):
    """One chart on a page.

    Attributes:
        chart: what is shown, None before the first.
        opened: Enter, or a double click.
    """

    opened = Signal()

    def __init__(self, room: Room, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.chart: Chart | None = None
        self.setObjectName("chart")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        self._title = plain_label(name)
        self._title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        head.addWidget(self._title, 1)
        self._turn = self._button("table", self.turn)
        self._turn.setCheckable(True)
        self._copy = self._button("copy", self.copy)
        for button in (self._turn, self._copy):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._turn.setAccessibleName(_("Show as table: {chart}").format(chart=name))
        self._turn.setToolTip(_("Show as table (T)"))
        self._copy.setAccessibleName(_("Copy the table: {chart}").format(chart=name))
        self._copy.setToolTip(_("Copy for a spreadsheet (Ctrl+C)"))
        self._column.addLayout(head)
        self._stage = QStackedWidget()
        self._picture = _Picture(room)
        self._empty = plain_label("", muted=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._table: RowTable[_Line] | None = None
        self._stage.addWidget(self._picture)
        self._stage.addWidget(self._empty)
        self._column.addWidget(self._stage, 1)
        self._note = plain_label("", muted=True)
        self._note.hide()
        self._column.addWidget(self._note)
        room.theme.changed.connect(self._measure)
        self._measure()

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def show_chart(self, chart: Chart) -> None:
        """Show a chart, as picture or table as before."""
        self.chart = chart
        self._title.setText(chart.title)
        self._note.setText(chart.note)
        self._note.setVisible(bool(chart.note))
        self._picture.show_chart(chart)
        self.setAccessibleDescription(self.spoken())
        if self._turn.isChecked():
            self._fill_table()
        self._show_side()

    def show_nothing(self, words: str) -> None:
        """Say why there is nothing to see."""
        self.chart = None
        self._empty.setText(words)
        self.setAccessibleDescription(words)
        self._show_side()

    def spoken(self) -> str:
        """Return the values as a sentence."""
        if self.chart is None:
            return self._empty.text()
        write = self._room.formats.value
        parts = []
        for label, *values in lines_of(self.chart):
            said = ", ".join(write(self.chart.unit, value) for value in values)
            parts.append(f"{label}: {said}")
        return "; ".join(parts)

    def turn(self) -> None:
        """Turn between picture and table."""
        if self.sender() is not self._turn:
            self._turn.toggle()
        if self._turn.isChecked():
            self._fill_table()
        self._show_side()
        if self._turn.isChecked() and self._table is not None and self.chart is not None:
            self._table.setFocus()
        else:
            self.setFocus()

    def copy(self) -> None:
        """Copy the table with its headings, tab-separated."""
        if self.chart is not None:
            QGuiApplication.clipboard().setText(self.as_text())

    def as_text(self) -> str:
        """Return the table for a spreadsheet."""
        if self.chart is None:
            return ""
        return tab_separated(
            columns_of(self.chart), lines_of(self.chart), self._room.formats, headers=True
        )

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return self._turn.isChecked()

    # ── Qt's events ──────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        """Keep T from the window's shortcuts."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_T
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T turns, Ctrl+C copies, Enter opens."""
        plain = not event.modifiers()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_T and plain:
            self.turn()
        elif event.key() == Qt.Key.Key_C and control:
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        self.opened.emit()

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _show_side(self) -> None:
        drawn = self.chart is not None
        self._turn.setEnabled(drawn)
        self._copy.setEnabled(drawn)
        if not drawn:
            self._stage.setCurrentWidget(self._empty)
        elif self._turn.isChecked() and self._table is not None:
            self._stage.setCurrentWidget(self._table)
        else:
            self._stage.setCurrentWidget(self._picture)

    def _fill_table(self) -> None:
        if self.chart is None:
            return
        columns = columns_of(self.chart)
        if self._table is None or len(self._table.rows.columns) != len(columns):
            if self._table is not None:
                self._stage.removeWidget(self._table)
                self._table.deleteLater()
            self._table = RowTable(
                columns, self._room, self.chart.title, id_of=lambda line: line[0]
            )
            self._table.setMinimumHeight(self._room.theme.px(150))
            self._table.installEventFilter(self)
            self._stage.addWidget(self._table)
        self._table.rows.replace(lines_of(self.chart))
        self._table.choose_row(0)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Let T turn back from within the table."""
        if (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_T
            and not event.modifiers()
            and event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
        ):
            if event.type() == QEvent.Type.KeyPress:
                self.turn()
            event.accept()
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _button(self, icon: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("flat", True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._room.theme.give_icon(button, icon, "muted")
        button.clicked.connect(act)
        return button

    def _measure(self) -> None:
        px, tokens = self._room.theme.px, self._room.theme.tokens
        self._column.setContentsMargins(px(14), px(10), px(10), px(12))
        self._column.setSpacing(px(8))
        self._title.setFont(self._room.theme.font(HEADING, QFont.Weight.DemiBold))
        self.setStyleSheet(
            f"#chart {{ background: {tokens.surface}; border: {tokens.edge}px solid"
            f" {tokens.border}; border-radius: {px(8)}px; }}"
            f"#chart:focus {{ border: 2px solid {tokens.focus}; }}"
        )
        if self.chart is not None:
            self._picture.show_chart(self.chart)
