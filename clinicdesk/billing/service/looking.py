# SPDX-License-Identifier: Apache-2.0
"""Reading accounts; issuing receipts and statements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from clinicdesk.billing import queries, reports
from clinicdesk.billing.model import MAY_VIEW
from clinicdesk.billing.queries import papers
from clinicdesk.billing.service.money import MoneyDesk
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import utc_minute
from clinicdesk.printing.sheet import Letterhead, Paper
from clinicdesk.schedule.model import VisitHasCharges, VisitWithdrawn
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.formats import Formats

_TERMS_DAYS = 30  # a statement asks to be paid within


@dataclass(frozen=True, slots=True)
class Account:
    """A patient's account.

    Attributes:
        lines: the register, in posting order.
        due_minor: what the guarantor owes on this patient's charges.
        insurer_minor: what payers owe on them.
        credit_minor: money held and not on any charge.
        aging: the guarantor's part by age.
        family: everybody on the guarantor's account, with their part of it.
        packages: prepaid ones of this patient; ``plan`` the guarantor's instalments.
    """

    patient_id: int
    guarantor_id: int
    lines: tuple[queries.AccountLine, ...]
    open: tuple[queries.OpenCharge, ...]
    credits: tuple[queries.CreditRow, ...]
    due_minor: int
    insurer_minor: int
    credit_minor: int
    aging: queries.AgingBuckets
    family: tuple[queries.FamilyMember, ...] = ()
    packages: tuple[queries.PackageRow, ...] = ()
    plan: queries.PlanRow | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What check-out starts with.

    Attributes:
        lines: services the visit proposes, with today's prices; none if it is charged already.
        due_minor: what the guarantor owes before these.
        insured: whether new charges go to an insurer first.
    """

    patient_id: int
    name: str
    chart_number: str
    visit_id: int | None
    provider_id: int
    service_on: date
    lines: tuple[queries.FeeRow, ...]
    due_minor: int
    insured: bool
    providers: tuple[tuple[int, str, str], ...]


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

    def proposal(self, patient_id: int, actor: Actor) -> Proposal:
        """Return what to charge and take when a patient checks out."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            whom = papers.addressee(reading, patient_id)
            visit = papers.open_visit(reading, patient_id)
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
            first = everybody[0][0] if everybody else 0
            return Proposal(
                patient_id,
                whom.name,
                whom.chart_number,
                visit.visit_id if visit else None,
                visit.provider_id if visit else first,
                visit.service_on if visit else reading.today,
                lines,
                sum(item.open_minor for item in items if item.party.kind == "guarantor"),
                insured,
                everybody,
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
            made = self._receipt_paper(work, receipt_id, actor)
            kind = f"receipt:{paper.name.lower()}"
            before = papers.was_issued(work, kind, made.number)
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
            made = self._statement_paper(work, patient_id, actor, number)
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
        )

    def _receipt_paper(
        self, work: UnitOfWork, receipt_id: int, actor: Actor
    ) -> reports.ReceiptPaper:
        row = queries.receipt_row(work, receipt_id)
        lines = papers.paid_lines(work, receipt_id)
        payer = row.payer_name or f"{row.who_given} {row.who_family}"
        balance, visit = 0, None
        if row.patient_id is not None:
            account = self._account(work, row.patient_id)
            balance = account.due_minor - account.credit_minor
            visit = papers.next_visit(work, row.patient_id, utc_minute(work.now))
        return reports.ReceiptPaper(
            number=row.number,
            received_on=row.received_on,
            printed_at=work.now,
            printed_by=actor.name,
            method=row.method,
            reference=row.reference,
            payer=payer,
            patient=f"{row.given_name} {row.family_name}" if row.patient_id else "",
            chart_number=row.chart_number or "",
            lines=tuple(
                reports.ReceiptLine(
                    line.service_on,
                    line.description,
                    line.provider,
                    line.charged_minor,
                    line.paid_minor,
                )
                for line in lines
            ),
            amount_minor=row.amount_minor,
            credit_minor=row.amount_minor - sum(line.paid_minor for line in lines),
            balance_minor=balance,
            next_visit=visit,
        )

    def _statement_paper(
        self, work: UnitOfWork, patient_id: int, actor: Actor, number: str
    ) -> reports.StatementPaper:
        account = self._account(work, patient_id)
        who = papers.addressee(work, account.guarantor_id)
        whom = papers.addressee(work, patient_id)
        lines = [line for line in account.lines if line.cause != "transfer"]
        since = lines[0].business_on if lines else work.today
        return reports.StatementPaper(
            number=number,
            as_of=work.today,
            since=since,
            printed_at=work.now,
            printed_by=actor.name,
            account=who.chart_number,
            name=who.name,
            address=who.address,
            opening_minor=0,
            lines=tuple(_statement_line(line, whom.name.split(" ")[0]) for line in lines),
            aging=account.aging.amounts,
            insurer_minor=account.insurer_minor,
            credit_minor=account.credit_minor,
            due_minor=max(0, account.due_minor - account.credit_minor),
            due_on=work.today + timedelta(days=_TERMS_DAYS),
        )


def _statement_line(line: queries.AccountLine, patient: str) -> reports.StatementLine:
    moved = line.charge_minor
    off = (line.payment_minor or 0) - (line.adjustment_minor or 0)
    return reports.StatementLine(
        on=line.business_on,
        patient=patient,
        description=" ".join(part for part in (line.description, line.payer) if part),
        charge_minor=moved,
        credit_minor=None if moved is not None else off,
        balance_minor=line.balance_minor,
    )
