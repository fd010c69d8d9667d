# SPDX-License-Identifier: Apache-2.0
"""Rule: one command leads from a checkout to an open window, and every failure is one sentence.

Reason: the first minute decides whether anybody stays for the second. What cannot be had on this
machine (another system, a missing library, no rights) is played here; ``.ci/run`` plays the rest
for real on a bare Debian.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer import bootstrap
from tests.floor_plan.house import ROOT


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of two requirement files whose environment and demo clinic are not made yet."""
    for name, file in (
        ("RUNTIME", "requirements.txt"),
        ("DEVELOPMENT", "requirements-dev.txt"),
    ):
        path = tmp_path / "installer" / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"one=={name}\n", encoding="utf-8")
        monkeypatch.setattr(bootstrap, name, path)
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "DEMO", tmp_path / ".demo")
    return tmp_path


@pytest.fixture
def steps(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The costly steps, noted instead of taken."""
    taken: list[str] = []

    def make_environment() -> None:
        taken.append("make environment")
        python = bootstrap.environment_python()
        python.parent.mkdir(parents=True)
        python.touch()

    def clinicdesk(failure: str, *arguments: str) -> None:
        taken.append(arguments[0])
        if arguments[0] == "demo":
            Path(arguments[1]).touch()

    monkeypatch.setattr(bootstrap, "environment_works", lambda: False)
    monkeypatch.setattr(bootstrap, "make_environment", make_environment)
    monkeypatch.setattr(
        bootstrap, "install_requirements", lambda file: taken.append(f"install {file.name}")
    )
    monkeypatch.setattr(bootstrap, "show_checkout_to_environment", lambda: None)
    monkeypatch.setattr(bootstrap, "provide_system_parts", lambda *, window: None)
    monkeypatch.setattr(bootstrap, "clinicdesk", clinicdesk)
    monkeypatch.setattr(bootstrap, "has_display", lambda: False)
    return taken


def on_linux_without(
    monkeypatch: pytest.MonkeyPatch, *, libraries: bool, apt: bool, root: bool
) -> None:
    """Play a Linux that may lack Qt's libraries, apt-get and our being root."""
    monkeypatch.setattr(bootstrap, "LINUX", True)
    monkeypatch.setattr(bootstrap, "is_loadable", lambda _: libraries)
    monkeypatch.setattr(bootstrap, "has_apt", lambda: apt)
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000, raising=False)


class TestRun:
    def test_a_second_run_makes_nothing_again(self, steps: list[str]) -> None:
        bootstrap.run()
        assert steps == ["make environment", "install requirements.txt", "demo", "tour", "report"]
        steps.clear()
        bootstrap.run()
        assert steps == ["tour", "report"]

    def test_changed_pins_are_installed_into_the_environment_that_is_there(
        self, steps: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bootstrap.run()
        steps.clear()
        monkeypatch.setattr(bootstrap, "environment_works", lambda: True)
        bootstrap.RUNTIME.write_text("two==2\n", encoding="utf-8")
        bootstrap.run()
        assert steps == ["install requirements.txt", "tour", "report"]

    def test_an_environment_made_for_the_tests_serves_the_program_too(
        self, steps: list[str]
    ) -> None:
        bootstrap.provide_environment(bootstrap.DEVELOPMENT)
        bootstrap.provide_environment(bootstrap.RUNTIME)
        assert steps == ["make environment", "install requirements-dev.txt"]

    def test_a_demo_clinic_whose_making_was_stopped_is_made_again(
        self, steps: list[str], checkout: Path
    ) -> None:
        (checkout / ".demo" / "making").mkdir(parents=True)
        (checkout / ".demo" / "making" / "demo.clinic").write_text("half", encoding="utf-8")
        bootstrap.run()
        assert "demo" in steps
        assert (checkout / ".demo" / "clinic" / "demo.clinic").read_text(encoding="utf-8") == ""

    def test_without_a_display_it_says_where_the_pictures_and_the_paper_are(
        self, steps: list[str], checkout: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        bootstrap.run()
        told = capsys.readouterr().out
        assert "no display" in told
        assert str(checkout / ".demo" / "pictures") in told
        assert str(checkout / ".demo" / "month-end.pdf") in told

    def test_with_a_display_it_opens_the_window(
        self, steps: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "has_display", lambda: True)
        monkeypatch.setattr(bootstrap, "can_open_windows", lambda: True)
        bootstrap.run()
        assert steps[-1] == "--clinic"


class TestSystemParts:
    def test_a_complete_system_is_left_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        on_linux_without(monkeypatch, libraries=True, apt=True, root=True)
        monkeypatch.setattr(bootstrap, "install_system_packages", pytest.fail)
        bootstrap.provide_system_parts(window=True)

    def test_who_is_not_root_is_told_the_packages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        on_linux_without(monkeypatch, libraries=False, apt=True, root=False)
        with pytest.raises(bootstrap.CannotGoOn, match=r"sudo apt-get install .*libegl1"):
            bootstrap.provide_system_parts(window=False)

    def test_a_linux_without_apt_is_told_the_libraries(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_linux_without(monkeypatch, libraries=False, apt=False, root=True)
        with pytest.raises(bootstrap.CannotGoOn, match=r"libEGL\.so\.1"):
            bootstrap.provide_system_parts(window=False)

    def test_only_a_window_needs_the_libraries_of_the_display(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_linux_without(monkeypatch, libraries=False, apt=True, root=False)
        with pytest.raises(bootstrap.CannotGoOn) as without:
            bootstrap.provide_system_parts(window=False)
        with pytest.raises(bootstrap.CannotGoOn) as with_window:
            bootstrap.provide_system_parts(window=True)
        assert "libxcb-cursor0" not in str(without.value)
        assert "libxcb-cursor0" in str(with_window.value)

    def test_root_on_debian_gets_them_installed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        on_linux_without(monkeypatch, libraries=False, apt=True, root=True)
        installed: list[str] = []

        def install(packages: list[str]) -> None:
            installed.extend(packages)
            monkeypatch.setattr(bootstrap, "is_loadable", lambda _: True)

        monkeypatch.setattr(bootstrap, "install_system_packages", install)
        bootstrap.provide_system_parts(window=False)
        assert installed == sorted(bootstrap.QT_LIBRARIES.values())

    def test_windows_and_macos_need_nothing_of_the_system(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        on_linux_without(monkeypatch, libraries=False, apt=False, root=False)
        monkeypatch.setattr(bootstrap, "LINUX", False)
        bootstrap.provide_system_parts(window=True)
        assert bootstrap.has_display() is (os.environ.get("QT_QPA_PLATFORM") != "offscreen")


class TestWords:
    @pytest.mark.parametrize(
        ("problem", "code"),
        [
            (bootstrap.CannotGoOn("Do this."), 1),
            (OSError(28, "No space left on device"), 1),
            (subprocess.SubprocessError("odd"), 1),
            (KeyboardInterrupt(), 130),
        ],
        ids=["missing", "disk", "process", "stopped"],
    )
    def test_a_failure_is_one_sentence_and_a_code(
        self,
        problem: BaseException,
        code: int,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        def fail() -> int:
            raise problem

        monkeypatch.setattr(bootstrap, "run", fail)
        assert bootstrap.main(["run"]) == code
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert told.endswith(".\n")

    def test_anything_else_is_answered_with_what_may_be_said(self) -> None:
        done = subprocess.run(
            [sys.executable, "installer/bootstrap.py", "walk"],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 2
        assert "'run' or 'test'" in done.stderr

    def test_an_old_python_is_told_which_one_is_needed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (3, 98))
        monkeypatch.setattr(bootstrap, "NEWEST_PYTHON", (3, 99))
        with pytest.raises(bootstrap.CannotGoOn, match=r"needs Python 3\.98 to 3\.99"):
            bootstrap.use_a_fitting_python()
