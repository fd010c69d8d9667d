# SPDX-License-Identifier: Apache-2.0
"""Plans the patients: who they are, who pays for them, what insures them, what to know. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from clinicdesk.demo.cast import MEMBERS, Member
from clinicdesk.demo.catalogue import INSURERS
from clinicdesk.demo.names import Naming, Person

_DAY = timedelta(days=1)
_ALERTS = (
    ("allergy", "Allergy: penicillin"),
    ("allergy", "Allergy: latex"),
    ("allergy", "Allergy: iodine"),
    ("allergy", "Allergy: peanuts"),
    ("clinical", "Takes a blood thinner"),
    ("clinical", "Diabetes, insulin"),
    ("clinical", "Pacemaker"),
    ("administrative", "Needs an interpreter"),
    ("administrative", "Wheelchair: ground floor room"),
    ("administrative", "Please ask for a new address"),
)
_INSURED = 0.72
_DEPENDENT = 0.14


@dataclass(frozen=True, slots=True)
class Folk:
    """One patient of the plan.

    Attributes:
        joined_on: when the clinic first heard of them.
        guarantor: index of who pays, None for themselves.
        insurer: index into the insurers, None without insurance.
        member: number on the insurance card.
        insured_from: first day of the coverage.
    """

    person: Person
    born_on: date
    joined_on: date
    pronouns: str = ""
    guarantor: int | None = None
    relationship: str = "self"
    insurer: int | None = None
    member: str = ""
    insured_from: date | None = None
    alert: tuple[str, str] | None = None


def crowd(
    chance: Random, count: int, first_on: date, until: date, joins: Callable[[int], date]
) -> list[Folk]:
    """Return the patients: first the cast of the day, then everyone else by day of joining.

    Args:
        chance: decides everything.
        count: how many.
        first_on: first day of the clinic's history.
        until: the day the demo opens on.
        joins: gives the day a patient of an index is first known.
    """
    naming = Naming(chance)
    weights = [insurer.weight for insurer in INSURERS]
    folk: list[Folk] = []
    adults: list[int] = []
    for index in range(count):
        if index < len(MEMBERS):
            folk.append(_member(MEMBERS[index], index, first_on, until))
            continue
        joined = min(joins(index), until - _DAY)
        guarantor = None
        if adults and chance.random() < _DEPENDENT:
            guarantor = chance.choice(adults[-40:])
        household = None if guarantor is None else folk[guarantor].person
        person = naming.person(index + 1, household=household)
        relationship = "self"
        if guarantor is not None:
            child = chance.random() < 0.75
            relationship = "child" if child else "spouse"
            age = chance.randrange(0, 17 * 365) if child else chance.randrange(25 * 365, 70 * 365)
        else:
            age = min(96 * 365, int(chance.triangular(18 * 365, 96 * 365, 47 * 365)))
        insurer, member = None, ""
        if guarantor is not None:
            insurer = folk[guarantor].insurer
        elif chance.random() < _INSURED:
            insurer = chance.choices(range(len(INSURERS)), weights)[0]
        if insurer is not None:
            member = f"{'NHBCR'[insurer]}{chance.randrange(10**8):08}"
        folk.append(
            Folk(
                person,
                joined - age * _DAY,
                joined,
                "she/her" if person.gender == "female" and chance.random() < 0.05 else "",
                guarantor,
                relationship,
                insurer,
                member,
                joined - chance.randrange(0, 400) * _DAY if insurer is not None else None,
                chance.choice(_ALERTS) if chance.random() < 0.06 else None,
            )
        )
        if guarantor is None and age > 22 * 365:
            adults.append(index)
    return folk


def _member(member: Member, index: int, first_on: date, until: date) -> Folk:
    plain = Person(
        member.given,
        member.family,
        member.gender,
        member.language,
        member.mobile,
        f"patient{index + 1}@example.org",
        f"{index + 3} Harbour Street",
        "Fairhaven",
        f"FH1 {index % 9 + 1}AB",
    )
    joined = until - _DAY if member.newcomer else max(first_on, member.born_on + 7 * _DAY)
    return Folk(
        plain,
        member.born_on,
        joined,
        member.pronouns,
        insurer=member.insurer,
        member="" if member.insurer is None else f"{'NHBCR'[member.insurer]}{4_410_000 + index:08}",
        insured_from=None if member.insurer is None else joined,
        alert=member.alert,
    )
