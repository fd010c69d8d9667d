# SPDX-License-Identifier: Apache-2.0
"""The board: rows of the book arranged in columns, ready to be painted. Pure; no Qt.

Day and week are both boards: the day has a column for each provider, the week one for each day of
a provider, or thin ones for several. Each column has a zero of its own, so that 09:00 stands at
one height in a week in which the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from clinicdesk.kernel.moments import ClinicZone, Slot, utc_minute
from clinicdesk.schedule.model import ACTIVE, Booking
from clinicdesk.schedule.panel.geometry import Lane, complement, lay_lanes
from clinicdesk.schedule.queries import CardRow, ColumnRow, DayView, WeekView
from clinicdesk.schedule.service.changing import UNDONE

_EARLIEST, _LATEST = 8 * 60, 18 * 60
_OPEN = ("work", "break")


@dataclass(frozen=True, slots=True)
class Place:
    """A card where it stands: row minutes within its column, and its lane."""

    card: CardRow
    start: int
    end: int
    lane: Lane


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column.

    Attributes:
        zero: UTC minute at which its row minute 0 lies.
        closed: row spans in which nobody works; ``breaks`` those that are a pause.
    """

    source: ColumnRow
    on: date
    zero: int
    closed: tuple[tuple[int, int], ...]
    breaks: tuple[tuple[int, int], ...]
    places: tuple[Place, ...]

    @property
    def provider_id(self) -> int:
        """Whose it is."""
        return self.source.provider_id


@dataclass(frozen=True, slots=True)
class Board:
    """What one view shows.

    Attributes:
        first: row minute of the top; ``last`` one past the bottom.
        by_day: columns are days (a week), not providers.
    """

    columns: tuple[BoardColumn, ...]
    first: int
    last: int
    by_day: bool

    def find(self, card_id: int) -> tuple[int, Place] | None:
        """Return a card's column and place."""
        for number, column in enumerate(self.columns):
            for place in column.places:
                if place.card.id == card_id:
                    return number, place
        return None

    def card_of(self, patient_id: int) -> int:
        """Return the id of a patient's first card, 0 if they have none here."""
        cards = (place.card for column in self.columns for place in column.places)
        return next((card.id for card in cards if card.patient_id == patient_id), 0)

    def at(self, column: int, minute: int) -> Place | None:
        """Return the card that covers a minute; an active one before a cancelled one."""
        over = [p for p in self.columns[column].places if p.start <= minute < p.end]
        over.sort(key=lambda p: (p.card.booking not in ACTIVE, p.lane.place))
        return over[0] if over else None

    def in_order(self) -> list[tuple[int, Place]]:
        """Return all cards by time, as Tab steps through them."""
        cards = [(n, p) for n, column in enumerate(self.columns) for p in column.places]
        if self.by_day:
            return sorted(cards, key=lambda one: (one[0], one[1].start, one[1].lane))
        return sorted(cards, key=lambda one: (one[1].start, one[0], one[1].lane))

    def slot(self, column: int, minute: int, length: int, zone: ClinicZone) -> Slot:
        """Return the slot that begins at a row minute, with its fold."""
        return zone.slot_at(self.columns[column].zero + minute, max(1, length))

    def column_of(self, provider_id: int, on: date) -> int | None:
        """Return the column of a provider on a day."""
        for number, column in enumerate(self.columns):
            if column.provider_id == provider_id and column.on == on:
                return number
        return None


def day_board(view: DayView, slot: int) -> Board:
    """Arrange a day: a column for each provider."""
    columns = [_column(source, view, view.starts_min) for source in view.columns]
    first, last = _range(columns, slot, view.ends_min - view.starts_min)
    return Board(_closed(columns, first, last), first, last, by_day=False)


def bare_day(board: Board, on: date, zone: ClinicZone) -> Board:
    """Return the columns of a day for another one whose rows are not known yet.

    Until they come nothing of the old day may stand under the new day's name.
    """
    zero, _end = zone.day_span(on)
    columns = tuple(
        BoardColumn(column.source._replace(open_spans=(), booked=0, free=0), on, zero, (), (), ())
        for column in board.columns
    )
    return Board(columns, board.first, board.last, by_day=False)


def week_board(view: WeekView, zone: ClinicZone, slot: int, *, weekend: bool = True) -> Board:
    """Arrange a week: a column for each day and provider; an empty weekend may be left out."""
    columns = []
    for day in view.days:
        if not weekend and day.on.weekday() > 4 and not day.cards and not _works(day):
            continue
        noon = utc_minute(zone.instant(datetime.combine(day.on, time(12))))
        columns += [_column(source, day, noon - 720) for source in day.columns]
    first, last = _range(columns, slot, 24 * 60)
    return Board(_closed(columns, first, last), first, last, by_day=True)


def shown(cards: Sequence[CardRow]) -> list[CardRow]:
    """Return the cards to show.

    A cancelled one is left out when its time was used again, were it only for another that was
    cancelled later, so that it never takes width from anybody; and when it was booked by mistake,
    as by a booking that was undone.
    """
    living = [card for card in cards if card.booking is not Booking.CANCELLED]
    for card in sorted(_regretted(cards), key=lambda one: one.id, reverse=True):
        if not any(_meet(card, other) for other in living):
            living.append(card)
    kept = {card.id for card in living}
    return [card for card in cards if card.id in kept]


def _regretted(cards: Iterable[CardRow]) -> list[CardRow]:
    """Return those that were cancelled and were meant when they were booked."""
    return [
        card for card in cards if card.booking is Booking.CANCELLED and card.cancel_reason != UNDONE
    ]


def _meet(one: CardRow, other: CardRow) -> bool:
    return one.starts_min < other.ends_min and other.starts_min < one.ends_min


def _works(day: DayView) -> bool:
    return any(span.kind == "work" for column in day.columns for span in column.open_spans)


def _column(source: ColumnRow, day: DayView, zero: int) -> BoardColumn:
    cards = shown([card for card in day.cards if card.provider_id == source.provider_id])
    spans = [
        (max(card.starts_min, day.starts_min) - zero, min(card.ends_min, day.ends_min) - zero)
        for card in cards
    ]
    places = tuple(
        Place(card, start, end, lane)
        for card, (start, end), lane in zip(cards, spans, lay_lanes(spans), strict=True)
    )
    breaks = tuple(
        (span.from_min - zero, span.to_min - zero)
        for span in source.open_spans
        if span.kind == "break"
    )
    return BoardColumn(source, day.on, zero, (), breaks, places)


def _open(column: BoardColumn) -> list[tuple[int, int]]:
    return [
        (span.from_min - column.zero, span.to_min - column.zero)
        for span in column.source.open_spans
        if span.kind in _OPEN
    ]


def _closed(columns: Iterable[BoardColumn], first: int, last: int) -> tuple[BoardColumn, ...]:
    """Return the columns with what is closed filled in."""
    done = []
    for column in columns:
        closed = {span.kind: span for span in column.source.open_spans}.get("closed")
        spans = complement(_open(column), first, last)
        if closed is not None:
            spans.append((closed.from_min - column.zero, closed.to_min - column.zero))
        done.append(
            BoardColumn(
                column.source, column.on, column.zero, tuple(spans), column.breaks, column.places
            )
        )
    return tuple(done)


def _range(columns: Sequence[BoardColumn], slot: int, whole: int) -> tuple[int, int]:
    """Return the shown row minutes: working hours and cards, in whole hours."""
    starts, ends = [], []
    for column in columns:
        for start, end in _open(column):
            starts.append(start)
            ends.append(end)
        for place in column.places:
            starts.append(place.start)
            ends.append(place.end)
    first = min(starts, default=_EARLIEST)
    last = max(ends, default=_LATEST)
    step = max(60, slot)
    return max(0, first // step * step), min(whole, -(-last // step) * step)
