# SPDX-License-Identifier: Apache-2.0
"""The page of the book: views, booking bar, legend; wishes of the grid become commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QWidget

from clinicdesk.desktop.dock import Panel
from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.identity import AppointmentId, StaffId
from clinicdesk.kernel.moments import Month, Slot, utc_minute
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.patients.model import PATIENTS
from clinicdesk.patients.queries import PatientHit
from clinicdesk.patients.service import Patients
from clinicdesk.printing.preview import page_count, page_image
from clinicdesk.printing.spool import write_whole
from clinicdesk.schedule.columns import LIST
from clinicdesk.schedule.model import (
    APPOINTMENTS,
    TYPES,
    CancelAppointment,
    Contact,
    MarkNoShow,
    MoveAppointment,
    Placed,
    ResizeAppointment,
    SetContact,
    SlotTaken,
    StepState,
)
from clinicdesk.schedule.panel.booking_bar import BookingBar, Wanted
from clinicdesk.schedule.panel.day_grid import DayGrid
from clinicdesk.schedule.panel.grid_layout import GridColumn, shown_hours
from clinicdesk.schedule.panel.legend import Legend, ReasonBar
from clinicdesk.schedule.panel.month_view import MonthView
from clinicdesk.schedule.queries.rows import CardRow, DayView, ListRow, MonthLoad, WeekView
from clinicdesk.schedule.reports import DaySheet
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import N_, _

_MODES = (("day", N_("Day")), ("week", N_("Week")), ("month", N_("Month")), ("list", N_("List")))
_ON_CARD = {"forward", "back", "confirm", "no_show", "move", "cancel"}


def _role(word: str) -> str:
    """Write a role as a title: two letters are an abbreviation."""
    return word.upper() if len(word) <= 2 else word[:1].upper() + word[1:]


class SchedulePanel(Panel[Any]):
    """The book."""

    shows = frozenset({APPOINTMENTS, PATIENTS, TYPES})

    def __init__(self, room: Room, *, schedule: Schedule, patients: Patients) -> None:
        super().__init__(room)
        self._schedule, self._patients = schedule, patients
        self._on = self._today()
        self._mode = "day"
        self._provider = 0
        self._pending_move: Callable[[], None] | None = None
        self.bar = BookingBar(room, schedule, patients)
        self.bar.booked.connect(self._booked)
        self.bar.closed.connect(self._give_focus_back)
        self.reason = ReasonBar(room, self._cancel)
        self.grid = DayGrid(room)
        self.grid.selected.connect(self._selected)
        self.grid.wished.connect(self._wished)
        self.month = MonthView(room)
        self.month.chosen.connect(self.show_day)
        self.list: RowTable[ListRow] = RowTable(
            LIST, room, _("Appointments"), state_key="appointments"
        )
        self.list.chosen.connect(self._row_chosen)
        self._views = QStackedWidget()
        for view in (self.grid, self.month, self.list):
            self._views.addWidget(view)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.reason)
        self.body.addWidget(self._views, 1)
        self.body.addWidget(Legend(room))
        self._tops = self._make_tops()
        self._clock = QTimer(self, interval=10_000)
        self._clock.timeout.connect(self._tick)
        self._clock.start()
        room.spotlight.shown.connect(self._shone)

    # ── what the panel says ──────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], Any]:
        """Ask for the view's rows."""
        actor = self.room.actor
        if self._mode == "week":
            monday = self._on - timedelta(days=self._on.weekday())
            return partial(self._schedule.week, monday, actor, self._provider or None)
        if self._mode == "month":
            return partial(self._schedule.month_load, Month.of(self._on), actor)
        if self._mode == "list":
            return partial(self._schedule.list, self._on, self._on + timedelta(days=6), actor)
        return partial(self._schedule.day, self._on, actor)

    def show_answer(self, answer: Any) -> None:
        """Fill the view that was asked for."""
        if isinstance(answer, DayView):
            self._show_day(answer)
        elif isinstance(answer, WeekView):
            self._show_week(answer)
        elif isinstance(answer, MonthLoad):
            self.month.show_month(answer, self._today())
        else:
            self.list.rows.replace(answer)
        self.abilities_changed.emit()

    def title(self) -> str:
        """The day, week or month shown."""
        formats = self.room.formats
        if self._mode == "month":
            return formats.month(Month.of(self._on))
        if self._mode == "week":
            monday = self._on - timedelta(days=self._on.weekday())
            return _("Week of {day}").format(day=formats.day(monday))
        return formats.day(self._on, "long")

    def top_widgets(self) -> tuple[QWidget, ...]:
        """Today, earlier, later, and the four views."""
        return self._tops

    def focus_first(self) -> None:
        """Work begins in the view."""
        views: dict[str, QWidget] = {"month": self.month, "list": self.list}
        views.get(self._mode, self.grid).setFocus()

    def forget(self) -> None:
        """Drop every name; the day and the scroll position stay."""
        self.grid.show_columns((), (480, 1080), 0)
        self.list.rows.replace(())
        self.bar.put_away()
        super().forget()

    def close_bars(self) -> None:
        """Put the booking bar and the reason bar away."""
        self.bar.put_away()
        self.reason.hide()

    def why_not(self, action_id: str) -> str:
        """Say what an action on a card lacks."""
        name = action_id.removeprefix("schedule.")
        if name in _ON_CARD and self.grid.current() is None:
            return _("Choose an appointment first.")
        return ""

    def perform(self, action_id: str) -> None:
        """Carry out one of the book's actions."""
        name = action_id.removeprefix("schedule.")
        card = self.grid.current()
        plain: dict[str, Callable[[], None]] = {
            "book": self._open_bar,
            "walk_in": self._open_walk_in,
            "today": self._go_today,
            "earlier": partial(self._step_day, -1),
            "later": partial(self._step_day, 1),
            "compact": self._toggle_compact,
            "day_sheet": self._print_day,
        }
        if name in plain:
            plain[name]()
        elif name in {mode for mode, _words in _MODES}:
            self.set_mode(name)
        elif card is not None:
            self._act_on(card, name)

    # ── views ────────────────────────────────────────────────────────────────────────────────

    def set_mode(self, mode: str) -> None:
        """Show the day, week, month or list."""
        self._mode = mode
        if mode == "week":
            spot = self.grid.cursor_spot()
            self._provider = spot[0].provider_id if spot else 0
        for number, (name, _words) in enumerate(_MODES):
            self._buttons.button(number).setChecked(name == mode)
        views: dict[str, QWidget] = {"month": self.month, "list": self.list}
        self._views.setCurrentWidget(views.get(mode, self.grid))
        self.title_changed.emit()
        self.refresh()

    def show_day(self, day: date) -> None:
        """Show one day."""
        self._on = day
        self.set_mode("day")

    def _make_tops(self) -> tuple[QWidget, ...]:
        today = QToolButton()
        today.setText(_("Today"))
        today.clicked.connect(self._go_today)
        steps = []
        for icon, name, by in (
            ("chevron-left", _("Earlier"), -1),
            ("chevron-right", _("Later"), 1),
        ):
            button = QToolButton()
            self.room.theme.give_icon(button, icon)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(partial(self._step_day, by))
            steps.append(button)
        group = QWidget()
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.room.theme.px(6))
        self._buttons = QButtonGroup(self)
        for number, (name, words) in enumerate(_MODES):
            button = QToolButton()
            button.setText(_(words))
            button.setCheckable(True)
            button.setChecked(name == self._mode)
            button.clicked.connect(partial(self.set_mode, name))
            self._buttons.addButton(button, number)
            row.addWidget(button)
        return (today, *steps, group)

    def _show_day(self, day: DayView) -> None:
        cards: dict[int, list[CardRow]] = {}
        reused = {(c.provider_id, c.starts_min) for c in day.cards if c.booking != "cancelled"}
        for card in day.cards:
            gone = card.booking == "cancelled" and (card.provider_id, card.starts_min) in reused
            if not gone:
                cards.setdefault(card.provider_id, []).append(card)
        formats = self.room.formats
        columns = []
        for column in day.columns:
            counts = formats.count("{n} booked", "{n} booked", column.booked)
            counts += " · " + formats.count("{n} free", "{n} free", column.free)
            where = " · ".join(p for p in (_role(formats.word(column.role)), column.room) if p)
            columns.append(
                GridColumn(
                    column.provider_id,
                    column.name,
                    f"{where}   {counts}" if where else counts,
                    day.starts_min,
                    tuple((s.from_min, s.to_min, s.kind) for s in column.open_spans),
                    tuple(cards.get(column.provider_id, ())),
                    day.on == self._today(),
                )
            )
        self.grid.show_columns(columns, shown_hours([day]), self._now_min())
        providers = tuple((c.provider_id, c.name) for c in day.columns)
        question = partial(self._schedule.types, self.room.actor)
        self.room.desk.ask(
            question, lambda types: self.bar.set_choices(types, providers), owner=self
        )
        if not day.columns:
            self.show_empty(_("Nobody works on this day, and nobody is booked."), icon="calendar")

    def _show_week(self, week: WeekView) -> None:
        formats = self.room.formats
        columns = []
        for day in week.days:
            for column in day.columns:
                if self._provider and column.provider_id != self._provider:
                    continue
                columns.append(
                    GridColumn(
                        column.provider_id,
                        formats.day(day.on, "weekday"),
                        f"{column.name}   "
                        + formats.count("{n} booked", "{n} booked", column.booked),
                        day.starts_min,
                        tuple((s.from_min, s.to_min, s.kind) for s in column.open_spans),
                        tuple(c for c in day.cards if c.provider_id == column.provider_id),
                        day.on == self._today(),
                    )
                )
        self.grid.show_columns(columns, shown_hours(week.days), self._now_min())

    def _step_day(self, by: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 -- Qt's signal
        if self._mode == "month":
            month = Month.of(self._on)
            self._on = (month.next if by > 0 else month.previous).first
        else:
            self._on += timedelta(days=by * (7 if self._mode in {"week", "list"} else 1))
        self.title_changed.emit()
        self.refresh()

    def _go_today(self) -> None:
        self._on = self._today()
        self.title_changed.emit()
        self.refresh()
        self.grid.scroll_to_now()

    def _toggle_compact(self) -> None:
        self.grid.compact = not self.grid.compact
        self.refresh()

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())

    def _now_min(self) -> int:
        return utc_minute(self.room.clock.now())

    def _tick(self) -> None:
        self.grid.tick(self._now_min())

    # ── selection ────────────────────────────────────────────────────────────────────────────

    def _selected(self, card: CardRow | None) -> None:
        if card is not None:
            if card.patient_id:
                self.room.spotlight.show("patient", card.patient_id)
            self.room.spotlight.show("appointment", card.id)
            self.room.notices.announce(self.grid.spoken(card))
        self.abilities_changed.emit()

    def _shone(self, kind: str, number: int) -> None:
        here = kind == "appointment" and number and self._mode == "day"
        if here and any(card.id == number for card in self.grid.cards()):
            self.grid.choose(number)

    def _row_chosen(self, row: ListRow | None) -> None:
        if row is not None and row.patient_id:
            self.room.spotlight.show("patient", row.patient_id)

    # ── booking ──────────────────────────────────────────────────────────────────────────────

    def _open_bar(self) -> None:
        self._with_patient(partial(self._bar_for, None))

    def _open_walk_in(self) -> None:
        self.bar.open_for(None, None, walk_in=True)

    def _with_patient(self, then: Callable[[PatientHit | None], None]) -> None:
        number = self.room.spotlight.current("patient")
        if not number:
            then(None)
            return
        question = partial(self._patients.recent, (number,), self.room.actor)
        self.room.desk.ask(question, lambda hits: then(hits[0] if hits else None), owner=self)

    def _bar_for(self, wanted: Wanted | None, patient: PatientHit | None) -> None:
        self.bar.open_for(wanted, patient)

    def _book_at_cursor(self) -> None:
        spot = self.grid.cursor_spot()
        if spot is None:
            return
        column, minute = spot
        self.bar.open_for(Wanted(column.provider_id, self._slot(column, minute, 15)), None)

    def _slot(self, column: GridColumn, minute: int, length: int) -> Slot:
        return self.room.formats.zone.slot_at(column.starts_min + minute, length)

    def _booked(self, number: int) -> None:
        self.refresh()
        self.room.spotlight.show("appointment", number)

    def _give_focus_back(self) -> None:
        self.grid.setFocus()

    # ── acting on a card ─────────────────────────────────────────────────────────────────────

    def _wished(self, verb: str, card: CardRow | None, more: Any) -> None:
        if verb == "book":
            self._book_at_cursor()
        elif verb == "day":
            self._step_day(int(more))
        elif card is None:
            return
        elif verb == "move":
            column, minute = more
            self._move(card, column.provider_id, self._slot(column, minute, card.minutes))
        elif verb == "move_day":
            self._move_day(card, int(more))
        elif verb == "resize":
            command = ResizeAppointment(AppointmentId(card.id), card.version, int(more))
            self._send(partial(self._schedule.resize, command, self.room.actor))
        elif verb == "cancel":
            self.reason.open_for(card)
        elif verb == "open" and card.patient_id:
            self.room.spotlight.show("patient", card.patient_id)
            self.room.go_to("patient")

    def _act_on(self, card: CardRow, name: str) -> None:
        number, actor = AppointmentId(card.id), self.room.actor
        if name in {"forward", "back"}:
            command = StepState(number, card.version, forward=name == "forward")
            self._send(partial(self._schedule.step, command, actor))
        elif name == "confirm":
            contact = SetContact(number, card.version, Contact.CONFIRMED)
            self._send(partial(self._schedule.set_contact, contact, actor))
        elif name == "no_show":
            missed = MarkNoShow(number, card.version)
            self._send(partial(self._schedule.no_show, missed, actor))
        elif name == "cancel":
            self.reason.open_for(card)
        elif name == "move":
            self.grid.begin_move()

    def _move(self, card: CardRow, provider: int, slot: Slot, *, overbook: bool = False) -> None:
        command = MoveAppointment(
            AppointmentId(card.id), card.version, StaffId(provider), slot, overbook=overbook
        )
        act = partial(self._schedule.move, command, self.room.actor)
        refused = partial(self._move_refused, card, provider, slot)
        self.room.desk.carry_out(act, self._moved, refused, owner=self)

    def _move_day(self, card: CardRow, by: int) -> None:
        starts: datetime = card.starts + timedelta(days=by)
        self._on = starts.date()
        self.title_changed.emit()
        self._move(card, card.provider_id, Slot(starts, card.minutes))

    def _move_refused(self, card: CardRow, provider: int, slot: Slot, refusal: Refusal) -> None:
        words = self.room.formats.refusal(refusal)
        if isinstance(refusal, SlotTaken):
            beside = partial(self._move, card, provider, slot, overbook=True)
            self.room.notices.banner(words, "warn", _("Move beside it"), beside)
        else:
            self.room.notices.refusal(refusal)
        self.refresh()

    def _moved(self, done: Done[Placed]) -> None:
        self.refresh()

    def _send(self, act: Callable[[], Done[Placed]]) -> None:
        self.room.desk.carry_out(act, self._moved, owner=self)

    def _cancel(self, card: CardRow, reason: str) -> None:
        command = CancelAppointment(AppointmentId(card.id), card.version, reason)
        self._send(partial(self._schedule.cancel, command, self.room.actor))

    # ── paper ────────────────────────────────────────────────────────────────────────────────

    def _print_day(self) -> None:
        work = partial(
            self._schedule.day_sheet, DaySheet(self._on), self.room.actor, self.room.formats
        )

        def make(_errand: object) -> tuple[bytes, list[bytes]]:
            body = work()
            return body, [page_image(body, n).png() for n in range(page_count(body))]

        self.room.desk.run_errand(_("Day sheet"), make, self._show_paper, owner=self)

    def _show_paper(self, made: tuple[bytes, list[bytes]]) -> None:
        from pathlib import Path

        body, pages = made

        def save(path: str) -> None:
            write_whole(Path(path), body)

        view = PaperView(
            self.room.theme,
            _("Day sheet"),
            pages,
            save,
            f"day-sheet-{self._on.isoformat()}.pdf",
            self.window(),
        )
        view.open()
