# SPDX-License-Identifier: Apache-2.0
"""Preferences: pages of choices, each declared as data by the room that reads the setting.

A change counts at once; there is nothing to confirm, and nothing to lose by closing. A room adds
a page, or lines to one, by listing them in the application (``clinicdesk.app.preferences``)::

    PreferencePage("work", N_("Work"), "settings", (
        ChoiceLine(OPENING_VIEW, N_("The book opens"), (("last", N_("as I left it")), ...)),
        SwitchLine(PRINT_RECEIPT, N_("Print a receipt after each payment")),
        NumberLine(IDLE_MINUTES, N_("Lock after minutes without a touch"), 1, 15),
    ))

A page that needs more than lines gives ``make``: a callable that returns its widget.
Who reads a setting follows ``DeskSettings.changed``.
"""

from clinicdesk.desktop.preferences.dialog import PreferencesDialog
from clinicdesk.desktop.preferences.pages import (
    ChoiceLine,
    NumberLine,
    PreferencePage,
    SwitchLine,
    appearance,
)

__all__ = [
    "ChoiceLine",
    "NumberLine",
    "PreferencePage",
    "PreferencesDialog",
    "SwitchLine",
    "appearance",
]
