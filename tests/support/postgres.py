# SPDX-License-Identifier: Apache-2.0
"""A private PostgreSQL on a Unix socket, for clinics with several PCs one day."""

from __future__ import annotations

import getpass
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

_BIN = Path("/usr/lib/postgresql/15/bin")


@contextmanager
def a_postgresql() -> Iterator[sa.Engine]:
    """Start a cluster, give an engine on it, stop and remove it; skip where there is none."""
    if not (_BIN / "initdb").exists():
        pytest.skip("the programs of PostgreSQL 15 are not installed here")
    as_root = getpass.getuser() == "root"
    if as_root and shutil.which("runuser") is None:
        pytest.skip("PostgreSQL refuses root, and there is no runuser")
    with tempfile.TemporaryDirectory(prefix="clinicdesk-pg-") as home:
        if as_root:
            shutil.chown(home, "postgres")

        def call(program: str, *arguments: str) -> None:
            become = ["runuser", "-u", "postgres", "--"] if as_root else []
            subprocess.run(
                [*become, str(_BIN / program), *arguments],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=home,
            )

        data = f"{home}/data"
        call("initdb", "-D", data, "-U", "clinic", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={home} -c fsync=off"
        call("pg_ctl", "-D", data, "-o", options, "-l", f"{home}/log", "-w", "start")
        engine = sa.create_engine(f"postgresql+psycopg://clinic@/postgres?host={home}")
        try:
            yield engine
        finally:
            engine.dispose()
            call("pg_ctl", "-D", data, "-m", "immediate", "stop")
