# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.demo import make_demo
from clinicdesk.kernel.moments import FixedClock, Month
from clinicdesk.schedule.model import Look
from clinicdesk.storage.schema import metadata
from tests.support.whole_clinics import WholeClinic, a_whole_clinic

UNTIL = date(2026, 11, 25)
NOW = datetime(2026, 11, 25, 10, 22, tzinfo=UTC)
GROUPED = {"audit", "command"}  # grouped by transaction
pytestmark = pytest.mark.slow


def _made(
    folder: Path,
    *,
    years: int = 0,
    patients: int = 40,
    providers: int = 4,
    seed: int = 1,
    one_by_one: bool = False,
) -> WholeClinic:
    folder.mkdir(parents=True, exist_ok=True)
    clinic = a_whole_clinic(folder, clock=FixedClock(NOW))
    make_demo(
        clinic,
        years=years,
        patients=patients,
        providers=providers,
        seed=seed,
        until=UNTIL,
        one_by_one=one_by_one,
    )
    return clinic


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeClinic]:
    """One year, few people: read by every test below."""
    made = _made(tmp_path_factory.mktemp("demo"), years=1, patients=60, providers=2)
    yield made
    made.records.close()


def _rows(clinic: WholeClinic) -> dict[str, list[tuple[object, ...]]]:
    with clinic.records.read() as reading:
        return {
            name: sorted(map(tuple, reading.execute(sa.text(f"SELECT * FROM {name}"))), key=repr)  # noqa: S608
            for name in metadata.tables
            if name not in GROUPED
        }


def _digest(clinic: WholeClinic) -> str:
    return hashlib.sha256(repr(_rows(clinic)).encode()).hexdigest()


def test_the_same_seed_gives_the_same_rows_and_another_one_others(tmp_path: Path) -> None:
    one, two = _made(tmp_path / "1"), _made(tmp_path / "2")
    other = _made(tmp_path / "3", seed=2)
    assert _digest(one) == _digest(two)
    assert _digest(one) != _digest(other)


def test_command_by_command_it_is_the_same_row_for_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinicdesk.demo.history.AHEAD_DAYS", 12)
    sizes = {"years": 1, "patients": 41, "providers": 1}
    bulk = _rows(_made(tmp_path / "bulk", **sizes))  # type: ignore[arg-type]
    single = _rows(_made(tmp_path / "single", **sizes, one_by_one=True))
    assert [name for name in bulk if bulk[name] != single[name]] == []
    assert len(bulk["posting"]) > 1000


def test_no_patients_and_no_years_leave_an_empty_clinic(tmp_path: Path) -> None:
    clinic = _made(tmp_path / "empty", patients=0)
    rows = _rows(clinic)
    assert not any(rows[name] for name in ("patient", "appointment", "staff_member", "entry"))


def test_the_morning_is_half_over(clinic: WholeClinic) -> None:
    cards = clinic.schedule.day(UNTIL, clinic.actor).cards
    looks = {card.look for card in cards}
    assert looks == set(Look) - {Look.MESSAGE, Look.NO_SHOW}  # the no-show is the nurse's
    assert any(card.overbook for card in cards)
    grace = next(card for card in cards if card.name == "Adeyemi, Grace")
    assert (grace.due_minor, grace.alert, grace.look) == (4000, True, Look.ARRIVED)
    assert {card.name for card in cards if card.new_patient} == {"Khan, Aisha", "Nair, Priya"}


def test_people_wait_for_different_times(clinic: WholeClinic) -> None:
    assert {
        card.name: card.minutes(NOW) for card in clinic.schedule.waiting(clinic.actor)
    } == {
        "Petrov, Ivan": 31, "Carter, Ben": 26, "Adeyemi, Grace": 17, "Whitfield, Tom": 9,
        "Nair, Priya": 6, "Vogel, Hannah": 4,
    }  # fmt: skip


def test_the_clock_is_put_back(tmp_path: Path) -> None:
    clinic = a_whole_clinic(tmp_path)
    kept = clinic.records.clock
    make_demo(clinic, years=0, patients=36, providers=1, seed=1, until=UNTIL)
    assert clinic.records.clock is kept


def test_every_identity_of_the_month_end_holds(clinic: WholeClinic) -> None:
    for month in (Month(2026, 3), Month(2026, 10)):
        figures = clinic.closing.month_end(month, clinic.actor)
        assert [one.name for one in figures.proof if not one.holds] == []
    with clinic.records.read() as reading:
        assert all(check.holds for check in clinic.ledger.checks(reading))
        assert all(check.holds for check in clinic.stock.checks(reading))


def test_receivables_stand_in_every_bucket_of_the_aging(clinic: WholeClinic) -> None:
    with clinic.records.read() as reading:
        ages = reading.execute(
            sa.text(
                "SELECT DISTINCT min(4, (julianday(:today) - julianday(c.service_on) - 1) / 30) "
                "FROM open_amount o JOIN charge c ON c.id = o.charge_id WHERE o.amount_minor > 0"
            ),
            {"today": UNTIL.isoformat()},
        ).scalars()
        assert {int(age) for age in ages} == {0, 1, 2, 3, 4}


def test_money_came_and_went_in_every_way(clinic: WholeClinic) -> None:
    with clinic.records.read() as reading:
        kinds = set(reading.execute(sa.text("SELECT DISTINCT kind FROM entry")).scalars())
        methods = set(reading.execute(sa.text("SELECT DISTINCT method FROM receipt")).scalars())
    assert {"charge", "payment", "adjustment", "transfer", "write_off", "refund"} <= kinds
    assert methods == {"cash", "card", "cheque", "transfer"}


def test_the_shelves_are_as_lively_as_the_book(clinic: WholeClinic) -> None:
    levels = clinic.stock.levels(clinic.actor)
    assert levels[0].usable == 0  # one is empty
    assert sum(1 for row in levels if row.low) >= 4
    assert any(row.expired for row in levels)
    assert any(row.on_order and not row.low for row in levels)
    assert clinic.stock.kits(clinic.actor)[1]
    october = clinic.stock.valuation(date(2026, 10, 1), date(2026, 10, 31), clinic.actor)
    assert all(row.used > 0 for row in october)
    kinds = {row.kind for item in levels for row in clinic.stock.history(item.id, clinic.actor)}
    assert kinds == {"receive", "use", "transfer", "adjust", "discard"}


def test_lots_are_about_to_expire(clinic: WholeClinic) -> None:
    ends = [row.expires_on for row in clinic.stock.shelves(clinic.actor) if row.expires_on]
    assert any(UNTIL < day < date(2026, 12, 25) for day in ends)
    assert any(day < UNTIL for day in ends)


def test_weekends_and_holidays_are_closed(clinic: WholeClinic) -> None:
    rows = clinic.schedule.list(date(2025, 12, 20), date(2026, 1, 4), clinic.actor)
    days = {row.starts.date() for row in rows}
    assert all(day.weekday() < 5 for day in days)
    assert date(2025, 12, 25) not in days
    assert date(2025, 12, 22) in days
