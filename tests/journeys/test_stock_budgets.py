# SPDX-License-Identifier: Apache-2.0
"""The stock keeper's tasks within their budgets of keys, checked in the file.

Typed data is free (experience.md, section 1.4); so is what a scanner types, its Enter included.
"""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from clinicdesk.stock.panel import actions
from clinicdesk.stock.panel.page import StockPanel
from clinicdesk.stock.queries import LevelRow, MovementRow, ShelfRow
from tests.journeys.conftest import Desk

pytestmark = pytest.mark.journey

_Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def page(desk: Desk) -> StockPanel:
    panel = desk.shell.panel("stock")
    assert isinstance(panel, StockPanel)
    return panel


def level(desk: Desk, name: str) -> LevelRow:
    rows = desk.clinic.stock.levels(desk.clinic.actor)
    return next(row for row in rows if row.item.name == name)


def shelves(desk: Desk, name: str) -> list[ShelfRow]:
    return [row for row in desk.clinic.stock.shelves(desk.clinic.actor) if row.item == name]


def last_move(desk: Desk, name: str) -> MovementRow:
    return desk.clinic.stock.history(level(desk, name).id, desk.clinic.actor)[0]


def scan(desk: Desk, text: str) -> None:
    """Let the scanner type, with its Enter."""
    desk.type(text)
    desk.key(_Key.Key_Return)
    desk.keys -= 1


def middle(widget: QWidget) -> QPoint:
    return widget.rect().center()


def in_stock(desk: Desk) -> StockPanel:
    desk.key(_Key.Key_5, CTRL)
    desk.keys = 0
    return page(desk)


def all_holds(desk: Desk) -> None:
    with desk.clinic.records.read() as reading:
        assert [c.name for c in desk.clinic.stock.checks(reading) if not c.holds] == []


def test_n1_an_item_is_used_for_the_visit_that_is_in_front(desk: Desk) -> None:
    visit = next(one for one in desk.clinic.stock.view(desk.clinic.actor).visits)
    desk.sitting.room.spotlight.show("patient", visit.patient_id)
    desk.settle()
    was = level(desk, "Influenza vaccine").on_hand
    desk.act(actions.USE)  # from the book
    desk.keys = 0  # the letters may be typed at once
    desk.type("influ")
    desk.key(_Key.Key_Return)
    desk.type("3")
    desk.key(_Key.Key_Return)
    assert desk.keys + 1 <= 3
    assert level(desk, "Influenza vaccine").on_hand == was - 3
    moved = last_move(desk, "Influenza vaccine")
    assert (moved.visit_id, moved.patient) == (visit.visit_id, visit.patient)
    all_holds(desk)


def test_n2_a_scanned_box_is_received_with_its_lot_and_last_day(desk: Desk) -> None:
    in_stock(desk)
    was, code = level(desk, "Tetanus vaccine"), level(desk, "Tetanus vaccine").item.code
    desk.act(actions.RECEIVE)
    desk.keys = 0
    scan(desk, f"01{code.zfill(14)}17280131" + "10TT900")
    desk.type("2 box")
    desk.key(_Key.Key_Return)
    assert desk.keys <= 3
    now = level(desk, "Tetanus vaccine")
    assert (now.on_hand, now.on_order) == (was.on_hand + 20, was.on_order - 20)
    (lot,) = [row for row in shelves(desk, "Tetanus vaccine") if row.lot == "TT900"]
    assert (lot.expires_on, lot.place) == (date(2028, 1, 31), "Medicine fridge")


def test_n2_without_a_scanner_a_line_is_three_keys_too(desk: Desk) -> None:
    in_stock(desk)
    desk.act(actions.RECEIVE)
    desk.keys = 0
    for letters, lot in (("suture", "SU77"), ("hepat", "HB12")):
        desk.type(letters)
        desk.key(_Key.Key_Return)
        desk.type("2 box")
        desk.key(_Key.Key_Tab)
        desk.type(f"{lot} 31/1/2028")
        desk.key(_Key.Key_Return)
    assert desk.keys <= 2 * 3
    assert level(desk, "Suture 4-0").lot == "SU77"
    assert any(row.lot == "HB12" for row in shelves(desk, "Hepatitis B vaccine"))
    assert level(desk, "Suture 4-0").value_minor > 0  # as last time
    all_holds(desk)


def test_n3_a_shelf_is_counted_with_one_key_a_line(desk: Desk) -> None:
    in_stock(desk)
    desk.act(actions.COUNT)
    panel = page(desk)
    panel.counting.place.set_value("Medicine fridge")
    panel.counting.table.begin()
    desk.settle()
    lines = panel.counting.model.lines
    assert len(lines) >= 4
    desk.keys = 0
    for line in lines:
        desk.type(str(line.quantity - (1 if line is lines[1] else 0)))
        desk.key(_Key.Key_Return)
    assert desk.keys <= len(lines)
    assert panel.counting.model.left == 0
    now = {row.id: row.quantity for row in desk.clinic.stock.shelves(desk.clinic.actor)}
    assert [now.get(line.id, 0) - line.quantity for line in lines] == [
        -1 if line is lines[1] else 0 for line in lines
    ]
    all_holds(desk)


def test_n4_what_expires_is_one_chip(desk: Desk) -> None:
    panel = in_stock(desk)
    desk.click(panel.chips.chips["expiring"], middle(panel.chips.chips["expiring"]))
    assert desk.keys <= 1
    rows = panel.table.rows.rows
    assert rows
    assert all(row.expiring for row in rows)
    assert [row.days for row in rows] == sorted(row.days or 0 for row in rows)


def test_n5_an_expired_lot_is_discarded_with_its_reason(desk: Desk) -> None:
    panel = in_stock(desk)
    desk.click(panel.chips.chips["expired"], middle(panel.chips.chips["expired"]))
    name = panel.table.rows.rows[0].item.name
    expired = level(desk, name).expired
    assert expired
    panel.table.setFocus()
    desk.keys = 0
    desk.key(_Key.Key_Delete)
    desk.key(_Key.Key_Return)
    assert desk.keys <= 3
    assert level(desk, name).expired == 0
    moved = last_move(desk, name)
    assert (moved.kind, moved.reason, moved.quantity) == ("discard", "expired", -expired)
    all_holds(desk)


def test_n6_suggestions_are_two_keys_away(desk: Desk) -> None:
    desk.keys = 0
    desk.key(_Key.Key_5, CTRL)
    panel = page(desk)
    desk.click(panel.chips.chips["low"], middle(panel.chips.chips["low"]))
    assert desk.keys <= 2
    assert panel.table.rows.rows
    assert all(row.suggest > 0 for row in panel.table.rows.rows)


def test_m8_an_order_is_made_of_what_is_suggested(desk: Desk) -> None:
    desk.keys = 0
    desk.key(_Key.Key_5, CTRL)
    wanted = {r.id: r.suggest for r in desk.clinic.stock.levels(desk.clinic.actor) if r.suggest}
    desk.key(_Key.Key_A, CTRL)
    desk.key(_Key.Key_Return, CTRL)
    desk.key(_Key.Key_Return)
    assert desk.keys <= 4
    ordered: dict[int, int] = {}
    for row in desk.clinic.stock.orders(desk.clinic.actor):
        ordered[row.item_id] = ordered.get(row.item_id, 0) + row.outstanding
    assert {item: ordered[item] for item in wanted} == wanted
    assert not any(row.low for row in desk.clinic.stock.levels(desk.clinic.actor))


def test_what_was_moved_is_undone_from_the_keyboard(desk: Desk) -> None:
    in_stock(desk)
    was = level(desk, "Influenza vaccine").on_hand
    desk.act(actions.USE)
    desk.type("influ")
    desk.key(_Key.Key_Return)
    desk.type("1 box")
    desk.key(_Key.Key_Return)
    assert level(desk, "Influenza vaccine").on_hand == was - 10
    desk.act("edit.undo")
    assert level(desk, "Influenza vaccine").on_hand == was


def test_what_cannot_be_is_said_under_the_line(desk: Desk) -> None:
    panel = in_stock(desk)
    desk.act(actions.USE)
    desk.type("suture")
    desk.key(_Key.Key_Return)
    desk.type("500")
    desk.key(_Key.Key_Return)
    assert panel.line.error.isVisible()
    assert "Suture 4-0" in panel.line.error.text()
    assert panel.line.quantity.hasFocus()
    desk.key(_Key.Key_Escape)
    assert not panel.line.error.isVisible()


def test_every_control_of_the_page_has_a_name(desk: Desk) -> None:
    panel = in_stock(desk)
    nameless = [
        type(one).__name__
        for one in panel.findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not one.accessibleName()
        and not (isinstance(one, QPushButton) and one.text())
        and one.metaObject().className() not in {"QLabel", "QCheckBox", "QHeaderView"}
        and one.objectName() != "qt_scrollarea_viewport"
    ]
    assert nameless == []
