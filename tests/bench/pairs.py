# SPDX-License-Identifier: Apache-2.0
"""Timing in pairs, and the table that is printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One workload beside its limit.

    Attributes:
        name: workload and what is timed.
        ours_ms: median of our runs, milliseconds.
        limit_ms: median of the limit's runs, milliseconds.
        ratios: one per pair, ours / limit.
        bar: greatest ratio allowed (performance.md §9), or None where only shown.
        same: whether both gave the same answer.
    """

    name: str
    ours_ms: float
    limit_ms: float
    ratios: tuple[float, ...]
    bar: float | None
    same: bool

    @property
    def ratio(self) -> float:
        """The median of the pair ratios."""
        return statistics.median(self.ratios)

    @property
    def met(self) -> bool:
        """Whether the answer is right and the bar is met."""
        return self.same and (self.bar is None or self.ratio <= self.bar)


def measure(
    name: str,
    ours: Callable[[], object],
    limit: Callable[[], object],
    *,
    bar: float | None,
    same: Callable[[object, object], bool],
    pairs: int = 9,
    inner: int = 1,
) -> Measured:
    """Run both in turn and return their figures; the first, unmeasured pair is compared."""
    right = same(ours(), limit())
    times: list[tuple[float, float]] = []
    for _ in range(pairs):
        a, b = _seconds(ours, inner), _seconds(limit, inner)
        times.append((a, b))
    return Measured(
        name,
        statistics.median(a for a, _ in times) * 1e3,
        statistics.median(b for _, b in times) * 1e3,
        tuple(a / b for a, b in times),
        bar,
        right,
    )


def _seconds(act: Callable[[], object], inner: int) -> float:
    started = time.perf_counter()
    for _ in range(inner):
        act()
    return (time.perf_counter() - started) / inner


def table(rows: list[Measured]) -> str:
    """Return the results as aligned text."""
    head = f"{'workload':44} {'ours ms':>9} {'limit ms':>9} {'ratio':>6} {'min':>6} {'max':>6}"
    lines = [f"{head} {'bar':>5}  verdict"]
    for row in rows:
        bar = "-" if row.bar is None else f"{row.bar:g}"
        verdict = "met" if row.met else ("wrong answer" if not row.same else "missed")
        verdict = "shown" if row.bar is None and row.same else verdict
        lines.append(
            f"{row.name:44} {row.ours_ms:9.3f} {row.limit_ms:9.3f} {row.ratio:6.2f} "
            f"{min(row.ratios):6.2f} {max(row.ratios):6.2f} {bar:>5}  {verdict}"
        )
    return "\n".join(lines)
