# SPDX-License-Identifier: Apache-2.0
"""The table of contents of the window, and the tour through it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from clinicdesk.app.panels import panels
from clinicdesk.assembly import create_clinic, open_clinic
from clinicdesk.demo.clinic import demo_profile
from clinicdesk.demo.making import DEMO_PASSWORD, DEMO_USER
from clinicdesk.desktop.dock import Area


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.clinic"
    clinic, _code = create_clinic(path, demo_profile(), "Owner", DEMO_USER, DEMO_PASSWORD)
    clinic.close()
    return path


def test_each_panel_and_each_key_stands_once_in_the_contents(empty: Path) -> None:
    with open_clinic(empty, DEMO_USER, DEMO_PASSWORD) as clinic:
        specs = panels(clinic)
    ids = [spec.id for spec in specs]
    keys = [spec.key for spec in specs if spec.key]
    assert len(ids) == len(set(ids))
    assert len(keys) == len(set(keys))
    assert {spec.area for spec in specs} == set(Area)
    actions = [action.id for spec in specs for action in spec.actions]
    assert len(actions) == len(set(actions))


@pytest.mark.slow
def test_the_tour_draws_every_panel_of_an_empty_clinic(empty: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "clinicdesk", "tour", "--clinic", str(empty), "--out",
         str(tmp_path), "--size", "1366x768", "--theme", "dark"],
        env={**os.environ, "CLINICDESK_PASSWORD": DEMO_PASSWORD, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    pictures = [Path(line) for line in done.stdout.splitlines()]
    assert len(pictures) >= 10
    for picture in pictures:
        image = QImage(str(picture))
        assert (image.width(), image.height()) == (1366, 768), picture.name
