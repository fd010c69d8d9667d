# SPDX-License-Identifier: Apache-2.0
"""The roster week, to read: everybody's hours by day, why somebody is away, and who is here when.

Painted by one widget: names down the leading edge, seven days across, a bar for each span of the
day, and below them how many providers are here at their most and least.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import SECONDARY, SECTION
from clinicdesk.kernel.changes import Topic
from clinicdesk.staff.model import MAY_VIEW_STAFF, STAFF
from clinicdesk.staff.queries import RosterDay, RosterRow
from clinicdesk.staff.service import Staff, week_of
from clinicdesk.wording.text import N_, _

ROSTER_ACTIONS = (
    ActionSpec(
        "roster.this_week", N_("&This week's roster"), "staff", (), "calendar",
        MAY_VIEW_STAFF, "roster", N_("hours, shifts"), 1,
    ),
    ActionSpec(
        "roster.earlier", N_("Week &before"), "staff", (), "back", MAY_VIEW_STAFF, "roster", "", 1
    ),
    ActionSpec(
        "roster.later", N_("Week a&fter"), "staff", (), "forward", MAY_VIEW_STAFF, "roster", "", 1
    ),
)  # fmt: skip
_WEEK = timedelta(days=7)
_DAYS = 7


class RosterPanel(Panel[tuple[RosterRow, ...]]):
    """Everybody's week."""

    shows: ClassVar[frozenset[Topic]] = frozenset({STAFF})

    def __init__(self, room: Room, staff: Staff) -> None:
        super().__init__(room)
        self._staff = staff
        self._monday = week_of(self._today())
        theme = room.theme
        bar = QHBoxLayout()
        edge = theme.px(12)
        bar.setContentsMargins(edge, edge, edge, theme.px(8))
        bar.setSpacing(theme.px(8))
        for caption, act in ((_("This week"), self._now), ("‹", self._back), ("›", self._on)):
            button = verb_button(caption)
            button.clicked.connect(act)
            bar.addWidget(button)
            if caption == "‹":
                button.setAccessibleName(_("Week before"))
            elif caption == "›":
                button.setAccessibleName(_("Week after"))
        self._heading = plain_label("", wrap=False)
        bar.addWidget(self._heading)
        bar.addStretch(1)
        self.body.addLayout(bar)
        self.week = RosterWeek(room)
        around = QScrollArea()
        around.setWidgetResizable(True)
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setAccessibleName(_("Roster"))
        around.setWidget(self.week)
        self.body.addWidget(around, 1)
        theme.changed.connect(self._head)
        self._head()

    def question(self) -> Callable[[], tuple[RosterRow, ...]]:
        return partial(self._staff.roster, self._monday, self.room.actor)

    def show_answer(self, answer: tuple[RosterRow, ...]) -> None:
        if not answer:
            self.show_empty(_("Nobody is on the staff yet."), icon="users")
            return
        self.week.show_week(self._monday, self._today(), answer)

    def perform(self, action_id: str) -> None:
        if action_id == "roster.this_week":
            self._now()
        elif action_id == "roster.earlier":
            self._back()
        elif action_id == "roster.later":
            self._on()

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())

    def _now(self) -> None:
        self._go(week_of(self._today()))

    def _back(self) -> None:
        self._go(self._monday - _WEEK)

    def _on(self) -> None:
        self._go(self._monday + _WEEK)

    def _go(self, monday: date) -> None:
        self._monday = monday
        self._head()
        self.refresh()

    def _head(self) -> None:
        formats = self.room.formats
        last = self._monday + timedelta(days=_DAYS - 1)
        self._heading.setFont(self.room.theme.font(SECTION, QFont.Weight.DemiBold))
        self._heading.setText(f"{formats.day(self._monday)} – {formats.day(last)}")


class RosterWeek(QWidget):
    """Names by days, painted."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._monday: date | None = None
        self._today: date | None = None
        self._rows: tuple[RosterRow, ...] = ()
        room.theme.changed.connect(self._measure)
        self._measure()

    def show_week(self, monday: date, today: date, rows: tuple[RosterRow, ...]) -> None:
        """Show a week's rows."""
        self._monday, self._today, self._rows = monday, today, rows
        self.setAccessibleName(_("Roster"))
        self.setAccessibleDescription("; ".join(self._spoken(row) for row in rows))
        self._measure()
        self.update()

    def sizeHint(self) -> QSize:
        px = self._room.theme.px
        tall = self._tall()
        return QSize(px(760), px(32) + tall * len(self._rows) + px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint heads, rows and the line of who is here."""
        if self._monday is None:
            return
        theme = self._room.theme
        pen = QPainter(self)
        pen.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen.fillRect(self.rect(), theme.colour("surface"))
        self._paint_heads(pen)
        top = theme.px(32)
        for row in self._rows:
            self._paint_row(pen, row, top)
            top += self._tall()
        self._paint_count(pen, top)
        pen.end()

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _tall(self) -> int:
        most = max((len(_work(day)) for row in self._rows for day in row.days), default=1)
        return self._room.theme.px(22) * max(2, most) + self._room.theme.px(12)

    def _measure(self) -> None:
        self.setMinimumSize(self.sizeHint())
        self.updateGeometry()

    def _box(self, place: int, top: float, height: float) -> QRectF:
        """Return a column's rectangle; -1 is the names'."""
        names = self._room.theme.px(170)
        width = (self.width() - names) / _DAYS
        left = 0.0 if place < 0 else names + place * width
        box = QRectF(left, top, names if place < 0 else width, height)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            box.moveRight(self.width() - box.left())
        return box

    def _paint_heads(self, pen: QPainter) -> None:
        theme, formats = self._room.theme, self._room.formats
        monday = self._monday or date.min
        for place in range(_DAYS):
            day = monday + timedelta(days=place)
            box = self._box(place, 0, theme.px(32))
            today = day == self._today
            if today:
                pen.fillRect(self._box(place, 0, self.height()), theme.colour("surface2"))
            weight = QFont.Weight.Bold if today else QFont.Weight.DemiBold
            pen.setFont(theme.font(weight=weight))
            pen.setPen(theme.colour("accent" if today else "muted"))
            pen.drawText(box, Qt.AlignmentFlag.AlignCenter, formats.day(day, "weekday"))
        pen.setPen(theme.colour("control"))
        pen.drawLine(0, theme.px(32), self.width(), theme.px(32))

    def _paint_row(self, pen: QPainter, row: RosterRow, top: int) -> None:
        theme, formats = self._room.theme, self._room.formats
        tall, pad = self._tall(), theme.px(12)
        leading = Qt.AlignmentFlag.AlignLeading
        box = self._box(-1, top, tall).adjusted(pad, theme.px(6), -theme.px(6), -theme.px(4))
        pen.setPen(theme.colour("text"))
        pen.setFont(theme.font(weight=QFont.Weight.DemiBold))
        name = pen.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, int(box.width()))
        pen.drawText(box, leading | Qt.AlignmentFlag.AlignTop, name)
        pen.setFont(theme.font(SECONDARY))
        pen.setPen(theme.colour("muted"))
        below = box.adjusted(0, theme.px(19), 0, 0)
        pen.drawText(below, leading | Qt.AlignmentFlag.AlignTop, formats.minutes(row.minutes))
        for place, day in enumerate(row.days):
            self._paint_day(pen, row, day, self._box(place, top, tall))
        pen.setPen(theme.colour("grid"))
        pen.drawLine(0, top + tall, self.width(), top + tall)

    def _paint_day(self, pen: QPainter, row: RosterRow, day: RosterDay, box: QRectF) -> None:
        theme = self._room.theme
        gap, tall = theme.px(4), theme.px(22)
        pen.setFont(theme.font(SECONDARY))
        if not day.spans:
            pen.setPen(theme.colour("muted"))
            words = pen.fontMetrics().elidedText(
                day.away or "–", Qt.TextElideMode.ElideRight, int(box.width() - 2 * gap)
            )
            pen.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
            return
        colours, ink = theme.tokens.series, theme.status("booked")
        bar = colours[row.color % len(colours)]
        top = box.top() + theme.px(6)
        for starts, ends in _work(day):
            chip = QRectF(box.left() + gap, top, box.width() - 2 * gap, tall - theme.px(2))
            pen.fillRect(chip, QColor(ink.fill))
            edge = QRectF(chip.left(), chip.top(), theme.px(4), chip.height())
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                edge.moveRight(chip.right())
            pen.fillRect(edge, QColor(bar))
            pen.setPen(QColor(ink.text))
            pen.drawText(chip, Qt.AlignmentFlag.AlignCenter, self._hours(starts, ends))
            top += tall

    def _paint_count(self, pen: QPainter, top: int) -> None:
        theme, formats = self._room.theme, self._room.formats
        pen.setFont(theme.font(SECONDARY, QFont.Weight.DemiBold))
        pen.setPen(theme.colour("muted"))
        pad = theme.px(12)
        box = self._box(-1, top, theme.px(32)).adjusted(pad, 0, 0, 0)
        side = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        pen.drawText(box, side, _("Here"))
        for place in range(_DAYS):
            here = sum(1 for row in self._rows if row.days[place].spans)
            words = formats.number(here) if here else "–"
            box = self._box(place, top, theme.px(32))
            pen.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _hours(self, starts: datetime, ends: datetime) -> str:
        formats = self._room.formats
        return f"{formats.time(starts)}–{formats.time(ends)}"

    def _spoken(self, row: RosterRow) -> str:
        """Say a row for a screen reader."""
        formats = self._room.formats
        parts = []
        for day in row.days:
            hours = ", ".join(self._hours(*span) for span in _work(day)) or day.away
            if hours:
                parts.append(f"{formats.day(day.on, 'weekday')} {hours}")
        return f"{row.name}: {', '.join(parts)}" if parts else row.name


def _work(day: RosterDay) -> list[tuple[datetime, datetime]]:
    """Return the stretches somebody works, cut where they have a break."""
    stretches = [(start, end) for start, end, kind in day.spans if kind == "work"]
    for start, end, kind in day.spans:
        if kind != "break":
            continue
        cut: list[tuple[datetime, datetime]] = []
        for first, last in stretches:
            if start >= last or end <= first:
                cut.append((first, last))
                continue
            if first < start:
                cut.append((first, start))
            if end < last:
                cut.append((end, last))
        stretches = cut
    return stretches
