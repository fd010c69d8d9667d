# SPDX-License-Identifier: Apache-2.0
"""The program before and after signing in, on an empty clinic, with folders of its own."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinicdesk.app.signing_in import Program
from clinicdesk.assembly import create_clinic
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER, demo_profile
from clinicdesk.storage.keys import RecoveryCode


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, RecoveryCode, Path]:
    """An empty clinic, its code and a backup of it; tests copy the clinic."""
    folder = tmp_path_factory.mktemp("clinic")
    clinic, code = create_clinic(
        folder / "plain.clinic", demo_profile(), "Ada", DEMO_USER, DEMO_PASSWORD
    )
    backup = clinic.back_up(folder)
    clinic.close()
    return folder / "plain.clinic", code, backup


@pytest.fixture
def path(made: tuple[Path, RecoveryCode, Path], tmp_path: Path) -> Path:
    for suffix in ("", ".keys", ".keys2"):
        shutil.copy(f"{made[0]}{suffix}", tmp_path / f"plain.clinic{suffix}")
    return tmp_path / "plain.clinic"


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    """The program with nothing kept on this machine; windows are asked for, not run."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("LANG", "en")
    made = Program(argparse.Namespace(clinic=None, user=None, reset_layout=True))
    monkeypatch.setattr(made._application, "quit", lambda: None)
    yield made
    if made._sitting is not None:
        made._sitting.shell.close()
    made._put_away()
    made._claim.let_go()
