# SPDX-License-Identifier: Apache-2.0
"""The typed shift: what ``9-17``, ``9-12:30 13-17``, ``22-6``, ``9-17 R1``, ``L``, ``off`` mean.

Reading and writing are each other's reverse: ``read(write(plan)) == plan`` for every plan. Minutes
count from the midnight the day begins with, by the clock on the wall; over 1440 is the next day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

WORK: Final = "work"
LEAVE: Final = "leave"
SICK: Final = "sick"
OFF: Final = "off"
NOTHING: Final = "none"  # nothing planned: the standing hours hold
DAY: Final = 1440
LONGEST: Final = 16 * 60  # a longer one over midnight was meant as an afternoon: 9-5
_WORDS: Final = {
    "l": LEAVE,
    "leave": LEAVE,
    "s": SICK,
    "sick": SICK,
    "o": OFF,
    "off": OFF,
}
_KEPT: Final = {LEAVE: "L", SICK: "sick", OFF: "off"}
_TIME = r"(?:\d{3,4}|\d{1,2}(?:[:.]\d\d|h(?:\d\d)?)?)(?:\s?[ap]m(?!\w))?"
_SPAN = re.compile(
    rf"(?<![\w:.])({_TIME})\s*[-\u2010-\u2015\u2212]\s*({_TIME})(?![\w:])", re.IGNORECASE
)
_ONE = re.compile(r"(\d+?)(?:[:.h]?(\d\d))?h?(?:\s?([ap])m)?", re.IGNORECASE)


class NotHours(Refusal):
    """What was typed into a day means nothing."""

    wording = N_(
        "“{text}” is not understood. Type hours such as 9-17 or 9-12:30 13-17, or L, sick, off."
    )


class NoSuchRoom(Refusal):
    """A room or role after the hours that is not there."""

    wording = N_("There is no room “{text}”.")


class HoursOverlap(Refusal):
    """Two spans of one day at the same time."""

    wording = N_("These hours overlap.")


@dataclass(frozen=True, slots=True, order=True)
class PlannedSpan:
    """Hours of a day.

    Attributes:
        room_id: where; None is the usual room.
        role: who is looked for, on an open shift; else nothing.
    """

    from_minute: int
    to_minute: int
    room_id: int | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What somebody does on a day.

    Attributes:
        kind: ``work`` with spans; ``leave``, ``sick``, ``off`` or ``none`` without.
    """

    kind: str = NOTHING
    spans: tuple[PlannedSpan, ...] = ()

    @property
    def works(self) -> bool:
        """Whether there are hours to work."""
        return self.kind == WORK


UNPLANNED: Final = DayPlan()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may stand in a day beside hours.

    Attributes:
        rooms: names by id, in their order.
        roles: keys, for open shifts.
        words: other words for leave, sick and off in the reader's language, folded.
        titles: what roles are called in the reader's language, by key.
    """

    rooms: Mapping[int, str] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def code(self, room_id: int) -> str:
        """Return a room's short name: R1 for "Room 1"; its name where two would be alike."""
        code = room_code(self.rooms.get(room_id, ""))
        alike = sum(1 for name in self.rooms.values() if fold(room_code(name)) == fold(code))
        return code if alike == 1 else self.rooms.get(room_id, "")

    def room(self, text: str) -> int | None:
        """Return the room a text names, by name or short name."""
        wanted = fold(text)
        by_name = [number for number, name in self.rooms.items() if fold(name) == wanted]
        by_code = [number for number in self.rooms if fold(self.code(number)) == wanted]
        found = by_name or by_code
        return found[0] if found else None

    def role(self, text: str) -> str:
        """Return the role a text names, by key or title, or nothing."""
        wanted = fold(text)
        by_key = [role for role in self.roles if fold(role) == wanted]
        by_title = [role for role in self.roles if fold(self.titles.get(role, role)) == wanted]
        return next(iter(by_key or by_title), "")

    def title(self, role: str) -> str:
        """Return what is typed for a role: its title where that is read back, else its key."""
        title = self.titles.get(role, role)
        same = fold(title) == fold(role) or any(sign.isdecimal() for sign in title)
        return title if not same and self.room(title) is None and self.role(title) == role else role


def room_code(name: str) -> str:
    """Return initials and number: "Room 1" is R1, "Treatment room" TR."""
    code = "".join(word if word.isdecimal() else word[:1] for word in name.split())
    return code.upper() if code and not code.isdecimal() else name


def read(text: str, vocabulary: Vocabulary, *, many: bool = False) -> DayPlan:
    """Return what was typed; nothing typed is nothing planned.

    Args:
        text: as typed.
        vocabulary: what may stand beside hours.
        many: hours may overlap, because several people are looked for.

    Raises:
        Refusal: it means nothing, names no room, or its hours overlap.
    """
    typed = " ".join(text.split())
    if not typed:
        return UNPLANNED
    kind = vocabulary.words.get(fold(typed)) or _WORDS.get(fold(typed))
    if kind is not None:
        return DayPlan(kind)
    found = list(_SPAN.finditer(typed))
    if not found or typed[: found[0].start()].strip():
        raise NotHours(text=typed)
    spans = []
    for number, match in enumerate(found):
        until = found[number + 1].start() if number + 1 < len(found) else len(typed)
        first, last = _hours(match.group(1), match.group(2), typed)
        room, role = _tail(typed[match.end() : until], vocabulary)
        spans.append(PlannedSpan(first, last, room, role))
    spans.sort(key=lambda span: (span.from_minute, span.to_minute))
    if not many:
        apart(spans)
    return DayPlan(WORK, tuple(spans))


def apart(spans: Sequence[PlannedSpan]) -> None:
    """Raise ``HoursOverlap`` for sorted spans that meet."""
    for one, other in pairwise(spans):
        if other.from_minute < one.to_minute:
            raise HoursOverlap


def write(plan: DayPlan, vocabulary: Vocabulary, dash: str = "-") -> str:
    """Return the shortest text that ``read`` understands as the plan."""
    if not plan.works:
        return _KEPT.get(plan.kind, "")
    parts = []
    for span in plan.spans:
        parts.append(span_text(span.from_minute, span.to_minute, dash))
        if span.room_id is not None:
            parts.append(vocabulary.code(span.room_id))
        elif span.role:
            parts.append(vocabulary.title(span.role))
    return " ".join(parts)


def span_text(first: int, last: int, dash: str = "-") -> str:
    """Return hours as they are typed: ``9-17``, ``22-6``; 20 hours from 9 are ``9-29``."""
    plain = last - DAY if last > DAY else last
    if last > DAY and _meant(first, plain) != last:
        plain = last
    return f"{_written(first)}{dash}{_written(plain)}"


# ── behind the counter ───────────────────────────────────────────────────────────────────────


def _hours(first: str, last: str, typed: str) -> tuple[int, int]:
    (start, _own), (end, said) = _minute(first, typed), _minute(last, typed)
    if start >= DAY:
        raise NotHours(text=typed)
    end = end if end > start or said else _meant(start, end)
    if end <= start:
        end += DAY
    if not start < end <= start + DAY:
        raise NotHours(text=typed)
    return start, end


def _meant(start: int, end: int) -> int:
    """Return the end that is meant by a time at or before the start."""
    if end > start:
        return end
    if end + DAY - start > LONGEST and end < DAY // 2 and start < end + DAY // 2:
        return end + DAY // 2
    return end + DAY


def _minute(text: str, typed: str) -> tuple[int, bool]:
    """Return the minute of a time, and whether it says which half of the day."""
    match = _ONE.fullmatch(text.strip())
    if match is None:
        raise NotHours(text=typed)
    hour, minute, half = int(match.group(1)), int(match.group(2) or 0), match.group(3)
    if half is not None:
        if not 1 <= hour <= 12:
            raise NotHours(text=typed)
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    if hour >= 48 or minute >= 60:
        raise NotHours(text=typed)
    return hour * 60 + minute, half is not None


def _tail(text: str, vocabulary: Vocabulary) -> tuple[int | None, str]:
    tail = text.strip(" ,;+/&@")
    if not tail:
        return None, ""
    room = vocabulary.room(tail)
    if room is not None:
        return room, ""
    role = vocabulary.role(tail)
    if role:
        return None, role
    raise NoSuchRoom(text=tail)


def _written(minute: int) -> str:
    hour, rest = divmod(minute, 60)
    return f"{hour}:{rest:02}" if rest else str(hour)
