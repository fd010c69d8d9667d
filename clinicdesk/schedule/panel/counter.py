# SPDX-License-Identifier: Apache-2.0
"""The counter of the page: its bars, its menu, and who does what when something is wished.

The page shows; here wishes of board, keys and menu are turned into bars that ask and acts that do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from clinicdesk.desktop.actions import plain
from clinicdesk.desktop.room import Room
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.dialogs import GoToDayDialog, HistoryDialog, KeepFreeDialog
from clinicdesk.schedule.model import ACTIVE, Booking, Contact, Kind, Placed, SettleWaiting
from clinicdesk.schedule.panel.actions import ACTIONS, NEEDS_CARD
from clinicdesk.schedule.panel.acts import Acts
from clinicdesk.schedule.panel.bars import Bar, HintBar, ReasonBar
from clinicdesk.schedule.panel.board_view import Wish
from clinicdesk.schedule.panel.booking_bar import BookingBar
from clinicdesk.schedule.panel.booking_draft import Opening
from clinicdesk.schedule.panel.carrying import Carrying
from clinicdesk.schedule.panel.note_bar import NoteBar
from clinicdesk.schedule.panel.spoken import onward_words
from clinicdesk.schedule.panel.wishes import Wishes
from clinicdesk.schedule.queries import CardRow, HistoryRow, TypeRow, WaitlistRow
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import _

if TYPE_CHECKING:
    from clinicdesk.schedule.panel.page import SchedulePanel

_MENU: Final = (
    "forward", "back", "", "confirm", "message", "", "move", "note", "again", "", "cancel",
    "no_show", "restore", "", "history",
)  # fmt: skip


class BookCounter(QObject):
    """Takes wishes.

    Attributes:
        booked: (appointment id, naive wall time) something new is in the book.
    """

    booked = Signal(int, object)

    def __init__(
        self, page: SchedulePanel, room: Room, schedule: Schedule, patients: Patients
    ) -> None:
        super().__init__(page)
        self._page, self._room = page, room
        self._schedule, self._patients = schedule, patients
        self._types: tuple[TypeRow, ...] = ()
        self._copied: CardRow | None = None
        self._about: CardRow | None = None
        self._booked_last = 0
        self.acts = Acts(room, schedule, self)
        self.booking = BookingBar(room, schedule, patients, page)
        self.reason = ReasonBar(room, page)
        self.note = NoteBar(room, page)
        self.hint = HintBar(room, page)
        self.wishes = Wishes(page, room, schedule, self.reason)
        self._carrying = Carrying(page, room, self.hint, self.why_not)
        self._connect()

    def _connect(self) -> None:
        grid = self._page.grid
        grid.opened.connect(self._opened)
        grid.slot_wanted.connect(self._slot_wanted)
        grid.move_wished.connect(self._move_wished)
        grid.resize_wished.connect(self.acts.resize)
        grid.verb.connect(self._verb)
        grid.menu_wanted.connect(self._menu)
        self.acts.settled.connect(self._settled)
        self.acts.asked.connect(self._asked)
        self.acts.booked.connect(self._placed)
        self.booking.booked.connect(self._booked_by_bar)
        self.booking.none_suits.connect(self._none_suits)
        self.wishes.booked.connect(self._placed)
        self.wishes.booking_wanted.connect(self._book_wish)
        self.reason.reasoned.connect(self._reasoned)
        self.note.noted.connect(self.acts.edit)
        for bar in self.bars():
            bar.closed.connect(self._bar_closed)
            bar.opened.connect(partial(self._only, bar))

    # ── what the page asks ───────────────────────────────────────────────────────────────────

    def bars(self) -> tuple[Bar, ...]:
        """Return the bars from the top down."""
        return (self.booking, self.wishes.bar, self.reason, self.note, self.hint)

    def close_bars(self) -> None:
        """Put every bar away."""
        for bar in self.bars():
            bar.close_bar()

    def set_types(self, types: tuple[TypeRow, ...]) -> None:
        """Offer these types."""
        if types != self._types:
            self._types = self.wishes.types = types
            self.booking.set_types(types)

    def set_people(self, people: Sequence[tuple[int, str]]) -> None:
        """Offer these providers."""
        self.booking.set_people(people)

    def why_not(self, action_id: str, card: CardRow) -> str:
        """Return why an act on a card makes no sense now; nothing if it does."""
        name = action_id.removeprefix("schedule.")
        active = card.booking in ACTIVE
        block = card.kind is Kind.BLOCK
        if name == "restore":
            return "" if not active else _("It is neither cancelled nor missed.")
        if name in {"history", "note"}:
            return ""
        if not active:
            return _("Restore the appointment first.")
        if block and name not in {"move", "cancel"}:
            return _("Time kept free has no patient.")
        if name == "forward" and card.booking is Booking.DONE:
            return _("The appointment is done.")
        if name == "back" and card.booking is Booking.BOOKED:
            return _("The appointment has not begun.")
        if name in {"no_show", "confirm", "message"} and card.booking is not Booking.BOOKED:
            return _("The patient is here already.")
        if name == "move" and card.booking in {Booking.CHECKOUT, Booking.DONE}:
            return _("This appointment can no longer be moved.")
        return ""

    def act(self, name: str, card: CardRow | None) -> None:
        """Do what an action says."""
        if name == "book":
            self._open_booking(walk_in=False)
        elif name == "walk_in":
            self._open_booking(walk_in=True)
        elif name == "keep_free":
            self._keep_free()
        elif name == "date":
            self._ask_day()
        elif name == "waitlist":
            self.wishes.show_list()
        elif name == "wait":
            self._let_wait(self._room.spotlight.current("patient"))
        elif card is not None:
            self._act_on(name, card)

    # ── acting on a card ─────────────────────────────────────────────────────────────────────

    def _act_on(self, name: str, card: CardRow) -> None:
        acts = self.acts
        done: dict[str, Callable[[], None]] = {
            "forward": partial(acts.step, card, forward=True),
            "back": partial(acts.step, card, forward=False),
            "confirm": partial(acts.contact, card, Contact.CONFIRMED),
            "message": partial(acts.contact, card, Contact.MESSAGE),
            "no_show": partial(acts.no_show, card),
            "restore": partial(acts.restore, card),
            "again": partial(acts.again, card),
            "note": partial(self._open_note, card),
            "cancel": partial(self._ask_reason, card),
            "move": self._carrying.begin,
            "history": partial(self._ask_history, card),
        }
        if name in done:
            done[name]()

    def _verb(self, name: str, card: CardRow | None) -> None:
        grid = self._page.grid
        if name == "copy" and card is not None:
            self._copied = card
            self._room.notices.toast(
                _("{name} is copied. V books it at the cursor.").format(name=card.name)
            )
        elif name == "paste":
            if self._copied is None:
                self._room.notices.toast(_("Nothing is copied. C copies an appointment."))
                return
            column, minute = grid.cursor_at
            slot = grid.slot_of(column, minute, self._copied.minutes)
            provider = grid.board.columns[column].provider_id
            self.acts.copy(self._copied, provider, slot.starts, slot.fold)
        elif card is not None:
            self._act_on({"duplicate": "again"}.get(name, name), card)

    def _opened(self, card: CardRow) -> None:
        if card.patient_id is None:
            self._open_note(card)
            return
        self._room.spotlight.show("patient", card.patient_id)
        self._room.spotlight.ask_for("patient", card.patient_id, "open")

    def _move_wished(self, wish: Wish) -> None:
        self.acts.move(wish.card, wish.provider_id, wish.slot)

    def _settled(self, _card_id: int) -> None:
        self._page.grid.rest()
        self._page.refresh()

    # ── asking ───────────────────────────────────────────────────────────────────────────────

    def _asked(self, words: str, verb: str, act: Callable[[], None]) -> None:
        self.hint.show_hint(words, "danger", verb, act)

    def _ask_reason(self, card: CardRow) -> None:
        if card.kind is Kind.BLOCK:
            self.acts.cancel(card, "")
            return
        self._about = card
        formats = self._room.formats
        wall = formats.zone.wall(self._room.clock.now())
        question = _("Cancel {name}, {when}? Why:").format(
            name=card.name, when=formats.moment(card.starts)
        )
        missed = card.booking is Booking.BOOKED and card.starts <= wall
        self.wishes.look(card)
        self.reason.ask(question, missed=missed)

    def _reasoned(self, key: str) -> None:
        card, self._about = self._about, None
        if card is None:
            self.reason.close_bar()
            return
        if key == ReasonBar.NO_SHOW:
            self.reason.close_bar()
            self.acts.no_show(card)
        else:
            self.acts.cancel(card, key)
            self.wishes.offer(card)

    def _open_note(self, card: CardRow) -> None:
        self.note.open_bar(card, self._types)

    def _ask_history(self, card: CardRow) -> None:
        question = partial(self._schedule.history, card.id, self._room.actor)

        def show(rows: tuple[HistoryRow, ...]) -> None:
            name = f"{card.name} · {self._room.formats.moment(card.starts)}"
            HistoryDialog(self._room, name, rows, self._page.window()).open()

        self._room.desk.ask(question, show, owner=self)

    def _keep_free(self) -> None:
        grid = self._page.grid
        people = self._page.people
        if not people or not grid.board.columns:
            return
        column, minute = grid.cursor_at
        slot = grid.slot_of(column, minute, 60)
        KeepFreeDialog(
            self._room,
            self._schedule,
            people,
            grid.board.columns[column].provider_id,
            slot.starts,
            60,
            self._page.window(),
        ).open()

    def _ask_day(self) -> None:
        dialog = GoToDayDialog(self._room, self._page.on, self._page.window())
        dialog.accepted.connect(partial(self._day_given, dialog))
        dialog.open()

    def _day_given(self, dialog: GoToDayDialog) -> None:
        on = dialog.day.value()
        if on is not None:
            self._page.go(on)

    # ── booking ──────────────────────────────────────────────────────────────────────────────

    def _slot_wanted(self, column: int, minute: int, minutes: int) -> None:
        grid = self._page.grid
        slot = grid.slot_of(column, minute, 1)
        provider = grid.board.columns[column].provider_id
        patient_id = self._room.spotlight.current("patient")
        self._open_for(
            Opening(
                patient_id,
                offered=True,
                provider_id=provider,
                starts=slot.starts,
                fold=slot.fold,
                minutes=minutes,
            )
        )

    def _open_booking(self, *, walk_in: bool) -> None:
        """Open the bar for whom the window is about, if it is about somebody.

        Whom the bar booked last is only offered: the next call is mostly somebody else's.
        """
        patient_id = 0 if walk_in else self._room.spotlight.current("patient")
        offered = patient_id == self._booked_last
        self._open_for(Opening(patient_id, offered=offered, walk_in=walk_in))

    def _open_for(self, opening: Opening) -> None:
        """Open the bar at once, so that it has the keys; the name follows."""
        self.booking.open_bar(opening)
        if opening.patient_id:
            question = partial(self._patients.recent, (opening.patient_id,), self._room.actor)
            self._room.desk.ask(
                question,
                partial(self.booking.name_patient, patient_id=opening.patient_id),
                owner=self,
            )

    def _booked_by_bar(self, placed: Placed, starts: datetime | None) -> None:
        self._booked_last = self.booking.draft().patient_id
        self._placed(placed, starts)

    def _placed(self, placed: Placed, starts: datetime | None) -> None:
        if starts is not None:
            self.booked.emit(placed.appointment_id, starts)

    def _book_wish(self, row: WaitlistRow) -> None:
        wish = SettleWaiting(row.id, row.version, "booked")
        opening = Opening(
            row.patient_id, provider_id=row.provider_id, type_id=row.type_id, wish=wish
        )
        self._room.spotlight.show("patient", row.patient_id)
        self._open_for(opening)

    def _none_suits(self) -> None:
        draft, choice = self.booking.draft(), self.booking.fields.patient.choice
        if not draft.patient_id or choice is None:
            self.booking.words.say(_("Choose the patient first."), "danger")
            self.booking.fields.patient.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self.wishes.wish_for(draft, choice.name)

    def _let_wait(self, patient_id: int) -> None:
        if not patient_id:
            self._room.notices.toast(_("Choose the patient first."))
            return
        question = partial(self._patients.recent, (patient_id,), self._room.actor)
        self._room.desk.ask(question, self.wishes.wish_for_patient, owner=self)

    def _only(self, opened: Bar) -> None:
        """Put away what was asked before: one question at a time."""
        for bar in self.bars():
            if bar is not opened:
                bar.close_bar()

    def _bar_closed(self) -> None:
        """Give the focus back to the board once the last bar is gone."""
        self._carrying.bar_closed()
        if all(bar.isHidden() for bar in self.bars()):
            self._page.focus_first()

    # ── the menu of a card ───────────────────────────────────────────────────────────────────

    def _menu(self, where: QPoint) -> None:
        page = self._page
        menu = QMenu(page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        specs = {spec.id: spec for spec in ACTIONS}
        found = page.grid.selected()
        names = _MENU if found is not None else ("book", "walk_in", "keep_free")
        for name in names:
            if not name:
                menu.addSeparator()
                continue
            spec = specs[f"schedule.{name}"]
            reason = page.why_not(spec.id) if spec.id in NEEDS_CARD else ""
            if spec.permission is not None and not self._room.actor.may(spec.permission):
                reason = _("Your role may not do this.")
            if reason and name in {"restore", "confirm", "message", "no_show"}:
                continue
            text = _(spec.text)
            if name == "forward" and found is not None and not reason:
                text = onward_words(found[1].card.booking, self._room.formats)
            action = menu.addAction(text)
            action.setEnabled(not reason)
            action.setToolTip(reason or plain(_(spec.text)))
            action.triggered.connect(partial(self._chosen, name))
            if name == "back" and found is not None and found[1].card.patient_id is not None:
                pay = menu.addAction(_("Take payment"))
                pay.triggered.connect(partial(self._room.run_action, "billing.take_payment"))
        menu.popup(where)

    def _chosen(self, name: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002
        found = self._page.grid.selected()
        card = None if found is None else found[1].card
        if name == "book":
            self._slot_wanted(*self._page.grid.cursor_at, 0)
        else:
            self.act(name, card)
