# SPDX-License-Identifier: Apache-2.0
"""Reads a Synthea folder whole and says what is new. No lock is held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from clinicdesk.exchange import synthea
from clinicdesk.exchange.synthea import (
    CHARGE,
    PAYMENT,
    SyntheaClaim,
    SyntheaCoverage,
    SyntheaEncounter,
    SyntheaPatient,
    SyntheaPayer,
    SyntheaProvider,
    SyntheaTransaction,
)
from clinicdesk.moving.report import ALREADY_HERE, ImportReport
from clinicdesk.moving.synthea.plan import FILE, METHODS, NO_INSURANCE, Walk, walks
from clinicdesk.wording.text import N_

SOURCE = "synthea"

NOT_INSURED = N_("means no insurance, which is nobody")
UNKNOWN_PATIENT = N_("names a patient who is not in the files: {value}")
UNKNOWN_PROVIDER = N_("names a provider who is not in the files: {value}")
UNKNOWN_PAYER = N_("names a payer who is not in the files: {value}")
DUPLICATE = N_("repeats an identifier: {value}")
NOT_KEPT = N_("is read for its links only; ClinicDesk keeps no organizations or claims yet")
CLAIM_HERE = N_("belongs to a claim that was taken in by an earlier import")
METHOD_MAPPED = N_("the method {value} is put into our words")
ZERO_CHARGE = N_("is a charge of zero, kept without postings")

KINDS = (
    "payers", "organizations", "providers", "patients", "coverages", "visits", "claims",
    "charges", "payments", "adjustments", "transfers",
)  # fmt: skip
_KIND_OF = {
    "CHARGE": "charges",
    "PAYMENT": "payments",
    "ADJUSTMENT": "adjustments",
    "TRANSFEROUT": "transfers",
    "TRANSFERIN": "transfers",
}
Known = Mapping[str, Mapping[str, int]]
Row = TypeVar("Row", SyntheaPayer, SyntheaProvider, SyntheaPatient, SyntheaEncounter)


@dataclass(slots=True)
class Fresh:
    """What is new in a folder, by kind, and who insures whom."""

    payers: list[SyntheaPayer] = field(default_factory=list)
    providers: list[SyntheaProvider] = field(default_factory=list)
    patients: list[SyntheaPatient] = field(default_factory=list)
    coverages: list[SyntheaCoverage] = field(default_factory=list)
    insured: list[SyntheaCoverage] = field(default_factory=list)  # known ones as well
    visits: list[SyntheaEncounter] = field(default_factory=list)
    walks: list[Walk] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether anything is new."""
        return any(
            (self.payers, self.providers, self.patients, self.coverages, self.visits, self.walks)
        )


def kind_of(row: SyntheaTransaction) -> str:
    """Return the report's kind of a transaction."""
    return _KIND_OF[row.type]


def read(folder: Path, decimals: int, known: Known, report: ImportReport) -> Fresh:
    """Read every file, account for every line, and return what is to be written."""
    report.expect(*KINDS)
    fresh = Fresh()
    nobody = _payers(folder, known, report, fresh)
    for organization in synthea.organizations(folder):
        report.read("organizations")
        report.skip("organizations.csv", "organizations", organization.line, NOT_KEPT)
    providers = _new(
        synthea.providers(folder), "providers.csv", "providers", known, report, fresh.providers
    )
    patients = _new(
        synthea.patients(folder), "patients.csv", "patients", known, report, fresh.patients
    )
    _coverages(folder, known, report, fresh, patients, nobody)
    _visits(folder, known, report, fresh, patients, providers)
    _money(folder, decimals, known, report, fresh, (patients, providers, nobody))
    return fresh


def coverage_value(row: SyntheaCoverage, rank: int) -> str:
    """Return the identifier of a coverage: the files give none of their own."""
    return f"{row.patient}:{row.starts_at:%Y-%m-%d}:{rank}"


def _payers(folder: Path, known: Known, report: ImportReport, fresh: Fresh) -> frozenset[str]:
    nobody = {""}
    for row in synthea.payers(folder):
        report.read("payers")
        if row.name == NO_INSURANCE:
            nobody.add(row.id)
            report.skip("payers.csv", "payers", row.line, NOT_INSURED)
        elif row.id in known.get("payers", {}):
            report.skip("payers.csv", "payers", row.line, ALREADY_HERE)
        else:
            fresh.payers.append(row)
            report.take("payers.csv", "payers", row.line)
    return frozenset(nobody)


def _new(
    rows: Iterable[Row],
    file: str,
    kind: str,
    known: Known,
    report: ImportReport,
    fresh: list[Row],
    *,
    refuse: Callable[[Row], tuple[str, str] | None] = lambda _row: None,
) -> frozenset[str]:
    """Sort rows into new and known ones; return every id that may be pointed at."""
    here = known.get(kind, {})
    seen: set[str] = set()
    for row in rows:
        report.read(kind)
        reason = refuse(row)
        if row.id in here:
            report.skip(file, kind, row.line, ALREADY_HERE)
        elif row.id in seen:
            report.skip(file, kind, row.line, DUPLICATE, row.id)
        elif reason is not None:
            report.skip(file, kind, row.line, *reason)
            continue
        else:
            fresh.append(row)
            report.take(file, kind, row.line)
        seen.add(row.id)
    return frozenset(seen | set(here))


def _coverages(
    folder: Path,
    known: Known,
    report: ImportReport,
    fresh: Fresh,
    patients: frozenset[str],
    nobody: frozenset[str],
) -> None:
    file, kind = "payer_transitions.csv", "coverages"
    payers = {row.id for row in fresh.payers} | set(known.get("payers", {})) | nobody
    here = known.get(kind, {})
    seen: set[str] = set()
    for row in synthea.coverages(folder):
        report.read(kind)
        value = coverage_value(row, 1)
        unknown = {row.payer, row.second_payer} - payers
        if row.patient not in patients:
            report.skip(file, kind, row.line, UNKNOWN_PATIENT, row.patient)
        elif unknown:
            report.skip(file, kind, row.line, UNKNOWN_PAYER, min(unknown))
        elif row.payer in nobody:
            report.skip(file, kind, row.line, NOT_INSURED)
        elif value in seen:
            report.skip(file, kind, row.line, DUPLICATE, value)
        elif value in here:
            fresh.insured.append(row)
            report.skip(file, kind, row.line, ALREADY_HERE)
        else:
            fresh.insured.append(row)
            fresh.coverages.append(row)
            report.take(file, kind, row.line)
        seen.add(value)


def _visits(
    folder: Path,
    known: Known,
    report: ImportReport,
    fresh: Fresh,
    patients: frozenset[str],
    providers: frozenset[str],
) -> None:
    def refuse(row: SyntheaEncounter) -> tuple[str, str] | None:
        if row.patient not in patients:
            return UNKNOWN_PATIENT, row.patient
        return None if row.provider in providers else (UNKNOWN_PROVIDER, row.provider)

    _new(
        synthea.encounters(folder),
        "encounters.csv",
        "visits",
        known,
        report,
        fresh.visits,
        refuse=refuse,
    )


def _money(
    folder: Path,
    decimals: int,
    known: Known,
    report: ImportReport,
    fresh: Fresh,
    there: tuple[frozenset[str], frozenset[str], frozenset[str]],
) -> None:
    nobody = there[2]
    payers = frozenset({row.id for row in fresh.payers} | set(known.get("payers", {})) | nobody)
    claims: dict[str, SyntheaClaim] = {}
    for told in synthea.claims(folder):
        report.read("claims")
        report.skip("claims.csv", "claims", told.line, NOT_KEPT)
        claims[told.id] = told
    here = known.get("charges", {})
    rows: list[SyntheaTransaction] = []
    known_claims: set[str] = set()
    for row in synthea.transactions(folder, decimals):
        report.read(kind_of(row))
        if row.id in here:
            known_claims.add(row.claim)
            report.skip(FILE, kind_of(row), row.line, ALREADY_HERE)
        elif row.claim in known_claims:
            report.skip(FILE, kind_of(row), row.line, CLAIM_HERE)
        elif reason := _lost(row, claims.get(row.claim), there[0], there[1], payers):
            report.skip(FILE, kind_of(row), row.line, *reason)
        else:
            rows.append(row)
    fresh.walks, remarks = walks(rows, claims, nobody)
    skipped = {remark.row.line for remark in remarks if remark.skipped}
    for remark in remarks:
        note = report.skip if remark.skipped else report.map
        note(FILE, kind_of(remark.row), remark.row.line, remark.reason, remark.value)
    for row in rows:
        if row.line not in skipped:
            _taken(row, report)


def _taken(row: SyntheaTransaction, report: ImportReport) -> None:
    report.take(FILE, kind_of(row), row.line)
    if row.type == PAYMENT:
        words = f"{row.method} → {METHODS[row.method]}"
        report.map(FILE, "payments", row.line, METHOD_MAPPED, words)
    elif row.type == CHARGE and not row.minor:
        report.map(FILE, "charges", row.line, ZERO_CHARGE)


def _lost(
    row: SyntheaTransaction,
    claim: SyntheaClaim | None,
    patients: frozenset[str],
    providers: frozenset[str],
    payers: frozenset[str],
) -> tuple[str, str] | None:
    """Return what a line points at that is not there."""
    if row.patient not in patients:
        return UNKNOWN_PATIENT, row.patient
    if row.provider not in providers:
        return UNKNOWN_PROVIDER, row.provider
    foreign = {claim.payer, claim.second_payer} - payers if claim is not None else set()
    return (UNKNOWN_PAYER, min(foreign)) if foreign else None


__all__ = ["KINDS", "SOURCE", "Fresh", "coverage_value", "kind_of", "read"]
