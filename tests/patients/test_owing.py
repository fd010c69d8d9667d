# SPDX-License-Identifier: Apache-2.0
"""Who owes: a list at the desk, the most first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.patients.panel import PatientListPanel
from clinicdesk.wording.formats import Formats
from tests.patients.test_merging import merge, twin
from tests.support.practice import Practice, a_practice


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = a_practice(tmp_path)
    yield made
    made.records.close()


def test_who_owes_most_comes_first_and_who_owes_nothing_not_at_all(practice: Practice) -> None:
    practice.charge(practice.anna, 8_500, 4_000)
    practice.charge(practice.ben, 20_000)
    hits = practice.patients.owing(practice.actor)
    assert [(hit.id, hit.owed_minor) for hit in hits] == [
        (practice.ben, 20_000), (practice.anna, 4_500),
    ]  # fmt: skip


def test_what_a_merged_record_owed_is_of_the_one_that_stays(practice: Practice) -> None:
    goes = twin(practice)
    practice.charge(goes, 3_000)
    practice.charge(practice.anna, 1_000)
    merge(practice, practice.anna, goes)
    [hit] = practice.patients.owing(practice.actor)
    assert (hit.id, hit.owed_minor) == (practice.anna, 4_000)
    [same] = practice.patients.with_debts((replace(hit, owed_minor=0),), practice.actor)
    assert same == hit


def test_only_who_may_see_patients_sees_who_owes(practice: Practice) -> None:
    nobody = replace(practice.actor, rights=frozenset())
    with pytest.raises(NotAllowed):
        practice.patients.owing(nobody)


def test_the_list_of_patients_shows_who_owes_and_the_sum(practice: Practice, qtbot: QtBot) -> None:
    practice.charge(practice.anna, 8_500, 4_000)
    practice.charge(practice.ben, 20_000)
    theme, profile = Theme("light"), practice.records.profile
    formats = Formats("en", "GB", profile.currency, profile.zone)
    notices = Notices(theme, formats)
    desk = Desk(notices, formats)
    room = Room(desk, ChangeFeed(), Spotlight(), notices, theme, formats, practice.actor,
                practice.records.clock, DeskSettings())  # fmt: skip
    panel = PatientListPanel(room, practice.patients)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.answered):
        panel.show()
    assert {row.id: row.owed_minor for row in panel.table.rows.rows}[practice.ben] == 20_000
    with qtbot.waitSignal(panel.answered):
        panel.perform("patients.owing")
    assert [row.id for row in panel.table.rows.rows] == [practice.ben, practice.anna]
    assert panel._count.text().startswith("2 patients owe")
    assert "245.00" in panel._count.text()
    qtbot.waitUntil(lambda: desk.busy == 0)
    desk.close()
