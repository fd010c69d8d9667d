# SPDX-License-Identifier: Apache-2.0
"""Rule: every department has the same few files, its words written down and its tests beside it.

Reason: who knows one department finds their way in all of them. Refused: a template generator,
which only fixes the first day, and a drawer for what has no place yet, which never empties.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.floor_plan.house import PACKAGE, ROOT, contracts, departments, python_files, rooms, shown

DRAWERS = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
LONGEST_FILE = 400
LONG_BECAUSE = re.compile(r"^# Long because: \S.{15,}", re.MULTILINE)


@pytest.mark.parametrize("department", departments())
def test_a_department_says_what_it_is_for_and_which_words_it_uses(department: str) -> None:
    source = (PACKAGE / department / "__init__.py").read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(source)) or ""
    assert "Glossary" in docstring, f"clinicdesk/{department}/__init__.py needs a Glossary"


@pytest.mark.parametrize("room", rooms())
def test_a_room_has_its_tests_in_a_folder_of_the_same_name(room: str) -> None:
    assert list((ROOT / "tests" / room).rglob("test_*.py")), f"tests/{room}/ holds no test"


def test_a_room_that_looks_like_a_department_is_held_to_the_plan_of_one() -> None:
    alike = {
        room
        for room in rooms()
        if any((PACKAGE / room / f"{part}{kind}").exists() for part in ("panel", "repository")
               for kind in (".py", "/__init__.py"))
    }  # fmt: skip
    assert alike <= set(departments()), "add it to the floor-plan contract in pyproject.toml"


@pytest.mark.parametrize("department", departments())
def test_only_a_departments_own_service_may_open_its_repository(department: str) -> None:
    """``clinicdesk.*.service`` would not do: the star lets any department's service in."""
    home = PACKAGE / department
    if not ((home / "repository.py").exists() or (home / "repository").exists()):
        return  # it reads only
    contract = contracts()[f"repository-of-{department}"]
    assert contract["type"] == "protected"
    assert contract["protected_modules"] == [f"clinicdesk.{department}.repository"]
    assert contract["allowed_importers"] == [f"clinicdesk.{department}.service"]


@pytest.mark.parametrize("department", departments())
def test_tables_are_written_by_their_repository_and_read_by_queries_only(department: str) -> None:
    importers = {
        shown(path)
        for path in python_files("clinicdesk")
        if f"clinicdesk.{department}.tables" in path.read_text(encoding="utf-8")
    }
    allowed = re.compile(
        rf"clinicdesk/(?:{department}/(?:repository|tables)|\w+/queries|storage)(?:\.py|/.*\.py)$"
    )
    assert not {path for path in importers if not allowed.match(path)}


def test_no_file_is_a_drawer_for_odds_and_ends() -> None:
    drawers = [
        shown(path)
        for path in python_files("clinicdesk", "installer", "tests")
        if path.stem in DRAWERS or path.parent.name in DRAWERS
    ]
    assert not drawers, "name it after what is in it"


def test_a_file_that_grows_past_400_lines_becomes_a_package() -> None:
    """Or says near its top why not: ``# Long because: one table of 600 codes, read as one``."""
    too_long = [
        f"{shown(path)}: {count} lines"
        for path in python_files("clinicdesk", "installer", "tests")
        if (count := len(read_lines(path))) > LONGEST_FILE
        and not LONG_BECAUSE.search("\n".join(read_lines(path)[:12]))
    ]
    assert not too_long


def read_lines(path: Path) -> list[str]:
    """Return the lines of a source file."""
    return path.read_text(encoding="utf-8").splitlines()
