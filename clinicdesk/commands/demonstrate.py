# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk demo``: a clinic of invented people, the same for the same seed."""

from __future__ import annotations

import argparse

from clinicdesk.assembly import create_clinic
from clinicdesk.commands.speaking import Progress
from clinicdesk.demo.clinic import demo_clock, demo_profile
from clinicdesk.demo.making import DEMO_PASSWORD, DEMO_USER, make_demo
from clinicdesk.kernel.moments import SystemClock

_PATIENTS_PER_YEAR = 1_500


def run(arguments: argparse.Namespace) -> int:
    """Make the demo clinic; refuse where a file is in the way."""
    profile = demo_profile(arguments.seed)
    until = arguments.until or profile.zone.day(SystemClock().now())
    clock = demo_clock(profile, until, arguments.years)
    patients = arguments.patients
    if patients is None:
        patients = _PATIENTS_PER_YEAR * max(1, arguments.years)
    progress = Progress()
    clinic, _recovery = create_clinic(
        arguments.path, profile, "Demo Owner", DEMO_USER, DEMO_PASSWORD, clock=clock
    )
    with clinic:
        make_demo(
            clinic,
            years=arguments.years,
            patients=patients,
            providers=arguments.providers,
            seed=arguments.seed,
            until=until,
            progress=progress,
        )
    progress.end()
    print(arguments.path)
    return 0
