# SPDX-License-Identifier: Apache-2.0
"""The same shelves on a local PostgreSQL, for clinics with several PCs."""

from __future__ import annotations

import pytest

from clinicdesk.kernel.identity import PatientId
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.stock.model import Count, MakeOrder, Receive, TakeBack, Transfer, Use
from clinicdesk.storage import dialect
from clinicdesk.storage.clinic import insert_profile
from clinicdesk.storage.records import Records
from tests.stock.shelf import FRIDGE, LATER, STORE, shelf_on
from tests.support.clinics import NOON, a_profile, declare_tables
from tests.support.postgres import a_postgresql


@pytest.mark.postgres
@pytest.mark.slow
def test_moving_ordering_and_proving_work_on_postgresql() -> None:
    declare_tables()
    with a_postgresql() as engine:
        with engine.begin() as connection:
            dialect.create_all(connection)
            insert_profile(connection, a_profile(), NOON)
        shelf = shelf_on(Records(engine, engine, FixedClock(NOON)))
        stock, actor = shelf.stock, shelf.actor
        stock.make_order(MakeOrder(((shelf.vaccine, 20),)), actor)
        stock.receive(Receive(shelf.vaccine, 5, 910, FRIDGE, "C", LATER), actor)
        used = stock.use(Use(shelf.vaccine, 12, patient_id=PatientId(shelf.practice.anna)), actor)
        stock.transfer(Transfer(shelf.vaccine, 4, 1, STORE), actor)
        stock.count(Count(shelf.gloves, 499, 2, seen=500), actor)
        with pytest.raises(Exception, match="taken back already"):
            stock.take_back(TakeBack(stock.take_back(TakeBack(used.value, "x"), actor).value, "y"),
                            actor)  # fmt: skip
        view = stock.view(actor)
        assert {row.item.name: (row.on_hand, row.on_order) for row in view.levels} == {
            "Influenza vaccine": (25, 15), "Gloves M": (499, 0),
        }  # fmt: skip
        assert stock.history(shelf.vaccine, actor)[0].balance == 25
        assert len(stock.valuation(NOON.date(), NOON.date(), actor)) == 2
        assert len(stock.expiring(actor, 400)) >= 2
        assert shelf.failed_checks() == []
        shelf.records.close()
