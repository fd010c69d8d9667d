# SPDX-License-Identifier: Apache-2.0
"""Writes what is new of a Synthea folder, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from clinicdesk.exchange.synthea import (
    SyntheaCoverage,
    SyntheaEncounter,
    SyntheaPatient,
    SyntheaPayer,
    SyntheaProvider,
)
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import PatientId, StaffId
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.moving import identifiers
from clinicdesk.moving.departments import Clinic
from clinicdesk.moving.report import ImportReport
from clinicdesk.moving.rights import MAY_IMPORT, Cancelled, Progress, never, silent
from clinicdesk.moving.synthea import handouts
from clinicdesk.moving.synthea.posting import Posted, Standing, post, totals
from clinicdesk.moving.synthea.reading import SOURCE, Fresh, Known, coverage_value, read
from clinicdesk.patients.model import (
    AddCoverage,
    AddPayer,
    ContactPoint,
    Demographics,
    RegisterPatient,
)
from clinicdesk.schedule.model import PastVisit
from clinicdesk.staff.model import AddStaff
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import _

_GENDERS = {"F": "female", "M": "male"}
_RELATIONSHIPS = {"Self": "self", "Spouse": "spouse", "Guardian": "child"}
_PAYER_KINDS = {"GOVERNMENT": "government", "PRIVATE": "commercial"}
_ROLES = {"GENERAL PRACTICE": "gp"}
_DAY = timedelta(days=1)


def import_synthea(
    clinic: Clinic,
    folder: Path,
    actor: Actor,
    *,
    dry_run: bool = False,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> ImportReport:
    """Bring in patients, payers, coverages, providers, visits and money of a Synthea folder.

    Args:
        clinic: where to.
        folder: holds the CSV files.
        actor: needs the right to import.
        dry_run: read, check and report only.
        progress: told (done, total, words).
        cancelled: asked before the transaction begins; never inside it.

    Raises:
        Refusal: a file cannot be read, or a business day is closed; nothing was written.
    """
    actor.require(MAY_IMPORT)
    currency = clinic.records.profile.currency
    report = ImportReport(SOURCE, currency.code, dry_run)
    progress(0, 8, _("Reading"))
    with clinic.records.read() as reading:
        known = identifiers.known(reading, SOURCE)
    fresh = read(folder, currency.decimals, known, report)
    everybody = frozenset({row.id for row in fresh.patients} | set(known.get("patients", {})))
    given = handouts.read(folder, known, everybody, report)
    charged, paid, adjusted, moved = totals(fresh.walks)
    if cancelled():
        return ImportReport(SOURCE, currency.code, dry_run, cancelled=True)
    if not dry_run and (fresh or given):
        posted = _write(clinic, (fresh, given), known, actor, progress)
        charged, paid = posted.charges_minor, posted.payments_minor
        adjusted, moved = posted.adjustments_minor, posted.transfers_minor
    report.charges_minor, report.payments_minor = charged, paid
    report.adjustments_minor, report.transfers_minor = adjusted, moved
    progress(8, 8, _("Done"))
    return report


def _write(
    clinic: Clinic,
    read_in: tuple[Fresh, handouts.Handouts],
    known: Known,
    actor: Actor,
    progress: Progress,
) -> Posted:
    fresh, given = read_in
    with clinic.records.write(actor, "moving.import_synthea") as work:
        if identifiers.known(work, SOURCE) != known:
            raise StaleCopy  # somebody else imported meanwhile
        ids = {kind: dict(values) for kind, values in known.items()}

        def keep(kind: str, new: Mapping[str, int]) -> None:
            identifiers.keep(work, SOURCE, kind, new)
            ids.setdefault(kind, {}).update(new)

        progress(1, 8, _("Insurers and staff"))
        keep("payers", _payers(work, clinic, fresh.payers))
        keep("providers", _providers(work, clinic, fresh.providers))
        progress(2, 8, _("Patients"))
        keep("patients", _patients(work, clinic, fresh.patients))
        keep("coverages", _coverages(work, clinic, fresh.coverages, ids))
        progress(3, 8, _("Visits"))
        keep("visits", _visits(work, clinic, fresh.visits, ids))
        progress(4, 8, _("Charges and payments"))
        standing = Standing(
            ids.get("patients", {}),
            ids.get("payers", {}),
            ids.get("providers", {}),
            ids.get("visits", {}),
            _Insured(work.zone, fresh.insured, ids.get("coverages", {})).coverage,
        )
        posted = post(work, clinic.ledger, fresh.walks, standing)
        keep("charges", posted.charges)
        keep("receipts", posted.receipts)
        progress(6, 8, _("Supplies"))
        handouts.write(work, clinic, SOURCE, given, ids)
        progress(7, 8, _("Finishing"))
        work.record(
            "import",
            None,
            after={
                "source": SOURCE,
                "patients": len(fresh.patients),
                "visits": len(fresh.visits),
                "charges": len(posted.charges),
                "charges_minor": posted.charges_minor,
                "payments_minor": posted.payments_minor,
            },
        )
    return posted


def _payers(work: UnitOfWork, clinic: Clinic, rows: Sequence[SyntheaPayer]) -> dict[str, int]:
    return {
        row.id: clinic.patients.add_payer_in(
            work,
            AddPayer(row.name, _PAYER_KINDS.get(row.ownership, "other"), row.phone, row.address),
        )
        for row in rows
    }


def _providers(work: UnitOfWork, clinic: Clinic, rows: Sequence[SyntheaProvider]) -> dict[str, int]:
    return {
        row.id: clinic.staff.add_in(
            work,
            AddStaff(
                row.name,
                "".join(word[0] for word in row.name.split()[:2]).upper(),
                _ROLES.get(row.speciality, row.speciality.casefold() or "provider"),
                True,
                number % 8,
            ),
        )
        for number, row in enumerate(rows)
    }


def _patients(work: UnitOfWork, clinic: Clinic, rows: Sequence[SyntheaPatient]) -> dict[str, int]:
    commands = [
        RegisterPatient(
            Demographics(
                family_name=row.family,
                given_name=row.given,
                prefix=row.prefix,
                suffix=row.suffix,
                birth_name=row.birth_family,
                born_on=row.born_on,
                gender=_GENDERS.get(row.gender, "unknown"),
                status="active" if row.died_on is None else "deceased",
                deceased_on=row.died_on,
            ),
            (
                ContactPoint(
                    "address",
                    row.address,
                    city=row.city,
                    region=row.state,
                    postcode=row.postcode,
                    country="US",
                ),
            )
            if row.address
            else (),
        )
        for row in rows
    ]
    numbers = clinic.patients.register_many(work, commands)
    return {row.id: number for row, number in zip(rows, numbers, strict=True)}


def _coverages(
    work: UnitOfWork,
    clinic: Clinic,
    rows: Sequence[SyntheaCoverage],
    ids: Mapping[str, Mapping[str, int]],
) -> dict[str, int]:
    values: list[str] = []
    commands: list[AddCoverage] = []
    for row in rows:
        first, last = _days(work.zone, row)
        for rank, payer in enumerate((row.payer, row.second_payer), 1):
            if payer in ids["payers"]:
                values.append(coverage_value(row, rank))
                commands.append(
                    AddCoverage(
                        ids["patients"][row.patient],
                        ids["payers"][payer],
                        first,
                        last,
                        member_id=row.member,
                        rank=rank,
                        relationship=_RELATIONSHIPS.get(row.ownership, "other"),
                    )
                )
    if not commands:
        return {}
    return dict(zip(values, clinic.patients.add_coverages_in(work, commands), strict=True))


def _visits(
    work: UnitOfWork,
    clinic: Clinic,
    rows: Sequence[SyntheaEncounter],
    ids: Mapping[str, Mapping[str, int]],
) -> dict[str, int]:
    visits = [
        PastVisit(
            PatientId(ids["patients"][row.patient]),
            StaffId(ids["providers"][row.provider]),
            row.starts_at,
            row.ends_at,
            row.kind or "ambulatory",
            row.description,
            (row.reason_code,) if row.reason_code else (),
        )
        for row in rows
    ]
    numbers = clinic.schedule.take_visits(work, visits)
    return {row.id: number for row, number in zip(rows, numbers, strict=True)}


class _Insured:
    """Finds the coverage that stood behind a charge."""

    def __init__(
        self, zone: ClinicZone, rows: Sequence[SyntheaCoverage], ids: Mapping[str, int]
    ) -> None:
        self._spans: dict[tuple[str, str], list[tuple[date, date | None, int]]] = {}
        for row in rows:
            first, last = _days(zone, row)
            for rank, payer in enumerate((row.payer, row.second_payer), 1):
                number = ids.get(coverage_value(row, rank))
                if number is not None:
                    mine = self._spans.setdefault((row.patient, payer), [])
                    mine.append((first, last, number))

    def coverage(self, patient: str, payer: str, on: date) -> int | None:
        """Return the id of the coverage, or None."""
        return next(
            (
                number
                for first, last, number in self._spans.get((patient, payer), ())
                if first <= on and (last is None or on <= last)
            ),
            None,
        )


def _days(zone: ClinicZone, row: SyntheaCoverage) -> tuple[date, date | None]:
    """Return first and last day; the file's end is the instant the next coverage begins."""
    first = zone.day(row.starts_at)
    last = None if row.ends_at is None else max(first, zone.day(row.ends_at) - _DAY)
    return first, last
