# SPDX-License-Identifier: Apache-2.0
"""The table of contents of the window: every panel, once, in the order of the rail."""

from __future__ import annotations

from datetime import date
from functools import partial

from clinicdesk.access.panel import panels as access_panels
from clinicdesk.app.card_extras import CardExtras
from clinicdesk.assembly import Clinic
from clinicdesk.billing.panel import checkout_spec, register_spec
from clinicdesk.closing.panel import day_end_spec, month_end_spec
from clinicdesk.desktop.dock import Area, PanelSpec
from clinicdesk.desktop.room import Room
from clinicdesk.ledger.model import ENTRIES
from clinicdesk.overview.panel import overview_spec
from clinicdesk.overview.queries import Overview
from clinicdesk.patients.model import MAY_VIEW_PATIENTS
from clinicdesk.patients.panel import (
    CARD_ACTIONS,
    LIST_ACTIONS,
    PatientCardPanel,
    PatientListPanel,
)
from clinicdesk.schedule.model import APPOINTMENTS
from clinicdesk.schedule.panel.specs import schedule_spec, waiting_spec
from clinicdesk.spending.panel import spending_spec
from clinicdesk.staff.panel import roster_spec
from clinicdesk.stock.panel import stock_spec
from clinicdesk.wording.text import N_


def panels(clinic: Clinic) -> tuple[PanelSpec, ...]:
    """Return every panel of the program."""
    letterhead = clinic.closing.letterhead
    return (
        schedule_spec(clinic.schedule, clinic.patients),
        PanelSpec(
            "patients",
            N_("Patients"),
            "users",
            Area.PAGE,
            "Ctrl+2",
            MAY_VIEW_PATIENTS,
            partial(PatientListPanel, patients=clinic.patients),
            LIST_ACTIONS,
        ),
        register_spec(clinic.billing, letterhead),
        roster_spec(clinic.staff),
        stock_spec(clinic.stock, "Ctrl+5"),
        spending_spec(clinic.spending, "Ctrl+6"),
        day_end_spec(clinic.closing, "Ctrl+7"),
        month_end_spec(clinic.closing, "Ctrl+8"),
        overview_spec(Overview(clinic.records), "Ctrl+9"),
        *access_panels(clinic.access, partial(_today, clinic)),
        PanelSpec(
            "patient",
            N_("Patient"),
            "contact",
            Area.SIDE,
            "Ctrl+I",
            MAY_VIEW_PATIENTS,
            partial(_card, clinic),
            CARD_ACTIONS,
        ),
        checkout_spec(clinic.billing, letterhead),
        waiting_spec(clinic.schedule),
    )


def _card(clinic: Clinic, room: Room) -> PatientCardPanel:
    extras = CardExtras(clinic, room.actor, room.formats)
    topics = frozenset({APPOINTMENTS, ENTRIES})
    return PatientCardPanel(room, clinic.patients, extras, topics, beside="appointment")


def _today(clinic: Clinic) -> date:
    return clinic.records.profile.zone.day(clinic.records.clock.now())
