# SPDX-License-Identifier: Apache-2.0
"""The end of a day from the books and from the appointment book."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from clinicdesk.access.tables import app_user
from clinicdesk.billing.tables import charge
from clinicdesk.closing.model import Seal
from clinicdesk.closing.model.day import (
    CARDS,
    CHEQUES,
    DRAWER,
    CountRow,
    DayEnd,
    UnfinishedRow,
)
from clinicdesk.closing.queries.movements import methods_between
from clinicdesk.closing.tables import deposit, till_count
from clinicdesk.ledger.tables import day_total, period, receipt
from clinicdesk.patients.tables import patient
from clinicdesk.schedule.model import PRESENT, Booking, Contact
from clinicdesk.schedule.tables import appointment, visit
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading

_LOOK_AHEAD = 7  # days to the next one with appointments


def day_end(reading: Reading, on: date) -> DayEnd:
    """Return everything about the end of a day, from one snapshot."""
    visits = _visits(reading, on)
    return DayEnd(
        on=on,
        cash_minor=_balance(reading, DRAWER, on),
        cards_minor=_moved(reading, CARDS, on),
        cheques_minor=_balance(reading, CHEQUES, on),
        methods=methods_between(reading, on, on),
        receipts=_receipts(reading, on),
        unfinished=tuple(row for row in visits if row.booking != Booking.DONE.value),
        uncharged=tuple(
            row for row in visits if row.booking == Booking.DONE.value and not row.charged
        ),
        unconfirmed=_unconfirmed(reading, on),
        seal=seal_of_day(reading, on),
        count=_count(reading, on),
    )


def seal_of_day(reading: Reading, on: date) -> Seal | None:
    """Return who closed a day, by itself or with its month; None while it is open."""
    rows = reading.execute(
        sa.select(
            period.c.kind, period.c.first_on, period.c.state, period.c.closed_at, app_user.c.name
        )
        .select_from(period.outerjoin(app_user, app_user.c.id == period.c.closed_by))
        .where(period.c.first_on <= on, period.c.last_on >= on)
        .order_by(period.c.id)
    )
    latest = {(row.kind, row.first_on): row for row in rows}
    closed = [row for row in latest.values() if row.state == "closed"]
    return Seal(closed[0].closed_at, closed[0].name or "") if closed else None


def in_drawer(reading: Reading, on: date) -> tuple[int, int]:
    """Return cash and cheques the books say are there at a day's end."""
    return _balance(reading, DRAWER, on), _balance(reading, CHEQUES, on)


def open_days(reading: Reading, until: date) -> tuple[date, ...]:
    """Return days with takings up to a day that were never closed, since the last closed one."""
    first = reading.execute(
        sa.select(sa.func.max(period.c.last_on, type_=period.c.last_on.type)).where(
            period.c.state == "closed", period.c.last_on < until
        )
    ).scalar()
    if first is None:
        return ()
    rows = reading.execute(
        sa.select(receipt.c.received_on)
        .where(receipt.c.received_on > first, receipt.c.received_on < until)
        .distinct()
        .order_by(receipt.c.received_on)
    )
    return tuple(day for (day,) in (tuple(row) for row in rows))


def _balance(reading: Reading, account: str, on: date) -> int:
    return int(
        reading.execute(
            sa.select(sa.func.coalesce(sa.func.sum(day_total.c.amount_minor), 0)).where(
                day_total.c.account == account, day_total.c.business_on <= on
            )
        ).scalar_one()
    )


def _moved(reading: Reading, account: str, on: date) -> int:
    return int(
        reading.execute(
            sa.select(sa.func.coalesce(sa.func.sum(day_total.c.amount_minor), 0)).where(
                day_total.c.account == account, day_total.c.business_on == on
            )
        ).scalar_one()
    )


def _receipts(reading: Reading, on: date) -> tuple[str, str]:
    """Return the first and the last number given out on a day."""
    of_day = sa.select(receipt.c.number).where(receipt.c.received_on == on).limit(1)
    first = reading.execute(of_day.order_by(receipt.c.id)).scalar()
    last = reading.execute(of_day.order_by(receipt.c.id.desc())).scalar()
    return str(first or ""), str(last or "")


def _visits(reading: Reading, on: date) -> list[UnfinishedRow]:
    """Return visits of the day that began: still under way, or done."""
    charged = sa.exists().where(charge.c.visit_id == visit.c.id, charge.c.reversed.is_(sa.false()))
    states = [state.value for state in (*PRESENT, Booking.DONE)]
    day = (
        datetime.combine(on, datetime.min.time()),
        datetime.combine(on + timedelta(days=1), datetime.min.time()),
    )
    rows = reading.execute(
        sa.select(
            appointment.c.id,
            appointment.c.patient_id,
            patient.c.family_name,
            patient.c.given_name,
            appointment.c.starts_wall,
            staff_member.c.name,
            appointment.c.booking,
            charged.label("charged"),
        )
        .join_from(appointment, patient, patient.c.id == appointment.c.patient_id)
        .join(staff_member, staff_member.c.id == appointment.c.provider_id)
        .join(visit, visit.c.appointment_id == appointment.c.id, isouter=True)
        .where(
            appointment.c.starts_wall >= day[0],
            appointment.c.starts_wall < day[1],
            appointment.c.booking.in_(states),
        )
        .order_by(appointment.c.starts_min, appointment.c.id)
    )
    return [
        UnfinishedRow(
            row.id,
            row.patient_id,
            f"{row.family_name}, {row.given_name}",
            row.starts_wall,
            row.name,
            row.booking,
            bool(row.charged),
        )
        for row in rows
    ]


def _unconfirmed(reading: Reading, on: date) -> int:
    """Count appointments nobody confirmed on the next day that has any."""
    day = sa.func.substr(sa.type_coerce(appointment.c.starts_wall, sa.Text()), 1, 10)
    after, before = on + timedelta(days=1), on + timedelta(days=_LOOK_AHEAD)
    rows = reading.execute(
        sa.select(day, appointment.c.contact, sa.func.count())
        .where(
            appointment.c.starts_wall >= datetime.combine(after, datetime.min.time()),
            appointment.c.starts_wall < datetime.combine(before, datetime.min.time()),
            appointment.c.booking == Booking.BOOKED.value,
            appointment.c.kind == "visit",
        )
        .group_by(day, appointment.c.contact)
    )
    by_day: dict[str, int] = {}
    for text, contact, count in (tuple(row) for row in rows):
        by_day.setdefault(text, 0)
        by_day[text] += 0 if contact == Contact.CONFIRMED.value else int(count)
    return by_day[min(by_day)] if by_day else 0


def _count(reading: Reading, on: date) -> CountRow | None:
    row = reading.execute(
        sa.select(
            till_count,
            app_user.c.name.label("user"),
            deposit.c.number.label("deposit"),
            deposit.c.cash_minor.label("deposit_cash"),
            deposit.c.cheques_minor.label("deposit_cheques"),
        )
        .select_from(till_count)
        .outerjoin(app_user, app_user.c.id == till_count.c.counted_by)
        .outerjoin(deposit, deposit.c.id == till_count.c.deposit_id)
        .where(till_count.c.counted_on == on)
        .order_by(till_count.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return CountRow(
        row.id,
        row.cash_minor,
        row.expected_minor,
        row.float_minor,
        row.cards_minor,
        row.expected_cards_minor,
        row.cheques_minor,
        row.expected_cheques_minor,
        tuple((int(worth), int(count)) for worth, count in json.loads(row.pieces)),
        row.reason,
        row.user or "",
        row.deposit or "",
        row.deposit_cash or 0,
        row.deposit_cheques or 0,
    )
