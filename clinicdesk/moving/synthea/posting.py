# SPDX-License-Identifier: Apache-2.0
"""Posts the walks of Synthea's charges: charges, receipts, transfers, adjustments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinicdesk.billing.model import (
    Receivable,
    adjustment_entry,
    charge_entry,
    payment_entry,
    transfer_entry,
)
from clinicdesk.billing.model.past import PastCharge
from clinicdesk.billing.service.history import take_in
from clinicdesk.exchange.synthea import PAYMENT, TRANSFER_IN
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.ledger.model import EntryDraft, ReceiptDraft
from clinicdesk.ledger.service import Ledger
from clinicdesk.moving.synthea.plan import METHODS, Party, Step, Walk
from clinicdesk.storage.records import UnitOfWork

SOURCE = "import:synthea"


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of the people and visits the charges name, by foreign id.

    Attributes:
        coverage: gives the coverage id of (foreign patient, foreign payer, day), or None.
    """

    patients: Mapping[str, int]
    payers: Mapping[str, int]
    providers: Mapping[str, int]
    visits: Mapping[str, int]
    coverage: Callable[[str, str, date], int | None]


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted: totals and our ids by foreign transaction id."""

    charges_minor: int
    payments_minor: int
    adjustments_minor: int
    transfers_minor: int
    charges: dict[str, int]
    receipts: dict[str, int]


def post(
    work: UnitOfWork,
    ledger: Ledger,
    walks: Sequence[Walk],
    standing: Standing,
) -> Posted:
    """Write the charges, then every entry in order of day; return what was posted."""
    rows = [_charge(work.zone, walk, standing) for walk in walks]
    charge_ids = take_in(work, rows)
    paying = [(walk, step) for walk in walks for step in walk.steps if step.kind == PAYMENT]
    numbered = ledger.new_receipts(
        work, [_receipt(work.zone, walk, step, standing) for walk, step in paying]
    )
    receipts = {step.row.id: row.id for (_, step), row in zip(paying, numbered, strict=True)}
    drafts = [
        draft
        for walk, charge_id in zip(walks, charge_ids, strict=True)
        for draft in _entries(work.zone, walk, charge_id, receipts, standing)
    ]
    drafts.sort(key=lambda draft: draft.business_on)
    ledger.post_many(work, drafts)
    return Posted(
        sum(row.amount_minor for row in rows),
        sum(step.minor + step.extra for _, step in paying),
        _sum(walks, lambda step: step.kind not in {PAYMENT, TRANSFER_IN}),
        _sum(walks, lambda step: step.kind == TRANSFER_IN),
        {walk.charge.id: charge_id for walk, charge_id in zip(walks, charge_ids, strict=True)},
        receipts,
    )


def totals(walks: Sequence[Walk]) -> tuple[int, int, int, int]:
    """Return charges, payments, adjustments and transfers as they would be posted."""
    steps = [step for walk in walks for step in walk.steps]
    return (
        sum(walk.charge.minor for walk in walks),
        sum(step.minor + step.extra for step in steps if step.kind == PAYMENT),
        _sum(walks, lambda step: step.kind not in {PAYMENT, TRANSFER_IN}),
        _sum(walks, lambda step: step.kind == TRANSFER_IN),
    )


def _sum(walks: Sequence[Walk], chosen: Callable[[Step], bool]) -> int:
    return sum(step.minor for walk in walks for step in walk.steps if chosen(step))


def _charge(zone: ClinicZone, walk: Walk, standing: Standing) -> PastCharge:
    row = walk.charge
    day = zone.day(row.happened_at)
    pointed = [number - 1 for number in row.diagnosis_refs]
    diagnoses = [walk.claim.diagnoses[n] for n in pointed if 0 <= n < len(walk.claim.diagnoses)]
    units, unit_minor = row.units, row.minor
    if units < 1 or row.minor % units:
        units = 1  # the file's total counts; its units do not divide it
    else:
        unit_minor = row.minor // units
    patient_id = standing.patients[row.patient]
    return PastCharge(
        patient_id=patient_id,
        guarantor_id=patient_id,
        provider_id=standing.providers[row.provider],
        service_on=day,
        business_on=day,
        code=row.code,
        description=row.notes,
        unit_minor=unit_minor,
        units=units,
        modifiers=row.modifiers,
        diagnoses=",".join(diagnoses),
        visit_id=standing.visits.get(row.encounter),
        coverage_id=standing.coverage(row.patient, walk.first.payer, day),
    )


def _receipt(zone: ClinicZone, walk: Walk, step: Step, standing: Standing) -> ReceiptDraft:
    party = _party(walk, step.party, standing)
    return ReceiptDraft(
        received_on=zone.day(step.row.happened_at),
        method=METHODS[step.row.method],
        amount_minor=step.minor + step.extra,
        party_kind=party[0],
        party_id=party[1],
        patient_id=standing.patients[walk.charge.patient],
    )


def _entries(
    zone: ClinicZone,
    walk: Walk,
    charge_id: int,
    receipts: Mapping[str, int],
    standing: Standing,
) -> Iterator[EntryDraft]:
    """Yield a charge's entries in the order of its walk."""
    row = walk.charge
    owed = Receivable(
        charge_id,
        standing.patients[row.patient],
        _party(walk, walk.first, standing),
        standing.providers[row.provider],
    )
    if row.minor:
        yield _stamped(_opening(walk, owed, zone.day(row.happened_at)), row.id)
    for step in walk.steps:
        on = zone.day(step.row.happened_at)
        mine = replace(owed, party=_party(walk, step.party, standing))
        if step.kind == PAYMENT:
            draft = payment_entry(
                step.minor + step.extra,
                on,
                receipt_id=receipts[step.row.id],
                method=METHODS[step.row.method],
                till="desk",
                party=mine.party,
                patient_id=owed.patient_id,
                placed=[(mine, step.minor)] if step.minor else [],
            )
        elif not step.minor:
            continue
        elif step.kind == TRANSFER_IN:
            target = _party(walk, step.to, standing)
            if target == mine.party:
                continue
            draft = transfer_entry(mine, target, step.minor, "imported", on)
        else:
            insurer = mine.party[0] == "payer"
            cause, reason = ("contractual", "contractual") if insurer else ("adjustment", "office")
            draft = adjustment_entry(mine, step.minor, cause, reason, on)
        yield _stamped(draft, step.row.id)


def _opening(walk: Walk, owed: Receivable, on: date) -> EntryDraft:
    """Return the charge's entry; the copay stands against the patient from the start."""
    draft = charge_entry(owed, walk.charge.minor, on)
    if not walk.copay_minor:
        return draft
    on_payer, revenue = draft.postings
    rest = walk.charge.minor - walk.copay_minor
    patient = replace(owed, party=("guarantor", owed.patient_id))
    parts = [replace(on_payer, amount_minor=rest)] if rest else []
    return replace(draft, postings=(*parts, patient.posting(walk.copay_minor, "charge"), revenue))


def _party(walk: Walk, party: Party, standing: Standing) -> tuple[str, int]:
    if party.payer:
        return ("payer", standing.payers[party.payer])
    return ("guarantor", standing.patients[walk.charge.patient])


def _stamped(draft: EntryDraft, foreign: str) -> EntryDraft:
    return replace(draft, source=SOURCE, key=f"synthea:{foreign}")
