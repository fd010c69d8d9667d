# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.exchange.delimited import Unreadable
from clinicdesk.exchange.synthea import FILES
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.moving import import_synthea
from tests.support.clinics import an_actor
from tests.support.whole_clinics import WholeClinic, a_whole_clinic

DATA = Path("/work/shared/data/synthea")
pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here"),
    pytest.mark.slow,
]


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[WholeClinic]:
    made = a_whole_clinic(tmp_path)
    yield made
    made.records.close()


def _sums(folder: Path) -> Counter[str]:
    """Add the CSV up on its own: text to cents, by type and column."""
    sums: Counter[str] = Counter()
    with (folder / "claims_transactions.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            column = {
                "CHARGE": "AMOUNT", "PAYMENT": "PAYMENTS", "ADJUSTMENT": "ADJUSTMENTS",
                "TRANSFERIN": "TRANSFERS", "TRANSFEROUT": "TRANSFERS",
            }[row["TYPE"]]  # fmt: skip
            sums[row["TYPE"]] += int(Decimal(row[column]) * 100)
            sums[f"{row['TYPE']} lines"] += 1
            if row["TYPE"] == "CHARGE" and Decimal(row["AMOUNT"]) == 0:
                sums["zero"] += 1
    return sums


def _copy(to: Path, keep: Callable[[dict[str, str]], bool]) -> Path:
    """Copy the folder, leaving out transactions."""
    to.mkdir()
    for name in FILES:
        shutil.copyfile(DATA / name, to / name)
    with (DATA / "claims_transactions.csv").open(newline="") as file:
        reader = csv.DictReader(file)
        rows = [row for row in reader if keep(row)]
    with (to / "claims_transactions.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames or [])
        writer.writeheader()
        writer.writerows(rows)
    return to


def _quantity_of(code: str) -> int:
    with (DATA / "supplies.csv").open(newline="") as file:
        return sum(int(row["QUANTITY"]) for row in csv.DictReader(file) if row["CODE"] == code)


def _one(clinic: WholeClinic, statement: str) -> int:
    with clinic.records.read() as reading:
        return int(reading.execute(sa.text(statement)).scalar() or 0)


def _books_hold(clinic: WholeClinic) -> bool:
    with clinic.records.read() as reading:
        return all(check.holds for check in clinic.ledger.checks(reading))


def _proven(clinic: WholeClinic) -> bool:
    """Every identity of the month end holds, in an early, a busy and the last month."""
    months = (Month(1990, 3), Month(2016, 2), Month(2024, 4))
    return all(
        one.holds for month in months for one in clinic.closing.month_end(month, clinic.actor).proof
    )


_RECEIVABLE = "SELECT sum(amount_minor) FROM posting WHERE account IN ('1100', '1110', '1120')"


def test_every_figure_equals_the_files_to_the_cent(clinic: WholeClinic) -> None:
    told, report = _sums(DATA), import_synthea(clinic, DATA, clinic.actor)
    assert report.charges_minor == told["CHARGE"] == 121_986_722
    assert report.payments_minor == told["PAYMENT"] == 121_986_722
    assert report.transfers_minor == told["TRANSFERIN"] == told["TRANSFEROUT"] == 28_036_689
    assert report.adjustments_minor == told["ADJUSTMENT"] == 0
    assert _one(clinic, "SELECT sum(amount_minor) FROM charge") == told["CHARGE"]
    assert (
        _one(clinic, "SELECT -sum(amount_minor) FROM posting WHERE account = '4000'")
        == (told["CHARGE"])
    )
    assert _one(clinic, "SELECT sum(amount_minor) FROM receipt") == told["PAYMENT"]
    assert _one(clinic, _RECEIVABLE) == 0
    moved = "SELECT sum(amount_minor) FROM posting WHERE cause = 'transfer' AND amount_minor > 0"
    assert _one(clinic, moved) == told["TRANSFERIN"]
    assert _books_hold(clinic)
    assert _proven(clinic)


def test_a_charge_of_zero_becomes_a_charge_without_postings(clinic: WholeClinic) -> None:
    import_synthea(clinic, DATA, clinic.actor)
    bare = (
        "SELECT count(*) FROM charge WHERE amount_minor = 0 "
        "AND id NOT IN (SELECT charge_id FROM posting WHERE charge_id IS NOT NULL)"
    )
    assert _one(clinic, bare) == _sums(DATA)["zero"] == 289


def test_with_every_third_payment_left_out_receivables_stay_open(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    seen: Counter[str] = Counter()

    def keep(row: dict[str, str]) -> bool:
        seen[row["TYPE"]] += 1
        return row["TYPE"] != "PAYMENT" or seen["PAYMENT"] % 3 != 0

    folder = _copy(tmp_path / "third", keep)
    told, report = _sums(folder), import_synthea(clinic, folder, clinic.actor)
    assert told["PAYMENT lines"] == 2086 - 695
    assert report.kinds["payments"].skipped == 0
    assert (report.charges_minor, report.payments_minor) == (told["CHARGE"], told["PAYMENT"])
    assert report.transfers_minor == told["TRANSFERIN"]
    assert _one(clinic, _RECEIVABLE) == told["CHARGE"] - told["PAYMENT"] > 0
    assert _one(clinic, "SELECT sum(amount_minor) FROM open_amount") == (
        told["CHARGE"] - told["PAYMENT"]
    )
    assert _one(clinic, "SELECT count(*) FROM open_amount WHERE amount_minor < 0") == 0
    assert _books_hold(clinic)
    assert _proven(clinic)


def test_repeating_the_import_changes_nothing(clinic: WholeClinic) -> None:
    import_synthea(clinic, DATA, clinic.actor)
    counts = "SELECT (SELECT count(*) FROM patient) + (SELECT count(*) FROM posting) + (SELECT count(*) FROM audit)"  # noqa: E501
    before = _one(clinic, counts)
    again = import_synthea(clinic, DATA, clinic.actor)
    assert _one(clinic, counts) == before
    assert again.taken == 0
    assert (again.charges_minor, again.payments_minor, again.transfers_minor) == (0, 0, 0)
    assert all(tally.read == tally.skipped for tally in again.kinds.values())


def test_a_dry_run_tells_the_same_and_writes_nothing(clinic: WholeClinic) -> None:
    before = _one(clinic, "SELECT count(*) FROM audit")
    tried = import_synthea(clinic, DATA, clinic.actor, dry_run=True)
    assert _one(clinic, "SELECT count(*) FROM patient") == 0
    assert _one(clinic, "SELECT count(*) FROM audit") == before
    done = import_synthea(clinic, DATA, clinic.actor)
    assert {**tried.as_dict(), "dry_run": False} == done.as_dict()


def test_cancelling_before_the_write_leaves_nothing(clinic: WholeClinic) -> None:
    report = import_synthea(clinic, DATA, clinic.actor, cancelled=lambda: True)
    assert report.cancelled
    assert _one(clinic, "SELECT count(*) FROM patient") == 0


def test_a_damaged_line_is_named_and_nothing_is_written(
    clinic: WholeClinic, tmp_path: Path
) -> None:
    folder = _copy(tmp_path / "broken", lambda _row: True)
    path = folder / "claims_transactions.csv"
    lines = path.read_text().splitlines(keepends=True)
    lines[5000] = "cut off\n"
    path.write_text("".join(lines))
    with pytest.raises(Unreadable, match="line 5001"):
        import_synthea(clinic, folder, clinic.actor)
    assert _one(clinic, "SELECT count(*) FROM patient") == 0


def test_every_line_is_accounted_for(clinic: WholeClinic) -> None:
    report = import_synthea(clinic, DATA, clinic.actor)
    for kind, tally in report.kinds.items():
        assert tally.read == tally.taken + tally.skipped, kind
    assert report.kinds["coverages"].skipped == 5
    assert sum(tally.read for tally in report.kinds.values()) == 6_935  # all lines of all files


def test_supplies_and_vaccines_tell_who_got_them_and_change_no_shelf(clinic: WholeClinic) -> None:
    report = import_synthea(clinic, DATA, clinic.actor)
    assert (report.kinds["supplies"].taken, report.kinds["immunizations"].taken) == (47, 129)
    assert _one(clinic, "SELECT count(*) FROM movement WHERE kind = 'use'") == 176
    traced = "SELECT count(*) FROM movement WHERE kind = 'use' AND patient_id IS NOT NULL"
    assert _one(clinic, f"{traced} AND visit_id IS NOT NULL") == 176
    assert _one(clinic, "SELECT coalesce(sum(quantity), 0) FROM on_hand") == 0
    assert _one(clinic, "SELECT count(*) FROM posting WHERE account = '1200'") == 0
    strips = "SELECT -sum(quantity) FROM movement JOIN item ON item.id = item_id "
    wanted = _quantity_of("337388004")
    assert _one(clinic, f"{strips} WHERE kind = 'use' AND code = '337388004'") == wanted > 0
    with clinic.records.read() as reading:
        assert all(check.holds for check in clinic.stock.checks(reading))


def test_a_folder_without_supplies_is_whole_too(clinic: WholeClinic, tmp_path: Path) -> None:
    report = import_synthea(clinic, _copy(tmp_path / "old", lambda _row: True), clinic.actor)
    assert report.kinds["supplies"].read == 0
    again = import_synthea(clinic, DATA, clinic.actor)
    assert again.taken == 176, "they are taken in when the files come later"


def test_only_who_may_import_may(clinic: WholeClinic) -> None:
    with pytest.raises(NotAllowed):
        import_synthea(clinic, DATA, an_actor("patients.edit", role="receptionist"))
