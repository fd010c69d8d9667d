# SPDX-License-Identifier: Apache-2.0
"""Proves a backup good: opened by a fresh process, checked, counted, compared.

``python -m clinicdesk.storage.backup.proof BACKUP`` takes the backup key in hex on standard
input, so that it stands in no argument list, and ends with 0 only for a good backup. A separate
process shares no cache, no open file and no mistake in memory with the one that wrote it.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import clinicdesk
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.storage.backup.container import Backup
from clinicdesk.storage.backup.troubles import BackupDamaged, BackupNotProved
from clinicdesk.storage.clinic_file import disk_troubles
from clinicdesk.storage.engine import connect
from clinicdesk.storage.files import HEADER_BYTES, PLAIN_HEADER, beside, write_new
from clinicdesk.storage.keys import Argon, KdfCost
from clinicdesk.storage.verify import SCHEMA, VERSION, file_checks

# The proof opens no slot, so the slots' cost is not its business.
_ANY_COST = KdfCost(Argon(8, 1, 1), Argon(8, 1, 1))


def figures_of(raw: Any) -> dict[str, Any]:
    """Return what a file holds: rows per table, sums of the accounts, head of the trail."""
    names = [
        row[0]
        for row in raw.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name"
        )
    ]
    # The names come from the schema itself; quoting makes them safe.
    counts = {
        name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 -- see above
        for name in names
    }
    head = raw.execute("SELECT seq, epoch, hex(hash) FROM audit ORDER BY seq DESC LIMIT 1")
    ledger = raw.execute(
        "SELECT account, sum(amount_minor), count(*) FROM posting GROUP BY account ORDER BY account"
    )
    return {
        "counts": counts,
        "ledger": [list(row) for row in ledger],
        "audit": [list(row) for row in head],
        "schema": raw.execute("PRAGMA user_version").fetchone()[0],
    }


@contextmanager
def extracted(backup: Backup, folder: Path) -> Iterator[Path]:
    """Give the encrypted database as a file of its own, removed afterwards."""
    copy = folder / f".{backup.path.name}.{secrets.token_hex(4)}.copy"
    try:
        with disk_troubles(copy):
            write_new(copy, b"")
        backup.extract(copy)
        yield copy
    finally:
        for suffix in ("", "-journal", "-wal", "-shm"):
            beside(copy, suffix).unlink(missing_ok=True)


def prove_here(path: Path, backup_key: bytes, folder: Path) -> None:
    """Prove a backup in this process; raise ``Trouble`` saying what is wrong."""
    backup = Backup.read(path, _ANY_COST)
    if not backup.manifest.is_genuine(backup_key):
        raise BackupDamaged(name=path.name, detail="its manifest is not genuine")
    expected = backup.manifest.read_figures(backup_key)
    with extracted(backup, folder) as copy:
        with copy.open("rb") as file:
            if file.read(HEADER_BYTES) == PLAIN_HEADER:
                raise BackupDamaged(name=path.name, detail="it is not encrypted")
        raw = connect(copy, backup_key, read_only=True)
        try:
            wrong = [
                f"{check.name}: {check.detail}"
                for check in file_checks(raw)
                # An older schema is no fault of a backup; restoring brings it up to date.
                if not check.holds and check.name not in {VERSION, SCHEMA}
            ]
            if wrong:
                raise BackupDamaged(name=path.name, detail="; ".join(wrong))
            if figures_of(raw) != expected:
                raise BackupDamaged(name=path.name, detail="it does not hold what was backed up")
        finally:
            raw.close()


def prove(path: Path, backup_key: bytes) -> None:
    """Prove a backup in a fresh process; raise ``BackupNotProved``."""
    package_home = str(Path(clinicdesk.__file__).parents[1])
    paths = [package_home, *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    ended = subprocess.run(  # noqa: S603 -- our own interpreter, no shell
        [sys.executable, "-m", "clinicdesk.storage.backup.proof", str(path)],
        input=backup_key.hex().encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(part for part in paths if part)},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    if ended.returncode != 0:
        said = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BackupNotProved(detail=said[-1] if said else f"code {ended.returncode}")


def main(arguments: list[str]) -> int:
    """Prove the backup named; what is wrong goes to standard error."""
    path = Path(arguments[0])
    try:
        prove_here(path, bytes.fromhex(sys.stdin.read().strip()), path.parent)
    except (Trouble, Refusal) as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
