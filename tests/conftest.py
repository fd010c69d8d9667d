# SPDX-License-Identifier: Apache-2.0
"""The bench every test stands on: strict, offline, and leaving no trace on the machine.

Fixtures that make clinics, actors and papers live in ``tests/support``; here is only what guards
every test alike.
"""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# Before anything imports Qt (pytest-qt waits until conftest files are read). A run under Xvfb
# names its platform itself.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Settings of this machine's desk go to a folder of the run's own, for child processes too.
_OWN_FOLDERS = tempfile.TemporaryDirectory(prefix="clinicdesk-tests-")
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
    _folder = Path(_OWN_FOLDERS.name, _name.lower())
    _folder.mkdir(mode=0o700)  # Qt insists on the mode of the last
    os.environ[_name] = str(_folder)

hypothesis.settings.register_profile(
    "ci",
    deadline=None,  # two busy cores say nothing about one example's speed
    print_blob=True,
)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


# ── No network ───────────────────────────────────────────────────────────────────────────────

_network_attempts: list[str] = []


class NetworkTouched(RuntimeError):
    """A test tried to reach beyond this machine."""


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Stop every Python-level connection that is not local (a PostgreSQL on a socket is).

    An audit hook rather than a patched ``socket``: no library can have kept the original.
    """
    match event, arguments:
        case "socket.connect" | "socket.sendto", (socket.socket() as own, address):
            if own.family in {socket.AF_INET, socket.AF_INET6} and isinstance(address, tuple):
                _allow_only_this_machine(address[0])
        case "socket.getaddrinfo" | "socket.gethostbyname", (host, *_):
            _allow_only_this_machine(host)


def _allow_only_this_machine(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if host is None or name in {"", "localhost"}:
        return
    try:
        if ipaddress.ip_address(name).is_loopback:
            return
    except ValueError:
        pass  # a name, so it would have to be asked for
    _network_attempts.append(name)
    raise NetworkTouched(name)


sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail a test that reached for the network even if the code swallowed the refusal."""
    _network_attempts.clear()
    yield
    if _network_attempts:
        attempts = ", ".join(sorted(set(_network_attempts)))
        _network_attempts.clear()
        pytest.fail(f"reached for the network: {attempts}")


# ── A quiet log ──────────────────────────────────────────────────────────────────────────────


class _Complaints(logging.Handler):
    """Keeps what was logged at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which something warned, unless it says that it provokes that.

    ``@pytest.mark.log_expected("clinicdesk.storage.engine")`` allows that logger and those below.
    """
    expected = tuple(
        name for mark in request.node.iter_markers("log_expected") for name in mark.args
    )
    complaints = _Complaints()
    root = logging.getLogger()
    root.addHandler(complaints)
    yield
    root.removeHandler(complaints)
    unexpected = [
        f"{record.name}: {record.getMessage()}"
        for record in complaints.records
        if not any(record.name == name or record.name.startswith(f"{name}.") for name in expected)
    ]
    if unexpected:
        pytest.fail("unexpected warnings in the log:\n" + "\n".join(unexpected))


# ── The machine as it was ────────────────────────────────────────────────────────────────────


@pytest.fixture(autouse=True)
def same_time_zone() -> Iterator[None]:
    """Give the next test the time zone this one found, whatever it set to see another."""
    before = os.environ.get("TZ")
    yield
    if os.environ.get("TZ") == before:
        return
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()
