# SPDX-License-Identifier: Apache-2.0
"""What somebody answered so far, and what the program proposes; pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import uuid4

from clinicdesk.access.model import OWNER, check_password, least_length
from clinicdesk.kernel.countries import CODES, CountryPack, country_pack
from clinicdesk.kernel.folding import clean, fold
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.staff.model import WeeklyHours
from clinicdesk.staff.model.grammar import Vocabulary, read
from clinicdesk.storage.clinic import ClinicProfile
from clinicdesk.storage.keys import RecoveryCode
from clinicdesk.wording.text import N_

USUAL_HOURS: Final = "9-17"
TYPES: Final = (
    (N_("New patient"), 30),
    (N_("Follow-up"), 15),
    (N_("Procedure"), 30),
    (N_("Telephone call"), 10),
)
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aeiou"
_STRONG_FROM = 22


@dataclass(slots=True, repr=False)
class Plan:
    """A clinic about to be made.

    Attributes:
        country: of the pack; ``region`` and ``zone`` are among what it offers.
        hours: as typed, Monday first; nothing is closed.
        people: (name, room) of those who see patients; a room alone is one more room.
        types: (name, minutes as typed).
        folder: in which the clinic gets a folder of its own.
        backups: folder of the daily backup; nothing if it is to be chosen later.
        code: of recovery, drawn once.
        code_kept: somebody has typed two groups of it back.
    """

    folder: Path
    language: str = "en"
    country: str = "US"
    region: str = ""
    zone: str = "America/New_York"
    name: str = ""
    address: str = ""
    phone: str = ""
    tax_number: str = ""
    owner: str = ""
    login: str = ""
    password: str = ""
    hours: list[str] = field(default_factory=lambda: [USUAL_HOURS] * 5 + [""] * 2)
    people: list[tuple[str, str]] = field(default_factory=list)
    types: list[tuple[str, str]] = field(default_factory=list)
    backups: str = ""
    code: RecoveryCode = field(default_factory=RecoveryCode.fresh)
    code_kept: bool = False
    uuid: str = field(default_factory=lambda: str(uuid4()))

    @property
    def pack(self) -> CountryPack:
        """What comes with the country."""
        return country_pack(self.country)

    def choose_country(self, code: str, local_zone: str = "") -> None:
        """Take a country, and of its zones the machine's own if that is among them."""
        self.country, self.region = code, ""
        zones = self.pack.zones
        self.zone = local_zone if local_zone in zones else zones[0]

    def profile(self) -> ClinicProfile:
        """Return who the clinic is."""
        return ClinicProfile(
            uuid=self.uuid,
            name=clean(self.name),
            address="\n".join(clean(line) for line in self.address.splitlines() if clean(line)),
            phone=clean(self.phone),
            tax_number=clean(self.tax_number),
            country=self.country,
            currency=Currency.of(self.pack.currency),
            zone=ClinicZone(self.zone),
            language=self.language,
        )

    def week(self) -> tuple[WeeklyHours, ...]:
        """Return the opening hours.

        Raises:
            Refusal: a day that is not understood.
        """
        return tuple(
            WeeklyHours(weekday, span.from_minute, span.to_minute)
            for weekday, typed in enumerate(self.hours)
            for span in read(typed, Vocabulary()).spans
        )

    def chosen_types(self) -> tuple[tuple[str, int], ...]:
        """Return the visit types that have a name; a length that is no number is a quarter."""
        return tuple(
            (clean(name), int(minutes) if _is_length(minutes) else 15)
            for name, minutes in self.types
            if clean(name)
        )

    def file(self) -> Path:
        """Return where the clinic is made: in a folder of its own that is free."""
        stem = file_stem(self.name)
        folder, number = self.folder / stem, 1
        while folder.exists() or folder.is_symlink():
            number += 1
            folder = self.folder / f"{stem}-{number}"
        return folder / f"{stem}.clinic"


def likely_country(tags: list[str], zone: str = "") -> str:
    """Return the pack of the machine's country: by its language tag, else by its zone."""
    for tag in tags:
        parts = re.split(r"[-_.@]", tag)
        found = next((part for part in parts[1:] if part in CODES), None)
        if found is not None:
            return found
    by_zone = (code for code in CODES if zone in country_pack(code).zones)
    return next(by_zone, "US")


def file_stem(name: str) -> str:
    """Return a short file name for a clinic: letters, digits, hyphens."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    return words[:40].strip("-") or "clinic"


def likely_login(name: str) -> str:
    """Return a sign-in name for a person: the first name, titles left out."""
    words = [word for word in re.split(r"[^\w]+", fold(name)) if len(word) > 1]
    titles = {"dr", "prof", "mr", "mrs", "ms", "mme", "herr", "frau", "dra", "doctor"}
    own = [word for word in words if word not in titles] or words
    return own[0][:40] if own and len(own[0]) > 1 else ""


def phrase(draw: Callable[[str], str] = secrets.choice) -> str:
    """Return a password of six invented words, about 75 bits, easy to say and to write down."""
    made = ("".join(draw(letters) for letters in (_CONSONANTS, _VOWELS) * 2) for _word in range(6))
    return " ".join(made)


def strength(plan: Plan, password: str) -> tuple[str, str]:
    """Return how good a password is, as words (marked) and a tone."""
    if not password:
        return "", ""
    missing = least_length(OWNER) - len(password)
    if missing > 0:
        return N_("Too short: {n} characters are missing."), "warn"
    try:
        check_password(password, OWNER, (plan.login, plan.owner, plan.name))
    except Refusal:
        return N_("Weak: among the first that somebody would guess."), "danger"
    if len(password) >= _STRONG_FROM and len(set(password)) >= 8:
        return N_("Strong."), "ok"
    return N_("Good. Some more characters make it strong."), "ok"


def is_group(code: RecoveryCode, number: int, typed: str) -> bool:
    """Tell whether what was typed is a group of the code, the first being 1."""
    meant = typed.strip().upper().translate(str.maketrans("OIL", "011"))
    return meant == code.groups[number - 1]


def asked_groups(code: RecoveryCode) -> tuple[int, int]:
    """Return which two groups are typed back: the same ones for the same code."""
    first = sum(code.secret) % 4 + 1
    return first, first + 4


def _is_length(text: str) -> bool:
    return text.strip().isdecimal() and 1 <= int(text) <= 600
