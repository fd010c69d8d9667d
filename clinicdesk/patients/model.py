# SPDX-License-Identifier: Apache-2.0
"""Words, commands and rules of the patients' room; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.folding import digits, fold
from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_, Term

PATIENTS = Topic("patients")
MAY_VIEW_PATIENTS = Permission("patients.view", N_("See patients"))
MAY_EDIT_PATIENTS = Permission("patients.edit", N_("Register and edit patients"))
MAY_MERGE_PATIENTS = Permission("patients.merge", N_("Merge two records of one patient"))


class NameMissing(Refusal):
    """A patient without any name."""

    wording = N_("Enter at least a family name.")


class SameRecord(Refusal):
    """A record cannot be merged with itself."""

    wording = N_("These are one record already.")


class BornInFuture(Refusal):
    """A date of birth after today."""

    wording = N_("The date of birth lies in the future.")


@dataclass(frozen=True, slots=True)
class ContactPoint:
    """A way to reach somebody.

    Attributes:
        kind: mobile, phone, email or address.
        value: as typed; an address is its street lines.
    """

    kind: str
    value: str
    label: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""

    @property
    def folded(self) -> str:
        """What search compares: digits of a phone, lower case of an e-mail."""
        if self.kind in {"mobile", "phone"}:
            return digits(self.value)
        return self.value.strip().casefold() if self.kind == "email" else ""


@dataclass(frozen=True, slots=True)
class Demographics:
    """Who a patient is, with FHIR's words.

    Attributes:
        born_precision: day, month or year.
        gender: male, female, other, unknown.
        status: active, prospective, inactive, deceased.
    """

    family_name: str
    given_name: str = ""
    middle_name: str = ""
    prefix: str = ""
    suffix: str = ""
    preferred_name: str = ""
    birth_name: str = ""
    born_on: date | None = None
    born_precision: str = "day"
    gender: str = "unknown"
    pronouns: str = ""
    language: str = ""
    status: str = "active"
    deceased_on: date | None = None
    usual_provider_id: int | None = None

    @property
    def folded_name(self) -> str:
        """All names without case and accents."""
        parts = (self.family_name, self.given_name, self.middle_name, self.preferred_name)
        return fold(" ".join((*parts, self.birth_name)))

    @property
    def sort_name(self) -> str:
        """Family name first."""
        return f"{fold(self.family_name)} {fold(self.given_name)}".strip()


@dataclass(frozen=True, slots=True)
class RegisterPatient:
    """Take a new patient on.

    Attributes:
        guarantor_id: who pays; None means themselves.
        chart_number: only for imports; None takes the next of the series.
    """

    who: Demographics
    contacts: tuple[ContactPoint, ...] = ()
    guarantor_id: int | None = None
    chart_number: str | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class EditPatient:
    """Change who a patient is and how to reach them; contacts replace those of before."""

    patient_id: int
    version: int
    who: Demographics
    contacts: tuple[ContactPoint, ...]
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AddCoverage:
    """Insure a patient from a day on.

    Attributes:
        to_on: last day, or None while it lasts.
    """

    patient_id: int
    payer_id: int
    from_on: date
    to_on: date | None = None
    plan: str = ""
    member_id: str = ""
    rank: int = 1
    relationship: str = "self"
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AddPayer:
    """Add an insurer or agency; kind is commercial, government, agency or other."""

    name: str
    kind: str = "commercial"
    phone: str = ""
    address: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class SetGuarantor:
    """Say who pays from a day on; what was before ends the day before."""

    patient_id: int
    guarantor_id: int
    from_on: date
    relationship: str = "other"
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class MergePatients:
    """Make two records of one person one; it cannot be taken back.

    Attributes:
        survivor_id: the record that stays, as ``survivor_version`` of it was seen.
        merged_id: the record that leads to it from now on, likewise.
    """

    survivor_id: int
    survivor_version: int
    merged_id: int
    merged_version: int
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AddAlert:
    """Add what must be known first; kind is allergy, clinical or administrative."""

    patient_id: int
    kind: str
    wording: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class EndAlert:
    """End an alert today; it stays on file."""

    alert_id: int
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AddNote:
    """Write a note; it is never changed."""

    patient_id: int
    body: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class RecordConsent:
    """Keep a decision: purpose is treatment, data, text_message, email or marketing."""

    patient_id: int
    purpose: str
    given: bool
    note: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class CardButton:
    """A button on the card; it triggers an action of the window.

    Attributes:
        action_id: e.g. ``billing.take_payment``.
        text: translated caption.
        key: its shortcut as shown, or "".
        primary: whether it is the next thing to do.
    """

    action_id: str
    text: str
    key: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class CardFact:
    """A line of the card's grid; texts are translated, tone is danger, warn, ok or ""."""

    label: str
    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of a list on the card: when, what, and up to two amounts as written."""

    when: str
    text: str
    amount: str = ""
    balance: str = ""


@dataclass(frozen=True, slots=True)
class CardSection:
    """What a room above tells on a patient's card; the application wires it in.

    Attributes:
        title: heading of a box or list; a section of facts alone needs none.
        facts: join the grid of the card.
        remarks: lines under a box's title, with their tone.
        buttons: make the section a box.
        lines: make it a list.
    """

    title: str = ""
    facts: tuple[CardFact, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    buttons: tuple[CardButton, ...] = ()
    lines: tuple[CardLine, ...] = ()


STATUS_WORDS: Final = {
    "active": Term(N_("active")),
    "prospective": Term(N_("prospective")),
    "inactive": Term(N_("inactive")),
    "deceased": Term(N_("deceased")),
}
GENDER_WORDS: Final = {
    "female": Term(N_("female")),
    "male": Term(N_("male")),
    "other": Term(N_("other")),
    "unknown": Term(N_("not said")),
}
CONTACT_WORDS: Final = {
    "mobile": Term(N_("Mobile")),
    "phone": Term(N_("Phone")),
    "email": Term(N_("E-mail")),
    "address": Term(N_("Address")),
}
ALERT_WORDS: Final = {
    "allergy": Term(N_("Allergy")),
    "clinical": Term(N_("Clinical")),
    "administrative": Term(N_("Administrative")),
}
RELATION_WORDS: Final = {
    "self": Term(N_("self")),
    "spouse": Term(N_("spouse")),
    "parent": Term(N_("parent")),
    "child": Term(N_("child")),
    "other": Term(N_("other")),
}
PURPOSE_WORDS: Final = {
    "treatment": Term(N_("Treatment")),
    "data": Term(N_("Keeping data")),
    "text_message": Term(N_("Text messages")),
    "email": Term(N_("E-mail")),
    "marketing": Term(N_("News from the clinic")),
}


def search_body(who: Demographics, chart_number: str, contacts: Sequence[ContactPoint]) -> str:
    """Return the text that finds a patient: names, birth date in three orders, phones, chart.

    A blank before and after lets trigrams tell whole words and beginnings from the middle.
    """
    parts = [who.folded_name, chart_number.casefold()]
    if who.born_on is not None:
        year, month, day = f"{who.born_on.year:04}", f"{who.born_on:%m}", f"{who.born_on:%d}"
        parts += [year + month + day, day + month + year, month + day + year]
    parts += [contact.folded for contact in contacts if contact.folded]
    return f" {' '.join(part for part in parts if part)} "


def check_who(who: Demographics, today: date) -> None:
    """Raise what is wrong with a patient's particulars."""
    if not fold(who.family_name):
        raise NameMissing(field="family_name")
    if who.born_on is not None and who.born_on > today:
        raise BornInFuture(field="born_on")
