# SPDX-License-Identifier: Apache-2.0
"""The list of a new clinic's first days: it ticks itself, is dismissed, and stays away."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinicdesk.access.model import AddUser
from clinicdesk.app.first_run.making import made_clinic
from clinicdesk.app.first_run.plan import Plan
from clinicdesk.app.getting_started import GettingStarted, StepsDialog
from clinicdesk.app.helping import CodeDialog, NewCodeDialog, PriceDialog
from clinicdesk.app.signing_in import Program
from clinicdesk.app.sitting import Sitting
from clinicdesk.assembly import recover_clinic
from clinicdesk.billing.model import SaveFee
from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.kernel.moments import FixedClock
from tests.app.signed_in import sitting

PASSWORD = "orchard lanterns at noon"
NOW = FixedClock(datetime(2026, 11, 25, 10, 22, tzinfo=UTC))


@pytest.fixture
def own(program: Program, qtbot: QtBot, tmp_path: Path) -> Sitting:
    """The window of an owner on their first day; they have put the recovery code on paper."""
    plan = Plan(tmp_path / "clinics", name="Rose Hill", owner="Ada Okafor", login="ada")
    plan.choose_country("GB")
    plan.password = PASSWORD
    path = made_clinic(plan, clock=NOW)
    program.enter(path)
    program._sign_in("ada", PASSWORD)
    return sitting(program, qtbot)


def started(own: Sitting, qtbot: QtBot) -> GettingStarted:
    made = own._helping.started
    qtbot.waitUntil(lambda: bool(made.words.text()), timeout=10_000)
    return made


def test_it_ticks_itself_from_what_is_in_the_file(own: Sitting, qtbot: QtBot) -> None:
    made = started(own, qtbot)
    assert made.strip.isVisible()
    assert made.done == {"recovery"}
    clinic, actor = own.clinic, own.clinic.actor
    clinic.access.add_user(AddUser("ben", "Ben", "receptionist", "quite a long password"), actor)
    clinic.billing.save_fees([SaveFee("C15", "Visit", 4000, date(2026, 1, 1))], actor)
    qtbot.waitUntil(lambda: made.done == {"recovery", "people", "prices"}, timeout=10_000)
    assert "3 of 6" in made.words.text()


def test_it_is_dismissed_for_good_and_found_again_under_help(
    own: Sitting, program: Program, qtbot: QtBot
) -> None:
    made = started(own, qtbot)
    made.dismiss.click()
    assert not made.strip.isVisible()
    own.clinic.billing.save_fees(
        [SaveFee("C15", "Visit", 4000, date(2026, 1, 1))], own.clinic.actor
    )
    qtbot.wait(100)
    assert not made.strip.isVisible()
    own.shell.book.trigger("help.getting_started")
    dialog = own.shell.findChild(StepsDialog)
    assert dialog is not None
    assert len(dialog.buttons) == 6
    dialog.buttons["prices"].click()
    assert own.shell.findChild(PriceDialog) is not None


def test_the_demo_clinic_is_not_asked_to_begin(program: Program, path: Path, qtbot: QtBot) -> None:
    program.enter(path)
    program._sign_in("owner", "demo-clinic-demo")
    assert not sitting(program, qtbot)._helping.started.strip.isVisible()


def test_a_test_page_is_shown_and_ticked(own: Sitting, qtbot: QtBot) -> None:
    made = started(own, qtbot)
    own.shell.book.trigger("tools.test_page")
    qtbot.waitUntil(lambda: own.shell.findChild(PaperView) is not None, timeout=10_000)
    qtbot.waitUntil(lambda: "test_page" in made.done, timeout=10_000)
    view = own.shell.findChild(PaperView)
    assert view is not None
    view.reject()


def test_a_price_is_added_and_check_out_has_it(own: Sitting, qtbot: QtBot) -> None:
    own.shell.book.trigger("billing.add_price")
    dialog = own.shell.findChild(PriceDialog)
    assert dialog is not None
    dialog.code.setText("c15")
    dialog.description.setText("Visit of a quarter of an hour")
    dialog.price.setText("40")
    dialog.form.commit()
    qtbot.waitUntil(lambda: bool(own.clinic.billing.fees("c15", own.clinic.actor)), timeout=10_000)
    assert own.clinic.billing.fees("c15", own.clinic.actor)[0].amount_minor == 4000


def test_a_new_recovery_code_is_made_with_the_password_and_opens_the_clinic(
    own: Sitting, program: Program, qtbot: QtBot
) -> None:
    made = started(own, qtbot)
    made.marks.note("no_code")
    qtbot.waitUntil(lambda: "recovery" not in made.done, timeout=10_000)
    own.shell.book.trigger("clinic.recovery_code")
    dialog = own.shell.findChild(CodeDialog)
    assert dialog is not None
    dialog.password.setText("not the password at all")
    dialog.form.commit()
    qtbot.waitUntil(dialog.verb.isEnabled, timeout=10_000)
    assert dialog.password.accessibleDescription()
    dialog.password.setText(PASSWORD)
    dialog.form.commit()
    qtbot.waitUntil(lambda: own.shell.findChild(NewCodeDialog) is not None, timeout=20_000)
    shown = own.shell.findChild(NewCodeDialog)
    assert shown is not None
    groups = [label.text() for label in shown.findChildren(QLabel) if len(label.text()) == 5]
    assert "-".join(groups) == shown._code.text
    qtbot.waitUntil(lambda: "recovery" in made.done, timeout=10_000)
    shown.reject()
    code, path = shown._code, own.clinic.path
    own.shell.close()
    program._sitting = None
    assert recover_clinic(path, code, "quite another password") == "ada"
