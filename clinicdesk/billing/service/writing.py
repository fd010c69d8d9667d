# SPDX-License-Identifier: Apache-2.0
"""From posted rows to what a receipt and a statement say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from clinicdesk.billing import queries, reports
from clinicdesk.billing.queries import days, papers
from clinicdesk.billing.service.account import Account
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import utc_minute
from clinicdesk.storage.records import UnitOfWork

_TERMS_DAYS = 30  # a statement asks to be paid within
_FIRST_DAYS = 90  # how far back a first statement tells


def receipt_paper(work: UnitOfWork, receipt_id: int, actor: Actor) -> reports.ReceiptPaper:
    """Return a receipt as it was when it was taken, however much was posted since."""
    row = queries.receipt_row(work, receipt_id)
    taken, parts = days.applied(work, receipt_id)
    credit = row.amount_minor - sum(part.paid_minor for part in parts)
    day, visit = None, None
    if row.patient_id is not None:
        visit = papers.next_visit(work, row.patient_id, utc_minute(work.now))
        if row.party_kind == "guarantor":
            day = days.day_of_account(work, row.patient_id, row.received_on, taken)
    others = sum(part.paid_minor for part in parts if part.patient_id != row.patient_id)
    return reports.ReceiptPaper(
        number=row.number,
        received_on=row.received_on,
        printed_at=work.now,
        printed_by=actor.name,
        method=row.method,
        reference=row.reference,
        payer=row.payer_name or f"{row.who_given} {row.who_family}",
        patient=f"{row.given_name} {row.family_name}" if row.patient_id else "",
        chart_number=row.chart_number or "",
        charged=tuple(
            reports.ChargedService(
                line.service_on or row.received_on,
                line.description,
                line.provider,
                line.amount_minor,
            )
            for line in (day.lines if day else ())
        ),
        applied=tuple(
            reports.AppliedPart(
                part.service_on,
                part.description,
                part.patient if part.patient_id != row.patient_id else "",
                part.paid_minor,
            )
            for part in parts
        ),
        amount_minor=row.amount_minor,
        credit_minor=credit,
        account=None if day is None else _sums(day, row.amount_minor, others),
        next_visit=visit,
        undone_on=days.undone_on(work, taken),
    )


def _sums(day: days.DayOfAccount, amount_minor: int, others_minor: int) -> reports.AccountSums:
    return reports.AccountSums(
        before_minor=day.before_minor,
        charged_minor=day.charged_minor,
        insured_minor=day.insured_minor,
        adjusted_minor=day.adjusted_minor,
        paid_earlier_minor=day.paid_minor - (amount_minor - others_minor),
        paid_now_minor=amount_minor,
        for_others_minor=others_minor,
        balance_minor=day.balance_minor,
    )


def statement_paper(
    work: UnitOfWork, account: Account, actor: Actor, number: str
) -> reports.StatementPaper:
    """Return a statement: what happened since the last one, or in the last three months."""
    who = papers.addressee(work, account.guarantor_id)
    whom = papers.addressee(work, account.patient_id)
    since = papers.last_statement_on(work, account.patient_id)
    if since is None:
        since = work.today - timedelta(days=_FIRST_DAYS)
    moved = [line for line in account.lines if line.cause != "transfer"]
    closing = account.lines[-1].balance_minor if account.lines else 0
    opening = closing - sum(_moved(line) for line in moved if line.business_on >= since)
    shown: list[reports.StatementLine] = []
    before, balance = None, opening
    for line in moved:
        if line.business_on < since:
            continue
        balance += _moved(line)
        told = _statement_line(line, whom.name.split(" ")[0], balance)
        part = (line.id, line.cause, line.receipt_id)
        if shown and part == before and line.payment_minor is not None:
            # A payment is one line, on however many charges it was put.
            whole = (shown[-1].credit_minor or 0) + line.payment_minor
            shown[-1] = replace(told, credit_minor=whole)
        else:
            shown.append(told)
        before = part
    owed = account.due_minor - account.credit_minor
    return reports.StatementPaper(
        number=number,
        as_of=work.today,
        since=since,
        printed_at=work.now,
        printed_by=actor.name,
        account=who.chart_number,
        name=who.name,
        address=who.address,
        opening_minor=opening,
        lines=tuple(shown),
        aging=account.aging.amounts,
        insurer_minor=account.insurer_minor,
        agency_minor=closing - owed - account.insurer_minor,
        credit_minor=account.credit_minor,
        due_minor=max(0, owed),
        due_on=work.today + timedelta(days=_TERMS_DAYS),
    )


def _moved(line: queries.AccountLine) -> int:
    """Return what a line adds to what is owed."""
    if line.charge_minor is not None:
        return line.charge_minor
    return (line.adjustment_minor or 0) - (line.payment_minor or 0)


def _statement_line(
    line: queries.AccountLine, patient: str, balance_minor: int
) -> reports.StatementLine:
    charged = line.charge_minor is not None
    return reports.StatementLine(
        on=line.business_on,
        patient=patient,
        cause=line.cause,
        kind=line.kind,
        description=line.description,
        payer=line.payer,
        charge_minor=line.charge_minor,
        credit_minor=None if charged else -_moved(line),
        balance_minor=balance_minor,
    )
