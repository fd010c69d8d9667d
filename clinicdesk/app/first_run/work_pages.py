# SPDX-License-Identifier: Apache-2.0
"""The pages about the work: opening hours, who sees patients where, kinds of visits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from clinicdesk.app.first_run.page import Page, PairRows
from clinicdesk.app.first_run.plan import TYPES, USUAL_HOURS, Plan
from clinicdesk.app.first_run.who_pages import plan_formats
from clinicdesk.app.front_work import in_words
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.staff.model.grammar import Vocabulary, read
from clinicdesk.wording.text import _


class HoursPage(Page):
    """When the clinic is open."""

    skippable = True

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__(
            plan,
            theme,
            _("Opening hours"),
            _("Type them as you say them: 9-17, or 9-12:30 13-17. Nothing is closed. They are "
              "the first hours of everybody who sees patients."),
        )  # fmt: skip
        formats = plan_formats(plan)
        self.days: dict[int, QLineEdit] = {}
        for place in range(7):
            weekday = (plan.pack.first_weekday + place) % 7
            field = QLineEdit(plan.hours[weekday])
            field.setPlaceholderText(_("closed"))
            self.days[weekday] = field
            self.add(formats.weekday(weekday), field)
        self.column.addStretch(1)

    def keep(self) -> bool:
        self.hold()
        for field in self.days.values():
            try:
                read(field.text(), Vocabulary())
            except Refusal as refusal:
                return self.refuse(field, in_words(refusal))
            self.say(field, "")
        return True

    def hold(self) -> None:
        for weekday, field in self.days.items():
            self.plan.hours[weekday] = field.text().strip()

    def skip(self) -> None:
        """Nine to five on working days."""
        self.plan.hours = [USUAL_HOURS] * 5 + [""] * 2


class PeoplePage(Page):
    """Who sees patients, and in which room."""

    skippable = True

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__(
            plan,
            theme,
            _("Providers and rooms"),
            _("Everybody with a column in the book. A room without a name is just one more room. "
              "Take yourself away if you do not see patients."),
        )  # fmt: skip
        self.rows = PairRows(theme, (_("Name"), _("Room")), plan.people)
        self.column.addWidget(self.rows)
        self.column.addStretch(1)

    def begin(self) -> None:
        self.rows.rows[-1][0].setFocus()

    def keep(self) -> bool:
        self.hold()
        return True

    def hold(self) -> None:
        self.plan.people = self.rows.values()

    def skip(self) -> None:
        """The owner stays, if that was typed."""


class TypesPage(Page):
    """What people come for."""

    skippable = True

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__(
            plan,
            theme,
            _("Kinds of visits"),
            _("What people come for, and how many minutes it takes."),
        )
        proposed = plan.types or [(_(name), str(minutes)) for name, minutes in TYPES]
        self.rows = PairRows(theme, (_("Kind"), _("Minutes")), proposed)
        self.column.addWidget(self.rows)
        self.column.addWidget(self.fault)
        self.column.addStretch(1)

    def begin(self) -> None:
        self.rows.rows[-1][0].setFocus()

    def keep(self) -> bool:
        for name, minutes in self.rows.rows:
            typed = minutes.text().strip()
            if name.text().strip() and not (typed.isdecimal() and 1 <= int(typed) <= 600):
                self.blame(_("Give the minutes, from 1 to 600."))
                minutes.setFocus(Qt.FocusReason.TabFocusReason)
                return False
        self.hold()
        return True

    def hold(self) -> None:
        self.plan.types = self.rows.values()

    def skip(self) -> None:
        """The proposed ones."""
        self.plan.types = [(_(name), str(minutes)) for name, minutes in TYPES]
