# SPDX-License-Identifier: Apache-2.0
"""Rule: a field says beside itself what is wrong, and rewrites nothing while somebody types."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QWheelEvent
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.editors import ChoiceBox, NumberEdit
from clinicdesk.desktop.forms import DayEdit, Form, FormDialog, MoneyEdit, TextEdit, TimeEdit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Refusal

TODAY = date(2026, 11, 25)


@pytest.fixture
def form(qtbot: QtBot, room: Room) -> Form:
    made = Form(room)
    made.add("name", "Name", TextEdit(room.formats), required=True)
    made.add("amount", "Amount", MoneyEdit(room.formats))
    made.add("day", "Day", DayEdit(room.formats, lambda: TODAY))
    qtbot.addWidget(made)
    made.show()
    return made


def error(form: Form, name: str) -> str:
    label = form._errors[name]
    return label.text() if label.isVisible() else ""


def test_what_is_missing_is_said_in_words_and_focused(qtbot: QtBot, form: Form) -> None:
    with qtbot.assertNotEmitted(form.committed):
        qtbot.keyClick(form.field("amount"), Qt.Key.Key_Return)
    assert error(form, "name") == "This is needed."
    assert form.field("name").accessibleDescription() == "This is needed."
    assert form.label("name").text() == "Name (required)"
    assert form.label("name").buddy() is form.field("name")


def test_enter_commits_from_any_field_and_ctrl_enter_goes_on(qtbot: QtBot, form: Form) -> None:
    form.field("name").setText("Ada")  # type: ignore[attr-defined]
    with qtbot.waitSignal(form.committed) as plain:
        qtbot.keyClick(form.field("day"), Qt.Key.Key_Return)
    with qtbot.waitSignal(form.committed) as further:
        qtbot.keyClick(form.field("name"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert plain.args == [False]
    assert further.args == [True]


def test_a_refusal_stands_beside_the_field_it_names(qtbot: QtBot, room: Room, form: Form) -> None:
    form.show_refusal(Refusal("The day {day} is closed.", field="day", day=TODAY))
    assert error(form, "day") == "The day 25 Nov 2026 is closed."
    form.clear_errors()
    assert error(form, "day") == ""
    with qtbot.waitSignal(room.notices.bannered):
        form.show_refusal(Refusal("No.", field="elsewhere"))


def test_amounts_are_understood_when_left_and_not_before(qtbot: QtBot, room: Room) -> None:
    edit = MoneyEdit(room.formats)
    qtbot.addWidget(edit)
    qtbot.keyClicks(edit, "=12.5*3")
    assert edit.text() == "=12.5*3"
    edit.settle()
    assert edit.text() == "37.50"
    assert edit.value() == 3750
    edit.setText("12.345")
    edit.settle()
    assert edit.text() == "12.345"
    assert edit.problem()


def test_days_and_times_are_typed_in_a_few_keys(qtbot: QtBot, room: Room) -> None:
    day, clock = DayEdit(room.formats, lambda: TODAY), TimeEdit(room.formats)
    for widget in (day, clock):
        qtbot.addWidget(widget)
    day.setText("+1")
    day.settle()
    assert day.text() == "26/11/2026"
    clock.setText("930")
    clock.settle()
    assert (clock.value(), clock.text()) == (time(9, 30), "09:30")
    day.setText("nonsense")
    assert day.problem()


def test_pasted_text_is_trimmed(qtbot: QtBot, room: Room) -> None:
    edit = TextEdit(room.formats)
    qtbot.addWidget(edit)
    edit.setText("  Ada \u202e Lovelace\u200b ")
    edit.settle()
    assert edit.text() == "Ada  Lovelace"


def test_numbers_have_bounds(qtbot: QtBot, room: Room) -> None:
    edit = NumberEdit(room.formats, 1, 10)
    qtbot.addWidget(edit)
    edit.setText("11")
    assert edit.problem() == "Give a whole number from 1 to 10."
    edit.setText("7")
    assert edit.value() == 7


def test_the_wheel_changes_no_choice_it_passes_over(qtbot: QtBot) -> None:
    box = ChoiceBox([("cash", "Cash"), ("card", "Card")])
    qtbot.addWidget(box)
    box.show()
    none = Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPointF(0, -120).toPoint(),
        QPointF(0, -120).toPoint(),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    box.clearFocus()
    box.wheelEvent(turn)
    assert box.value() == "cash"
    box.set_choices([("card", "Card"), ("cash", "Cash")])
    assert box.value() == "cash"


def test_a_dialog_has_its_verb_and_waits_for_the_command(qtbot: QtBot, room: Room) -> None:
    dialog = FormDialog(room, "New toy", "Make toy")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.form.add("name", "Name", TextEdit(room.formats), required=True)
    sent: list[str] = []
    dialog.submit = lambda: sent.append("once")
    dialog.open()
    dialog.verb.click()
    assert sent == []
    dialog.form.field("name").setText("Bear")  # type: ignore[attr-defined]
    dialog.verb.click()
    assert sent == ["once"]
    assert dialog.isVisible()
    dialog.close_done()
    assert not dialog.isVisible()


def test_a_choice_too_long_for_its_box_ends_in_dots(qtbot: QtBot, room: Room) -> None:
    box = ChoiceBox([(1, "6000 Operating expenses of the whole clinic"), (2, "Bank")])
    qtbot.addWidget(box)
    box.setFixedWidth(room.theme.px(150))
    box.show()
    assert box.shown_words().endswith("…")
    box.set_value(2)
    assert box.shown_words() == "Bank"
