# SPDX-License-Identifier: Apache-2.0
"""Waiting for somebody to be signed in."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from clinicdesk.app.signing_in import Program
from clinicdesk.app.sitting import Sitting


def sitting(program: Program, qtbot: QtBot, wait_ms: int = 20_000) -> Sitting:
    qtbot.waitUntil(lambda: program._sitting is not None, timeout=wait_ms)
    own = program._sitting
    assert own is not None
    qtbot.waitUntil(lambda: own.room.desk.busy == 0, timeout=10_000)
    return own
