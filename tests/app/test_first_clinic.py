# SPDX-License-Identifier: Apache-2.0
"""The clinic that the first run makes: what is in it, and that there is never half of one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from clinicdesk.access.model import PasswordTooShort
from clinicdesk.app.first_run import making
from clinicdesk.app.first_run.kit import Kit, kit_paper, kit_pdf
from clinicdesk.app.first_run.making import made_clinic
from clinicdesk.app.first_run.plan import (
    Plan,
    asked_groups,
    file_stem,
    is_group,
    likely_country,
    likely_login,
    phrase,
    strength,
)
from clinicdesk.assembly import open_clinic, recover_clinic
from clinicdesk.kernel.countries import CODES
from clinicdesk.kernel.moments import ClinicZone, FixedClock
from clinicdesk.kernel.money import Currency
from clinicdesk.staff.model.grammar import NotHours
from clinicdesk.storage.nameplate import name_of
from clinicdesk.wording.formats import Formats
from tests.storage.opened import CHEAP

PASSWORD = "orchard lanterns at noon"
NOW = FixedClock(datetime(2026, 11, 25, 10, 22, tzinfo=UTC))


def a_plan(folder: Path, country: str = "GB") -> Plan:
    plan = Plan(folder, name="Rose Hill Practice", owner="Dr Ada Okafor", login="ada")
    plan.choose_country(country)
    plan.password = PASSWORD
    plan.address = "1 Hill Road\nBath"
    plan.people = [("Dr Ada Okafor", "Room 1"), ("", "Room 2"), ("Ben Wu", "Room 1"), ("", "")]
    plan.types = [("New patient", "30"), ("", ""), ("Review", "x")]
    plan.hours[4] = "9-12"
    return plan


def test_what_was_answered_is_in_the_clinic(tmp_path: Path) -> None:
    plan = a_plan(tmp_path)
    plan.region = "SCT"
    path = made_clinic(plan, clock=NOW, cost=CHEAP)
    assert path == tmp_path / "rose-hill-practice" / "rose-hill-practice.clinic"
    assert name_of(path) == "Rose Hill Practice"
    assert not list(tmp_path.glob("*.growing"))
    with open_clinic(path, "ada", PASSWORD, NOW, CHEAP) as clinic:
        profile, actor = clinic.records.profile, clinic.actor
        assert (profile.country, profile.currency.code) == ("GB", "GBP")
        assert profile.address == "1 Hill Road\nBath"
        assert (actor.name, actor.role) == ("Dr Ada Okafor", "owner")
        assert [room.name for room in clinic.staff.rooms()] == ["Room 1", "Room 2"]
        people = clinic.staff.members(actor)
        assert [(one.name, one.is_provider) for one in people] == [
            ("Dr Ada Okafor", True),
            ("Ben Wu", True),
        ]
        hours = clinic.staff.usual_hours(people[0].id, actor)
        assert {span.weekday for span in hours} == {0, 1, 2, 3, 4}
        assert [(one.name, one.minutes) for one in clinic.schedule.types(actor)] == [
            ("New patient", 30),
            ("Review", 15),
        ]
        assert all(check.holds for check in clinic.verify())


@pytest.mark.parametrize("country", CODES)
def test_a_clinic_of_each_country_can_be_made_and_opened(tmp_path: Path, country: str) -> None:
    path = made_clinic(a_plan(tmp_path, country), clock=NOW, cost=CHEAP)
    with open_clinic(path, "ada", PASSWORD, NOW, CHEAP) as clinic:
        assert clinic.records.profile.country == country


def test_the_code_that_was_on_paper_before_opens_the_clinic(tmp_path: Path) -> None:
    plan = a_plan(tmp_path)
    path = made_clinic(plan, clock=NOW, cost=CHEAP)
    assert recover_clinic(path, plan.code, "quite another password", CHEAP) == "ada"


def test_a_second_clinic_of_the_same_name_gets_a_place_of_its_own(tmp_path: Path) -> None:
    first = made_clinic(a_plan(tmp_path), clock=NOW, cost=CHEAP)
    second = made_clinic(a_plan(tmp_path), clock=NOW, cost=CHEAP)
    assert first != second
    assert second.parent.name == "rose-hill-practice-2"


def test_a_making_that_is_cut_off_leaves_no_clinic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_parts: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(making, "_take_on", cut_off)
        with pytest.raises(KeyboardInterrupt):
            made_clinic(a_plan(tmp_path), clock=NOW, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_what_a_crash_left_is_never_offered_and_goes_with_the_next(tmp_path: Path) -> None:
    left = tmp_path / "new-clinic.growing"
    left.mkdir()
    (left / "half.clinic").write_bytes(b"half")
    path = made_clinic(a_plan(tmp_path), clock=NOW, cost=CHEAP)
    assert path.exists()
    assert not left.exists()


def test_a_short_password_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    plan = a_plan(tmp_path)
    plan.password = "short"
    with pytest.raises(PasswordTooShort):
        made_clinic(plan, clock=NOW, cost=CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_hours_that_mean_nothing_are_refused(tmp_path: Path) -> None:
    plan = a_plan(tmp_path)
    plan.hours[0] = "mornings"
    with pytest.raises(NotHours):
        plan.week()


def test_the_recovery_kit_has_every_group_and_never_the_password(tmp_path: Path) -> None:
    plan = a_plan(tmp_path)
    formats = Formats("en", "GB", Currency.of("GBP"), ClinicZone("Europe/London"))
    kit = Kit(plan.name, plan.login, NOW.now().date(), plan.code)
    body = kit_pdf(kit, formats, kit_paper("a4"))
    document = PdfDocument(body)
    assert len(document) == 1
    words = document[0].get_textpage().get_text_range()
    document.close()
    assert all(group in words for group in plan.code.groups)
    assert "Rose Hill Practice" in words
    assert PASSWORD not in words


def test_two_groups_of_the_code_are_asked_for_and_read_forgivingly(tmp_path: Path) -> None:
    code = a_plan(tmp_path).code
    first, second = asked_groups(code)
    assert 1 <= first < second <= 8
    assert is_group(code, first, f" {code.groups[first - 1].lower()} ")
    assert not is_group(code, first, code.groups[second - 1])


def test_the_machine_proposes_its_own_country() -> None:
    assert likely_country(["de_AT", "de_DE.UTF-8"]) == "DE"
    assert likely_country(["C"], "Asia/Tokyo") == "JP"
    assert likely_country(["eo"], "Mars/Olympus") == "US"


def test_names_become_short_ones() -> None:
    assert likely_login("Dr. Zoë van den Berg") == "zoe"
    assert likely_login("Dr") == "dr"
    assert likely_login("") == ""
    assert file_stem("St. Anna's Praxis (Köln)") == "st-annas-praxis-koln"
    assert file_stem("診療所") == "clinic"


def test_a_proposed_phrase_is_strong_and_a_short_one_says_what_is_missing(tmp_path: Path) -> None:
    plan = a_plan(tmp_path)
    assert strength(plan, phrase())[1] == "ok"
    assert strength(plan, "short")[0].startswith("Too short")
    assert strength(plan, "rosehillpractice1")[1] == "danger"
    assert strength(plan, "")[0] == ""
    assert phrase() != phrase()
