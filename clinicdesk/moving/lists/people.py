# SPDX-License-Identifier: Apache-2.0
"""A list of patients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from clinicdesk.kernel.folding import digits, fold
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.moving import queries
from clinicdesk.moving.book.plan import parted
from clinicdesk.moving.departments import Clinic
from clinicdesk.moving.lists.likeness import Likeness
from clinicdesk.moving.lists.planning import Choices, Keep, Known, Told
from clinicdesk.moving.lists.report import LEFT, LIKELY, REPEATS, TAKEN, LineOutcome
from clinicdesk.moving.lists.rows import MISSING, Bad, Row, content_of
from clinicdesk.moving.lists.words import gender_of
from clinicdesk.moving.report import ALREADY_HERE
from clinicdesk.patients.model import (
    AddAlert,
    AddCoverage,
    AddPayer,
    ContactPoint,
    Demographics,
    RegisterPatient,
    check_who,
)
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.text import N_

MAYBE_HERE: Final = N_("is perhaps chart {value} already")
MAYBE_LINE: Final = N_("is perhaps the same person as in line {value}")
CHART_TAKEN: Final = N_("wants a chart number that somebody has: {value}")
GENDER_OPEN: Final = N_("has a gender that is not known here: {value}")
EMAIL_LEFT: Final = N_("has an e-mail address that is none; it was left out: {value}")
PHONE_LEFT: Final = N_("has a phone number that is none; it was left out: {value}")
NAME_PARTED: Final = N_("has its name in one; the family name is {value}")
_AT_ONCE: Final = 1_000
_LINE: Final = "line:"


@dataclass(frozen=True, slots=True)
class _Person:
    identity: str
    command: RegisterPatient
    insurer: str
    member: str
    allergies: str


class PatientPlan:
    """Checks and registers."""

    def __init__(self, reading: Reading, known: Known, choices: Choices) -> None:
        self._known = known.get("patients", {})
        self._choices = choices
        self._today = reading.today
        self._likeness = Likeness.of(reading)
        self._charts = queries.chart_numbers(reading)
        self._seen: dict[str, int] = {}
        self._people: list[_Person] = []

    def check(self, row: Row) -> LineOutcome:
        """Say what becomes of a line; see ``Plan``."""
        who = self._who(row)
        about = f"{who.family_name}, {who.given_name}".strip(", ")
        contacts = _contacts(row)
        key = row.text("key")
        phones = [one.value for one in contacts if one.kind in {"mobile", "phone"}]
        identity = f"key:{key}" if key else _content(who, contacts)
        if identity in self._known:
            return LineOutcome(row.line, LEFT, about, ALREADY_HERE)
        if identity in self._seen:
            return LineOutcome(row.line, LEFT, about, REPEATS, str(self._seen[identity]))
        check_who(who, self._today)
        chart = row.text("chart_number") or None
        if chart in self._charts:
            raise Bad(CHART_TAKEN, chart)
        maybe = "" if self._choices.likely_too else self._likeness.find(who, phones)
        if maybe:
            of_list = maybe.startswith(_LINE)
            reason = MAYBE_LINE if of_list else MAYBE_HERE
            return LineOutcome(row.line, LIKELY, about, reason, maybe.removeprefix(_LINE))
        self._seen[identity] = row.line
        self._likeness.add(who, phones, f"{_LINE}{row.line}")
        if chart:
            self._charts.add(chart)
        command = RegisterPatient(who, contacts, chart_number=chart)
        self._people.append(
            _Person(
                identity,
                command,
                row.text("insurer"),
                row.text("member_id"),
                row.text("allergies"),
            )
        )
        return LineOutcome(row.line, TAKEN, about, notes=tuple(row.notes))

    def write(self, work: UnitOfWork, clinic: Clinic, keep: Keep, told: Told) -> int:
        """Register everybody; see ``Plan``."""
        wanted = {one.command.chart_number for one in self._people} - {None}
        if wanted and wanted & queries.chart_numbers(work):
            raise StaleCopy
        # First those who bring their number, so that nobody is given it before them.
        self._people.sort(key=lambda one: one.command.chart_number is None)
        payers = queries.payers(work)
        for first in range(0, len(self._people), _AT_ONCE):
            some = self._people[first : first + _AT_ONCE]
            ids = clinic.patients.register_many(work, [one.command for one in some])
            keep("patients", dict(zip((one.identity for one in some), ids, strict=True)))
            coverages = []
            for one, number in zip(some, ids, strict=True):
                if one.insurer:
                    payers.setdefault(fold(one.insurer), 0)
                    if not payers[fold(one.insurer)]:
                        added = clinic.patients.add_payer_in(work, AddPayer(one.insurer))
                        payers[fold(one.insurer)] = added
                    coverages.append(
                        AddCoverage(
                            number, payers[fold(one.insurer)], work.today, member_id=one.member
                        )
                    )
                if one.allergies:
                    alert = AddAlert(number, "allergy", one.allergies)
                    clinic.patients.add_alert_in(work, alert)
            if coverages:
                clinic.patients.add_coverages_in(work, coverages)
            told(first + len(some), len(self._people))
        return 0

    def _who(self, row: Row) -> Demographics:
        family, given = row.text("family_name"), row.text("given_name")
        prefix, suffix, middle = row.text("prefix"), "", row.text("middle_name")
        whole = row.text("full_name")
        if whole and not family:
            if "," in whole:
                family, _comma, given = (part.strip() for part in whole.partition(","))
            else:
                name = parted(whole)
                family, suffix = name.family, name.suffix
                given, prefix = given or name.given, prefix or name.prefix
            if " " in whole:
                row.notes.append((NAME_PARTED, family))
        if not fold(family):
            raise Bad(MISSING, row.notation.titles["family_name"])
        told = row.text("gender")
        gender = gender_of(told) if told else "unknown"
        if gender is None:
            row.notes.append((GENDER_OPEN, told))
        return Demographics(
            family_name=family,
            given_name=given,
            middle_name=middle,
            prefix=prefix,
            suffix=suffix,
            preferred_name=row.text("preferred_name"),
            birth_name=row.text("birth_name"),
            born_on=row.day("born_on"),
            gender=gender or "unknown",
            language=row.text("language"),
        )


def _contacts(row: Row) -> tuple[ContactPoint, ...]:
    found: list[ContactPoint] = []
    for kind in ("mobile", "phone"):
        told = row.text(kind)
        if told and not 5 <= len(digits(told)) <= 17:
            row.notes.append((PHONE_LEFT, told[:40]))
        elif told:
            found.append(ContactPoint(kind, told))
    email = row.text("email")
    name, at, host = email.partition("@")
    if email and not (name and at and "." in host and " " not in email):
        row.notes.append((EMAIL_LEFT, email[:60]))
    elif email:
        found.append(ContactPoint("email", email))
    street, city, postcode = row.text("street"), row.text("city"), row.text("postcode")
    region, country = row.text("region"), row.text("country")
    if street or city or postcode:
        found.append(
            ContactPoint(
                "address",
                street,
                city=city,
                region=region,
                postcode=postcode,
                country=country.upper() if len(country) == 2 else country,
            )
        )
    return tuple(found)


def _content(who: Demographics, contacts: tuple[ContactPoint, ...]) -> str:
    born = who.born_on.isoformat() if who.born_on else ""
    reached = sorted(one.folded for one in contacts if one.folded)
    return content_of((who.sort_name, born, *reached))
