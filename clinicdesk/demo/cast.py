# SPDX-License-Identifier: Apache-2.0
"""The day the demo opens on: who is in the book, and how far the morning has come.

It is 10:22. Times are wall minutes of the day; a stamp is the minute a state began.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

NOW = 10 * 60 + 22


@dataclass(frozen=True, slots=True)
class Member:
    """A patient of the day.

    Attributes:
        insurer: index into the insurers, None for somebody who pays alone.
        owes: what is left open from an earlier visit, in whole units, and how many days ago.
        alert: (kind, wording) of what everyone must know.
        newcomer: first visit today.
    """

    given: str
    family: str
    gender: str
    born_on: date
    mobile: str
    insurer: int | None = None
    pronouns: str = ""
    owes: tuple[int, int] | None = None
    alert: tuple[str, str] | None = None
    newcomer: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Scene:
    """One card of the day.

    Attributes:
        provider: index into the jobs.
        kind: visit type, or "" for a block whose wording is ``who``.
        booking: booked, arrived, in_room, checkout, done, no_show or cancelled.
        confirmed: the patient was reached.
        arrived, roomed, leaving, done: wall minutes at which the states began.
    """

    provider: int
    starts: int
    minutes: int
    kind: str
    who: str
    booking: str = "booked"
    confirmed: bool = False
    arrived: int = 0
    roomed: int = 0
    leaving: int = 0
    done: int = 0
    overbook: bool = False
    walk_in: bool = False


def _at(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


_PENICILLIN = ("allergy", "Allergy: penicillin (anaphylaxis)")
_BLOOD_THINNER = ("clinical", "Takes a blood thinner")
_LATEX = ("allergy", "Allergy: latex")

MEMBERS = (
    Member("Grace", "Adeyemi", "female", date(1979, 3, 12), "+44 7700 900142", 1, "she/her",
           (40, 34), _PENICILLIN),
    Member("Björn", "Lindqvist", "male", date(1958, 8, 2), "+44 7700 900107", 0, language="sv"),
    Member("Carmen", "Ruiz", "female", date(1967, 1, 25), "+44 7700 900118", 3, language="es"),
    Member("Priya", "Nair", "female", date(1991, 6, 14), "+44 7700 900121", None, "she/her",
           newcomer=True),
    Member("Tom", "Whitfield", "male", date(1949, 11, 30), "+44 7700 900133", 2,
           alert=_BLOOD_THINNER),
    Member("Hannah", "Vogel", "female", date(1972, 4, 9), "+44 7700 900139", 1, language="de"),
    Member("Omar", "Haddad", "male", date(1984, 9, 17), "+44 7700 900151", 3),
    Member("Elsie", "Park", "female", date(2022, 2, 11), "+44 7700 900152", 0),
    Member("Noah", "Jensen", "male", date(1995, 12, 3), "+44 7700 900158", 4, "he/him",
           (120, 52), _LATEX),
    Member("Wilhelmina", "van den Bergh-Fotheringay", "female", date(1941, 5, 21),
           "+44 7700 900163", 2, language="nl"),
    Member("Jack", "Doyle", "male", date(1988, 7, 7), "+44 7700 900164"),
    Member("Aisha", "Khan", "female", date(1999, 10, 19), "+44 7700 900170", 3, newcomer=True),
    Member("Marta", "Nowak", "female", date(1963, 3, 3), "+44 7700 900174", 0, language="pl"),
    Member("Luís", "Ferreira", "male", date(1980, 2, 28), "+44 7700 900175", 2, language="pt"),
    Member("Sofia", "Rossi", "female", date(1993, 8, 24), "+44 7700 900181", 1, language="it"),
    Member("Ben", "Carter", "male", date(1976, 6, 6), "+44 7700 900188", 0),
    Member("Yuki", "Sato", "female", date(1986, 1, 15), "+44 7700 900190", 4),
    Member("Ivan", "Petrov", "male", date(1954, 4, 27), "+44 7700 900196", 3,
           alert=("clinical", "Hard of hearing: speak to the left side")),
    Member("Fatima", "Zahra", "female", date(1990, 12, 12), "+44 7700 900204", 1,
           owes=(95, 101), newcomer=False),
    Member("Léo", "Martin", "male", date(1969, 9, 9), "+44 7700 900205", 2, language="fr"),
    Member("Chloé", "Dubois", "female", date(1982, 5, 5), "+44 7700 900211", 0, language="fr"),
    Member("Ravi", "Patel", "male", date(1974, 2, 2), "+44 7700 900219", 3),
    Member("Anna", "Schmidt", "female", date(1957, 7, 18), "+44 7700 900223", 1, language="de"),
    Member("George", "Hill", "male", date(1966, 10, 10), "+44 7700 900226", owes=(75, 140)),
    Member("Iris", "Cohen", "female", date(1951, 12, 1), "+44 7700 900231", 2),
    Member("Paul", "Adams", "male", date(1985, 3, 29), "+44 7700 900237", 0),
    Member("Nina", "Berg", "female", date(1997, 11, 11), "+44 7700 900240", 1),
    Member("Zoë", "Lambert", "female", date(1978, 8, 8), "+44 7700 900245", 4, language="fr"),
    Member("Kofi", "Mensah", "male", date(1960, 6, 23), "+44 7700 900251", 3),
    Member("Ella", "Brown", "female", date(2001, 1, 31), "+44 7700 900256", 0),
    Member("Diego", "Álvarez", "male", date(1989, 9, 1), "+44 7700 900262", 1, language="es"),
    Member("Mia", "Thompson", "female", date(1994, 4, 4), "+44 7700 900267", 0, newcomer=True),
    Member("Felix", "Wagner", "male", date(1971, 10, 26), "+44 7700 900271", 2, language="de"),
    Member("Ruth", "Levi", "female", date(1947, 2, 16), "+44 7700 900278", 3, owes=(60, 75)),
    Member("Seán", "O'Brien", "male", date(1983, 12, 20), "+44 7700 900284", 4, language="ga"),
)  # fmt: skip

# What is written on file: place in the cast, words.
NOTES = (
    (0, "Flu vaccine due. Prefers mornings."),
    (4, "Daughter comes along and drives."),
    (17, "Will bring the hospital letter."),
)
# Who would like to come earlier: place in the cast, visit type, wishes, urgent.
WISHES = (
    (10, "followup", "Any morning before work", False),
    (21, "results", "Tuesday or Thursday", True),
    (29, "bloods", "Before 9", False),
    (32, "shoulder", "After 16:00", False),
)

SCENES = (
    # Dr Amara Osei
    Scene(0, _at("9:00"), 15, "followup", "Björn Lindqvist", "done",
          arrived=_at("8:51"), roomed=_at("9:01"), leaving=_at("9:13"), done=_at("9:17")),
    Scene(0, _at("9:15"), 15, "script", "Carmen Ruiz", "done",
          arrived=_at("9:08"), roomed=_at("9:16"), leaving=_at("9:26"), done=_at("9:31")),
    Scene(0, _at("9:30"), 30, "new", "Priya Nair", "checkout",
          arrived=_at("9:19"), roomed=_at("9:34"), leaving=_at("10:16")),
    Scene(0, _at("10:00"), 15, "results", "Tom Whitfield", "in_room",
          arrived=_at("9:52"), roomed=_at("10:13")),
    Scene(0, _at("10:15"), 15, "followup", "Grace Adeyemi", "arrived", arrived=_at("10:05"),
          confirmed=True),
    Scene(0, _at("10:30"), 30, "diabetes", "Hannah Vogel", "arrived", arrived=_at("10:18")),
    Scene(0, _at("11:00"), 15, "followup", "Omar Haddad", confirmed=True),
    Scene(0, _at("11:15"), 15, "child", "Elsie Park"),
    Scene(0, _at("11:30"), 30, "procedure", "Noah Jensen", confirmed=True),
    Scene(0, _at("12:30"), 60, "", "Lunch"),
    Scene(0, _at("13:30"), 30, "long", "Wilhelmina van den Bergh-Fotheringay", confirmed=True),
    Scene(0, _at("14:15"), 15, "followup", "Jack Doyle"),
    Scene(0, _at("15:00"), 30, "new", "Aisha Khan"),
    # Dr Lena Fischer
    Scene(1, _at("8:00"), 30, "health", "Marta Nowak", "done",
          arrived=_at("7:54"), roomed=_at("8:02"), leaving=_at("8:27"), done=_at("8:33")),
    Scene(1, _at("8:30"), 15, "followup", "Luís Ferreira", "done",
          arrived=_at("8:22"), roomed=_at("8:34"), leaving=_at("8:46"), done=_at("8:50")),
    Scene(1, _at("9:00"), 30, "antenatal", "Sofia Rossi", "done",
          arrived=_at("8:49"), roomed=_at("9:03"), leaving=_at("9:29"), done=_at("9:36")),
    Scene(1, _at("9:45"), 30, "followup", "Ben Carter", "in_room",
          arrived=_at("9:41"), roomed=_at("9:56")),
    Scene(1, _at("10:30"), 15, "script", "Yuki Sato", confirmed=True),
    Scene(1, _at("10:30"), 30, "results", "Ivan Petrov", "arrived", arrived=_at("9:51"),
          overbook=True, walk_in=True),
    Scene(1, _at("11:15"), 30, "new", "Fatima Zahra", confirmed=True),
    Scene(1, _at("12:00"), 60, "", "Lunch"),
    Scene(1, _at("13:00"), 15, "followup", "Léo Martin", "cancelled"),
    Scene(1, _at("13:30"), 45, "surgery", "Chloé Dubois", confirmed=True),
    Scene(1, _at("15:00"), 15, "followup", "Ravi Patel"),
    # Mei Tanaka RN
    Scene(2, _at("8:15"), 15, "bloods", "Anna Schmidt", "done",
          arrived=_at("8:07"), roomed=_at("8:16"), leaving=_at("8:26"), done=_at("8:29")),
    Scene(2, _at("8:30"), 15, "bloods", "George Hill", "no_show"),
    Scene(2, _at("9:00"), 15, "dressing", "Iris Cohen", "done",
          arrived=_at("8:55"), roomed=_at("9:02"), leaving=_at("9:13"), done=_at("9:16")),
    Scene(2, _at("9:30"), 30, "vaccination", "Paul Adams", "checkout",
          arrived=_at("9:24"), roomed=_at("9:33"), leaving=_at("10:19")),
    Scene(2, _at("10:00"), 15, "bloods", "Nina Berg", "arrived", arrived=_at("10:10")),
    Scene(2, _at("10:30"), 15, "ecg", "Zoë Lambert", confirmed=True),
    Scene(2, _at("11:00"), 30, "dressing", "Kofi Mensah", confirmed=True),
    Scene(2, _at("12:30"), 30, "", "Lunch"),
    Scene(2, _at("13:15"), 15, "bloods", "Ella Brown"),
    Scene(2, _at("14:00"), 60, "", "Vaccination clinic"),
    # Sam Ortiz
    Scene(3, _at("10:00"), 45, "knee", "Diego Álvarez", "in_room",
          arrived=_at("9:50"), roomed=_at("10:01")),
    Scene(3, _at("11:00"), 45, "assessment", "Mia Thompson", confirmed=True),
    Scene(3, _at("12:00"), 30, "shoulder", "Felix Wagner"),
    Scene(3, _at("13:00"), 45, "", "Lunch"),
    Scene(3, _at("14:00"), 45, "back", "Ruth Levi", confirmed=True),
    Scene(3, _at("15:15"), 45, "gait", "Seán O'Brien"),
)  # fmt: skip
