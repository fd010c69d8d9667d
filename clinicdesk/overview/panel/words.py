# SPDX-License-Identifier: Apache-2.0
"""What a tile says: its caption, its figure, how that has moved, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clinicdesk.kernel.moments import Month
from clinicdesk.overview.queries import Figure, Glance, Measure
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, _

UP, DOWN, LEVEL = "▲", "▼", "="
CAPTIONS = {
    Measure.FILL: N_("Booked today"),
    Measure.WAITING: N_("Waiting now"),
    Measure.COLLECTED: N_("Collected today"),
    Measure.PRODUCTION: N_("Net production, month to date"),
    Measure.OVER_90: N_("Owed over 90 days"),
    Measure.UNCHARGED: N_("Visits without a charge, 7 days"),
}
TOLD = {
    Measure.FILL: N_("Open hours that are booked today, by provider"),
    Measure.WAITING: N_("Who waits now, by provider"),
    Measure.COLLECTED: N_("Received today less given back, by way of paying"),
    Measure.PRODUCTION: N_("Net production of the month so far, by provider"),
    Measure.OVER_90: N_("Open for more than 90 days, by provider"),
    Measure.UNCHARGED: N_("Finished visits of seven days without a charge, by provider"),
}
_MORE_IS_WORSE = {Measure.WAITING, Measure.OVER_90, Measure.UNCHARGED}


@dataclass(frozen=True, slots=True)
class Said:
    """What a tile says.

    Attributes:
        tone: ok or warn, for the words of the change; "" where it is neither.
    """

    caption: str
    value: str
    change: str
    beside: str
    tone: str = ""

    @property
    def spoken(self) -> str:
        """All of it as one sentence."""
        said = (part for part in (self.value, self.change, self.beside) if part)
        return f"{self.caption}: {', '.join(said)}"


def say(measure: Measure, glance: Glance, formats: Formats) -> Said:
    """Word one figure."""
    figure = glance.figures[measure]
    value = _value(measure, figure, formats)
    moved = _moved(measure, figure)
    tone = ""
    if moved:
        tone = "warn" if (moved > 0) == (measure in _MORE_IS_WORSE) else "ok"
    change = _change(measure, figure, glance.on, formats)
    return Said(_(CAPTIONS[measure]), value, change, _beside(measure, figure, formats), tone)


def _value(measure: Measure, figure: Figure, formats: Formats) -> str:
    value = figure.value
    if value is None:
        return "–"
    if measure in {Measure.FILL, Measure.OVER_90}:
        return formats.percent(Decimal(value), 0 if measure is Measure.FILL else 1)
    if measure in {Measure.COLLECTED, Measure.PRODUCTION}:
        return formats.money(int(value))
    return formats.number(value)


def _moved(measure: Measure, figure: Figure) -> Decimal:
    if measure is Measure.WAITING:
        if not figure.value or figure.before is None:
            return Decimal(0)
        return Decimal((figure.beside or 0) - figure.before)
    if figure.value is None or figure.before is None:
        return Decimal(0)
    return Decimal(figure.value) - Decimal(figure.before)


def _change(measure: Measure, figure: Figure, on: date, formats: Formats) -> str:
    if figure.before is None:
        return _("Nothing earlier to compare with")
    moved = _moved(measure, figure)
    arrow = UP if moved > 0 else DOWN if moved < 0 else LEVEL
    size, before = abs(moved), Decimal(figure.before)
    weekday = formats.weekday(on.weekday())
    month = Month.of(on).previous
    named = str(formats.locale.months["stand-alone"]["wide"][month.number])
    wording = ""
    match measure:
        case Measure.FILL:
            wording = N_("{arrow} {points} points vs an average {weekday}")
        case Measure.WAITING:
            if not figure.value:
                wording = N_("Usual wait {before} min")
            else:
                wording = N_("{arrow} {number} min vs the usual {before}")
        case Measure.COLLECTED:
            wording = N_("{arrow} {share} vs a whole {weekday}")
        case Measure.PRODUCTION:
            wording = N_("{arrow} {share} vs {month} to this day")
        case Measure.OVER_90:
            wording = N_("{arrow} {points} points vs the end of {month}")
        case Measure.UNCHARGED:
            wording = N_("{arrow} {number} vs the 7 days before")
    return formats.say(
        wording,
        {
            "arrow": arrow,
            "points": formats.number(size * 100, 1),
            "share": formats.percent(size / abs(before)) if before else formats.number(size),
            "number": formats.number(size),
            "before": formats.number(before),
            "weekday": weekday,
            "month": named,
        },
    )


def _beside(measure: Measure, figure: Figure, formats: Formats) -> str:
    beside = figure.beside
    match measure:
        case Measure.WAITING if figure.value:
            return formats.say(N_("Longest {minutes} min"), {"minutes": beside})
        case Measure.PRODUCTION if beside and figure.value is not None:
            share = formats.percent(Decimal(figure.value) / Decimal(beside), 0)
            fields = {"share": share, "budget": formats.money(int(beside))}
            return formats.say(N_("{share} of the budget of {budget}"), fields)
        case Measure.PRODUCTION:
            return _("No budget for this month")
        case Measure.OVER_90 if beside:
            return formats.money(int(beside))
    return ""
