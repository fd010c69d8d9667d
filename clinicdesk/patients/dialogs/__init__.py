# SPDX-License-Identifier: Apache-2.0
"""Dialogs of the patients' room: a patient with live duplicates, and what hangs on one."""

from clinicdesk.patients.dialogs.hanging import (
    AlertDialog,
    ConsentDialog,
    CoverageDialog,
    GuarantorDialog,
    NoteDialog,
)
from clinicdesk.patients.dialogs.particulars import PatientDialog

__all__ = [
    "AlertDialog",
    "ConsentDialog",
    "CoverageDialog",
    "GuarantorDialog",
    "NoteDialog",
    "PatientDialog",
]
