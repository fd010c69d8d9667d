# SPDX-License-Identifier: Apache-2.0
"""What is said of a card: its lines on the board, its tooltip, and what a screen reader says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.schedule.model import (
    LOOK_WORDS,
    Booking,
    Contact,
    Kind,
    Look,
    look_of,
    reason_word,
    step,
)
from clinicdesk.schedule.panel.board import Board, BoardColumn
from clinicdesk.schedule.queries import CardRow
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

_OPEN, _CLOSE = "\u2068", "\u2069"  # each part keeps its own direction among others
_MODES = (Look.ARRIVED, Look.IN_ROOM, Look.CHECKOUT)


def dotted(parts: Sequence[str]) -> str:
    """Join parts with dots so that right-to-left text cannot reorder them."""
    return " · ".join(f"{_OPEN}{part}{_CLOSE}" for part in parts if part)


def flags_of(card: CardRow) -> str:
    """Return the flags of a card in the order they are given up when it gets narrow."""
    if card.kind is Kind.BLOCK:
        return "s" if card.series_id else ""
    flags = ("a" if card.alert else "") + ("d" if card.due_minor > 0 else "")
    flags += "n" if card.new_patient else ""
    flags += "s" if card.series_id else ""
    return flags + ("o" if card.note else "")


def second_line(card: CardRow, formats: Formats) -> str:
    """Return the line under the name."""
    what = card.type if card.kind is Kind.VISIT else ""
    return dotted((formats.time(card.starts), formats.minutes(card.minutes), what))


def ends(card: CardRow, zone: ClinicZone) -> datetime:
    """Return the wall time at which it ends."""
    return zone.slot_at(card.ends_min, 1).starts


def state_words(card: CardRow, formats: Formats, now: datetime) -> str:
    """Return the state as it is spoken: ``Waiting 17 min``."""
    word = formats.word(LOOK_WORDS[card.look])
    if card.look in _MODES and card.since_at is not None:
        since = max(timedelta(0), now - card.since_at)
        minutes = formats.minutes(int(since.total_seconds()) // 60)
        where = card.room if card.look is Look.IN_ROOM else ""
        return " ".join(part for part in (where or word, minutes) if part)
    if card.booking is Booking.CANCELLED and card.cancel_reason:
        return f"{word}, {formats.word(reason_word(card.cancel_reason))}"
    return word


def spoken(card: CardRow, column: BoardColumn, formats: Formats, now: datetime) -> str:
    """Return the whole card as one sentence: time, name, type, provider, state, flags."""
    until = formats.time(ends(card, formats.zone))
    parts = [
        _("{start} to {end}").format(start=formats.time(card.starts), end=until),
        card.name,
        card.type if card.kind is Kind.VISIT else "",
        column.source.name,
        state_words(card, formats, now),
    ]
    if card.due_minor > 0:
        parts.append(_("{amount} due").format(amount=formats.money(card.due_minor)))
    if card.alert:
        parts.append(_("alert on file"))
    if card.new_patient:
        parts.append(_("new patient"))
    if card.overbook:
        parts.append(_("double-booked"))
    if card.note and card.kind is Kind.VISIT:
        parts.append(card.note)
    return ", ".join(part for part in parts if part)


def tooltip(card: CardRow, column: BoardColumn, formats: Formats, now: datetime) -> str:
    """Return the lines shown on hover and on Ctrl+Space, as plain text."""
    until = formats.time(ends(card, formats.zone))
    lines = [
        dotted((card.name, card.chart_number and f"#{card.chart_number}")),
        dotted((f"{formats.time(card.starts)}–{until}", formats.minutes(card.minutes), card.type)),
        dotted((column.source.name, card.room)),
        state_words(card, formats, now),
    ]
    if card.due_minor > 0:
        lines.append(_("{amount} due").format(amount=formats.money(card.due_minor)))
    if card.note and card.kind is Kind.VISIT:
        lines.append(card.note)
    return "\n".join(line for line in lines if line)


def role_words(role: str) -> str:
    """Return a role as a title: two or three letters are an abbreviation."""
    return role.upper() if len(role) <= 3 else role[:1].upper() + role[1:].replace("_", " ")


def heading(board: Board, number: int, formats: Formats, today: date) -> tuple[str, str, str]:
    """Return a column's two lines: whom or which day, and how full it is; the second also brief."""
    column = board.columns[number]
    source = column.source
    booked = formats.count("{n} booked", "{n} booked", source.booked)
    free = formats.count("{n} free", "{n} free", source.free)
    counts = dotted((booked, free)) if source.free or column.on >= today else booked
    if board.by_day:
        thin = len({one.provider_id for one in board.columns}) > 1
        day = formats.day(column.on, "weekday")
        return (dotted((day, source.initials)) if thin else day), counts, booked
    where = dotted((role_words(formats.word(source.role)), source.room))
    return source.name, f"{where}   {counts}" if where else counts, counts


def cursor_words(board: Board, column: int, minute: int, formats: Formats) -> str:
    """Return what a screen reader says of an empty slot."""
    chosen = board.columns[column]
    wall = formats.zone.slot_at(chosen.zero + minute, 1).starts
    closed = any(start <= minute < end for start, end in chosen.closed)
    paused = any(start <= minute < end for start, end in chosen.breaks)
    state = _("closed") if closed else _("break") if paused else _("free")
    parts = [formats.time(wall), chosen.source.name, state]
    if board.by_day:
        parts.insert(0, formats.day(chosen.on, "weekday"))
    return ", ".join(parts)


def given_first(name: str) -> str:
    """Return "Given Family" of "Family, Given": a face at the desk goes with a given name."""
    family, comma, given = name.partition(", ")
    return f"{given} {family}" if comma else name


def onward_words(booking: Booking, formats: Formats) -> str:
    """Say to where F8 takes a visit: what is done to it, not that there is a next state."""
    to = step(booking)
    if to is Booking.ARRIVED:
        return _("Arrived")
    return formats.word(LOOK_WORDS[look_of(Kind.VISIT, to, Contact.CONFIRMED)])
