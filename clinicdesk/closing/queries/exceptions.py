# SPDX-License-Identifier: Apache-2.0
"""R25: reversals, backdating, days and months opened again, large write-offs, reprints.

Entries tell what was posted, the trail tells what was opened and printed again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.access.tables import app_user
from clinicdesk.closing.model import OWED
from clinicdesk.closing.model.pack import WRITE_OFF_LIMIT, Exceptional, ExceptionRow
from clinicdesk.closing.queries.production import FIRST, LAST, among, is_
from clinicdesk.kernel.moments import from_utc_minute
from clinicdesk.ledger.tables import entry, posting
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Instant, Text
from clinicdesk.storage.tables import audit, setting

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_e, _p = entry.c, posting.c
_nothing: sa.ColumnElement[Any] = sa.literal_column("''")
_user = sa.func.coalesce(app_user.c.name, _nothing)
_first = entry.alias("first")


def _amount_of(entry_id: sa.ColumnElement[int]) -> sa.ScalarSelect[Any]:
    """Return the debits of an entry."""
    own = posting.alias()
    return (
        sa.select(sa.func.sum(own.c.amount_minor))
        .where(own.c.entry_id == entry_id, own.c.amount_minor > sa.literal_column("0"))
        .scalar_subquery()
    )


_REVERSALS = Prepared(
    sa.select(
        sa.type_coerce(_e.posted_at, sa.BigInteger),
        _user,
        _first.c.seq,
        sa.type_coerce(_first.c.business_on, Text),
        sa.type_coerce(_e.business_on, Text),
        _e.memo,
        _amount_of(_first.c.id),
        sa.select(sa.func.max(_p.reason_code)).where(_p.entry_id == _e.id).scalar_subquery(),
    )
    .select_from(entry.join(_first, _first.c.id == _e.reverses_id))
    .outerjoin(app_user, app_user.c.id == _e.user_id)
    .where(_e.business_on.between(FIRST, LAST))
    .order_by(_e.seq)
)
# Posted more than a day after its business day; which clinic day it was is settled below.
_BACKDATED = Prepared(
    sa.select(
        sa.type_coerce(_e.posted_at, sa.BigInteger),
        _user,
        _e.seq,
        sa.type_coerce(_e.business_on, Text),
        _e.memo,
        _amount_of(_e.id),
    )
    .select_from(entry.outerjoin(app_user, app_user.c.id == _e.user_id))
    .where(
        _e.business_on.between(FIRST, LAST),
        _e.posted_at >= sa.bindparam("after", type_=Instant),
        among(_e.source, ("desk",)),
    )
    .order_by(_e.seq)
)
_BIG = Prepared(
    sa.select(
        sa.type_coerce(_e.posted_at, sa.BigInteger),
        _user,
        _e.seq,
        _p.amount_minor,
        sa.func.coalesce(_p.reason_code, _nothing),
    )
    .select_from(entry.join(posting, _p.entry_id == _e.id))
    .outerjoin(app_user, app_user.c.id == _e.user_id)
    .where(
        _e.business_on.between(FIRST, LAST),
        among(_p.account.concat(_nothing), OWED),
        is_(_p.cause, "write-off"),
        _p.amount_minor <= -sa.bindparam("limit", type_=sa.Integer),
    )
    .order_by(_e.seq)
)
_earlier = audit.alias("earlier")
_TRAIL = Prepared(
    sa.select(
        sa.type_coerce(audit.c.at, sa.BigInteger),
        audit.c.user_name,
        audit.c.action,
        audit.c.object_id,
        audit.c.after,
        sa.func.coalesce(audit.c.reason, _nothing),
        sa.exists().where(
            _earlier.c.object_kind == audit.c.object_kind,
            _earlier.c.object_id == audit.c.object_id,
            _earlier.c.action == audit.c.action,
            _earlier.c.seq < audit.c.seq,
        ),
    )
    .where(
        audit.c.at >= sa.bindparam("begin", type_=Instant),
        audit.c.at < sa.bindparam("end", type_=Instant),
        among(
            audit.c.action,
            (
                "closing.reopen_day",
                "closing.reopen_month",
                "billing.view_paper",
                "billing.print_receipt",
            ),
        ),
    )
    .order_by(audit.c.seq)
)
_SETTING = Prepared(sa.select(setting.c.value).where(setting.c.key == sa.bindparam("key")))
_REOPENED = frozenset({"closing.reopen_day", "closing.reopen_month"})


def exceptions(reading: Reading, first: date, last: date) -> tuple[ExceptionRow, ...]:
    """Return R25 in order of time."""
    found = [
        *_reversals(reading, first, last),
        *_backdated(reading, first, last),
        *_written_off(reading, first, last),
        *_from_trail(reading, first, last),
    ]
    return tuple(sorted(found, key=lambda row: (row.at, row.record)))


def _reversals(reading: Reading, first: date, last: date) -> Iterator[ExceptionRow]:
    for at, user, seq, before, after, memo, amount, reason in _REVERSALS.rows(
        reading, first=first, last=last
    ):
        yield ExceptionRow(
            _instant(at),
            user,
            Exceptional.REVERSED,
            str(seq),
            date.fromisoformat(before),
            date.fromisoformat(after),
            amount,
            reason or memo,
        )


def _backdated(reading: Reading, first: date, last: date) -> Iterator[ExceptionRow]:
    after = from_utc_minute(reading.zone.day_span(first)[1])
    for at, user, seq, business_on, memo, amount in _BACKDATED.rows(
        reading, first=first, last=last, after=after
    ):
        posted_on = reading.zone.day(_instant(at))
        counts_on = date.fromisoformat(business_on)
        if posted_on > counts_on:
            yield ExceptionRow(
                _instant(at),
                user,
                Exceptional.BACKDATED,
                str(seq),
                posted_on,
                counts_on,
                amount,
                memo,
            )


def _written_off(reading: Reading, first: date, last: date) -> Iterator[ExceptionRow]:
    rows = _SETTING.rows(reading, key=WRITE_OFF_LIMIT.key)
    written = rows[0][0] if rows else ""
    limit = int(written) if written.isdecimal() else WRITE_OFF_LIMIT.default
    for at, user, seq, amount, reason in _BIG.rows(reading, first=first, last=last, limit=limit):
        yield ExceptionRow(
            _instant(at), user, Exceptional.WRITTEN_OFF, str(seq), None, None, amount, reason
        )


def _from_trail(reading: Reading, first: date, last: date) -> Iterator[ExceptionRow]:
    begin = from_utc_minute(reading.zone.day_span(first)[0])
    end = from_utc_minute(reading.zone.day_span(last)[1])
    for at, user, action, number, after, reason, again in _TRAIL.rows(
        reading, begin=begin, end=end
    ):
        told = json.loads(after) if after else {}
        if action in _REOPENED:
            what, record = Exceptional.REOPENED, told.get("first", "")
        elif again or action == "billing.view_paper":
            what, record = Exceptional.REPRINTED, told.get("number", number or "")
        else:
            continue  # the first print
        yield ExceptionRow(_instant(at), user, what, str(record), None, None, None, reason)


def _instant(microseconds: Any) -> datetime:
    return _EPOCH + timedelta(microseconds=int(microseconds))
