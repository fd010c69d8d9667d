# SPDX-License-Identifier: Apache-2.0
"""The book's title: what is shown, at length or briefly, in a place that does not change.

The place is as wide as the widest title of any day and any view, so that the buttons after it stay
where the hand knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from clinicdesk.desktop.top_bar import TitleForm
from clinicdesk.kernel.moments import Month
from clinicdesk.wording.formats import Formats

_WEEK: Final = timedelta(days=6)
_KEPT: Final = 10


class Titles:
    """Writes titles for one reader."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats

    def forms(self, mode: str, on: date, week: date) -> tuple[TitleForm, ...]:
        """Return the title of a view of a day, the longest form first."""
        if mode == "month":
            month = self._formats.month(Month.of(on))
            return TitleForm(month, self._widest), TitleForm(month, self._widest_brief)
        if mode in {"week", "list"}:
            return (
                TitleForm(self._span(week, brief=False), self._widest),
                TitleForm(self._span(week, brief=True), self._widest_brief),
            )
        return (
            TitleForm(self._formats.day(on, "long"), self._widest),
            TitleForm(self._formats.day(on, "weekday"), self._widest_brief),
        )

    def _span(self, first: date, *, brief: bool) -> str:
        return self._formats.days(first, first + _WEEK, brief=brief)

    @cached_property
    def _widest(self) -> tuple[str, ...]:
        formats = self._formats
        return _longest(
            lambda on: (
                (formats.day(on, "long"), formats.month(Month.of(on)))
                if on.day > 21
                else (self._span(on, brief=False),)
            )
        )

    @cached_property
    def _widest_brief(self) -> tuple[str, ...]:
        formats = self._formats
        return _longest(
            lambda on: (
                (formats.day(on, "weekday"), formats.month(Month.of(on)))
                if on.day > 21
                else (self._span(on, brief=True),)
            )
        )


def _longest(written: Callable[[date], Iterable[str]]) -> tuple[str, ...]:
    """Return the longest titles of a year: every weekday of every month, and weeks."""
    days = (date(2026, month, day) for month in range(1, 13) for day in (13, *range(22, 29)))
    titles = {title for day in days for title in written(day)}
    return tuple(sorted(titles, key=len, reverse=True)[:_KEPT])
