# SPDX-License-Identifier: Apache-2.0
"""Short reads: one snapshot each, statements compiled once, what is kept until a write."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.staff.tables import closure
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Records
from clinicdesk.storage.schema import Text
from clinicdesk.storage.tables import setting
from tests.support.clinics import an_actor, some_records

ADA = an_actor()
_VALUES = Prepared(
    sa.select(setting.c.key, sa.type_coerce(setting.c.value, Text))
    .where(setting.c.key >= sa.bindparam("least"))
    .order_by(setting.c.key)
)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = some_records(tmp_path)
    yield opened
    opened.close()


def _put(records: Records, key: str, value: str) -> None:
    with records.write(ADA, "test.put") as work:
        work.execute(setting.insert(), {"key": key, "value": value})
        work.record("setting", None)


def test_a_prepared_statement_gives_plain_rows_and_takes_its_parameters_by_name(
    records: Records,
) -> None:
    for key in ("x.a", "x.b"):
        _put(records, key, "1")
    with records.read() as reading:
        assert _VALUES.rows(reading, least="x.b") == [("x.b", "1")]
        assert _VALUES.rows(reading, least="x.a") == [("x.a", "1"), ("x.b", "1")]
    with records.write(ADA, "test.look") as work:
        work.execute(setting.insert(), {"key": "x.c", "value": "2"})
        assert _VALUES.rows(work, least="x.c") == [("x.c", "2")]
        work.record("setting", None)


def test_a_prepared_statement_binds_days_as_the_tables_keep_them(records: Records) -> None:
    told = Prepared(
        sa.select(sa.type_coerce(closure.c.from_on, Text)).where(
            closure.c.from_on == sa.bindparam("on")
        )
    )
    on = date(2026, 11, 25)
    with records.write(ADA, "test.close") as work:
        work.execute(closure.insert(), {"from_on": on, "to_on": on, "wording": "Course"})
        work.record("closure", None)
    with records.read() as reading:
        assert told.rows(reading, on=on) == [("2026-11-25",)]


def test_a_read_is_one_snapshot_whatever_way_it_asks(records: Records) -> None:
    with records.read() as reading:
        before = _VALUES.rows(reading, least="x")
        _put(records, "x.late", "1")
        assert _VALUES.rows(reading, least="x") == before
        counted = sa.select(sa.func.count()).where(setting.c.key == "x.late")
        assert reading.execute(counted).scalar_one() == 0
    with records.read() as reading:
        assert len(_VALUES.rows(reading, least="x")) == len(before) + 1


def test_what_is_kept_lasts_until_anybody_commits_and_never_into_a_unit_of_work(
    records: Records,
) -> None:
    with records.read() as reading:
        reading.kept["hours"] = 9
    with records.read() as reading:
        assert reading.kept == {"hours": 9}
    _put(records, "x.a", "1")
    with records.read() as reading:
        assert reading.kept == {}
    with records.write(ADA, "test.look") as work:
        work.kept["hours"] = 9
        assert work.kept == {}


def test_what_is_kept_belongs_to_the_snapshot_though_somebody_commits_meanwhile(
    records: Records,
) -> None:
    with records.read() as old:
        old.kept["hours"] = 9
        _put(records, "x.a", "1")
        with records.read() as new:
            assert new.kept == {}
        assert old.kept == {"hours": 9}
    with records.read() as reading:
        assert "hours" not in reading.kept


def test_a_read_that_fails_leaves_nothing_behind(records: Records) -> None:
    def fail() -> None:
        with records.read() as reading:
            _VALUES.rows(reading, least="x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    _put(records, "x.a", "1")
    with records.read() as reading:
        assert len(_VALUES.rows(reading, least="x")) == 1


def test_many_may_read_at_once(records: Records) -> None:
    _put(records, "x.a", "1")

    def look(_: int) -> int:
        with records.read() as one, records.read() as two:
            return len(_VALUES.rows(one, least="x")) + len(_VALUES.rows(two, least="x"))

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(look, range(200))) == {2}
