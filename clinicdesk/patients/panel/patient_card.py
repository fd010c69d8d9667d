# SPDX-License-Identifier: Apache-2.0
"""The patient card: who it is, what to know first, how to reach them, who pays.

Rooms above add their own sections (today's appointment, the latest of the account) through
``extras``; the card imports none of them. Name, birth date and chart number stay in sight while
the rest scrolls, so that two identifiers are always read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import PAGE_TITLE
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.changes import Changes, Topic
from clinicdesk.patients.dialogs import (
    AlertDialog,
    ConsentDialog,
    CoverageDialog,
    GuarantorDialog,
    MergeDialog,
    NoteDialog,
    PatientDialog,
)
from clinicdesk.patients.model import (
    ALERT_WORDS,
    CONTACT_WORDS,
    PATIENTS,
    PURPOSE_WORDS,
    STATUS_WORDS,
    CardFact,
    CardLine,
    CardSection,
    EndAlert,
)
from clinicdesk.patients.panel.card_parts import AlertBox, FactGrid, LineList, SectionBox
from clinicdesk.patients.queries import FamilyRow, PatientCard
from clinicdesk.patients.service import Patients
from clinicdesk.wording.text import _

Extras = Callable[[int, int], tuple[CardSection, ...]]
"""(patient id, id of the record beside it or 0) to what the rooms above tell."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer: the card, the family, and what the rooms above tell."""

    card: PatientCard
    family: tuple[FamilyRow, ...]
    sections: tuple[CardSection, ...]


def _no_extras(_patient_id: int, _beside: int) -> tuple[CardSection, ...]:
    return ()


class PatientCardPanel(Panel[Shown]):
    """The card of the patient the window is about."""

    shows: ClassVar[frozenset[Topic]] = frozenset({PATIENTS})

    def __init__(
        self,
        room: Room,
        patients: Patients,
        extras: Extras = _no_extras,
        topics: frozenset[Topic] = frozenset(),
        beside: str = "",
    ) -> None:
        """Make the card.

        Args:
            room: the window's.
            patients: whom to ask.
            extras: sections of rooms above, called on the lane.
            topics: what makes those sections stale.
            beside: kind of record the sections are about too, as the spotlight calls it.
        """
        super().__init__(room)
        self._patients, self._extras, self._topics = patients, extras, topics
        self._beside = beside
        self._patient = room.spotlight.current("patient")
        self._looked_at = 0
        self._shown: Shown | None = None
        self._pinned = False
        theme = room.theme
        self.setMinimumWidth(theme.px(250))
        self._head = QWidget()
        self.body.addWidget(self._head)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(_("Patient card"))
        self.body.addWidget(self._scroll, 1)
        room.spotlight.shown.connect(self._shone)
        room.feed.changed.connect(self._changed_above)
        theme.changed.connect(self._draw)
        if not self._patient:
            self._say_empty()

    # ── asking ───────────────────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], Shown] | None:
        if not self._patient:
            return None
        beside = self.room.spotlight.current(self._beside) if self._beside else 0
        again = self._patient == self._looked_at
        about = (self._patient, beside)
        return partial(_ask, self._patients, self._extras, about, self.room.actor, again=again)

    def show_answer(self, answer: Shown) -> None:
        self._shown = answer
        self._looked_at = self._patient
        self._draw()
        self.abilities_changed.emit()

    def forget(self) -> None:
        """Take the card away: the window is locked."""
        self._shown, self._looked_at, self._pinned = None, 0, False
        self._patient = 0
        self._clear()
        self._say_empty()
        super().forget()

    @property
    def card(self) -> PatientCard | None:
        """The card in sight."""
        return self._shown.card if self._shown else None

    # ── doing ────────────────────────────────────────────────────────────────────────────────

    def why_not(self, action_id: str) -> str:
        if action_id == "patient.pin":
            return ""
        return "" if self.card is not None else _("Choose a patient first.")

    def perform(self, action_id: str) -> None:
        card = self.card
        if card is None:
            return
        match action_id:
            case "patient.edit":
                PatientDialog(self.room, self._patients, card, parent=self).open()
            case "patient.add_alert":
                AlertDialog(self.room, self._patients, card, parent=self).open()
            case "patient.add_note":
                NoteDialog(self.room, self._patients, card, parent=self).open()
            case "patient.add_coverage":
                CoverageDialog(self.room, self._patients, card, parent=self).open()
            case "patient.record_consent":
                ConsentDialog(self.room, self._patients, card, parent=self).open()
            case "patient.set_guarantor":
                GuarantorDialog(self.room, self._patients, card, parent=self).open()
            case "patient.merge":
                MergeDialog(self.room, self._patients, card, parent=self).open()
            case "patient.pin":
                self._set_pinned(pinned=not self._pinned)

    def _end_alert(self, alert_id: int) -> None:
        command = partial(self._patients.end_alert, EndAlert(alert_id), self.room.actor)
        self.room.desk.carry_out(command, owner=self)

    # ── following ────────────────────────────────────────────────────────────────────────────

    def _shone(self, kind: str, record_id: int) -> None:
        if kind == self._beside and self._patient:
            self.refresh()
        if kind != "patient" or (self._pinned and record_id):
            return
        self._patient = record_id
        if record_id:
            self.refresh()
        else:
            self._shown = None
            self._clear()
            self._say_empty()
            self.mark_stale()

    def _changed_above(self, changes: Changes) -> None:
        if self._topics and changes.touch(self._topics):
            self.refresh()

    def _set_pinned(self, *, pinned: bool) -> None:
        self._pinned = pinned
        if not pinned:
            self._shone("patient", self.room.spotlight.current("patient"))
        self._draw()

    def _pin_toggled(self, pinned: bool) -> None:  # noqa: FBT001 -- Qt's signal
        if pinned != self._pinned:
            self._set_pinned(pinned=pinned)

    # ── drawing ──────────────────────────────────────────────────────────────────────────────

    def _say_empty(self) -> None:
        self.show_empty(_("No patient chosen. Ctrl+K finds one."), icon="patient")

    def _clear(self) -> None:
        self._put_head(QWidget())
        self._scroll.setWidget(QWidget())

    def _put_head(self, head: QWidget) -> None:
        self.body.replaceWidget(self._head, head)
        self._head.hide()
        head.show()  # a layout would show it a moment later
        self._head.deleteLater()
        self._head = head
        for button in head.findChildren(QToolButton):
            self.setTabOrder(button, self._scroll)  # it stands above what scrolls

    def _draw(self) -> None:
        if self._shown is None:
            return
        self._put_head(self._drawn_head(self._shown.card))
        at = self._scroll.verticalScrollBar().value()
        rest = self._drawn_rest(self._shown)
        self._scroll.setWidget(rest)
        # Nothing of the card is cut off at its side: it is as wide as its widest part needs.
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        needed = max(rest.minimumSizeHint().width() + bar, self.room.theme.px(250))
        self.setMinimumWidth(min(needed, self.room.theme.px(420)))
        self._scroll.verticalScrollBar().setValue(at)

    def _drawn_head(self, card: PatientCard) -> QWidget:
        theme, formats = self.room.theme, self.room.formats
        head = QWidget()
        inside = QVBoxLayout(head)
        side = theme.px(14)
        inside.setContentsMargins(side, theme.px(12), side, theme.px(6))
        inside.setSpacing(theme.px(6))
        row = QHBoxLayout()
        name = plain_label(card.name)
        name.setFont(theme.font(PAGE_TITLE, QFont.Weight.DemiBold))
        row.addWidget(name, 1)
        pin = QToolButton()
        pin.setProperty("flat", True)
        pin.setCheckable(True)
        pin.setChecked(self._pinned)
        pin.setAccessibleName(_("Keep this card"))
        pin.setToolTip(_("Keep this card while you look at others"))
        theme.give_icon(pin, "pin-off" if self._pinned else "pin", "muted")
        pin.toggled.connect(self._pin_toggled)
        row.addWidget(pin, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(row)
        today = formats.zone.day(self.room.clock.now())
        inside.addWidget(plain_label(identifiers(self.room, card, today), muted=True))
        return head

    def _drawn_rest(self, shown: Shown) -> QWidget:
        theme, formats = self.room.theme, self.room.formats
        rest = QWidget()
        inside = QVBoxLayout(rest)
        side = theme.px(14)
        inside.setContentsMargins(side, 0, side, theme.px(14))
        inside.setSpacing(theme.px(8))
        for alert in shown.card.alerts:
            kind = formats.word(ALERT_WORDS.get(alert.kind, ""))
            inside.addWidget(AlertBox(self.room, alert, kind, self._end_alert))
        inside.addWidget(self._facts(shown))
        for section in shown.sections:
            if section.title and (section.buttons or section.remarks):
                inside.addWidget(SectionBox(self.room, section))
            if section.title and section.lines:
                inside.addWidget(LineList(self.room, section.title, section.lines))
        if len(shown.family) > 1:
            inside.addWidget(LineList(self.room, _("Family account"), self._family(shown)))
        if shown.card.notes:
            notes = [
                CardLine(self._brief_day(formats.zone.day(note.written_at)), note.body)
                for note in shown.card.notes[:3]
            ]
            inside.addWidget(LineList(self.room, _("Notes"), notes))
        inside.addStretch(1)
        return rest

    def _brief_day(self, day: date) -> str:
        """Write a day without its year where it is this year's."""
        formats = self.room.formats
        this_year = day.year == formats.zone.day(self.room.clock.now()).year
        return formats.day(day, "day_month") if this_year else formats.day(day)

    def _facts(self, shown: Shown) -> FactGrid:
        card, formats = shown.card, self.room.formats
        today = formats.zone.day(self.room.clock.now())
        grid = FactGrid(self.room)
        if card.status != "active":
            grid.add(CardFact(_("Status"), formats.word(STATUS_WORDS[card.status]), "warn"))
        for contact in card.contacts:
            label = formats.word(CONTACT_WORDS[contact.kind])
            if contact.kind == "address":
                lines = (contact.value, f"{contact.postcode} {contact.city}".strip())
                text = "\n".join(part for part in (*lines, contact.region) if part)
                grid.add(CardFact(label, text))
            else:
                grid.add(CardFact(label, contact.value), copies=contact.value)
        for coverage in card.coverages:
            if coverage.from_on <= today and (coverage.to_on is None or coverage.to_on >= today):
                plan = f"{coverage.payer} {coverage.plan}".strip()
                grid.add(CardFact(_("Payer"), plan), one_line=True)
        if card.guarantor_id != card.id:
            grid.add(CardFact(_("Paid by"), card.guarantor_name))
        grid.add(CardFact(_("Balance"), *self._balance(card, today)))
        if card.pending_minor:
            grid.add(CardFact(_("With insurer"), formats.money(card.pending_minor)))
        refused = [formats.word(PURPOSE_WORDS[c.purpose]) for c in card.consents if not c.given]
        agreed = [formats.word(PURPOSE_WORDS[c.purpose]) for c in card.consents if c.given]
        if agreed:
            grid.add(CardFact(_("Agreed to"), ", ".join(agreed)))
        if refused:
            grid.add(CardFact(_("Refused"), ", ".join(refused), "warn"))
        for section in shown.sections:
            for fact in section.facts:
                grid.add(fact)
        return grid

    def _balance(self, card: PatientCard, today: date) -> tuple[str, str]:
        formats = self.room.formats
        due = formats.money(card.due_minor)
        if card.due_minor <= 0 or card.due_since is None:
            return due, ""
        days = (today - card.due_since).days
        if days < 1:
            return due, ""
        words = formats.count("{due} open for {n} day", "{due} open for {n} days", days, due=due)
        return words, "danger" if days > 30 else "warn"

    def _family(self, shown: Shown) -> list[CardLine]:
        formats = self.room.formats
        return [
            CardLine(
                "" if row.born_on is None else formats.day(row.born_on),
                row.name,
                "",
                formats.amount(row.due_minor),
            )
            for row in shown.family
            if row.id != shown.card.id
        ]


def identifiers(room: Room, card: PatientCard, today: date) -> str:
    """Write pronouns, age, birth date and chart number on one line."""
    formats = room.formats
    parts = [card.pronouns]
    if card.born_on is not None:
        age = card.age(card.deceased_on or today)
        parts += [_("{n} y").format(n=formats.number(age or 0)), formats.day(card.born_on)]
    parts.append(f"#{card.chart_number}")
    return " · ".join(part for part in parts if part)


def _ask(
    patients: Patients, extras: Extras, about: tuple[int, int], actor: Actor, *, again: bool
) -> Shown:
    patient_id, beside = about
    card = patients.card(patient_id, actor, again=again)
    return Shown(card, patients.family(card.id, actor), extras(card.id, beside))
