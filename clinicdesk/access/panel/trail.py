# SPDX-License-Identifier: Apache-2.0
"""The page of the audit trail: who did what, when, to which record, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout

from clinicdesk.access.columns import TRAIL, changes
from clinicdesk.access.columns.words import ACTIONS as ACTION_WORDS
from clinicdesk.access.model import MAY_READ_TRAIL
from clinicdesk.access.queries import TrailQuestion, TrailRow
from clinicdesk.access.service import Access
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox, DayEdit, verb_button
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import PatientId
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, _

PANEL = "trail"
OF_PATIENT, OF_ALL, MORE = "access.trail_of_patient", "access.trail_of_all", "access.trail_more"
_PAGE = 500

ACTIONS = (
    ActionSpec(OF_PATIENT, N_("Trail of this &patient"), "tools", ("Ctrl+H",), "history",
               MAY_READ_TRAIL, PANEL, N_("audit, who changed this, log"), 4),
    ActionSpec(OF_ALL, N_("Whole &trail"), "tools", (), "list",
               MAY_READ_TRAIL, PANEL, N_("audit, log"), 4),
    ActionSpec(MORE, N_("&Earlier entries"), "tools", (), "chevrons-right",
               MAY_READ_TRAIL, PANEL, "", 4),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """Entries as asked for; ``more`` says whether earlier ones may exist."""

    question: TrailQuestion
    rows: tuple[TrailRow, ...]
    more: bool


def _ask(access: Access, question: TrailQuestion, actor: Actor) -> Page:
    rows = access.trail(question, actor)
    return Page(question, rows, len(rows) == question.limit)


class TrailPanel(Panel[Page]):
    """Entries, the newest first, narrowed by day, act and patient."""

    def __init__(self, room: Room, access: Access, today: Callable[[], date]) -> None:
        super().__init__(room)
        self._access = access
        self._patient: PatientId | None = None
        self._limit = _PAGE
        self._more = False
        self.from_day = DayEdit(room.formats, today, past=True)
        self.to_day = DayEdit(room.formats, today, past=True)
        self.act: ChoiceBox[str] = ChoiceBox(
            [
                ("", _("Every act")),
                *sorted(((code, _(words)) for code, words in ACTION_WORDS.items()), key=_by_words),
            ]
        )
        self.whom = plain_label("", wrap=False)
        self.whole = verb_button(_("Whole trail"))
        self.earlier = verb_button(_("Earlier entries"))
        columns = [
            replace(column, value=partial(_told, room.formats))
            if column.key == "change"
            else column
            for column in TRAIL
        ]
        self.table: RowTable[TrailRow] = RowTable(
            columns, room, _("Audit trail"), id_of=_number, state_key="trail", ink=_ink
        )
        bar = QHBoxLayout()
        edge = room.theme.px(12)
        bar.setContentsMargins(edge, edge, edge, edge)
        bar.setSpacing(room.theme.px(8))
        for words, field in (
            (_("From"), self.from_day),
            (_("To"), self.to_day),
            (_("Act"), self.act),
        ):
            caption = plain_label(words, muted=True, wrap=False)
            caption.setBuddy(field)
            field.setAccessibleName(words)
            bar.addWidget(caption)
            bar.addWidget(field)
        for field in (self.from_day, self.to_day):
            field.setMaximumWidth(room.theme.px(130))
            field.editingFinished.connect(self._narrow)
        bar.addWidget(self.whom)
        bar.addStretch(1)
        bar.addWidget(self.whole)
        bar.addWidget(self.earlier)
        self.body.addLayout(bar)
        self.body.addWidget(self.table, 1)
        self.act.understood.connect(self._narrow)
        self.whole.clicked.connect(partial(self.perform, OF_ALL))
        self.earlier.clicked.connect(partial(self.perform, MORE))

    def question(self) -> Callable[[], Page]:
        """Ask for the newest entries that fit."""
        question = TrailQuestion(
            from_on=_day(self.from_day),
            to_on=_day(self.to_day),
            patient_id=self._patient,
            action=self.act.value() or "",
            limit=self._limit,
        )
        return partial(_ask, self._access, question, self.room.actor)

    def show_answer(self, answer: Page) -> None:
        """List them and say of whom they are."""
        self._more = answer.more
        self.table.rows.replace(answer.rows)
        whom = answer.question.patient_id
        self.whom.setText(
            "" if whom is None else _("Patient no. {number}").format(number=str(whom))
        )
        self.whole.setEnabled(answer.question != replace(TrailQuestion(), limit=self._limit))
        self.earlier.setEnabled(answer.more)
        self.abilities_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask anew whenever it is seen: every act of anybody makes an entry."""
        self.mark_stale()
        super().showEvent(event)

    def forget(self) -> None:
        """Show nothing while the window is locked."""
        self.table.rows.replace(())
        self.whom.setText("")
        super().forget()

    def why_not(self, action_id: str) -> str:
        """Return why the trail cannot be narrowed or widened so."""
        if action_id == OF_PATIENT and not self.room.spotlight.current("patient"):
            return _("Choose a patient first.")
        if action_id == MORE and not self._more:
            return _("There are no earlier entries.")
        return ""

    def perform(self, action_id: str) -> None:
        """Narrow to the patient in the spotlight, widen, or go further back."""
        if action_id == OF_PATIENT:
            self._patient = PatientId(self.room.spotlight.current("patient"))
            self._limit = _PAGE
        elif action_id == OF_ALL:
            self._patient, self._limit = None, _PAGE
            self.from_day.set_value(None)
            self.to_day.set_value(None)
            self.act.set_value("")
        elif action_id == MORE:
            self._limit += _PAGE
        self.refresh()

    def _narrow(self, _value: object = None) -> None:
        self._limit = _PAGE
        self.refresh()


def _day(field: DayEdit) -> date | None:
    """Return the day, or None while what is typed means nothing (the field says so itself)."""
    try:
        return field.value()
    except Refusal:
        return None


def _told(formats: Formats, row: TrailRow) -> str:
    """Write what changed, amounts as money."""
    return changes(_readable(formats, row.before), _readable(formats, row.after))


def _readable(formats: Formats, fields: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        name.removesuffix("_minor").replace("_", " "): formats.money(value)
        if name.endswith("_minor") and isinstance(value, int)
        else value
        for name, value in (fields or {}).items()
    }


def _number(row: TrailRow) -> int:
    return row.seq


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1]


def _ink(row: TrailRow, _column: str) -> str:
    return "" if row.outcome == "done" else "danger"
