# SPDX-License-Identifier: Apache-2.0
"""The same books and accounts on a local PostgreSQL, for clinics with several PCs."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from clinicdesk.billing import queries
from clinicdesk.billing.model import (
    Adjust,
    AgreePlan,
    Bounce,
    OthersStandOnIt,
    Payment,
    PostRemittance,
    RemittanceLine,
    ReverseEntry,
    SaveFee,
    SaveTaxCode,
    SellPackage,
    TakePayment,
    UsePackage,
)
from clinicdesk.billing.queries import AsOf
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.ledger import queries as books
from clinicdesk.ledger.model import CHART
from clinicdesk.storage import dialect
from clinicdesk.storage.clinic import insert_profile
from clinicdesk.storage.records import Records
from tests.support.clinics import NOON, a_profile, declare_tables
from tests.support.postgres import a_postgresql
from tests.support.practice import TODAY, Practice, practice_on


@pytest.mark.postgres
@pytest.mark.slow
def test_every_act_and_every_question_works_on_postgresql() -> None:
    declare_tables()
    with a_postgresql() as engine:
        with engine.begin() as connection:
            dialect.create_all(connection)
            insert_profile(connection, a_profile(), NOON)
        clock = FixedClock(NOON)
        practice = practice_on(Records(engine, engine, clock), clock)
        act(practice)
        ask(practice)
        with pytest.raises(sa.exc.DBAPIError, match="never changed"), engine.begin() as connection:
            connection.execute(sa.text("UPDATE posting SET amount_minor = 1"))


def act(p: Practice) -> None:
    done = p.charge(p.anna, 5_000, 1_000)
    p.charge(p.anna, 0)
    anna = ("guarantor", p.anna)
    p.billing.adjust(Adjust(done.charge_ids[0], anna, 500, "discount"), p.actor)
    claim = p.charge(p.cara, 9_000).charge_ids[0]
    p.billing.post_remittance(
        PostRemittance(p.insurer, 6_000, (RemittanceLine(claim, 6_000, 2_000, 1_000),)), p.actor
    )
    taken = p.billing.take_payment(TakePayment(p.anna, Payment(700, "cheque")), p.actor).value
    p.billing.bounce(Bounce(taken.receipt_id, "no funds"), p.actor)
    with pytest.raises(OthersStandOnIt):
        p.billing.reverse(ReverseEntry(taken.entry_id, "wrong"), p.actor)
    p.billing.reverse(ReverseEntry(p.charge(p.ben, 300).entry_ids[0], "wrong"), p.actor)
    sold = p.billing.sell_package(SellPackage(p.anna, "Ten", 3, 1_000, p.doctor), p.actor).value
    p.billing.use_package(UsePackage(sold.package_id, "U", "Unit", p.doctor, TODAY), p.actor)
    p.billing.agree_plan(AgreePlan(p.anna, 500, TODAY, 3), p.actor)
    for rate in (190_000, 200_000):
        p.billing.save_tax_code(SaveTaxCode("VAT", "VAT", rate, date(2026, 1, 1)), p.actor)
    p.billing.save_fee(SaveFee("GP", "Consultation", 100, date(2026, 1, 1)), p.actor)


def ask(p: Practice) -> None:
    assert p.failed_checks() == []
    account = p.billing.account(p.anna, p.actor)
    assert account.lines[-1].balance_minor == account.due_minor - account.credit_minor == 4_500
    assert account.plan is not None
    assert [m.name for m in account.family] == ["Anna Weber", "Ben Weber"]
    assert [f.code for f in p.billing.fees("consult", p.actor)] == ["GP"]
    month = (date(2026, 11, 1), TODAY)
    assert len(p.billing.receipts(*month, p.actor)) == 3
    assert len(p.billing.cash_income(*month, p.actor)) == 1
    assert sum(m.amount_minor for m in p.billing.methods(*month, p.actor)) == 7_700
    accounts = tuple(one.number for one in CHART)
    with p.records.read() as reading:
        assert [c for c in p.billing.checks(reading) if not c.holds] == []
        now = queries.debtors(reading, TODAY)
        assert now == queries.debtors(reading, TODAY, AsOf(day=TODAY))
        assert now == queries.debtors(reading, TODAY, AsOf(seq=10**6))
        assert books.changes_by_totals(reading, accounts, *month) == books.changes_by_postings(
            reading, accounts, *month
        )
        assert sum(row.amount_minor for row in books.receivables(reading)) == 4_500 + 1_000
    with p.records.write(p.actor, "test.rebuild") as work:
        p.ledger.rebuild_derived(work)
        work.record("test", None)
    assert p.failed_checks() == []
