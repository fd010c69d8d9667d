# SPDX-License-Identifier: Apache-2.0
"""Pins what ClinicDesk is installed with: exact versions and the hashes of all their files.

Reads the ranges in ``pyproject.toml`` and writes ``requirements.txt`` (what the program needs) and
``requirements-dev.txt`` (that, and what tests and tools need) for Linux, Windows and macOS at
once. A version already pinned stays unless its range forbids it or an upgrade is asked for:

    python installer/pin.py                      after a change in pyproject.toml
    python installer/pin.py --upgrade            everything as new as the ranges allow
    python installer/pin.py --upgrade NAME ...   only these

It needs ``uv``, from an environment of its own: the project's holds only what is pinned. No
address of a package index is ever written; each machine knows its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST_PYTHON = "3.11"

# The dev file is resolved with the other as a constraint: tests run on what is installed.
TARGETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("requirements.txt", ()),
    ("requirements-dev.txt", ("--group", "dev", "--constraint", "installer/requirements.txt")),
)

ADDRESS = re.compile(r"https?://|^\s*(--(extra-)?index-url|-i|--find-links|-f)\b", re.MULTILINE)

HEADING = """\
# Written by installer/pin.py from the ranges in pyproject.toml; do not edit by hand.
# Install with: pip install --require-hashes --only-binary :all: --requirement {name}
"""


def pin(name: str, options: tuple[str, ...], upgrade: list[str]) -> None:
    """Resolve one requirements file and write it only when it is whole and clean."""
    target = HERE / name
    command = [
        *(["uv"] if shutil.which("uv") else [sys.executable, "-m", "uv"]),
        *("pip", "compile", "pyproject.toml", "--universal", "--python-version", OLDEST_PYTHON),
        *("--no-build", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"),
        *("--output-file", str(target)),  # read first: what it pins is preferred
        *options,
        *upgrade,
    ]
    subprocess.run(command, cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL)
    text = target.read_text(encoding="utf-8")
    if ADDRESS.search(text):
        target.unlink()
        message = f"{name} named an address and was removed; look at the settings of uv."
        raise SystemExit(message)
    target.write_text(HEADING.format(name=name) + "\n" + text, encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> None:
    """Pin both files."""
    upgrade: list[str] = []
    if arguments[:1] == ["--upgrade"]:
        upgrade = [f"--upgrade-package={name}" for name in arguments[1:]] or ["--upgrade"]
    elif arguments:
        raise SystemExit(__doc__)
    for name, options in TARGETS:
        pin(name, options, upgrade)


if __name__ == "__main__":
    main(sys.argv[1:])
