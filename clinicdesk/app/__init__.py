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
    """Open the window or take the tour; return the exit code."""
    if sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if arguments.verb == "tour":
        from clinicdesk.app.tour import take

        return take(arguments)
    from clinicdesk.app.signing_in import Program

    return Program(arguments).run()
