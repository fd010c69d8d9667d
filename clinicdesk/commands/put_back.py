# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk restore``: puts a backup in place; what was there moves aside."""

from __future__ import annotations

import argparse

from clinicdesk.assembly import restore_clinic
from clinicdesk.commands.signing_in import password_of
from clinicdesk.commands.speaking import Progress


def run(arguments: argparse.Namespace) -> int:
    """Restore a backup and print where the earlier file went, if there was one."""
    progress = Progress()
    user, password = arguments.user or "owner", password_of(arguments)
    aside = restore_clinic(arguments.backup, arguments.to, user, password, progress)
    progress.end()
    print(arguments.to)
    if aside is not None:
        print(aside)
    return 0
