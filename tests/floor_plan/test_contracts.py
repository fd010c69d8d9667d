# SPDX-License-Identifier: Apache-2.0
"""Rule: an import goes down only, and each kind of work has its place (pyproject.toml).

Reason: a department can be read, tested and replaced alone only while nothing reaches into it
from the side; Qt and SQL that leak turn every change into a change everywhere. Refused: review
by eye, which forgets, and folders by layer, which let every department see every other.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.floor_plan.house import PACKAGE, ROOT

LINT = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"

# What a person in a hurry might write: file (appended to, or made), line, contract it breaks.
PLANTED = {
    "Qt in a service": (
        "patients/service.py",
        "from PySide6.QtCore import QObject",
        "Qt lives in desktop",
    ),
    "a drawer of odds and ends in a department": (
        "patients/helpers.py",
        "",
        "Every department has the same floor plan",
    ),
    "a room without a place": (
        "utils/__init__.py",
        "",
        "A room stands only on the rooms below it",
    ),
    "an import upward": (
        "patients/model.py",
        "import clinicdesk.schedule.model",
        "A room stands only on the rooms below it",
    ),
    "another department's repository": (
        "billing/service.py",
        "import clinicdesk.patients.repository",
        "patients: only its own service opens the repository",
    ),
    "SQL in a screen": (
        "patients/panel.py",
        "import sqlalchemy",
        "SQL lives in storage",
    ),
    "a network call": (
        "stock/service.py",
        "import urllib.request",
        "Nothing talks to a network",
    ),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the package in ``folder`` against the contracts there."""
    return subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        check=False,
        capture_output=True,
        text=True,
    )


def test_every_import_keeps_the_contracts() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_violation_is_reported(case: str, tmp_path: Path) -> None:
    where, line, contract = PLANTED[case]
    shutil.copytree(
        PACKAGE, tmp_path / "clinicdesk", ignore=shutil.ignore_patterns("__pycache__", "resources")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / "clinicdesk" / where
    planted.parent.mkdir(exist_ok=True)
    with planted.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = lint_imports(tmp_path)
    broken = [text for text in done.stdout.splitlines() if text.rstrip().endswith("BROKEN")]
    assert done.returncode == 1, done.stdout + done.stderr
    assert any(contract in text for text in broken), done.stdout
