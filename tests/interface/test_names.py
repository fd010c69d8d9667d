# SPDX-License-Identifier: Apache-2.0
"""A2. Everything that takes the focus has a name, its own, and not that of its class."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox

from clinicdesk.app.sitting import Sitting
from tests.interface.program import choose_a_patient, pages, shown, takes_focus, told

pytestmark = pytest.mark.slow


def test_everything_that_takes_the_focus_has_a_name(sitting: Sitting) -> None:
    choose_a_patient(sitting)
    nameless = []
    for dock in pages(sitting):
        for widget in shown(sitting.shell):
            if not takes_focus(widget):
                continue
            name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            own = not isinstance(widget, QComboBox) or bool(widget.accessibleName())
            if not name or not own or name == type(widget).__name__:
                nameless.append(f"{dock.spec.id}: {told(widget)}")
    assert not sorted(set(nameless))


def test_buttons_beside_each_other_have_different_names(sitting: Sitting) -> None:
    choose_a_patient(sitting)
    doubled = []
    for dock in pages(sitting):
        names = Counter(
            (id(button.parentWidget()), button.accessibleName() or button.text())
            for button in shown(dock)
            if isinstance(button, QAbstractButton) and takes_focus(button)
        )
        doubled += [f"{dock.spec.id}: {name}" for (_p, name), count in names.items() if count > 1]
    assert not doubled
