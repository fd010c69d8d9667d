# SPDX-License-Identifier: Apache-2.0
"""Supplies and vaccines that a Synthea folder says were given to patients.

They become items, and uses of the past that name patient and visit: who got what is known, while
shelves and ledger stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from clinicdesk.exchange import synthea
from clinicdesk.exchange.synthea import SyntheaHandout
from clinicdesk.kernel.folding import fold
from clinicdesk.moving import queries
from clinicdesk.moving.departments import Clinic
from clinicdesk.moving.identifiers import keep
from clinicdesk.moving.report import ALREADY_HERE, ImportReport
from clinicdesk.stock.model import PastUse, SaveItem
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import N_, _

KINDS: Final = ("supplies", "immunizations")
UNKNOWN_PATIENT: Final = N_("names a patient who is not in the files: {value}")
NOT_GIVEN: Final = N_("says no day, or nothing was given")
NO_VALUE: Final = N_("came and went in the other program; it is kept at no value")
Known = Mapping[str, Mapping[str, int]]


@dataclass(slots=True)
class Handouts:
    """What is new, each with its identifier: the files give none of their own."""

    rows: list[tuple[str, str, SyntheaHandout, date]] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether anything is new."""
        return bool(self.rows)


def read(folder: Path, known: Known, patients: frozenset[str], report: ImportReport) -> Handouts:
    """Read both files, account for every line, and return what is to be written."""
    report.expect(*KINDS)
    fresh = Handouts()
    _sort(synthea.supplies(folder), "supplies", known, patients, report, fresh)
    _sort(synthea.immunizations(folder), "immunizations", known, patients, report, fresh)
    return fresh


def write(
    work: UnitOfWork,
    clinic: Clinic,
    source: str,
    fresh: Handouts,
    ids: Mapping[str, Mapping[str, int]],
) -> None:
    """Make the items, and tell who got what."""
    if not fresh:
        return
    items, made = dict(ids.get("items", {})), {}
    names = queries.item_names(work)
    for kind, _value, row, _on in fresh.rows:
        if row.code not in items:
            items[row.code] = made[row.code] = clinic.stock.save_item_in(
                work,
                SaveItem(
                    _free_name(row, names),
                    _("dose") if kind == "immunizations" else _("piece"),
                    tracks_lots=False,
                    code=row.code,
                ),
            )
    uses = [
        PastUse(
            items[row.code],
            row.quantity,
            on,
            ids.get("visits", {}).get(row.encounter),
            ids["patients"][row.patient],
        )
        for _kind, _value, row, on in fresh.rows
    ]
    numbers = clinic.stock.take_past_in(work, uses, _("Other program"))
    keep(work, source, "items", made)
    for kind in KINDS:
        keep(
            work,
            source,
            kind,
            {
                value: number
                for (of, value, _row, _on), number in zip(fresh.rows, numbers, strict=True)
                if of == kind
            },
        )


def _sort(
    rows: Iterable[SyntheaHandout],
    kind: str,
    known: Known,
    patients: frozenset[str],
    report: ImportReport,
    fresh: Handouts,
) -> None:
    file, here = f"{kind}.csv", known.get(kind, {})
    times: Counter[str] = Counter()
    for row in rows:
        report.read(kind)
        name = f"{row.patient}:{row.encounter}:{row.code}"
        times[name] += 1
        value = f"{name}:{times[name]}"
        if value in here:
            report.skip(file, kind, row.line, ALREADY_HERE)
        elif row.patient not in patients:
            report.skip(file, kind, row.line, UNKNOWN_PATIENT, row.patient)
        elif row.given_on is None or row.quantity < 1:
            report.skip(file, kind, row.line, NOT_GIVEN)
        else:
            fresh.rows.append((kind, value, row, row.given_on))
            report.take(file, kind, row.line)
            report.map(file, kind, row.line, NO_VALUE)


def _free_name(row: SyntheaHandout, names: set[str]) -> str:
    """Return the item's name; with its code where the clinic has one of that name."""
    name = row.description.removesuffix(" (physical object)").removesuffix(" (substance)")
    if fold(name) in names:
        name = f"{name} ({row.code})"
    names.add(fold(name))
    return name
