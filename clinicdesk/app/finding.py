# SPDX-License-Identifier: Apache-2.0
"""What the palette finds besides commands: patients, numbers; and whom it takes on anew."""

from __future__ import annotations

from clinicdesk.assembly import Clinic
from clinicdesk.billing.panel import NumberSource
from clinicdesk.desktop.shell import Shell
from clinicdesk.patients.dialogs import PatientDialog
from clinicdesk.patients.panel import PatientSource
from clinicdesk.schedule.panel.page import SchedulePanel
from clinicdesk.schedule.panel.patient_hits import NewPatient

_BOOK, _SCHEDULE = "schedule.book", "schedule"


def add_sources(shell: Shell, clinic: Clinic) -> None:
    """Let the palette of a window find patients and numbers."""
    newcomers = Newcomers(shell, clinic)
    shell.palette_box.add_source(PatientSource(shell.room, clinic.patients, newcomers.take_on))
    shell.palette_box.add_source(NumberSource(shell.room, clinic.billing))


class Newcomers:
    """Takes on who is not in the records yet: a new caller wants an appointment.

    The booking bar asks birth date and phone in place; who may not book gets the form.
    """

    def __init__(self, shell: Shell, clinic: Clinic) -> None:
        self._shell, self._clinic = shell, clinic

    def take_on(self, name: str) -> None:
        """Begin a booking for a new patient of this name."""
        shell = self._shell
        page = shell.panel(_SCHEDULE) if _BOOK in shell.book else None
        if not isinstance(page, SchedulePanel) or shell.book.reason(_BOOK):
            PatientDialog(shell.room, self._clinic.patients, None, name, shell).open()
            return
        shell.room.run_action(_BOOK)
        fields = page.bar.fields
        fields.patient.choose(NewPatient(name))
        fields.born.setFocus()
