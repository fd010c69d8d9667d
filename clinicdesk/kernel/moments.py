# SPDX-License-Identifier: Apache-2.0
"""The three kinds of time (architecture.md §16) and who tells it.

``*_at``: aware UTC instants. ``*_on``: dates. ``Slot``: wall time of the clinic,
because 09:30 stays 09:30 when the law moves summer time. Conversion happens here only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE = timedelta(minutes=1)


class Clock(Protocol):
    """Tells the present instant; nobody else asks the machine."""

    def now(self) -> datetime:
        """Return an aware UTC instant."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's instant in UTC."""
        return datetime.now(UTC)  # noqa: TID251 -- the one place that asks the machine


class FixedClock:
    """A clock that stands still until moved: the tour, the demo and tests."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant.astimezone(UTC)

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.instant

    def advance(self, by: timedelta) -> None:
        """Move on by a span."""
        self.instant += by


class NoSuchWallTime(ValueError):
    """A wall time inside the gap of a daylight-saving night."""


def utc_minute(instant: datetime) -> int:
    """Return whole minutes since 1970-01-01 UTC, as slots are compared."""
    return (instant - _EPOCH) // _MINUTE


def from_utc_minute(minute: int) -> datetime:
    """Return the aware UTC instant of a minute number."""
    return _EPOCH + minute * _MINUTE


@dataclass(frozen=True, slots=True)
class Slot:
    """A span of the clinic's wall time.

    Attributes:
        starts: naive wall time, whole minutes.
        minutes: elapsed length, at least 1; real minutes, also across a clock change.
        fold: 1 for the second of two equal wall times in autumn, else 0.
    """

    starts: datetime
    minutes: int
    fold: int = 0

    def __post_init__(self) -> None:
        if self.starts.tzinfo is not None or self.starts.second or self.starts.microsecond:
            raise ValueError("a slot starts at a naive wall time of whole minutes")
        if self.minutes < 1:
            raise ValueError("a slot lasts at least one minute")

    @property
    def day(self) -> date:
        """The date it starts on."""
        return self.starts.date()


class ClinicZone:
    """The IANA zone of the clinic; the PC's own zone plays no part."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._zone = ZoneInfo(name)
        self._first: dict[date, int] = {}  # asked for the same days over and over

    def wall(self, instant: datetime) -> datetime:
        """Return the naive wall time of an instant."""
        return instant.astimezone(self._zone).replace(tzinfo=None, fold=0)

    def day(self, instant: datetime) -> date:
        """Return the clinic's calendar day of an instant."""
        return self.wall(instant).date()

    def instant(self, wall: datetime, fold: int = 0) -> datetime:
        """Return the UTC instant of a wall time; raise ``NoSuchWallTime`` in a gap."""
        aware = wall.replace(tzinfo=self._zone, fold=fold)
        instant = aware.astimezone(UTC)
        if instant.astimezone(self._zone).replace(tzinfo=None, fold=0) != wall.replace(fold=0):
            raise NoSuchWallTime(wall.isoformat(" ", "minutes"))
        return instant

    def span(self, slot: Slot) -> tuple[int, int]:
        """Return the slot's first and one-past-last UTC minute."""
        start = utc_minute(self.instant(slot.starts, slot.fold))
        return start, start + slot.minutes

    def day_span(self, day: date) -> tuple[int, int]:
        """Return the UTC minutes of a calendar day: 23, 24 or 25 hours."""
        return self._first_minute(day), self._first_minute(day + timedelta(days=1))

    def slot_at(self, minute: int, length: int) -> Slot:
        """Return the slot that starts at a UTC minute, with its fold."""
        aware = from_utc_minute(minute).astimezone(self._zone)
        return Slot(aware.replace(tzinfo=None, fold=0), length, aware.fold)

    def _first_minute(self, day: date) -> int:
        known = self._first.get(day)
        if known is None:
            known = self._first[day] = self._find_first_minute(day)
        return known

    def _find_first_minute(self, day: date) -> int:
        wall = datetime(day.year, day.month, day.day)  # noqa: DTZ001 -- wall time is naive
        for minutes in range(0, 180, 15):  # some zones change at midnight
            try:
                return utc_minute(self.instant(wall + minutes * _MINUTE))
            except NoSuchWallTime:
                continue
        raise NoSuchWallTime(day.isoformat())


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    Attributes:
        year: four digits.
        number: 1 to 12.
    """

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``YYYY-MM``; raise ``ValueError`` otherwise."""
        year, dash, number = text.partition("-")
        if not (dash and len(year) == 4 and len(number) == 2 and (year + number).isdecimal()):
            raise ValueError(f"not a month: {text!r}")
        if not 1 <= int(number) <= 12:
            raise ValueError(f"not a month: {text!r}")
        return cls(int(year), int(number))

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Month:
        """The month after."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> Month:
        """The month before."""
        return Month.of(self.first - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"
