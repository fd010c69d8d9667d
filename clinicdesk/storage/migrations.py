# SPDX-License-Identifier: Apache-2.0
"""Brings a file's schema to this program's: numbered steps, forward only, each one transaction.

A step is ``steps/NNNN_name.sql``: statements in SQLite's words, apart by an empty line, in up to
three sections. Those under ``-- both`` are translated for PostgreSQL by ``storage.dialect``;
those under ``-- sqlite`` and ``-- postgresql`` are for one of them. A released step is never
edited. The number of the last step is in ``user_version``, written in the step's own
transaction, so a step that was cut off leaves the version before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from clinicdesk.kernel.refusals import Trouble
from clinicdesk.storage.dialect import for_postgresql
from clinicdesk.wording.text import N_

APPLICATION_ID = int.from_bytes(b"ClDk")
_NAME = re.compile(r"(\d{4})_\w+\.sql$")
_SECTION = re.compile(r"^-- (both|sqlite|postgresql)$")


class ClinicTooNew(Trouble):
    """A later program wrote the file."""

    what = N_(
        "This clinic file was written by a newer version of ClinicDesk "
        "(file {found}, here {known})."
    )
    safe = N_("Nothing was changed.")
    do = N_("Open it with that version, or install it here.")


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        number: 1 for the first.
        name: the file's name.
        text: its SQL.
    """

    number: int
    name: str
    text: str

    def statements(self, dialect: str = "sqlite") -> Iterator[str]:
        """Yield the statements for a dialect, in order."""
        section = "both"
        for part in self.text.split("\n\n"):
            lines = [line for line in part.splitlines() if line and not line.startswith("-- ")]
            named = _SECTION.match(part.strip())
            if named:
                section = named[1]
            elif lines and section in {"both", dialect}:
                ddl = "\n".join(lines).removesuffix(";")
                translate = dialect == "postgresql" and section == "both"
                yield for_postgresql(ddl) if translate else ddl


@cache
def steps() -> tuple[Step, ...]:
    """Return every step in order; they are numbered without gaps."""
    folder = resources.files("clinicdesk.storage") / "steps"
    found = sorted(
        (entry.name, entry.read_text("utf-8"))
        for entry in folder.iterdir()
        if _NAME.match(entry.name)
    )
    own = tuple(Step(int(name[:4]), name, text) for name, text in found)
    if [step.number for step in own] != list(range(1, len(own) + 1)):
        raise ValueError("the steps are not numbered without gaps")
    return own


def newest() -> int:
    """Return the version this program writes."""
    return len(steps())


def refuse_newer(found: int) -> None:
    """Raise ``ClinicTooNew`` for a version above this program's."""
    if found > newest():
        raise ClinicTooNew(found=found, known=newest())


def migrate(raw: Any) -> list[int]:
    """Bring an open SQLCipher connection's file up to date; return the steps taken.

    Steps after the first presume a verified backup: ``clinic_file.bring_up_to_date`` makes it.

    Raises:
        ClinicTooNew: the file is ahead of this program.
    """
    version = raw.execute("PRAGMA user_version").fetchone()[0]
    refuse_newer(version)
    taken = []
    for step in steps()[version:]:
        # References are checked as a whole at the end: a step may rebuild a table.
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("BEGIN IMMEDIATE")
        try:
            for statement in step.statements():
                raw.execute(statement)
            if raw.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise dbapi2.IntegrityError(f"{step.name} leaves a dangling reference")
            raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
            raw.execute(f"PRAGMA user_version={step.number}")
            raw.execute("COMMIT")
        finally:
            if raw.in_transaction:  # SQLite ends it by itself when the disk is full
                raw.execute("ROLLBACK")
            raw.execute("PRAGMA foreign_keys=ON")
        taken.append(step.number)
    return taken


def create_on_postgresql(connection: sa.Connection) -> None:
    """Take every step on an empty PostgreSQL database, in the caller's transaction."""
    for step in steps():
        for statement in step.statements("postgresql"):
            connection.exec_driver_sql(statement)


def schema_of(raw: Any) -> dict[str, str]:
    """Return what a file's tables, indexes and triggers are, by kind and name."""
    rows = raw.execute(
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
    ).fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows}


def released_schema() -> dict[str, str]:
    """Return what the steps make, for comparison with a file's schema."""
    return _made_by(steps())


@cache  # by the steps: what one set of them makes is never taken for what another makes
def _made_by(_steps: tuple[Step, ...]) -> dict[str, str]:
    raw = dbapi2.connect(":memory:", isolation_level=None)
    try:
        migrate(raw)
        return schema_of(raw)
    finally:
        raw.close()
