# SPDX-License-Identifier: Apache-2.0
"""Rule: the tools' verdict is a test, and what they cannot see is looked for here.

Reason: a rule that only a pre-commit hook knows is broken by the first commit made without it.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tokenize
from pathlib import Path

import pytest

from tests.floor_plan.house import ROOT, python_files, shown

COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{8}|[0-9A-Fa-f]{6})\b|^.?[\"']#[0-9A-Fa-f]{3,4}[\"']$")
NUMBERED_COLOUR = re.compile(r"\bQColor\(\s*\d")
ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host")
LARGEST_FILE = 2 * 1024 * 1024
SPDX = "# SPDX-License-Identifier: Apache-2.0"


def test_colours_are_named_in_the_tokens_only() -> None:
    """Contrast and colour blindness were measured for the tokens, not for a stray value."""
    strays = [
        f"{shown(path)}:{line}: {text}"
        for path in python_files("clinicdesk")
        if "token" not in path.stem
        for line, text in code_strings(path)
        if COLOUR.search(text) or NUMBERED_COLOUR.search(text)
    ]
    assert not strays


def code_strings(path: Path) -> list[tuple[int, str]]:
    """Return each string of a file, and each line of code that makes a colour of numbers."""
    source = path.read_text(encoding="utf-8")
    strings = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
    found = [
        (token.start[0], token.string)
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type in strings
    ]
    return found + [
        (number, line)
        for number, line in enumerate(source.splitlines(), start=1)
        if NUMBERED_COLOUR.search(line)
    ]


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "installer").glob("requirements*.txt")), ROOT / ".ci" / "run"],
    ids=shown,
)
def test_nothing_says_where_packages_come_from(path: Path) -> None:
    """Each machine knows its own index; a copy of the project must not lead it elsewhere."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert not [line for line in lines if ADDRESS.search(line)]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    text = (ROOT / "installer" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    requirements = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert requirements
    unpinned = [line for line in requirements if "==" not in line or "--hash=sha256:" not in line]
    assert not unpinned


def test_what_the_tests_run_on_is_what_the_program_is_installed_with() -> None:
    program = pins("requirements.txt")
    bench = pins("requirements-dev.txt")
    assert {name: bench.get(name) for name in program} == program


def pins(name: str) -> dict[str, str]:
    """Return the pinned version of each package of a requirements file."""
    text = (ROOT / "installer" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


def test_every_source_file_says_its_licence() -> None:
    silent = [
        shown(path)
        for path in python_files("clinicdesk", "installer", "tests")
        if SPDX not in path.read_text(encoding="utf-8").splitlines()[:2]
    ]
    assert not silent


def test_no_large_file_is_kept() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so nobody can tell what is kept")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    kept = [ROOT / name for name in listed if name and (ROOT / name).is_file()]
    assert not [shown(path) for path in kept if path.stat().st_size > LARGEST_FILE]


@pytest.mark.tools
@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check"),
        ("ruff", "format", "--check"),
        ("mypy",),
    ],
    ids=" ".join,
)
def test_the_tools_are_content(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
