# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk verify``: every check by name; 0 only if all hold."""

from __future__ import annotations

import argparse

from clinicdesk.commands.signing_in import opened
from clinicdesk.commands.speaking import Progress, as_json
from clinicdesk.wording.text import _


def run(arguments: argparse.Namespace) -> int:
    """Check the file and say what holds."""
    progress = Progress()
    with opened(arguments) as clinic:
        checks = clinic.verify(progress)
    progress.end()
    if arguments.format == "json":
        rows = [{"name": c.name, "holds": c.holds, "detail": c.detail} for c in checks]
        print(as_json({"checks": rows}))
    else:
        for check in checks:
            verdict = _("holds") if check.holds else _("FAILS")
            print(f"{verdict:6} {check.name}{': ' + check.detail if check.detail else ''}")
    return 0 if all(check.holds for check in checks) else 1
