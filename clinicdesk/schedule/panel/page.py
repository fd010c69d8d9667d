# SPDX-License-Identifier: Apache-2.0
"""The page of the book: four views of the same rows, the bars over them, the legend under them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.top_bar import TitleForm
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.model import ENTRIES
from clinicdesk.patients.model import PATIENTS
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.model import APPOINTMENTS, SLOT_MINUTES, TYPES, VISITS
from clinicdesk.schedule.panel import board_access
from clinicdesk.schedule.panel.actions import NEEDS_CARD
from clinicdesk.schedule.panel.agenda import Agenda
from clinicdesk.schedule.panel.appointment_list import AppointmentList
from clinicdesk.schedule.panel.board import day_board, week_board
from clinicdesk.schedule.panel.board_canvas import COMFORTABLE, COMPACT
from clinicdesk.schedule.panel.board_view import BoardView
from clinicdesk.schedule.panel.choices import BOARD_KEYS, COMPACT_ROWS, LAST, OPENING_VIEW, ROWS
from clinicdesk.schedule.panel.counter import BookCounter
from clinicdesk.schedule.panel.following import Following, wall_of
from clinicdesk.schedule.panel.kept_booking import KeepsBooking
from clinicdesk.schedule.panel.legend import Legend
from clinicdesk.schedule.panel.minute_tick import MinuteTick
from clinicdesk.schedule.panel.month_view import MonthView
from clinicdesk.schedule.panel.paper import DaySheetPaper
from clinicdesk.schedule.panel.titles import Titles
from clinicdesk.schedule.panel.top import MODES, TopControls
from clinicdesk.schedule.queries import DayView, ListRow, MonthLoad, TypeRow, WeekView
from clinicdesk.schedule.service import Schedule
from clinicdesk.staff.model import STAFF
from clinicdesk.wording.text import _

_DAY: Final = timedelta(days=1)
_KEPT_MODE: Final = "schedule.view"


class SchedulePanel(Panel[Any], KeepsBooking):
    """The book.

    Attributes:
        on: the day it is about.
        mode: day, week, month or list.
    """

    shows = frozenset({APPOINTMENTS, VISITS, PATIENTS, TYPES, ENTRIES, STAFF})
    keys_here = BOARD_KEYS

    def __init__(self, room: Room, *, schedule: Schedule, patients: Patients) -> None:
        super().__init__(room)
        board_access.install()
        self._schedule = schedule
        self.on = self._today()
        chosen = room.settings.get(OPENING_VIEW)
        kept = room.settings.text(_KEPT_MODE) if chosen == LAST else chosen
        self.mode = kept if kept in {name for name, _words in MODES} else "day"
        self._provider: int | None = None
        self._wanted = 0
        self._moment: datetime | None = None
        self.people: tuple[tuple[int, str], ...] = ()
        slot = room.settings.get(SLOT_MINUTES)
        self.grid = BoardView(room.theme, room.formats, slot, self)
        self._set_rows(ROWS.key)
        room.settings.changed.connect(self._set_rows)
        self.grid.set_now(room.clock.now())
        self.month = MonthView(room.theme, room.formats, self)
        self.list = AppointmentList(room)
        self.legend = Legend(room.theme, room.formats, self)
        self.agenda = Agenda(room, schedule, self)
        self.counter = BookCounter(self, room, schedule, patients)
        self.bar, self.reason = self.counter.booking, self.counter.reason
        self._paper = DaySheetPaper(room, schedule, self)
        self._views = QStackedWidget(self)
        for view in (self.grid, self.month, self.list):
            self._views.addWidget(view)
        for bar in self.counter.bars():
            self.body.addWidget(bar)
        self.body.addWidget(self._views, 1)
        self.body.addWidget(self.legend)
        self.top = TopControls(room, self)
        self._titles = Titles(room.formats)
        self._tick = MinuteTick(room.clock, self)
        self._connect()
        self._show_mode()

    def _connect(self) -> None:
        self.grid.paged.connect(self._paged)
        self.grid.filtered.connect(self._filtered)
        self.month.day_opened.connect(self.show_day)
        self.month.day_chosen.connect(self._day_chosen)
        self.month.month_wanted.connect(self._month_wanted)
        self.month.agenda_wanted.connect(self.agenda.list_day)
        self.agenda.opened.connect(self._row_opened)
        self.list.opened.connect(self._row_opened)
        self.top.today_wanted.connect(self.go_today)
        self.top.stepped.connect(self.step)
        self.top.mode_wanted.connect(self.set_mode)
        self.top.provider_wanted.connect(self._whose_week)
        self.counter.booked.connect(self._booked)
        self._tick.ticked.connect(self._ticked)
        self._following = Following(self, self.room, self._schedule)

    # ── what the panel says ──────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], Any]:
        """Ask for what the view shows, and for the types that are offered."""
        actor, schedule = self.room.actor, self._schedule
        rows: Callable[[], Any]
        if self.mode == "week":
            rows = partial(schedule.week, self.week_start(), actor, self._provider)
        elif self.mode == "month":
            rows = partial(schedule.month_load, Month.of(self.on), actor)
        elif self.mode == "list":
            first = self.week_start()
            rows = partial(schedule.list, first, first + 6 * _DAY, actor)
        else:
            rows = partial(schedule.day, self.on, actor)

        def ask() -> tuple[Any, tuple[TypeRow, ...]]:
            return rows(), schedule.types(actor)

        return ask

    def show_answer(self, answer: Any) -> None:
        """Fill the view that was asked for."""
        view, types = answer
        self.counter.set_types(types)
        self.show_content()
        self.grid.set_now(self.room.clock.now())
        if isinstance(view, DayView):
            self._show_day(view)
        elif isinstance(view, WeekView):
            self._show_week(view)
        elif isinstance(view, MonthLoad):
            self._offer([(one.provider_id, one.name) for one in view.providers])
            self.month.set_day(self.on)
            self.month.show_month(view, self._today())
        else:
            self.list.show_rows(view, self.on)
            self.legend.show_note(self.room.formats.count("{n} row", "{n} rows", len(view)))
        if self._wanted and self.grid.select(self._wanted):
            self._wanted = 0
        if self._moment is not None and self.on_board:
            self.grid.put_at(self._moment)
            self._moment = None
        self.abilities_changed.emit()

    def titles(self) -> tuple[TitleForm, ...]:
        """The day, week or month shown, at length and briefly."""
        return self._titles.forms(self.mode, self.on, self.week_start())

    def top_widgets(self) -> tuple[QWidget, ...]:
        """Today, earlier, later, the four views."""
        return self.top.widgets()

    def focus_first(self) -> None:
        """Work begins in the view, unless a bar asks something."""
        asking = next((bar for bar in self.counter.bars() if not bar.isHidden()), None)
        (asking or self._view()).setFocus()

    def why_not(self, action_id: str) -> str:
        """Say what an act on a card lacks."""
        if action_id not in NEEDS_CARD:
            return ""
        found = self.grid.selected() if self.on_board else None
        if found is None:
            return _("Choose an appointment first.")
        return self.counter.why_not(action_id, found[1].card)

    def perform(self, action_id: str) -> None:
        """Carry out one of the book's actions."""
        name = action_id.removeprefix("schedule.")
        plain: dict[str, Callable[[], None]] = {
            "today": self.go_today,
            "earlier": partial(self.step, -1),
            "later": partial(self.step, 1),
            "find": self._find,
            "compact": self._turn_compact,
            "day_sheet": partial(self._paper.choose, self.on, self.people),
        }
        if name in plain:
            plain[name]()
        elif name in {mode for mode, _words in MODES}:
            self.set_mode(name)
        else:
            found = self.grid.selected() if self.on_board else None
            self.counter.act(name, None if found is None else found[1].card)

    def forget(self) -> None:
        """Drop every name; the day and the view stay."""
        self.close_bars()
        self.grid.forget()
        self.month.forget()
        self.list.rows.replace(())
        self.agenda.hide()
        self.agenda.table.rows.replace(())
        self.counter.wishes.forget()
        super().forget()

    def tick(self) -> None:
        """Go on to the present minute, without waiting for it."""
        self._tick.tick()

    def close_bars(self) -> None:
        """Put every bar away."""
        self.counter.close_bars()

    # ── going somewhere ──────────────────────────────────────────────────────────────────────

    def set_mode(self, mode: str) -> None:
        """Show the day, week, month or list."""
        if mode == "week" and self.mode == "day" and self.grid.board.columns:
            found = self.grid.selected()
            column = self.grid.cursor_at[0] if found is None else found[0]
            self._provider = self.grid.board.columns[column].provider_id
        self.mode = mode
        self.room.settings.put_text(_KEPT_MODE, mode)
        self._show_mode()
        self.title_changed.emit()
        self.abilities_changed.emit()
        self.refresh()
        self._view().setFocus()

    def go(self, on: date) -> None:
        """Show another day in the view that is in front."""
        if on != self.on:
            self.on = on
            self.month.set_day(on)
            self.title_changed.emit()
            self.refresh()
            self.grid.expect(on)

    def show_day(self, on: date) -> None:
        """Show one day by itself."""
        self.go(on)
        self.set_mode("day")

    def show_appointment(self, card_id: int, on: date) -> None:
        """Show a day with a card selected; a week in front stays if it is in it."""
        self._wanted = card_id
        if self.mode == "week" and self.week_start() == self.week_start(on):
            self.on = on
            self.refresh()
        elif self.mode in {"month", "list"} or self.on != on:
            self.show_day(on)
        elif not self.grid.select(card_id):
            self.refresh()

    def show_moment(self, on: date, minute: int | None) -> None:
        """Show a day, with the cursor at a wall minute if one is given."""
        self._moment = None if minute is None else wall_of(on, minute)
        if self.on_board:
            self.go(on)
            self.refresh()
            self.grid.setFocus()
        else:
            self.show_day(on)

    def go_today(self) -> None:
        """Show today, now."""
        self.go(self._today())
        self.grid.show_now()
        self.grid.viewport().update()

    def step(self, by: int) -> None:
        """Go one day, week or month on or back."""
        if self.mode == "month":
            month = Month.of(self.on)
            self.go((month.next if by > 0 else month.previous).first)
        else:
            self.go(self.on + by * (1 if self.mode == "day" else 7) * _DAY)

    @property
    def on_board(self) -> bool:
        """Whether cards are shown in columns: the day or the week."""
        return self.mode in {"day", "week"}

    def week_start(self, on: date | None = None) -> date:
        """Return the first day of the shown week, or of a day's, by the country's custom."""
        on = on or self.on
        return on - _DAY * ((on.weekday() - self.room.formats.first_weekday) % 7)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())

    def _view(self) -> QWidget:
        views: dict[str, QWidget] = {"month": self.month, "list": self.list}
        return views.get(self.mode, self.grid)

    def _show_mode(self) -> None:
        self._views.setCurrentWidget(self._view())
        self.top.show_mode(self.mode)
        self.legend.show_note("")

    def _show_day(self, view: DayView) -> None:
        formats = self.room.formats
        self._offer([*((one.provider_id, one.name) for one in view.columns), *view.others])
        self.grid.set_least(170)
        self.grid.show_board(day_board(view, self.grid.slot_minutes))
        if not view.columns:
            self.show_empty(
                _("Nobody works on {day}, and nobody is booked.").format(
                    day=formats.day(view.on, "long")
                ),
                _("Next day"),
                partial(self.step, 1),
                icon="calendar",
            )
        elif not self.grid.keys.letters:
            self.legend.show_note("" if view.cards else _("No appointments. Press F7 to book."))

    def _show_week(self, view: WeekView) -> None:
        columns = [column for day in view.days for column in day.columns]
        if self._provider is None:
            people = dict.fromkeys((one.provider_id, one.name) for one in columns)
            self._offer([*people, *view.days[0].others])
        self.top.set_people(self.people, self._provider)
        zone, slot = self.room.formats.zone, self.grid.slot_minutes
        thin = len({one.provider_id for one in columns}) > 1
        self.grid.set_least(84 if thin else 110)
        self.grid.show_board(week_board(view, zone, slot, weekend=False))

    def _offer(self, people: list[tuple[int, str]]) -> None:
        self.people = tuple(people)
        self.counter.set_people(self.people)
        self.top.set_people(self.people, self._provider)

    def _whose_week(self, provider_id: object) -> None:
        self._provider = provider_id if isinstance(provider_id, int) else None
        self.refresh()

    def _row_opened(self, row: ListRow) -> None:
        self.show_appointment(row.id, row.starts.date())

    def _day_chosen(self, on: date) -> None:
        self.on = on
        self.title_changed.emit()

    def _month_wanted(self, on: date) -> None:
        self.on = on
        self.title_changed.emit()
        self.refresh()

    def _paged(self, days: int) -> None:
        if self.mode == "week" and abs(days) == 1:
            days *= 7
        self.go(self.on + days * _DAY)

    def _filtered(self, letters: str) -> None:
        if letters == "/":
            self.legend.show_note(_("Type a name; Esc ends"))
        elif letters:
            matching = self.grid.matching or ()
            found = self.room.formats.count("{n} found", "{n} found", len(matching))
            self.legend.show_note(f"“{letters}” · {found} · Esc")
        else:
            self.legend.show_note("")

    def _find(self) -> None:
        if not self.on_board:
            self.set_mode("day")
        self.grid.setFocus()
        self.grid.keys.start_finding()

    def _turn_compact(self) -> None:
        compact = self.grid.row_units == COMFORTABLE
        self.room.settings.put(ROWS, COMPACT_ROWS if compact else ROWS.default)

    def _set_rows(self, key: str) -> None:
        if key == ROWS.key:
            compact = self.room.settings.get(ROWS) == COMPACT_ROWS
            self.grid.set_rows(COMPACT if compact else COMFORTABLE)

    def _booked(self, card_id: int, starts: datetime) -> None:
        self.show_appointment(card_id, starts.date())

    def _ticked(self, now: datetime) -> None:
        before = self.room.formats.zone.day(self.grid.now)
        self.grid.set_now(now)
        if before != self._today():
            if self.on == before:
                self.go(self._today())
            self.mark_stale()
            self.refresh()
