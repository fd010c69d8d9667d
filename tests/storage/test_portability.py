# SPDX-License-Identifier: Apache-2.0
"""The same tables, triggers and units of work run on a local PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.moments import FixedClock
from clinicdesk.storage import dialect
from clinicdesk.storage.clinic import insert_profile
from clinicdesk.storage.records import Records
from clinicdesk.storage.tables import audit
from tests.support.clinics import NOON, a_profile, an_actor, declare_tables
from tests.support.postgres import a_postgresql

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def engine() -> Iterator[sa.Engine]:
    declare_tables()
    with a_postgresql() as engine:
        with engine.begin() as connection:
            dialect.create_all(connection)
            insert_profile(connection, a_profile(), NOON)
        yield engine


def test_a_unit_of_work_writes_its_audit_chain_on_postgresql(engine: sa.Engine) -> None:
    records = Records(engine, engine, FixedClock(NOON))
    for number in (1, 2):
        with records.write(an_actor(), "test.act") as work:
            work.record("thing", number, after={"on": date(2026, 1, number)})
    with records.read() as reading:
        rows = reading.execute(sa.select(audit).order_by(audit.c.seq)).all()
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert [row.previous_hash for row in rows[1:]] == [row.hash for row in rows[:-1]]


def test_evidence_is_never_changed_on_postgresql(engine: sa.Engine) -> None:
    with Records(engine, engine, FixedClock(NOON)).write(an_actor(), "test.act") as work:
        work.record("thing", 1)
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), engine.begin() as connection:
        connection.execute(audit.update().values(reason="tampered"))


def test_an_entry_that_does_not_sum_to_zero_is_refused_at_commit(engine: sa.Engine) -> None:
    with pytest.raises(sa.exc.DBAPIError, match="sum to zero"):
        post_one_side(engine)


def post_one_side(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO account VALUES ('1000','Cash','asset','debit',0)")
        connection.exec_driver_sql(
            "INSERT INTO entry (id, seq, business_on, posted_at, user_id, kind, idempotency_key, "
            "previous_hash, hash) VALUES (1, 1, '2026-01-01', 0, 1, 'test', 'k', '', '')"
        )
        connection.exec_driver_sql(
            "INSERT INTO posting (entry_id, line, account, amount_minor, cause) "
            "VALUES (1, 1, '1000', 5, 'charge')"
        )
