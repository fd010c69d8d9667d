# SPDX-License-Identifier: Apache-2.0
"""The page of spending by keys: enter, pay, take back, plan, paste."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.spending.model import PAYABLE, EnterExpense
from clinicdesk.spending.panel import SpendingPanel, actions
from clinicdesk.spending.panel.budget_model import FIRST, YEAR
from clinicdesk.wording.formats import Formats
from tests.spending.conftest import Books
from tests.spending.test_expenses import TODAY


@pytest.fixture
def panel(qtbot: QtBot, books: Books, tmp_path: Path) -> SpendingPanel:
    theme = Theme("light")
    profile = books.records.profile
    formats = Formats("en", profile.country, profile.currency, profile.zone)
    notices = Notices(theme, formats)
    feed = ChangeFeed()
    books.records.on_commit(feed.announce)
    room = Room(
        desk=Desk(notices, formats),
        feed=feed,
        spotlight=Spotlight(),
        notices=notices,
        theme=theme,
        formats=formats,
        actor=books.manager,
        clock=books.records.clock,
        settings=DeskSettings(tmp_path / "desk.ini"),
    )
    made = SpendingPanel(room, books.spending)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitSignal(made.answered):
        made.show()
    qtbot.waitExposed(made)
    made.focus_first()
    return made


def typed(qtbot: QtBot, words: str) -> None:
    """Type into what has the focus."""
    focused: object = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    qtbot.keyClicks(focused, words)


def key(qtbot: QtBot, key: Qt.Key) -> None:
    focused: object = QApplication.focusWidget()
    assert isinstance(focused, QWidget)
    qtbot.keyClick(focused, key)


def test_an_expense_is_typed_from_left_to_right_and_enter_posts_it(
    panel: SpendingPanel, qtbot: QtBot, books: Books
) -> None:
    assert panel.line.supplier.hasFocus()
    typed(qtbot, "Harbour Estates")
    panel.line.account.set_value("6200")
    panel.line.amount.setFocus()
    typed(qtbot, "1200")
    with qtbot.waitSignal(panel.answered):
        key(qtbot, Qt.Key.Key_Return)
    (row,) = books.spending.expenses(TODAY, TODAY, books.manager)
    assert (row.supplier, row.account, row.amount_minor) == ("Harbour Estates", "6200", 1_200_00)
    qtbot.waitUntil(lambda: panel.line.supplier.text() == "")
    assert panel.line.supplier.hasFocus(), "the next one can be typed at once"


def test_what_is_missing_is_said_under_the_line(panel: SpendingPanel, qtbot: QtBot) -> None:
    key(qtbot, Qt.Key.Key_Return)
    assert panel.line.error.text() == "Type who was paid."
    assert panel.line.supplier.hasFocus()


def test_a_bill_is_paid_from_the_list_and_undo_lets_it_wait_again(
    panel: SpendingPanel, qtbot: QtBot, books: Books
) -> None:
    with qtbot.waitSignal(panel.answered):
        bill = EnterExpense(TODAY, "Volt", "6210", 90_00, PAYABLE)
        books.spending.enter(bill, books.manager)
    with qtbot.waitSignal(panel.answered):
        panel.perform(actions.WAITING)
    panel.table.choose_row(0)
    assert panel.why_not(actions.PAY) == ""
    with qtbot.waitSignal(panel.answered):
        panel.perform(actions.PAY)
    assert books.spending.waiting(books.manager) == ()
    assert panel.nothing.text() == "No bill waits to be paid."
    with qtbot.waitSignal(panel.answered):
        panel.room.desk.undo()
    assert len(books.spending.waiting(books.manager)) == 1


def cell(panel: SpendingPanel, account: str) -> tuple[int | None, ...]:
    lines = panel.grid.model_of_year.lines
    return next(line.planned for line in lines if line.account == account)


@pytest.fixture
def budget(panel: SpendingPanel, qtbot: QtBot) -> SpendingPanel:
    with qtbot.waitSignal(panel.answered):
        panel.perform(actions.BUDGET)
    panel.grid.focus_first()
    row = [line.account for line in panel.grid.model_of_year.lines].index("6200")
    panel.grid.setCurrentIndex(panel.grid.model_of_year.index(row, FIRST))
    return panel


def test_an_amount_typed_into_a_cell_is_planned_and_the_cursor_goes_down(
    budget: SpendingPanel, qtbot: QtBot
) -> None:
    row = budget.grid.currentIndex().row()
    typed(qtbot, "5")
    typed(qtbot, "00")
    with qtbot.waitSignal(budget.answered):
        key(qtbot, Qt.Key.Key_Return)
    assert cell(budget, "6200")[:2] == (500_00, None)
    assert budget.grid.currentIndex().row() == row + 1


def test_the_year_is_divided_over_its_months(budget: SpendingPanel, qtbot: QtBot) -> None:
    index = budget.grid.currentIndex()
    with qtbot.waitSignal(budget.answered):
        budget.grid.model_of_year.setData(index.siblingAtColumn(YEAR), "100.01")
    assert cell(budget, "6200") == (8_34,) * 5 + (8_33,) * 7
    assert sum(amount or 0 for amount in cell(budget, "6200")) == 100_01


def test_a_plan_is_filled_to_the_right_and_undone_as_one(
    budget: SpendingPanel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(budget.answered):
        budget.grid.model_of_year.setData(budget.grid.currentIndex(), "70")
    with qtbot.waitSignal(budget.answered):
        budget.perform(actions.FILL)
    assert cell(budget, "6200") == (70_00,) * 12
    with qtbot.waitSignal(budget.answered):
        budget.room.desk.undo()
    assert cell(budget, "6200") == (70_00, *(None,) * 11)


def test_a_block_from_a_spreadsheet_is_pasted_or_refused_whole(
    budget: SpendingPanel, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("6200\t1,000.00\t1,100.00\nEnergy and water\t90\t80")
    with qtbot.waitSignal(budget.answered):
        qtbot.keyClick(budget.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert cell(budget, "6200")[:3] == (1_000_00, 1_100_00, None)
    assert cell(budget, "6210")[:2] == (90_00, 80_00)
    QGuiApplication.clipboard().setText("Lunches\t5\nRent\t7")
    qtbot.keyClick(budget.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert budget.complaint.text() == "Nothing was pasted. It cannot be read: line 1: Lunches."
    assert cell(budget, "6200")[0] == 1_000_00
