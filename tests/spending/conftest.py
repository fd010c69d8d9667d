# SPDX-License-Identifier: Apache-2.0
"""A clinic with its books, ready to spend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from clinicdesk.kernel.actors import Actor
from clinicdesk.ledger.service import Ledger
from clinicdesk.spending.service import Spending
from clinicdesk.stock.service import Stock
from clinicdesk.storage.records import Records
from tests.support.clinics import an_actor, some_records


@dataclass(frozen=True)
class Books:
    """What the tests of spending work with."""

    records: Records
    ledger: Ledger
    spending: Spending
    manager: Actor


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    records = some_records(tmp_path)
    ledger = Ledger(records)
    manager = an_actor()
    with records.write(manager, "ledger.seed") as work:
        ledger.seed(work)
        work.record("account", None)
    yield Books(records, ledger, Spending(records, ledger, Stock(records, ledger)), manager)
    records.close()
