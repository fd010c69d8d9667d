# SPDX-License-Identifier: Apache-2.0
"""The roster in words: what a cell shows, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from clinicdesk.kernel.folding import fold
from clinicdesk.staff.columns import KIND_WORDS, clash_brief, clash_words, hours, role_title
from clinicdesk.staff.model import (
    ASK_LEAVE,
    ASK_SWAP,
    LEAVE,
    OFF,
    ROLE_TITLES,
    SICK,
    Clash,
    Cover,
    Gap,
    Vocabulary,
    span_text,
)
from clinicdesk.staff.queries import CLOSED, FREE, USUAL, Cell, RequestRow, RosterWeek, Summary
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, Term, _

_LEFT_TO_RIGHT, _ENDS = "\u2066", "\u2069"
_STATES = {
    "draft": N_("draft"),
    "published": N_("published"),
    USUAL: N_("usual hours"),
    CLOSED: N_("closed"),
    FREE: N_("nothing planned"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a summary.

    Attributes:
        icon: name of an icon; ``ink`` its token.
    """

    icon: str
    ink: str
    words: str


def typed_words() -> dict[str, str]:
    """Return what may be typed for leave, sickness and a day off in the reader's language."""
    words = {
        _("L"): LEAVE,
        _("Leave"): LEAVE,
        _("Sick"): SICK,
        _("sick"): SICK,
        _("Off"): OFF,
        _("off"): OFF,
    }
    return {fold(word): kind for word, kind in words.items()}


def typed_vocabulary(own: Vocabulary) -> Vocabulary:
    """Return what may be typed into a week, in the reader's language too."""
    titles = {role: _(role_title(role)) for role in own.roles if role in ROLE_TITLES}
    return replace(own, words=typed_words(), titles=titles)


def span_lines(cell: Cell, vocabulary: Vocabulary, formats: Formats) -> tuple[str, ...]:
    """Return the hours of a cell, a line for each span; or the word for leave, sick, off."""
    if cell.kind in KIND_WORDS:
        return (formats.word(KIND_WORDS[cell.kind]),)
    lines = []
    for span in cell.spans:
        parts = [_straight(span_text(span.from_minute, span.to_minute, "–"), formats)]
        if span.room_id is not None:
            parts.append(vocabulary.code(span.room_id))
        if span.role:
            parts.append(_role(span.role, formats))
        lines.append(" ".join(parts))
    return tuple(lines)


def brief(clashes: Iterable[Clash], formats: Formats) -> str:
    """Return the clashes of a cell in a few words."""
    return ", ".join(dict.fromkeys(clash_brief(one, formats) for one in clashes))


def spoken(cell: Cell, week: RosterWeek, clashes: Iterable[Clash], formats: Formats) -> str:
    """Return a day as a sentence."""
    who = _("Open shifts") if cell.staff_id is None else week.name(cell.staff_id)
    lines = span_lines(cell, week.vocabulary, formats)
    what = ", ".join(lines) if lines else cell.closed
    state = formats.word(_STATES[cell.state])
    parts = [who, formats.day(cell.on, "weekday"), what, "" if what == state else state]
    if cell.closed and cell.closed != what:
        parts.append(cell.closed)
    parts += [clash_words(one, formats, week.name(one.other_id)) for one in clashes]
    return ", ".join(part for part in parts if part)


def cover_text(cover: Cover, formats: Formats) -> str:
    """Return a role's day: how many, and when too few."""
    if cover.need is None:
        return formats.number(cover.least) if cover.least else "–"
    if cover.holds:
        return formats.say(N_("{least} of {need} ok"), _counts(cover))
    gaps = ", ".join(gap_text(gap, cover.on, formats) for gap in cover.gaps)
    return formats.say(N_("{least} of {need} · {gaps}"), {**_counts(cover), "gaps": gaps})


def cover_brief(cover: Cover, formats: Formats) -> str:
    """Return a role's day for a narrow column: ``1/2 13–15``."""
    gaps = " ".join(gap_text(gap, cover.on, formats) for gap in cover.gaps)
    counts = f"{formats.number(cover.least)}/{formats.number(cover.need or 0)}"
    return f"{counts} {gaps}".strip()


def cover_spoken(cover: Cover, formats: Formats) -> str:
    """Return a role's day as a sentence."""
    fields: dict[str, object] = {
        **_counts(cover),
        "role": role_title(cover.role),
        "day": formats.day(cover.on, "weekday"),
    }
    if cover.need is None:
        return formats.say(N_("{role}, {day}: {least} there, no need set"), fields)
    if cover.holds:
        return formats.say(N_("{role}, {day}: {least} of {need} there, enough"), fields)
    gaps = ", ".join(gap_text(gap, cover.on, formats) for gap in cover.gaps)
    wording = N_("{role}, {day}: {least} of {need} there, too few {gaps}")
    return formats.say(wording, {**fields, "gaps": gaps})


def gap_text(gap: Gap, on: date, formats: Formats) -> str:
    """Return when too few are there, as hours are typed."""
    first, last = (formats.zone.slot_at(minute, 1).starts for minute in (gap.from_min, gap.to_min))
    start = (first.date() - on).days * 1440 + first.hour * 60 + first.minute
    end = (last.date() - on).days * 1440 + last.hour * 60 + last.minute
    return _straight(span_text(max(0, start), end, "–"), formats)


def balance_text(minutes: int | None, formats: Formats) -> str:
    """Return hours over or under the contract, signed."""
    if minutes is None:
        return "–"
    written = formats.number(hours(minutes), 1)
    return _straight(f"+{written}" if minutes > 0 else written, formats)


def request_words(asked: RequestRow, formats: Formats) -> str:
    """Return what somebody asks for."""
    first, last = formats.day(asked.from_on, "weekday"), formats.day(asked.to_on, "weekday")
    fields = {"first": first, "last": last, "other": asked.other}
    if asked.kind == ASK_LEAVE:
        one = asked.from_on == asked.to_on
        return formats.say(N_("Leave {first}") if one else N_("Leave {first} – {last}"), fields)
    if asked.kind == ASK_SWAP:
        one = asked.from_on == asked.to_on
        wording = (
            N_("Swap {first} with {other}") if one else N_("Swap {first} with {other}, for {last}")
        )
        return formats.say(wording, fields)
    return formats.say(N_("Open shift {first}"), fields)


def span_of_days(first: date, last: date, formats: Formats) -> str:
    """Return two days as a span."""
    return f"{formats.day(first, 'day_month')} – {formats.day(last)}"


def publishing_title(summary: Summary, formats: Formats) -> str:
    """Return what would be published."""
    return formats.say(
        N_("Publish {span}: {shifts} shifts of {people} people, {hours} h"),
        {
            "span": span_of_days(summary.monday, summary.monday + timedelta(days=6), formats),
            "shifts": summary.shifts,
            "people": summary.people,
            "hours": formats.number(hours(summary.minutes), 1),
        },
    )


def summary_lines(summary: Summary, formats: Formats, *, new: bool) -> tuple[Line, ...]:
    """Return what is worth knowing before saying yes.

    Args:
        summary: of what would happen.
        formats: the reader's.
        new: holes and clashes come from this change only.
    """
    lines = []
    if summary.outside:
        words = formats.count(
            "{n} appointment would be outside the hours",
            "{n} appointments would be outside the hours",
            len(summary.outside),
        )
        lines.append(Line("calendar-x", "danger", words))
    lines += [Line("triangle-alert", "warn", cover_spoken(hole, formats)) for hole in summary.holes]
    for clash in summary.clashes:
        words = clash_words(clash, formats, summary.names.get(clash.other_id, ""))
        name, day = summary.names.get(clash.staff_id, ""), formats.day(clash.on, "weekday")
        lines.append(Line("circle-alert", "warn", f"{name}, {day}: {words}"))
    for provider, booked in summary.outside:
        fields = {
            "starts": booked.starts,
            "provider": provider,
            "who": booked.who or _("a patient"),
        }
        wording = N_("{starts}: {who} with {provider}")
        lines.append(Line("calendar-x", "danger", formats.say(wording, fields)))
    if not lines:
        wording = N_("No new hole in the coverage.") if new else N_("Every role is covered.")
        lines.append(Line("circle-check", "ok", formats.say(wording)))
    return tuple(lines)


def _straight(written: str, formats: Formats) -> str:
    """Keep hours and signs in their order where words run from right to left."""
    return f"{_LEFT_TO_RIGHT}{written}{_ENDS}" if formats.right_to_left else written


def _counts(cover: Cover) -> dict[str, object]:
    return {"least": cover.least, "need": cover.need or 0}


def _role(role: str, formats: Formats) -> str:
    title = role_title(role)
    return formats.word(title) if isinstance(title, Term) else title
