# SPDX-License-Identifier: Apache-2.0
"""Reading accounts; issuing receipts and statements."""

from __future__ import annotations

from dataclasses import replace

from clinicdesk.billing import queries, reports
from clinicdesk.billing.model import MAY_VIEW, NoSuchPaper
from clinicdesk.billing.queries import days, numbers, papers
from clinicdesk.billing.queries.numbers import NumberHit
from clinicdesk.billing.service import writing
from clinicdesk.billing.service.account import Account, Proposal
from clinicdesk.billing.service.money import MoneyDesk
from clinicdesk.kernel.actors import Actor
from clinicdesk.printing.sheet import Letterhead, Paper
from clinicdesk.schedule.model import VisitHasCharges, VisitWithdrawn
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.formats import Formats

_RECEIPT_KINDS = tuple(f"receipt:{paper.name.lower()}" for paper in Paper)


class LookingDesk(MoneyDesk):
    """What is looked up."""

    def account(self, patient_id: int, actor: Actor) -> Account:
        """Return a patient's account; reading it is audited."""
        actor.require(MAY_VIEW)
        with self._records.write(actor, "billing.view_account") as work:
            work.record("patient", patient_id, patient_id=patient_id, category="financial")
        with self._records.read() as reading:
            return self._account(reading, patient_id)

    def heed_withdrawal(self, work: UnitOfWork, fact: VisitWithdrawn) -> None:
        """Refuse that a charged visit is taken from its patient; charges would hang on nothing."""
        if papers.is_charged(work, fact.visit_id):
            raise VisitHasCharges

    def proposal(
        self, patient_id: int, actor: Actor, appointment_id: int | None = None
    ) -> Proposal:
        """Return what to charge and take when a patient checks out, of which appointment."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            whom = papers.addressee(reading, patient_id)
            visit = papers.open_visit(reading, patient_id, appointment_id)
            everybody = papers.providers(reading)
            wanted = () if visit is None or visit.charged else visit.codes
            found = (queries.fees(reading, code, reading.today, 1) for code in wanted)
            lines = tuple(
                fee[0]
                for code, fee in zip(wanted, found, strict=True)
                if fee and fee[0].code == code
            )
            items = queries.open_charges(reading, patient_id=patient_id)
            insured = queries.coverage_payer(reading, patient_id, reading.today) is not None
            expected = None if visit else papers.expected_provider(reading, patient_id)
            first = everybody[0][0] if everybody else 0
            return Proposal(
                patient_id,
                whom.name,
                whom.chart_number,
                visit.visit_id if visit else None,
                visit.provider_id if visit else expected or first,
                visit.service_on if visit else reading.today,
                lines,
                sum(item.open_minor for item in items if item.party.kind == "guarantor"),
                insured,
                everybody,
                days.day_of_account(reading, patient_id, reading.today),
            )

    def amount_due(self, patient_id: int, actor: Actor) -> int:
        """Return what the guarantor owes on a patient's charges, in minor units."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            items = queries.open_charges(reading, patient_id=patient_id)
        return sum(item.open_minor for item in items if item.party.kind == "guarantor")

    def fees(self, text: str, actor: Actor, limit: int = 20) -> tuple[queries.FeeRow, ...]:
        """Return prices whose code or words match."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return queries.fees(reading, text, reading.today, limit)

    def by_number(self, text: str, actor: Actor, limit: int = 8) -> tuple[NumberHit, ...]:
        """Return receipts, statements and charges whose number begins so."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return numbers.by_number(reading, text, limit)

    def latest_account(self, actor: Actor) -> int:
        """Return the patient on whose account something was posted last, 0 if none."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return papers.latest_patient(reading)

    def kept_paper(self, paper_id: int, actor: Actor) -> bytes:
        """Return an issued paper as it was issued; looking at it is audited."""
        actor.require(MAY_VIEW)
        with self._records.write(actor, "billing.view_paper") as work:
            body = numbers.kept_body(work, paper_id)
            if body is None:
                raise NoSuchPaper
            work.record("paper", paper_id, category="financial")
        return body

    def receipt_pdf(
        self,
        receipt_id: int,
        actor: Actor,
        letterhead: Letterhead,
        formats: Formats,
        paper: Paper = Paper.A5,
    ) -> bytes:
        """Issue a receipt, or a copy of it marked COPY if it was issued before."""
        actor.require(MAY_VIEW)
        with self._records.write(actor, "billing.print_receipt") as work:
            made = writing.receipt_paper(work, receipt_id, actor)
            kind = f"receipt:{paper.name.lower()}"
            before = papers.was_issued(work, _RECEIPT_KINDS, made.number)
            body = reports.receipt_pdf(
                replace(made, is_copy=before is not None), letterhead, formats, paper
            )
            if before is None:
                self._ledger.issue_paper(
                    work,
                    kind=kind,
                    number=made.number,
                    object_kind="receipt",
                    object_id=receipt_id,
                    parameters={"paper": paper.name},
                    body=body,
                )
            work.record("receipt", receipt_id, category="financial", after={"number": made.number})
        return body

    def statement_pdf(
        self,
        patient_id: int,
        actor: Actor,
        letterhead: Letterhead,
        formats: Formats,
        paper: Paper = Paper.A4,
    ) -> bytes:
        """Issue a numbered statement of a patient's account."""
        actor.require(MAY_VIEW)
        with self._records.write(actor, "billing.print_statement") as work:
            number = self._ledger.next_number(work, "statement")
            made = writing.statement_paper(work, self._account(work, patient_id), actor, number)
            body = reports.statement_pdf(made, letterhead, formats, paper)
            self._ledger.issue_paper(
                work,
                kind="statement",
                number=number,
                object_kind="patient",
                object_id=patient_id,
                parameters={"paper": paper.name},
                body=body,
            )
            work.record(
                "patient",
                patient_id,
                patient_id=patient_id,
                category="financial",
                after={"number": number},
            )
        return body

    def _account(self, reading: Reading, patient_id: int) -> Account:
        lines = queries.lines(reading, patient_id)
        items = queries.open_charges(reading, patient_id=patient_id)
        held = queries.unapplied(reading, patient_id=patient_id)
        own = tuple(item for item in items if item.party.kind == "guarantor")
        guarantor = queries.guarantor_on(reading, patient_id, reading.today)
        return Account(
            patient_id=patient_id,
            guarantor_id=guarantor,
            lines=lines,
            open=items,
            credits=held,
            due_minor=sum(item.open_minor for item in own),
            insurer_minor=sum(i.open_minor for i in items if i.party.kind == "payer"),
            credit_minor=sum(row.amount_minor for row in held),
            aging=queries.AgingBuckets.of(own, reading.today),
            family=queries.family(reading, guarantor, reading.today),
            packages=queries.packages(reading, patient_id),
            plan=queries.plan(reading, guarantor, reading.today),
            guarantor_ids=queries.same_person(reading, guarantor),
        )
