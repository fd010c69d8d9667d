# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk backup``: writes one checked file and prints its path."""

from __future__ import annotations

import argparse

from clinicdesk.commands.signing_in import opened
from clinicdesk.commands.speaking import Progress


def run(arguments: argparse.Namespace) -> int:
    """Make a backup in the folder given."""
    progress = Progress()
    with opened(arguments) as clinic:
        made = clinic.back_up(arguments.to, progress)
    progress.end()
    print(made)
    return 0
