# SPDX-License-Identifier: Apache-2.0
"""The same roster on a local PostgreSQL, for clinics with several PCs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from clinicdesk.kernel.moments import FixedClock
from clinicdesk.staff.model import AskLeave, CopyWeek, Decide, NeedOfDay, SaveMember, SetNeeds
from clinicdesk.storage import dialect
from clinicdesk.storage.clinic import insert_profile
from clinicdesk.storage.records import Records
from tests.staff.roster import MONDAY, TUESDAY, staffed
from tests.support.clinics import NOON, a_profile, declare_tables
from tests.support.postgres import a_postgresql


@pytest.mark.postgres
@pytest.mark.slow
def test_planning_publishing_leave_and_hours_work_on_postgresql() -> None:
    declare_tables()
    with a_postgresql() as engine:
        with engine.begin() as connection:
            dialect.create_all(connection)
            insert_profile(connection, a_profile(), NOON)
        roster = staffed(Records(engine, engine, FixedClock(NOON)))
        staff, actor = roster.staff, roster.actor
        staff.set_needs(SetNeeds("reception", (NeedOfDay(0, 540, 1020, 1),)), actor)
        roster.type(roster.rosa, MONDAY, "9-13 R1")
        roster.type(None, TUESDAY, "13-17 reception")
        published = roster.publish()
        assert roster.shown(roster.rosa, MONDAY) == ("9-13 R1", "published")
        assert staff.copy_week(CopyWeek(MONDAY + timedelta(days=7)), actor).value
        asked = staff.ask_leave(AskLeave(roster.rosa, TUESDAY, TUESDAY), actor)
        approved = staff.decide(Decide(asked.value, 1, approve=True), actor)
        assert roster.shown(roster.rosa, TUESDAY) == ("L", "published")
        assert approved.undo is not None
        approved.undo()
        assert published.undo is not None
        published.undo()
        assert roster.shown(roster.rosa, MONDAY) == ("9-13 R1", "draft")
        roster.publish()
        rows = staff.hours(MONDAY, TUESDAY, actor)
        with roster.records.read() as reading:
            total = staff.published_minutes_in(reading, MONDAY, TUESDAY)
        assert sum(row.rostered for row in rows) == total == 240
        saved = staff.save_member(SaveMember(None, 1, "Noor", "", "nurse", False), actor)
        assert saved.undo is not None
        saved.undo()
