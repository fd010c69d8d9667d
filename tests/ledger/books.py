# SPDX-License-Identifier: Apache-2.0
"""Books for tests of the ledger alone: one patient, one charge, postings written by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.ledger.model import EntryDraft, PostingDraft, ReceiptDraft
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients.tables import patient, payer
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Records, UnitOfWork
from tests.support.clinics import NOON, a_file, an_actor, open_records

DAY = date(2026, 11, 25)
ANNA, DOCTOR, MERCURY = 1, 1, 1
ACTOR = an_actor()


class Books:
    """A ledger on a real file, and short ways to post to it."""

    def __init__(self, records: Records, clock: FixedClock) -> None:
        self.records, self.clock = records, clock
        self.ledger = Ledger(records)
        self._charges = 0
        self.write(self._people)

    @classmethod
    def on_a_file(cls, folder: Path) -> Books:
        clock = FixedClock(NOON)
        return cls(open_records(*a_file(folder), clock), clock)

    def write(self, act: Callable[[UnitOfWork], Any]) -> Any:
        """Do something in one transaction."""
        with self.records.write(ACTOR, "test.act") as work:
            result = act(work)
            work.record("test", None)
        return result

    def _people(self, work: UnitOfWork) -> None:
        self.ledger.seed(work)
        work.execute(
            patient.insert().values(
                id=ANNA, chart_number="10001", family_name="Weber", given_name="Anna",
                folded_name="weber anna", sort_name="weber, anna", created_at=NOON,
            )
        )  # fmt: skip
        work.execute(payer.insert().values(id=MERCURY, name="Mercury", folded_name="mercury"))
        work.execute(
            staff_member.insert().values(
                id=DOCTOR, name="Dr Green", initials="DG", folded_name="dr green", role="gp",
                is_provider=True,
            )
        )  # fmt: skip

    def charge(self, minor: int = 10_000, on: date = DAY) -> int:
        """Write a charge with its entry."""
        self._charges += 1
        number = self._charges

        def act(work: UnitOfWork) -> None:
            work.execute(
                charge.insert().values(
                    id=number, patient_id=ANNA, guarantor_id=ANNA, provider_id=DOCTOR,
                    service_on=on, business_on=on, code="CONS", description="Consultation",
                    units=1, unit_minor=minor, amount_minor=minor, created_at=NOON,
                )
            )  # fmt: skip
            self.ledger.post(work, charged(number, minor, on))

        self.write(act)
        return number

    def post(self, *drafts: EntryDraft) -> list[int]:
        """Post entries in one transaction."""
        ids: list[int] = self.write(lambda work: self.ledger.post_many(work, drafts))
        return ids

    def receive(self, minor: int = 10_000, method: str = "cash", on: date = DAY) -> int:
        """Number a receipt; its entry is posted apart."""
        draft = ReceiptDraft(on, method, minor, "guarantor", ANNA, ANNA)
        number: int = self.write(lambda work: self.ledger.new_receipt(work, draft).id)
        return number

    def pay(self, charge_id: int, minor: int, credit: int = 0, on: date = DAY) -> tuple[int, int]:
        """Receive cash, put some on a charge, keep some; return receipt and entry."""
        receipt_id = self.receive(minor + credit, on=on)
        return receipt_id, self.post(paid(receipt_id, charge_id, minor, credit, on))[0]

    def failed(self) -> list[str]:
        """Return the names of the checks that do not hold."""
        with self.records.read() as reading:
            return [check.name for check in self.ledger.checks(reading) if not check.holds]

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """Return what a statement finds."""
        with self.records.read() as reading:
            return [tuple(row) for row in reading.execute(sa.text(sql), values)]

    def table(self, name: str) -> list[tuple[Any, ...]]:
        """Return all rows of a table."""
        with self.records.read() as reading:
            rows = reading.execute(sa.select(sa.text("*")).select_from(sa.table(name)))
            return sorted((tuple(row) for row in rows), key=repr)

    def tamper(self, sql: str, **values: Any) -> None:
        """Change rows behind the program's back, the guards taken down."""

        def act(work: UnitOfWork) -> None:
            names = work.execute(
                sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            ).scalars()
            for name in list(names):
                work.execute(sa.text(f'DROP TRIGGER "{name}"'))
            assert work.execute(sa.text(sql), values).rowcount >= 1

        self.write(act)


def owed(charge_id: int, minor: int, cause: str = "charge", **more: Any) -> PostingDraft:
    """A posting on the patient's receivable."""
    return PostingDraft(
        "1110", minor, cause, ANNA, "guarantor", ANNA, charge_id, provider_id=DOCTOR, **more
    )


def held(receipt_id: int, minor: int, cause: str = "payment") -> PostingDraft:
    """A posting on the patient's credit."""
    return PostingDraft("2100", minor, cause, ANNA, "guarantor", ANNA, receipt_id=receipt_id)


def cash(receipt_id: int, minor: int, cause: str = "payment") -> PostingDraft:
    """A posting on the drawer."""
    return PostingDraft(
        "1000", minor, cause, ANNA, "guarantor", ANNA, receipt_id=receipt_id, method="cash"
    )


def charged(charge_id: int, minor: int, on: date = DAY, **more: Any) -> EntryDraft:
    """The entry of a charge."""
    earned = PostingDraft("4000", -minor, "charge", ANNA, charge_id=charge_id, provider_id=DOCTOR)
    return EntryDraft("charge", on, (owed(charge_id, minor), earned), **more)


def paid(
    receipt_id: int, charge_id: int, minor: int, credit: int = 0, on: date = DAY, **more: Any
) -> EntryDraft:
    """The entry of a payment."""
    lines = [cash(receipt_id, minor + credit)]
    if minor:
        lines.append(owed(charge_id, -minor, "payment", receipt_id=receipt_id))
    if credit:
        lines.append(held(receipt_id, -credit))
    return EntryDraft("payment", on, tuple(lines), **more)


def at(hour: int) -> datetime:
    """An instant of the day."""
    return datetime(2026, 11, 25, hour, tzinfo=UTC)
