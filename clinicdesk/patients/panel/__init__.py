# SPDX-License-Identifier: Apache-2.0
"""Panels of the patients' room: the list of patients, and the card at the trailing edge."""

from clinicdesk.patients.panel.card_actions import CARD_ACTIONS
from clinicdesk.patients.panel.patient_card import Extras, PatientCardPanel
from clinicdesk.patients.panel.patient_list import (
    LIST_ACTIONS,
    PatientListPanel,
    PatientSource,
)

__all__ = [
    "CARD_ACTIONS",
    "LIST_ACTIONS",
    "Extras",
    "PatientCardPanel",
    "PatientListPanel",
    "PatientSource",
]
