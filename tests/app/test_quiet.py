# SPDX-License-Identifier: Apache-2.0
"""The real program, walked from sign-in to closing, complains of nothing on standard error."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinicdesk.assembly import make_demo_clinic
from clinicdesk.demo import DEMO_PASSWORD

pytestmark = pytest.mark.slow

_WALK = """
import argparse, os, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from clinicdesk.app.signing_in import Program

program = Program(argparse.Namespace(clinic=Path(sys.argv[1]), user="owner", reset_layout=True))

def wait(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

def settle(desk):
    quiet = 0
    while quiet < 3:
        wait(20)
        quiet = quiet + 1 if desk.busy == 0 else 0

def walk():
    program._window.sign_in_wanted.emit("owner", os.environ["CLINICDESK_PASSWORD"])
    while program._sitting is None:
        wait(50)
    shell, desk = program._sitting.shell, program._sitting.room.desk
    settle(desk)
    for dock in list(shell.yard):
        shell.go_to(dock.spec.id)
        settle(desk)
    shell.room.theme.set_mode("dark")
    shell.room.theme.set_text_size(150)
    settle(desk)
    for act in ("tools.preferences", "help.keys", "help.about", "schedule.book", "clinic.verify"):
        shell.book.trigger(act)
        settle(desk)
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        settle(desk)
    print("walked", flush=True)
    shell.close()

QTimer.singleShot(500, walk)
sys.exit(program.run())
"""
# What the platforms say of themselves.
_PLATFORM = ("This plugin does not support", "XKeyboard", "xkbcommon", "qt.qpa.")


@pytest.fixture(params=["offscreen", "xcb"])
def screen(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """What the environment says of the screen: none, or one nobody looks at."""
    platform: str = request.param
    if platform == "offscreen":
        yield {"QT_QPA_PLATFORM": platform}
        return
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb")
    reading, writing = os.pipe()
    shown = subprocess.Popen(
        [server, "-displayfd", str(writing), "-screen", "0", "1680x1050x24"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as told:
        number = told.readline().strip()
    yield {"QT_QPA_PLATFORM": platform, "DISPLAY": f":{number}"}
    shown.terminate()
    shown.wait()


def test_nothing_is_complained_of_from_sign_in_to_closing(
    tmp_path: Path, screen: dict[str, str]
) -> None:
    path = tmp_path / "small.clinic"
    make_demo_clinic(path, patients=20, providers=1)
    own = {name: str(tmp_path) for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _WALK, str(path)],
        capture_output=True,
        text=True,
        env={
            **os.environ,
            **own,
            **screen,
            "LANG": "C.UTF-8",
            "CLINICDESK_PASSWORD": DEMO_PASSWORD,
        },
        timeout=300,
        check=False,
    )
    said = [line for line in done.stderr.splitlines() if not line.startswith(_PLATFORM)]
    assert (done.stdout, said, done.returncode) == ("walked\n", [], 0)
