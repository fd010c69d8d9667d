# SPDX-License-Identifier: Apache-2.0
"""Dialogs of the patients' room: live duplicates, what hangs on a patient, two made one."""

from clinicdesk.patients.dialogs.hanging import (
    AlertDialog,
    ConsentDialog,
    CoverageDialog,
    GuarantorDialog,
    NoteDialog,
)
from clinicdesk.patients.dialogs.merging import MergeDialog
from clinicdesk.patients.dialogs.particulars import PatientDialog

__all__ = [
    "AlertDialog",
    "ConsentDialog",
    "CoverageDialog",
    "GuarantorDialog",
    "MergeDialog",
    "NoteDialog",
    "PatientDialog",
]
