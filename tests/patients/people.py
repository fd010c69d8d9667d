# SPDX-License-Identifier: Apache-2.0
"""A clinic with a handful of patients whose names are easy to confuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clinicdesk.kernel.actors import Actor
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients.model import ContactPoint, Demographics, RegisterPatient
from clinicdesk.patients.service import Patients
from clinicdesk.storage.records import Records
from tests.support.clinics import an_actor, some_records

NAMES = (
    ("Adeyemi", "Grace", date(1979, 3, 12), "+44 7700 900142"),
    ("Nguyễn", "Minh Anh", date(1990, 12, 3), "(212) 555-0147"),
    ("Müller-Lüdenscheidt", "Jörg", date(1961, 1, 31), "+49 30 23125 014"),
    ("O'Brien", "Séan", date(2001, 7, 4), "07700 900771"),
    ("Smith", "Ann", date(1955, 5, 5), "020 7946 0018"),
    ("Smithson", "Hannah", date(1988, 8, 8), "020 7946 0019"),
    ("Ann", "Smithers", date(1970, 10, 9), "020 7946 0020"),
    ("Łukasiewicz", "Paweł", date(1983, 11, 30), "+48 12 345 67 89"),
    ("王", "小明", date(1999, 9, 9), "+86 10 5555 0123"),
    ("de la Cruz", "María José", date(1948, 2, 29), "+34 910 555 012"),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a test works with."""

    records: Records
    patients: Patients
    actor: Actor

    def register(self, *people: tuple[str, str, date | None, str]) -> list[int]:
        """Register people; return their ids in order."""
        return [
            self.patients.register(
                RegisterPatient(
                    Demographics(family, given, born_on=born),
                    (ContactPoint("mobile", phone),) if phone else (),
                ),
                self.actor,
            ).value
            for family, given, born, phone in people
        ]

    def found(self, typed: str) -> list[str]:
        """Return the names found, best first."""
        return [hit.name for hit in self.patients.search(typed, self.actor)]


def a_desk(folder: Path) -> Desk:
    """Open an empty clinic."""
    records = some_records(folder)
    return Desk(records, Patients(records, Ledger(records)), an_actor())
