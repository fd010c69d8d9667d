# SPDX-License-Identifier: Apache-2.0
"""The list of patients: one box that finds, the hits, and a way to take somebody new on.

With nothing typed it shows the latest seen; the cursor stays in the box while arrows walk the
list, so that a name can be mended without leaving the keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox, verb_button
from clinicdesk.desktop.palette import NEWCOMER, Hit
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.changes import Topic
from clinicdesk.ledger.model import ENTRIES
from clinicdesk.patients import columns
from clinicdesk.patients.dialogs import PatientDialog
from clinicdesk.patients.model import (
    MAY_EDIT_PATIENTS,
    MAY_VIEW_PATIENTS,
    PATIENTS,
    STATUS_WORDS,
)
from clinicdesk.patients.queries import PatientHit
from clinicdesk.patients.service import Patients
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, _

LIST_ACTIONS = (
    ActionSpec(
        "patients.new", N_("&New patient…"), "patient", ("Ctrl+Shift+N",), "user-plus",
        MAY_EDIT_PATIENTS, "patients", N_("register, add patient"), 1,
    ),
    ActionSpec(
        "patients.find", N_("&Find in the list of patients"), "patient", (), "search",
        MAY_VIEW_PATIENTS, "patients", N_("search, look up"), 1,
    ),
    ActionSpec(
        "patients.owing", N_("Who &owes money"), "patient", (), "ledger",
        MAY_VIEW_PATIENTS, "patients", N_("debts, debtors, arrears, outstanding"), 1,
    ),
)  # fmt: skip
SEARCH_AFTER_MS = 40
MOST = 500
MOST_OWING = 5_000
OWING = "owing"  # in the place of a status


@dataclass(frozen=True, slots=True)
class Listed:
    """One answer: whom to list, and for which text."""

    typed: str
    rows: tuple[PatientHit, ...]
    owing: bool = False


class PatientListPanel(Panel[Listed]):
    """Search box, hits, new patient."""

    shows: ClassVar[frozenset[Topic]] = frozenset({PATIENTS, ENTRIES})

    def __init__(self, room: Room, patients: Patients) -> None:
        super().__init__(room)
        self._patients = patients
        theme = room.theme
        self.setMinimumWidth(theme.px(320))
        bar = QHBoxLayout()
        edge = theme.px(12)
        bar.setContentsMargins(edge, edge, edge, theme.px(8))
        bar.setSpacing(theme.px(8))
        self.box = QLineEdit()
        self.box.setClearButtonEnabled(True)
        self.box.setPlaceholderText(_("Name, phone, date of birth, chart number"))
        self.box.setAccessibleName(_("Find patient"))
        self.box.installEventFilter(self)
        self.box.textChanged.connect(self._typed)
        self.box.returnPressed.connect(self._open_first)
        bar.addWidget(self.box, 1)
        self._status: ChoiceBox[str] = ChoiceBox(
            [
                ("", _("All")),
                (OWING, _("Owes money")),
                *((key, room.formats.word(word)) for key, word in STATUS_WORDS.items()),
            ]
        )
        self._status.setAccessibleName(_("Status"))
        self._status.understood.connect(self._status_chosen)
        bar.addWidget(self._status)
        self._new = verb_button(_("New patient"), primary=True)
        theme.give_icon(self._new, "user-plus", "on_accent")
        self._new.setEnabled(room.actor.may(MAY_EDIT_PATIENTS))
        self._new.clicked.connect(self._take_on)
        bar.addWidget(self._new)
        self.body.addLayout(bar)
        self.table: RowTable[PatientHit] = RowTable(
            columns.PATIENTS, room, _("Patients"), state_key="patients", ink=_ink
        )
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)
        self.body.addWidget(self.table, 1)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(edge, theme.px(6), edge, theme.px(8))
        self._count = plain_label("", muted=True)
        foot.addWidget(self._count)
        self.body.addWidget(self._foot)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_AFTER_MS)
        self._pause.timeout.connect(self.refresh)
        self._quiet = False

    # ── asking ───────────────────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], Listed]:
        return partial(
            _listed,
            self._patients,
            self.box.text(),
            self._status.value() or "",
            self.room.spotlight.recent("patient", 20),
            self.room.actor,
        )

    def show_answer(self, answer: Listed) -> None:
        self._quiet = True
        before = self.table.current()
        self.table.rows.replace(answer.rows)
        if answer.typed.strip() and answer.rows:
            self.table.choose_row(0)
        elif before is not None:
            self.table.choose(before.id)
        self._quiet = False
        self._count.setText(self._said(answer))

    def forget(self) -> None:
        """Drop names: the window is locked."""
        self.box.clear()
        self.table.rows.replace(())
        self._count.clear()
        super().forget()

    def focus_first(self) -> None:
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def perform(self, action_id: str) -> None:
        if action_id == "patients.new":
            self._take_on()
        elif action_id == "patients.find":
            self.focus_first()
        elif action_id == "patients.owing":
            self.box.clear()
            self._status.set_value(OWING)
            self.refresh()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows in the box walk the list."""
        walking = {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}
        if (
            watched is self.box
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            if event.key() in walking:
                QApplication.sendEvent(self.table, QKeyEvent(event))
                return True
            if event.key() == Qt.Key.Key_Escape and self.box.text():
                self.box.clear()
                return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        self._pause.start()

    def _status_chosen(self, _status: object) -> None:
        self.refresh()

    def _chosen(self, row: PatientHit | None) -> None:
        if row is not None and not self._quiet:
            self.room.spotlight.show("patient", row.id)

    def _open_first(self) -> None:
        row = self.table.current()
        if row is not None:
            self._opened(row)

    def _opened(self, row: PatientHit) -> None:
        self.room.spotlight.show("patient", row.id)

    def _take_on(self) -> None:
        dialog = PatientDialog(self.room, self._patients, None, self.box.text(), parent=self)
        dialog.open()

    def _said(self, answer: Listed) -> str:
        formats, count = self.room.formats, len(answer.rows)
        if not count and answer.typed.strip():
            wording = N_("Nobody matches “{text}”. Ctrl+Shift+N takes a new patient on.")
            return formats.say(wording, {"text": answer.typed.strip()})
        if answer.owing:
            if not count:
                return _("Nobody owes anything.")
            owed = sum(row.owed_minor for row in answer.rows)
            if count == MOST_OWING and not answer.typed.strip():
                words = N_("The {n} who owe most: {owed_minor} together. There are more.")
                return formats.say(words, {"n": count, "owed_minor": owed})
            return formats.count(
                "{n} patient owes {owed_minor}",
                "{n} patients owe {owed_minor} together",
                count,
                owed_minor=owed,
            )
        if not count:
            return _("No patients yet. Ctrl+Shift+N takes the first one on.")
        if count == MOST:
            return _("The first {n} by name. Type to find more.").format(n=formats.number(count))
        return formats.count("{n} patient", "{n} patients", count)


class PatientSource:
    """Patients for the palette: whoever the text may mean, or the latest seen.

    The last row takes on somebody new under the name that was typed.
    """

    prefix = "@"

    def __init__(
        self, room: Room, patients: Patients, take_on: Callable[[str], None] | None = None
    ) -> None:
        self._room, self._patients = room, patients
        self._take_on = take_on if room.actor.may(MAY_EDIT_PATIENTS) else None

    def question(self, text: str) -> Callable[[], Sequence[Hit]] | None:
        """Return what to ask for a text; fewer than two letters find nobody."""
        if not self._room.actor.may(MAY_VIEW_PATIENTS):
            return None
        recent = self._room.spotlight.recent("patient", 5)
        if len(text.strip()) < 2 and not (recent and not text.strip()):
            return None
        name = text.strip()
        newcomer: tuple[Hit, ...] = ()
        if self._take_on is not None and _is_name(name):
            newcomer = (_newcomer(name, partial(self._take_on, name)),)
        return partial(_palette_hits, self._room, self._patients, name, recent, newcomer)


def _palette_hits(
    room: Room,
    patients: Patients,
    text: str,
    recent: tuple[int, ...],
    newcomer: tuple[Hit, ...] = (),
) -> tuple[Hit, ...]:
    found = patients.search(text, room.actor, 12) if text else patients.recent(recent, room.actor)
    hits = tuple(
        Hit(
            title=hit.name,
            act=partial(room.spotlight.show, "patient", hit.id),
            path=second_line(room.formats, hit),
            icon="patient",
            aliases=(hit.phone, hit.chart_number),
            kind="patient",
            id=f"patient.{hit.id}",
            recent=recent.index(hit.id) if hit.id in recent else -1,
        )
        for hit in found
    )
    return hits + newcomer


def _is_name(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 2 and not any(c.isdigit() for c in text)


def _newcomer(name: str, act: Callable[[], None]) -> Hit:
    title = _("New patient “{name}”").format(name=name)
    return Hit(title=title, act=act, path=_("Register and book"), icon="user-plus", kind=NEWCOMER)


def second_line(formats: Formats, hit: PatientHit) -> str:
    """Write the identifiers of a hit: birth date, chart number, phone."""
    born = "" if hit.born_on is None else formats.day(hit.born_on)
    return " · ".join(part for part in (born, f"#{hit.chart_number}", hit.phone) if part)


def _listed(
    patients: Patients, typed: str, status: str, recent: tuple[int, ...], actor: Actor
) -> Listed:
    owing = status == OWING
    if typed.strip():
        found = patients.with_debts(patients.search(typed, actor, MOST), actor)
        wanted = (h for h in found if not status or h.status == status or (owing and h.owed_minor))
        return Listed(typed, tuple(wanted), owing)
    if owing:
        return Listed(typed, patients.owing(actor, MOST_OWING), owing)
    latest = () if status else patients.recent(recent, actor)
    seen = {hit.id for hit in latest}
    rest = patients.browse(actor, MOST, status)
    listed = (*latest, *(hit for hit in rest if hit.id not in seen))[:MOST]
    return Listed(typed, patients.with_debts(listed, actor))


def _ink(row: PatientHit, key: str) -> str:
    return "muted" if key != "name" and row.status != "active" else ""
