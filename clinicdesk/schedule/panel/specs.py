# SPDX-License-Identifier: Apache-2.0
"""The book's panels as the application lists them."""

from __future__ import annotations

from functools import partial

from clinicdesk.desktop.dock import Area, PanelSpec
from clinicdesk.desktop.palette import Source
from clinicdesk.desktop.room import Room
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.model import MAY_VIEW
from clinicdesk.schedule.panel.actions import ACTIONS
from clinicdesk.schedule.panel.day_source import DaySource
from clinicdesk.schedule.panel.page import SchedulePanel
from clinicdesk.schedule.panel.waiting_strip import WaitingPanel
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import N_


def schedule_spec(schedule: Schedule, patients: Patients) -> PanelSpec:
    """Return the book's page."""
    make = partial(SchedulePanel, schedule=schedule, patients=patients)
    return PanelSpec(
        "schedule", N_("Schedule"), "calendar-days", Area.PAGE, "Ctrl+1", MAY_VIEW, make, ACTIONS
    )


def day_source(room: Room) -> Source:
    """Return what the palette asks for days: ``:tue 10:30``."""
    return DaySource(room)


def waiting_spec(schedule: Schedule) -> PanelSpec:
    """Return the strip of who is in the clinic now."""
    make = partial(WaitingPanel, schedule=schedule)
    return PanelSpec(
        "waiting", N_("In the clinic"), "clock", Area.STRIP, "", MAY_VIEW, make, width=96
    )
