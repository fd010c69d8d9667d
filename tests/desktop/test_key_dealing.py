# SPDX-License-Identifier: Apache-2.0
"""Keys that several panels claim work for the one in front, and never lead away from it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QKeySequence

from clinicdesk.desktop.actions import ActionBook, ActionSpec
from clinicdesk.desktop.theme import Theme
from tests.support.clinics import an_actor

pytestmark = pytest.mark.usefixtures("qapp")


def a_spec(name: str, key: str, panel: str) -> ActionSpec:
    return ActionSpec(name, name, "go", (key,), panel=panel)


@pytest.fixture
def book() -> ActionBook:
    made = ActionBook(Theme("light"), an_actor())
    made.add(
        (
            a_spec("window.print", "Ctrl+P", ""),
            a_spec("roster.print", "Ctrl+P", "roster"),
            a_spec("roster.publish", "Ctrl+Return", "roster"),
            a_spec("roster.fill", "Ctrl+D", "roster"),
            a_spec("stock.fill", "Ctrl+D", "stock"),
            a_spec("billing.report", "Ctrl+Shift+M", "billing"),
        )
    )
    return made


def owner(book: ActionBook, key: str) -> list[str]:
    sequence = QKeySequence(key)
    return [spec.id for spec in book.specs() if sequence in book.action(spec.id).shortcuts()]


def test_a_key_of_one_panel_works_everywhere(book: ActionBook) -> None:
    book.panel_raised("stock")
    assert owner(book, "Ctrl+Shift+M") == ["billing.report"]


def test_a_key_of_several_panels_works_for_the_one_in_front_only(book: ActionBook) -> None:
    book.panel_raised("stock")
    assert owner(book, "Ctrl+D") == ["stock.fill"]
    book.panel_raised("roster")
    assert owner(book, "Ctrl+D") == ["roster.fill"]
    book.panel_raised("billing")
    assert owner(book, "Ctrl+D") == []


def test_what_the_window_claims_too_is_the_windows_elsewhere(book: ActionBook) -> None:
    book.panel_raised("roster")
    assert owner(book, "Ctrl+P") == ["roster.print"]
    book.panel_raised("billing")
    assert owner(book, "Ctrl+P") == ["window.print"]


def test_ctrl_enter_never_publishes_from_another_page(book: ActionBook) -> None:
    book.panel_raised("billing")
    assert owner(book, "Ctrl+Return") == []
    book.panel_raised("roster")
    assert owner(book, "Ctrl+Return") == ["roster.publish"]
