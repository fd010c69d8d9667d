# SPDX-License-Identifier: Apache-2.0
"""Reads of the patients' room: ``finding`` by what is typed, ``cards`` of one patient."""

from clinicdesk.patients.queries.cards import (
    AlertRow,
    ConsentRow,
    ContactRow,
    CoverageRow,
    NoteRow,
    PatientCard,
    PayerRow,
    card,
    chart_number,
    coverages_on,
    guarantor_on,
    payers,
)
from clinicdesk.patients.queries.finding import Duplicate, PatientHit, duplicates, find, recent

__all__ = [
    "AlertRow",
    "ConsentRow",
    "ContactRow",
    "CoverageRow",
    "Duplicate",
    "NoteRow",
    "PatientCard",
    "PatientHit",
    "PayerRow",
    "card",
    "chart_number",
    "coverages_on",
    "duplicates",
    "find",
    "guarantor_on",
    "payers",
    "recent",
]
