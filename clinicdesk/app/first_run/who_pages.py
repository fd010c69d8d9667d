# SPDX-License-Identifier: Apache-2.0
"""The pages about how it looks, who the clinic is, and who owns it."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import QTimeZone
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton

from clinicdesk.access.model import OWNER, check_login, check_password
from clinicdesk.app.country_words import country_word
from clinicdesk.app.first_run.page import Page, widened
from clinicdesk.app.first_run.plan import Plan, likely_login, phrase, strength
from clinicdesk.app.front_work import in_words
from clinicdesk.app.speaking import speak
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.editors import ChoiceBox
from clinicdesk.desktop.theme import LARGEST, SMALLEST, STEP, Mode, Theme
from clinicdesk.desktop.view_choices import LANGUAGE, MODE, TEXT_SIZE
from clinicdesk.kernel.countries import CODES
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording import text
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, _, languages, own_name

_PAPERS = {"a4": "A4", "letter": N_("Letter")}


class LookPage(Page):
    """Language, colours and text size; each counts at once."""

    def __init__(self, plan: Plan, theme: Theme, settings: DeskSettings) -> None:
        super().__init__(
            plan,
            theme,
            _("Welcome to ClinicDesk"),
            _("A few pages, about three minutes. You can go back at any time, leave for later "
              "what you do not know, and change all of it afterwards."),
        )  # fmt: skip
        self._settings = settings
        tag = text.language()
        here = tag if tag in languages() else tag.split("_")[0]
        self.language = widened(ChoiceBox([(one, own_name(one)) for one in languages()]))
        self.language.set_value(here)
        modes = (("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark")))
        self.colours = widened(ChoiceBox(modes))
        self.colours.set_value(theme.mode)
        sizes = [(size, f"{size} %") for size in range(SMALLEST, LARGEST + 1, STEP)]
        self.size_box = widened(ChoiceBox(sizes))
        self.size_box.set_value(theme.text_size)
        self.add(_("&Language"), self.language)
        self.add(_("&Colours"), self.colours)
        self.add(_("&Text size"), self.size_box)
        self.column.addStretch(1)
        self.language.understood.connect(self._speak)
        self.colours.understood.connect(self._colour)
        self.size_box.understood.connect(self._size)

    def keep(self) -> bool:
        """Papers of the clinic begin in the window's language."""
        self.plan.language = self.language.value() or "en"
        return True

    def _speak(self, tag: str) -> None:
        self._settings.put(LANGUAGE, tag)
        speak(tag)
        self.remake.emit()

    def _colour(self, mode: str) -> None:
        self._settings.put(MODE, mode)
        self.theme.set_mode(cast("Mode", mode))
        self.remake.emit()

    def _size(self, percent: int) -> None:
        self._settings.put(TEXT_SIZE, percent)
        self.theme.set_text_size(percent)
        self.remake.emit()


class ClinicPage(Page):
    """Name, address and country; the country brings the rest."""

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__(plan, theme, _("Your clinic"), _("As it stands on papers."))
        self.name = QLineEdit(plan.name)
        lines = [*plan.address.split("\n"), "", ""]
        self.street, self.town = QLineEdit(lines[0]), QLineEdit(lines[1])
        self.phone = QLineEdit(plan.phone)
        names = _country_names()
        choices = sorted(((code, names[code]) for code in CODES), key=lambda one: one[1])
        self.country = widened(ChoiceBox(choices))
        self.country.set_value(plan.country)
        self.region: ChoiceBox[str] = ChoiceBox()
        self.zone: ChoiceBox[str] = ChoiceBox()
        self.tax_number = QLineEdit(plan.tax_number)
        self.add(_("&Name"), self.name)
        self.add(_("&Street"), self.street)
        self.add(_("Postcode and to&wn"), self.town)
        self.add(_("&Telephone"), self.phone)
        self.add(_("&Country"), self.country, note=" ")
        self.add(_("&Region"), widened(self.region), note=_("Public holidays differ by region."))
        self.add(_("Time &zone"), widened(self.zone))
        self.add(_("Ta&x number"), self.tax_number, note=" ")
        self.column.addStretch(1)
        self.country.understood.connect(self._country_chosen)
        self._follow()

    def keep(self) -> bool:
        """A clinic has a name; all else may wait."""
        self.hold()
        return not self.missing(self.name)

    def hold(self) -> None:
        plan = self.plan
        plan.name, plan.phone = self.name.text().strip(), self.phone.text().strip()
        plan.address = f"{self.street.text().strip()}\n{self.town.text().strip()}".strip()
        plan.region, plan.zone = self.region.value() or "", self.zone.value() or plan.zone
        plan.tax_number = self.tax_number.text().strip()

    def _country_chosen(self, code: str) -> None:
        here = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        self.plan.choose_country(code, here)
        self._follow()

    def _follow(self) -> None:
        """Show what the country brings."""
        plan, pack = self.plan, self.plan.pack
        self.region.set_choices([("", _("Holidays of the whole country")), *pack.regions])
        self.region.set_value(plan.region)
        self.set_shown(self.region, shown=bool(pack.regions))
        zones = [(zone, zone.split("/")[-1].replace("_", " ")) for zone in pack.zones]
        self.zone.set_choices(zones)
        self.zone.set_value(plan.zone)
        self.set_shown(self.zone, shown=len(zones) > 1)
        formats = plan_formats(plan)
        facts = [
            pack.currency,
            formats.day(date(2026, 12, 31), "short"),
            _("weeks begin on {day}").format(day=formats.weekday(pack.first_weekday)),
            _(_PAPERS[pack.paper]),
            ", ".join(country_word(line.name) for line in pack.taxes),
        ]
        self.say(self.country, " · ".join(facts))
        number = pack.tax_number
        if number is not None:
            self.relabel(self.tax_number, country_word(number.label))
            like = _("Looks like {example}. Leave it empty if you have none.")
            self.say(self.tax_number, like.format(example=number.example))


class OwnerPage(Page):
    """Who may do everything: name, sign-in name, password."""

    def __init__(self, plan: Plan, theme: Theme) -> None:
        super().__init__(
            plan,
            theme,
            _("You, the owner"),
            _("The owner may do everything. Others are invited later, each with a password of "
              "their own."),
        )  # fmt: skip
        self.name = QLineEdit(plan.owner)
        self.login = QLineEdit(plan.login)
        self.password = QLineEdit(plan.password)
        self.again = QLineEdit(plan.password)
        self.show_box = QCheckBox(_("S&how the password"))
        self.propose = QPushButton(_("P&ropose one"))
        self.propose.setToolTip(_("Six invented words, easy to say and hard to guess."))
        self._own_login = bool(plan.login) and plan.login != likely_login(plan.owner)
        self.add(_("Your &name"), self.name)
        self.add(_("&Sign-in name"), self.login, note=_("One short word, without blanks."))
        self.add(_("&Password"), self.password, note=" ")
        self.add(_("Password &again"), self.again)
        line = QHBoxLayout()
        line.addWidget(self.show_box)
        line.addStretch(1)
        line.addWidget(self.propose)
        self.grid.addLayout(line, self.grid.rowCount(), 1)
        self.column.addStretch(1)
        self.name.textEdited.connect(self._named)
        self.login.textEdited.connect(self._login_typed)
        self.password.textChanged.connect(self._weigh)
        self.show_box.toggled.connect(self._show)
        self.propose.clicked.connect(self._propose)
        self._show(shown=False)
        self._weigh()

    def keep(self) -> bool:
        self.hold()
        plan = self.plan
        if self.missing(self.name) or self.missing(self.login) or self.missing(self.password):
            return False
        try:
            check_login(plan.login)
            check_password(plan.password, OWNER, (plan.login, plan.owner, plan.name))
        except Refusal as refusal:
            field = self.login if refusal.field == "login" else self.password
            return self.refuse(field, in_words(refusal))
        if not self.again.isHidden() and self.again.text() != self.password.text():
            return self.refuse(self.again, _("The two are not the same."))
        return True

    def hold(self) -> None:
        plan = self.plan
        plan.owner, plan.login = self.name.text().strip(), self.login.text().strip()
        plan.password = self.password.text()
        if not plan.people and plan.owner:
            plan.people = [(plan.owner, _("Room {n}").format(n=1))]

    def _named(self) -> None:
        if not self._own_login:
            self.login.setText(likely_login(self.name.text()))

    def _login_typed(self) -> None:
        self._own_login = bool(self.login.text())

    def _weigh(self) -> None:
        self.hold_names()
        words, tone = strength(self.plan, self.password.text())
        missing = max(0, 15 - len(self.password.text()))
        told = _(words).format(n=missing) if words else _("At least 15 characters; blanks count.")
        self.say(self.password, told, tone)

    def hold_names(self) -> None:
        """A password is weighed against the names in it."""
        self.plan.owner, self.plan.login = self.name.text().strip(), self.login.text().strip()

    def _show(self, shown: bool) -> None:  # noqa: FBT001 -- Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.password.setEchoMode(mode)
        self.again.setEchoMode(mode)
        self.set_shown(self.again, shown=not shown)

    def _propose(self) -> None:
        made = phrase()
        self.show_box.setChecked(True)
        self.password.setText(made)
        self.again.setText(made)
        self.password.setFocus()


def plan_formats(plan: Plan) -> Formats:
    """Return the formats of the planned clinic, in the window's language."""
    currency = Currency.of(plan.pack.currency)
    return Formats(text.language(), plan.country, currency, ClinicZone(plan.zone))


def _country_names() -> dict[str, str]:
    from babel import Locale, UnknownLocaleError

    try:
        names = Locale.parse(text.language().split("_")[0]).territories
    except (UnknownLocaleError, ValueError):
        names = Locale("en").territories
    return {code: str(names.get(code, code)) for code in CODES}
