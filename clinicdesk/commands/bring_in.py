# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk import``: takes in another system's data, all of it or nothing."""

from __future__ import annotations

import argparse

from clinicdesk import moving
from clinicdesk.commands.signing_in import opened
from clinicdesk.commands.speaking import Progress, as_json

_IMPORTERS = {"synthea": moving.import_synthea, "appointments": moving.import_appointments}


def run(arguments: argparse.Namespace) -> int:
    """Import and print what was read, taken, mapped and skipped."""
    progress = Progress()
    with opened(arguments) as clinic:
        report = _IMPORTERS[arguments.source_format](
            clinic,
            arguments.source,
            clinic.actor,
            dry_run=arguments.dry_run,
            progress=progress,
            cancelled=lambda: False,
        )
    progress.end()
    if arguments.format == "json":
        print(as_json(report.as_dict()))
    else:
        for line in report.lines():
            print(line)
    return 0
