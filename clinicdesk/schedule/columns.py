# SPDX-License-Identifier: Apache-2.0
"""Column lists of the book, shared by screen, CSV and paper."""

from __future__ import annotations

from typing import Final

from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.schedule.model import ACTION_WORDS, LOOK_WORDS, look_of, reason_word
from clinicdesk.schedule.model import Kind as Entry
from clinicdesk.schedule.queries import HistoryRow, ListRow, TypeRow, WaitlistRow
from clinicdesk.wording.text import N_, Term


def _note(row: ListRow) -> str:
    """Return the note; a block's note is its name already."""
    return "" if row.kind is Entry.BLOCK else row.note


def _state(row: HistoryRow) -> Term:
    return LOOK_WORDS[look_of(Entry.VISIT, row.booking, row.contact)]


LIST: Final[tuple[Column[ListRow], ...]] = (
    Column("starts", N_("When"), lambda r: r.starts, Kind.WALL, weight=14),
    Column("minutes", N_("Minutes"), lambda r: r.minutes, Kind.NUMBER, Align.END, 6),
    Column("name", N_("Patient"), lambda r: r.name, weight=20),
    Column("chart_number", N_("Chart"), lambda r: r.chart_number, weight=8),
    Column("born_on", N_("Born"), lambda r: r.born_on, Kind.DAY, weight=9),
    Column("phone", N_("Phone"), lambda r: r.phone, weight=12),
    Column("type", N_("Type"), lambda r: r.type, weight=12),
    Column("provider", N_("Provider"), lambda r: r.provider, weight=14),
    Column("room", N_("Room"), lambda r: r.room, weight=8),
    Column("state", N_("State"), lambda r: LOOK_WORDS[r.look], weight=10),
    Column("note", N_("Note"), _note, weight=18),
    Column("reason", N_("Reason"), lambda r: reason_word(r.cancel_reason), weight=12),
    Column("due_minor", N_("Due"), lambda r: r.due_minor or None, Kind.MONEY, Align.END, 9),
)

PATIENT_LIST: Final[tuple[Column[ListRow], ...]] = tuple(
    column
    for column in LIST
    if column.key in {"starts", "minutes", "type", "provider", "state", "note", "reason"}
)

HISTORY: Final[tuple[Column[HistoryRow], ...]] = (
    Column("at", N_("At"), lambda r: r.at, Kind.INSTANT, weight=14),
    Column("action", N_("What"), lambda r: ACTION_WORDS.get(r.action, Term(r.action)), weight=12),
    Column("state", N_("State"), _state, weight=10),
    Column("starts", N_("Booked for"), lambda r: r.starts, Kind.WALL, weight=14),
    Column("minutes", N_("Minutes"), lambda r: r.minutes, Kind.NUMBER, Align.END, 6),
    Column("provider", N_("Provider"), lambda r: r.provider, weight=14),
    Column("reason", N_("Reason"), lambda r: reason_word(r.reason), weight=16),
    Column("by", N_("By"), lambda r: r.by, weight=12),
)

TYPES: Final[tuple[Column[TypeRow], ...]] = (
    Column("name", N_("Type"), lambda r: r.name, weight=20),
    Column("minutes", N_("Minutes"), lambda r: r.minutes, Kind.NUMBER, Align.END, 6),
    Column("default_codes", N_("Codes"), lambda r: ", ".join(r.default_codes), weight=16),
)

WAITLIST: Final[tuple[Column[WaitlistRow], ...]] = (
    Column("name", N_("Patient"), lambda r: r.name, weight=20),
    Column("phone", N_("Phone"), lambda r: r.phone, weight=12),
    Column("type", N_("Type"), lambda r: r.type, weight=12),
    Column("provider", N_("Provider"), lambda r: r.provider, weight=14),
    Column("wishes", N_("Wishes"), lambda r: r.wishes, weight=24),
    Column("urgent", N_("Urgent"), lambda r: Term(N_("Urgent")) if r.urgent else "", weight=7),
    Column("since_at", N_("Since"), lambda r: r.since_at, Kind.INSTANT, weight=14),
)
