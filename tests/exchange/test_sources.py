# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from clinicdesk.exchange import appointments, synthea

DATA = Path("/work/shared/data")
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")


def test_reads_the_money_of_each_type_from_its_own_column() -> None:
    totals: Counter[str] = Counter()
    for row in synthea.transactions(DATA / "synthea", 2):
        totals[row.type] += row.minor
    with (DATA / "synthea" / "claims_transactions.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for kind, column in (("CHARGE", "AMOUNT"), ("PAYMENT", "PAYMENTS"), ("TRANSFERIN", "AMOUNT")):
        told = sum(
            int(row[column].replace(".", "")) if "." in row[column] else int(row[column]) * 100
            for row in rows
            if row["TYPE"] == kind
        )
        assert totals[kind] == told


def test_reads_every_line_of_every_file() -> None:
    folder = DATA / "synthea"
    assert [
        len(list(read(folder)))
        for read in (
            *(synthea.payers, synthea.organizations, synthea.providers, synthea.patients),
            *(synthea.coverages, synthea.encounters, synthea.claims),
        )
    ] == [10, 47, 47, 11, 128, 388, 561]


def test_keeps_the_digits_of_invented_names() -> None:
    first = next(synthea.patients(DATA / "synthea"))
    assert (first.given, first.family) == ("Temika453", "Wuckert783")


def test_reads_the_packed_book() -> None:
    folder = DATA / "appointments"
    book = list(appointments.appointments(folder))
    assert len(book) == 58_486
    assert Counter(one.status for one in book) == {
        "attended": 44_994, "cancelled": 9_497, "did not attend": 3_482,
        "scheduled": 281, "unknown": 232,
    }  # fmt: skip
    assert sum(1 for one in book if one.came) == 44_994
