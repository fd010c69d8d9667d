# SPDX-License-Identifier: Apache-2.0
"""The pages of preferences that the rooms ask for; the window adds colours and keys."""

from __future__ import annotations

from clinicdesk.billing.panel.choices import (
    PRINT_RECEIPT,
    RECEIPT_PAPER,
    RECEIPT_PAPERS,
    STATEMENT_PAPER,
    STATEMENT_PAPERS,
)
from clinicdesk.desktop.idle import LEAST_MIN, MOST_MIN
from clinicdesk.desktop.preferences import (
    ChoiceLine,
    NumberLine,
    PreferencePage,
    SwitchLine,
)
from clinicdesk.desktop.view_choices import IDLE_MINUTES, LANGUAGE
from clinicdesk.schedule.panel.choices import COMPACT_ROWS, LAST, OPENING_VIEW, ROWS
from clinicdesk.wording.text import N_, languages, own_name


def preference_pages() -> tuple[PreferencePage, ...]:
    """Return the pages of the rooms, the first one first."""
    return (
        PreferencePage(
            "desk",
            N_("This desk"),
            "settings",
            (
                ChoiceLine(
                    LANGUAGE,
                    N_("Language"),
                    (("", N_("As the system")), *((one, own_name(one)) for one in languages())),
                    N_("Another language shows after the next start."),
                ),
                NumberLine(
                    IDLE_MINUTES,
                    N_("Lock after minutes without a touch"),
                    LEAST_MIN,
                    MOST_MIN,
                    note=N_("The last minute is counted down in the status bar."),
                ),
            ),
        ),
        PreferencePage(
            "book",
            N_("Appointment book"),
            "calendar-days",
            (
                ChoiceLine(
                    OPENING_VIEW,
                    N_("The book opens with"),
                    (
                        (LAST, N_("The view left last")),
                        ("day", N_("Day")),
                        ("week", N_("Week")),
                        ("month", N_("Month")),
                        ("list", N_("List")),
                    ),
                ),
                ChoiceLine(
                    ROWS,
                    N_("Lines of the day"),
                    (("comfortable", N_("Comfortable")), (COMPACT_ROWS, N_("Compact"))),
                    N_("Compact lines are lower than what is easy to hit."),
                ),
            ),
        ),
        PreferencePage(
            "money",
            N_("Payments"),
            "banknote",
            (
                SwitchLine(PRINT_RECEIPT, N_("Print a receipt when a payment is taken")),
                ChoiceLine(RECEIPT_PAPER, N_("Receipts are printed on"), RECEIPT_PAPERS),
                ChoiceLine(STATEMENT_PAPER, N_("Statements are printed on"), STATEMENT_PAPERS),
            ),
        ),
    )
