# SPDX-License-Identifier: Apache-2.0
"""Freezes the declared tables of all rooms as the first migration step.

``python -m tests.support.freeze_schema`` rewrites ``clinicdesk/storage/steps/0001_*.sql``. Allowed
until the first release only; after it a change of the tables is a new step, written by hand.
"""

from __future__ import annotations

from pathlib import Path

from clinicdesk.storage import dialect
from tests.support.clinics import declare_tables

STEP = Path(__file__).parents[2] / "clinicdesk" / "storage" / "steps" / "0001_first_opening.sql"
_HEAD = """\
-- SPDX-License-Identifier: Apache-2.0
-- The tables of every room as first released. Frozen: a change is a new step.
"""


def frozen_text() -> str:
    """Return what the step has to say, from the declared tables and the dialect's extras."""
    declare_tables()
    sections = {
        "both": dialect.canonical_ddl(),
        "sqlite": dialect.extras("sqlite"),
        "postgresql": dialect.extras("postgresql"),
    }
    parts = [_HEAD]
    for name, statements in sections.items():
        parts.append(f"-- {name}\n")
        parts.extend(f"{_tidy(statement)};\n" for statement in statements)
    return "\n".join(parts)


def _tidy(statement: str) -> str:
    lines = (line.replace("\t", "    ").rstrip() for line in statement.strip().splitlines())
    return "\n".join(line for line in lines if line)


if __name__ == "__main__":
    STEP.write_text(frozen_text(), encoding="utf-8")
    print(f"{STEP.name}: {len(frozen_text().splitlines())} lines")
