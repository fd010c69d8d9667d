# SPDX-License-Identifier: Apache-2.0
"""Rule: a wheel built from the checkout is the whole program.

Reason: what only works beside its sources fails first at the clinic. Icons, fonts and catalogues
lie outside the package in the checkout, so it is they that a build forgets.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import clinicdesk
from installer.wheel import DATA_FOLDERS
from tests.floor_plan.house import ROOT, python_files

pytestmark = pytest.mark.tools

PARTS = ("pyproject.toml", "README.md", "LICENSE", "clinicdesk", "installer", *DATA_FOLDERS)
FIND_DATA = """
from clinicdesk.kernel.places import resource, translations
print(resource("").is_dir(), translations().is_dir())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, without a network and without leaving build folders behind."""
    source = tmp_path_factory.mktemp("source")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(
                ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        elif (ROOT / part).exists():
            shutil.copy(ROOT / part, source)
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "out"],
        cwd=source,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-4_000:]
    (built,) = (source / "out").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment that borrows our libraries, but not the checkout."""
    home = tmp_path_factory.mktemp("elsewhere") / "environment"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--python", str(programs / "python"), "install"),
            *("--quiet", "--no-deps", "--no-index", str(wheel)),
        ],
        check=True,
    )
    paths = {"base": str(home), "platbase": str(home)}
    own_packages = Path(sysconfig.get_path("purelib", scheme="venv", vars=paths))
    # Read as one path, so the pointer to the checkout that lies over there is not followed.
    borrowed = sysconfig.get_path("purelib")
    (own_packages / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return programs


def run_elsewhere(folder: Path, *command: str) -> str:
    """Run a program of the installed environment away from the checkout; return what it says."""
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(folder / command[0]), *command[1:]],
        cwd=folder.parent,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_every_module_and_all_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    modules = {path.relative_to(ROOT).as_posix() for path in python_files("clinicdesk")}
    data = {
        f"clinicdesk/{path.relative_to(ROOT).as_posix()}"
        for folder in DATA_FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert (modules | data) - packed == set()
    assert not [name for name in packed if name.startswith(("tests/", "installer/"))]


def test_the_installed_program_says_its_version(installed: Path) -> None:
    assert clinicdesk.__version__ in run_elsewhere(installed, "clinicdesk", "--version")


def test_the_installed_program_finds_its_data(installed: Path) -> None:
    assert run_elsewhere(installed, "python", "-c", FIND_DATA).split() == ["True", "True"]
