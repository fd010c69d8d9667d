# SPDX-License-Identifier: Apache-2.0
"""What can be done with the patient of the card, as menus, keys and the palette offer it."""

from __future__ import annotations

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.patients.model import MAY_EDIT_PATIENTS, MAY_MERGE_PATIENTS
from clinicdesk.wording.text import N_

CARD_ACTIONS = (
    ActionSpec(
        "patient.edit", N_("&Edit patient…"), "patient", ("Ctrl+Shift+E",), "pencil",
        MAY_EDIT_PATIENTS, "patient", N_("change name, address, phone"), 2,
    ),
    ActionSpec(
        "patient.add_alert", N_("Add &alert…"), "patient", (), "alert",
        MAY_EDIT_PATIENTS, "patient", N_("allergy, warning"), 3,
    ),
    ActionSpec(
        "patient.add_note", N_("Add &note…"), "patient", (), "note",
        MAY_EDIT_PATIENTS, "patient", N_("remark"), 3,
    ),
    ActionSpec(
        "patient.add_coverage", N_("Add &coverage…"), "patient", (), "shield",
        MAY_EDIT_PATIENTS, "patient", N_("insurance, payer"), 3,
    ),
    ActionSpec(
        "patient.set_guarantor", N_("Set who &pays…"), "patient", (), "users",
        MAY_EDIT_PATIENTS, "patient", N_("guarantor, family account"), 3,
    ),
    ActionSpec(
        "patient.record_consent", N_("Record c&onsent…"), "patient", (), "badge-check",
        MAY_EDIT_PATIENTS, "patient", N_("agreement, privacy"), 3,
    ),
    ActionSpec(
        "patient.merge", N_("&Merge with another patient…"), "patient", (), "users-round",
        MAY_MERGE_PATIENTS, "patient", N_("duplicate, same person, join records"), 5,
    ),
    ActionSpec(
        "patient.pin", N_("&Keep this card"), "patient", (), "pin", None, "patient",
        N_("pin"), 4, checkable=True,
    ),
)  # fmt: skip
