# SPDX-License-Identifier: Apache-2.0
"""The dialog of a staff member: particulars, contract, usual hours typed like shifts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.editors import ChoiceBox, DayEdit, TextEdit
from clinicdesk.desktop.forms import FormDialog
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.staff.columns import hours, role_title
from clinicdesk.staff.model import (
    ROLE_TITLES,
    WORK,
    DayPlan,
    PlannedSpan,
    SaveMember,
    Vocabulary,
    WeeklyHours,
    read,
    without_breaks,
    write,
)
from clinicdesk.staff.queries import ResourceRow, StaffRow
from clinicdesk.staff.service import Staff
from clinicdesk.wording.text import N_, Term, _

_WEEK_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Offer:
    """What the form offers: rooms, the standing hours now in force, roles the clinic has."""

    rooms: tuple[ResourceRow, ...]
    usual: tuple[WeeklyHours, ...]
    roles: tuple[str, ...]


class StaffDialog(FormDialog):
    """Adds or changes a staff member."""

    def __init__(
        self,
        room: Room,
        staff: Staff,
        offer: Offer,
        member: StaffRow | None,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Staff member") if member is not None else _("New staff member")
        super().__init__(room, title, _("Save"), parent)
        self._staff, self._member, self._usual = staff, member, offer.usual
        formats = room.formats
        self.name = TextEdit(formats)
        self.initials = TextEdit(formats)
        self.role: ChoiceBox[str] = ChoiceBox(self._roles(offer.roles, member))
        self.hours = TextEdit(formats)
        self.provider: ChoiceBox[bool] = ChoiceBox(
            [(False, _("no")), (True, _("yes, with a column in the book"))]
        )
        self.colour: ChoiceBox[int] = ChoiceBox(self._colours())
        self._paint_colours()
        choices: list[tuple[int | None, str]] = [(None, _("none"))]
        choices += [(one.id, one.name) for one in offer.rooms if one.kind == "room"]
        self.room_choice: ChoiceBox[int | None] = ChoiceBox(choices)
        self.registration = TextEdit(formats)
        self.state: ChoiceBox[bool] = ChoiceBox([(False, _("works here")), (True, _("archived"))])
        self.since = DayEdit(formats, self._today)
        self.days = [TextEdit(formats) for _day in range(7)]
        form = self.form
        form.add("name", _("Name"), self.name, required=True)
        form.add("initials", _("Initials"), self.initials)
        form.add("role", _("Role"), self.role)
        form.add("weekly_minutes", _("Hours a week"), self.hours)
        form.add("provider", _("Treats patients"), self.provider)
        form.add("colour", _("Colour"), self.colour)
        form.add("room", _("Usual room"), self.room_choice)
        form.add("registration", _("Registration"), self.registration)
        if member is not None:
            form.add("state", _("State"), self.state)
        for weekday, edit in enumerate(self.days):
            name = formats.weekday(weekday)
            edit.setPlaceholderText(_("free") if weekday > 4 else "9-17")
            label = _("Usual hours, {day}").format(day=name)
            form.add(f"day{weekday}", label, edit, hint=_("As in the roster: 9-12:30 13-17"))
        form.add("since", _("Hours in force from"), self.since)
        self._fill()
        self.submit = self._save

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _fill(self) -> None:
        member = self._member
        self.since.set_value(self._today())
        for weekday, edit in enumerate(self.days):
            edit.set_value(_typed(self._usual, weekday))
        if member is None:
            return
        self.name.set_value(member.name)
        self.initials.set_value(member.initials)
        self.role.set_value(member.role)
        if member.weekly_minutes:
            number = hours(member.weekly_minutes)
            self.hours.set_value(str(number.normalize() if number % 1 else int(number)))
        self.provider.set_value(member.is_provider)
        self.colour.set_value(member.color % len(self.room.theme.tokens.series))
        self.room_choice.set_value(member.room_id)
        self.registration.set_value(member.registration)
        self.state.set_value(member.archived)

    def _save(self) -> None:
        try:
            command = self._command()
        except Refusal as refusal:
            self.form.show_refusal(refusal)
            return
        self.set_busy(busy=True)
        save = partial(self._staff.save_member, command, self.room.actor)
        self.room.desk.carry_out(save, self._done, self._refused, owner=self)

    def _done(self, _done: Done[int]) -> None:
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)

    def _command(self) -> SaveMember:
        member = self._member
        spans = self._hours()
        kept = tuple(sorted(self._usual, key=_order)) == tuple(sorted(spans, key=_order))
        return SaveMember(
            None if member is None else member.id,
            1 if member is None else member.version,
            self.name.text_value(),
            self.initials.text_value(),
            self.role.value() or "",
            bool(self.provider.value()),
            self.colour.value() or 0,
            self.room_choice.value(),
            self.registration.text_value(),
            self._contract(),
            bool(self.state.value()) if member is not None else False,
            None if kept else spans,
            self.since.value(),
        )

    def _contract(self) -> int:
        text = self.hours.text_value()
        if not text:
            return 0
        try:
            minutes = int(self.room.formats.parse_number(text) * 60)
        except Refusal as refusal:
            raise Refusal(refusal.wording, field="weekly_minutes", **refusal.fields) from refusal
        if not 0 <= minutes <= _WEEK_MINUTES:
            wording = N_("Give the hours of a week, from 0 to {most}.")
            raise Refusal(wording, field="weekly_minutes", most=Decimal(168))
        return minutes

    def _hours(self) -> tuple[WeeklyHours, ...]:
        """Read the days; one that was not touched keeps its breaks."""
        spans: list[WeeklyHours] = []
        for weekday, edit in enumerate(self.days):
            typed = edit.text_value()
            if typed == _typed(self._usual, weekday):
                spans += [one for one in self._usual if one.weekday == weekday]
                continue
            try:
                plan = read(typed, Vocabulary())
            except Refusal as refusal:
                raise Refusal(refusal.wording, field=f"day{weekday}", **refusal.fields) from refusal
            spans += [WeeklyHours(weekday, s.from_minute, s.to_minute) for s in plan.spans]
        return tuple(spans)

    def _roles(self, own: Sequence[str], member: StaffRow | None) -> list[tuple[str, str]]:
        keys = dict.fromkeys([*ROLE_TITLES, *own, *([member.role] if member is not None else [])])
        choices = []
        for key in keys:
            title = role_title(key)
            choices.append((key, self.room.formats.word(title) if isinstance(title, Term) else key))
        return choices

    def _colours(self) -> list[tuple[int, str]]:
        count = len(self.room.theme.tokens.series)
        return [
            (number, _("Colour {n}").format(n=self.room.formats.number(number + 1)))
            for number in range(count)
        ]

    def _paint_colours(self) -> None:
        size = self.room.theme.px(14)
        for number, colour in enumerate(self.room.theme.tokens.series):
            patch = QPixmap(size, size)
            patch.fill(QColor(colour))
            self.colour.setItemIcon(number, QIcon(patch))

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())


def _order(one: WeeklyHours) -> tuple[int, int, int, str]:
    return one.weekday, one.from_minute, one.to_minute, one.kind


def _typed(usual: Sequence[WeeklyHours], weekday: int) -> str:
    own = [one for one in usual if one.weekday == weekday]
    work = [(one.from_minute, one.to_minute) for one in own if one.kind == WORK]
    breaks = [(one.from_minute, one.to_minute) for one in own if one.kind != WORK]
    spans = tuple(PlannedSpan(*span) for span in without_breaks(work, breaks))
    return write(DayPlan(WORK, spans), Vocabulary()) if spans else ""
