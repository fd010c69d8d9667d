# SPDX-License-Identifier: Apache-2.0
"""Reads the CSV export of Synthea, an open generator of invented patients.

Only the files of a practice's front and back office are read. Amounts come as integer minor
units, instants in UTC. In ``claims_transactions`` the money stands in a column by type: AMOUNT of
a CHARGE, PAYMENTS of a PAYMENT, ADJUSTMENTS of an ADJUSTMENT, TRANSFERS of a transfer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from clinicdesk.exchange.delimited import Line, lines
from clinicdesk.wording.text import N_

CHARGE = "CHARGE"
PAYMENT = "PAYMENT"
ADJUSTMENT = "ADJUSTMENT"
TRANSFER_OUT = "TRANSFEROUT"
TRANSFER_IN = "TRANSFERIN"
_MONEY = {
    CHARGE: "AMOUNT",
    PAYMENT: "PAYMENTS",
    ADJUSTMENT: "ADJUSTMENTS",
    TRANSFER_OUT: "TRANSFERS",
    TRANSFER_IN: "TRANSFERS",
}
FILES = (
    "payers.csv",
    "organizations.csv",
    "providers.csv",
    "patients.csv",
    "payer_transitions.csv",
    "encounters.csv",
    "claims.csv",
    "claims_transactions.csv",
)


@dataclass(frozen=True, slots=True)
class SyntheaPayer:
    """An insurer; ``NO_INSURANCE`` is one of them."""

    line: int
    id: str
    name: str
    ownership: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class SyntheaOrganization:
    """Where providers work."""

    line: int
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class SyntheaProvider:
    """Somebody who treats."""

    line: int
    id: str
    organization: str
    name: str
    speciality: str


@dataclass(frozen=True, slots=True)
class SyntheaPatient:
    """A person; names carry digits in Synthea, they are kept."""

    line: int
    id: str
    born_on: date | None
    died_on: date | None
    prefix: str
    given: str
    family: str
    suffix: str
    birth_family: str
    gender: str
    address: str
    city: str
    state: str
    postcode: str


@dataclass(frozen=True, slots=True)
class SyntheaCoverage:
    """A stretch of insurance; ``ends_at`` is the instant the next one begins."""

    line: int
    patient: str
    member: str
    starts_at: datetime
    ends_at: datetime | None
    payer: str
    second_payer: str
    ownership: str
    owner: str


@dataclass(frozen=True, slots=True)
class SyntheaEncounter:
    """A visit."""

    line: int
    id: str
    starts_at: datetime
    ends_at: datetime | None
    patient: str
    provider: str
    payer: str
    kind: str
    code: str
    description: str
    reason_code: str
    reason: str


@dataclass(frozen=True, slots=True)
class SyntheaClaim:
    """A bill to one or two insurers for one encounter, or to the patient.

    Attributes:
        diagnoses: codes in order; transactions point at them by number.
    """

    line: int
    id: str
    patient: str
    provider: str
    payer: str
    second_payer: str
    encounter: str
    diagnoses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SyntheaTransaction:
    """One line of a claim's account.

    Attributes:
        number: CHARGEID, a counter over the whole file.
        type: CHARGE, PAYMENT, ADJUSTMENT, TRANSFEROUT or TRANSFERIN.
        minor: the amount of this type.
        method: of a payment: CASH, CC, CHECK, COPAY or ECHECK.
        to: of a charge and a transfer in, who owes now: 1, 2 (insurers) or p (patient).
        moved: of a transfer in, the number of its transfer out.
        outstanding_minor: what the file says is open after this line.
    """

    line: int
    id: str
    claim: str
    number: int
    patient: str
    type: str
    minor: int
    method: str
    happened_at: datetime
    code: str
    modifiers: str
    units: int
    notes: str
    to: str
    moved: str
    outstanding_minor: int
    encounter: str
    provider: str
    diagnosis_refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SyntheaHandout:
    """Something given to a patient at an encounter: a supply, or a dose of a vaccine."""

    line: int
    patient: str
    encounter: str
    given_on: date | None
    code: str
    description: str
    quantity: int


def payers(folder: Path) -> Iterator[SyntheaPayer]:
    """Read ``payers.csv``."""
    columns = ("Id", "NAME", "OWNERSHIP", "ADDRESS", "CITY", "STATE_HEADQUARTERED", "ZIP", "PHONE")
    for row in lines(folder / "payers.csv", columns):
        town = " ".join(
            filter(None, (row.text("CITY"), row.text("STATE_HEADQUARTERED"), row.text("ZIP")))
        )
        address = "\n".join(filter(None, (row.text("ADDRESS"), town)))
        yield SyntheaPayer(
            row.number,
            row.needed("Id"),
            row.needed("NAME"),
            row.text("OWNERSHIP"),
            address,
            row.text("PHONE"),
        )


def organizations(folder: Path) -> Iterator[SyntheaOrganization]:
    """Read ``organizations.csv``."""
    for row in lines(folder / "organizations.csv", ("Id", "NAME")):
        yield SyntheaOrganization(row.number, row.needed("Id"), row.text("NAME"))


def providers(folder: Path) -> Iterator[SyntheaProvider]:
    """Read ``providers.csv``."""
    for row in lines(folder / "providers.csv", ("Id", "ORGANIZATION", "NAME", "SPECIALITY")):
        yield SyntheaProvider(
            row.number,
            row.needed("Id"),
            row.text("ORGANIZATION"),
            row.needed("NAME"),
            row.text("SPECIALITY"),
        )


def patients(folder: Path) -> Iterator[SyntheaPatient]:
    """Read ``patients.csv``."""
    columns = (
        *("Id", "BIRTHDATE", "DEATHDATE", "PREFIX", "FIRST", "LAST", "SUFFIX", "MAIDEN"),
        *("GENDER", "ADDRESS", "CITY", "STATE", "ZIP"),
    )
    for row in lines(folder / "patients.csv", columns):
        yield SyntheaPatient(
            row.number,
            row.needed("Id"),
            row.day("BIRTHDATE"),
            row.day("DEATHDATE"),
            row.text("PREFIX"),
            row.needed("FIRST"),
            row.needed("LAST"),
            row.text("SUFFIX"),
            row.text("MAIDEN"),
            row.text("GENDER"),
            row.text("ADDRESS"),
            row.text("CITY"),
            row.text("STATE"),
            row.text("ZIP"),
        )


def coverages(folder: Path) -> Iterator[SyntheaCoverage]:
    """Read ``payer_transitions.csv``."""
    columns = (
        *("PATIENT", "MEMBERID", "START_DATE", "END_DATE", "PAYER", "SECONDARY_PAYER"),
        *("PLAN_OWNERSHIP", "OWNER_NAME"),
    )
    for row in lines(folder / "payer_transitions.csv", columns):
        yield SyntheaCoverage(
            row.number,
            row.needed("PATIENT"),
            row.text("MEMBERID"),
            _instant(row, "START_DATE"),
            row.instant("END_DATE"),
            row.needed("PAYER"),
            row.text("SECONDARY_PAYER"),
            row.text("PLAN_OWNERSHIP"),
            row.text("OWNER_NAME"),
        )


def encounters(folder: Path) -> Iterator[SyntheaEncounter]:
    """Read ``encounters.csv``."""
    columns = (
        *("Id", "START", "STOP", "PATIENT", "PROVIDER", "PAYER", "ENCOUNTERCLASS", "CODE"),
        *("DESCRIPTION", "REASONCODE", "REASONDESCRIPTION"),
    )
    for row in lines(folder / "encounters.csv", columns):
        yield SyntheaEncounter(
            row.number,
            row.needed("Id"),
            _instant(row, "START"),
            row.instant("STOP"),
            row.needed("PATIENT"),
            row.needed("PROVIDER"),
            row.text("PAYER"),
            row.text("ENCOUNTERCLASS"),
            row.text("CODE"),
            row.text("DESCRIPTION"),
            row.text("REASONCODE"),
            row.text("REASONDESCRIPTION"),
        )


def claims(folder: Path) -> Iterator[SyntheaClaim]:
    """Read ``claims.csv``."""
    diagnoses = tuple(f"DIAGNOSIS{number}" for number in range(1, 9))
    columns = (
        *("Id", "PATIENTID", "PROVIDERID", "PRIMARYPATIENTINSURANCEID"),
        *("SECONDARYPATIENTINSURANCEID", "APPOINTMENTID", *diagnoses),
    )
    for row in lines(folder / "claims.csv", columns):
        yield SyntheaClaim(
            row.number,
            row.needed("Id"),
            row.needed("PATIENTID"),
            row.needed("PROVIDERID"),
            row.text("PRIMARYPATIENTINSURANCEID"),
            row.text("SECONDARYPATIENTINSURANCEID"),
            row.text("APPOINTMENTID"),
            tuple(row.text(column) for column in diagnoses if row.text(column)),
        )


def transactions(folder: Path, decimals: int) -> Iterator[SyntheaTransaction]:
    """Read ``claims_transactions.csv``; amounts in units of so many decimals."""
    modifiers = ("MODIFIER1", "MODIFIER2")
    refs = tuple(f"DIAGNOSISREF{number}" for number in range(1, 5))
    columns = (
        *("ID", "CLAIMID", "CHARGEID", "PATIENTID", "TYPE", "AMOUNT", "METHOD", "FROMDATE"),
        *("PROCEDURECODE", "UNITS", "NOTES", "TRANSFEROUTID", "TRANSFERTYPE", "PAYMENTS"),
        *("ADJUSTMENTS", "TRANSFERS", "OUTSTANDING", "APPOINTMENTID", "PROVIDERID"),
        *modifiers,
        *refs,
    )
    for row in lines(folder / "claims_transactions.csv", columns):
        kind = row.needed("TYPE")
        if kind not in _MONEY:
            raise row.wrong("TYPE", N_("{file}, line {line}: {column} is not known: {value}"))
        yield SyntheaTransaction(
            row.number,
            row.needed("ID"),
            row.needed("CLAIMID"),
            row.whole("CHARGEID"),
            row.needed("PATIENTID"),
            kind,
            row.minor(_MONEY[kind], decimals),
            row.text("METHOD"),
            _instant(row, "FROMDATE"),
            row.text("PROCEDURECODE"),
            " ".join(filter(None, map(row.text, modifiers))),
            row.whole("UNITS", 1),
            row.text("NOTES"),
            row.text("TRANSFERTYPE"),
            row.text("TRANSFEROUTID"),
            row.minor("OUTSTANDING", decimals),
            row.text("APPOINTMENTID"),
            row.needed("PROVIDERID"),
            tuple(row.whole(column) for column in refs if row.text(column)),
        )


def supplies(folder: Path) -> Iterator[SyntheaHandout]:
    """Read ``supplies.csv``, which older exports lack."""
    yield from _handouts(folder / "supplies.csv", ("QUANTITY",))


def immunizations(folder: Path) -> Iterator[SyntheaHandout]:
    """Read ``immunizations.csv``, which a folder may lack; a line is one dose."""
    yield from _handouts(folder / "immunizations.csv", ())


def _handouts(path: Path, quantity: tuple[str, ...]) -> Iterator[SyntheaHandout]:
    if not path.is_file():
        return
    columns = ("DATE", "PATIENT", "ENCOUNTER", "CODE", "DESCRIPTION", *quantity)
    for row in lines(path, columns):
        yield SyntheaHandout(
            row.number,
            row.needed("PATIENT"),
            row.text("ENCOUNTER"),
            row.day("DATE"),
            row.needed("CODE"),
            " ".join(row.needed("DESCRIPTION").split()),
            row.whole(quantity[0], 1) if quantity else 1,
        )


def _instant(row: Line, column: str) -> datetime:
    row.needed(column)
    told = row.instant(column)
    assert told is not None  # noqa: S101 -- needed() refused an empty cell
    return told
