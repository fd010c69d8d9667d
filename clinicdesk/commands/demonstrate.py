# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk demo``: a clinic of invented people, the same for the same seed."""

from __future__ import annotations

import argparse

from clinicdesk.assembly import make_demo_clinic
from clinicdesk.commands.speaking import Progress


def run(arguments: argparse.Namespace) -> int:
    """Make the demo clinic; refuse where a file is in the way."""
    progress = Progress()
    make_demo_clinic(
        arguments.path,
        years=arguments.years,
        patients=arguments.patients,
        providers=arguments.providers,
        seed=arguments.seed,
        until=arguments.until,
        progress=progress,
    )
    progress.end()
    print(arguments.path)
    return 0
