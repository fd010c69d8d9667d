# SPDX-License-Identifier: Apache-2.0
"""Where the command line takes the password from, and how it opens a clinic."""

from __future__ import annotations

import argparse
import os

from clinicdesk.assembly import Clinic, open_clinic
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_


class NoPassword(Refusal):
    """Neither the environment nor a file gave one."""

    wording = N_("Give the password in CLINICDESK_PASSWORD or with --password-file.")


class PasswordUnreadable(Refusal):
    """The password file cannot be read."""

    wording = N_("The password file {path} cannot be read.")


def password_of(arguments: argparse.Namespace) -> str:
    """Return the password; raise ``NoPassword`` or ``PasswordUnreadable``."""
    if arguments.password_file is not None:
        try:
            text: str = arguments.password_file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise PasswordUnreadable(path=arguments.password_file) from error
        return text.rstrip("\r\n")
    password = os.environ.get("CLINICDESK_PASSWORD", "")
    if not password:
        raise NoPassword
    return password


def opened(arguments: argparse.Namespace) -> Clinic:
    """Open the clinic named by ``--clinic`` as ``--user``."""
    return open_clinic(arguments.clinic, arguments.user or "owner", password_of(arguments))
