# SPDX-License-Identifier: Apache-2.0
"""Where the command line takes the password from, and how it opens a clinic."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from clinicdesk.assembly import Clinic, open_clinic
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_


class NoPassword(Refusal):
    """Neither the environment nor a file gave one."""

    wording = N_("Give the password in CLINICDESK_PASSWORD or with --password-file.")


class PasswordUnreadable(Refusal):
    """A file with a password or a code cannot be read."""

    wording = N_("The file {path} cannot be read.")


def password_of(arguments: argparse.Namespace) -> str:
    """Return the password; raise ``NoPassword`` or ``PasswordUnreadable``."""
    password = secret_of(arguments.password_file, "CLINICDESK_PASSWORD")
    if not password:
        raise NoPassword
    return password


def secret_of(file: Path | None, variable: str) -> str:
    """Return what a file or, without one, the environment holds; empty where neither does.

    Raises:
        PasswordUnreadable: the file was named but cannot be read.
    """
    if file is None:
        return os.environ.get(variable, "")
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise PasswordUnreadable(path=file) from error


def opened(arguments: argparse.Namespace) -> Clinic:
    """Open the clinic named by ``--clinic`` as ``--user``."""
    return open_clinic(arguments.clinic, arguments.user or "owner", password_of(arguments))
