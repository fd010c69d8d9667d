# SPDX-License-Identifier: Apache-2.0
"""Two records of one person made one: both side by side, then asked once more."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox, FormDialog, TextEdit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.patients.model import GENDER_WORDS, MergePatients
from clinicdesk.patients.queries import PatientCard, PatientHit
from clinicdesk.patients.service import Patients
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

_LOOK_AFTER_MS = 150
_FOUND = 10


class MergeDialog(FormDialog):
    """Finds the other record, shows both, and asks which stays."""

    def __init__(
        self, room: Room, patients: Patients, card: PatientCard, parent: QWidget | None = None
    ) -> None:
        note = _(
            "Both records must be of the same person. Appointments, charges and payments of both "
            "are found in the one that stays; alerts, notes, coverages and contacts go there too."
        )
        super().__init__(room, _("Merge with another patient"), _("Go on…"), parent, note=note)
        self._patients, self._card = patients, card
        self._other: PatientCard | None = None
        self.setMinimumWidth(room.theme.px(620))
        self.search = TextEdit(room.formats)
        self.search.setPlaceholderText(_("Name, phone, date of birth, chart number"))
        self.who: ChoiceBox[int] = ChoiceBox()
        self.stays: ChoiceBox[int] = ChoiceBox()
        self.form.add("find", _("Find the other record"), self.search)
        self.form.add("merged_id", _("Other record"), self.who)
        self._table = QWidget()
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(room.theme.px(16))
        self._grid.setVerticalSpacing(room.theme.px(4))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self.outside.insertWidget(self.outside.indexOf(self.form) + 1, self._table)
        self.form.add("stays", _("Record that stays"), self.stays)
        self.form.set_shown("stays", shown=False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_LOOK_AFTER_MS)
        self._pause.timeout.connect(self._look)
        self.search.textChanged.connect(self._typed)
        self.who.understood.connect(self._chosen)
        self.verb.setEnabled(False)
        self.submit = self._ask_again
        self.search.setText(card.family_name)

    # ── finding the other ────────────────────────────────────────────────────────────────────

    def _typed(self) -> None:
        self._pause.start()

    def _look(self) -> None:
        ask = partial(self._patients.search, self.search.text(), self.room.actor, _FOUND)
        self.room.desk.ask(ask, self._offer, owner=self)

    def _offer(self, found: tuple[PatientHit, ...]) -> None:
        formats = self.room.formats
        choices = []
        for hit in found:
            if hit.id != self._card.id:
                born = "" if hit.born_on is None else f" · {formats.day(hit.born_on)}"
                choices.append((hit.id, f"{hit.name}{born} · #{hit.chart_number}"))
        self.who.set_choices(choices)
        self._chosen(self.who.value())

    def _chosen(self, _who: object) -> None:
        number = self.who.value()
        if number is None:
            self._show_both(None)
        elif self._other is None or self._other.id != number:
            ask = partial(self._patients.card, number, self.room.actor)
            self.room.desk.ask(ask, self._show_both, owner=self)

    # ── side by side ─────────────────────────────────────────────────────────────────────────

    def _show_both(self, other: PatientCard | None) -> None:
        self._other = other
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.verb.setEnabled(other is not None)
        self.form.set_shown("stays", shown=other is not None)
        if other is not None:
            mine, theirs = self._card, other
            self.stays.set_choices(
                [(one.id, f"{one.name} · #{one.chart_number}") for one in (mine, theirs)]
            )
            self._fill(mine, theirs)
        self.adjustSize()

    def _fill(self, mine: PatientCard, theirs: PatientCard) -> None:
        theme, formats = self.room.theme, self.room.formats
        strong = theme.font(weight=QFont.Weight.DemiBold)
        for column, words in ((1, _("This record")), (2, _("Other record"))):
            head = plain_label(words)
            head.setFont(strong)
            self._grid.addWidget(head, 0, column)
        facts = zip(facts_of(mine, formats), facts_of(theirs, formats), strict=True)
        for row, ((label, one), (_same, other)) in enumerate(facts, 1):
            differs = one != other
            self._grid.addWidget(
                plain_label(label, muted=True, wrap=False), row, 0, Qt.AlignmentFlag.AlignTop
            )
            for column, value in ((1, one), (2, other)):
                cell = plain_label(value or "–")
                cell.setAccessibleName(f"{label}: {value or _('none')}")
                if differs:
                    cell.setFont(strong)
                self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)

    # ── asking again, and doing it ───────────────────────────────────────────────────────────

    def command(self) -> MergePatients | None:
        """Return what would be done; None until there is another record."""
        if self._other is None:
            return None
        both = (self._card, self._other)
        stays, goes = both if self.stays.value() == self._card.id else both[::-1]
        return MergePatients(stays.id, stays.version, goes.id, goes.version)

    def _ask_again(self) -> None:
        command, other = self.command(), self._other
        if command is None or other is None:
            return
        cards = {one.id: one for one in (self._card, other)}
        stays, goes = cards[command.survivor_id], cards[command.merged_id]
        self.room.notices.confirm(
            _("Merge {name} #{number} into #{into}?").format(
                name=goes.name, number=goes.chart_number, into=stays.chart_number
            ),
            _("Merge the records"),
            partial(self._merge, command),
            detail=_("This cannot be undone. Chart number {number} will lead to {into}.").format(
                number=goes.chart_number, into=stays.chart_number
            ),
            keep=_("Keep both"),
        )

    def _merge(self, command: MergePatients) -> None:
        self.set_busy(busy=True)
        self.room.desk.carry_out(
            partial(self._patients.merge, command, self.room.actor),
            self._merged,
            self._refused,
            owner=self,
        )

    def _merged(self, done: Done[int]) -> None:
        self.room.spotlight.show("patient", done.value)
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)


def facts_of(card: PatientCard, formats: Formats) -> tuple[tuple[str, str], ...]:
    """Return what tells records apart, in words, row by row."""
    phones = [one.value for one in card.contacts if one.kind in {"mobile", "phone"}]
    mails = [one.value for one in card.contacts if one.kind == "email"]
    places = [
        ", ".join(part for part in (one.value.replace("\n", ", "), one.postcode, one.city) if part)
        for one in card.contacts
        if one.kind == "address"
    ]
    return (
        (_("Name"), card.name),
        (_("Born"), "" if card.born_on is None else formats.day(card.born_on)),
        (_("Gender"), formats.word(GENDER_WORDS[card.gender]) if card.gender else ""),
        (_("Chart"), card.chart_number),
        (_("Phone"), ", ".join(phones)),
        (_("E-mail"), ", ".join(mails)),
        (_("Address"), "\n".join(places)),
        (_("Payer"), ", ".join(f"{one.payer} {one.plan}".strip() for one in card.coverages)),
        (_("Alert"), ", ".join(alert.wording for alert in card.alerts)),
        (_("Paid by"), "" if card.guarantor_id == card.id else card.guarantor_name),
        (_("Balance"), formats.money(card.due_minor)),
    )
