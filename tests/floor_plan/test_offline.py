# SPDX-License-Identifier: Apache-2.0
"""Rule: the program makes no network call of any kind.

Reason: a clinic's records leave the building only when somebody carries them out. An import
contract (pyproject.toml, "Nothing talks to a network") sees what we import; here is what it
cannot see: whether a library reaches out while it is loaded, and whether the guard works.
"""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from tests.conftest import NetworkTouched, _network_attempts
from tests.floor_plan.house import ROOT

SOMEWHERE_ELSE = "192.0.2.1"  # reserved for examples; nobody is there

LOAD_EVERYTHING = """
import importlib, pkgutil, sys

def refuse(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        sys.exit(f"{event} {arguments}")

sys.addaudithook(refuse)
import clinicdesk

for module in pkgutil.walk_packages(clinicdesk.__path__, "clinicdesk."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print("PySide6.QtNetwork" in sys.modules)
"""


def test_a_test_cannot_reach_another_machine() -> None:
    with pytest.raises(NetworkTouched), socket.socket() as own:
        own.connect((SOMEWHERE_ELSE, 9))
    with pytest.raises(NetworkTouched):
        socket.getaddrinfo("clinic.example", 443)
    _network_attempts.clear()  # they were meant


def test_a_test_may_talk_to_this_machine() -> None:
    with socket.socket() as desk, socket.socket() as visitor:
        desk.bind(("127.0.0.1", 0))
        desk.listen()
        visitor.connect(desk.getsockname())


@pytest.mark.slow
def test_loading_the_whole_program_reaches_nowhere() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOAD_EVERYTHING],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "False", "something loads Qt's network module"
