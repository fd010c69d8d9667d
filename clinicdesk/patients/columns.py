# SPDX-License-Identifier: Apache-2.0
"""Column lists of the patients' room, shared by screen, CSV and paper."""

from __future__ import annotations

from typing import Final

from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.patients.model import STATUS_WORDS
from clinicdesk.patients.queries import CoverageRow, PatientHit
from clinicdesk.wording.text import N_

PATIENTS: Final[tuple[Column[PatientHit], ...]] = (
    Column("name", N_("Name"), lambda r: r.name, weight=28),
    Column("born_on", N_("Born"), lambda r: r.born_on, Kind.DAY, weight=12),
    Column("chart_number", N_("Chart"), lambda r: r.chart_number, weight=10),
    Column("phone", N_("Phone"), lambda r: r.phone, weight=18),
    Column("owed_minor", N_("Owes"), lambda r: r.owed_minor or None, Kind.MONEY, Align.END, 10),
    Column("status", N_("Status"), lambda r: STATUS_WORDS.get(r.status, r.status), weight=10),
)

COVERAGES: Final[tuple[Column[CoverageRow], ...]] = (
    Column("rank", N_("Rank"), lambda r: r.rank, Kind.NUMBER, weight=5),
    Column("payer", N_("Payer"), lambda r: r.payer, weight=20),
    Column("plan", N_("Plan"), lambda r: r.plan, weight=14),
    Column("member_id", N_("Member number"), lambda r: r.member_id, weight=14),
    Column("from_on", N_("From"), lambda r: r.from_on, Kind.DAY, weight=11),
    Column("to_on", N_("To"), lambda r: r.to_on, Kind.DAY, weight=11),
)
