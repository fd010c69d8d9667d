# SPDX-License-Identifier: Apache-2.0
"""Reads of the patients' room: ``finding`` by what is typed, ``likeness``, ``cards`` of one."""

from clinicdesk.patients.queries.cards import (
    AlertRow,
    ConsentRow,
    ContactRow,
    CoverageRow,
    FamilyRow,
    NoteRow,
    PatientCard,
    PayerRow,
    card,
    chart_number,
    coverages_on,
    family,
    guarantor_on,
    payers,
)
from clinicdesk.patients.queries.finding import PatientHit, browse, find, recent
from clinicdesk.patients.queries.likeness import Duplicate, duplicates

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
    "browse",
    "card",
    "chart_number",
    "coverages_on",
    "duplicates",
    "family",
    "find",
    "guarantor_on",
    "payers",
    "recent",
]
