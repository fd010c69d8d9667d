# SPDX-License-Identifier: Apache-2.0
"""The booking bar: for whom, what, with whom, when. One line over the board, never a dialog.

The next free time is there before anybody asks; five others are one key away. What is in the way
is told in the bar, and a second Enter books beside it where the right allows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.patients.queries import PatientHit
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.model import MAY_OVERBOOK, Check, Placed, SlotTaken
from clinicdesk.schedule.panel.bars import Bar, Saying
from clinicdesk.schedule.panel.booking_draft import Draft, Opening, registration
from clinicdesk.schedule.panel.booking_fields import Fields
from clinicdesk.schedule.panel.inquiry import Granting, Inquiry
from clinicdesk.schedule.panel.offers import OFFERED, Offers
from clinicdesk.schedule.panel.patient_hits import NewPatient
from clinicdesk.schedule.queries import FreeSlot, TypeRow
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import _

_SETTLE_MS = 60


class BookingBar(Bar):
    """Books.

    Attributes:
        booked: a ``Placed`` and the naive wall time it starts at.
        none_suits: no time does; the patient may wait.
    """

    booked = Signal(object, object)
    none_suits = Signal()

    def __init__(
        self, room: Room, schedule: Schedule, patients: Patients, parent: QWidget | None = None
    ) -> None:
        super().__init__(room, _("Book an appointment"), parent)
        self._schedule, self._patients = schedule, patients
        self.fields = Fields(room, patients, self)
        self.walk_in = QCheckBox(_("&Walk-in"), self)
        self.walk_in.setToolTip(
            _("Here now, without an appointment (W as the first key, or Alt+W)")
        )
        self.verb = verb_button(_("Book"), primary=True)
        self._types: tuple[TypeRow, ...] = ()
        self._chosen: FreeSlot | None = None
        self._by_hand = False
        self._filling = False
        self._go_on = False
        self._fresh = self._meant = False
        self._warned: Draft | None = None
        self._inquiry = Inquiry(room, schedule, self)
        self._wish: Granting = (None, 0)
        self._fold = 0
        self._draw()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self._connect()

    # ── opening ──────────────────────────────────────────────────────────────────────────────

    def set_people(self, people: Sequence[tuple[int, str]]) -> None:
        """Offer these providers."""
        self._filling = True
        self.fields.set_people(people)
        self._filling = False

    def set_types(self, types: tuple[TypeRow, ...]) -> None:
        """Offer these types."""
        self._types = types
        self._filling = True
        self.fields.set_types([(one.id, one.name) for one in types])
        self._filling = False

    def open_bar(self, opening: Opening) -> None:
        """Begin a booking; the focus goes to the first thing that is not known yet.

        A patient who is only offered is selected in the field, so that typing replaces them.
        """
        fields = self.fields
        self._inquiry.drop()
        self._filling = self._fresh = True
        self._warned, self._chosen, self._go_on, self._meant = None, None, False, False
        self.walk_in.setChecked(opening.walk_in)
        self._wish = (opening.wish, opening.patient_id)
        type_id = opening.type_id
        if type_id is None and self._types:
            type_id = self._types[0].id
        fields.fill(opening, type_id, opening.minutes or self._minutes_of(type_id))
        self._by_hand = opening.starts is not None
        self._fold = opening.fold
        self._filling = False
        self.words.say("")
        self._offers.show_slots((), anyone=False)
        self._walk_in_changed()
        self.show()
        known = opening.patient_id and not opening.offered
        first = fields.type if known else fields.patient
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self._look()

    def name_patient(self, hits: Sequence[PatientHit], patient_id: int) -> None:
        """Write the name of whom the bar was opened for, unless another was chosen since."""
        field = self.fields.patient
        choice = field.choice
        if isinstance(choice, PatientHit) and choice.id == patient_id and not choice.name:
            self._filling = True
            field.choose(hits[0] if hits else None)
            self._filling = False
            if self.window().focusWidget() is field:
                field.selectAll()

    # ── what is asked for ────────────────────────────────────────────────────────────────────

    def draft(self) -> Draft:
        """Return what is in the fields."""
        free = 0 if self._chosen is None else self._chosen.provider_id
        return self.fields.draft(free, self._fold, walk_in=self.walk_in.isChecked())

    def commit(self, *, go_on: bool = False) -> None:
        """Book what is in the fields; say what is missing or in the way."""
        fields, draft = self.fields, self.draft()
        self._go_on = go_on
        if self._settle.isActive():
            self._settle.stop()
            self._look()
        if self._inquiry.asking and not (self._by_hand and draft.provider_id):
            self._meant = True  # the time shown is not the answer to what was chosen last
            return
        if isinstance(fields.patient.choice, NewPatient):
            self._register(fields.patient.choice.name)
            return
        missing = fields.missing(draft)
        if missing is not None:
            field, words = missing
            self.words.say(words, "danger")
            field.setFocus(Qt.FocusReason.TabFocusReason)
            return
        overbook = self._warned == draft and self.room.actor.may(MAY_OVERBOOK)
        actor = self.room.actor
        self.verb.setEnabled(False)
        if draft.walk_in:
            walk_in = draft.arrival(overbook=overbook)
            command: Callable[[], Done[Placed]] = partial(self._schedule.walk_in, walk_in, actor)
        else:
            command = self._inquiry.booking(draft.booking(overbook=overbook), self._wish)
        self.room.desk.carry_out(command, self._done, self._refused, owner=self)

    def offered(self) -> tuple[FreeSlot, ...]:
        """Return the alternatives."""
        return self._offers.slots

    def take_offer(self, number: int) -> None:
        """Take an alternative, counted from 0."""
        if number < len(self.offered()):
            self._by_hand = True
            self._show_slot(self.offered()[number])
            self._look()

    # ── Qt's events ──────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        """Keep Alt+1 … Alt+5 from the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if alt and Qt.Key.Key_1 <= event.key() < Qt.Key.Key_1 + OFFERED:
                event.accept()
                return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let W, as the first key, begin a walk-in whatever field has the focus."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            fresh, self._fresh = self._fresh, False
            if fresh and event.text().casefold() == "w":
                self.walk_in.setChecked(True)
                self.fields.patient.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit on Enter from any field; Alt and a digit takes an alternative."""
        key, held = event.key(), event.modifiers()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            patient = self.fields.patient
            if patient.searching:
                patient.take_soon()
                return
            if patient.listing:
                if patient.take():
                    patient.setFocus()
                return
            self.commit(go_on=bool(held & Qt.KeyboardModifier.ControlModifier))
        elif held == Qt.KeyboardModifier.AltModifier and Qt.Key.Key_1 <= key <= Qt.Key.Key_5:
            self.take_offer(key - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    # ── answers ──────────────────────────────────────────────────────────────────────────────

    def _show_free(self, slots: tuple[FreeSlot, ...]) -> None:
        """Show the next openings; the first is the one proposed unless a time was typed."""
        if self.isHidden():
            return
        self._chosen = None
        if self.walk_in.isChecked():
            self._chosen = slots[0] if slots else None
            self._offers.show_slots((), anyone=False)
        elif not self._by_hand:
            if slots:
                self._show_slot(slots[0])
            else:
                self.words.say(_("Nothing is free within a year."), "warn")
            self._offers.show_slots(slots[1:], anyone=self._anyone)
        else:
            starts = self.draft().starts
            mine = [one for one in slots if one.starts == starts]
            self._chosen = mine[0] if mine else None
            others = [one for one in slots if one not in mine[:1]]
            self._offers.show_slots(others, anyone=self._anyone)
            if not mine and self.fields.provider.value() is None and starts is not None:
                self.words.say(_("Nobody is free then. Choose another time or a provider."), "warn")
        if self._meant:
            self._meant = False
            self.commit(go_on=self._go_on)
        else:
            self._check()

    def _show_check(self, check: Check) -> None:
        """Say what is in the way and what is to know."""
        self._meant = False
        if self.isHidden():
            return
        words = self._inquiry.told(check)
        self.words.say(words, "warn" if words else "")

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _draw(self) -> None:
        px = self.room.theme.px
        top = QHBoxLayout()
        top.setSpacing(px(8))
        top.addWidget(self.fields, 1)
        self.verb.setDefault(True)
        self.verb.setToolTip(_("Book (Enter); Ctrl+Enter books and goes on"))
        bottom = Qt.AlignmentFlag.AlignBottom
        top.addWidget(self.verb, 0, bottom)
        top.addWidget(self.close_button(), 0, bottom)
        self.lines.addLayout(top)
        low = QHBoxLayout()
        low.setSpacing(px(8))
        self._offers = Offers(self.room, self)
        self._offers.taken.connect(self.take_offer)
        self._offers.none_suits.connect(self.none_suits)
        low.addWidget(self.walk_in)
        low.addWidget(self._offers, 1)
        self.lines.addLayout(low)
        self.words = Saying()
        self.lines.addWidget(self.words)

    def _connect(self) -> None:
        fields = self.fields
        fields.patient.picked.connect(self._patient_picked)
        fields.patient.walk_in.connect(partial(self.walk_in.setChecked, True))
        fields.type.installEventFilter(self)
        self._inquiry.found.connect(self._show_free)
        self._inquiry.checked.connect(self._show_check)
        fields.type.understood.connect(self._type_changed)
        fields.provider.understood.connect(self._wish_changed)
        fields.length.understood.connect(self._wish_changed)
        fields.day.understood.connect(self._when_changed)
        fields.time.understood.connect(self._when_changed)
        self.walk_in.toggled.connect(self._walk_in_changed)
        self.verb.clicked.connect(self._pressed)

    @property
    def _anyone(self) -> bool:
        return self.fields.provider.value() is None

    def _pressed(self) -> None:
        self.commit()

    def _minutes_of(self, type_id: int | None) -> int:
        return next((one.minutes for one in self._types if one.id == type_id), 15)

    def _patient_picked(self, choice: object) -> None:
        self.fields.show_new(shown=isinstance(choice, NewPatient))
        if not self._filling:
            if isinstance(choice, PatientHit):
                self.room.spotlight.show("patient", choice.id)
            else:
                self.words.say("")  # what was said is about whom the bar had before
            self._settle.start()

    def _walk_in_changed(self) -> None:
        walk_in = self.walk_in.isChecked()
        self.fields.set_when_enabled(enabled=not walk_in)
        self.fields.patient.walking = walk_in
        self.verb.setText(_("Arrive") if walk_in else _("Book"))
        if walk_in:
            now = self.room.formats.zone.wall(self.room.clock.now())
            self._filling = True
            self.fields.day.set_value(now.date())
            self.fields.time.set_value(now.time())
            self._filling = False
        if not self._filling and not self.isHidden():
            self._by_hand = self._by_hand and not walk_in
            self._settle.start()

    def _type_changed(self) -> None:
        if not self._filling:
            self._filling = True
            self.fields.length.set_value(self._minutes_of(self.fields.type.value()))
            self._filling = False
            self._settle.start()

    def _wish_changed(self) -> None:
        if not self._filling:
            self._settle.start()

    def _when_changed(self) -> None:
        if not self._filling:
            self._by_hand, self._fold = True, 0
            self._settle.start()

    def _look(self) -> None:
        """Ask what is free, and what would be in the way."""
        draft = self.draft()
        if draft.minutes <= 0 or self.isHidden():
            return
        after = draft.starts if self._by_hand and not draft.walk_in else None
        self._inquiry.free(self.fields.provider.value(), draft.minutes, after)

    def _check(self) -> None:
        draft = self.draft()
        if draft.complete:
            self._inquiry.check(draft.booking(), walk_in=draft.walk_in)

    def _show_slot(self, slot: FreeSlot) -> None:
        self._chosen, self._filling, self._fold = slot, True, slot.fold
        self.fields.day.set_value(slot.starts.date())
        self.fields.time.set_value(slot.starts.time())
        self._filling = False

    def _register(self, name: str) -> None:
        fields = self.fields
        if fields.born.problem():
            self.words.say(fields.born.problem(), "danger")
            fields.born.setFocus(Qt.FocusReason.TabFocusReason)
            return
        command = registration(name, fields.born.value(), fields.phone.text())
        register = partial(self._patients.register, command, self.room.actor)
        self.verb.setEnabled(False)
        self.room.desk.carry_out(register, self._registered, self._refused, owner=self)

    def _registered(self, done: Done[int]) -> None:
        choice = self.fields.patient.choice
        name = choice.name if choice is not None else ""
        self.verb.setEnabled(True)
        self.fields.patient.choose(PatientHit(done.value, name, "", None, "", "active"))
        self.commit(go_on=self._go_on)

    def _done(self, done: Done[Placed]) -> None:
        self.verb.setEnabled(True)
        starts = self.draft().starts
        self._warned = None
        if self._go_on:
            draft = self.draft()
            self.open_bar(Opening(provider_id=draft.provider_id, type_id=draft.type_id))
        else:
            self.close_bar()
        self.booked.emit(done.value, starts)

    def _refused(self, refusal: Refusal) -> None:
        self.verb.setEnabled(True)
        words = self.room.formats.refusal(refusal)
        if isinstance(refusal, SlotTaken) and self.room.actor.may(MAY_OVERBOOK):
            self._warned = self.draft()
            words = _("{why} Enter again to book beside it.").format(why=words)
        self.words.say(words, "danger")
