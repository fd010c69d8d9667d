# SPDX-License-Identifier: Apache-2.0
"""Reads of the patients' room.

``finding`` by what is typed, with its statements in ``ranking``; ``likeness``; ``cards`` of one;
``paying`` who pays for one; ``owing`` what is owed.
"""

from clinicdesk.patients.queries.cards import (
    AlertRow,
    ConsentRow,
    ContactRow,
    FamilyRow,
    NoteRow,
    PatientCard,
    alert_words,
    card,
    chart_number,
    charts_taken,
    family,
)
from clinicdesk.patients.queries.finding import PatientHit, browse, find
from clinicdesk.patients.queries.finding import by_ids as recent
from clinicdesk.patients.queries.likeness import Duplicate, duplicates
from clinicdesk.patients.queries.owing import owing, with_debts
from clinicdesk.patients.queries.paying import (
    CoverageRow,
    PayerRow,
    coverages_on,
    guarantor_on,
    payers,
)

__all__ = [
    "AlertRow",
    "ConsentRow",
    "ContactRow",
    "CoverageRow",
    "Duplicate",
    "FamilyRow",
    "NoteRow",
    "PatientCard",
    "PatientHit",
    "PayerRow",
    "alert_words",
    "browse",
    "card",
    "chart_number",
    "charts_taken",
    "coverages_on",
    "duplicates",
    "family",
    "find",
    "guarantor_on",
    "owing",
    "payers",
    "recent",
    "with_debts",
]
