# SPDX-License-Identifier: Apache-2.0
"""The house as the floor-plan tests see it: its folders, its files and what pyproject.toml says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "clinicdesk"


def contracts() -> dict[str, dict[str, Any]]:
    """Return the import contracts by their id."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def departments() -> tuple[str, ...]:
    """Return the rooms that have the floor plan of a department, by name."""
    return tuple(
        name.removeprefix("clinicdesk.") for name in contracts()["floor-plan"]["containers"]
    )


def rooms() -> tuple[str, ...]:
    """Return every room that is a folder: departments and shared rooms, by name."""
    return tuple(sorted(path.parent.name for path in PACKAGE.glob("*/__init__.py")))


def python_files(*folders: str) -> Iterator[Path]:
    """Yield the Python files below the given top-level folders, in order."""
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


def shown(path: Path) -> str:
    """Return a path as a reader names it: from the top, with slashes."""
    return path.relative_to(ROOT).as_posix()
