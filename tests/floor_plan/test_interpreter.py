# SPDX-License-Identifier: Apache-2.0
"""Rule: the program runs only on pairs of libraries that were found sound together.

Reason: PySide6 6.12.0 takes one reference off None with every call that returns nothing; on
Python 3.11 the process dies after some thousands of them, far beyond what a short test sees.
Refused: raising None's count at start, which hides the fault of one pair and not of the next.
"""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys

import pytest
from packaging.requirements import Requirement
from sqlcipher3 import dbapi2

from tests.floor_plan.house import ROOT

CALLS = 2_000
COUNT_NONE = f"""
import sys
from PySide6.QtCore import QObject
thing = QObject()
before = sys.getrefcount(None)
for _ in range({CALLS}):
    thing.setObjectName("x")
    thing.blockSignals(False)
    thing.parent()
print(before - sys.getrefcount(None))
"""


def test_qt_gives_back_what_it_borrows_of_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", COUNT_NONE],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < CALLS / 20, "this PySide6 does not fit this Python"


def test_sqlite_is_one_that_keeps_what_it_was_given() -> None:
    """Before 3.51.3 a checkpoint of the write-ahead log could lose a commit (trust.md)."""
    assert dbapi2.sqlite_version_info >= (3, 51, 3)


def runtime_pins() -> list[Requirement]:
    """Return what ``requirements.txt`` pins for this platform."""
    lines = (ROOT / "installer" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = [
        Requirement(line.rstrip(" \\"))
        for line in lines
        if line and not line.startswith(("#", " "))
    ]
    return [pin for pin in pinned if pin.marker is None or pin.marker.evaluate()]


@pytest.mark.parametrize("pin", runtime_pins(), ids=lambda pin: pin.name)
def test_what_is_installed_is_what_was_pinned(pin: Requirement) -> None:
    assert pin.specifier.contains(importlib.metadata.version(pin.name))
