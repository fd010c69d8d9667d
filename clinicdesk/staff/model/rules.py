# SPDX-License-Identifier: Apache-2.0
"""What is wrong with a plan, and whether enough people are there; pure, on UTC minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

REST_MINUTES: Final = 11 * 60  # EU 2003/88 art. 3; between two days' work
OVERLAP, REST, CLOSED, ROOM = "overlap", "rest", "closed", "room"


@dataclass(frozen=True, slots=True)
class Worked:
    """A span somebody works.

    Attributes:
        on: the day it belongs to: the one it begins on.
        room_id: where, None if nobody said.
    """

    staff_id: int
    on: date
    from_min: int
    to_min: int
    room_id: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Something wrong with somebody's day.

    Attributes:
        kind: ``overlap``, ``rest``, ``closed`` or ``room``.
        minutes: of rest that are left, for ``rest``.
        other_id: who else is in the room, for ``room``.
        words: why the day is closed, for ``closed``.
    """

    on: date
    staff_id: int
    kind: str
    minutes: int = 0
    other_id: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch with too few people, in UTC minutes."""

    from_min: int
    to_min: int
    people: int


@dataclass(frozen=True, slots=True)
class Cover:
    """A role on a day.

    Attributes:
        need: how many are wanted, None if nobody said.
        least: the fewest there at any time of the wanted hours; without a need, how many come.
        gaps: when fewer than wanted are there.
    """

    role: str
    on: date
    need: int | None
    least: int
    gaps: tuple[Gap, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether enough are there all the time."""
        return not self.gaps


def clashes(
    spans: Iterable[Worked],
    closed: Mapping[tuple[int, date], str],
    rest: int = REST_MINUTES,
) -> tuple[Clash, ...]:
    """Return what is wrong, by day: overlaps, short rest, closed days, a room used twice.

    Args:
        spans: of everybody, with the day before the first one looked at.
        closed: why somebody or all should not work, by person and day.
        rest: minutes wanted between the work of two days.
    """
    everything = sorted(spans, key=lambda span: (span.from_min, span.to_min))
    found: set[Clash] = set()
    of_person: dict[int, list[Worked]] = {}
    for span in everything:
        of_person.setdefault(span.staff_id, []).append(span)
        words = closed.get((span.staff_id, span.on))
        if words is not None:
            found.add(Clash(span.on, span.staff_id, CLOSED, words=words))
    for own in of_person.values():
        found |= _of_one(own, rest)
    found |= _rooms(everything)
    return tuple(sorted(found))


def cover(role: str, on: date, need: tuple[int, int, int] | None, spans: Sequence[Worked]) -> Cover:
    """Return whether enough people of a role are there.

    Args:
        role: whose spans these are.
        on: the day.
        need: people, first and one-past-last UTC minute, or None.
        spans: of the role's people that touch the day.
    """
    if need is None:
        return Cover(role, on, None, len({span.staff_id for span in spans if span.on == on}))
    people, first, last = need
    edges = {first, last}
    for span in spans:
        edges |= {edge for edge in (span.from_min, span.to_min) if first < edge < last}
    gaps: list[Gap] = []
    least: int | None = None
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        here = len({s.staff_id for s in spans if s.from_min < end and s.to_min > start})
        least = here if least is None else min(least, here)
        if here >= people:
            continue
        if gaps and gaps[-1].to_min == start and gaps[-1].people == here:
            gaps[-1] = Gap(gaps[-1].from_min, end, here)
        else:
            gaps.append(Gap(start, end, here))
    return Cover(role, on, people, least or 0, tuple(gaps))


def outside(first: int, last: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether a stretch is not wholly inside spans, which may follow on each other."""
    at = first
    for start, end in sorted(spans):
        if start <= at < end:
            at = end
    return at < last


def without_breaks(
    work: Iterable[tuple[int, int]], breaks: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the stretches of work, cut where there is a break."""
    stretches = sorted(work)
    for start, end in breaks:
        cut: list[tuple[int, int]] = []
        for first, last in stretches:
            if start >= last or end <= first:
                cut.append((first, last))
                continue
            if first < start:
                cut.append((first, start))
            if end < last:
                cut.append((end, last))
        stretches = cut
    return stretches


# ── behind the counter ───────────────────────────────────────────────────────────────────────


def _of_one(own: Sequence[Worked], rest: int) -> set[Clash]:
    found: set[Clash] = set()
    latest: Worked | None = None
    for span in own:
        if latest is not None:
            if span.from_min < latest.to_min:
                found.add(Clash(span.on, span.staff_id, OVERLAP))
            elif span.on != latest.on and span.from_min - latest.to_min < rest:
                free = span.from_min - latest.to_min
                found.add(Clash(span.on, span.staff_id, REST, minutes=free))
        if latest is None or span.to_min > latest.to_min:
            latest = span
    return found


def _rooms(everything: Sequence[Worked]) -> set[Clash]:
    found: set[Clash] = set()
    taken: dict[int, list[Worked]] = {}
    for span in everything:
        if span.room_id is None:
            continue
        here = taken.setdefault(span.room_id, [])
        for other in here:
            if other.staff_id != span.staff_id and other.to_min > span.from_min:
                found.add(Clash(span.on, span.staff_id, ROOM, other_id=other.staff_id))
                found.add(Clash(other.on, other.staff_id, ROOM, other_id=span.staff_id))
        here.append(span)
    return found
