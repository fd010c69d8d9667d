# SPDX-License-Identifier: Apache-2.0
"""Closing a day: the till is counted, the rest goes to the bank, nothing is posted any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinicdesk.closing.model import CloseMonth, MonthAlreadyClosed
from clinicdesk.closing.model.day import (
    CloseDay,
    DayClosed,
    DayToCome,
    LaterIsClosed,
    LessThanFloat,
    NotClosed,
    ReasonForDifference,
    ReopenDay,
    ReopenMonth,
    WhyReopen,
    worth,
)
from clinicdesk.closing.service import Closing
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.ledger.model import PeriodClosed
from clinicdesk.ledger.tables import posting, receipt
from tests.closing.ledgers import BEN, CARL, SmallClinic
from tests.support.clinics import an_actor

TODAY = date(2026, 11, 3)
MANAGER = an_actor()


@pytest.fixture
def closing(clinic: SmallClinic) -> Closing:
    """Give a clinic in which today one card, one cheque and cash were taken."""
    owed = clinic.charge(BEN, 20_000, TODAY)
    clinic.pay(owed, 4_000, TODAY, method="cash")
    clinic.pay(owed, 3_000, TODAY, method="card")
    clinic.pay(owed, 2_000, TODAY, method="cheque")
    return Closing(clinic.records)


def as_counted(closing: Closing, on: date = TODAY) -> CloseDay:
    """Return the command of somebody who counts exactly what the books say."""
    day = closing.day_end(on, MANAGER)
    return CloseDay(on, day.cash_minor, day.cards_minor, day.cheques_minor, 1_000)


def balance(clinic: SmallClinic, account: str) -> int:
    with clinic.records.read() as reading:
        statement = sa.select(sa.func.coalesce(sa.func.sum(posting.c.amount_minor), 0))
        return int(reading.execute(statement.where(posting.c.account == account)).scalar_one())


def test_the_end_of_a_day_says_what_should_be_there(closing: Closing, clinic: SmallClinic) -> None:
    day = closing.day_end(TODAY, MANAGER)
    assert day.cash_minor == balance(clinic, "1000")
    assert day.cheques_minor == balance(clinic, "1020") == 2_900, "yesterday's is not banked yet"
    assert day.cards_minor == 3_000
    assert {row.method: row.amount_minor for row in day.methods} == {
        "cash": 4_000, "card": 3_000, "cheque": 2_000,
    }  # fmt: skip
    assert day.seal is None


def test_a_closed_day_leaves_the_float_and_banks_the_rest(
    closing: Closing, clinic: SmallClinic
) -> None:
    command = as_counted(closing)
    bank = balance(clinic, "1010")
    closing.close_day(command, MANAGER)
    assert balance(clinic, "1000") == 1_000
    assert balance(clinic, "1020") == 0
    taken = command.cash_minor - 1_000 + command.cheques_minor
    assert balance(clinic, "1010") - bank == taken
    day = closing.day_end(TODAY, MANAGER)
    assert day.seal is not None
    assert day.count is not None
    assert (day.count.deposit, day.count.difference_minor) == ("D-1", 0)
    assert day.count.deposit_cash_minor + day.count.deposit_cheques_minor == taken
    with clinic.records.read() as reading:
        statement = sa.select(receipt.c.method).where(receipt.c.deposit_id.is_not(None))
        assert set(reading.execute(statement).scalars()) == {"cash", "cheque"}


def test_nothing_is_posted_to_a_closed_day_until_it_is_opened_with_a_reason(
    closing: Closing, clinic: SmallClinic
) -> None:
    closing.close_day(as_counted(closing), MANAGER)
    with pytest.raises(PeriodClosed):
        clinic.charge(CARL, 100, TODAY)
    with pytest.raises(DayClosed):
        closing.close_day(as_counted(closing), MANAGER)
    with pytest.raises(WhyReopen):
        closing.reopen_day(ReopenDay(TODAY, " "), MANAGER)
    closing.reopen_day(ReopenDay(TODAY, "A late patient"), MANAGER)
    clinic.charge(CARL, 100, TODAY)
    with pytest.raises(NotClosed):
        closing.reopen_day(ReopenDay(TODAY, "again"), MANAGER)
    closing.close_day(replace(as_counted(closing), float_minor=500), MANAGER)
    day = closing.day_end(TODAY, MANAGER)
    assert day.count is not None
    assert day.count.deposit == "D-2"
    with clinic.records.read() as reading:
        assert [check for check in clinic.ledger.checks(reading) if not check.holds] == []


def test_what_is_short_is_explained_and_booked(closing: Closing, clinic: SmallClinic) -> None:
    short = as_counted(closing)
    short = replace(short, cash_minor=short.cash_minor - 250)
    with pytest.raises(ReasonForDifference) as refused:
        closing.close_day(short, MANAGER)
    assert refused.value.field == "reason"
    closing.close_day(replace(short, reason="Wrong change"), MANAGER)
    assert balance(clinic, "6900") == 250
    assert balance(clinic, "1000") == 1_000


def test_a_terminal_that_differs_is_explained_but_moves_no_money(
    closing: Closing, clinic: SmallClinic
) -> None:
    command = as_counted(closing)
    command = replace(command, cards_minor=command.cards_minor + 5)
    with pytest.raises(ReasonForDifference):
        closing.close_day(command, MANAGER)
    closing.close_day(replace(command, reason="Batch of yesterday"), MANAGER)
    assert balance(clinic, "6900") == 0
    count = closing.day_end(TODAY, MANAGER).count
    assert count is not None
    assert (count.cards_minor - count.expected_cards_minor, count.reason) == (
        5, "Batch of yesterday",
    )  # fmt: skip


def test_days_to_come_and_too_large_a_float_are_refused(closing: Closing) -> None:
    with pytest.raises(DayToCome):
        closing.close_day(CloseDay(TODAY + timedelta(1), 0, 0, 0, 0), MANAGER)
    command = as_counted(closing)
    with pytest.raises(LessThanFloat):
        closing.close_day(replace(command, float_minor=command.cash_minor + 1), MANAGER)


def test_the_same_key_closes_once(closing: Closing, clinic: SmallClinic) -> None:
    command = as_counted(closing)
    closing.close_day(command, MANAGER)
    closing.close_day(command, MANAGER)
    assert balance(clinic, "1000") == 1_000


def test_rights(closing: Closing) -> None:
    rosa = an_actor("till.count_and_close_day", role="receptionist")
    closing.close_day(as_counted(closing), rosa)
    with pytest.raises(NotAllowed):
        closing.reopen_day(ReopenDay(TODAY, "late"), rosa)
    with pytest.raises(NotAllowed):
        closing.day_end(TODAY, an_actor("patients.view"))


def test_closed_days_do_not_stand_in_the_way_of_closing_their_month(
    closing: Closing, clinic: SmallClinic
) -> None:
    last = date(2026, 10, 31)
    closing.close_day(as_counted(closing, last), MANAGER)
    closing.close_month(CloseMonth(Month(2026, 10)), MANAGER)
    with pytest.raises(MonthAlreadyClosed):
        closing.close_month(CloseMonth(Month(2026, 10)), MANAGER)
    with pytest.raises(PeriodClosed):
        clinic.charge(BEN, 100, date(2026, 10, 15))


def test_the_newest_closed_month_is_opened_again_and_closed_with_a_second_paper(
    closing: Closing, clinic: SmallClinic
) -> None:
    for month in (Month(2026, 9), Month(2026, 10)):
        closing.close_month(CloseMonth(month), MANAGER)
    with pytest.raises(LaterIsClosed):
        closing.reopen_month(ReopenMonth(Month(2026, 9), "a late remittance"), MANAGER)
    closing.reopen_month(ReopenMonth(Month(2026, 10), "a late remittance"), MANAGER)
    assert closing.month_end(Month(2026, 10), MANAGER).draft
    clinic.charge(BEN, 100, date(2026, 10, 15))
    closing.close_month(CloseMonth(Month(2026, 10)), MANAGER)
    assert not closing.month_end(Month(2026, 10), MANAGER).draft
    with clinic.records.read() as reading:
        assert [check for check in closing.checks(reading) if not check.holds] == []
        numbers = reading.execute(sa.text("SELECT number FROM issued_paper ORDER BY id")).scalars()
        assert list(numbers) == ["2026-09", "2026-10", "2026-10/2"]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(counts=st.lists(st.integers(-500, 500), min_size=1, max_size=4))
def test_after_any_counts_the_drawer_holds_the_float_and_the_books_balance(
    tmp_path_factory: pytest.TempPathFactory, counts: list[int]
) -> None:
    """Closing, opening and closing again, with any difference each time."""
    clinic = SmallClinic(tmp_path_factory.mktemp("till"))
    closing = Closing(clinic.records)
    for place, off in enumerate(counts):
        owed = clinic.charge(BEN, 5_000, TODAY)
        clinic.pay(owed, 5_000, TODAY, method="cash")
        command = as_counted(closing)
        command = replace(command, cash_minor=command.cash_minor + off, reason="counted twice")
        closing.close_day(command, MANAGER)
        assert balance(clinic, "1000") == 1_000
        assert balance(clinic, "6900") == -sum(counts[: place + 1])
        closing.reopen_day(ReopenDay(TODAY, "next round"), MANAGER)
    assert sum(balance(clinic, number) for number in ("1000", "1010", "6900", "4000")) == 0
    clinic.records.close()


def test_notes_and_coins_add_up() -> None:
    assert worth(((5_000, 2), (100, 3), (5, 1))) == 10_305
