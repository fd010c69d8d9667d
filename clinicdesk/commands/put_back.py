# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk restore``: puts a backup in place; what was there moves aside.

The recovery code takes the place of name and password where all passwords are lost. Neither it
nor a password is ever an argument: arguments are seen by everybody on the machine.
"""

from __future__ import annotations

import argparse

from clinicdesk.assembly import restore_clinic
from clinicdesk.commands.signing_in import password_of, secret_of
from clinicdesk.commands.speaking import Progress
from clinicdesk.storage.keys import ByCode, ByPassword, RecoveryCode, Way


def run(arguments: argparse.Namespace) -> int:
    """Restore a backup and print where the earlier file went, if there was one."""
    progress = Progress()
    code = secret_of(arguments.recovery_file, "CLINICDESK_RECOVERY_CODE").strip()
    way: Way
    if code:
        way = ByCode(RecoveryCode.read(code))
    else:
        way = ByPassword(arguments.user or "owner", password_of(arguments))
    done = restore_clinic(
        arguments.backup,
        arguments.to,
        way,
        progress,
        new_password=secret_of(arguments.new_password_file, "CLINICDESK_NEW_PASSWORD"),
    )
    progress.end()
    print(arguments.to)
    if done.aside is not None:
        print(done.aside)
    return 0
