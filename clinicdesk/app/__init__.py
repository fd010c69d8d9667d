# SPDX-License-Identifier: Apache-2.0
"""Puts the window together: sign-in, one sitting after another, and the tour.

The login window needs Qt alone and shows at once; the rooms and the database are imported on a
thread while the password is typed.
"""

from __future__ import annotations

import argparse
import os
import sys


def run(arguments: argparse.Namespace) -> int:
    """Open the window; return the exit code."""
    _choose_platform()
    from clinicdesk.app.signing_in import Program
    from clinicdesk.desktop import log_file

    log = log_file.begin()
    try:
        return Program(arguments).run()
    finally:
        log_file.end(log)


def take_tour(arguments: argparse.Namespace, password: str) -> int:
    """Save a picture of each panel and print their paths.

    Raises:
        Refusal: the name and password do not open the clinic.
        Trouble: the clinic cannot be opened, or the pictures not be written.
    """
    _choose_platform()
    from clinicdesk.app.tour import take

    for picture in take(arguments, password):
        sys.stdout.write(f"{picture}\n")
    return 0


def _choose_platform() -> None:
    """Draw without a display where there is none."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
