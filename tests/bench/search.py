# SPDX-License-Identifier: Apache-2.0
"""W4: patients found as somebody types: 240 targets, every keystroke from the second character.

The time that counts is the 95th percentile of single keystrokes, and it counts only beside the
recall: how many of those meant stand among the twenty shown for the whole text.
"""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from clinicdesk.kernel.folding import digits, fold
from tests.bench.pairs import Measured
from tests.bench.place import Place

KINDS = ("family + given", "given family", "middle of phone", "birth date", "accents", "one slip")
_SHOWN = 20
_PICK = """
SELECT p.id, p.family_name, p.given_name, p.born_on, c.folded FROM patient p
JOIN contact c ON c.patient_id = p.id AND c.kind IN ('mobile', 'phone') AND c.archived = 0
WHERE p.survivor_id IS NULL AND p.born_on IS NOT NULL AND length(c.folded) > 8
GROUP BY p.id ORDER BY p.id
"""
_FOUND = "SELECT rowid FROM patient_search WHERE patient_search MATCH ? LIMIT 20"
_RANKED = "SELECT rowid FROM patient_search WHERE patient_search MATCH ? ORDER BY rank LIMIT 60"
_BEGINS = "SELECT id FROM patient WHERE sort_name >= ? AND sort_name < ? LIMIT 20"
_ROWS = "SELECT id, family_name, given_name, born_on, chart_number, folded_name FROM patient"
Find = Callable[[str], list[int]]


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody who is looked for.

    Attributes:
        kind: which of ``KINDS``.
        typed: the whole text.
    """

    patient_id: int
    kind: str
    typed: str


def targets(place: Place, count: int = 240) -> list[Target]:
    """Return whom to look for, the same ones for the same clinic."""
    chance = Random(11)
    people = place.raw.execute(_PICK).fetchall()
    found = []
    for number in range(count):
        id_, family, given, born, phone = chance.choice(people)
        kind = KINDS[number % len(KINDS)]
        first = given.split()[0]
        typed = {
            KINDS[0]: f"{fold(family)} {fold(first)[:3]}",
            KINDS[1]: f"{fold(first)} {fold(family)}",
            KINDS[2]: phone[3:],
            KINDS[3]: digits(born),
            KINDS[4]: f"{family} {first}",
            KINDS[5]: f"{_slip(fold(family), chance)} {fold(first)}",
        }[kind]
        found.append(Target(id_, kind, typed))
    return found


def _slip(word: str, chance: Random) -> str:
    if len(word) < 5:
        return word
    at, how = chance.randrange(1, len(word) - 1), chance.randrange(3)
    if how == 0:
        return word[:at] + word[at + 1 :]
    if how == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + chance.choice("aeiourst") + word[at + 1 :]


def limit(raw: Any) -> Find:
    """Return the limit: trigrams by hand, and a second look for slips."""
    from rapidfuzz import fuzz

    def find(typed: str) -> list[int]:
        folded = fold(typed)
        words = [word for word in folded.split() if len(word) > 2]
        if not words:
            return [row[0] for row in raw.execute(_BEGINS, (folded, folded + "\uffff"))]
        ids = [row[0] for row in raw.execute(_FOUND, (" AND ".join(map(_quoted, words)),))]
        if ids:
            return [row[0] for row in raw.execute(f"{_ROWS} WHERE id IN ({_joined(ids)})")]
        grams = [word[n : n + 3] for word in words for n in range(len(word) - 2)]
        ids = [row[0] for row in raw.execute(_RANKED, (" OR ".join(map(_quoted, grams)),))]
        rows = raw.execute(f"{_ROWS} WHERE id IN ({_joined(ids)})").fetchall()
        rows.sort(key=lambda row: -fuzz.token_sort_ratio(folded, row[5]))
        return [row[0] for row in rows[:_SHOWN]]

    return find


def _quoted(word: str) -> str:
    return f'"{word}"'


def _joined(ids: list[int]) -> str:
    return ", ".join(map(str, ids))


def searching(place: Place, pairs: int = 7, count: int = 240) -> tuple[list[Measured], str]:
    """Return the figures (median and 95th percentile of keystrokes) and the recall table."""
    wanted = targets(place, count)

    def ours(typed: str) -> list[int]:
        return [hit.id for hit in place.clinic.patients.search(typed, place.actor, _SHOWN)]

    theirs = limit(place.raw)
    mine_found, found = _recall(wanted, ours), _recall(wanted, theirs)
    right = sum(mine_found.values()) >= sum(found.values())
    passes = [(_keystrokes(wanted, ours), _keystrokes(wanted, theirs)) for _ in range(pairs)]
    rows = []
    for name, at, bar in (("median", 0.5, None), ("95th percentile", 0.95, 2.0)):
        times = [(_at(a, at), _at(b, at)) for a, b in passes]
        rows.append(
            Measured(
                f"W4 search keystroke, {name}",
                statistics.median(a for a, _ in times) * 1e3,
                statistics.median(b for _, b in times) * 1e3,
                tuple(a / b for a, b in times),
                bar,
                right,
            )
        )
    each = count // len(KINDS)
    lines = [f"{'recall among 20':20} {'ours':>7} {'limit':>7}"]
    lines += [
        f"{kind:20} {mine_found[kind]:3}/{each:<3} {found[kind]:3}/{each:<3}" for kind in KINDS
    ]
    return rows, "\n".join(lines)


def _recall(wanted: list[Target], find: Find) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for target in wanted:
        found[target.kind] += target.patient_id in find(target.typed)
    return found


def _keystrokes(wanted: list[Target], find: Find) -> list[float]:
    times = []
    for target in wanted:
        for length in range(2, len(target.typed) + 1):
            typed = target.typed[:length].strip()
            if len(typed) < 2:
                continue
            started = time.perf_counter()
            find(typed)
            times.append(time.perf_counter() - started)
    return sorted(times)


def _at(times: list[float], share: float) -> float:
    return times[min(len(times) - 1, int(len(times) * share))]
